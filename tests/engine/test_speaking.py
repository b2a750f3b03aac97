"""Errors in the words of a language: their sentences, and the sayings that fill them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.errors import (
    DamagedDocument,
    NotASource,
    UnsupportedFormat,
    from_wire,
    sentences,
    speak_with,
)
from strongroom_engine.errors.speaking import REASONS
from strongroom_engine.indexing.parse import formats
from strongroom_engine.indexing.parse.formats import Format
from strongroom_engine.types import (
    DocumentFacts,
    DocumentRecord,
    LibraryStatus,
    State,
)

ENGINE = Path(formats.__file__).parents[2]
GERMAN = {
    NotASource.what: "{path} ist nicht in der Bibliothek.",
    DamagedDocument.what: "Die Datei ist beschädigt: {why}.",
    DamagedDocument.remedy: "Speichern Sie sie neu.",
    "its name says that it is {claimed}, and it is {found}": "{found} statt {claimed}",
    "a PDF document": "ein PDF",
    "plain text": "reiner Text",
    "it has no pages": "sie hat keine Seiten",
}
OTHER = DamagedDocument(
    why="its name says that it is {claimed}, and it is {found}",
    claimed="a PDF document",
    found="plain text",
)


@pytest.fixture
def german() -> Iterator[None]:
    speak_with(lambda text: GERMAN.get(text, text))
    yield
    speak_with(None)


def test_they_speak_english_by_themselves() -> None:
    assert (
        str(NotASource(path="/x"))
        == "/x is not in the library. Name a folder or file that was added."
    )
    assert "its name says that it is a PDF document, and it is plain text." in OTHER.sentence
    kind = "data without text ({suffix})"
    assert "data without text (XYZ)" in UnsupportedFormat(kind=kind, suffix="XYZ").sentence


def test_they_speak_the_language_of_the_process(german: None) -> None:
    assert NotASource(path="/x").sentence == "/x ist nicht in der Bibliothek."
    assert str(OTHER) == (
        "Die Datei ist beschädigt: reiner Text statt ein PDF. Speichern Sie sie neu."
    )
    assert from_wire("damaged", OTHER.details).sentence == OTHER.sentence


def test_what_the_world_wrote_is_left_as_it_is(german: None) -> None:
    """A file may be called like a saying or bear braces; neither is filled."""
    assert NotASource(path="{why} {0}").sentence == "{why} {0} ist nicht in der Bibliothek."
    odd = DamagedDocument(why="it broke at {claimed}", claimed="a PDF document")
    assert odd.sentence == "Die Datei ist beschädigt: it broke at {claimed}."


def test_the_problems_of_documents_are_said_anew_when_they_arrive(german: None) -> None:
    told = DocumentRecord(
        "/a.pdf",
        "/",
        "All",
        State.FAILED,
        code="damaged",
        reason="The file is damaged or not what its name says: it has no pages.",
        details={"why": "it has no pages"},
    )
    fine = DocumentRecord("/b.pdf", "/", "All", State.INDEXED)
    status = LibraryStatus({}, 0, 0, (told,))
    for event in (
        wire.Documents(documents=(told, fine)),
        wire.Status(status=status),
        wire.DocumentTold(facts=DocumentFacts(told)),
    ):
        arrived = wire.decode_event(wire.encode(event))
        match arrived:
            case wire.Documents():
                record, other = arrived.documents
                assert other == fine
            case wire.Status(status=LibraryStatus() as counts):
                (record,) = counts.problems
            case wire.DocumentTold(facts=DocumentFacts() as facts):
                record = facts.document
            case _:
                pytest.fail("it arrived as something else")
        assert record.reason == "Die Datei ist beschädigt: sie hat keine Seiten."
        assert record.remedy == "Speichern Sie sie neu."


def test_every_saying_that_documents_are_left_out_with_can_be_translated() -> None:
    assert set(sentences()) >= REASONS
    kinds = {value.kind for value in vars(formats).values() if isinstance(value, Format)}
    for table in (formats._SIGNATURES, formats._OLE_STREAMS, formats._MEMBERS, formats._MIMETYPES):
        kinds |= {part.kind for row in table for part in row if isinstance(part, Format)}
    assert len(kinds) > 40
    assert kinds <= REASONS
    written = set(_written(ENGINE / "indexing"))
    assert len(written) > 10
    assert written <= REASONS


def _written(folder: Path) -> Iterator[str]:
    """What stands as `why` or `kind` in the calls of a package."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg in {"why", "kind"}
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
                and node.value.value != "stable"  # numpy's kind of sorting
            ):
                yield node.value.value
