"""The row under the ask field: the task and the documents that the next question is about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.files import file_name
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.tasks import choice_of, wanting
from strongroom_desktop.selection import Selection
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import Button, ElidedLabel
from strongroom_desktop.wording import plural, tr

GAP_PX = 6
"""Between the field and the row, and between its lines."""
_TOLD = 12
"""Names of documents in a tooltip."""


class AboutRow(QWidget):
    """Hidden while the question is a question about whatever is in scope. `task_left`: an answer is
    wanted after all; `entered`: Enter in the line of the fields; `changed`: its height or what is
    written in it is another one."""

    task_left = Signal()
    entered = Signal()
    changed = Signal()

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._selection = selection
        self._task = "answer"
        self.task = RemovableChip(theme)
        self.task.removed.connect(self.task_left)
        self.documents = RemovableChip(theme)
        self.documents.removed.connect(lambda: selection.set_documents(()))
        self.hint = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        self.schema = FieldsLine()
        self.schema.returnPressed.connect(self.entered)
        self.schema.textChanged.connect(lambda _text: self._say())
        self._arrange()
        selection.documents_changed.connect(self._say)
        theme.changed.connect(self._say)
        self._say()

    def _arrange(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.task)
        chips.addWidget(self.documents)
        chips.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.schema)
        column.addLayout(chips)

    @property
    def fields(self) -> str:
        """The fields or the schema, where the task has any."""
        return self.schema.text().strip() if self._task == "structured" else ""

    def set_task(self, task: str) -> None:
        self._task = task
        self._say()
        if task == "structured":
            self.schema.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted_height(self) -> int:
        """With the gap above it; 0 while it is hidden."""
        if self.isHidden():
            return 0
        row = self._theme.px(26)
        fields = self._theme.px(30) + GAP_PX if self._task == "structured" else 0
        return GAP_PX + row + fields

    def _say(self) -> None:
        documents = self._selection.documents
        choice = choice_of(self._task)
        special = self._task != "answer"
        self.task.say(choice.name, tr("Answer instead"))
        self.task.setVisible(special)
        about = plural(len(documents), "About {n} document", "About {n} documents")
        if len(documents) == 1:
            about = tr("About {name}", name=file_name(documents[0]))
        self.documents.say(about, tr("About everything that is searched"))
        self.documents.setVisible(bool(documents))
        names = [file_name(path) for path in documents[:_TOLD]]
        more = [plural(len(documents) - _TOLD, "{n} more", "{n} more")][: len(documents) > _TOLD]
        self.documents.setToolTip(as_tooltip("\n".join([*names, *more])))
        self.schema.setVisible(self._task == "structured")
        self.hint.set_text(wanting(self._task, len(documents), self.fields))
        self.setVisible(special or bool(documents))
        self.changed.emit()


class FieldsLine(QLineEdit):
    """Where the wanted fields are named, or a JSON Schema is pasted, however many lines it has."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("author, year, amount, or a JSON Schema"))
        self.setAccessibleName(tr("Fields"))


class RemovableChip(Button):
    """Words and a cross. `removed` on a click, and on Delete while the keyboard is on it."""

    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "removable", icon="x")
        self.setLayoutDirection(_mirrored(self.layoutDirection()))  # the cross stands at the end
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.removed)
        self._words = ""

    def say(self, words: str, instead: str) -> None:
        """What it holds, and what comes of taking it away."""
        self._words = words
        metrics = self.fontMetrics()
        room = self._theme.px(230)
        self.setText(
            metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room).replace("&", "&&")
        )
        self.setAccessibleName(tr("{what}, take away", what=words))
        self.setToolTip(as_tooltip(instead))

    @property
    def words(self) -> str:
        return self._words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def _mirrored(direction: Qt.LayoutDirection) -> Qt.LayoutDirection:
    left = Qt.LayoutDirection.LeftToRight
    return Qt.LayoutDirection.RightToLeft if direction == left else left
