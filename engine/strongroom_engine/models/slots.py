"""The sequences of the KV cache, and the prompts that they hold.

What two prompts begin with is in the cache once: llama.cpp's cells belong to any number of sequences.
What has been answered stays until its room or its sequence is needed, longest unused first, for the
next prompt may begin as it does.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from strongroom_engine.errors import Cancelled
from strongroom_engine.models.context import SLOTS, TOGETHER, Context

Span = tuple[int, int]
"""From which position to which."""


@dataclass(frozen=True, eq=False)
class Weighed:
    """What a prompt gave that a slot holds: how likely a refusal is, and the logits of its last
    token, from which an answer goes on."""

    prompt: list[int]
    refusal: str
    likely: float
    logits: npt.NDArray[np.float32]


@dataclass(eq=False)
class Slot:
    """A sequence of the KV cache."""

    sequence: int
    tokens: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    """Where each token is; a number stands for a cell that prompts share."""
    joined: list[Span] = field(default_factory=list)
    """Where blocks stand: the same tokens, read in place, are another state."""
    unmoved: int | None = None
    """From where on it holds blocks that the next evaluation moves to their positions."""
    reserved: int = 0
    """How many tokens it may come to hold; 0 while it answers nothing."""
    weighed: Weighed | None = None
    used: int = 0
    stable: int = 0
    """So many of its first tokens say nothing of any document."""
    ahead: bool = False
    """Whether nobody has asked yet what it holds: the next one that is read ahead takes its place."""
    passage: bytes = b""
    """The key of the passage that is being read in it by itself."""

    def shared(self, tokens: Sequence[int], spans: Sequence[Span]) -> int:
        """How much of a prompt it holds as the prompt needs it; `spans` are those of blocks."""
        known = self.weighed is not None and self.weighed.prompt == tokens
        length = min(len(self.tokens), len(tokens) - (not known))  # the last one gives the logits
        differing = np.flatnonzero(np.not_equal(self.tokens[:length], tokens[:length]))
        kept = int(differing[0]) if len(differing) else length
        for start, _ in set(self.joined) ^ set(spans):  # one is a block, the other is not
            kept = min(kept, start)
        return next((start for start, end in spans if start < kept < end), kept)


class Slots:
    """Not thread-safe."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._slots = [Slot(number) for number in range(SLOTS)]
        self.alone = Slot(SLOTS)
        """For a passage that is read by itself."""
        self._arriving = SLOTS + 1
        """The sequence in which a block gets its place."""
        self.together = [Slot(SLOTS + 2 + number) for number in range(TOGETHER)]
        """For passages that are read at once, each by itself."""
        self._cells = itertools.count()
        self._uses = itertools.count(1)
        self.logits_at = 0

    def take(
        self,
        tokens: Sequence[int],
        spans: Sequence[Span],
        reserve: int,
        stable: int,
        *,
        ahead: bool = False,
    ) -> Slot | None:
        """A slot that begins as the prompt does, as far as one knows it, with room for so many
        tokens; None while others need the room. The first tokens, `stable`, say nothing of any
        document; with `ahead` nobody has asked yet."""
        idle = [slot for slot in self._slots if not slot.reserved]
        if not idle:
            return None
        known = {slot: self._known(slot, tokens, spans) for slot in self._slots}
        spent = {slot: self._is_spent(slot, known[slot], ahead) for slot in self._slots}
        able = self._slots if self._context.copies else idle
        best = max(able, key=lambda slot: (known[slot], spent[slot]))
        length = known[best]
        chosen = best if spent[best] else min(idle, key=lambda slot: slot.used)
        if not self._make_room(reserve - length, best):
            if best.reserved:
                return None
            chosen = best  # there is no room for both
            self.cut(best, length)
            if not self._make_room(reserve - length, best):
                return None
        if chosen is best:
            self.cut(best, length)
        else:
            self.copy(best, chosen, length)
        chosen.reserved, chosen.stable, chosen.used = reserve, stable, next(self._uses)
        chosen.ahead = ahead
        return chosen

    def _known(self, slot: Slot, tokens: Sequence[int], spans: Sequence[Span]) -> int:
        length = slot.shared(tokens, spans)
        return length if self._context.copies or length == len(slot.tokens) else 0

    def _is_spent(self, slot: Slot, length: int, ahead: bool) -> bool:
        """Whether nothing is lost with what a slot holds beyond this. Otherwise a copy of it keeps
        both."""
        if slot.reserved:
            return False
        holds_more = length < len(slot.tokens) - 1
        return not (self._context.copies and holds_more) or (ahead and slot.ahead)

    def give_back(self, slot: Slot) -> None:
        slot.reserved = 0

    def _make_room(self, needed: int, kept: Slot) -> bool:
        """Forget idle prompts, the longest unused first, until there is room."""
        idle = [slot for slot in self._slots if not slot.reserved and slot is not kept]
        for slot in (*sorted(idle, key=lambda slot: slot.used), self.alone):
            if needed <= self.free:
                break
            self.clear(slot)
        return needed <= self.free

    @property
    def free(self) -> int:
        """How many tokens there is room for, beyond what those that are answered may need."""
        every = [*self._slots, self.alone, *self.together]
        used = len(set().union(*(slot.cells for slot in every)))
        promised = sum(max(slot.reserved - len(slot.tokens), 0) for slot in self._slots)
        return self._context.cells - used - promised

    # --- what a slot holds -----------------------------------------------------------------------

    def copy(self, source: Slot, to: Slot, length: int) -> None:
        """Let a slot begin as another does, and hold nothing else."""
        self.clear(to)
        self._context.copy(source.sequence, to.sequence, length)
        to.tokens, to.cells = source.tokens[:length], source.cells[:length]
        to.joined = [span for span in source.joined if span[1] <= length]
        if source.weighed is not None and len(source.weighed.prompt) == length:
            to.weighed = source.weighed

    def cut(self, slot: Slot, length: int) -> None:
        """Keep the beginning only."""
        if length >= len(slot.tokens):
            return
        if not self._context.copies:
            length = 0
        del slot.tokens[length:], slot.cells[length:]
        slot.joined = [span for span in slot.joined if span[1] <= length]
        self._context.forget(slot.sequence, length)

    def clear(self, slot: Slot) -> None:
        self.cut(slot, 0)
        slot.passage, slot.weighed = b"", None

    def forget_documents(self) -> None:
        """Keep of what is not being answered only what says nothing of any document."""
        for slot in (*self._slots, self.alone, *self.together):
            if not slot.reserved:
                self.cut(slot, slot.stable)
                slot.passage, slot.weighed = b"", None

    def evaluate(self, slot: Slot, tokens: Sequence[int], ahead: Sequence[int] = ()) -> None:
        """Read a few tokens after what the slot holds, and those `ahead` without keeping them; there
        are logits of the last one then, and of those ahead: from `logits_at` on."""
        at, end = len(slot.tokens), len(tokens) - 1
        entries = [
            (token, at + index, slot.sequence, index >= end)
            for index, token in enumerate((*tokens, *ahead))
        ]
        try:
            self._context.decode(entries)
        except Cancelled:
            if slot.unmoved is not None:  # some layers may be moved, and would be moved again
                self.cut(slot, slot.unmoved)
            raise
        finally:
            slot.unmoved = None
        self.logits_at = end
        if ahead:
            self._context.forget(slot.sequence, at + len(tokens))
        self.hold(slot, tokens)

    def evaluate_together(self, parts: Sequence[tuple[Slot, Sequence[int]]]) -> None:
        """Read a few tokens each after what these slots hold; nobody wants their logits."""
        entries = [
            (token, len(slot.tokens) + index, slot.sequence, False)
            for slot, tokens in parts
            for index, token in enumerate(tokens)
        ]
        self._context.decode([*entries[:-1], (*entries[-1][:3], True)])  # llama.cpp wants one
        for slot, tokens in parts:
            self.hold(slot, tokens)

    def hold(self, slot: Slot, tokens: Sequence[int]) -> None:
        """Note that these were read after what the slot holds."""
        slot.tokens += tokens
        slot.cells += itertools.islice(self._cells, len(tokens))

    def join(self, slot: Slot, block: bytes, tokens: Sequence[int], at: int) -> None:
        """Put a block that was read at position `at` behind what the slot holds."""
        start = len(slot.tokens)
        slot.unmoved = start if slot.unmoved is None else slot.unmoved
        self._context.restore(block, self._arriving)
        self._context.shift(self._arriving, start - at)
        self._context.copy(self._arriving, slot.sequence)
        self._context.forget(self._arriving)
        self.hold(slot, tokens)
        slot.joined.append((start, start + len(tokens)))
