"""The page of models: what answers and why, what would change, all there are, how to bring one in."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from strongroom_desktop.client import Engine, needs_words
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.latest import Latest
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.models.bring_in import BringIn
from strongroom_desktop.models.changes import Changes
from strongroom_desktop.models.choice import Choice
from strongroom_desktop.models.meaning import Meaning
from strongroom_desktop.models.table import Table
from strongroom_desktop.page import Page
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import (
    Changed,
    ChangeSettings,
    ChooseEmbedding,
    Done,
    Embedding,
    Failed,
    GetEmbedding,
    GetModels,
    MeasureModels,
    Ready,
    RemoveModel,
    SettingsTold,
    UseModel,
)
from strongroom_engine.protocol import Models as ModelsTold
from strongroom_engine.types import EmbeddingChoice, KnownModel, ModelsReport

AGE_MS = 20_000
EMBEDDING_MS = 1_500
_BETWEEN = 28


class Models(Page):
    """`brought_in` says in a sentence that a model file is here now; `import_file` takes a path
    from anywhere in the window."""

    brought_in = Signal(str)

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Models"), parent)
        self._engine = engine
        self._models = Latest(engine)
        self._embedding = Latest(engine)
        self._changing: set[int] = set()
        self._report: ModelsReport | None = None
        self.measure = Button(theme, tr("Measure again"), icon="refresh-cw")
        self.trouble = LinkLine(theme, "triangle-alert", "warn", most_lines=3)
        self._heading = label("", "ui_strong")
        self.choice = Choice(theme)
        self.changes = Changes(theme)
        self.table = Table(theme)
        self.bring_in = BringIn(engine, theme)
        self.meaning = Meaning(theme)
        self._age = QTimer(self, interval=AGE_MS)
        self._embedding_soon = QTimer(self, singleShot=True, interval=EMBEDDING_MS)
        self._arrange()
        self._connect()
        if engine.ready is not None:
            self._ask()

    def _arrange(self) -> None:
        self.measure.setToolTip(
            tr("Look at the memory that is free now, with the model out of memory.")
        )
        self.head_row.addWidget(self.measure)
        for widget, space in (
            (self.trouble, 16),
            (self._heading, 8),
            (self.choice, _BETWEEN),
            (self.changes, _BETWEEN),
            (self.table, 16),
            (self.bring_in, _BETWEEN),
            (self.meaning, 0),
        ):
            self.body.addWidget(widget)
            if widget is not self.trouble:
                self.body.addSpacing(space)
        self.body.addStretch(1)
        for widget in (self._heading, self.choice, self.changes, self.table):
            widget.hide()

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self.measure.clicked.connect(self._measure)
        self.choice.automatic_wanted.connect(lambda: self._change(UseModel()))
        self.changes.longer_wanted.connect(
            lambda tokens: self._change(ChangeSettings(values={"context_tokens": tokens}))
        )
        self.changes.larger_wanted.connect(self._on_larger)
        self.table.used.connect(lambda model: self._change(UseModel(name=model.file)))
        self.table.removed.connect(self._confirm_removal)
        self.table.copied.connect(
            lambda: self.brought_in.emit(tr("Name and fingerprint are on the clipboard."))
        )
        self.bring_in.brought.connect(self._show)
        self.meaning.chosen.connect(self._confirm_embedding)
        self._age.timeout.connect(self._show_age)
        self._embedding_soon.timeout.connect(lambda: self._embedding.send(GetEmbedding()))

    # --- what can be done ------------------------------------------------------------------------

    def import_file(self, path: str) -> None:
        """Bring a model file in; the drop place says how far that is."""
        self.bring_in.import_file(path)

    def _ask(self) -> None:
        self._models.send(GetModels())
        self._embedding.send(GetEmbedding())

    def _measure(self) -> None:
        self.measure.setEnabled(False)
        self._change(MeasureModels())

    def _change(self, message: UseModel | MeasureModels | RemoveModel | ChangeSettings) -> None:
        self.trouble.say("")
        self._changing.add(self._engine.send(message))

    def _on_larger(self, file: str) -> None:
        model = words.model_of(self._report, file) if self._report else None
        if model is not None and model.here:
            self._change(UseModel(name=file))
        else:
            self.table.unfold(file)

    def _confirm_removal(self, model: KnownModel) -> None:
        text = tr(
            "The file {file} ({size}) is deleted from this computer. It can be brought in again.",
            file=model.file,
            size=words.gigabytes(model.size),
        )
        confirm(
            self,
            self.theme,
            tr("Remove {name}?", name=model.name),
            text,
            action=tr("Remove"),
            then=lambda: self._change(RemoveModel(file=model.file)),
        )

    def _confirm_embedding(self, choice: EmbeddingChoice) -> None:
        text = tr(
            "Every passage is embedded anew, which takes about as long as the first time. The old "
            "model answers meanwhile, and choosing it again ends this."
        )
        confirm(
            self,
            self.theme,
            tr("Search by meaning with {name}?", name=choice.name),
            text,
            action=tr("Embed anew"),
            then=lambda: self._choose(choice),
        )

    def _choose(self, choice: EmbeddingChoice) -> None:
        self.trouble.say("")
        self._changing.add(self._engine.send(ChooseEmbedding(name=choice.name)))

    # --- what the engine says --------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._ask()
            case ModelsTold(report=report) if report is not None and self._is_ours(event.id):
                self._changing.discard(event.id)
                self._show(report)
            case SettingsTold() if event.id in self._changing:
                self._changing.discard(event.id)
                self._models.send(GetModels())
            case Embedding(status=status) if self._embedding.wants(event) and status is not None:
                self.meaning.show_status(status)
                if status.next_model and self.isVisible():
                    self._embedding_soon.start()
            case Done() if event.id in self._changing:
                self._changing.discard(event.id)
                self._embedding.send(GetEmbedding())
            case Changed() if self.isVisible() and not self._embedding_soon.isActive():
                self._embedding_soon.start()
            case Failed() if event.id in self._changing:
                self._fail(event)
            case _:
                pass

    def _is_ours(self, number: int) -> bool:
        return number == self._models.wanted or number in self._changing

    def _fail(self, event: Failed) -> None:
        self._changing.discard(event.id)
        self.measure.setEnabled(True)
        if needs_words(event):
            self.trouble.say(str(event.error))

    # --- showing ---------------------------------------------------------------------------------

    def _show(self, report: ModelsReport) -> None:
        self._report = report
        self.measure.setEnabled(True)
        chosen = tr("Chosen by you") if report.chosen else tr("Chosen for this computer")
        self._heading.setText(chosen)
        self.choice.show_report(report)
        self.changes.show_report(report)
        self.table.show_models(report.models)
        self.meaning.show_reranker(report.reranker)
        for widget in (self._heading, self.choice, self.changes, self.table):
            widget.show()
        self._show_age()

    def _show_age(self) -> None:
        if self._report is not None:
            self.subtitle.set_text(words.since(time.time() - self._report.measured))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._age.start()
        if self._engine.ready is not None:
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._age.stop()
