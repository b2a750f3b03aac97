"""The head of an open grid and the bar beneath it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from strongroom_desktop.figures import time_left
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import EDGE_PX
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.review.session import Session
from strongroom_desktop.review.sorting import Kind
from strongroom_desktop.review.words import cells_in_words
from strongroom_desktop.text import isolated
from strongroom_desktop.widgets import (
    Bar,
    Button,
    ElidedLabel,
    IconButton,
    dress,
    label,
    set_margins,
)
from strongroom_desktop.wording import number, plural, tr

_SHORT_PX = 760
"""Below it the buttons lose their words."""
_TIGHT_PX = 600
"""Below it what can be seen in the table is not said, and the bar is left out."""
_BAR_PX = 160
_FILTER_PX = 220
_FAR_PX = 16
_GAP_PX = 8


class FilterField(QLineEdit):
    """A few letters that rows must hold; Esc clears and `left` says so."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class GridHead(QWidget):
    """The buttons are public: the grid connects them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.back = IconButton(theme, "arrow-left", tr("All review grids"), directional=True)
        self.title = ElidedLabel("", "title", "text", Qt.TextElideMode.ElideRight)
        self.about = ElidedLabel("", "ui", "text_2", Qt.TextElideMode.ElideRight)
        self.filter = FilterField()
        self.filter.setPlaceholderText(tr("Filter rows"))
        self.filter.setAccessibleName(tr("Filter rows"))
        self.filter.hide()
        self.search = IconButton(theme, "list-filter", tr("Filter rows"), keys="Ctrl+F")
        self.search.setCheckable(True)
        self.columns = IconButton(theme, "columns-3", tr("Columns shown"))
        self.more = IconButton(theme, "ellipsis", tr("More"))
        self.export = Button(theme, "", icon="download")
        self.add = Button(theme, "", icon="plus")
        self._lay_out()
        theme.changed.connect(self._size)
        self._size()

    def _lay_out(self) -> None:
        dress(self, surface="canvas")
        row = QHBoxLayout(self)
        set_margins(row, EDGE_PX - 6, 0, _FAR_PX, 0)
        row.setSpacing(_GAP_PX)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addSpacing(_GAP_PX)
        row.addWidget(self.about, 1_000)
        row.addStretch(1)
        for widget in self._controls():
            row.addWidget(widget)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, name: str, documents: int, questions: int) -> None:
        self.title.set_text(name)
        parts = (
            plural(documents, "{n} document", "{n} documents"),
            plural(questions, "{n} question", "{n} questions"),
        )
        self.about.set_text(", ".join(parts))
        self._name_buttons()

    def _size(self) -> None:
        self.setFixedHeight(self._theme.control("header"))
        self.filter.setFixedWidth(self._theme.px(_FILTER_PX))
        self._name_buttons()

    def _name_buttons(self) -> None:
        short = self.width() < self._theme.px(_SHORT_PX)
        for button, words in ((self.export, tr("Export")), (self.add, tr("Add question"))):
            button.setText("" if short else words)
            button.setAccessibleName(words)
            button.setToolTip(words if short else "")
        self.about.setVisible(self.about.sizeHint().width() <= self._room())

    def _room(self) -> int:
        """What the name and the controls leave of the width."""
        shown = [widget for widget in self._controls() if not widget.isHidden()]
        taken = [widget.sizeHint().width() + _GAP_PX for widget in (self.back, self.title, *shown)]
        return self.width() - EDGE_PX - _FAR_PX - 2 * _GAP_PX - sum(taken)

    def _controls(self) -> tuple[QWidget, ...]:
        return (self.filter, self.search, self.columns, self.more, self.export, self.add)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()

    def show_filter(self, shown: bool) -> None:
        self.filter.setVisible(shown)
        self.search.setChecked(shown)
        self._name_buttons()
        if shown:
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)


class GridBar(QWidget):
    """Progress, pause, and what is to be looked at. `narrowed` carries a kind of cells, or '';
    `resized`: it may have other words now."""

    narrowed = Signal(str)
    toggled = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._progress = Bar(theme, 4)
        self._said = label("", "small", "text_2")
        self._run = Button(theme, "", "plain", icon="pause")
        self._run.clicked.connect(self.toggled)
        self._counts: dict[Kind, Button] = {}
        self._row = QHBoxLayout(self)
        self._lay_out()
        theme.changed.connect(self._size)
        self._size()

    def _lay_out(self) -> None:
        dress(self, surface="canvas")
        set_margins(self._row, 20, 0, _FAR_PX, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._progress)
        self._row.addWidget(self._said)
        self._row.addWidget(self._run)
        self._row.addStretch(1)
        kinds: tuple[Kind, ...] = ("check", "nothing", "failed")
        for kind in kinds:
            button = Button(self._theme, "", "count")
            button.setCheckable(True)
            button.clicked.connect(lambda on, kind=kind: self._narrow(kind, on))
            self._counts[kind] = button
            self._row.addWidget(button)

    def _size(self) -> None:
        self.setFixedHeight(self._theme.control("bar"))
        self._progress.setFixedWidth(self._theme.px(_BAR_PX))

    def text(self) -> str:
        """What it says, for tests and for reading out."""
        shown = [each.text() for each in self._counts.values() if not each.isHidden()]
        return "; ".join([self._said.text(), *shown])

    @property
    def run_button(self) -> Button:
        return self._run

    def count_button(self, kind: Kind) -> Button:
        return self._counts[kind]

    def say(self, model: GridModel, session: Session) -> None:
        """Progress and counts of now."""
        done, total = model.count("done"), model.wanted
        self._progress.set_share(done / total if total else 0.0)
        tight = self.width() < self._theme.px(_TIGHT_PX)
        self._progress.setVisible(done < total and not tight)
        left = time_left(session.left_s) if session.running else ""
        if session.waits_for:
            left = tr("waits for “{name}”", name=session.waits_for)
        self._said.setText(", ".join(part for part in (cells_in_words(done, total), left) if part))
        self._run.setVisible(session.running or done < total or session.unbegun)
        self._run.setText(tr("Pause") if session.running else tr("Go on"))
        name = "pause" if session.running else "play"
        self._run.setIcon(self._theme.icon(name, "text_2"))
        for kind, words in _counted(model, short=tight):
            button = self._counts[kind]
            button.setText(isolated(words))
            button.setVisible(bool(model.count(kind)) or button.isChecked())
            button.setToolTip(tr("Show only the rows that have them"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _narrow(self, kind: Kind, on: bool) -> None:
        for other, button in self._counts.items():
            button.setChecked(on and other == kind)
        self.narrowed.emit(kind if on else "")

    def clear_filter(self) -> None:
        for button in self._counts.values():
            button.setChecked(False)


def _counted(model: GridModel, *, short: bool) -> tuple[tuple[Kind, str], ...]:
    """'1 cell to check', '1 not stated', '1 failed'."""
    check = model.count("check")
    to_check = plural(check, "{n} cell to check", "{n} cells to check")
    return (
        ("check", tr("{n} to check", n=number(check)) if short else to_check),
        ("nothing", tr("{n} not stated", n=number(model.count("nothing")))),
        ("failed", tr("{n} failed", n=number(model.count("failed")))),
    )
