"""Reading through the facade and over the wire: texts in parts, structure, places, what is gone."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.errors import (
    Cancelled,
    DocumentMoved,
    FileInCloud,
    FileMoved,
    NeedsPassword,
    NotInLibrary,
    SourceAway,
    Vanished,
)
from strongroom_engine.library import Library
from strongroom_engine.reading import documents
from strongroom_engine.reading.documents import MOST_PLACES
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import PageSpan

AES_256 = 5

MARKDOWN = """# Notes

Some words.

## A table

| Name | Rent |
| --- | --- |
| Holt | 100 |

- one
- two
"""


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Papers"
    made.mkdir()
    return made


def pdf(path: Path, *texts: str, password: str = "", labels: str = "") -> str:
    with pymupdf.open() as file:
        for text in texts:
            file.new_page().insert_textbox((60, 60, 540, 780), text, fontsize=11)
        if labels:
            file.set_page_labels([{"startpage": 0, "style": labels, "firstpagenum": 1}])
        if password:
            file.save(path, encryption=AES_256, user_pw=password)
        else:
            file.save(path)
    return str(path)


def test_a_long_text_comes_in_parts_that_tile_it(library: Library, folder: Path) -> None:
    text = "\n".join(f"Line {number} of a long document." for number in range(8_000))
    long = folder / "long.txt"
    long.write_text(text, encoding="utf-8")
    library.add(str(folder))
    parts, offset = [], 0
    while offset < len(text):
        part = library.reading.excerpt(str(long), offset=offset)
        assert part.offset == offset
        assert part.total == len(text)
        assert part.text.endswith("\n") or offset + len(part.text) == len(text)
        parts.append(part.text)
        offset += len(part.text)
    assert "".join(parts) == text
    assert len(parts) > 5
    back: list[str] = []
    until = len(text)
    while until > 0:
        part = library.reading.excerpt(str(long), until=until)
        assert part.offset + len(part.text) == until
        back.insert(0, part.text)
        until = part.offset
    assert "".join(back) == text


def test_what_has_structure_tells_it(library: Library, folder: Path) -> None:
    notes = folder / "notes.md"
    notes.write_text(MARKDOWN, encoding="utf-8")
    library.add(str(folder))
    (event,) = served(library, wire.ShowPage(file=str(notes)))
    assert isinstance(event, wire.PageText)
    assert event.media_type == "text/markdown"
    said = [(event.text[start:end], level) for start, end, level in event.headings]
    assert said == [("# Notes", 1), ("## A table", 2)]
    ((start, header, end),) = event.tables
    assert event.text[start:header].startswith("| Name")
    assert event.text[header:end].startswith("| Holt")
    assert [event.text[at : at + 5] for at in event.items] == ["- one", "- two"]


def test_words_are_found_on_their_pages(library: Library, folder: Path) -> None:
    path = pdf(folder / "lease.pdf", "The Tenant may termi-\nnate.", "A tenant, the TENANT.")
    library.add(str(folder))
    (event,) = served(library, wire.FindInDocument(file=path, words="tenant"))
    assert isinstance(event, wire.FoundInDocument)
    assert [place.page for place in event.places] == [1, 2, 2]
    assert not event.more
    lines = library.reading.lines(path, 2)
    for place in event.places[1:]:
        assert lines.text[place.start : place.end].lower() == "tenant"
    (event,) = served(library, wire.FindInDocument(file=path, words="terminate"))
    assert isinstance(event, wire.FoundInDocument)
    assert [place.page for place in event.places] == [1]


def test_no_more_places_than_one_can_look_at(library: Library, folder: Path) -> None:
    many = folder / "many.txt"
    many.write_text("word " * (MOST_PLACES + 5), encoding="utf-8")
    library.add(str(folder))
    found = library.reading.find(str(many), "word")
    assert len(found.places) == MOST_PLACES
    assert found.more
    assert found.places[0] == PageSpan(None, 0, 4)
    with pytest.raises(Cancelled):
        library.reading.find(str(many), "nothing", lambda: True)


def test_a_document_read_anew_is_searched_anew(library: Library, folder: Path) -> None:
    notes = folder / "notes.txt"
    notes.write_text("old words", encoding="utf-8")
    library.add(str(folder))
    assert library.reading.find(str(notes), "old").places
    notes.write_text("new words, longer", encoding="utf-8")
    library.rescan()
    assert not library.reading.find(str(notes), "old").places
    assert library.reading.find(str(notes), "new").places


def test_printed_page_numbers_are_told(library: Library, folder: Path) -> None:
    path = pdf(folder / "preface.pdf", "one", "two", labels="r")
    library.add(str(folder))
    (event,) = served(library, wire.GetDocument(file=path))
    assert isinstance(event, wire.DocumentTold)
    assert event.facts is not None
    assert event.facts.labels == ((1, "i"), (2, "ii"))
    assert (event.facts.document.pages, event.facts.document.paged) == (2, True)


def test_of_a_file_that_is_gone_the_text_is_left(library: Library, folder: Path) -> None:
    path = pdf(folder / "lease.pdf", "First page.", "Second page.")
    library.add(str(folder))
    Path(path).unlink()
    with pytest.raises(Vanished):
        library.reading.page(path, 1, 100)
    part = library.reading.excerpt(path, [(0, 6)], page=2)
    ((start, end),) = part.spans
    assert part.text[start:end] == "Second"


def test_why_a_file_is_gone(library: Library, folder: Path) -> None:
    path = pdf(folder / "lease.pdf", "First page.")
    library.add(str(folder))
    (folder / "old").mkdir()
    moved = folder / "old" / "lease.pdf"
    Path(path).rename(moved)
    library.rescan()
    with pytest.raises(DocumentMoved) as caught:
        library.reading.page(path, 1, 100)
    assert caught.value.details["to"] == str(moved)
    twin = pdf(folder / "lease.pdf", "Another page.")
    library.rescan()
    Path(twin).unlink()  # nobody has looked since
    with pytest.raises(FileMoved) as other:
        library.reading.page(twin, 1, 100)
    assert other.value.details["to"] == str(moved)
    folder.rename(folder.parent / "Away")
    with pytest.raises(SourceAway):
        library.reading.page(str(moved), 1, 100)


def test_a_page_of_a_file_in_a_cloud_is_not_downloaded(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(folder / "lease.pdf", "First page.")
    library.add(str(folder))
    monkeypatch.setattr(documents, "is_placeholder", lambda _facts: True)
    with pytest.raises(FileInCloud):
        library.reading.page(path, 1, 100)
    with pytest.raises(FileInCloud):
        library.reading.lines(path, 1)
    assert "First page" in library.reading.excerpt(path).text


def test_a_drive_that_does_not_answer_keeps_nobody_waiting_for_a_page(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(folder / "lease.pdf", "First page.")
    library.add(str(folder))
    answers, stat = threading.Event(), os.stat
    waited: list[bool] = []

    def hangs(asked: object, **how: object) -> object:
        if str(asked) == path:
            waited.append(answers.wait(30))
        return stat(asked, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", hangs)
    monkeypatch.setattr(documents, "GLANCE_S", 0.2)
    with pytest.raises(SourceAway):
        library.reading.page(path, 1, 100)
    assert not waited, "the drive still hangs"
    assert "First page" in library.reading.excerpt(path).text
    answers.set()


def test_why_there_is_no_text(library: Library, folder: Path) -> None:
    path = pdf(folder / "secret.pdf", "Secret.", password="open")
    library.add(str(folder))
    with pytest.raises(NeedsPassword):
        library.reading.excerpt(path)
    with pytest.raises(NotInLibrary):
        library.reading.find(str(folder / "never.txt"), "word")


def test_a_page_that_is_not_wanted_any_more_is_not_drawn(library: Library, folder: Path) -> None:
    path = pdf(folder / "lease.pdf", "First page.")
    with pytest.raises(Cancelled):
        served(library, wire.ShowPage(file=path, page=1, width_px=50), stop_when=lambda _e: True)


def test_a_document_that_was_renamed_says_where_it_is(library: Library, folder: Path) -> None:
    old, new = folder / "notes.md", folder / "Minutes.md"
    old.write_text(MARKDOWN, encoding="utf-8")
    library.add(str(folder))
    old.rename(new)
    library.rescan()
    asked = (library.reading.facts, library.reading.report, library.reading.excerpt)
    for ask in (*asked, lambda file: library.reading.page(file, 1, 100)):
        with pytest.raises(DocumentMoved) as caught:
            ask(str(old))
        assert caught.value.details["to"] == str(new)
    new.rename(folder / "third.md")
    library.rescan()
    with pytest.raises(DocumentMoved, match=r"third\.md"):
        library.reading.facts(str(old))
    (folder / "third.md").unlink()
    library.rescan()
    with pytest.raises(NotInLibrary):
        library.reading.facts(str(old))
