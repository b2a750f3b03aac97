"""Question -> hits: lexical and dense retrieval within the question's scope, fused.

Two things come on top of the fusion:

* 'Consider the lease between A and B; who pays for repairs?' says first where, and then what. Its
  names pull title and signature pages to the top. So what is asked (`clauses`) is searched a
  second time, within the documents that the whole question found.
* A question that stands verbatim in passages puts these on top.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.fusion import (
    CANDIDATES,
    Ranked,
    Scores,
    dense_weight,
    fuse,
    standardised,
)
from strongroom_engine.answering.hits import make_hit
from strongroom_engine.answering.query import Query, parse_query
from strongroom_engine.answering.text import form
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.store import Store, StoredChunk
from strongroom_engine.types import Hit, SearchResult

Method = Literal["hybrid", "lexical", "dense"]

PROPER_DOCUMENTS = 3
"""Documents in which the question proper is searched a second time."""
PROPER_POOL = 50
"""The best passages for the whole question, among which these documents are looked for."""
PROPER_DOCUMENT_WEIGHT = 2.0
PROPER_PASSAGE_WEIGHT = 0.3
"""What a passage's document, and the passage itself, gain there from the whole question. Higher
lets title pages come back; lower loses the right document where several are alike."""
PROPER_WORDS = 2
"""A clause with fewer words than this, or beside fewer, is not worth a search of its own."""
VERBATIM_WORDS = 2
"""A question of so many words or more is also looked for as it stands."""


class Searcher:
    """Searches one library; without an embedder, and while nothing is embedded, by words alone."""

    def __init__(
        self, store: Store, embedder: Embedder | None, max_question_characters: int = 4_000
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._max_characters = max_question_characters

    def search(
        self,
        question: str,
        k: int = 10,
        collections: Iterable[str] = (),
        method: Method = "hybrid",
    ) -> SearchResult:
        """The best `k` passages. Raises the `QuestionError`s of `parse_query`.

        A hit's score is comparable within one result only.
        """
        started = time.perf_counter()
        query = parse_query(question, self._max_characters, self._store.collections(), collections)
        scores = self._scores(query, method)
        hits = self._hits(query, _best_first(scores)[:k])
        passages, documents = self._store.count_matches(query.match, query.scope)
        ms = (time.perf_counter() - started) * 1000
        return SearchResult(question, hits, ms, passages, documents)

    def passages(self, hits: Sequence[Hit]) -> list[StoredChunk]:
        """The whole chunks of hits, in their order; without those that were replaced since."""
        found = self._store.chunks([hit.chunk for hit in hits])
        return [found[hit.chunk] for hit in hits if hit.chunk in found]

    # --- ranking ---------------------------------------------------------------------------------

    def _scores(self, query: Query, method: Method) -> Scores:
        match method:
            case "lexical":
                return dict(self._lexical(query))
            case "dense":
                return dict(self._dense(query))
            case "hybrid":
                return self._verbatim_first(query, self._focused(query, self._fused(query)))

    def _lexical(self, query: Query) -> Ranked:
        return self._store.lexical(query.match, CANDIDATES, query.scope)

    def _dense(self, query: Query) -> Ranked:
        """By meaning; only what holds the required phrases, which no vector can say."""
        if self._embedder is None:
            return []
        vector = self._embedder.embed_query(query.text)
        ranked = self._store.dense(vector, CANDIDATES, query.scope)
        if not query.phrases:
            return ranked
        holding = dict(self._lexical(query))
        return [(passage, score) for passage, score in ranked if passage in holding]

    def _fused(self, query: Query) -> Scores:
        return fuse(self._lexical(query), self._dense(query), self._dense_weight(query.text))

    def _dense_weight(self, text: str) -> float:
        if self._embedder is None:
            return 0.0
        return dense_weight(text, self._embedder.token_offsets(text))

    def _focused(self, query: Query, scores: Scores) -> Scores:
        """With what is asked searched again, within the documents that the question names."""
        proper = query.about(question_proper(query.text))
        others = set(query.words) - set(proper.words)
        if min(len(proper.words), len(others)) < PROPER_WORDS or not scores:
            return scores
        whole = standardised(scores)
        documents = self._best_documents(whole)
        names = tuple(PurePath(path).name for path in documents)
        again = standardised(self._fused(replace(proper, scope=replace(query.scope, files=names))))
        paths = {row: chunk.path for row, chunk in self._store.chunks(list(again)).items()}
        least = min(whole.values())
        focused = {
            row: again[row]
            + PROPER_DOCUMENT_WEIGHT * documents[path]
            + PROPER_PASSAGE_WEIGHT * whole.get(row, least)
            for row, path in paths.items()
            if path in documents
        }
        return _below(focused, whole)

    def _best_documents(self, scores: Scores) -> dict[str, float]:
        """The documents of the best passages, each with the score of its best."""
        best: dict[str, float] = {}
        pool = _best_first(scores)[:PROPER_POOL]
        chunks = self._store.chunks([row for row, _ in pool])
        for row, score in pool:
            if row in chunks:
                best.setdefault(chunks[row].path, score)
        return dict(list(best.items())[:PROPER_DOCUMENTS])

    def _verbatim_first(self, query: Query, scores: Scores) -> Scores:
        """With what holds the whole question, word for word, above all else."""
        if len(query.verbatim.split()) < VERBATIM_WORDS:
            return scores
        exact = replace(query, words=(), phrases=(*query.phrases, query.verbatim))
        holding = {row: scores.get(row, 0.0) for row, _ in self._lexical(exact)}
        return _below(holding, scores)

    # --- showing ---------------------------------------------------------------------------------

    def _hits(self, query: Query, ranked: Ranked) -> tuple[Hit, ...]:
        chunks = self._store.chunks([row for row, _ in ranked])
        there = [(chunks[row], score) for row, score in ranked if row in chunks]
        terms = [*query.words, *(word for phrase in query.phrases for word in phrase.split())]
        wanted = frozenset(map(form, terms))
        return tuple(
            make_hit(chunk, rank, score, wanted) for rank, (chunk, score) in enumerate(there, 1)
        )


def _best_first(scores: Scores) -> list[tuple[int, float]]:
    """Best first; of equals the older passage."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _below(above: Scores, scores: Scores) -> Scores:
    """`above`, and then whatever else is in `scores`, in its order, with lower scores."""
    rest = {row: score for row, score in scores.items() if row not in above}
    if not above or not rest:
        return above or rest
    shift = max(0.0, max(rest.values()) - min(above.values()))
    return rest | {row: score + shift + 1e-6 for row, score in above.items()}
