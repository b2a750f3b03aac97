"""The page of a collection while it is indexed: how far, how fast, and that one can ask already."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.figures import time_left
from strongroom_desktop.files import file_name
from strongroom_desktop.page import Page
from strongroom_desktop.sources.nodes import share_done, total
from strongroom_desktop.text import as_tooltip, counted
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Bar, Button, ElidedLabel, Glyph, dress, label, set_margins
from strongroom_engine.protocol import Progress, Rescan, Sources
from strongroom_engine.types import Progress as ProgressValue
from strongroom_engine.types import Source, State

BAR_PX = 6
_FIGURES = (
    ("in the index", State.INDEXED, "text"),
    ("by words so far", State.READABLE, "text"),
    ("waiting", State.PENDING, "text"),
    ("skipped", State.SKIPPED, "warn"),
    ("failed", State.FAILED, "error"),
)
_PASSING = (State.READABLE, State.PENDING)
"""Shown only while there are any."""


class CollectionPage(Page):
    """`problems_wanted` and `ask_wanted` lead on."""

    problems_wanted = Signal()
    ask_wanted = Signal()

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._engine = engine
        self._every: tuple[Source, ...] = ()
        self._name = ""
        self._progress: ProgressValue | None = None
        self._started = ""
        self._share = label(face="question")
        self._left = label(face="ui", tone="text_2")
        self._bar = Bar(theme, BAR_PX)
        self._rate = label(face="small", tone="text_2")
        self._since = label(face="small", tone="text_2")
        self._counts: list[QLabel] = []
        self._names: dict[State, QLabel] = {}
        self._notice = label(face="ui", wrap=True)
        self._reading = ElidedLabel()
        self._build()
        engine.received.connect(self._on_event)

    @property
    def collection(self) -> str:
        return self._name

    def show_collection(self, name: str) -> None:
        """Turn to the page of a collection."""
        self._name = name
        self._show()

    # --- layout ----------------------------------------------------------------------------------

    def _build(self) -> None:
        again = Button(self.theme, "Look for changes", icon="refresh-cw")
        again.clicked.connect(self._rescan)
        self.head_row.addWidget(again)
        self.body.addLayout(_two_ends(self._share, self._left))
        self.body.addSpacing(8)
        self.body.addWidget(self._bar)
        self.body.addSpacing(8)
        self.body.addLayout(_two_ends(self._rate, self._since))
        self.body.addSpacing(self.theme.space(5))
        self.body.addLayout(self._make_figures())
        self.body.addSpacing(self.theme.space(5))
        self.body.addWidget(self._make_notice())
        self.body.addSpacing(self.theme.space(5))
        self.body.addWidget(self._make_reading())
        self.body.addStretch(1)

    def _make_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        for column, (name, state, tone) in enumerate(_FIGURES):
            count = label("0", "title", tone)
            self._counts.append(count)
            grid.addWidget(count, 0, column)
            self._names[state] = label(name, "small", "text_2")
            grid.addWidget(self._names[state], 1, column)
        row.addLayout(grid)
        row.addStretch(1)
        self._problems = Button(self.theme, "Show the problems")
        self._problems.clicked.connect(self.problems_wanted)
        row.addWidget(self._problems)
        return row

    def _make_notice(self) -> QWidget:
        self._notice_box = QWidget()
        dress(self._notice_box, surface="notice")
        row = QHBoxLayout(self._notice_box)
        set_margins(row, 14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Glyph(self.theme, "message-square", "accent"))
        row.addWidget(self._notice, 1)
        ask = Button(self.theme, "Ask")
        ask.clicked.connect(self.ask_wanted)
        row.addWidget(ask)
        return self._notice_box

    def _make_reading(self) -> QWidget:
        self._reading_box = QWidget()
        column = QVBoxLayout(self._reading_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("Reading now", "ui_strong"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Glyph(self.theme, "file-text", "text_2"))
        row.addWidget(self._reading, 1)
        column.addLayout(row)
        return self._reading_box

    # --- what it shows ---------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Sources():
                self._every = event.sources
                self._show()
            case Progress():
                if event.progress is not None and self._progress is None:
                    self._started = QTime.currentTime().toString("H:mm")
                self._progress = event.progress
                self._show()
            case _:
                pass

    def _mine(self) -> list[Source]:
        return [source for source in self._every if source.collection == self._name]

    def _rescan(self) -> None:
        for source in self._mine():
            self._engine.send(Rescan(path=source.path))

    def _show(self) -> None:
        if not self._name:
            return
        sources = self._mine()
        self.title.setText(self._name)
        self.subtitle.set_text(", ".join(source.path for source in sources))
        everything = sum(total(source) for source in sources)
        share = share_done(sources)
        done = everything if share is None else round(share * everything)
        under_way = share is not None
        text = (
            f"{done:,} of {everything:,} documents"
            if under_way
            else counted(everything, "document")
        )
        self._share.setText(text)
        self._bar.set_share(1.0 if share is None else share)
        self._bar.setVisible(under_way)
        self._show_pace(under_way=under_way)
        self._show_counts(sources)

    def _show_pace(self, *, under_way: bool) -> None:
        progress = self._progress if under_way else None
        self._left.setText(time_left(progress.left_s) if progress else "")
        self._rate.setText(_pace(progress) if progress else "")
        self._since.setText(f"started {self._started}" if progress and self._started else "")
        self._rate.setVisible(progress is not None)
        self._since.setVisible(progress is not None)
        self._reading_box.setVisible(bool(progress and progress.what and not progress.model))
        self._reading.set_text(file_name(progress.what) if progress else "")
        self._reading.setToolTip(as_tooltip(progress.what) if progress else "")

    def _show_counts(self, sources: list[Source]) -> None:
        counts = {
            state: sum(source.counts.get(state, 0) for source in sources)
            for _name, state, _tone in _FIGURES
        }
        for shown, (_name, state, tone) in zip(self._counts, _FIGURES, strict=True):
            shown.setText(f"{counts[state]:,}")
            for widget in (shown, self._names[state]):
                widget.setVisible(state not in _PASSING or counts[state] > 0)
            dress(shown, tone=tone if counts[state] else "text_3")
        wrong = counts[State.SKIPPED] + counts[State.FAILED]
        self._problems.setText("Show the problem" if wrong == 1 else f"Show the {wrong:,} problems")
        self._problems.setVisible(wrong > 0)
        self._notice_box.setVisible(counts[State.INDEXED] + counts[State.READABLE] > 0)
        self._notice.setText(_notice(counts))


def _notice(counts: dict[State, int]) -> str:
    """What answers rest on now; documents found by their words alone are read for them too."""
    documents = counted(counts[State.INDEXED] + counts[State.READABLE], "document")
    if counts[State.READABLE]:
        return f"You can ask already. Answers rest on the {documents} read so far."
    if counts[State.PENDING]:
        return f"You can ask already. Answers rest on the {documents} in the index so far."
    return f"Answers rest on {documents}."


def _pace(progress: ProgressValue) -> str:
    if not progress.rate:
        return ""
    unit = "passages" if progress.model else "documents"
    return f"{progress.rate:.1f} {unit} per second"


def _two_ends(left: QLabel, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left, 1)
    row.addWidget(right, 0, Qt.AlignmentFlag.AlignBaseline)
    return row
