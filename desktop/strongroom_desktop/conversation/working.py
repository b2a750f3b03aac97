"""The line beneath an answer that is being written: where it stands, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.files import file_name
from strongroom_desktop.keys import key_cap
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import passages, passages_read, seconds
from strongroom_desktop.widgets import ElidedLabel, label
from strongroom_desktop.wording import number, tr
from strongroom_engine.types import Progress

SILENT_MS = 1_000
"""Nothing is said before."""
_TICK_MS = 100


class Working(QWidget):
    """Its height is kept while it says nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._stage = "searching"
        self._passages = 0
        self._progress: Progress | None = None
        self._clock = QElapsedTimer()
        self._clock.start()
        self._text = ElidedLabel("", "ui", "text_3", Qt.TextElideMode.ElideMiddle)
        self._esc = key_cap(tr("Esc"))
        self._stops = label(tr("stops"), "ui", "text_3")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._text, 1)
        row.addWidget(self._esc)
        row.addWidget(self._stops)
        self.setFixedHeight(theme.control("row_list"))
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._say)
        self._tick.start()
        self._say()

    @property
    def elapsed_ms(self) -> int:
        """Time since the question was asked."""
        return self._clock.elapsed()

    @property
    def text(self) -> str:
        return self._text.full_text()

    def set_stage(self, name: str, passages: int) -> None:
        self._stage = name
        self._passages = passages or self._passages
        self._say()

    def set_progress(self, progress: Progress) -> None:
        """How far a task is that reads whole documents: it says more than 'Reading'."""
        self._progress = progress if progress.done < progress.total else None
        self._say()

    def end(self) -> None:
        self._tick.stop()
        self.hide()

    def _say(self) -> None:
        silent = self.elapsed_ms < SILENT_MS
        self._text.set_text("" if silent else self._sentence())
        self._esc.setVisible(not silent and self._stage != "stopping")
        self._stops.setVisible(self._esc.isVisibleTo(self))

    def _sentence(self) -> str:
        if self._progress is not None and self._stage != "stopping":
            return _how_far(self._progress)
        said = {
            "loading": tr("Loading the answer model"),
            "reading": tr("Reading"),
            "writing": tr("Writing, {time}", time=seconds(self.elapsed_ms)),
            "stopping": tr("Stopping"),
        }
        if self._passages:
            read, spent = passages(self._passages), seconds(self.elapsed_ms)
            said["read"] = passages_read(self._passages)
            said["reading"] = tr("Reading {passages}", passages=read)
            said["writing"] = tr("Writing from {passages}, {time}", passages=read, time=spent)
        return said.get(self._stage, tr("Searching"))


def _how_far(progress: Progress) -> str:
    """'Reading part 40 of 312, Lease.pdf'."""
    done, total = number(progress.done + 1), number(progress.total)
    said = tr("Reading part {n} of {total}", n=done, total=total)
    return f"{said}, {file_name(progress.what)}" if progress.what else said
