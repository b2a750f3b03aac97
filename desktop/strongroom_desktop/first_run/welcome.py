"""First run: one sheet, three numbered lines that tick themselves off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop import figures
from strongroom_desktop.client import Engine
from strongroom_desktop.first_run.sheet import Sheet, Step
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import (
    Bar,
    Button,
    Glyph,
    Paragraph,
    dress,
    label,
    set_margins,
)
from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.errors import ModelError
from strongroom_engine.protocol import Failed, Progress, Ready
from strongroom_engine.types import ModelPlan
from strongroom_engine.types import Progress as ProgressValue


class Welcome(Sheet):
    """`choose_wanted` asks for a folder, `samples_wanted` for the documents that came along,
    `models_wanted` for the page of models, `model_wanted` for a GGUF file to be brought in."""

    choose_wanted = Signal()
    samples_wanted = Signal()
    models_wanted = Signal()
    model_wanted = Signal()

    def __init__(
        self, engine: Engine, theme: Theme, *, samples: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._steps = [Step(theme, number) for number in (1, 2, 3)]
        self._documents = label(tr("Drop a folder here"), "ui_strong")
        self._formats = label(
            tr("PDF, Word, mail, web pages, text. The files stay where they are."),
            "small",
            "text_2",
            wrap=True,
        )
        self._bar = Bar(theme, 6)
        self._model = label(tr("A model is being chosen"), "ui_strong")
        self._model_line = label(
            tr("What fits the memory of this computer."), "ui", "text_2", wrap=True
        )
        self.choose = Button(theme, tr("Choose folder…"), "primary")
        self.samples = Button(theme, tr("Use the sample documents"))
        self.samples.setVisible(samples)
        self.models = Button(theme, tr("See what else fits"), "link")
        self.bring_in = Button(theme, tr("Choose a GGUF file…"))
        self._ask = label(tr("Ask"), "ui_strong", "text_2")
        self._lay_out()
        self._steps[0].set_state("next")
        for button, wanted in (
            (self.choose, self.choose_wanted),
            (self.samples, self.samples_wanted),
            (self.models, self.models_wanted),
            (self.bring_in, self.model_wanted),
        ):
            button.clicked.connect(wanted)
        self.bring_in.hide()
        self.models.hide()
        engine.received.connect(self._on_event)
        if engine.ready is not None and engine.ready.plan is not None:
            self._show_plan(engine.ready.plan)

    def text(self) -> str:
        """The lines as they stand, with the states of the steps; for tests."""
        states = " ".join(step.state for step in self._steps)
        lines = [states, self._documents.text(), self._model.text(), self._model_line.text()]
        return "\n".join(lines)

    def _lay_out(self) -> None:
        title = label(tr("A reading desk for confidential papers"), "display", wrap=True)
        self.column.addWidget(title)
        self.column.addSpacing(8)
        about = tr(
            "Strongroom reads your documents on this computer, answers questions about them, "
            "and shows the page every statement rests on."
        )
        self.column.addWidget(Paragraph(self.theme, about))
        self.column.addSpacing(32)
        self._add_step(0, label(tr("Bring in documents"), "ui_strong"), self._make_drop_place())
        self._add_step(1, self._model, self._make_model())
        self._add_step(2, self._ask, self._make_ask())

    def _make_model(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._model_line)
        column.addWidget(self.models, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.bring_in, 0, Qt.AlignmentFlag.AlignLeading)
        return body

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
        column.addWidget(self._formats)
        self._formats.setAlignment(middle)
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
        column.addWidget(self._make_field())
        later = tr("Ready as soon as the first document is in, usually within seconds.")
        column.addWidget(label(later, "small", "text_2", wrap=True))
        return body

    def _make_field(self) -> QWidget:
        """What the ask field of the desk looks like, for later."""
        field = QWidget()
        field.setObjectName("firstAsk")
        field.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        field.setFixedHeight(self.theme.control("ask"))
        row = QHBoxLayout(field)
        set_margins(row, 13, 0, 13, 0)
        row.setSpacing(10)
        row.addWidget(Glyph(self.theme, "search", "text_2"))
        row.addWidget(label(tr("Ask or search your documents"), "ui", "text_3"), 1)
        row.addWidget(Glyph(self.theme, "library", "text_2"))
        row.addWidget(label(tr("All collections"), "ui", "text_2"))
        row.addSpacing(8)
        row.addWidget(Glyph(self.theme, "corner-down-left", "text_3"))
        return field

    # --- what the engine says --------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Ready(plan=plan) if plan is not None:
                self._show_plan(plan)
            case Failed(id=0) if isinstance(event.error, ModelError):
                self._show_none(str(event.error))
            case Progress() if event.progress is not None and not event.progress.model:
                self._show_progress(event.progress)
            case _:
                pass

    def _show_plan(self, plan: ModelPlan) -> None:
        if not plan.file:
            self._show_none(heard(plan.why))
            return
        self._steps[1].set_state("done")
        self._model.setText(tr("A model is ready"))
        self._model_line.setText(heard(plan.why))
        self.models.show()
        self.bring_in.hide()

    def _show_none(self, why: str) -> None:
        """What works without a model, and how one is brought in."""
        self._steps[1].set_state("later")
        self._model.setText(tr("Search works without a model"))
        without = tr("Passages are found and quoted. A GGUF file can be dropped anywhere here.")
        self._model_line.setText(f"{why} {without}")
        self.bring_in.show()
        self.models.hide()

    def _show_progress(self, progress: ProgressValue) -> None:
        self._steps[0].set_state("done")
        self._steps[2].set_state("next")
        dress(self._ask, tone="text")
        reading = plural(
            progress.total,
            "Reading {done} of {n} document",
            "Reading {done} of {n} documents",
            done=number(progress.done),
        )
        self._documents.setText(reading)
        self._formats.setText(tr("More folders can be added at any time."))
        self._bar.show()
        self._bar.set_share(figures.share_done(progress))
