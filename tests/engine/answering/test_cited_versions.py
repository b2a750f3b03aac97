"""A citation tells what other versions of its document say in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import pytest
from tests.engine.fakes import DIMENSIONS
from tests.engine.leases import lease

from strongroom_engine.answering.cited_versions import with_versions
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, Citation, Document, FileFacts, Page, Version

RENT = "The rent is 1,200 EUR a month, payable in advance on the third working day of each month."
DOGS = "Dogs need the consent of the Landlord."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    key = LibraryKey(token_bytes(32), "key file")
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=DIMENSIONS) as made:
        made.add_source("/p", "Papers")
        for day, (name, text) in enumerate(
            {
                "old": lease("1,100"),
                "found": lease(),
                "new": lease("1,300").replace("Pets.", "Pets, and animals.").replace(DOGS, ""),
                "other": lease("900", tenant="Bertram Okonkwo"),
            }.items(),
            1,
        ):
            document = Document(name, "text/plain", (Page(1, text),), paged=False)
            facts = FileFacts(f"/p/{name}.txt", 1, day * 10**9, "")
            made.put_document(facts, name, document, [Chunk(0, len(text), "", text, text)])
        yield made


def versions(store: Store, quote: str) -> dict[str, Version]:
    (cited,) = with_versions(store, [Citation(1, "/p/found.txt", None, 0, 1, quote)])
    return {Path(one.file).stem: one for one in cited.versions}


def test_another_amount_in_its_place_is_told(store: Store) -> None:
    found = versions(store, RENT)
    assert list(found) == ["new", "old"]
    assert "1,300" in found["new"].said
    assert "1,100" in found["old"].said
    assert (found["new"].newest, found["old"].newest) == (True, False)
    text = store.document_text("/p/new.txt")
    assert "The rent is 1,300 EUR" in text[found["new"].start : found["new"].end]


def test_what_says_the_same_and_what_has_nothing_there(store: Store) -> None:
    found = versions(store, DOGS)
    assert list(found) == ["old"]
    assert found["old"].said == ""
    text = store.document_text("/p/old.txt")
    assert text[found["old"].start : found["old"].end] == DOGS


def test_other_breaks_of_lines_are_no_other_words(store: Store) -> None:
    found = versions(store, "Dogs need the\nconsent of the Landlord.")
    assert found["old"].said == ""


def test_a_document_without_versions_has_none(store: Store) -> None:
    (cited,) = with_versions(store, [Citation(1, "/p/other.txt", None, 0, 1, RENT)])
    assert cited.versions == ()
