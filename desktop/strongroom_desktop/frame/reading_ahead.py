"""While a question is being typed: what would answer it is read, and how far that is, is said."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.search.ask_field import AskField
from strongroom_engine.protocol import Failed, PassagesRead
from strongroom_engine.types import SearchResult

PAUSE_MS = 400
"""After so long without a key a word counts as written to its end."""


class ReadingAhead(QObject):
    """When a word has been written and the hits of the text have come, the engine reads the passages
    from which that text would be answered if it was asked now. A newer text or a question ends that by
    itself. Half a word finds other passages, which would be read for nothing."""

    def __init__(self, engine: Engine, ask: AskField, conversation: Conversation) -> None:
        super().__init__(ask)
        self._engine = engine
        self._ask = ask
        self._conversation = conversation
        self._request = 0
        self._shown = 0
        """The request of the text that stands in the field; 0 where nothing is said of it."""
        self._found = ""
        """The text whose hits came last."""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._read)
        ask.found.connect(self._on_found)
        ask.editor.textChanged.connect(self._on_text)
        engine.received.connect(self._on_event)
        engine.died.connect(self._hush)

    @property
    def _text(self) -> str:
        return self._ask.editor.toPlainText().strip()

    def _on_found(self, result: SearchResult) -> None:
        self._hush()
        self._found = result.question
        self._consider()

    def _consider(self) -> None:
        """Read now, or when no key comes for a moment."""
        self._pause.stop()
        if not self._text or self._found != self._text or self._ask.task != "answer":
            return  # another search is under way, or something else is done with it
        if self._ask.editor.toPlainText()[-1:].isalnum():
            self._pause.start()
        else:
            self._read()

    def _read(self) -> None:
        if self._found != self._text:
            return
        asking = self._conversation.would_ask(self._text, self._ask.undone, "answer", "")
        self._request = self._shown = self._engine.send(asking.ahead())

    def _on_text(self) -> None:
        self._hush()
        self._consider()
        if not self._text:
            QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        """Want nothing any more; a question that was asked still wants what is being read for it."""
        if not self._text and not self._conversation.answering:
            self._engine.cancel(self._request)

    def _hush(self) -> None:
        if self._shown:
            self._shown = 0
            self._ask.panel.show_read(0, 0)

    def _on_event(self, event: object) -> None:
        if isinstance(event, PassagesRead) and event.id == self._shown:
            self._ask.panel.show_read(event.passages, event.of)
        elif isinstance(event, Failed) and event.id == self._shown:
            self._hush()
