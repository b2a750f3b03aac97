"""The commands that measure: what they print, keep and refuse."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.engine.terminal import Run, own_library, strongroom

NOTES = {
    "garden.md": "# Garden\n\n## Trees\n\nThe old pear tree was felled in 1987.\n",
    "boat.txt": "The boat is moored at Leith, below the lighthouse.\n",
    "house.txt": "The roof of the house was mended by the mason in May.\n",
}
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("When was the pear tree felled?", "garden.md", "The old pear tree was felled in 1987."),
    ("Where is the boat moored?", "boat.txt", "The boat is moored at Leith"),
    ("Who mended the roof?", "house.txt", "mended by the mason"),
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `strongroom` on this test's library, without a terminal."""

    def run(*arguments: str, library: bool = True) -> subprocess.CompletedProcess[str]:
        place = own_library(tmp_path) if library else []
        return strongroom(*place, *arguments, timeout_s=300)

    return run


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "set" / "docs"
    folder.mkdir(parents=True)
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def questions(docs: Path) -> Path:
    file = docs.parent / "questions.jsonl"
    lines = [
        {"id": str(n), "question": asked, "relevant": [{"file": name, "quote": quote}]}
        for n, (asked, name, quote) in enumerate(QUESTIONS * 3)
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def read(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def test_a_run_is_kept_compared_and_shown_as_a_page(
    run: Run, questions: Path, tmp_path: Path
) -> None:
    kept, page = tmp_path / "run.json", tmp_path / "report.html"
    measure = ("eval", str(questions), "--method", "lexical", "--method", "hybrid")
    made = read(run(*measure, "--save", str(kept), "--html", str(page), "--json", library=False))
    assert (made["set"], made["questions"]) == ("set", 9)
    assert set(made["methods"]) == {"lexical", "hybrid"}
    assert made["methods"]["hybrid"]["passage_hit@5"] == 1.0
    assert made["configuration"]["Strongroom"]
    assert "Where is the boat moored?" in kept.read_text(encoding="utf-8")
    assert "<svg" in page.read_text(encoding="utf-8")

    again = run("eval", str(questions), "--method", "hybrid", "--against", str(kept), library=False)
    assert again.returncode == 0, again.stderr
    assert "set: 9 questions" in again.stdout
    assert "this run against" in again.stdout
    assert "no difference shown" in again.stdout

    worse = json.loads(kept.read_text(encoding="utf-8"))
    worse["sets"][0]["methods"]["hybrid"]["values"]["mrr@10"] = [0.5] * 9
    (tmp_path / "worse.json").write_text(json.dumps(worse), encoding="utf-8")
    compare = ("eval", "--compare", str(kept), str(tmp_path / "worse.json"))
    compared = read(run(*compare, "--html", str(page), "--json", library=False))
    verdicts = {(e["part"], e["metric"]): e["verdict"] for e in compared["differences"]}
    assert verdicts["hybrid", "mrr@10"] == "worse"
    assert verdicts["lexical", "mrr@10"] == "no difference shown"
    assert "question by question" in page.read_text(encoding="utf-8")


def test_several_sets_end_in_their_mean(run: Run, questions: Path) -> None:
    other = questions.with_name("questions.boats.jsonl")
    other.write_text(
        '{"question": "Where is the boat?", "relevant": [{"file": "boat.txt"}]}', encoding="utf-8"
    )
    measure = ("eval", str(questions), str(other), "--method", "lexical", "--json")
    made = read(run(*measure, library=False))
    assert [part["set"] for part in made["sets"]] == ["set", "set boats"]
    assert made["mean"]["lexical"]["ndcg@10"]["mean"] == 1.0


def test_the_own_set_is_judged_listed_measured_and_exported(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    run("add", str(docs))
    tree = ("judge", "When was the pear tree felled?")
    judged = read(run(*tree, "--right", str(docs / "garden.md"), "--quote", "in 1987", "--json"))
    assert judged["places"][0]["file"] == str(docs / "garden.md")
    assert run("judge", "Where is the boat?", "--wrong-answer", "In Oslo.").returncode == 0
    assert run("judge", "Who owns the sun?", "--absent").returncode == 0
    listed = run("judge").stdout
    for said in (
        "garden.md  “in 1987”",
        "wrong answer: In Oslo.",
        "not measured",
        "not in the doc",
    ):
        assert said in listed

    made = read(run("eval", "--own", "--method", "lexical", "--json"))
    assert (made["set"], made["questions"], made["left_out"]) == ("own", 2, 1)
    assert made["methods"]["lexical"]["passage_hit@5"] == 1.0

    exported = run("judge", "--export", "-", "--root", str(docs))
    first, second = map(json.loads, exported.stdout.splitlines())
    assert first["relevant"][0]["file"] == "garden.md"
    assert second["relevant"] == []

    assert "Taken out" in run("judge", "Who owns the sun?", "--remove").stderr
    assert run("judge", "--export", str(tmp_path / "own.jsonl")).returncode == 0
    assert (tmp_path / "own.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_what_cannot_be_measured_is_said(run: Run, docs: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    cases: tuple[tuple[tuple[str, ...], int, str], ...] = (
        (("eval",), 2, "name a question set"),
        (("eval", "--compare", str(broken), str(broken)), 1, "cannot be used: it is not a run"),
        (("eval", "--own", "--save", str(tmp_path / "no" / "x")), 1, "its folder is not there"),
        (("eval", "--own"), 1, "There is no library"),
        (("judge",), 1, "There is no library"),
    )
    for arguments, code, said in cases:
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (code, "")
        assert said in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr
    run("add", str(docs))
    cases = (
        (("eval", "--own"), 1, "no question that can be measured (0 judged)"),
        (("judge", "q", "--right", str(docs / "boat.txt:3")), 1, "no page 3"),
        (("judge", "q", "--quote", "x"), 2, "exactly one --right"),
        (("judge", "q", "--remove"), 1, "Nothing was judged"),
        (("judge", ""), 1, "The question is empty"),
    )
    for arguments, code, said in cases:
        done = run(*arguments)
        assert done.returncode == code
        assert said in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr
