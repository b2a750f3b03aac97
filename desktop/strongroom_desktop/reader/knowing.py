"""What the library knows of the open document: asked when it is opened, and when that may differ."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_engine.protocol import Changed, DocumentTold, GetDocument, GetReport, ReportTold
from strongroom_engine.types import DocumentFacts, Report

REFRESH_MS = 1_500
"""While the index changes, it is asked for at most this often."""


class Knowing(QObject):
    """`told` when the facts have come, or are gone, `reported` the same of the report."""

    told = Signal()
    reported = Signal()

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self.file = ""
        self.facts: DocumentFacts | None = None
        self.report: Report | None = None
        self._facts, self._report = Latest(engine), Latest(engine)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(self._ask)
        engine.received.connect(self._on_event)

    def ask(self, file: str) -> None:
        """Another document is open; '' for none."""
        self.file, self.facts, self.report = file, None, None
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
            case ReportTold() if self._report.wants(event):
                self.report = event.report
                self.reported.emit()
            case Changed() if event.documents and self.file and not self._refresh.isActive():
                self._refresh.start()
            case _:
                pass
