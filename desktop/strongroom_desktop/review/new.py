"""A new review grid: its name, its documents, its questions; or other documents for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page
from strongroom_desktop.review.documents import DocumentPicker
from strongroom_desktop.review.sheets import Sheet, TextField
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import plural, tr
from strongroom_engine import protocol as wire
from strongroom_engine.types import Column, DocumentRecord

_QUESTIONS_PX = 132


class NewReview(Page):
    """`started` carries a `RunReview`; `left`: without one."""

    started = Signal(object)
    left = Signal()

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("New review grid"), parent)
        self._file = Latest(engine)
        self._titles: dict[str, str] = {}
        self._taken: frozenset[str] = frozenset()
        self.name = QLineEdit()
        self.picker = DocumentPicker(theme)
        self.questions = TextField(theme, _QUESTIONS_PX)
        self.notice = LinkLine(theme, "triangle-alert", "warn")
        self.go = Button(theme, tr("Start"), "primary")
        self._said = label("", "ui", "text_2")
        self._fill_body()
        self.name.textChanged.connect(self._look)
        self.picker.changed.connect(self._look)
        self.questions.textChanged.connect(self._look)
        self.go.clicked.connect(self._start)
        engine.received.connect(self._on_event)
        self._look()

    def _fill_body(self) -> None:
        self.name.setAccessibleName(tr("Name"))
        self.questions.setAccessibleName(tr("Questions"))
        self.questions.setPlaceholderText(
            tr("A question a line, as you would put it to one document.")
        )
        from_file = Button(self.theme, tr("From a file…"), "link")
        from_file.clicked.connect(self._choose_file)
        self._section(tr("Name"), self.name)
        self._section(tr("Documents"), self.picker)
        self._section(tr("Questions"), self.questions, from_file)
        self.body.addWidget(self.notice)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        cancel = Button(self.theme, tr("Cancel"))
        cancel.clicked.connect(self.left)
        foot.addWidget(self.go)
        foot.addWidget(cancel)
        foot.addWidget(self._said, 1)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def _section(self, name: str, field: QWidget, action: QWidget | None = None) -> None:
        row = QHBoxLayout()
        row.addWidget(label(name, "ui_strong"))
        row.addStretch(1)
        if action is not None:
            row.addWidget(action)
        self.body.addLayout(row)
        self.body.addSpacing(self.theme.space(1))
        self.body.addWidget(field)
        self.body.addSpacing(self.theme.space(4))

    # --- what is set -----------------------------------------------------------------------------

    def begin(self, documents: Sequence[str], taken: Iterable[str]) -> None:
        """An empty form; `documents` were chosen elsewhere, names that are `taken` cannot be."""
        self._taken = frozenset(taken)
        self._titles.clear()
        self.name.setText(self._free_name())
        self.questions.clear()
        self.notice.say("")
        self.picker.suggest(documents)
        self.picker.tick_only(documents)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def set_records(self, records: Mapping[str, DocumentRecord]) -> None:
        self.picker.set_records(records.values())

    def _free_name(self) -> str:
        names = (tr("Review {n}", n=n) for n in range(1, len(self._taken) + 2))
        return next(name for name in names if name not in self._taken)

    # --- what is asked ---------------------------------------------------------------------------

    def columns(self) -> tuple[Column, ...]:
        """The questions, none twice, with the names that a file gave them."""
        lines = (" ".join(line.split()) for line in self.questions.toPlainText().splitlines())
        asked = dict.fromkeys(line for line in lines if line)
        return tuple(Column(each, self._titles.get(each, "")) for each in asked)

    def _look(self) -> None:
        name = self.name.text().strip()
        documents, columns = len(self.picker.chosen()), len(self.columns())
        taken = name in self._taken
        self.go.setEnabled(bool(name and documents and columns) and not taken)
        self._said.setText(
            tr("There is a review grid of this name already.")
            if taken
            else _product(documents, columns)
        )

    def _start(self) -> None:
        self.started.emit(
            wire.RunReview(
                name=" ".join(self.name.text().split()),
                columns=self.columns(),
                documents=self.picker.chosen(),
            )
        )

    # --- questions from a file -------------------------------------------------------------------

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), tr("Questions from a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Questions (*.csv *.tsv *.txt)"), tr("All files (*)")])
        dialog.fileSelected.connect(self.read_questions)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_questions(self, file: str) -> None:
        """Add the questions of a file; the engine reads it."""
        self.notice.say("")
        self._file.send(wire.ReadQuestions(file=file))

    def _on_event(self, event: wire.Message) -> None:
        if not self._file.wants(event):
            return
        match event:
            case wire.Questions():
                self._titles |= {each.question: each.name for each in event.columns if each.name}
                there = self.questions.toPlainText().strip()
                lines = [there] if there else []
                self.questions.setPlainText(
                    "\n".join([*lines, *(each.question for each in event.columns)])
                )
            case wire.Failed():
                self.notice.say(str(event.error))
            case _:
                pass


def _product(documents: int, questions: int) -> str:
    """'8 documents, 4 questions: 32 cells'."""
    if not documents or not questions:
        return tr("Choose documents, then write a question.")
    return tr(
        "{documents}, {questions}: {cells}",
        documents=plural(documents, "{n} document", "{n} documents"),
        questions=plural(questions, "{n} question", "{n} questions"),
        cells=plural(documents * questions, "{n} cell", "{n} cells"),
    )


def choose_documents(
    parent: QWidget, theme: Theme, records: Mapping[str, DocumentRecord], had: Sequence[str]
) -> tuple[Sheet, DocumentPicker]:
    """A sheet with the documents of a grid ticked. Those that cannot be read now stay in it."""
    sheet = Sheet(parent, theme, tr("Documents of this review grid"), tr("Save"))
    picker = DocumentPicker(theme)
    picker.set_records(records.values())
    picker.tick_only(had)
    picker.changed.connect(lambda: sheet.go.setEnabled(bool(picker.chosen())))
    sheet.fields.addWidget(picker)
    sheet.open()
    return sheet, picker
