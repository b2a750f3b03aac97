"""The report of one document: asked of the engine, shown line by line, tried anew, copied."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.dialogs import Sheet
from strongroom_desktop.files import file_icon, file_name
from strongroom_desktop.kin import container_of
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.passwords import NEEDS_PASSWORD
from strongroom_desktop.report import words
from strongroom_desktop.report.looking import Look
from strongroom_desktop.report.parts import KinList, PageStrip
from strongroom_desktop.selection import Place
from strongroom_desktop.widgets import Button, ElidedLabel, Glyph, bare_scroll, label, rule
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import (
    CheckDocument,
    Done,
    Failed,
    GetReport,
    ReportTold,
    RetryDocuments,
)
from strongroom_engine.types import Report, State

WIDTH_PX = 620
_MOST_HEIGHT = 0.66
"""Of the window's: what is more is scrolled to."""
_NAME_PX = 124
_BESIDE_PX = 24


class ReportSheet(Sheet):
    """It does not hold the window up: one looks at the pages that it names, and it stays.
    `place_wanted` carries the `Place` that is to be opened, `password_wanted` the record of a
    document that needs a password, `compare_wanted` the paths of two versions, in a list."""

    place_wanted = Signal(object)
    compare_wanted = Signal(object)
    password_wanted = Signal(object)

    def __init__(self, parent: QWidget, engine: Engine, theme: Theme, path: str) -> None:
        super().__init__(parent, theme, tr("How this document was read"), "", width_px=WIDTH_PX)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.path = path
        self.report: Report | None = None
        self.changed = False
        self._reader: QWidget | None = None
        self._engine = engine
        self._told = Latest(engine)
        self._retry = 0
        self._look = Look(self)
        self._look.told.connect(self._on_look)
        self._name = ElidedLabel(file_name(path), "ui_strong")
        self._folder = ElidedLabel(path, "small", "text_2")
        self._icon = Glyph(theme, "circle-dashed", "text_2")
        self.verdict = label(tr("Looking it up…"), "ui", wrap=True)
        self.again = Button(theme, tr("Check again"))
        self.again.clicked.connect(self.check)
        self._content = QWidget()
        self._lines = QVBoxLayout(self._content)
        self._scroll = bare_scroll(self._content)
        self.copy = Button(theme, tr("Copy as text"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self.mend = Button(theme, tr("Read again"))
        self.mend.clicked.connect(self._mend)
        self._lay_out()
        engine.received.connect(self._on_event)
        self._told.send(GetReport(file=path))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Glyph(self.theme, file_icon(self.path), "text_2"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._folder)
        head.addLayout(names, 1)
        said = QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self.verdict, 1)
        said.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        self.again.hide()
        self._lines.setContentsMargins(0, 4, 8, 4)
        self._lines.setSpacing(self.theme.space(4))
        for part in (head, said):
            self.body.addLayout(part)
        self.body.addWidget(rule())
        self.body.addWidget(self._scroll)
        close = Button(self.theme, tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        for button in (self.copy, self.mend):
            button.hide()
        self.finish(self.copy, self.mend, close)

    # --- what the engine says --------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case ReportTold() if self._told.wants(event) and event.report is not None:
                self.show_report(event.report)
            case Failed() if self._told.wants(event) or event.id == self._retry != 0:
                self._retry = 0
                self._say(str(event.error), "circle-alert", "warn")
            case Done() if event.id == self._retry != 0:
                self._retry = 0
                self._told.send(GetReport(file=self.path))
            case _:
                pass

    def check(self) -> None:
        """Let it be tried anew whether the document is found."""
        self._say(tr("Trying whether it is found…"), "circle-dashed", "text_2")
        self._told.send(CheckDocument(file=self.path))

    def _mend(self) -> None:
        """Read it again, or ask for the password that it needs."""
        if self.report is not None and self.report.document.code == NEEDS_PASSWORD:
            self.password_wanted.emit(self.report.document)
            self.accept()
            return
        self._say(tr("Being read again…"), "circle-dashed", "text_2")
        self._retry = self._engine.send(RetryDocuments(paths=(self.path,)))

    # --- showing ---------------------------------------------------------------------------------

    def show_report(self, report: Report) -> None:
        """Show what is known of the document now."""
        self.report = report
        self._say(*words.verdict(report))
        self.again.setVisible(report.document.state == State.INDEXED)
        self.copy.show()
        needs = report.document.code == NEEDS_PASSWORD
        self.mend.setText(tr("Enter password…") if needs else tr("Read again"))
        self.mend.show()
        self._show_lines(report)
        if not container_of(self.path) and report.document.mtime_ns:
            self._look.at(report.document)

    def _say(self, sentence: str, icon: str, role: str) -> None:
        self.verdict.setText(sentence)
        self._icon.show_icon(icon, role)

    def _show_lines(self, report: Report) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines.addWidget(self._grid(report))
        strip = PageStrip(report, self.theme)
        strip.chosen.connect(lambda page: self.place_wanted.emit(Place(self.path, page)))
        if strip.buttons:
            self._lines.addWidget(strip)
        for name, members in words.grouped(report.kin):
            kin = KinList(name, members, self.theme, self.path)
            kin.chosen.connect(self._open_kin)
            kin.compare_wanted.connect(self._compare)
            self._lines.addWidget(kin)
        if report.more_kin:
            self._lines.addWidget(label(words.more_kin(report.more_kin), "small", "text_2"))
        self._lines.addStretch(1)
        QTimer.singleShot(0, self, self._fit_content)  # what is new in it is not shown before

    def _grid(self, report: Report) -> QWidget:
        around = QWidget()
        grid = QGridLayout(around)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, self.theme.px(_NAME_PX))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, fact in enumerate(words.facts(report)):
            grid.addWidget(label(fact.name, "small_strong", "text_2", wrap=True), row, 0, top)
            said = label(fact.said, "ui", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(said, row, 1)
        self._since = label(words.changed_since(), "ui", "warn", wrap=True)
        grid.addWidget(self._since, grid.rowCount(), 1)
        self._since.setVisible(self.changed)
        return around

    def _fit_content(self) -> None:
        """As high as its lines, within the window."""
        window = self.parentWidget()
        most = round((window.height() if window else 800) * _MOST_HEIGHT) - self.theme.px(150)
        width = self.width() - 2 * self.theme.space(5)
        self._content.ensurePolished()
        wanted = self._lines.heightForWidth(width)
        wanted = wanted if wanted > 0 else self._lines.sizeHint().height()
        self._scroll.setFixedHeight(max(min(wanted + 8, most), self.theme.px(60)))

    def stand_beside(self, reader: QWidget) -> None:
        """Leave the pages of the reader to be seen, where there is room beside it."""
        self._reader = reader
        self._stand()

    def _stand(self) -> None:
        """Within its window, whatever its height has become."""
        window = self.parentWidget()
        if window is None:
            return
        place = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        left = place.center().x() - self.width() // 2
        if self._reader is not None and self._reader.isVisible():
            beside = self._reader.mapToGlobal(QPoint(0, 0)).x() - self.width() - _BESIDE_PX
            left = beside if beside >= place.left() else left
        self.move(left, place.center().y() - self.height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._stand()

    def _on_look(self, changed: bool) -> None:
        self.changed = changed
        if changed and self.report is not None:
            self._since.show()
            self._fit_content()

    # --- going on --------------------------------------------------------------------------------

    def _open_kin(self, path: str) -> None:
        self.place_wanted.emit(Place(path))
        self.accept()

    def _compare(self, path: str) -> None:
        self.compare_wanted.emit([self.path, path])
        self.accept()

    def _copy(self) -> None:
        if self.report is not None:
            text = words.as_text(self.report, changed=self.changed)
            QGuiApplication.clipboard().setText(text)
