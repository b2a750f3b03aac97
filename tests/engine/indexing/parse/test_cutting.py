"""Of a text beyond the limit as much is read as may be, and the report says what is not."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import TooLarge
from strongroom_engine.indexing.parse import cutting, worker
from strongroom_engine.indexing.parse.markup import text
from strongroom_engine.indexing.parse.messages import Parse, Parsed, Problem
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Document, LeftOut, State

LIMITED = Settings(max_text_mb=1)
BEYOND = "; the limit is 1 MB, which can be raised in the settings"


def answered(path: Path, content: str | bytes) -> Parsed | Problem:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reply = worker.answer(Parse(str(path)), LIMITED)
    assert isinstance(reply, (Parsed, Problem))
    return reply


def read(path: Path, content: str | bytes) -> Document:
    reply = answered(path, content)
    assert isinstance(reply, Parsed), reply
    return reply.document


@pytest.mark.parametrize("name", ["server.log", "notes.txt", "notes.md"])
def test_a_long_text_is_read_to_the_last_line_within_the_limit(tmp_path: Path, name: str) -> None:
    lines = [f"Line {number} says something, as all of them do.\n" for number in range(60_000)]
    document = read(tmp_path / name, "".join(lines))
    shown = document.text.rstrip("\n").split("\n")
    assert [line.strip() for line in shown] == [line.strip() for line in lines[: len(shown)]]
    rest = sum(map(len, lines[len(shown) :]))
    assert (1 << 20) - 100 < len(document.text) <= 1 << 20
    assert document.left_out == (LeftOut(f"the last {rest / 2**20:.0f} MB of its text{BEYOND}"),)


def test_the_rows_of_a_long_table_are_read_within_the_limit(tmp_path: Path) -> None:
    rows = [f"{number};Town {number % 90};{number * 7 % 1000},50" for number in range(80_000)]
    document = read(tmp_path / "sales.csv", "id;town;amount\n" + "\n".join(rows))
    assert document.left_out[0].what.endswith(BEYOND)
    table = document.sheets[0]
    number = len(table.rows)
    assert 40_000 < number < 80_000
    assert table.rows[-1].cells[0] == number - 1
    assert document.text.endswith(f"{number - 1} | Town {(number - 1) % 90} | "
                                  f"{(number - 1) * 7 % 1000},50")  # fmt: skip


def test_the_beginning_of_data_in_one_line_is_read(tmp_path: Path) -> None:
    values = [{"name": "Žofie", "town": f"Plzeň {number}"} for number in range(40_000)]
    document = read(tmp_path / "all.json", json.dumps(values, ensure_ascii=False))
    assert "Plzeň 1234" in document.text
    assert not {"\ufffd", "Å"} & set(document.text)
    assert document.left_out[0].what.endswith(BEYOND)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "shift_jis"])
def test_no_character_is_torn(encoding: str) -> None:
    data = ("日本語の文章です。" * 70_000).encode(encoding)
    file = OpenFile("a.txt", io.BytesIO(data), LIMITED)
    said = cutting.parsed(file, text.parse).text
    assert set(said) <= set("日本語の文章です。\ufffd")
    assert said.count("\ufffd") <= 1
    assert len(said) > 200_000


def test_what_cannot_be_read_in_part_is_too_large(tmp_path: Path) -> None:
    reply = answered(tmp_path / "a.xml", f"<all>{'<one>a value</one>' * 90_000}</all>")
    assert isinstance(reply, Problem)
    assert isinstance(reply.error, TooLarge)
    assert reply.details == {"size": "2 MB", "limit": "1 MB"}


def test_all_of_it_is_read_when_the_limit_is_raised(tmp_path: Path, key: LibraryKey) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    path = folder / "long.log"
    path.write_text('{"a": "word word word word word word word word word word"}\n' * 20_000)
    for limit_mb, is_whole in ((1, False), (2, True), (1, False)):
        settings = Settings(max_text_mb=limit_mb, parser_workers=1)
        place = tmp_path / "library"
        with Library(place, key, embedder=WordLengths(), settings=settings) as library:
            library.rescan() if library.sources() else library.add(str(folder))
            [record] = library.documents()
            assert record.state == State.INDEXED
            report = library.reading.report(str(path))
        assert bool(report.left_out) is not is_whole, limit_mb
