"""The KV cache of a loaded model: bringing it to a prompt with as little evaluation as possible.

It always holds the tokens of the prompt that was read last, and of its answer. A new prompt keeps
the longest common beginning; of the rest, passages are joined as blocks (`blocks`), read by
themselves once; what stands between and after them is evaluated in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from strongroom_engine.models.blocks import Blocks, key_of
from strongroom_engine.models.context import Cancel, Context
from strongroom_engine.models.memory import BATCH_TOKENS

_PROMPT, _ALONE = 0, 1
"""The sequences of the KV cache: the prompt's, and that of a passage that is read by itself."""


@dataclass(frozen=True)
class Pieces:
    """The tokens of a prompt: those before its passages, the passages', and those after them."""

    before: list[int]
    passages: list[list[int]] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    @property
    def tokens(self) -> list[int]:
        between = [token for passage in self.passages for token in passage]
        return [*self.before, *between, *self.after]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """From which token to which each passage goes."""
        spans, at = [], len(self.before)
        for passage in self.passages:
            spans.append((at, at + len(passage)))
            at += len(passage)
        return spans


class Reading:
    """What a context has read. Not thread-safe."""

    def __init__(self, context: Context, budget: int) -> None:
        self._context = context
        self._held: list[int] = []
        """The tokens of the prompt's sequence."""
        self._joined: list[tuple[int, int]] = []
        """Where blocks stand in it."""
        self.blocks = Blocks(budget)
        self.joins = budget > 0 and context.shifts

    def bring(self, pieces: Pieces, cancelled: Cancel) -> int:
        """Bring the KV cache to exactly this prompt, with logits for its last token.

        How many tokens had been read before. `Cancelled` keeps what was read until then.
        """
        tokens = pieces.tokens
        spans = pieces.spans if self.joins else []
        kept = self._keep(tokens, spans)
        with self._context.abortable(cancelled):
            reused = kept
            if spans and kept < spans[-1][1]:
                kept, known = self._join(pieces, kept, cancelled)
                reused += known
            self.step(tokens[kept:], cancelled)
        return reused

    def read(self, pieces: Pieces, cancelled: Cancel) -> int:
        """Read the passages that are not known, each by itself, the last first; how many are known
        then."""
        if not self.joins:
            return 0
        before = pieces.before
        with self._context.abortable(cancelled):
            held = self._common(before)
            if held < len(before):
                self._cut(held)
                self.step(before[held:], cancelled)
            for passage in reversed(pieces.passages):
                self._block(before, passage, cancelled)
        return len(pieces.passages)

    def step(self, tokens: Sequence[int], cancelled: Cancel) -> None:
        """Evaluate these after what has been read."""
        for at in range(0, len(tokens), BATCH_TOKENS):
            part = tokens[at : at + BATCH_TOKENS]
            self._context.evaluate(part, len(self._held), _PROMPT, cancelled)
            self._held += part

    # --- the prompt's sequence -------------------------------------------------------------------

    def _keep(self, tokens: Sequence[int], spans: Sequence[tuple[int, int]]) -> int:
        """Cut the sequence back to what it shares with the prompt; how much that is."""
        kept = min(self._common(tokens), len(tokens) - 1)
        for start, _ in set(self._joined) ^ set(spans):  # one is a block, the other is not
            kept = min(kept, start)
        for start, end in spans:
            if start < kept < end:
                kept = start
        if self._context.recurrent and kept < len(self._held):  # its state cannot be cut back
            kept = 0
        self._cut(kept)
        return kept

    def _common(self, tokens: Sequence[int]) -> int:
        length = min(len(self._held), len(tokens))
        differing = np.flatnonzero(np.not_equal(self._held[:length], tokens[:length]))
        return int(differing[0]) if len(differing) else length

    def _cut(self, length: int) -> None:
        del self._held[length:]
        self._joined = [(start, end) for start, end in self._joined if end <= length]
        self._context.forget(_PROMPT, length)

    # --- blocks ----------------------------------------------------------------------------------

    def _join(self, pieces: Pieces, kept: int, cancelled: Cancel) -> tuple[int, int]:
        """Put the passages that are not there behind each other; where they end, and how many
        tokens of them were known."""
        before = pieces.before
        if kept < len(before):
            self.step(before[kept:], cancelled)
        wanted = [
            (start, passage)
            for (start, _), passage in zip(pieces.spans, pieces.passages, strict=True)
            if start >= kept
        ]
        known = sum(len(one) for _, one in wanted if key_of(before, one) in self.blocks)
        # All are read before the first is put in place: each evaluation would move those again.
        blocks = [self._block(before, passage, cancelled) for _, passage in wanted]
        for (start, passage), block in zip(wanted, blocks, strict=True):
            self._put(block, passage, start, start - len(before))
        return len(self._held), known

    def _put(self, block: bytes, tokens: Sequence[int], start: int, by: int) -> None:
        self._context.restore(block, _ALONE)
        self._context.shift(_ALONE, by)
        self._context.copy(_ALONE, _PROMPT)
        self._context.forget(_ALONE)
        self._held += tokens
        self._joined.append((start, start + len(tokens)))

    def _block(self, before: Sequence[int], tokens: Sequence[int], cancelled: Cancel) -> bytes:
        """The block of a passage after what stands before all passages, which has been read."""
        key = key_of(before, tokens)
        if (known := self.blocks.get(key)) is not None:
            return known
        if len(self._held) + len(tokens) > self._context.size:
            self._cut(len(before))
        self._context.copy(_PROMPT, _ALONE, len(before))
        try:
            self._context.evaluate(tokens, len(before), _ALONE, cancelled)
            self._context.forget(_ALONE, 0, len(before))
            block = self._context.state(_ALONE)
        finally:
            self._context.forget(_ALONE)
        self.blocks.put(key, block)
        return block
