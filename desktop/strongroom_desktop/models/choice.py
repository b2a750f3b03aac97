"""The model that answers: its name, why it was chosen, and the memory it takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.models.memory import SharedMemory
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import (
    Button,
    ElidedLabel,
    Paragraph,
    dress,
    label,
    set_margins,
)
from strongroom_desktop.wording import tr
from strongroom_engine.types import DeviceMemory, ModelsReport

_EDGE_PX = 20


class Choice(QWidget):
    """`automatic_wanted`: Strongroom shall choose again."""

    automatic_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[DeviceMemory, ...] = ()
        self._name = ElidedLabel("", "title")
        self._about = label("", "ui", "text_2")
        self._why = Paragraph(theme, "", "ui", "text_2")
        self.automatic = Button(theme, tr("Let Strongroom choose"))
        self.automatic.clicked.connect(self.automatic_wanted)
        self._bars = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        self.setObjectName("modelChoice")
        dress(self, surface="card")
        column = QVBoxLayout(self)
        set_margins(column, _EDGE_PX, 16, _EDGE_PX, 18)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._name)
        head.addWidget(self._about)
        head.addStretch(1)
        head.addWidget(self.automatic)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self._why)
        column.addSpacing(16)
        self._bars.setSpacing(16)
        column.addLayout(self._bars)

    def show_report(self, report: ModelsReport) -> None:
        used = next((model for model in report.models if model.in_use), None)
        self._name.set_text(used.name if used else tr("No model answers"))
        self._about.setText(words.about(used) if used else "")
        tip = as_tooltip(words.technical(used)) if used else ""
        self._about.setToolTip(tip)
        self._name.setToolTip(tip)
        self._why.set_text(words.explained(report))
        self.automatic.setVisible(bool(report.chosen))
        if report.devices != self._shown:
            self._show_bars(report.devices)

    def _show_bars(self, devices: tuple[DeviceMemory, ...]) -> None:
        self._shown = devices
        while (item := self._bars.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for device in devices:
            self._bars.addWidget(SharedMemory(self._theme, device))

    def text(self) -> str:
        """What it says; for tests."""
        return f"{self._name.full_text()}. {self._why.plain_text()}"
