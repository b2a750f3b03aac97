"""What the library knows of the open document: asked when it is opened, and when that may differ."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_engine.errors import DocumentMoved, NotInLibrary
from strongroom_engine.protocol import (
    Changed,
    DocumentTold,
    Failed,
    GetDocument,
    GetReport,
    ReportTold,
)
from strongroom_engine.types import DocumentFacts, Report, State

REFRESH_MS = 700
"""While the index changes, it is asked for at most this often."""


class Knowing(QObject):
    """`told` when the facts have come, or are gone, `reported` the same of the report; `differs`
    when another version of the document was read than the one that is open, or it is gone; `moved`
    with the path where it is now."""

    told = Signal()
    differs = Signal()
    moved = Signal(str)
    reported = Signal()

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self.file = ""
        self.facts: DocumentFacts | None = None
        self.report: Report | None = None
        self._version: tuple[int, ...] | None = None
        self._facts, self._report = Latest(engine), Latest(engine)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(self._ask)
        engine.received.connect(self._on_event)

    def ask(self, file: str) -> None:
        """Another document is open; '' for none."""
        self.file, self.facts, self.report, self._version = file, None, None, None
        self._facts.forget()
        self._report.forget()
        self.told.emit()
        self.reported.emit()
        self._ask()

    def _ask(self) -> None:
        if self.file:
            self._facts.send(GetDocument(file=self.file))
            self._report.send(GetReport(file=self.file))

    def _on_event(self, event: object) -> None:
        match event:
            case DocumentTold() if self._facts.wants(event):
                self.facts = event.facts
                self.told.emit()
                self._compare(event.facts)
            case Failed(code=NotInLibrary.code) if self._facts.wants(event):
                self._compare(None)
            case Failed(code=DocumentMoved.code) if self._facts.wants(event):
                self.moved.emit(event.details.get("to", ""))
            case ReportTold() if self._report.wants(event):
                self.report = event.report
                self.reported.emit()
            case Changed() if event.documents and self.file and not self._refresh.isActive():
                self._refresh.start()
            case _:
                pass

    def _compare(self, facts: DocumentFacts | None) -> None:
        """With what was told before, once it has been read again."""
        if facts is not None and facts.document.state == State.PENDING:
            return
        before, self._version = self._version, _version(facts)
        if before is not None and before != self._version:
            self.differs.emit()


def _version(facts: DocumentFacts | None) -> tuple[int, ...]:
    """What is another when a document was read anew; () of one that is gone."""
    if facts is None:
        return ()
    return facts.document.size, facts.document.mtime_ns, facts.document.chunks
