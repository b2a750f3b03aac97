"""Newest wins: of one kind of request, only the last one sent is of interest."""

from __future__ import annotations

from strongroom_desktop.client import Engine
from strongroom_engine.protocol import Message


class Latest:
    """The newest request of one kind: its events are wanted, those of older ones are not.

    A newer request cancels the older one where that is still open.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.wanted = 0

    def send(self, message: Message) -> int:
        self.forget()
        self.wanted = self._engine.send(message)
        return self.wanted

    def forget(self) -> None:
        """Want nothing any more, and stop what is under way."""
        if self.wanted:
            self._engine.cancel(self.wanted)
        self.wanted = 0

    def wants(self, event: Message) -> bool:
        return self.wanted != 0 and event.id == self.wanted

    @property
    def open(self) -> bool:
        """Whether an answer is still to come."""
        return self._engine.is_open(self.wanted)
