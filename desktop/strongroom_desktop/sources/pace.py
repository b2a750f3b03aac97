"""How far the indexing of a collection is: the share, the bar, the rate, the time that is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from strongroom_desktop.figures import reading_long, recognising, time_left
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.sources import words
from strongroom_desktop.widgets import Bar, label
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import Progress

BAR_PX = 6


class Pace(QWidget):
    """Says '1,204 of 1,980 documents, about 4 min left' in four corners around a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.share = label(face="question")
        self.left = label(face="ui", tone="text_2")
        self.bar = Bar(theme, BAR_PX)
        self.rate = label(face="small", tone="text_2", wrap=True)
        self.since = label(face="small", tone="text_2")
        self._started = ""
        self._progress: Progress | None = None
        self._paused, self._why = False, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_two_ends(self.share, self.left))
        column.addWidget(self.bar)
        column.addLayout(_two_ends(self.rate, self.since))

    def set_progress(self, progress: Progress | None) -> None:
        if progress is not None and self._progress is None:
            self._started = QTime.currentTime().toString("H:mm")
        self._progress = progress

    def set_resting(self, *, paused: bool, why: str) -> None:
        self._paused, self._why = paused, why

    def show_share(self, everything: int, share: float | None) -> None:
        """`share` (0 to 1) is at rest of so many documents; None: all of them."""
        done = everything if share is None else round(share * everything)
        documents = plural(everything, "{n} document", "{n} documents")
        if share is not None:
            documents = tr("{done} of {documents}", done=number(done), documents=documents)
        self.share.setText(documents)
        self.bar.set_share(1.0 if share is None else share)
        self.bar.setVisible(share is not None)
        self._show_pace(under_way=share is not None)

    def _show_pace(self, *, under_way: bool) -> None:
        resting = words.resting_sentence(paused=self._paused, why=self._why)
        progress = self._progress if under_way and not self._paused else None
        self.left.setText(time_left(progress.left_s) if progress else "")
        if under_way and self._paused:
            self.left.setText(tr("Paused"))
        lines = [_rate(progress)] if progress else []
        lines += [resting] if under_way and resting else []
        self.rate.setText("  ".join(line for line in lines if line))
        started = tr("started {time}", time=self._started) if progress and self._started else ""
        self.since.setText(started)
        for shown in (self.rate, self.since):
            shown.setVisible(bool(shown.text()))


def _rate(progress: Progress) -> str:
    if progress.pages:
        return recognising(progress, left=False)
    if progress.model:
        return (
            tr("{rate} passages per second", rate=number(progress.rate, 1)) if progress.rate else ""
        )
    said = [reading_long(progress)]
    if progress.rate:
        said.append(tr("{rate} documents per second", rate=number(progress.rate, 1)))
    if progress.pages_read:
        said.append(plural(progress.pages_read, "{n} page read", "{n} pages read"))
    if progress.chunks_waiting:
        waiting = plural(progress.chunks_waiting, "{n} passage to go", "{n} passages to go")
        said.append(waiting)
    line = ", ".join(part for part in said if part)
    return line[:1].upper() + line[1:]


def _two_ends(left: QLabel, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left, 1)
    row.addWidget(right, 0, Qt.AlignmentFlag.AlignBaseline)
    return row
