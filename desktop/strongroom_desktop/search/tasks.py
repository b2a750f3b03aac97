"""What can be done with a question besides answering it, and the button that chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from strongroom_desktop.files import file_name
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import with_keys
from strongroom_desktop.widgets import Button
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import Task


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """A task as it is offered. `about` says what it does in a few words."""

    task: Task
    name: str
    icon: str
    about: str


def task_choices() -> tuple[TaskChoice, ...]:
    """All tasks, the usual one first."""
    return (
        TaskChoice("answer", tr("Answer"), "message-square", tr("An answer with its sources")),
        TaskChoice("quotes", tr("Quotes only"), "quote", tr("Sentences of the documents alone")),
        TaskChoice("summary", tr("Summary"), "rows-3", tr("Of whole documents")),
        TaskChoice("compare", tr("Compare"), "git-compare", tr("Two documents, word for word")),
        TaskChoice("table", tr("Table"), "table-2", tr("What is asked for, in columns")),
        TaskChoice("timeline", tr("Timeline"), "calendar-clock", tr("Events in their order")),
        TaskChoice("explain", tr("Explain"), "book-open", tr("A term or passage, in plain words")),
        TaskChoice("draft", tr("Draft"), "pen-line", tr("A letter or note that cites")),
        TaskChoice(
            "structured", tr("Structured fields"), "braces", tr("Values under names, as JSON")
        ),
    )


def choice_of(task: str) -> TaskChoice:
    """A task by its key; KeyError for one that is not offered."""
    return {each.task: each for each in task_choices()}[task]  # type: ignore[index]


_WHOLE: frozenset[str] = frozenset({"summary", "compare", "timeline"})
"""Tasks that are about documents as they are: nothing needs to be asked about those chosen."""


def wanting(task: str, documents: int, schema: str = "") -> str:
    """What a task still needs, as a sentence for the user; '' where it can be asked."""
    if task == "compare" and documents > 2:
        return tr("Two documents can be compared. Take the others away.")
    if task == "compare" and documents < 2:
        return tr("Choose or name two documents.")
    if task == "summary" and not documents:
        return tr("Choose or name a document.")
    if task == "structured" and not schema.strip():
        return tr("Name the fields.")
    return ""


def can_be_asked(task: str, documents: int, question: str, schema: str) -> bool:
    """Whether Enter will ask: there are words, or documents that the task alone is about."""
    if task == "structured" and not schema.strip():
        return False
    if task == "compare" and documents > 2:
        return False
    whole = task in _WHOLE and documents > 0 and not wanting(task, documents)
    return bool(question.strip()) or whole


def question_for(task: str, documents: Sequence[str]) -> str:
    """What is asked where only documents were chosen: 'Summary: Lease.pdf'."""
    names = [file_name(path) for path in documents[:2]]
    if more := len(documents) - len(names):
        names.append(plural(more, "{n} more", "{n} more"))
    return tr("{task}: {documents}", task=choice_of(task).name, documents=", ".join(names))


class TaskButton(Button):
    """`chosen` carries the key of a task."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "icon", icon="sliders-horizontal", parent=parent)
        self.task = "answer"
        self.clicked.connect(self.open_menu)
        self.set_task("answer")

    def set_task(self, task: str) -> None:
        self.task = task
        name = choice_of(task).name
        self.setAccessibleName(tr("Task: {name}", name=name))
        self.setToolTip(with_keys(tr("Task: {name}", name=name), "Ctrl+T"))

    def open_menu(self) -> QMenu:
        """The tasks, the one of now ticked, beneath the button."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for choice in task_choices():
            action = QAction(f"{choice.name}\t{choice.about}", menu)
            action.setCheckable(True)
            action.setChecked(choice.task == self.task)
            action.triggered.connect(lambda _on, task=choice.task: self.chosen.emit(task))
            group.addAction(action)
            menu.addAction(action)
            if choice.task == self.task:
                menu.setActiveAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        spare = 0 if self.isRightToLeft() else self.width() - menu.sizeHint().width()
        menu.popup(self.mapToGlobal(QPoint(min(spare, 0), self.height() + 4)))
        return menu
