"""Counts of a collection by state, and what its answers rest on already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QWidget

from strongroom_desktop.absence import places_away, why
from strongroom_desktop.files import file_name
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, Glyph, dress, label, set_margins
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import Source, State

_STATES = (
    (State.INDEXED, "text"),
    (State.READABLE, "text"),
    (State.PENDING, "text"),
    (State.SKIPPED, "warn"),
    (State.FAILED, "error"),
)
NARROW_PX = 640
_PASSING = (State.READABLE, State.PENDING)
"""Shown only while there are any."""


class Stock(QWidget):
    """Five figures, and the way to the problems."""

    problems_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.counts: list[QLabel] = []
        self._names: dict[State, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        for column, (state, tone) in enumerate(_STATES):
            count = label("0", "title", tone)
            self.counts.append(count)
            grid.addWidget(count, 0, column)
            self._names[state] = label(_name(state), "small", "text_2")
            grid.addWidget(self._names[state], 1, column)
        self._problems = Button(theme, "")
        self._problems.hide()
        self._problems.clicked.connect(self.problems_wanted)
        figures = QHBoxLayout()
        figures.addLayout(grid)
        figures.addStretch(1)
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space(3))
        self._row.addLayout(figures, 1)
        self._row.addWidget(self._problems)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button goes beneath the figures where there is no room beside them."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW_PX)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def show_counts(self, sources: Sequence[Source]) -> None:
        counts = count_states(sources)
        for shown, (state, tone) in zip(self.counts, _STATES, strict=True):
            shown.setText(number(counts[state]))
            for widget in (shown, self._names[state]):
                widget.setVisible(state not in _PASSING or counts[state] > 0)
            wanted = tone if counts[state] else "text_3"
            if shown.property("tone") != wanted:
                dress(shown, tone=wanted)
        wrong = counts[State.SKIPPED] + counts[State.FAILED]
        self._problems.setText(plural(wrong, "Show the problem", "Show the {n} problems"))
        self._problems.setVisible(wrong > 0)


class Missing(QWidget):
    """Which sources are away, why and since when; nothing while all are here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.sentence = label(face="ui", wrap=True)
        row = QHBoxLayout(self)
        set_margins(row, 14, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(Glyph(theme, "unplug", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        self.hide()

    def show_sources(self, sources: Sequence[Source]) -> None:
        lines = [line for source in sources if (line := _absence(source, len(sources) > 1))]
        self.sentence.setText("\n".join(lines))
        self.setVisible(bool(lines))


def _absence(source: Source, named: bool) -> str:
    """What is away of a source, in a sentence or two; `named` where there are others; '' for
    nothing."""
    said = " ".join(part for part in (why(source), places_away(source)) if part)
    return f"{file_name(source.path)}: {said}" if said and named else said


class Notice(QWidget):
    """'You can ask already.'"""

    ask_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.sentence = label(face="ui", wrap=True)
        dress(self, surface="notice")
        row = QHBoxLayout(self)
        set_margins(row, 14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Glyph(theme, "message-square", "accent"))
        row.addWidget(self.sentence, 1)
        ask = Button(theme, tr("Ask"))
        ask.clicked.connect(self.ask_wanted)
        row.addWidget(ask)

    def show_counts(self, sources: Sequence[Source]) -> None:
        counts = count_states(sources)
        self.setVisible(counts[State.INDEXED] + counts[State.READABLE] > 0)
        self.sentence.setText(_rests_on(counts))


def count_states(sources: Sequence[Source]) -> dict[State, int]:
    return {
        state: sum(source.counts.get(state, 0) for source in sources) for state, _tone in _STATES
    }


def _rests_on(counts: dict[State, int]) -> str:
    """What answers rest on now; documents found by their words alone are read for them too."""
    there = counts[State.INDEXED] + counts[State.READABLE]
    if counts[State.READABLE]:
        return plural(
            there,
            "You can ask already. Answers rest on the {n} document read so far.",
            "You can ask already. Answers rest on the {n} documents read so far.",
        )
    if counts[State.PENDING]:
        return plural(
            there,
            "You can ask already. Answers rest on the {n} document in the index so far.",
            "You can ask already. Answers rest on the {n} documents in the index so far.",
        )
    return plural(there, "Answers rest on {n} document.", "Answers rest on {n} documents.")


def _name(state: State) -> str:
    match state:
        case State.INDEXED:
            return tr("in the index")
        case State.READABLE:
            return tr("by words so far")
        case State.PENDING:
            return tr("waiting")
        case State.SKIPPED:
            return tr("skipped")
        case _:
            return tr("failed")
