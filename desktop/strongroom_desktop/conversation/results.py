"""What tasks give besides text: how much was read, what each document said, data to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.conversation.rows import DocumentRow
from strongroom_desktop.link_line import FewLines
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.placing import place, spot
from strongroom_desktop.selection import Place
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import heard, plural, tr
from strongroom_engine.types import Answer, Cell

AT_ONCE = 8
"""Documents shown first, and how many more at a time: a thousand rows would keep the loop."""
MORE = 40
_LONGEST = 60
"""Characters of what a document says, in its row."""


class TaskResults(QWidget):
    """For an answer that gives something of it. `place_opened` carries the `Place` a document's
    word stands at."""

    place_opened = Signal(object)

    def __init__(self, answer: Answer, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.coverage = FewLines(theme, "small", "text_2", 3)
        self.coverage.set_text(heard(answer.coverage))
        self.coverage.setVisible(bool(answer.coverage))
        self._layout.addWidget(self.coverage)
        self.copy = Button(theme, tr("Copy as JSON"), "framed", icon="braces")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(answer.data))
        self.copy.setVisible(bool(answer.data))
        self._layout.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.each = EachDocument(answer.cells, theme)
        self.each.place_opened.connect(self.place_opened)
        self.each.setVisible(bool(answer.cells))
        self._layout.addWidget(self.each)


class EachDocument(QWidget):
    """One row a document: its name, what it says, and its page."""

    place_opened = Signal(object)

    def __init__(self, cells: Sequence[Cell], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cells = tuple(cells)
        self.rows: list[DocumentRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.more = Button(theme, "", "link")
        self.more.clicked.connect(lambda: self._show(MORE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = label(tr("What each document says"), "small_strong", "text_2")
        column.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        column.addLayout(foot)
        self._show(AT_ONCE)

    def _show(self, count: int) -> None:
        for cell in self._cells[len(self.rows) : len(self.rows) + count]:
            row = DocumentRow(cell.document, _said(cell), self._theme)
            row.opened.connect(lambda cell=cell: self.place_opened.emit(_place(cell)))
            self.rows.append(row)
            self._rows.addWidget(row)
        left = len(self._cells) - len(self.rows)
        self.more.setText(plural(left, "{n} more document", "{n} more documents"))
        self.more.setVisible(left > 0)


def _said(cell: Cell) -> str:
    """'Yes, p. 14', 'Not stated', or why there is no answer."""
    if cell.problem:
        return tr("Could not be read")
    if cell.abstained or not cell.said:
        return tr("Not stated")
    said = " ".join(cell.said.split())
    if len(said) > _LONGEST:
        said = said[:_LONGEST].rstrip() + "\u2026"
    first = cell.citations[0] if cell.citations else None
    found = spot(first.page, first.places) if first else ""
    return f"{said}, {found}" if found else said


def _place(cell: Cell) -> Place:
    """Where the document says it; its beginning where it says nothing."""
    if not cell.citations:
        return Place(cell.document)
    first = cell.citations[0]
    spans = ((first.start, first.end),)
    return Place(first.file, first.page, spans, first.title, where=place(first.places))
