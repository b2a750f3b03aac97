"""A citation is named after the heading above its quote, not after that of its passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.answering.grounding.ground import citation_of
from strongroom_engine.answering.headings import in_their_places
from strongroom_engine.library import Library
from strongroom_engine.settings import assets_folder
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Citation

CLAUSES = {
    "The Landlord lets to the Tenant": "Lease of the Mill Yard workshop > 1. Premises",
    "The rent is reviewed on 1 May 2028.": "Lease of the Mill Yard workshop > 4. Rent review",
    "The Tenant pays 22 per cent": "Use, repair and insurance > 6.3 Service charge",
    "The Landlord insures the building.": "Use, repair and insurance > 6.4 Insurance",
    "The Tenant may end this lease": "Ending the lease > 7. Break right",
    "The deposit is 12,150 euros.": "Ending the lease > 8. Deposit",
    "Sample document. Persons, companies": "",
}


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as opened:
        yield opened


@pytest.fixture
def store(library: Library) -> Store:
    return library._store


@pytest.fixture
def lease(library: Library) -> str:
    file = str(next((assets_folder() / "samples").glob("Lease*.pdf")))
    library.add(file)
    return file


def cited(store: Store, file: str, words: str) -> Citation:
    """The words where they are first, with the heading of their passage."""
    chunk = next(one for one in store.chunks_of(file) if words in one.text)
    start = chunk.text.index(words)
    return citation_of(chunk, (start, start + len(words)), 1.0)


def test_each_clause_of_a_lease_is_named_as_its_own(store: Store, lease: str) -> None:
    before = [cited(store, lease, words) for words in CLAUSES]
    after = in_their_places(store, before)
    assert {one.quote: one.heading for one in after} == CLAUSES
    break_right = list(CLAUSES).index("The Tenant may end this lease")
    assert before[break_right].heading.endswith("6.4 Insurance")  # where its passage begins


def test_a_quote_that_is_given_for_an_answer_bears_its_clause(library: Library, lease: str) -> None:
    told = library.answers.ask(
        "When may the Tenant end this lease by written notice?", task="quotes"
    )
    assert (told.citations[0].file, told.citations[0].page) == (lease, 3)
    assert told.citations[0].heading == "Ending the lease > 7. Break right"


def test_documents_without_pages_are_named_so_too(
    library: Library, store: Store, tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Notes\n\nOne thing.\n\n## Roof\n\nIt leaks.\n", "utf-8")
    library.add(str(note))
    found = [cited(store, str(note), words) for words in ("One thing.", "It leaks.")]
    assert [one.heading for one in in_their_places(store, found)] == ["Notes", "Notes > Roof"]


def test_what_an_older_strongroom_read_keeps_the_heading_of_the_passage(
    store: Store, lease: str
) -> None:
    with store._write() as db:
        db.execute("UPDATE documents SET outline = ''")
    one = cited(store, lease, "The Tenant may end this lease")
    assert in_their_places(store, [one]) == (one,)
