"""The status line: engine, model and memory, index, and that nothing leaves this computer."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from strongroom_desktop import figures as words
from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.selection import Selection
from strongroom_desktop.status.signs import MEMORY_BAR_PX, Dot, MemoryBar
from strongroom_desktop.text import as_tooltip, isolated
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Bar, Button, dress, label, rule, set_margins
from strongroom_engine.errors import ModelError
from strongroom_engine.protocol import (
    Answered,
    Changed,
    DoctorReport,
    Failed,
    GetDoctor,
    GetStatus,
    Hello,
    Progress,
    Ready,
    Stage,
    Status,
)
from strongroom_engine.types import Doctor, ModelPlan

DEVICE_HIDES_BELOW_PX = 1000
REFRESH_MS = 700
_GAP, _EDGES = 10, 30
PRIVACY = "Nothing leaves this computer"
ENFORCED = (
    "Strongroom has no network code: no account, no telemetry, no updates by itself. Its index is "
    "encrypted on this disk, and its engine speaks to this window only."
)


class StatusLine(QWidget):
    """`index_chosen`: the user wants to see how the index stands."""

    index_chosen = Signal()
    privacy_chosen = Signal()

    def __init__(
        self, engine: Engine, _selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._theme = theme
        self._status = Latest(engine)
        self._doctor = Latest(engine)
        self._answering = 0
        self._indexing = False
        self._index_said = ""
        self._dot = Dot(theme)
        self._state = label("Starting", "small", "text_2")
        self._model = label("", "small", "text_2")
        self._device = label("", "small", "text_3")
        self._memory = MemoryBar(theme)
        self._figures = label("", "small", "text_2")
        self._bar = Bar(theme, MEMORY_BAR_PX[1])
        self._index = Button(theme, "", "status")
        self._privacy = Button(theme, PRIVACY, "privacy", icon="lock", role="accent")
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._lay_out()
        self._connect()
        if engine.ready is not None:
            self._on_ready(engine.ready.plan)

    # --- layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("status")
        dress(self, surface="chrome")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(rule())
        row = QHBoxLayout()
        set_margins(row, 18, 0, _EDGES - 18, 0)
        row.setSpacing(_GAP)
        self._first, self._second = _short_rule(), _short_rule()
        leading = (self._dot, self._state, self._first, self._model, self._device, self._memory)
        self._parts: tuple[QWidget, ...] = (
            *leading, self._figures, self._second, self._bar, self._index, self._privacy
        )  # fmt: skip
        for widget in self._parts[:-1]:
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._privacy)
        outer.addLayout(row)
        self._bar.setFixedWidth(MEMORY_BAR_PX[0])
        self._bar.hide()
        self._first.hide()
        self._second.hide()
        self._index.setAccessibleName("How the index stands")
        self._privacy.setToolTip(ENFORCED)
        self._privacy.setIconSize(self._privacy.iconSize())
        self._size()

    def _size(self) -> None:
        self.setFixedHeight(self._theme.control("status"))
        self._show_what_fits()

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._engine.died.connect(self._on_death)
        self._refresh.timeout.connect(lambda: self._status.send(GetStatus()))
        self._theme.changed.connect(self._size)
        self._index.clicked.connect(self.index_chosen)
        self._privacy.clicked.connect(self.privacy_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        """Device and memory go first, then the model, then the end of how the index stands: the
        privacy is never cut."""
        self._index.setText(isolated(self._index_said))
        wide = self.width() >= self._theme.px(DEVICE_HIDES_BELOW_PX)
        known = bool(self._device.text())
        for widget in (self._device, self._memory, self._figures):
            widget.setVisible(wide and known)
        shown = [each for each in self._parts if not each.isHidden() and each is not self._model]
        wanted = sum(_width(each) + _GAP for each in (*shown, self._model))
        fits = wanted + _EDGES <= self.width()
        self._model.setVisible(fits)
        self._first.setVisible(fits and bool(self._model.text()))
        self._shorten(sum(_width(each) + _GAP for each in shown) + _EDGES - self.width())

    def _shorten(self, over: int) -> None:
        """Take so many pixels from the words about the index; the tooltip has them all."""
        if over > 0:
            metrics = self._index.fontMetrics()
            room = max(metrics.horizontalAdvance(self._index_said) - over, 0)
            end = Qt.TextElideMode.ElideRight
            self._index.setText(isolated(metrics.elidedText(self._index_said, end, room)))
        self._index.setToolTip(as_tooltip(self._index_said) if over > 0 else "")

    # --- what it says ----------------------------------------------------------------------------

    def state(self) -> str:
        """The word beside the dot."""
        return self._state.text()

    def index_text(self) -> str:
        return self._index_said

    def model_text(self) -> str:
        return self._model.text()

    def _on_event(self, event: object) -> None:
        match event:
            case Hello(locked=locked):
                self._say("Locked" if locked else "Opening", "warn_line" if locked else "accent")
            case Ready():
                self._on_ready(event.plan)
            case Stage():
                self._answering = event.id
                self._settle()
            case Answered() | Failed() if event.id == self._answering:
                self._answering = 0
                self._settle()
            case Failed(id=0) if isinstance(event.error, ModelError):
                self._say_no_model(str(event.error))
            case Progress():
                self._on_progress(event)
            case Changed() if not self._refresh.isActive():
                self._refresh.start(REFRESH_MS)
            case Status() if self._status.wants(event) and not self._indexing:
                self._say_index(words.at_rest(event.status))
            case DoctorReport() if self._doctor.wants(event) and event.doctor is not None:
                self._on_doctor(event.doctor)
            case _:
                pass

    def _on_ready(self, plan: ModelPlan | None) -> None:
        self._settle()
        self._status.send(GetStatus())
        self._first.show()
        self._second.show()
        if plan is None:
            self._model.setText("Choosing a model")
            return
        self._doctor.send(GetDoctor())
        if not plan.file:
            self._say_no_model(plan.why)
            return
        self._model.setText(plan.name)
        about = f"{plan.why}\n{plan.quantization}, {plan.context:,} tokens of context"
        self._model.setToolTip(as_tooltip(about))

    def _say_no_model(self, why: str) -> None:
        self._model.setText("No answer model, search works")
        self._model.setToolTip(as_tooltip(why))

    def _on_doctor(self, doctor: Doctor) -> None:
        needed, plan = doctor.plan.memory_needed, doctor.plan
        on_card = [
            gpu for gpu in doctor.hardware.gpus if plan.gpu_layers and gpu.name in plan.device
        ]
        place = on_card[0] if on_card else doctor.hardware
        if not plan.file or not place.memory_total:
            return
        used = place.memory_total - place.memory_free
        self._device.setText("Processor" if plan.device == "CPU" else plan.device)
        self._memory.set_shares(needed / place.memory_total, used / place.memory_total)
        unit = f"{words.gigabytes(needed)} of {words.gigabytes(place.memory_total)} GB"
        self._figures.setText(isolated(unit))
        self._figures.setToolTip("What the answer model needs, of the memory there is.")
        self._show_what_fits()

    def _on_progress(self, event: Progress) -> None:
        was = self._indexing
        self._indexing = event.progress is not None
        self._bar.setVisible(self._indexing)
        if event.progress is not None:
            self._bar.set_share(event.progress.done / max(event.progress.total, 1))
            self._say_index(words.progress(event.progress))
        elif was:
            self._status.send(GetStatus())
        self._settle()

    def _on_death(self) -> None:
        self._answering = 0
        self._indexing = False
        self._bar.hide()
        self._say("Restarting", "warn_line")

    def _settle(self) -> None:
        if self._engine.ready is None:
            return
        word = "Answering" if self._answering else "Indexing" if self._indexing else "Ready"
        self._say(word, "accent")

    def _say_index(self, text: str) -> None:
        self._index_said = text
        self._index.setAccessibleDescription(text)
        self._show_what_fits()

    def _say(self, word: str, role: str) -> None:
        self._state.setText(word)
        self._dot.set_role(role)


def _width(widget: QWidget) -> int:
    """What a widget wants; painted ones have a fixed width and no hint."""
    return max(widget.sizeHint().width(), widget.minimumWidth())


def _short_rule() -> QLabel:
    line = QLabel()
    dress(line, surface="rule")
    line.setFixedSize(1, 14)
    return line
