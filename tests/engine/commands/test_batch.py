"""`strongroom ask --batch`: a file of questions, each answered as if it was asked alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from strongroom_engine.answering.together import TOGETHER
from strongroom_engine.cli import main

SMALL = "qwen2.5-coder-0.5b"
QUESTIONS = ["How high is the rent of the barn?", "Who keeps the roof of the mill in repair?"]


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    """The options that name a library of two leases."""
    options = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    leases = tmp_path / "Leases"
    leases.mkdir()
    (leases / "barn.txt").write_text("Lease of the barn.\n\nThe rent is 310 euros a month.")
    (leases / "mill.txt").write_text(
        "Lease of the mill.\n\nThe rent is 1,200 euros a month.\n\n"
        "The Landlord keeps the roof of the mill in repair."
    )
    assert main([*options, "add", str(leases)]) == 0
    return options


def file_of(folder: Path, *lines: str) -> str:
    file = folder / "questions.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    """All but what differs from one time to the other: a probability is rounded otherwise where it is
    computed beside others."""
    return {name: value for name, value in answer.items() if name not in ("timings", "confidence")}


def test_each_question_is_answered_as_alone_a_line_each(
    place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [*QUESTIONS, QUESTIONS[0]]  # what stands there twice is answered twice
    capsys.readouterr()
    file = file_of(tmp_path, *asked)
    assert main([*place, "ask", "--batch", file, "--model", SMALL, "--json"]) == 0
    made = lines_of(capsys)
    assert [answer["question"] for answer in made] == asked
    assert "310 euros" in made[0]["answer"]
    assert made[0]["citations"][0]["quote"] == "The rent is 310 euros a month."
    for question, together in zip(QUESTIONS, made, strict=False):
        assert main([*place, "ask", question, "--model", SMALL, "--json"]) == 0
        alone = json.loads(capsys.readouterr().out)
        assert untimed(alone) == untimed(together)
        assert alone["confidence"] == pytest.approx(together["confidence"], abs=0.05)


def test_for_people_each_answer_stands_under_its_question(
    place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    file = file_of(tmp_path, *QUESTIONS)
    assert main([*place, "ask", "--batch", file, "--task", "quotes"]) == 0
    shown = capsys.readouterr()
    places = [
        shown.out.index(text) for text in (QUESTIONS[0], "310 euros", QUESTIONS[1], "roof of")
    ]
    assert places == sorted(places)
    assert "2 questions." in shown.err


def test_a_question_that_fails_costs_itself_and_is_said(
    place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    file = file_of(tmp_path, "rent in:Ponds", QUESTIONS[0])
    batch = [*place, "ask", "--batch", file, "--task", "quotes"]
    assert main([*batch, "--json"]) == 1
    out, said = capsys.readouterr()
    failed, answered = (json.loads(line) for line in out.splitlines())
    assert failed["question"] == "rent in:Ponds"
    assert failed["code"] == "unknown-collection"
    assert "no collection named Ponds" in failed["problem"]
    assert "310 euros" in answered["answer"]
    assert "2 questions. 1 could not be answered." in said
    assert main(batch) == 1
    assert "no collection named Ponds" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupted_it_leaves_what_is_answered(place: list[str], tmp_path: Path) -> None:
    file = file_of(tmp_path, *(f"What is the rent of the barn in year {n}?" for n in range(300)))
    process = subprocess.Popen(
        [sys.executable, "-m", "strongroom_desktop", *place, "ask", "--batch", file, "--json",
         "--model", SMALL],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    made = [json.loads(line) for line in (first + rest).splitlines()]
    assert not any(answer["stopped"] for answer in made)
    # Some are written together: of those, one may be done while one before it was not.
    years = [int(answer["question"].removesuffix("?").split()[-1]) for answer in made]
    assert years == sorted(years)
    assert years[-1] < len(made) + TOGETHER
    assert f"Interrupted: {len(made)} of 300 questions done." in said
    assert "Traceback" not in said


def test_what_cannot_be_done_is_said_before_any_work(
    place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(tmp_path, *QUESTIONS)

    def refused(*arguments: str) -> str:
        assert main([*place, "ask", *arguments]) == 1
        out, said = capsys.readouterr()
        assert out == ""
        return " ".join(said.split())

    def misused(*arguments: str) -> str:
        with pytest.raises(SystemExit, match="2"):
            main([*place, "ask", *arguments])
        return " ".join(capsys.readouterr().err.split())

    capsys.readouterr()
    assert "ask a single one without it" in misused("--batch", file, "What?")
    assert "are for a single question" in misused("--batch", file, "--fields", "author")
    assert "stands alone" in misused("--batch", file, "--conversation", "Leases")
    assert "stands alone" in misused("--batch", file, "--after", "What?")
    assert "no model named gpt" in refused("--batch", file, "--model", "gpt")
    assert "none.txt" in refused("--batch", str(tmp_path / "none.txt"))
    assert "there is no question in it" in refused("--batch", file_of(tmp_path, " "))
