"""Where a hit says that it stands: where its words stand, not where its passage begins."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.answering.hits import marks
from strongroom_engine.answering.text import forms
from strongroom_engine.library import Library
from strongroom_engine.sentences.placing import placed
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Hit

NAMES = ("Ada", "Berta", "Cosimo", "Dietrich", "Emil", "Frieda", "Gustav", "Hanna")


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    folder = tmp_path / "Papers"
    folder.mkdir()
    towns = {57: "Regensburg", 61: "Passau"}
    rows = (f"{NAMES[row % 8]},{towns.get(row, 'Berlin')},{row * 10}" for row in range(2, 120))
    (folder / "towns.csv").write_text("\n".join(("Name,Town,Amount", *rows)), "utf-8")
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", "Landing"
    letter["Date"] = "Sat, 02 Mar 2024 12:00:00 +0000"
    letter.set_content("Dear all,\n\nthe zeppelin lands at noon.\n")
    (folder / "box.mbox").write_bytes(
        b"From a@example.org Sat Mar  2 12:00:00 2024\n" + bytes(letter)
    )
    with Library(tmp_path / "library", key, embedder=WordLengths()) as opened:
        opened.add(str(folder))
        yield opened


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Regensburg", ["row 57"]),
        ("Passau", ["row 61"]),
        ("Frieda Passau", ["row 61"]),  # Frieda alone stands in rows above it
        ("Berta 570", ["row 57"]),
        ("zeppelin", ["message of 2024-03-02"]),
    ],
)
def test_the_place_is_that_of_the_words_found(
    library: Library, words: str, place: list[str]
) -> None:
    hit = library.search(words, method="lexical").hits[0]
    assert [*placed(hit.places)][-len(place) :] == place


def hit(text: str, wanted: str) -> Hit:
    found = tuple(marks(text, frozenset(forms(wanted))))
    return Hit(1, "/a.txt", None, 0, len(text), "", 1.0, text, marks=found)


def test_one_looks_first_at_the_line_with_most_of_the_words() -> None:
    text = "rent\nrent paid\nthe rent of May\nnothing\nMay rent"
    assert text[hit(text, "rent May").focus :].startswith("rent of May")
    assert hit(text, "water").focus == 0


def test_of_a_date_that_is_one_mark_every_part_counts() -> None:
    text = "05.01.24 Keller\n05.03.24 Keller\n17.02.24 Weber"
    found = Hit(1, "/a.txt", None, 0, len(text), "", 1.0, text, marks=((0, 8), (16, 18), (22, 24)))
    assert found.focus == 0
