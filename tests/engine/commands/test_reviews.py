"""`strongroom ask --batch`: what it writes, says, keeps and refuses."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console
from tests.engine.fakes import Scripted, WordLengths

from strongroom_engine.cli import main
from strongroom_engine.commands import reviews as reviewing
from strongroom_engine.library import Library
from strongroom_engine.store import obtain_key
from strongroom_engine.types import Cell, Citation, Column, Review

SMALL = "qwen2.5-coder-0.5b"
QUESTIONS = "Question;Name\nHow high is the rent?;Rent\nIs there an indexation clause?;Index\n"
Ask = Callable[..., int]


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    return ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]


@pytest.fixture
def asked(tmp_path: Path, place: list[str]) -> list[str]:
    """The command on a library of two leases."""
    leases = tmp_path / "Leases"
    leases.mkdir()
    (leases / "barn.txt").write_text(
        "Lease of the barn.\n\nThe rent is 310 euros a month.\n\n"
        "Indexation: the rent rises each year with the index of consumer prices."
    )
    (leases / "mill.txt").write_text("Lease of the mill.\n\nThe rent is 1,200 euros a month.")
    (tmp_path / "questions.csv").write_text(QUESTIONS)
    assert main([*place, "add", str(leases)]) == 0
    return [*place, "ask", "--batch", str(tmp_path / "questions.csv"), "--per-document"]


def test_a_table_is_filled_by_the_small_model(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "table.xlsx"
    assert main([*asked, "--model", SMALL, "--out", str(out)]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "4 cells." in said
    assert "Written to" in said
    sheet = openpyxl.load_workbook(out)["Answers"]
    assert [field.value for field in sheet[1]] == ["Document", "Rent", "Index"]
    barn, mill = (list(row) for row in sheet.iter_rows(min_row=2, values_only=True))
    assert (barn[0], mill[0]) == ("barn.txt", "mill.txt")
    assert "310 euros" in barn[1]
    assert "1,200 euros" in mill[1]
    assert barn[2] == "Yes"
    assert "The rent is 310 euros a month." in sheet["B2"].comment.text

    started = time.monotonic()  # the same again, from the library, as JSON
    assert main([*asked, "--model", SMALL, "--json"]) == 0
    assert time.monotonic() - started < 10
    review = json.loads(capsys.readouterr().out)
    assert [cell["text"] for cell in review["cells"]][:2] == barn[1:]
    assert review["stopped"] is False


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupted_it_keeps_what_there_is_and_says_how_to_go_on(
    asked: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "table.csv"
    many = tmp_path / "many.csv"
    many.write_text("".join(f"What is the rent in year {n}?\n" for n in range(200)))
    asked[asked.index("--batch") + 1] = str(many)
    process = subprocess.Popen(
        [sys.executable, "-m", "strongroom_desktop", *asked, "--model", SMALL, "--out", str(out)],
        stderr=subprocess.PIPE,
        text=True,
    )
    place = asked[1], asked[3]
    deadline = time.monotonic() + 120
    while process.poll() is None and not kept(*place) and time.monotonic() < deadline:
        time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    said = " ".join(said.split())
    assert "Interrupted: " in said
    assert "of 400 cells done and kept." in said
    assert "The same command goes on." in said
    assert "Traceback" not in said
    assert 0 < out.read_text("utf-8-sig").count("rent is") < 400


def kept(folder: str, key_file: str) -> int:
    """How many cells there are by now, for another process."""
    key = obtain_key(Path(folder), key_file=Path(key_file))
    with Library(Path(folder), key, mode="read") as library:
        names = library.reviews.names()
        return len(library.reviews.get(names[0]).cells) if names else 0


def test_what_cannot_be_done_is_said_before_any_work(
    asked: list[str], place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*arguments: str) -> str:
        assert main(list(arguments)) == 1
        return " ".join(capsys.readouterr().err.split())

    def misused(*arguments: str) -> str:
        with pytest.raises(SystemExit, match="2"):
            main(list(arguments))
        return " ".join(capsys.readouterr().err.split())

    assert "neither in .csv nor in .xlsx" in refused(*asked, "--out", str(tmp_path / "t.ods"))
    assert "its folder is not there" in refused(*asked, "--out", str(tmp_path / "no" / "t.csv"))
    assert "is not in the index" in refused(*asked, "--document", str(tmp_path / "x.txt"))
    assert "no collection named Ponds" in refused(*asked, "--collection", "Ponds")
    assert "ask a single one without it" in misused(*asked, "What?")
    assert "a question is missing" in misused(*place, "ask")
    assert "--task is for a single one" in misused(*asked, "--task", "summary")
    assert "--again belongs to --batch" in misused(*place, "ask", "What?", "--again")
    assert "--out belongs to --batch" in misused(*asked[:-1], "--out", str(tmp_path / "t.csv"))
    assert "no model named gpt" in refused(*asked, "--model", "gpt")
    asked[1] = str(tmp_path / "other")
    assert "There is no library" in refused(*asked)
    assert not (tmp_path / "other").exists()


def test_a_library_that_is_written_to_is_said(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = obtain_key(tmp_path / "library", key_file=tmp_path / "key")
    with Library(tmp_path / "library", key):
        assert main(asked) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "A review keeps its answers in the library" in said
    assert "Run the review in the window" in said


def test_without_a_file_the_table_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    cited = Citation(1, "/d/a.pdf", 3, 0, 5, "quote")
    cells = (
        Cell(
            "/d/a.pdf", "Rent?", "310\x1b[31m euros " + "x" * 200, False, (cited,), 0.9, model="m"
        ),
        Cell("/d/b.pdf", "Rent?", "", True, (), 0.4, model="m"),
        Cell("/d/c.pdf", "Rent?", problem="The answer model stopped."),
    )
    documents = ("/d/a.pdf", "/d/b.pdf", "/d/c.pdf", "/d/e.pdf")
    review = Review("x", (Column("Rent?", "[Rent]"),), documents, cells, stopped=True)
    options = argparse.Namespace(out=None, json=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviewing, "out", Console(width=160))
        reviewing._give(options, review)
    shown = capsys.readouterr()
    assert "[Rent]" in shown.out
    assert "310[31m euros" in shown.out  # no control character
    assert "x" * 90 not in shown.out
    assert "p. 3, 90%" in shown.out
    for text in ("(not in the document)", "40%", "(The answer model stopped.)", "(not asked yet)"):
        assert text in shown.out
    assert "Interrupted: 3 of 4 cells done and kept." in shown.err


def test_kept_reviews_are_listed_shown_exported_renamed_and_removed(
    tmp_path: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Leases").mkdir()
    (tmp_path / "Leases" / "barn.txt").write_text("The rent is 310 euros.", encoding="utf-8")
    scripted = Scripted("310 euros", "310 euros")
    key = obtain_key(tmp_path / "library", key_file=tmp_path / "key")
    with Library(
        tmp_path / "library", key, embedder=WordLengths(), make_generator=lambda _plan: scripted
    ) as library:
        library.add(str(tmp_path / "Leases"))
        library.reviews.run("Rents", (Column("How high is the rent?", "Rent"),))
    assert main([*place, "reviews"]) == 0
    assert "1 of 1" in capsys.readouterr().out
    assert main([*place, "reviews", "rename", "Rents", "Rents 2024"]) == 0
    assert main([*place, "reviews", "list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["done"]) == ("Rents 2024", 1)
    assert main([*place, "reviews", "show", "Rents 2024"]) == 0
    assert "310 euros" in capsys.readouterr().out
    file = tmp_path / "rents.csv"
    assert main([*place, "reviews", "export", "Rents 2024", str(file)]) == 0
    assert "310 euros" in file.read_text(encoding="utf-8-sig")
    assert main([*place, "reviews", "go-on", "Rents 2024"]) == 0  # there is nothing to ask
    assert "1 cell." in capsys.readouterr().err
    assert main([*place, "reviews", "remove", "Rents 2024"]) == 0
    assert main([*place, "reviews", "show", "Rents 2024"]) == 1
    assert "There is no review named Rents 2024." in capsys.readouterr().err
