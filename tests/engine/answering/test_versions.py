"""Versions of a document that say the same are one hit; what one says otherwise is a hit, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from secrets import token_bytes

import pytest
from tests.engine.fakes import DIMENSIONS
from tests.engine.leases import lease

from strongroom_engine.answering.search import Searcher
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, Document, FileFacts, Hit, Page

DAY_NS = 86_400 * 10**9


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    key = LibraryKey(token_bytes(32), "key file")
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=DIMENSIONS) as made:
        made.add_source("/p", "Papers")
        yield made


def put(store: Store, path: str, text: str, day: int = 1, cuts: Sequence[str] = ()) -> None:
    """A document with a chunk for each paragraph, or cut where the words `cuts` begin."""
    lengths = accumulate(len(part) + 2 for part in text.split("\n\n"))
    starts = [text.index(words) for words in cuts] or [at for at in lengths if at < len(text)]
    document = Document("Lease", "text/plain", (Page(1, text),), paged=False)
    chunks = [
        Chunk(start, end, "", text[start:end], text[start:end])
        for start, end in pairwise([0, *starts, len(text)])
    ]
    store.put_document(FileFacts(path, 1, day * DAY_NS, ""), path, document, chunks)


def hits(store: Store, question: str) -> list[Hit]:
    return list(Searcher(store, None).search(question).hits)


def test_the_same_passage_is_one_hit_that_names_the_versions(store: Store) -> None:
    put(store, "/p/1.txt", lease("1,100"), day=1)
    put(store, "/p/3.txt", lease("1,300"), day=3)
    put(store, "/p/2.txt", lease("1,200"), day=2)
    first, *others = hits(store, "consent dogs small animals")
    assert "Dogs need the consent" in first.text
    assert not any("Dogs" in hit.text for hit in others)
    dates = {f"/p/{n}.txt": n * 86_400_000 for n in (1, 2, 3)}
    named = [(one.file, one.changed_ms) for one in first.versions]
    expected = sorted((pair for pair in dates.items() if pair[0] != first.file), reverse=True)
    assert named == expected
    assert [one.newest for one in first.versions] == [first.file != "/p/3.txt", False]


def test_a_version_is_named_with_the_place_of_the_passage_in_it(store: Store) -> None:
    early, late = lease(), lease().replace("Rent.", "Rent and what it covers.")
    put(store, "/p/1.txt", early)
    put(store, "/p/2.txt", late)
    first = hits(store, "consent dogs small animals")[0]
    (version,) = first.versions
    text = store.document_text(version.file)
    assert text[version.start : version.end] == first.text
    assert version.start != first.start


def test_what_a_version_says_otherwise_is_a_hit_of_its_own(store: Store) -> None:
    put(store, "/p/1.txt", lease("1,200"))
    put(store, "/p/2.txt", lease("1,300"))
    put(store, "/p/3.txt", lease("1,300", day="9 May 2024"))
    found = [
        hit for hit in hits(store, "rent payable in advance each month") if "Rent." in hit.text
    ]
    assert sorted("1,200" in hit.text for hit in found) == [False, True]
    (later,) = (hit for hit in found if "1,300" in hit.text)
    assert {later.file, *(one.file for one in later.versions)} == {"/p/2.txt", "/p/3.txt"}
    assert found == hits(store, "rent payable in advance each month")[:2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bears the cost", "does not bear the cost"),
        ("The Tenant bears", "The Landlord bears"),
        ("up to 100 EUR", "up to 100 %"),
    ],
)
def test_one_word_or_sign_is_enough(store: Store, before: str, after: str) -> None:
    put(store, "/p/1.txt", lease())
    put(store, "/p/2.txt", lease().replace(before, after))
    found = hits(store, "cost of small repairs")
    assert [hit.versions for hit in found if "Repairs." in hit.text] == [(), ()]


def test_it_does_not_matter_where_the_passage_was_cut(store: Store) -> None:
    put(store, "/p/1.txt", lease(), cuts=("Rent.", "Repairs.", "Keys."))
    put(store, "/p/2.txt", lease("1,300"), cuts=("Deposit.", "Notice.", "Keys."))
    found = hits(store, "consent dogs small animals")
    assert [bool(hit.versions) for hit in found if "Dogs" in hit.text] == [True]


def test_the_form_filled_in_for_another_is_no_version(store: Store) -> None:
    put(store, "/p/1.txt", lease())
    put(store, "/p/2.txt", lease(tenant="Bertram Okonkwo"))
    found = hits(store, "consent dogs small animals")
    assert [hit.versions for hit in found if "Dogs" in hit.text] == [(), ()]


def test_many_versions_leave_room_for_others(store: Store) -> None:
    for n in range(70):
        put(store, f"/p/{n}.txt", lease(f"{n},000"))
    put(store, "/p/note.txt", "A note on dogs. The consent to dogs and other animals is rare here.")
    found = hits(store, "consent dogs animals")
    assert found[0].file == "/p/note.txt" or len(found[0].versions) > 20
    assert "/p/note.txt" in [hit.file for hit in found]
    assert sum("Dogs need" in hit.text for hit in found) == 1
