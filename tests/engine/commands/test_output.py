"""What a person and a tool are told of a hit that stands elsewhere, too."""

from __future__ import annotations

import io
import json
from dataclasses import replace

from rich.console import Console

from strongroom_engine.commands import output
from strongroom_engine.types import Answer, Citation, Hit, SearchResult, Timings, Version

RESULT = SearchResult(
    "dogs",
    (
        Hit(1, "/p/lease 2.docx", None, 0, 4, "", 1.0, "Dogs", copies=("/q/lease 2.docx",),
            versions=(Version("/p/lease 3.docx", 2, 9, 13, 1_700_000_000_000, newest=True),
                      Version("/p/lease 1.docx"))),
        Hit(2, "/p/note.txt", None, 0, 4, "", 0.5, "Dogs"),
    ),
    5.0,
)  # fmt: skip


def test_a_person_reads_where_else_a_hit_stands() -> None:
    console = Console(file=io.StringIO(), width=100)
    output.show_search(console, RESULT)
    assert isinstance(console.file, io.StringIO)
    lines = [line.strip() for line in console.file.getvalue().splitlines()]
    assert "the same file: /q/lease 2.docx" in lines
    assert "also in a version: /p/lease 3.docx, p. 2, 2023-11-14, the newest" in lines
    assert "also in a version: /p/lease 1.docx" in lines


def test_of_very_many_passages_it_is_said_that_there_are_more() -> None:
    console = Console(file=io.StringIO(), width=100)
    output.show_search(console, replace(RESULT, passages=10_000, more=True))
    assert isinstance(console.file, io.StringIO)
    last = console.file.getvalue().splitlines()[-1]
    assert last.endswith("the words stand in more than 10,000 passages")


def test_a_tool_is_told_likewise() -> None:
    first, second = json.loads(output.to_json(output.search_json(RESULT)))["hits"]
    assert first["copies"] == ["/q/lease 2.docx"]
    assert [one["file"] for one in first["versions"]] == ["/p/lease 3.docx", "/p/lease 1.docx"]
    assert first["versions"][0]["newest"]
    assert second["versions"] == []


def test_a_person_reads_that_a_version_says_otherwise() -> None:
    versions = (Version("/p/new.txt", said="The rent is 1,300."), Version("/p/same.txt"))
    cited = Citation(1, "/p/old.txt", None, 0, 18, "The rent is 1,200.", versions=versions)
    answer = Answer("Rent?", "1,200.", False, (), (cited,), (), "", Timings())
    console = Console(file=io.StringIO(), width=100)
    output.show_answer(console, answer)
    assert isinstance(console.file, io.StringIO)
    lines = [line.strip() for line in console.file.getvalue().splitlines()]
    at = lines.index("but /p/new.txt:")
    assert lines[at - 1 : at + 2] == [
        "“The rent is 1,200.”",
        "but /p/new.txt:",
        "“The rent is 1,300.”",
    ]
    assert not any("same.txt" in line for line in lines)
