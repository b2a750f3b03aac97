"""Question -> hits: lexical and dense retrieval within the question's scope, fused and refined.

`STEPS` come on top of the plain fusion, in this order; each can be left out, and what each gives
and costs is measured (tests/bench/bench_retrieval.py).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import numpy as np

from strongroom_engine.answering import versions
from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.hits import make_hit
from strongroom_engine.answering.query import Query, parse_query
from strongroom_engine.answering.ranking import documents, duplicates, fusion, phrases
from strongroom_engine.answering.ranking.scores import (
    Ranked,
    Scores,
    above,
    added,
    best_first,
    standardised,
)
from strongroom_engine.answering.terms import covered, wanted_forms
from strongroom_engine.answering.understanding import Reading, read_question
from strongroom_engine.errors import Cancelled
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.reranker import Reranker
from strongroom_engine.store import MOST_COUNTED, Stop, Store, StoredChunk, never
from strongroom_engine.types import Hit, Method, SearchResult

STEPS = (
    "naming",
    "coverage",
    "likeness",
    "documents",
    "feedback",
    "proper",
    "rerank",
    "verbatim",
    "distinct",
)
"""What comes on top of the fusion, by name:

* naming: a question that names documents, or a kind of them, is searched in these (`understanding`);
* coverage: words count for less where even the best passages hold few of the question's;
* likeness: a passage gains when the question sounds like its document's name and opening
  (`likeness`);
* documents: and from the best passages of its document;
* feedback: and when its document is near to the first hits;
* proper: 'Consider the lease between A and B; who pays for repairs?' says first where, and then
  what. Its names pull title and signature pages to the top. So what is asked (`clauses`) is
  searched a second time, within the documents that the whole question found;
* rerank: the first hits are read again by a cross-encoder, where one was imported;
* verbatim: what holds the question word for word comes first;
* distinct: what nearly repeats a better hit comes after the others, but for a version of its
  document that says something else.

Tried and left out: one hit a page before the others (page hits of contracts .947 -> .970, the
rank of their right passages .726 -> .709, filings unchanged), and 200 candidates in place of 100
(one page more of 26 in filings, contracts .707 -> .678).
"""

DOCUMENT_WEIGHT = 0.3
"""A passage gains this much of what its document's best are worth; .2 to .4 are alike."""
LIKENESS_WEIGHT = 4.0
"""Before the documents are judged, so that those that are alike come into the pool."""
FEEDBACK_WEIGHT = 0.8
"""With .2 Cranfield's nDCG@10 is .417, with .8 .431, and no other set changes. It counts as far as
both retrievals can be trusted: for questions in another language than the passages, where the
first hits are often wrong, it cost .02 of MRR@10."""
PROPER_DOCUMENTS = 3
"""Documents in which the question proper is searched a second time."""
PROPER_DOCUMENT_WEIGHT = 2.0
PROPER_PASSAGE_WEIGHT = 0.3
"""What a passage's document, and the passage itself, gain there from the whole question. Higher
lets title pages come back; lower loses the right document where several are alike."""
PROPER_WORDS = 2
"""A clause with fewer words than this, or beside fewer, is not worth a search of its own."""
COVERING_PASSAGES = 3
"""The best passages by words, among which the one with most of the question's is looked for."""
RERANKED = 20
"""As many of the first hits are read again."""
RERANK_WEIGHT = 1.0
"""What the cross-encoder says counts as much as all the rest. Not measured: there was none."""
DISTINCT_POOL = 30
"""As many of the first hits are compared with each other."""

Result = TypeVar("Result")

VECTORS = 8
"""Questions whose vectors are kept."""

_BESIDE = ThreadPoolExecutor(4, "search")
"""What is looked for by meaning is, while what is looked for by words is: both leave Python."""
_EMBEDDING = ThreadPoolExecutor(2, "embedding")
"""Of its own, since who looks by meaning waits for it."""


