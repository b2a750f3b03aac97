"""Lexical and dense retrieval, their scopes, and what goes into the full-text index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from strongroom_engine.errors import Bug
from strongroom_engine.store import Scope, Store, index_words
from strongroom_engine.store.lexicon.words import stemmed

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

EVERYTHING = Scope()


@pytest.fixture
def library(store: Store, papers: Papers) -> Store:
    """Four documents in two collections, all about rent."""
    store.add_source("/letters", "Letters")
    papers.put(store, "Lease ÄRGER.PDF", "The rent is due.", "A deposit too.", mtime_ns=100)
    papers.put(store, "notes.md", "On rent and heating.", mtime_ns=200)
    papers.source = "/letters"
    papers.put(store, "lease.docx", "Dear tenant, your rent rises.", mtime_ns=300)
    papers.embed_all(store)
    return store


def names(store: Store, scope: Scope) -> set[str]:
    """The names of the files that both ways of retrieval find in the scope."""
    lexical = {row for row, _ in store.lexical("rent OR deposit", 10, scope)}
    dense = {row for row, _ in store.dense(np.eye(16, dtype=np.float32)[0], 10, scope)}
    assert lexical == dense
    assert store.count_matches("rent OR deposit", scope)[0] == len(lexical)
    return {chunk.path.rsplit("/", 1)[1] for chunk in store.chunks(list(lexical)).values()}


LEASE, NOTES, LETTER = "Lease ÄRGER.PDF", "notes.md", "lease.docx"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (EVERYTHING, {LEASE, NOTES, LETTER}),
        (Scope(collections=("Papers",)), {LEASE, NOTES}),
        (Scope(collections=("Papers", "Letters")), {LEASE, NOTES, LETTER}),
        (Scope(collections=("None",)), set()),
        (Scope(files=("LEASE",)), {LEASE, LETTER}),
        (Scope(files=("a\u0308rger",)), {LEASE}),
        (Scope(files=("%",)), set()),
        (Scope(files=("notes", "ärger")), {LEASE, NOTES}),
        (Scope(types=("pdf",)), {LEASE}),
        (Scope(types=(".MD", "docx")), {NOTES, LETTER}),
        (Scope(after_ns=200), {NOTES, LETTER}),
        (Scope(before_ns=200), {LEASE}),
        (Scope(after_ns=200, before_ns=300), {NOTES}),
        (Scope(collections=("Letters",), files=("lease",), types=("docx",)), {LETTER}),
        (Scope(collections=("Letters",), types=("pdf",)), set()),
    ],
)
def test_a_scope_holds_for_words_and_for_meaning(
    library: Store, scope: Scope, expected: set[str]
) -> None:
    assert names(library, scope) == expected


def test_matches_are_counted_in_passages_and_documents(library: Store) -> None:
    assert library.count_matches("rent OR deposit", EVERYTHING) == (4, 3)
    assert library.count_matches("nothing", EVERYTHING) == (0, 0)


def test_lexical_scores_are_positive_and_best_first(library: Store) -> None:
    scores = [score for _, score in library.lexical("rent OR deposit", 10, EVERYTHING)]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_dense_gives_cosine_similarity_best_first(library: Store, papers: Papers) -> None:
    wanted = papers.vector("Paper\nOn rent and heating.")
    rows = library.dense(wanted, 3, EVERYTHING)
    stored = library.chunks([row for row, _ in rows])
    assert stored[rows[0][0]].text == "On rent and heating."
    true = [float(wanted @ papers.vector(f"Paper\n{stored[row].text}")) for row, _ in rows]
    assert [score for _, score in rows] == pytest.approx(true, abs=0.02)
    assert true == sorted(true, reverse=True)


def test_the_number_of_neighbours_is_bounded(library: Store, papers: Papers) -> None:
    assert len(library.dense(papers.vector("x"), 2, EVERYTHING)) == 2
    assert len(library.dense(papers.vector("x"), 100_000, EVERYTHING)) == 4
    both = Scope(collections=("Papers", "Letters"))
    assert library.dense(papers.vector("x"), 2, both) == library.dense(
        papers.vector("x"), 2, EVERYTHING
    )


def test_a_question_of_the_wrong_size_is_refused(library: Store) -> None:
    with pytest.raises(Bug):
        library.dense(np.ones(15, np.float32), 2, EVERYTHING)


def test_what_is_needed_for_a_hit_comes_with_a_chunk(library: Store) -> None:
    ((row, _),) = library.lexical("deposit", 10, EVERYTHING)
    chunk = library.chunks([row, 10_000])[row]
    assert (chunk.path, chunk.source) == ("/docs/Lease ÄRGER.PDF", "/docs")
    assert (chunk.title, chunk.collection, chunk.heading) == ("Paper", "Papers", "Part 2")
    assert (chunk.start, chunk.end, chunk.page_starts) == (17, 31, (0, 17))
    assert (chunk.text, chunk.paged, chunk.media_type) == (
        "A deposit too.",
        True,
        "application/pdf",
    )


def test_a_query_that_fts5_cannot_parse_is_a_bug(library: Store) -> None:
    with pytest.raises(Bug):
        library.lexical('"unbalanced', 5, EVERYTHING)


# --- words ---------------------------------------------------------------------------------------


def phrase(question: str) -> str:
    return " ".join(f'"{word}"' for word in stemmed(question, "").split())


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("租赁合同将于五月到期。", "合同"),
        ("租赁合同将于五月到期。", "五月到期"),
        ("賃貸契約は五月に終了します。", "契約"),
        ("カタカナのテスト", "テスト"),
        ("สัญญาเช่าสิ้นสุดในเดือนพฤษภาคม", "เช่า"),
        ("ສັນຍາເຊົ່າ", "ເຊົ່າ"),
        ("កិច្ចសន្យាជួល", "ជួល"),
        ("ငှားရမ်းခစာချုပ်", "စာချုပ်"),
        ("किराया अनुबंध मई में समाप्त", "अनुबंध"),
        ("العَقْدُ يَنْتَهِي", "العقد"),
        ("임대 계약은 5월에 끝납니다", "임대"),
        ("Ａｎ ａｇｒｅｅｍｅｎｔ", "agreement"),
        ("the oﬃce is aﬄuent", "office"),
        ("a contrac-\ntual duty", "contractual duty"),
        ("the contrac-\n  tual duty", "the contractual"),
        ("a well-\nknown name", "known"),
        ("Anglo-\nSaxon law", "saxon"),
        ("agree\u00adments are made", "agreement"),
        ("Die Straße in ZÜRICH", "zurich"),
        ("Сроки договоров истекают", "договоров"),
        ("clause 12.3(b) of Act 2009", "12.3"),
    ],
)
def test_a_question_finds_its_passage_in_any_script(
    store: Store, papers: Papers, text: str, question: str
) -> None:
    papers.put(store, "a.pdf", text)
    papers.put(store, "b.pdf", "完全不同的内容", "ข้อความอื่น", "Nothing alike.")
    rows = store.lexical(phrase(question), 10, EVERYTHING)
    assert [chunk.text for chunk in store.chunks([row for row, _ in rows]).values()] == [text]


def test_words_are_found_in_title_heading_and_name(store: Store, papers: Papers) -> None:
    document, chunks = papers.document(["Nothing else."], title="Tenancy")
    store.put_document(papers.facts("Mietvertrag_2020.pdf"), "h", document, chunks)
    for query in ("tenancy", '"part 1"', "mietvertrag", "2020", "pdf"):
        assert len(store.lexical(query, 5, EVERYTHING)) == 1, query


def test_a_word_in_the_text_counts_more_than_in_the_title(store: Store, papers: Papers) -> None:
    for name, text, title in (("a", "Something long.", "Lease"), ("b", "A lease here.", "Other")):
        document, chunks = papers.document([text], title=title)
        store.put_document(papers.facts(name), "h", document, chunks)
    papers.put(store, "c", "Unrelated.")
    rows = [row for row, _ in store.lexical("lease", 5, EVERYTHING)]
    assert [store.chunks([row])[row].title for row in rows] == ["Other", "Lease"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("合同期", "合同 同期"),
        ("合", "合"),
        ("A合同B", "A 合同 B"),
        ("plain words stay", "plain words stay"),
        ("", ""),
    ],
)
def test_runs_without_spaces_become_pairs(text: str, words: str) -> None:
    assert " ".join(index_words(text).split()) == words


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a-\n" * 30_000, "-" * 100_000, "-" + " " * 99_999]
)
def test_no_text_takes_long(text: str) -> None:
    assert index_words(text).startswith(text[:1])
