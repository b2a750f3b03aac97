"""Documents: put, replaced, moved, removed, and the one state that each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from strongroom_engine.errors import Bug, NeedsPassword, NotASource, SourceKnown, Vanished
from strongroom_engine.store import Scope, Store
from strongroom_engine.types import Chunk, Document, FileFacts, Page, State

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

EVERYTHING = Scope()


def state_of(store: Store, path: str) -> State:
    return next(record.state for record in store.documents() if record.path == path)


def found(store: Store, query: str, scope: Scope = EVERYTHING) -> list[str]:
    """The texts that a lexical query finds, best first."""
    ids = [row for row, _ in store.lexical(query, 10, scope)]
    chunks = store.chunks(ids)
    return [chunks[row].text.strip() for row in ids]


# --- sources -------------------------------------------------------------------------------------


def test_a_source_is_known_once(store: Store, papers: Papers) -> None:
    with pytest.raises(SourceKnown):
        store.add_source(papers.source, "Elsewhere")
    assert [source.collection for source in store.sources()] == ["Papers"]


def test_collections_are_those_that_hold_a_source(store: Store) -> None:
    store.add_source("/letters", "Letters")
    assert store.collections() == ("Letters", "Papers")
    store.remove_source("/letters")
    assert store.collections() == ("Papers",)


def test_removing_what_is_no_source_is_refused(store: Store) -> None:
    with pytest.raises(NotASource, match="/nowhere"):
        store.remove_source("/nowhere")


def test_removing_a_source_removes_all_that_came_from_it(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "A lease in Berlin.")
    papers.embed_all(store)
    store.remove_source(papers.source)
    assert store.status().chunks == 0
    assert store.dense(papers.vector("x"), 5, EVERYTHING) == []
    assert found(store, "lease") == []


def test_sources_count_their_documents_by_state(store: Store, papers: Papers) -> None:
    store.add_source("/letters", "Letters")
    papers.put(store, "a.pdf", "One.")
    store.put_problem(papers.facts("b.pdf"), NeedsPassword())
    letters, docs = sorted(store.sources(), key=lambda source: source.collection)
    assert docs.counts | {"readable": 0, "skipped": 0} == letters.counts | {}
    assert (docs.counts["readable"], docs.counts["skipped"]) == (1, 1)


# --- states --------------------------------------------------------------------------------------


def test_a_document_goes_from_pending_over_readable_to_indexed(
    store: Store, papers: Papers
) -> None:
    facts = papers.facts("a.pdf")
    store.note_pending(papers.source, [facts])
    assert store.status().documents["pending"] == 1
    assert papers.put(store, "a.pdf", "One.", "Two.") == 2
    assert state_of(store, facts.path) is State.READABLE
    (first, _), (second, _) = store.waiting(10)
    store.put_embeddings([first], papers.embed(["one"]))
    assert state_of(store, facts.path) is State.READABLE
    store.put_embeddings([second], papers.embed(["two"]))
    assert state_of(store, facts.path) is State.INDEXED
    assert store.waiting(10) == []


def test_a_pending_file_differs_from_every_file_that_a_scan_can_find(
    store: Store, papers: Papers
) -> None:
    facts = papers.facts("a.pdf")
    store.note_pending(papers.source, [facts])
    assert store.known_files(papers.source)[facts.path] != facts
    papers.put(store, "a.pdf", "One.")
    assert store.known_files(papers.source) == {facts.path: facts}


def test_a_changed_document_stays_searchable_until_it_is_replaced(
    store: Store, papers: Papers
) -> None:
    papers.put(store, "a.pdf", "The old rent.")
    store.note_pending(papers.source, [papers.facts("a.pdf", mtime_ns=2_000)])
    assert store.status().documents == {
        "pending": 1,
        "readable": 0,
        "indexed": 0,
        "skipped": 0,
        "failed": 0,
    }
    assert found(store, "rent") == ["The old rent."]
    papers.put(store, "a.pdf", "The new rent.", mtime_ns=2_000)
    assert found(store, "rent") == ["The new rent."]


def test_embedding_the_old_version_leaves_a_changed_document_pending(
    store: Store, papers: Papers
) -> None:
    papers.put(store, "a.pdf", "One.")
    store.note_pending(papers.source, [papers.facts("a.pdf", mtime_ns=2_000)])
    papers.embed_all(store)
    assert store.status().documents["pending"] == 1


def test_a_touched_document_is_what_it_was(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "One.")
    papers.embed_all(store)
    touched = papers.facts("a.pdf", mtime_ns=2_000)
    store.note_pending(papers.source, [touched])
    store.touch(touched)
    assert state_of(store, touched.path) is State.INDEXED
    assert store.known_files(papers.source) == {touched.path: touched}


def test_a_problem_takes_the_chunks_away_and_gives_its_reason(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "A lease.")
    store.put_problem(papers.facts("a.pdf"), NeedsPassword())
    (record,) = store.status().problems
    assert (record.state, record.code) == (State.SKIPPED, "needs-password")
    assert record.reason == "The document is protected by a password."
    assert record.remedy
    assert (store.status().chunks, store.content_hash(record.path)) == (0, None)
    assert store.page_starts(record.path) == ()


def test_a_problem_is_over_when_the_document_is_read(store: Store, papers: Papers) -> None:
    store.put_problem(papers.facts("a.pdf"), Vanished())
    assert store.status().documents["failed"] == 1
    store.note_pending(papers.source, [papers.facts("a.pdf")])
    assert store.status().problems == ()
    papers.put(store, "a.pdf", "Back again.")
    assert store.status().documents["readable"] == 1
    assert store.documents()[0].reason == ""


def test_a_document_of_a_removed_source_is_not_brought_back(store: Store, papers: Papers) -> None:
    store.remove_source(papers.source)
    with pytest.raises(NotASource):
        papers.put(store, "a.pdf", "Too late.")
    assert store.documents() == ()


# --- texts ---------------------------------------------------------------------------------------


def test_the_text_comes_back_as_it_was(store: Store, papers: Papers) -> None:
    paragraphs = ["Straße, naïve 𝔘nicode.", "第二页。", "  spaces \t kept "]
    papers.put(store, "a.pdf", *paragraphs)
    text = "\n".join(paragraphs)
    path = papers.facts("a.pdf").path
    assert store.document_text(path) == text
    for start, end in [(0, 5), (3, 30), (22, 23), (len(text) - 2, len(text)), (5, 5), (99, 120)]:
        assert store.document_text(path, start, end) == text[start:end]
    assert store.document_text(path, 10) == text[10:]
    assert store.page_starts(path) == (0, 23, 28)


def test_a_passage_that_is_not_made_of_prefix_and_text_comes_back_whole(
    store: Store, papers: Papers
) -> None:
    text = "Two  spaces.  "
    document = Document("T", "text/plain", (Page(1, text),), paged=False)
    chunk = Chunk(0, len(text), "", text, "T: Two spaces.")
    store.put_document(papers.facts("a.txt"), "h", document, [chunk])
    assert store.waiting(1)[0][1] == "T: Two spaces."
    assert store.document_text(papers.facts("a.txt").path) == text


def test_lone_surrogates_do_no_harm(store: Store, papers: Papers) -> None:
    """A name that is not valid UTF-8 comes back as the same str; a text keeps its length."""
    facts = papers.facts("caf\udce9.pdf")
    document, chunks = papers.document(["A broken \ud800 character."], title="T\udfff")
    store.put_document(facts, "h", document, chunks)
    assert list(store.known_files(papers.source)) == [facts.path]
    assert store.document_text(facts.path) == "A broken \ufffd character."
    store.put_problem(facts, NeedsPassword(why="\udce9"))
    assert store.documents()[0].path == facts.path


@pytest.mark.parametrize(
    "cut",
    [
        [],
        [Chunk(0, 4, "", "One.", "One.")],
        [Chunk(0, 4, "", "One.", "p"), Chunk(5, 9, "", "Two.", "p")],
        [Chunk(0, 9, "", "One.\nTwo", "p")],
    ],
    ids=["none", "short", "gap", "wrong length"],
)
def test_chunks_that_do_not_tile_the_text_are_refused(
    store: Store, papers: Papers, cut: list[Chunk]
) -> None:
    document, _ = papers.document(["One.", "Two."])
    with pytest.raises(Bug):
        store.put_document(papers.facts("a.pdf"), "h", document, cut)
    assert store.documents() == ()


def test_the_outline_is_the_kind_and_length(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "One.", "Zwölf.")
    assert store.outline(papers.facts("a.pdf").path) == ("application/pdf", 11)
    assert store.outline("/docs/none.pdf") == ("", 0)


def test_neighbours_are_the_chunks_around(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "One.", "Two.", "Three.", "Four.")
    papers.put(store, "b.pdf", "Other.")
    (row, _), *_ = store.lexical("three", 1, EVERYTHING)
    around = [chunk.text.strip() for chunk in store.neighbours(row, 1, 5)]
    assert around == ["Two.", "Four."]


# --- renames -------------------------------------------------------------------------------------


def test_a_renamed_document_keeps_its_embeddings_and_is_found_by_its_new_name(
    store: Store, papers: Papers
) -> None:
    papers.put(store, "lease.pdf", "Something.")
    papers.embed_all(store)
    new = papers.facts("contract.pdf")
    store.move_document(papers.facts("lease.pdf").path, new)
    assert store.known_files(papers.source) == {new.path: new}
    assert state_of(store, new.path) is State.INDEXED
    assert found(store, "contract") == ["Something."]
    assert found(store, "lease") == []
    assert len(store.dense(papers.vector("x"), 5, Scope(files=("contract",)))) == 1


@pytest.mark.parametrize(
    ("title", "then"),
    [("The lease", "A contract"), ("The lease.zip", "A contract.zip"), ("Lease", "Lease")],
)
def test_what_has_no_title_of_its_own_is_called_as_the_file_is_now(
    store: Store, papers: Papers, title: str, then: str
) -> None:
    old, new = papers.facts("The  lease.zip"), papers.facts("A contract.zip")
    store.put_document(old, "1", *papers.document(["Something."], title))
    store.move_document(old.path, new)
    assert [record.title for record in store.documents()] == [then]
    assert found(store, "lease") == (["Something."] if then == title else [])


def test_a_document_moved_over_another_takes_its_place(store: Store, papers: Papers) -> None:
    papers.put(store, "old.pdf", "Kept.")
    papers.put(store, "new.pdf", "Overwritten.")
    store.move_document(papers.facts("old.pdf").path, papers.facts("new.pdf"))
    assert [record.path for record in store.documents()] == [papers.facts("new.pdf").path]
    assert found(store, "kept OR overwritten") == ["Kept."]


def test_a_document_moved_to_another_source_is_in_its_collection(
    store: Store, papers: Papers
) -> None:
    store.add_source("/letters", "Letters")
    papers.put(store, "a.pdf", "Dear Sir.")
    papers.embed_all(store)
    store.move_document(papers.facts("a.pdf").path, FileFacts("/letters/a.pdf", 1, 1, ""))
    for collection, count in (("Letters", 1), ("Papers", 0)):
        scope = Scope(collections=(collection,))
        assert len(store.dense(papers.vector("x"), 5, scope)) == count
        assert len(found(store, "dear", scope)) == count
    assert [document.source for document in store.documents()] == ["/letters"]


def test_moving_or_removing_what_is_not_there_does_nothing(store: Store, papers: Papers) -> None:
    store.move_document("/docs/none.pdf", papers.facts("new.pdf"))
    store.remove_document("/docs/none.pdf")
    assert store.documents() == ()


def test_the_innermost_source_gets_a_document(store: Store, papers: Papers) -> None:
    store.add_source("/docs/inner", "Inner")
    store.add_source("/doc", "Near")
    papers.put(store, "inner/a.pdf", "One.")
    papers.put(store, "b.pdf", "Two.")
    inner, outer = store.documents("/docs/inner"), store.documents("/docs")
    assert [record.path for record in inner] == ["/docs/inner/a.pdf"]
    assert [record.path for record in outer] == ["/docs/b.pdf"]


# --- embeddings ----------------------------------------------------------------------------------


def test_one_changed_paragraph_embeds_one_passage(store: Store, papers: Papers) -> None:
    paragraphs = [f"Paragraph number {n}." for n in range(50)]
    papers.put(store, "a.pdf", *paragraphs)
    papers.embed_all(store)
    paragraphs[20] = "This one is new."
    assert papers.put(store, "a.pdf", *paragraphs) == 1
    ((_, passage),) = store.waiting(10)
    assert "This one is new." in passage
    papers.embed_all(store)
    assert store.status().documents["indexed"] == 1


def test_copied_embeddings_are_those_of_their_passages(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "One.", "Two.")
    papers.embed_all(store)
    assert papers.put(store, "b.pdf", "Zero.", "One.", "Two.") == 1
    papers.embed_all(store)
    for _, passage in [(0, "Paper\nOne.\n"), (0, "Paper\nTwo.")]:
        near = store.dense(papers.vector(passage), 2, EVERYTHING)
        texts = {store.chunks([row])[row].text for row, _ in near[:1]}
        assert texts == {passage.removeprefix("Paper\n")}
        assert near[0][1] == pytest.approx(1.0, abs=1e-3)


def test_equal_passages_are_embedded_once(store: Store, papers: Papers) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        papers.put(store, name, "The same words.")
    assert store.waiting_count() == 3
    assert papers.embed_all(store) == 1
    assert store.status().documents["indexed"] == 3


def test_an_embedding_that_comes_too_late_is_passed_over(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "Old.")
    ((old, passage),) = store.waiting(1)
    papers.put(store, "a.pdf", "New.")
    store.put_embeddings([old], papers.embed([passage]))
    assert store.waiting_count() == 1
    assert old not in store.chunks([old])


def test_an_embedding_given_twice_is_kept_once(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "One.")
    ((row, passage),) = store.waiting(1)
    for _ in range(2):
        store.put_embeddings([row], papers.embed([passage]))
    assert [row for row, _ in store.dense(papers.vector(passage), 5, EVERYTHING)] == [row]


@pytest.mark.parametrize(
    "vectors",
    [
        np.ones((2, 16), np.float32),
        np.ones((1, 15), np.float32),
        np.ones(16, np.float32),
        np.full((1, 16), np.nan, np.float32),
    ],
    ids=["too many", "too short", "flat", "not numbers"],
)
def test_vectors_of_a_wrong_size_are_refused(
    store: Store, papers: Papers, vectors: np.ndarray
) -> None:
    papers.put(store, "a.pdf", "One.")
    ((row, _),) = store.waiting(1)
    with pytest.raises(Bug):
        store.put_embeddings([row], vectors)
    assert store.waiting_count() == 1


def test_waiting_gives_the_oldest_documents_first(store: Store, papers: Papers) -> None:
    for name in ("c.pdf", "a.pdf", "b.pdf"):
        papers.put(store, name, f"In {name}.")
    passages = [passage for _, passage in store.waiting(2)]
    assert passages == ["Paper\nIn c.pdf.", "Paper\nIn a.pdf."]
