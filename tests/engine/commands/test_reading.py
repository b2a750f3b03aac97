"""`strongroom read`: the text of a document, and where words stand in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strongroom_engine import cli

WORDS = "The tenant may termi-\nnate the lease. " + "Nothing more is said of it. " * 900


@pytest.fixture
def file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "Papers"
    folder.mkdir()
    made = folder / "lease.txt"
    made.write_text(WORDS, encoding="utf-8")
    assert run(tmp_path, "add", str(folder)) == 0
    capsys.readouterr()
    return made


def run(tmp_path: Path, *arguments: str) -> int:
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    return cli.main([*place, *arguments])


def test_the_text_is_told_whole(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "read", str(file)) == 0
    assert capsys.readouterr().out.rstrip("\n") == WORDS
    assert run(tmp_path, "read", str(file), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["text"] == WORDS
    assert told["document"]["path"] == str(file)


def test_words_are_found_across_the_end_of_a_line(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "read", str(file), "--find", "TERMINATE the") == 0
    said = capsys.readouterr()
    assert said.out.startswith("The tenant may termi- nate the lease.")
    assert said.err == "1 place.\n"
    assert run(tmp_path, "read", str(file), "--find", "lease", "--json") == 0
    (place,) = json.loads(capsys.readouterr().out)["places"]
    assert WORDS[place["start"] : place["end"]] == "lease"


def test_what_is_not_there_says_so(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "read", str(file.with_name("other.txt"))) == 1
    assert "not in the library" in capsys.readouterr().err
