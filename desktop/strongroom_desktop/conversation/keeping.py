"""What is done with a conversation in the library, and saying how it went."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.exporting import export_words
from strongroom_desktop.files import file_name
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import (
    Done,
    ExportConversation,
    Failed,
    Message,
    RemoveConversation,
    RenameConversation,
)


class Keeping(QObject):
    """`said` carries a sentence about what went wrong, `mentioned` one about what went well."""

    said = Signal(str)
    mentioned = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._done: dict[int, str] = {}
        engine.received.connect(self._on_event)

    def rename(self, key: str, title: str) -> None:
        """Give a conversation another title; '' brings its first question back."""
        self._send(RenameConversation(key=key, title=title), "")

    def remove(self, key: str) -> None:
        self._send(RemoveConversation(key=key), "")

    def export(self, key: str, file: str, *, turn: int | None = None) -> None:
        """Write the conversation, or one turn of it, to a file; its ending says which kind."""
        written = tr("Exported to {name}.", name=file_name(file))
        request = ExportConversation(key=key, file=file, turn=turn, words=export_words())
        self._send(request, written)

    def _send(self, request: Message, done: str) -> None:
        self._done[self._engine.send(request)] = done

    def _on_event(self, event: Message) -> None:
        if event.id not in self._done:
            return
        if isinstance(event, Failed):
            del self._done[event.id]
            self.said.emit(str(event.error))
        elif isinstance(event, Done) and (sentence := self._done.pop(event.id)):
            self.mentioned.emit(sentence)


def ask_to_remove(parent: QWidget, theme: Theme, then: Callable[[], None]) -> None:
    """Ask before a conversation is removed for good."""
    confirm(
        parent,
        theme,
        tr("Remove this conversation?"),
        tr("Its questions and answers are removed for good. The documents are not touched."),
        action=tr("Remove"),
        then=then,
    )
