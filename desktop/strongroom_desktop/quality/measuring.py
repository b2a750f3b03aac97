"""Measuring now: with answers or without, how far it is, and stopping it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from strongroom_desktop.client import Engine, needs_words
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Bar, Button, label
from strongroom_desktop.wording import number, tr
from strongroom_engine.protocol import Failed, QualityMeasured, RunQuality, Working

_BAR_PX = (160, 4)


class Measuring(QWidget):
    """`measured` carries the `QualityRun`, `failed` a sentence."""

    measured = Signal(object)
    failed = Signal(str)

    def __init__(self, engine: Engine, theme: Theme) -> None:
        super().__init__()
        self._engine = engine
        self._request = 0
        self.measure_button = Button(theme, tr("Measure now"), "primary")
        self.answers = QCheckBox()
        self.answers.setToolTip(
            tr("Every question is answered, too. Searching alone takes moments.")
        )
        self._bar = Bar(theme, _BAR_PX[1])
        self._bar.setFixedWidth(_BAR_PX[0])
        self._said = label("", "ui", "text_2")
        self.cancel_button = Button(theme, tr("Cancel"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(3))
        for widget in (
            self.measure_button,
            self.answers,
            self._bar,
            self._said,
            self.cancel_button,
        ):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.measure_button.clicked.connect(self.measure)
        self.cancel_button.clicked.connect(lambda: engine.cancel(self._request))
        engine.received.connect(self._on_event)
        self._show(busy=False)

    @property
    def busy(self) -> bool:
        return self._request != 0

    def offer(self, words: str) -> None:
        """What the check box says: answers take time."""
        self.answers.setText(words)

    def measure(self) -> None:
        if not self.busy:
            self._request = self._engine.send(RunQuality(answers=self.answers.isChecked()))
            self._said.setText(tr("Begins"))
            self._bar.set_share(0)
            self._show(busy=True)

    def _on_event(self, event: object) -> None:
        match event:
            case Working(progress=progress) if event.id == self._request and progress is not None:
                self._bar.set_share(progress.done / max(progress.total, 1))
                done, total = number(progress.done), number(progress.total)
                self._said.setText(tr("{done} of {total} steps", done=done, total=total))
            case QualityMeasured(run=run) if event.id == self._request and run is not None:
                self._end()
                self.measured.emit(run)
            case Failed() if event.id == self._request and self.busy:
                self._end()
                if needs_words(event):
                    self.failed.emit(str(event.error))
            case _:
                pass

    def _end(self) -> None:
        self._request = 0
        self._show(busy=False)

    def _show(self, *, busy: bool) -> None:
        at_rest: tuple[QWidget, ...] = (self.measure_button, self.answers)
        at_work: tuple[QWidget, ...] = (self._bar, self._said, self.cancel_button)
        for widget in at_rest + at_work:
            widget.setVisible(busy is (widget in at_work))
