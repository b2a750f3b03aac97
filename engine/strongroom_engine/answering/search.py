"""Question -> hits: lexical and dense retrieval within the question's scope, fused.

Three things come on top of the fusion; the first two raise the figures of every question set:

* A passage gains from the best passages of its document: a document about something holds more
  than one passage about it.
* 'Consider the lease between A and B; who pays for repairs?' says first where, and then what. Its
  names pull title and signature pages to the top. So what is asked (`clauses`) is searched a
  second time, within the documents that the whole question found.
* A question that stands verbatim in passages puts these on top.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.fusion import (
    CANDIDATES,
    Ranked,
    Scores,
    dense_weight,
    fuse,
    reciprocal_ranks,
    standardised,
)
from strongroom_engine.answering.hits import make_hit
from strongroom_engine.answering.query import Query, parse_query
from strongroom_engine.answering.text import form
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.store import Store, StoredChunk
from strongroom_engine.types import Hit, Method, SearchResult

STEPS = ("documents", "proper", "verbatim")
"""What comes on top of the fusion, by name, so that each can be left out and measured."""

POOL = 50
"""The best passages, by which documents are judged."""
DOCUMENT_PASSAGES = 2
DOCUMENT_WEIGHT = 0.3
"""A passage gains this much of the mean of its document's best two; .2 to .4 are alike."""
PROPER_DOCUMENTS = 3
"""Documents in which the question proper is searched a second time."""
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
        self,
        store: Store,
        embedder: Embedder | None,
        max_question_characters: int = 4_000,
        without: Collection[str] = (),
    ) -> None:
        """`without` names the `STEPS` to leave out."""
        self._store = store
        self._embedder = embedder
        self._max_characters = max_question_characters
        self._steps = frozenset(STEPS) - frozenset(without)

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
            case "rrf":
                return reciprocal_ranks(self._lexical(query), self._dense(query))
            case "hybrid":
                return self._ranked(query)

    def _ranked(self, query: Query) -> Scores:
        scores = standardised(self._fused(query))
        if "documents" in self._steps:
            scores = self._with_documents(scores)
        if "proper" in self._steps:
            scores = self._focused(query, scores)
        if "verbatim" in self._steps:
            scores = self._verbatim_first(query, scores)
        return scores

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

    def _with_documents(self, scores: Scores) -> Scores:
        """With what each passage gains from its document."""
        if not scores:
            return scores
        best: dict[str, list[float]] = {}
        paths = self._paths(row for row, _ in _best_first(scores)[:POOL])
        for row, path in paths.items():
            best.setdefault(path, []).append(scores[row])
        means = {
            path: sum(of_document[:DOCUMENT_PASSAGES]) / DOCUMENT_PASSAGES
            for path, of_document in best.items()
        }
        least = min(means.values(), default=0.0)
        gain = {row: means[path] for row, path in paths.items()}
        return {
            row: score + DOCUMENT_WEIGHT * gain.get(row, least) for row, score in scores.items()
        }

    def _focused(self, query: Query, scores: Scores) -> Scores:
        """With what is asked searched again, within the documents that the question names."""
        proper = query.about(question_proper(query.text))
        others = set(query.words) - set(proper.words)
        if min(len(proper.words), len(others)) < PROPER_WORDS or not scores:
            return scores
        documents = self._best_documents(scores)
        names = tuple(PurePath(path).name for path in documents)
        inside = replace(proper, scope=replace(query.scope, files=names))
        again = standardised(self._fused(inside))
        least = min(scores.values())
        focused = {
            row: again[row]
            + PROPER_DOCUMENT_WEIGHT * documents[path]
            + PROPER_PASSAGE_WEIGHT * scores.get(row, least)
            for row, path in self._paths(again).items()
            if path in documents
        }
        return _below(focused, scores)

    def _best_documents(self, scores: Scores) -> dict[str, float]:
        """The documents of the best passages, each with the score of its best."""
        best: dict[str, float] = {}
        for row, path in self._paths(row for row, _ in _best_first(scores)[:POOL]).items():
            best.setdefault(path, scores[row])
        return dict(list(best.items())[:PROPER_DOCUMENTS])

    def _paths(self, rows: Iterable[int]) -> dict[int, str]:
        """The documents of passages, in their order."""
        wanted = list(rows)
        chunks = self._store.chunks(wanted)
        return {row: chunks[row].path for row in wanted if row in chunks}

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
