"""The beginning of a conversation: which documents its examples are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.examples import Examples, best_source
from strongroom_desktop.look.theme import Theme
from strongroom_engine.protocol import (
    Changed,
    Documents,
    Failed,
    GetDocument,
    ListDocuments,
    ListSources,
    Ready,
    Sources,
)
from strongroom_engine.types import Source

EXAMPLES_MS = 1_000
"""While documents come in, examples are looked for no more often than this."""


class Beginning(Examples):
    """Examples that follow what is in the library, as long as they are wanted."""

    def __init__(self, engine: Engine, theme: Theme) -> None:
        super().__init__(theme)
        self._engine = engine
        self._listing = 0
        self._asked: set[int] = set()
        """Whether the documents of the examples are still where they were."""
        self._wanted = True
        self._soon = QTimer(self, singleShot=True, interval=EXAMPLES_MS)
        self._soon.timeout.connect(self._list)
        engine.received.connect(self._on_event)
        if engine.ready is not None:
            self._list()

    def want(self, wanted: bool) -> None:
        """Whether a conversation is at its beginning."""
        was, self._wanted = self._wanted, wanted
        if wanted and not was:
            self._list()

    def _list(self) -> None:
        if self._wanted:
            self._listing = self._engine.send(ListSources())

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._list()
            case Changed() if not self._soon.isActive():
                self._soon.start()
            case Sources() if event.id == self._listing:
                self._on_sources(event.sources)
            case Documents() if event.id == self._listing:
                self.show_documents(event.documents, event.source)
            case Failed() if event.id in self._asked:  # renamed, or gone
                self._asked.clear()
                self._listing = self._engine.send(ListDocuments(source=self.source))
            case _:
                pass

    def _on_sources(self, sources: Sequence[Source]) -> None:
        """Documents are listed only where there are more to make examples of than are shown."""
        self.keep(sources)
        best = best_source(sources)
        if best is not None and self.wants_more(best):
            self._listing = self._engine.send(ListDocuments(source=best.path))
        elif best is None and not self.buttons:
            self.show_documents(())
        else:
            self._asked = {self._engine.send(GetDocument(file=file)) for file in self.files}
