"""The searcher of an open library, made anew when another embedding model answers.

A cross-encoder that was imported reads the first hits again. It is found once for a library; one
that cannot be used is said to be so, once, and search goes on without it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from strongroom_engine.errors import RerankerUnusable, StrongroomError
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.reranker import Reranker, find_reranker
from strongroom_engine.parts.embedding import LibraryEmbedding
from strongroom_engine.settings import Settings, models_folder
from strongroom_engine.store import Store
from strongroom_engine.types import SearchResult

if TYPE_CHECKING:
    from strongroom_engine.answering.search import Searcher

OnTrouble = Callable[[StrongroomError], None]


@dataclass(frozen=True, slots=True)
class Typed:
    """A search that was made while a question was being typed; `k` passages were wanted."""

    question: str
    collections: tuple[str, ...]
    everywhere: bool
    k: int
    result: SearchResult


class LibrarySearch:
    """Thread-safe."""

    def __init__(self, store: Store, embedding: LibraryEmbedding, settings: Settings) -> None:
        self._store = store
        self._embedding = embedding
        self._settings = settings
        self._made: tuple[Embedder | None, Searcher] | None = None
        self._finding = threading.Lock()
        self.typed: Typed | None = None
        """The last one."""

    def found_while_typing(
        self, question: str, k: int, collections: Sequence[str], *, everywhere: bool
    ) -> SearchResult | None:
        """What was found for just this as it was typed; None where nothing was, or where a search
        that is not made while typing finds other passages."""
        typed = self.typed
        if typed is None or typed.k < k or self.reranker is not None:
            return None
        asked = (question, tuple(collections), everywhere)
        same = asked == (typed.question, typed.collections, typed.everywhere)
        return typed.result if same else None

    def searcher(self) -> Searcher:
        """With the model that answers now; one that answered before is let go."""
        from strongroom_engine.answering.search import Searcher  # not needed to open a library

        embedder = self._embedding.answering()
        made = self._made
        if made is None or made[0] is not embedder:
            most = self._settings.max_question_characters
            made = embedder, Searcher(self._store, embedder, most, reranker=self.reranker)
            self._made = made
            self._embedding.let_go()
        return made[1]

    @property
    def reranker(self) -> Reranker | None:
        """The cross-encoder that was imported; None where none was, or it cannot be used."""
        with self._finding:
            return self._found

    @cached_property
    def _found(self) -> Reranker | None:
        try:
            found = find_reranker(models_folder(), self._settings.embed_threads)
        except RerankerUnusable as exc:
            self._embedding.tell(exc)
            return None
        return SteadyReranker(found, self._embedding.tell) if found else None


class SteadyReranker:
    """A reranker that ends no search: where the other one fails, passages are all alike.

    That is told once, and the other one is not asked again.
    """

    def __init__(self, reranker: Reranker, on_trouble: OnTrouble) -> None:
        self.name = reranker.name
        self._reranker: Reranker | None = reranker
        self._on_trouble = on_trouble
        self._failing = threading.Lock()

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        """(len(passages),), float32, as `Reranker.score`; zeros when it has failed."""
        if (reranker := self._reranker) is not None:
            try:
                return reranker.score(question, passages)
            except RerankerUnusable as exc:
                self._give_up(exc)
        return np.zeros(len(passages), np.float32)

    def _give_up(self, error: RerankerUnusable) -> None:
        with self._failing:
            if self._reranker is None:  # another thread has told it
                return
            self._reranker = None
        self._on_trouble(error)
