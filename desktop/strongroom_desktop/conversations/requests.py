"""What the page asks of the engine, and what comes back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.exporting import export_words
from strongroom_desktop.latest import Latest
from strongroom_engine.protocol import (
    Answered,
    Conversations,
    Done,
    ExportConversation,
    Failed,
    ListConversations,
    Ready,
    RemoveConversation,
    RenameConversation,
    Stage,
    Taken,
)
from strongroom_engine.types import ConversationSummary

REFRESH_MS = 500
"""At most so often the list is asked for while questions are answered."""


class Kept(QObject):
    """The conversations that the engine keeps, and those of them that hold some words.

    `listed`: either is another one now; `removed` carries the key of one that is gone, `written`
    the file of an export, `failed` a sentence.
    """

    listed = Signal()
    removed = Signal(str)
    written = Signal(str)
    failed = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._all = Latest(engine)
        self._some = Latest(engine)
        self._renames: set[int] = set()
        self._removals: dict[int, str] = {}
        self._exports: dict[int, str] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.refresh)
        self.every: tuple[ConversationSummary, ...] | None = None
        """All of them; None until the engine has told."""
        self.found: tuple[ConversationSummary, ...] = ()
        """Those that hold the words."""
        self.words = ""
        engine.received.connect(self._on_event)
        if engine.ready is not None:
            self.refresh()

    # --- asking ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for all, and for those with the words again."""
        self._all.send(ListConversations())
        if self.words:
            self._some.send(ListConversations(words=self.words))

    def search(self, words: str) -> None:
        """List those that hold all of the words; with none, all are shown at once."""
        self.words = " ".join(words.split())
        if self.words:
            self._some.send(ListConversations(words=self.words))
            return
        self._some.forget()
        self.found = ()
        self.listed.emit()

    def rename(self, key: str, title: str) -> None:
        """Give it another title; an empty one brings its first question back."""
        self._renames.add(self._engine.send(RenameConversation(key=key, title=title)))

    def remove(self, key: str) -> None:
        self._removals[self._engine.send(RemoveConversation(key=key))] = key

    def export(self, key: str, file: str) -> None:
        request = ExportConversation(key=key, file=file, words=export_words())
        self._exports[self._engine.send(request)] = file

    # --- hearing ---------------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self.refresh()
            case Conversations() if self._all.wants(event):
                self.every = event.conversations
                self.listed.emit()
            case Conversations() if self._some.wants(event):
                self.found = event.conversations
                self.listed.emit()
            case Done():
                self._on_done(event.id)
            case Failed() if self._is_mine(event.id):
                self.failed.emit(str(event.error))
                self.refresh()  # it may have been removed meanwhile
            case Answered() | Taken() | Stage(name="searching"):
                if not self._again.isActive():
                    self._again.start(REFRESH_MS)
            case _:
                pass

    def _on_done(self, request: int) -> None:
        if request in self._exports:
            self.written.emit(self._exports.pop(request))
        elif request in self._removals:
            self.removed.emit(self._removals.pop(request))
            self.refresh()
        elif request in self._renames:
            self._renames.discard(request)
            self.refresh()

    def _is_mine(self, request: int) -> bool:
        """Whether it was asked for here; it is closed then."""
        renamed = request in self._renames
        self._renames.discard(request)
        closed = [each.pop(request, None) for each in (self._exports, self._removals)]
        return renamed or any(each is not None for each in closed)
