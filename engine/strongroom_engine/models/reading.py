"""Bringing a sequence of the KV cache to a prompt with as little evaluation as possible.

It begins with what another prompt left there (`slots`); passages are joined as blocks (`blocks`),
each read by itself once; what stands between and after them is evaluated in place.

What takes long is a generator here: it stops after each part that is computed at once, so that the
worker can see to something else, and returns its result.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from strongroom_engine.models.blocks import Blocks, key_of
from strongroom_engine.models.context import Context
from strongroom_engine.models.slots import Slot, Slots, Span

Steps = Generator[None, None, None]


@dataclass(frozen=True)
class Pieces:
    """The tokens of a prompt: those before its passages, the passages', and those after them.

    `documents` are where the passages are from; of its first tokens so many say nothing of any
    document (`stable`).
    """

    before: list[int]
    passages: list[list[int]] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    documents: tuple[str, ...] = ()
    stable: int = 0

    @property
    def tokens(self) -> list[int]:
        between = [token for passage in self.passages for token in passage]
        return [*self.before, *between, *self.after]

    def document(self, index: int) -> str:
        """Where a passage is from; '' where that is not known."""
        return self.documents[index] if index < len(self.documents) else ""

    @property
    def spans(self) -> list[Span]:
        """From which token to which each passage goes."""
        spans, at = [], len(self.before)
        for passage in self.passages:
            spans.append((at, at + len(passage)))
            at += len(passage)
        return spans


class Reading:
    """Reads prompts into slots. Not thread-safe. `budget` is that of blocks, in bytes; with none,
    prompts are read as they are."""

    def __init__(self, context: Context, slots: Slots, budget: int) -> None:
        self._context, self._slots = context, slots
        self.blocks = Blocks(budget)
        self.joins = budget > 0

    def spans(self, pieces: Pieces) -> list[Span]:
        """Where blocks will stand in the prompt."""
        return pieces.spans if self.joins else []

    def known(self, pieces: Pieces, slot: Slot) -> int:
        """How many of the prompt's tokens need not be evaluated."""
        held = len(slot.tokens)
        missing = [
            passage
            for (start, _), passage in zip(pieces.spans, pieces.passages, strict=True)
            if start >= held
        ]
        blocks = [
            one for one in missing if self.joins and key_of(pieces.before, one) in self.blocks
        ]
        return held + sum(map(len, blocks))

    def bring(self, slot: Slot, pieces: Pieces, ahead: Sequence[int] = ()) -> Steps:
        """Bring a slot to exactly this prompt, and evaluate the tokens `ahead` after it.

        Afterwards there are logits of the prompt's last token and of those ahead
        (`Slots.logits_at`), until something else is evaluated; the slot holds the prompt alone.
        """
        spans = self.spans(pieces)
        if spans and len(slot.tokens) < spans[-1][1]:
            yield from self._join(slot, pieces)
        yield from self._evaluate(slot, pieces.tokens[len(slot.tokens) :], ahead)

    def read(self, slot: Slot, pieces: Pieces, index: int) -> Steps:
        """Read one of the passages by itself, unless it is known or there is no room for it. The
        slot has to begin as the prompt does."""
        yield from self._evaluate(slot, pieces.before[len(slot.tokens) :])
        if self._slots.free >= len(pieces.passages[index]):
            yield from self._block(slot, pieces, index)

    def which(self, pieces: Pieces) -> list[bool]:
        """Which of the passages are known."""
        return [key_of(pieces.before, one) in self.blocks for one in pieces.passages]

    def is_half_read(self, pieces: Pieces) -> bool:
        """Whether the last of the passages is in hand, and little of it is missing."""
        read = len(self._slots.alone.tokens) - len(pieces.before)
        in_hand = self._is_in_hand(pieces, len(pieces.passages) - 1)
        return in_hand and 2 * read >= len(pieces.passages[-1])

    def forget(self, documents: Sequence[str]) -> None:
        """Drop what was read of these documents."""
        self.blocks.forget(documents)
        self._slots.forget_documents()

    # --- parts -----------------------------------------------------------------------------------

    def _evaluate(self, slot: Slot, tokens: Sequence[int], ahead: Sequence[int] = ()) -> Steps:
        """Stops between the parts only: after the last one its logits are still there."""
        unit = self._context.unit
        while len(tokens) > unit:
            self._slots.evaluate(slot, tokens[:unit])
            tokens = tokens[unit:]
            yield
        if tokens:
            self._slots.evaluate(slot, tokens, ahead)

    def _join(self, slot: Slot, pieces: Pieces) -> Steps:
        """Put the passages that are not there behind each other."""
        before = pieces.before
        yield from self._evaluate(slot, before[len(slot.tokens) :])
        held = len(slot.tokens)
        missing = [index for index, (start, _) in enumerate(pieces.spans) if start >= held]
        # All are read before the first is put in place: each evaluation would move those again.
        blocks = yield from self._blocks(slot, pieces, missing)
        for index in missing:
            self._slots.join(slot, blocks[index], pieces.passages[index], len(before))

    def _blocks(
        self, slot: Slot, pieces: Pieces, wanted: Sequence[int]
    ) -> Generator[None, None, dict[int, bytes]]:
        """The blocks of these passages after what stands before them all, which the slot holds."""
        found: dict[int, bytes] = {}
        unread: list[int] = []
        for index in wanted:
            if (block := self.blocks.get(self._key(pieces, index))) is not None:
                found[index] = block
            elif self._is_in_hand(pieces, index):
                found[index] = yield from self._block(slot, pieces, index)
            else:
                unread.append(index)
        most = len(self._slots.together)
        for at in range(0, len(unread), most):
            found |= yield from self._together(slot, pieces, unread[at : at + most])
        return found

    def _together(
        self, slot: Slot, pieces: Pieces, wanted: Sequence[int]
    ) -> Generator[None, None, dict[int, bytes]]:
        """Blocks of a few passages that are read at once: for each part that is computed the weights
        have to be unpacked, which takes as long as 40 tokens do."""
        before = len(pieces.before)
        parts = dict(zip(wanted, self._slots.together, strict=False))
        found: dict[int, bytes] = {}
        try:
            while True:
                self._slots.evaluate_together(self._next_part(slot, pieces, parts, found))
                for index, part in parts.items():
                    read = len(part.tokens) - before
                    if index not in found and read == len(pieces.passages[index]):
                        found[index] = self._finished(part, pieces, index)
                if len(found) == len(parts):
                    return found
                yield
        finally:
            for part in parts.values():
                self._slots.clear(part)

    def _next_part(
        self, slot: Slot, pieces: Pieces, parts: Mapping[int, Slot], found: Collection[int]
    ) -> list[tuple[Slot, Sequence[int]]]:
        """What is read next of the passages that have not been, as much as is computed at once."""
        before, room = len(pieces.before), self._context.unit
        taken: list[tuple[Slot, Sequence[int]]] = []
        for index, part in parts.items():
            if index in found:
                continue
            self._begin(slot, part, pieces, index)
            read = len(part.tokens) - before
            tokens = pieces.passages[index][read : read + room]
            room -= len(tokens)
            if tokens:
                taken.append((part, tokens))
        return taken

    def _begin(self, slot: Slot, part: Slot, pieces: Pieces, index: int) -> None:
        """Let a passage be read in this part, unless it was begun, and nothing came in between."""
        if part.passage != (key := self._key(pieces, index)):
            self._slots.copy(slot, part, len(pieces.before))
            part.passage = key

    def _key(self, pieces: Pieces, index: int) -> bytes:
        return key_of(pieces.before, pieces.passages[index])

    def _is_in_hand(self, pieces: Pieces, index: int) -> bool:
        """Whether this passage is the one whose reading was begun."""
        return self._key(pieces, index) == self._slots.alone.passage

    def _block(self, slot: Slot, pieces: Pieces, index: int) -> Generator[None, None, bytes]:
        """The block of a passage after what stands before all passages, which the slot holds."""
        before, passage = len(pieces.before), pieces.passages[index]
        alone, unit = self._slots.alone, self._context.unit
        while (block := self.blocks.get(self._key(pieces, index))) is None:
            self._begin(slot, alone, pieces, index)
            read = len(alone.tokens) - before
            self._slots.evaluate(alone, passage[read : read + unit])
            if len(alone.tokens) == before + len(passage):
                return self._finished(alone, pieces, index)
            yield
        return block

    def _finished(self, part: Slot, pieces: Pieces, index: int) -> bytes:
        """Take a passage that was read by itself out of the cache."""
        self._context.forget(part.sequence, 0, len(pieces.before))
        block = self._context.state(part.sequence)
        self.blocks.put(self._key(pieces, index), block, pieces.document(index))
        self._slots.clear(part)
        return block
