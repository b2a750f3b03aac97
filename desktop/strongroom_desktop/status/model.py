"""The part of the status line that says which model answers, where it runs, and the memory."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.status import words
from strongroom_desktop.status.signs import MemoryBar
from strongroom_desktop.text import as_tooltip, isolated
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import heard, tr
from strongroom_engine.errors import ModelError
from strongroom_engine.protocol import (
    Answered,
    Failed,
    GetMemory,
    GetModels,
    Memory,
    Models,
    Ready,
)
from strongroom_engine.types import MemoryNow, ModelPlan, ModelsReport

MEMORY_MS = 4_000
"""How often memory is looked at, while the figures are seen."""


class ModelPart(QObject):
    """Its widgets stand in the line; `changed` when they say something else."""

    changed = Signal()

    def __init__(self, engine: Engine, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._models, self._memory = Latest(engine), Latest(engine)
        self._seen = False
        self.name = Button(theme, "", "status")
        self.name.setAccessibleName(tr("Which model answers"))
        self.name.hide()
        self.device = label("", "small", "text_3")
        self.bar = MemoryBar(theme)
        self.figures = label("", "small", "text_2")
        self._look = QTimer(self, interval=MEMORY_MS)
        self._look.timeout.connect(self._look_at_memory)
        engine.received.connect(self._on_event)
        if engine.ready is not None:
            self._on_ready(engine.ready.plan)

    @property
    def knows_memory(self) -> bool:
        return bool(self.device.text()) and bool(self.figures.text())

    def set_seen(self, seen: bool) -> None:
        """Whether the figures have room and are looked at: nothing is asked for otherwise."""
        if seen != self._seen:
            self._seen = seen
            self._look.start() if seen else self._look.stop()
            self._look_at_memory()

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._on_ready(event.plan)
            case Failed(id=0) if isinstance(event.error, ModelError):
                self._say_none(str(event.error))
            case Models(report=report) if report is not None:
                self._on_models(report)
            case Memory(memory=now) if self._memory.wants(event) and now is not None:
                self._on_memory(now)
            case Answered():
                self._look_at_memory()
            case _:
                pass

    def _on_ready(self, plan: ModelPlan | None) -> None:
        if plan is None:
            self._say(tr("Choosing a model"), "")
            return
        self._show_plan(plan)
        self._models.send(GetModels())

    def _on_models(self, report: ModelsReport) -> None:
        if report.plan is None:
            self._say_none(heard(report.problem))
            return
        self.device.setText(words.device(report.plan, report.hardware))
        self._show_plan(report.plan)
        self._look_at_memory()

    def _show_plan(self, plan: ModelPlan) -> None:
        if plan.file:
            self._say(plan.name, words.about_model(plan))
        else:
            self._say_none(heard(plan.why))

    def _say_none(self, why: str) -> None:
        self.device.setText("")
        self._say(tr("No answer model, search works"), why)

    def _say(self, text: str, tooltip: str) -> None:
        self.name.setText(text)
        self.name.setAccessibleDescription(text)
        self.name.setToolTip(as_tooltip(tooltip))
        self.changed.emit()

    def _look_at_memory(self) -> None:
        if self._seen and self._engine.ready is not None and not self._memory.open:
            self._memory.send(GetMemory(window=os.getpid()))

    def _on_memory(self, now: MemoryNow) -> None:
        if not now.total:
            return
        self.bar.set_shares(now.own / now.total, (now.total - now.free) / now.total)
        self.figures.setText(isolated(words.memory(now)))
        for widget in (self.bar, self.figures):
            widget.setToolTip(words.memory_in_full(now))
        self.changed.emit()
