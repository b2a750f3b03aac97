"""`strongroom conversations` and `strongroom ask --conversation`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strongroom_engine.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    """Options that name a library of two leases."""
    leases = tmp_path / "Leases"
    leases.mkdir()
    (leases / "barn.txt").write_text("Lease of the barn.\n\nThe rent of the barn is 310 euros.")
    (leases / "mill.txt").write_text("Lease of the mill.\n\nThe rent of the mill is 1,200 euros.")
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    assert main([*place, "add", str(leases)]) == 0
    return place


def ask(place: list[str], question: str, name: str) -> None:
    """Without a model: quotes."""
    asked = ["ask", question, "--task", "quotes", "--conversation", name]
    assert main([*place, *asked]) == 0


def test_conversations_from_the_first_question_to_their_end(
    place: list[str], tmp_path: Path, capsys: Capture
) -> None:
    assert main([*place, "conversations"]) == 0
    assert "None is kept yet." in capsys.readouterr().err
    ask(place, "What is the rent of the barn?", "Rents")
    ask(place, "And of the mill?", "rents")  # the same one, and a follow-up in it
    said = capsys.readouterr().out
    assert "Understood as: What is the rent of the mill?" in said

    assert main([*place, "conversations", "search", "1,200", "MILL", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["conversations"]
    assert (found["title"], found["turns"]) == ("Rents", 2)
    assert "1,200 euros" in found["found"]
    assert main([*place, "conversations", "search", "harbour"]) == 0
    assert "No conversation has all these words." in capsys.readouterr().err

    assert main([*place, "conversations", "show", "Rents", "--json"]) == 0
    turns = json.loads(capsys.readouterr().out)["turns"]
    assert [turn["asked"]["question"] for turn in turns] == [
        "What is the rent of the barn?",
        "And of the mill?",
    ]
    assert turns[1]["answer"]["standalone"] == "What is the rent of the mill?"
    assert main([*place, "conversations", "show", "rent"]) == 0
    assert "The rent of the barn is 310 euros." in capsys.readouterr().out

    file = tmp_path / "out.md"
    assert main([*place, "conversations", "export", "Rents", str(file), "--question", "2"]) == 0
    assert "# And of the mill?" in file.read_text("utf-8")
    assert main([*place, "conversations", "export", "Rents", str(file), "--question", "3"]) == 1
    assert "no question number 3" in " ".join(capsys.readouterr().err.split())

    assert main([*place, "conversations", "rename", "Rents", "Leases of 2023"]) == 0
    assert main([*place, "conversations"]) == 0
    assert "Leases of 2023" in capsys.readouterr().out
    assert main([*place, "conversations", "remove", "Leases of 2023"]) == 0
    assert main([*place, "conversations", "show", "Leases of 2023"]) == 1
    assert "There is no conversation" in capsys.readouterr().err
