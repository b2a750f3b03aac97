"""The figures of the last run, each with its line over time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.quality import words
from strongroom_desktop.quality.trend import Trend
from strongroom_desktop.widgets import ElidedLabel, label, rule
from strongroom_desktop.wording import tr
from strongroom_engine.judging import Figure, QualityRun

VALUE_PX, CHANGE_PX = 84, 140
"""Widths of the columns at 100 % text size."""
CHANGE_BELOW_PX, TREND_BELOW_PX = 680, 520
"""Below so wide a row (at 100 % text size) these are left out."""
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class Results(QWidget):
    """Hidden while nothing was measured."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._runs: tuple[QualityRun, ...] = ()
        self._shown: list[FigureRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = label("", "ui_strong")
        self._made = label("", "small", "text_2", wrap=True)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._made)
        column.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.hide()

    def show_runs(self, runs: Sequence[QualityRun]) -> None:
        """The last run's figures, and what was measured before."""
        self._runs = tuple(runs)
        self.setVisible(bool(runs))
        if not runs:
            return
        last = self._runs[-1]
        self._title.setText(tr("Measured on {date}", date=words.date(last.when)))
        self._made.setText(words.made_with(last))
        empty(self._rows)
        self._shown.clear()
        for name in words.SHOWN:
            if (figure := last.figure(name)) is not None:
                row = FigureRow(self._theme, figure, self._history(name))
                self._rows.addWidget(row)
                self._shown.append(row)

    def _history(self, name: str) -> list[QualityRun]:
        """The runs that have this figure, oldest first."""
        return [run for run in self._runs if run.figure(name) is not None]

    def text(self) -> str:
        """What it says, a line a figure; for tests."""
        said = [row.accessibleName() for row in self._shown]
        return "\n".join([self._title.text(), self._made.text(), *said])


class FigureRow(QWidget):
    def __init__(self, theme: Theme, figure: Figure, history: Sequence[QualityRun]) -> None:
        super().__init__()
        self._theme = theme
        known = [(run, run.figure(figure.name)) for run in history]
        before = known[-2][1] if len(known) > 1 else None
        changed = words.change(figure.name, figure, before)
        said = (words.title(figure.name), words.value(figure), changed)
        self.setAccessibleName(", ".join(part for part in said if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        line = QWidget()
        line.setFixedHeight(theme.control("row_table"))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(4))
        row.addWidget(ElidedLabel(said[0], "ui", "text", Qt.TextElideMode.ElideRight), 1)
        value = label(said[1], "ui_strong")
        grow(theme, value, value.setFixedWidth, VALUE_PX)
        value.setAlignment(_END)
        row.addWidget(value)
        self._change = label(changed, "small", "text_2")
        grow(theme, self._change, self._change.setFixedWidth, CHANGE_PX)
        row.addWidget(self._change)
        shares = [one.share for _, one in known if one is not None]
        self._trend = Trend(theme, shares, 0.0 if figure.name == "seconds" else 1.0, said[0])
        self._trend.setToolTip(_told(known))
        row.addWidget(self._trend)
        column.addWidget(line)
        theme.changed.connect(self._fit)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what has no room."""
        self._change.setVisible(self.width() >= self._theme.px(CHANGE_BELOW_PX))
        self._trend.setVisible(self.width() >= self._theme.px(TREND_BELOW_PX))


def _told(known: Sequence[tuple[QualityRun, Figure | None]]) -> str:
    """'28 Nov 2026: 10 of 12', a line a run, the newest first."""
    lines = [f"{words.date(run.when)}: {words.value(one)}" for run, one in known if one is not None]
    return "\n".join(reversed(lines[-10:]))


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
