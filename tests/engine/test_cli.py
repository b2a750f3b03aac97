"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from strongroom_engine.library import Library
from strongroom_engine.models.embedding_models import embedding_models
from strongroom_engine.store import LibraryKey, obtain_key

from .fakes import WordLengths
from .terminal import Run, own_library, strongroom

SMALL = "all-MiniLM-L6-v2"
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `strongroom` on this test's library, without a terminal."""

    def run(
        *arguments: str, key: bool = True, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        return strongroom(*own_library(tmp_path, key=key), *arguments, timeout_s=timeout)

    return run


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "Notes"
    folder.mkdir()
    (folder / "garden.md").write_text(
        "# Garden\n\n## Trees\n\nThe old pear tree was felled in 1987.\n", encoding="utf-8"
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return folder


def read(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def test_json_shapes_are_stable(run: Run, notes: Path) -> None:
    added = run("add", str(notes), "--collection", "Home")
    assert added.returncode == 0
    assert "In the index: 1 document. Left out: 1;" in added.stderr
    assert added.stdout == ""

    found = read(run("search", "pear tree", "-k", "3", "--collection", "Home", "--json"))
    assert found["question"] == "pear tree"
    assert found["ms"] > 0
    hit = found["hits"][0]
    assert hit["rank"] == 1
    assert hit["file"] == str(notes / "garden.md")
    assert hit["page"] is None
    assert hit["heading"] == "Garden > Trees"
    text = (notes / "garden.md").read_text(encoding="utf-8")
    assert text[hit["start"] : hit["end"]] == hit["text"]

    status = read(run("status", "--json"))
    assert status["documents"] == {
        "pending": 0,
        "readable": 0,
        "indexed": 1,
        "skipped": 0,
        "failed": 1,
    }
    assert status["chunks"] >= 1
    (problem,) = status["problems"]
    assert problem["file"] == str(notes / "broken.pdf")
    assert problem["state"] == "failed"
    assert "damaged" in problem["reason"]

    (source,) = read(run("sources", "--json"))["sources"]
    assert (source["path"], source["collection"]) == (str(notes), "Home")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start `strongroom` on this test's library, to be interrupted."""
    started: list[subprocess.Popen[str]] = []

    def strongroom(*arguments: str) -> subprocess.Popen[str]:
        place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
        process = subprocess.Popen(
            [sys.executable, "-m", "strongroom_desktop", *place, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield strongroom
    for process in started:
        process.kill()
        process.communicate()


def within(seconds: float, check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_watch_keeps_the_index_true_until_it_is_interrupted(
    run: Run, start: Callable[..., subprocess.Popen[str]], notes: Path
) -> None:
    run("add", str(notes))
    watching = start("watch", "--json")
    assert watching.stderr is not None
    assert watching.stdout is not None
    assert "Watching" in watching.stderr.readline()
    busy = run("add", str(notes))
    assert busy.returncode == 1
    assert "Close the other window or command" in " ".join(busy.stderr.split())
    boat, ship = notes / "boat.txt", notes / "ship.txt"
    boat.write_text("The boat is moored at Leith.", encoding="utf-8")
    assert _said(watching) == {"what": "read", "path": str(boat)}
    assert "boat.txt" in run("search", "boat", "-k", "1").stdout
    boat.rename(ship)
    assert _said(watching) == {"what": "moved", "path": str(ship), "before": str(boat)}
    ship.unlink()
    assert _said(watching) == {"what": "gone", "path": str(ship)}
    watching.send_signal(signal.SIGTERM)
    assert watching.wait(10) == 0


def _said(watching: subprocess.Popen[str]) -> dict[str, str]:
    """The next line, without what is empty."""
    assert watching.stdout is not None
    said: dict[str, str] = json.loads(watching.stdout.readline())
    return {name: value for name, value in said.items() if value}


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_watch_says_in_plain_lines_what_becomes_of_documents(
    start: Callable[..., subprocess.Popen[str]], run: Run, notes: Path
) -> None:
    run("add", str(notes))
    watching = start("watch")
    assert watching.stdout is not None
    (notes / "boat.pdf").write_bytes(b"%PDF-1.7 and nothing that follows")
    assert watching.stdout.readline().startswith(f"Not in the index: {notes}/boat.pdf. ")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(10) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupting_an_add_keeps_what_was_indexed(
    run: Run, start: Callable[..., subprocess.Popen[str]], notes: Path
) -> None:
    run("add", str(notes))
    for number in range(60):
        text = "\n\n".join(f"Paragraph {n} of volume {number}. " * 40 for n in range(30))
        (notes / f"volume {number}.txt").write_text(text, encoding="utf-8")
    adding = start("add", str(notes))
    within(60, lambda: "0 pending, 0 readable" not in run("status").stdout)
    adding.send_signal(signal.SIGINT)
    _, said = adding.communicate(timeout=10)
    assert adding.returncode == 130
    assert "What was indexed is kept" in said
    assert "Traceback" not in said
    assert "garden.md" in run("search", "pear").stdout


@pytest.fixture
def foreign(tmp_path: Path, notes: Path) -> Library:
    """The notes in a library whose embedding model this computer does not have; open."""
    key = obtain_key(tmp_path / "library", key_file=tmp_path / "key", create=True)
    library = Library(tmp_path / "library", key, embedder=WordLengths())
    library.add(str(notes))
    return library


def test_another_embedding_model_is_chosen(run: Run, foreign: Library) -> None:
    foreign.close()
    shown = read(run("embedding", "--json"))
    assert (shown["model"], shown["here"], shown["next_model"]) == ("word-lengths", False, "")
    assert (shown["done"], shown["total"]) == (1, 1)
    assert SMALL in [one["name"] for one in shown["choices"]]
    assert "only words are searched" in run("embedding").stdout

    found = run("search", "pear")
    assert found.returncode == 0
    assert "garden.md" in found.stdout
    assert "embedding model word-lengths is not on this computer" in " ".join(found.stderr.split())

    unknown = run("embedding", "word2vec")
    assert unknown.returncode == 1
    assert "Traceback" not in unknown.stderr
    chosen = run("embedding", SMALL)
    assert (chosen.returncode, chosen.stdout) == (0, "")
    assert f"Meaning is searched with {SMALL} now." in chosen.stderr
    shown = read(run("embedding", SMALL, "--json"))
    assert (shown["model"], shown["here"], shown["done"]) == (SMALL, True, 1)
    status = read(run("status", "--json"))
    assert (status["embedding_model"], status["next_embedding_model"]) == (SMALL, "")
    assert run("search", "pear").stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_re_embedding_that_was_interrupted_goes_on(
    run: Run, start: Callable[..., subprocess.Popen[str]], foreign: Library, notes: Path
) -> None:
    text = "\n\n".join(f"Paragraph {n} of the volume. " * 30 for n in range(300))
    (notes / "volume.txt").write_text(text, encoding="utf-8")
    foreign.rescan()
    foreign.close()
    choosing = start("embedding", SMALL)
    with Library(foreign.folder, _key(foreign), mode="read") as reader:
        within(60, lambda: 0 < reader.embedding().done < reader.embedding().total)
        choosing.send_signal(signal.SIGINT)
        _, said = choosing.communicate(timeout=30)
        assert choosing.returncode == 130
        assert "Traceback" not in said
        left = reader.embedding()
        assert (left.model, left.next_model) == ("word-lengths", SMALL)
        assert 0 < left.done < left.total
    goes_on = f"Re-embedding with {SMALL} is not finished: 'strongroom embedding {SMALL}' goes on"
    assert goes_on in run("status").stdout
    assert goes_on in run("embedding").stdout
    (notes / "boat.txt").write_text("The boat is moored at Leith.", encoding="utf-8")
    added = run("add", str(notes))
    assert "Found by their words alone so far: 1." in added.stderr
    assert goes_on in added.stderr
    assert run("embedding", SMALL).returncode == 0
    assert read(run("status", "--json"))["documents"]["indexed"] == 3


def _key(library: Library) -> LibraryKey:
    return obtain_key(library.folder, key_file=library.folder.parent / "key")


def test_answers_for_tools_and_for_people(run: Run, notes: Path) -> None:
    run("add", str(notes))
    asking = ("ask", "When was the pear tree felled?")
    answer = read(run(*asking, "--json"))
    assert answer["question"] == "When was the pear tree felled?"
    assert answer["abstained"] is False
    assert "1987" in answer["answer"]
    citation = answer["citations"][0]
    assert citation["n"] == 1
    assert citation["file"] == str(notes / "garden.md")
    text = (notes / "garden.md").read_text(encoding="utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert set(answer["timings"]) == {"search_ms", "first_token_ms", "total_ms"}
    assert answer["model"]

    shown = run(*asking)
    assert shown.returncode == 0
    assert re.search(r"1987.*\[1\]", shown.stdout)
    assert "Rests on" in shown.stdout


def test_people_see_file_page_and_reason(run: Run, notes: Path) -> None:
    run("add", str(notes))
    found = run("search", "pear").stdout
    assert str(notes / "garden.md") in found
    assert "the words stand in 1 passage of 1 document" in found
    status = run("status").stdout
    assert "1 indexed" in status
    assert "broken.pdf" in status
    assert str(notes) in run("sources").stdout


def test_eval_measures_a_set(run: Run, notes: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines: list[dict[str, Any]] = [
        {
            "id": "1",
            "question": "When was the pear tree felled?",
            "relevant": [{"file": "garden.md", "quote": "The old pear tree was felled in 1987."}],
        },
        {"id": "2", "question": "Who owns the boat?", "relevant": []},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    report = read(run("eval", str(questions), "--root", str(notes), "--json"))
    assert report["questions"] == 2
    for method in ("hybrid", "lexical", "dense"):
        assert report["methods"][method]["ndcg@10"] == 1
        assert report["methods"][method]["mrr@10"] == 1
        assert report["methods"][method]["page_hit@5"] is None


def test_doctor_needs_neither_library_nor_key(run: Run, tmp_path: Path) -> None:
    report = read(run("doctor", "--json", key=False))
    assert report["hardware"]["memory_total"] > 2**30
    assert report["plan"]["why"]
    assert report["embedding_model"] == embedding_models()[0].name
    assert not (tmp_path / "library").exists()
    assert report["plan"]["why"].split(":")[0] in " ".join(run("doctor").stdout.split())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--frobnicate",), 2, "required"),
        (("explode",), 2, "invalid choice"),
        (("search", "tree", "-k", "0"), 2, "1 to 1000"),
        (("search", "tree", "-k", "many"), 2, "1 to 1000"),
        (("search", "tree"), 1, "There is no library"),
        (("status",), 1, "There is no library"),
        (("embedding",), 1, "There is no library"),
        (("embedding", SMALL), 1, "There is no library"),
        (("add", "/nowhere/at/all"), 1, "does not exist"),
        (("eval", "/nowhere.jsonl"), 1, "nowhere.jsonl"),
    ],
)
def test_errors_go_to_stderr(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_questions_that_cannot_be_searched(run: Run, notes: Path) -> None:
    run("add", str(notes))
    for question, said in (
        ("", "The question is empty"),
        ("why " * 25_000, "100000 characters"),
        ("tree in:Attic", "no collection named Attic"),
    ):
        done = run("search", question)
        assert done.returncode == 1
        assert said in " ".join(done.stderr.split())


def test_one_path_that_is_missing_does_not_keep_the_others_out(run: Run, notes: Path) -> None:
    done = run("add", "/nowhere/at/all", str(notes))
    assert done.returncode == 1
    assert "/nowhere/at/all does not exist" in done.stderr
    assert read(run("status", "--json"))["documents"]["indexed"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="arguments are bytes there")
def test_bytes_that_are_no_text_do_not_break_the_json(run: Run, notes: Path) -> None:
    run("add", str(notes))
    found = read(run("search", os.fsdecode(b"pear \xff"), "--json"))
    assert found["question"] == "pear ?"
    assert found["hits"]


def test_a_pipe_that_is_closed_early_is_no_error_to_talk_about(
    run: Run, notes: Path, tmp_path: Path
) -> None:
    run("add", str(notes))
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    with subprocess.Popen(
        [sys.executable, "-m", "strongroom_desktop", *place, "status"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_a_new_library_without_any_key_is_refused(run: Run, notes: Path, tmp_path: Path) -> None:
    done = run("add", str(notes), key=False)
    assert done.returncode == 1
    assert "keyring" in done.stderr
    assert "--key-file" in done.stderr
    assert not (tmp_path / "library" / "library.db").exists()


def test_a_wrong_key_is_refused_and_changes_nothing(run: Run, notes: Path, tmp_path: Path) -> None:
    run("add", str(notes))
    before = (tmp_path / "library" / "library.db").read_bytes()
    (tmp_path / "key").write_text("00" * 32, encoding="ascii")
    for command in (("search", "tree"), ("add", str(notes))):
        done = run(*command)
        assert done.returncode == 1
        assert "does not open the library" in " ".join(done.stderr.split())
    assert (tmp_path / "library" / "library.db").read_bytes() == before


def test_the_readme_names_every_command(run: Run) -> None:
    readme = README.read_text(encoding="utf-8")
    listed = set(re.findall(r"^ {4}(\w+) ", run("--help").stdout, re.MULTILINE))
    assert {"add", "ask", "settings"} < listed
    named = set(re.findall(r"^strongroom (?:\w+ \| strongroom )?(\w+)", readme, re.MULTILINE))
    named |= set(re.findall(r"^strongroom (\w+) \| strongroom", readme, re.MULTILINE))
    assert named - {"open"} == listed


def test_sources_are_grouped_anew_and_files_left_out(run: Run, notes: Path) -> None:
    assert run("add", str(notes)).returncode == 0
    assert "Garden papers" in run("sources", "--rename", "Notes", "Garden papers").stdout
    moved = json.loads(run("sources", "--move", str(notes), "Trees", "--json").stdout)
    assert [source["collection"] for source in moved["sources"]] == ["Trees"]
    refused = run("sources", "--rename", "Notes", "Other")
    assert (refused.returncode, "Collections there are: Trees" in refused.stderr) == (1, True)

    assert "Nothing is left out." in run("exclude").stdout
    assert re.search(r"\*\.pdf +all sources", run("exclude", "*.pdf").stdout)
    status = json.loads(run("status", "--json").stdout)
    assert (status["documents"]["indexed"], status["documents"]["failed"]) == (1, 0)
    assert json.loads(run("exclude", "*.pdf", "--undo", "--json").stdout) == {"exclusions": []}
    assert json.loads(run("status", "--json").stdout)["documents"]["failed"] == 1
    assert run("retry", str(notes / "broken.pdf")).returncode == 0
    assert "is not in the library" in run("retry", "/nowhere/x.pdf").stderr


def test_indexing_is_paused_and_resumed(run: Run, notes: Path) -> None:
    assert "0 documents waiting. Indexing is paused" in run("pause").stderr
    added = run("add", str(notes))
    assert added.returncode == 0
    assert "In the index: 0 documents." in added.stderr
    assert "2 documents waiting. Indexing is paused; 'strongroom resume' goes on." in added.stderr
    assert "In the index: 1 document." in run("resume").stderr
