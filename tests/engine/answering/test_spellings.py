"""A date, an amount and a number are found, shown and marked in files that spell them otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Method

METHODS: tuple[Method, ...] = ("lexical", "hybrid")
LETTERS = {
    "a.txt": "Die Miete wurde am 05.01.24 gezahlt.",
    "b.txt": "The price was $1.2 million in all.",
    "c.txt": "Bitte geben Sie die Nummer INV202400123 an.",
    "d.txt": "Call us at +49 (0)30 123456 before noon.",
    "e.txt": "Nothing of that kind stands here at all.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("Letters")
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    place = tmp_path_factory.mktemp("library")
    with Library(place, LibraryKey(bytes(32), "key file"), embedder=WordLengths()) as opened:
        opened.add(str(folder))
        yield opened


@pytest.mark.parametrize(
    ("question", "file", "mark"),
    [
        ("What was paid on 5 January 2024?", "a.txt", "05.01.24"),
        ("2024-01-05", "a.txt", "05.01.24"),
        ("January 2024", "a.txt", "05.01.24"),
        ("Wer bekam 1.200.000 EUR?", "b.txt", "$1.2 million"),
        ("invoice INV-2024/00123", "c.txt", "INV202400123"),
        ("030 123456", "d.txt", "+49 (0)30 123456"),
    ],
)
def test_what_is_spelled_otherwise_is_the_first_hit_and_marked(
    library: Library, question: str, file: str, mark: str
) -> None:
    for method in METHODS:
        hit = library.search(question, method=method).hits[0]
        assert Path(hit.file).name == file
        assert mark in [hit.text[start:end] for start, end in hit.marks]
