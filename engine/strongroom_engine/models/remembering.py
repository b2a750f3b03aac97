"""An embedder that embeds a text once.

Answering one question compares the same sentences several times: to decide whether they answer it,
to choose what the model reads, and to tie what it wrote to them. A vector does not depend on what
is embedded beside it, so the first one serves.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from strongroom_engine.models.embedder import Embedder

MOST = 4_000
"""Vectors that are kept, 1.5 KB each with 384 dimensions; then it begins anew."""


class Remembering:
    """An `Embedder` for the time of a question; may be called from any thread."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model, self.dimensions = embedder.model, embedder.dimensions
        self.max_tokens, self.languages = embedder.max_tokens, embedder.languages
        self.unrelated_cosine = embedder.unrelated_cosine
        self._known: dict[str, np.ndarray] = {}
        self._taking_turn = threading.Lock()

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        with self._taking_turn:
            if len(self._known) > MOST:
                self._known.clear()
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                self._known.update(zip(new, self._embedder.embed(new), strict=True))
            if not texts:
                return self._embedder.embed(texts)
            return np.stack([self._known[text] for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        return self._embedder.embed_query(text)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        return self._embedder.token_offsets(text)
