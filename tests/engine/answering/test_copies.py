"""The same file in two places is one hit, which names the other place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from secrets import token_bytes

import pytest
from tests.engine.fakes import DIMENSIONS

from strongroom_engine.answering.search import Searcher
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, Document, FileFacts, Member, Page

WORDS = "The deposit is kept by the bank."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    key = LibraryKey(token_bytes(32), "key file")
    made = Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=DIMENSIONS)
    made.add_source("/p", "Papers")
    return made


def put(store: Store, path: str, content: str, text: str = WORDS) -> None:
    document = Document(path, "text/plain", (Page(1, text),), paged=False)
    chunk = Chunk(0, len(text), "", text, text)
    store.put_document(FileFacts(path, 1, 1, ""), content, document, [chunk])


def test_a_copy_is_named_by_the_hit_and_is_none_of_its_own(store: Store) -> None:
    with store:
        for name in ("a", "b", "c"):
            put(store, f"/p/{name}.txt", "same")
        put(store, "/p/other.txt", "other", f"{WORDS} It is repaid in May.")
        found = Searcher(store, None).search("deposit bank").hits
        assert len(found) == 2
        (copied,) = [hit for hit in found if hit.copies]
        assert sorted([copied.file, *copied.copies]) == ["/p/a.txt", "/p/b.txt", "/p/c.txt"]
        assert [hit.rank for hit in found] == [1, 2]


def test_of_copies_that_is_shown_which_lies_in_no_archive(store: Store) -> None:
    with store:
        archive = Document("/p/a.zip", "application/zip", (Page(1, "deposit.txt"),), paged=False)
        packed = replace(archive, members=(Member("deposit.txt", 1, 1),))
        whole = Chunk(0, 11, "", "deposit.txt", "deposit.txt")
        store.put_document(FileFacts("/p/a.zip", 1, 1, ""), "zip", packed, [whole])
        put(store, "/p/a.zip/deposit.txt", "same")
        put(store, "/p/z.txt", "same")
        (hit,) = [hit for hit in Searcher(store, None).search("kept bank").hits if hit.copies]
        assert (hit.file, hit.copies) == ("/p/z.txt", ("/p/a.zip/deposit.txt",))
