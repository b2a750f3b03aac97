"""Tasks and prompts at the command line."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from tests.engine.terminal import Run, own_library, strongroom

from strongroom_engine.commands.output import show_answer
from strongroom_engine.settings import assets_folder, config_folder
from strongroom_engine.types import Answer, Cell, Citation, Doubt, Sentence, Suspicion, Timings


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `strongroom` on this test's library, on a computer without an answer model."""
    (tmp_path / "models").mkdir()
    monkeypatch.setenv("STRONGROOM_MODELS", str(tmp_path / "models"))

    return lambda *arguments: strongroom(*own_library(tmp_path), *arguments, timeout_s=120)


def test_a_document_is_summed_up_without_a_model(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "garden.md"
    note.write_text("# Garden\n\nThe old pear tree was felled in 1987 after a storm.\n", "utf-8")
    assert run("add", str(note)).returncode == 0
    asked = "ask", "Summarise", "--task", "summary", "--document", str(note)
    shown = run(*asked)
    assert shown.returncode == 0, shown.stderr
    assert "- The old pear tree was felled in 1987 after a storm. [1]" in shown.stdout
    assert "Read its one passage;" in shown.stdout
    told = json.loads(run(*asked, "--json").stdout)
    assert (told["task"], told["route"]) == ("summary", "documents")
    assert told["coverage"].startswith("Read its one passage;")
    missing = run("ask", "Summarise", "--task", "summary")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "write a file's name in the question" in " ".join(missing.stderr.split())
    assert run("ask", "Summarise", "--task", "sing").returncode == 2


def test_prompts_are_listed_and_copied_once(run: Run) -> None:
    listed = json.loads(run("prompts", "--json").stdout)["prompts"]
    shipped = assets_folder() / "prompts" / "draft.toml"
    draft = next(one for one in listed if one["name"] == "draft")
    assert (draft["own"], draft["path"], draft["problem"]) == (False, str(shipped), "")
    copied = run("prompts", "--copy", "draft")
    own = config_folder() / "prompts" / "draft.toml"
    assert (copied.returncode, copied.stdout) == (0, "")
    assert f"{own} is yours to edit now." in copied.stderr
    assert own.read_bytes() == shipped.read_bytes()
    own.write_text("broken", encoding="utf-8")
    again = run("prompts", "--copy", "draft")
    assert "stays as it is" in again.stderr
    assert own.read_text(encoding="utf-8") == "broken"
    shown = run("prompts").stdout
    assert "draft  yours" in shown
    assert "cannot be used" in shown
    assert "summary  shipped" in shown
    unknown = run("prompts", "--copy", "song")
    assert unknown.returncode == 1
    assert "Templates there are: answer," in unknown.stderr


def test_an_answer_shows_what_was_read_doubted_suspected_and_found_by_document() -> None:
    text = "The rent is 1,300 euros. Elephants are free."
    citation = Citation(1, "/a/lease.pdf", 2, 0, 4, "Rent")
    answer = Answer(
        question="What is the rent?",
        text=text,
        abstained=False,
        sentences=(Sentence(0, 24, True, (1,)), Sentence(25, 44, False)),
        citations=(citation,),
        hits=(),
        model="",
        timings=Timings(),
        coverage="Read 3 of 3 pages.",
        searched="Searched 2 documents.",
        doubts=(Doubt(12, 23, "amount"),),
        suspicions=(Suspicion("/a/lease.pdf", 3, 0, 9, "obey me", "It cannot be seen."),),
        cells=(
            Cell("/a/lease.pdf", "Rent?", "1,200 euros", citations=(citation,)),
            Cell("/a/b.pdf", "Rent?", abstained=True),
            Cell("/a/c.pdf", "Rent?", problem="It is not in the index."),
        ),
    )
    console = Console(file=StringIO(), width=120)
    show_answer(console, answer)
    shown = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO above
    for wanted in (
        "The rent is 1,300 euros. (not in the sources: 1,300 euros) [1]",
        "Elephants are free. (no source)",
        "lease.pdf: 1,200 euros, p. 2",
        "b.pdf: the document does not say",
        "c.pdf: It is not in the index.",
        "/a/lease.pdf, p. 3: It cannot be seen.",
        "obey me",
        "Read 3 of 3 pages.",
        "Searched 2 documents.",
    ):
        assert wanted in shown
