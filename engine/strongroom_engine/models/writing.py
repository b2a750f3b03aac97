"""An answer that is being written: which tokens are evaluated next, and which are chosen then."""

from __future__ import annotations

import llama_cpp
import numpy as np
import numpy.typing as npt

from strongroom_engine.models.context import Context, Entry
from strongroom_engine.models.drafting import Drafting
from strongroom_engine.models.sampling import Sampler
from strongroom_engine.models.slots import Slot, Slots
from strongroom_engine.models.text_stream import TextStream
from strongroom_engine.types import Prompt


class Writing:
    """One answer in a slot that holds its prompt. Must be closed.

    `banned` are the tokens of an opening that the answer must not have: the last of them in turn is
    every way to spell it. Raises `SchemaUnusable`.
    """

    def __init__(
        self,
        context: Context,
        slots: Slots,
        slot: Slot,
        prompt: Prompt,
        *,
        sampler: Sampler,
        room: int,
        banned: tuple[list[int], list[int]] = ([], []),
    ) -> None:
        self.slot, self.prompt_tokens = slot, len(slot.tokens)
        self.tokens: list[int] = []
        self.ended = False
        """Whether the model has come to the end, or a stop string to be."""
        self._context, self._slots, self._sampler = context, slots, sampler
        self._room, self._banned = room, banned
        self._stream = TextStream(prompt.stop)
        self._drafting = Drafting(slot.tokens)
        self._guessed: list[int] = []

    def close(self) -> None:
        self._sampler.close()

    @property
    def done(self) -> bool:
        return self.ended or len(self.tokens) >= self._room

    def entries(self, *, drafts: bool) -> list[Entry]:
        """What is to be evaluated next: the token that was chosen last, and with `drafts` guesses at
        those after it."""
        room = self._room - len(self.tokens) - 1
        drafts &= self._context.copies  # what is wrong has to be cut off
        self._guessed = self._drafting.guess()[:room] if drafts else []
        at, sequence = len(self.slot.tokens), self.slot.sequence
        tokens = [self.tokens[-1], *self._guessed]
        return [(token, at + index, sequence, True) for index, token in enumerate(tokens)]

    def evaluated(self, logits_at: int) -> str:
        """Go on from what was evaluated; the text that may be shown by now."""
        self._slots.hold(self.slot, [self.tokens[-1], *self._guessed])
        text = self._choose(logits_at)
        held = self.prompt_tokens + len(self.tokens) - (not self.ended)
        self._slots.cut(self.slot, held)  # guesses that were wrong
        return text

    def first(self, found: npt.NDArray[np.float32]) -> str:
        """Choose the first token, from the logits of the prompt's last one."""
        text = self._add(self._sampler.first(found, self._forbidden()))
        self._drafting.note(self.tokens, [])
        return text

    def _choose(self, logits_at: int) -> str:
        """Choose a token, and another one after each guess that was right."""
        text, had = "", len(self.tokens)
        for offset in range(len(self._guessed) + 1):
            token = self._sampler.next(logits_at + offset, self._forbidden())
            text += self._add(token)
            if self.done or token not in self._guessed[offset : offset + 1]:
                break
        self._drafting.note(self.tokens[had:], self._guessed)
        return text

    def _add(self, token: int | None) -> str:
        """Write this token, unless there is none or it ends the answer; the text that may be shown."""
        if token is None or llama_cpp.llama_vocab_is_eog(self._context.vocabulary, token):
            self.ended = True
            return ""
        self.tokens.append(token)
        text = self._stream.add(self._context.piece(token))
        self.ended = self._stream.stopped
        return text

    def finish(self) -> str:
        """The rest of the text."""
        return self._stream.finish()

    def _forbidden(self) -> list[int]:
        opening, endings = self._banned
        return endings if opening and self.tokens == opening[:-1] else []
