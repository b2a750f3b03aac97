"""Passages as blocks of the KV cache, kept outside of it.

A block is what a model made of a passage that it read by itself, after the tokens that all prompts
begin with. Joined with others its positions are shifted, and only what stands around the passages
is evaluated anew (llama.cpp: `llama_memory_seq_add`). What a block says depends on the model, on the
tokens before it and on its own: nothing else is its key, so a changed text never meets an old block.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Sequence

import numpy as np


class Blocks:
    """Blocks of one model, each as llama.cpp writes the state of a sequence, within a budget of bytes;
    the one used longest ago goes first."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._held: OrderedDict[bytes, bytes] = OrderedDict()
        self._of: dict[bytes, str] = {}
        """The document that each is of."""
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, key: bytes) -> bool:
        return key in self._held

    def get(self, key: bytes) -> bytes | None:
        block = self._held.get(key)
        if block is not None:
            self._held.move_to_end(key)
        return block

    def put(self, key: bytes, block: bytes, document: str = "") -> None:
        """Keep it, where it alone does not exceed the budget."""
        if key in self._held or len(block) > self._budget:
            return
        self._held[key], self._of[key] = block, document
        self.bytes += len(block)
        while self.bytes > self._budget:
            self._drop(next(iter(self._held)))

    def forget(self, documents: Collection[str]) -> None:
        """Drop those of these documents."""
        for key in [key for key, document in self._of.items() if document in documents]:
            self._drop(key)

    def _drop(self, key: bytes) -> None:
        self.bytes -= len(self._held.pop(key))
        del self._of[key]


def key_of(before: Sequence[int], tokens: Sequence[int]) -> bytes:
    """The key of the block of these tokens, read after those before."""
    parts = (np.asarray(one, np.int32).tobytes() for one in (before, tokens))
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()
