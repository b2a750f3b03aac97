"""First run: one sheet, three numbered lines that tick themselves off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.first_run.sheet import Sheet, Step
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Bar, Button, Glyph, Paragraph, dress, label
from strongroom_engine.errors import ModelError
from strongroom_engine.protocol import Failed, Progress, Ready
from strongroom_engine.types import ModelPlan
from strongroom_engine.types import Progress as ProgressValue

ASK = "Ask or search your documents"


class Welcome(Sheet):
    """`choose_wanted` asks for a folder, `samples_wanted` for the documents that came along."""

    choose_wanted = Signal()
    samples_wanted = Signal()

    def __init__(
        self, engine: Engine, theme: Theme, *, samples: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._steps = [Step(theme, number) for number in (1, 2, 3)]
        self._documents = label("Drop a folder here", "ui_strong")
        self._formats = label(
            "PDF, Word, web pages, text. The files stay where they are.", "small", "text_2"
        )
        self._bar = Bar(theme, 6)
        self._model = label("A model is being chosen", "ui_strong")
        self._model_line = label(
            "What fits the memory of this computer.", "ui", "text_2", wrap=True
        )
        self.choose = Button(theme, "Choose folder…", "primary")
        self.samples = Button(theme, "Use the sample documents")
        self.samples.setVisible(samples)
        self._lay_out()
        self._steps[0].set_state("next")
        self.choose.clicked.connect(self.choose_wanted)
        self.samples.clicked.connect(self.samples_wanted)
        engine.received.connect(self._on_event)

    def text(self) -> str:
        """The lines as they stand, with the states of the steps; for tests."""
        states = " ".join(step.state for step in self._steps)
        lines = [states, self._documents.text(), self._model.text(), self._model_line.text()]
        return "\n".join(lines)

    def _lay_out(self) -> None:
        title = label("A reading desk for confidential papers", "display", wrap=True)
        self.column.addWidget(title)
        self.column.addSpacing(10)
        self.column.addWidget(
            Paragraph(
                self.theme,
                "Strongroom reads your documents on this computer, answers questions about them, "
                "and shows the page every statement rests on.",
            )
        )
        self.column.addSpacing(32)
        self._add_step(0, label("Bring in documents", "ui_strong"), self._make_drop_place())
        self._add_step(1, self._model, self._model_line)
        self._add_step(2, label("Ask", "ui_strong", "text_2"), self._make_ask())

    def _add_step(self, number: int, head: QWidget, body: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._steps[number], 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(head)
        column.addWidget(body)
        row.addLayout(column, 1)
        self.column.addLayout(row)
        self.column.addSpacing(24)

    def _make_drop_place(self) -> QWidget:
        place = QWidget()
        dress(place, surface="sheet")
        column = QVBoxLayout(place)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(4)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Glyph(self.theme, "folder-open", "text_2", "large"), 0, middle)
        column.addSpacing(4)
        column.addWidget(self._documents, 0, middle)
        column.addWidget(self._formats, 0, middle)
        column.addWidget(self._bar)
        self._bar.hide()
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.samples)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return place

    def _make_ask(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        field = QLineEdit()
        field.setPlaceholderText(ASK)
        field.setAccessibleName(ASK)
        field.setObjectName("first_ask")
        field.setEnabled(False)
        field.setAcceptDrops(False)
        column.addWidget(field)
        later = "Ready as soon as the first document is in, usually within seconds."
        column.addWidget(label(later, "small", "text_2", wrap=True))
        return body

    # --- what the engine says --------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Ready(plan=plan) if plan is not None:
                self._show_plan(plan)
            case Failed(id=0) if isinstance(event.error, ModelError):
                self._model.setText("Search works without a model")
                self._model_line.setText(str(event.error))
            case Progress() if event.progress is not None and not event.progress.model:
                self._show_progress(event.progress)
            case _:
                pass

    def _show_plan(self, plan: ModelPlan) -> None:
        if not plan.file:
            self._model.setText("Search works without a model")
            self._model_line.setText(plan.why)
            return
        self._steps[1].set_state("done")
        self._model.setText("A model is ready")
        self._model_line.setText(plan.why)

    def _show_progress(self, progress: ProgressValue) -> None:
        self._steps[0].set_state("done")
        self._steps[2].set_state("next")
        self._documents.setText(f"Reading {progress.done:,} of {progress.total:,} documents")
        self._formats.setText("More folders can be added at any time.")
        self._bar.show()
        self._bar.set_share(progress.done / max(progress.total, 1))
