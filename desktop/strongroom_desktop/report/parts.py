"""The parts of a report that lead somewhere: pages to look at, documents that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from strongroom_desktop.files import file_icon
from strongroom_desktop.line_row import Line
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.report import words
from strongroom_desktop.text import place_of
from strongroom_desktop.widgets import Button, IconButton, label
from strongroom_desktop.wording import number, tr
from strongroom_engine.types import Kin, Report

SHOWN = 4
"""Documents of one kind until all are asked for."""
_COLUMNS = 7
MOST_PAGES = 3 * _COLUMNS
"""Buttons for pages; the worst come first."""


class PageStrip(QWidget):
    """The pages that text recognition was not sure of, the worst first. `chosen` carries one."""

    chosen = Signal(int)

    def __init__(self, report: Report, theme: Theme) -> None:
        super().__init__()
        sure = dict(report.recognised)
        pages = words.doubtful(report)
        self.buttons: list[Button] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, page in enumerate(pages[:MOST_PAGES]):
            button = Button(theme, place_of(page), "framed")
            button.setToolTip(words.confidence(sure[page]))
            button.setAccessibleDescription(words.confidence(sure[page]))
            button.clicked.connect(lambda _on=False, page=page: self.chosen.emit(page))
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self.buttons.append(button)
        grid.setColumnStretch(_COLUMNS, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(words.doubtful_title(), "small_strong", "text_2"))
        column.addLayout(grid)
        if len(pages) > MOST_PAGES:
            more = words.more_kin(len(pages) - MOST_PAGES)
            column.addWidget(label(more, "small", "text_2"))
        self.setVisible(bool(pages))


class KinList(QWidget):
    """Documents of one kind that belong to the one told of. `chosen` carries a path, and
    `compare_wanted` that of a version."""

    chosen = Signal(str)
    compare_wanted = Signal(str)

    def __init__(self, name: str, kin: Sequence[Kin], theme: Theme, of: str) -> None:
        """`of` is the path of the document that they belong to."""
        super().__init__()
        self._theme, self._of = theme, of
        self._kin = tuple(kin)
        self.lines: list[Line] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._more = Button(theme, tr("Show all {n}", n=number(len(kin))), "link")
        self._more.clicked.connect(lambda: self._show(len(self._kin)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(name, "small_strong", "text_2"))
        column.addLayout(self._rows)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        few = len(kin) <= SHOWN + 1
        self._show(len(kin) if few else SHOWN)

    def _show(self, count: int) -> None:
        for one in self._kin[len(self.lines) : count]:
            line = Line(
                self._theme,
                (file_icon(one.path), "text_2"),
                words.kin_name(one, self._of),
                words.alike(one),
                choosable=True,
                tooltip="\n".join(part for part in (one.title, one.path) if part),
            )
            line.chosen.connect(lambda path=one.path: self.chosen.emit(path))
            if one.kind == "version":
                compare = IconButton(self._theme, "git-compare", tr("Compare the two"))
                compare.clicked.connect(lambda _on=False, p=one.path: self.compare_wanted.emit(p))
                line.row.addWidget(compare)
            self.lines.append(line)
            self._rows.addWidget(line)
        self._more.setVisible(len(self.lines) < len(self._kin))
