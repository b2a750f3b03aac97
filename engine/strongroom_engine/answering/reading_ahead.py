"""A question that is still being typed -> the model has read the passages it would be answered from.

The prompt is the one that the question, asked as it stands, would be answered from
(`pipeline.foreseen`). Its passages are read best first, in a call each, so that it is always known
how many have been; then the prompt with the question so far, so that only what is still typed is
left; then the next passages that were found, of which nothing is told. The newest text wins. That
the best passage, once in hand, is read to its end where what comes next needs it, too, and is let go
where not, is the answer worker's doing, as is that all else that is asked of the model goes first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Prompt

OnRead = Callable[[int, int], None]
"""How many passages of the prompt have been read, and of how many."""
Stop = Callable[[], bool]


class Foreseen(NamedTuple):
    """What a question would be answered from, and the model that would, loaded.

    The last passages of the `further` prompt, `wanted` or all, are those of an answer; those before
    them come next.
    """

    further: Prompt
    wanted: int
    generator: Generator

    @property
    def prompt(self) -> Prompt:
        """What the model would be given."""
        return best(self.further, min(self.wanted, len(self.further.passages)))


Foresee = Callable[[Stop], Foreseen | None]
"""None where there is nothing to read, or it is wanted no more."""

_POLL_S = 0.05


class ReadingAhead:
    """Thread-safe. Texts are numbered as they come."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._newest = 0
        self._dropped = 0
        """Up to this text, what is in hand is of no use any more."""
        self._questions = 0
        self._looking = threading.Lock()

    def read(self, foresee: Foresee, stopped: Stop, on_read: OnRead) -> None:
        """Read the passages of the prompt that `foresee` gives; ends when all are read, when a newer
        one is to be read, when a question is asked, or when `stopped`. Raises what `foresee` and the
        model raise.
        """
        with self._changed:
            self._newest += 1
            mine = self._newest

        def ended() -> bool:
            return stopped() or mine != self._newest

        found = self._foreseen(foresee, ended)
        if found is not None:
            self._read(found, ended, lambda: stopped() or mine <= self._dropped, on_read)
        elif not ended():
            self._dropped = mine  # with all before it

    def _foreseen(self, foresee: Foresee, ended: Stop) -> Foreseen | None:
        """One at a time, since whoever types on makes most of them useless."""
        with self._looking:
            return None if ended() else foresee(ended)

    def _read(self, found: Foreseen, ended: Stop, let_go: Stop, on_read: OnRead) -> None:
        every = len(found.further.passages)
        total = min(found.wanted, every)

        def asked() -> bool:
            """A question that is asked now needs of the others a sentence, and the processors."""
            return let_go() or self._questions > 0

        on_read(0, total)
        for count in range(1, every + 1):
            part = best(found.further, count)
            stops = let_go if count == 1 else asked
            if not self._may_go_on(ended) or found.generator.read(part, stops) < count:
                return
            if count <= total:
                on_read(count, total)
            if count == total and self._may_go_on(ended):
                found.generator.weigh(found.prompt, asked, ahead=True)

    def _may_go_on(self, ended: Stop) -> bool:
        """Wait while a question is answered; false when that is not wanted any more."""
        with self._changed:
            while self._questions and not ended():
                self._changed.wait(_POLL_S)
        return not ended()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A question is answered during the block: what was typed before is read no further, though
        the best passage, if it is in hand, is finished where the question needs it; what is typed
        meanwhile waits."""
        with self._changed:
            self._questions += 1
            self._newest += 1
            asked = self._newest
        try:
            yield
        finally:
            with self._changed:
                self._questions -= 1
                self._dropped = max(self._dropped, asked)
                self._changed.notify_all()


def best(prompt: Prompt, count: int) -> Prompt:
    """The prompt with no more than so many passages: the last, which fit best.

    The others are not in its text: what stands before the passages has to be the same.
    """
    asked, starts = prompt.messages[-1], [start for start, _ in prompt.spans]
    content = asked.content[: starts[0]] + asked.content[starts[-count] :]
    return replace(
        prompt,
        messages=(*prompt.messages[:-1], replace(asked, content=content)),
        passages=prompt.passages[-count:],
        documents=prompt.documents[-count:],
    )