class Searcher:
    """Searches one library; without an embedder, and while nothing is embedded, by words alone."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None,
        max_question_characters: int = 4_000,
        without: Collection[str] = (),
        reranker: Reranker | None = None,
    ) -> None:
        """`without` names the `STEPS` to leave out."""
        self._store = store
        self._embedder = embedder
        self._max_characters = max_question_characters
        self._reranker = reranker
        self._steps = frozenset(STEPS) - frozenset(without)
        self._vectors: dict[str, Future[np.ndarray]] = {}
        self._guard = threading.Lock()

    def search(
        self,
        question: str,
        k: int = 10,
        collections: Iterable[str] = (),
        method: Method = "hybrid",
        *,
        everywhere: bool = False,
        typing: bool = False,
        stopped: Stop = never,
    ) -> SearchResult:
        """The best `k` passages. Raises the `QuestionError`s of `parse_query`, and `Cancelled`.

        `everywhere` takes nothing but typed filters for a filter; `typing` leaves out what is not
        worth the wait while a question is still being typed. A hit's score is comparable within
        one result only.
        """
        started = time.perf_counter()
        with self._store.steady(stopped):
            named = method == "hybrid" and "naming" in self._steps and not everywhere
            if method != "lexical":
                self._begin_vector(question)
            reading = read_question(
                self._store, question, self._max_characters, collections, everywhere=not named
            )
            scores = self._scores(reading, method, stopped, typing=typing)
            if not scores and reading.narrowed:
                reading = reading.given_up()
                scores = self._scores(reading, method, stopped, typing=typing)
            query = reading.query
            scope = self._store.listing.resolved(query.scope)
            counted = self._beside(stopped, self._store.count_matches, query.match, scope)
            hits = self._hits(query, scores, best_first(scores), k)
        passages, found_in = counted.result()
        ms = (time.perf_counter() - started) * 1000
        more = passages > MOST_COUNTED
        passages = min(passages, MOST_COUNTED)
        return SearchResult(question, hits, ms, passages, found_in, reading.understood, more)

    def within(self, question: str, documents: Collection[str], k: int) -> list[StoredChunk]:
        """The best `k` passages of these documents (paths), whatever the question names.

        Empty where none of them can be searched. Raises the `QuestionError`s of `parse_query`.
        """
        query = parse_query(question, self._max_characters, self._store.collections())
        rows = self._store.rows_of(documents)
        if not rows:
            return []
        scope = replace(query.scope, documents=rows)
        scores = standardised(self._fused(replace(query, scope=scope))[0])
        best = best_first(scores)[:k]
        found = self._store.chunks(best)
        return [found[row] for row in best if row in found]

    def passages(self, hits: Sequence[Hit]) -> list[StoredChunk]:
        """The whole chunks of hits, in their order; without those that were replaced since."""
        found = self._store.chunks([hit.chunk for hit in hits])
        return [found[hit.chunk] for hit in hits if hit.chunk in found]

    # --- ranking ---------------------------------------------------------------------------------

    def _scores(self, reading: Reading, method: Method, stopped: Stop, *, typing: bool) -> Scores:
        if stopped():
            raise Cancelled
        scope = self._store.listing.resolved(reading.query.scope)
        query = replace(reading.query, scope=scope)
        reading = replace(reading, query=query)
        match method:
            case "lexical":
                return dict(self._lexical(query))
            case "dense":
                return dict(self._dense(query))
            case "rrf":
                return fusion.reciprocal_ranks(self._lexical(query), self._dense(query))
            case "hybrid":
                fused, trust = self._fused(query, stopped, soon=typing)
                scores = standardised(fused)
                return self._refined(reading, scores, trust, stopped, typing=typing)

    def _refined(
        self, reading: Reading, scores: Scores, trust: float, stopped: Stop, *, typing: bool
    ) -> Scores:
        """With every step that is not left out; what is empty stays so."""
        steps: dict[str, Callable[[Reading, Scores], Scores]] = {
            "likeness": self._with_likeness,
            "documents": self._with_documents,
            "feedback": lambda _reading, scores: self._with_feedback(scores, trust),
            "proper": lambda reading, scores: self._focused(reading, scores, stopped),
            "rerank": self._reranked,
            "verbatim": self._verbatim_first,
            "distinct": self._distinct,
        }
        for name, step in steps.items():
            if stopped():
                raise Cancelled
            if name in self._steps and scores and not (typing and name == "rerank"):
                scores = step(reading, scores)
        return scores

    def _lexical(self, query: Query) -> Ranked:
        return self._store.lexical(query.match, fusion.CANDIDATES, query.scope)

    def _dense(self, query: Query, soon: bool = False) -> Ranked:
        """By meaning; only what holds the required phrases, which no vector can say. With `soon`
        none, while in a large library that would take long."""
        if self._embedder is None:
            return []
        vector = self._vector(query.text).result()
        model = self._embedder.model
        ranked = self._store.dense(vector, fusion.CANDIDATES, query.scope, model, soon)
        if not query.phrases:
            return ranked
        holding = dict(self._lexical(query))
        return [(passage, score) for passage, score in ranked if passage in holding]

    def _begin_vector(self, question: str) -> None:
        """Let the question be embedded while it is read; mostly that is what will be searched."""
        if self._embedder is None:
            return
        query = parse_query(question, self._max_characters, self._store.collections())
        if self._known(query.text):
            self._vector(query.text)

    def _vector(self, text: str) -> Future[np.ndarray]:
        """The vector of a question; of the last few it is known already."""
        assert self._embedder is not None
        with self._guard:
            made = self._vectors.pop(text, None)
            if made is None or (made.done() and made.exception() is not None):
                made = _EMBEDDING.submit(self._embedder.embed_query, text)
            self._vectors[text] = made
            if len(self._vectors) > VECTORS:
                del self._vectors[next(iter(self._vectors))]
            return made

    def _beside(
        self, stopped: Stop, work: Callable[..., Result], *arguments: object
    ) -> Future[Result]:
        """Let another thread do the work; it ends, too, when the search is to."""

        def steadily() -> Result:
            with self._store.steady(stopped):
                return work(*arguments)

        return _BESIDE.submit(steadily)

    def _fused(
        self, query: Query, stopped: Stop = never, *, soon: bool = False
    ) -> tuple[Scores, float]:
        """The fused scores, and how far both retrievals can be trusted, 0 to 1."""
        known = self._known(query.text)
        by_meaning = self._beside(stopped, self._dense, query, soon) if known else None
        lexical = self._lexical(query)
        words_weight = 1.0
        if "coverage" in self._steps:
            words_weight = fusion.words_weight(self._covered(query, lexical))
        if by_meaning is not None:
            dense = by_meaning.result()
        else:
            dense = [] if lexical else self._dense(query)
        fused = fusion.fuse(lexical, dense, known * fusion.DENSE_WEIGHT, words_weight)
        return fused, known * words_weight

    def _covered(self, query: Query, lexical: Ranked) -> float:
        """The share of the question's words that one of the best passages holds."""
        if query.phrases or not query.words:  # what was found holds what was required
            return 1.0
        first = [row for row, _ in lexical[:COVERING_PASSAGES]]
        chunks = self._store.chunks(first, placed=False)
        shares = [covered(_whole(chunk), query.text, query.words) for chunk in chunks.values()]
        return max(shares, default=0.0)

    def _known(self, text: str) -> float:
        """How far the embedding model knows the question's language, 0 to 1."""
        if self._embedder is None or self._embedder.languages != ("en",):
            return 1.0
        return fusion.english_share(text, self._embedder.token_offsets(text))

    def _with_documents(self, _reading: Reading, scores: Scores) -> Scores:
        pool = self._store.paths(best_first(scores)[: documents.POOL])
        return added(scores, documents.by_best_passages(scores, pool), DOCUMENT_WEIGHT)

    def _with_likeness(self, reading: Reading, scores: Scores) -> Scores:
        likeness = reading.likeness
        gains = {
            row: likeness.get(path, 0.0) for row, path in self._store.paths(list(scores)).items()
        }
        return added(scores, gains, LIKENESS_WEIGHT)

    def _with_feedback(self, scores: Scores, trust: float) -> Scores:
        if not trust:  # the first hits may be about anything
            return scores
        vectors = self._store.vectors(list(scores))
        gains = documents.by_feedback(scores, self._store.paths(list(scores)), vectors)
        return added(scores, gains, trust * FEEDBACK_WEIGHT)

    def _focused(self, reading: Reading, scores: Scores, stopped: Stop) -> Scores:
        """With what is asked searched again, within the documents that the question names."""
        query = reading.query
        proper = query.about(question_proper(query.text))
        others = set(query.words) - set(proper.words)
        if min(len(proper.words), len(others)) < PROPER_WORDS:
            return scores
        found_in = self._best_documents(scores)
        inside = replace(
            proper, scope=replace(query.scope, documents=self._store.rows_of(found_in))
        )
        again = standardised(self._fused(inside, stopped)[0])
        least = min(scores.values())
        focused = {
            row: again[row]
            + PROPER_DOCUMENT_WEIGHT * found_in[path]
            + PROPER_PASSAGE_WEIGHT * scores.get(row, least)
            for row, path in self._store.paths(list(again)).items()
            if path in found_in
        }
        return above(focused, scores)

    def _best_documents(self, scores: Scores) -> dict[str, float]:
        """The documents of the best passages, each with the score of its best."""
        best: dict[str, float] = {}
        for row, path in self._store.paths(best_first(scores)[: documents.POOL]).items():
            best.setdefault(path, scores[row])
        return dict(list(best.items())[:PROPER_DOCUMENTS])

    def _reranked(self, reading: Reading, scores: Scores) -> Scores:
        """With the first hits in the order that a cross-encoder gives them, too."""
        if self._reranker is None:
            return scores
        chunks = self._store.chunks(best_first(scores)[:RERANKED], placed=False)
        asked = question_proper(reading.query.text) or reading.query.text
        judged = self._reranker.score(asked, [chunk.text for chunk in chunks.values()])
        gains = standardised(dict(zip(chunks, map(float, judged), strict=True)))
        first = standardised({row: scores[row] for row in chunks})
        return above(added(first, gains, RERANK_WEIGHT), scores)

    def _verbatim_first(self, reading: Reading, scores: Scores) -> Scores:
        """With what holds the whole question, word for word, above all else."""
        query = reading.query
        classes = phrases.holding(
            self._store,
            query.verbatim.split(),
            query.scope,
            best_first(scores),
            within=not reading.unquoted,
        )
        for rows in reversed(classes):
            scores = above({row: scores.get(row, 0.0) for row in rows}, scores)
        return scores

    def _distinct(self, _reading: Reading, scores: Scores) -> Scores:
        first = best_first(scores)[:DISTINCT_POOL]
        chunks = self._store.chunks(first, placed=False)
        texts = {row: chunk.text for row, chunk in chunks.items()}
        again = duplicates.repeated(first, texts)
        apart = versions.told_apart(self._store, again, texts) if again else frozenset()
        kept = [row for row in first if row not in again or row in apart]
        return above({row: scores[row] for row in kept}, scores)

    # --- showing ---------------------------------------------------------------------------------

    def _hits(
        self, query: Query, scores: Mapping[int, float], rows: list[int], k: int
    ) -> tuple[Hit, ...]:
        """The best `k`; of versions that say the same, and of files with the same bytes, one."""
        terms = [*query.words, *(word for phrase in query.phrases for word in phrase.split())]
        wanted = wanted_forms(query.text, terms)
        groups = versions.grouped(self._store, rows, k)
        return tuple(
            self._hit(group, rank, scores[group.chunk.id], wanted)
            for rank, group in enumerate(groups, 1)
        )

    def _hit(self, group: versions.Group, rank: int, score: float, wanted: frozenset[str]) -> Hit:
        hit = make_hit(group.chunk, rank, score, wanted)
        places = self._store.placing.of(hit.file, hit.offset + hit.focus)
        return replace(
            hit,
            places=places,
            copies=group.copies,
            versions=versions.told(self._store, hit, group.versions),
        )


def _whole(chunk: StoredChunk) -> str:
    return f"{chunk.title}\n{chunk.heading}\n{chunk.text}"
