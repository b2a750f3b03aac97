"""Small sheets of the grid that take a text: a question, a name, a person's own answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, dress, label
from strongroom_desktop.wording import tr
from strongroom_engine.types import Column

_WIDTH_PX = 480
_TEXT_PX = 84


class Sheet(QDialog):
    """A title, fields one below the other, and two buttons. It does not block."""

    def __init__(self, parent: QWidget, theme: Theme, title: str, action: str) -> None:
        super().__init__(parent.window())
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Strongroom")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme.px(_WIDTH_PX))
        self.fields = QVBoxLayout()
        self.fields.setSpacing(theme.space(2))
        self.fields.addWidget(label(title, "question", wrap=True))
        cancel = Button(theme, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go = Button(theme, action, "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        edge = theme.space(5)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.addLayout(self.fields)
        layout.addSpacing(theme.space(4))
        layout.addLayout(foot)

    def add_field(self, name: str, field: QWidget) -> None:
        """A field beneath its name."""
        named = label(name, "small", "text_2")
        named.setBuddy(field)
        field.setAccessibleName(name)
        self.fields.addWidget(named)
        self.fields.addWidget(field)


class TextField(QPlainTextEdit):
    """Plain text on several lines. Tab leaves it."""

    def __init__(self, theme: Theme, lines_px: int = _TEXT_PX) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(lines_px))
        dress(self, field="text")


class _Enters(QObject):
    """Enter in a text field presses the button; Shift+Enter is a new line."""

    def __init__(self, field: TextField, then: Callable[[], object]) -> None:
        super().__init__(field)
        self._then = then
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._then()
            return True
        return False


def ask_question(
    parent: QWidget, theme: Theme, column: Column | None, then: Callable[[Column], object]
) -> Sheet:
    """Write a question, or another one in place of `column`; `then` gets what was written."""
    title = tr("Add a question") if column is None else tr("Edit the question")
    sheet = Sheet(parent, theme, title, tr("Ask") if column is None else tr("Save"))
    question = TextField(theme)
    question.setPlainText(column.question if column else "")
    name = QLineEdit(column.name if column else "")
    name.setPlaceholderText(tr("As the question"))
    sheet.add_field(tr("Question"), question)
    sheet.add_field(tr("Head of the column"), name)
    if column is not None:
        note = tr("Another question is put to every document anew. The other columns stay.")
        sheet.fields.addWidget(label(note, "small", "text_2", wrap=True))

    def written() -> Column:
        return Column(" ".join(question.toPlainText().split()), " ".join(name.text().split()))

    def look() -> None:
        sheet.go.setEnabled(bool(written().question))

    question.textChanged.connect(look)
    look()
    _Enters(question, sheet.go.click)
    sheet.accepted.connect(lambda: then(written()))
    question.selectAll()
    question.setFocus()
    sheet.open()
    return sheet


def ask_name(parent: QWidget, theme: Theme, name: str, then: Callable[[str], object]) -> Sheet:
    """Another name for a review."""
    sheet = Sheet(parent, theme, tr("Rename the review grid"), tr("Rename"))
    field = QLineEdit(name)
    sheet.add_field(tr("Name"), field)
    field.textChanged.connect(lambda text: sheet.go.setEnabled(bool(text.strip())))
    field.selectAll()
    sheet.accepted.connect(lambda: then(" ".join(field.text().split())))
    field.setFocus()
    sheet.open()
    return sheet


def ask_correction(
    parent: QWidget, theme: Theme, question: str, text: str, then: Callable[[str], object]
) -> Sheet:
    """A person's own answer in a cell; what was found is kept beside it."""
    sheet = Sheet(parent, theme, tr("Write the answer yourself"), tr("Save"))
    field = TextField(theme)
    field.setPlainText(text)
    sheet.fields.addWidget(label(question, "ui", "text_2", wrap=True))
    sheet.add_field(tr("Answer"), field)
    field.textChanged.connect(lambda: sheet.go.setEnabled(bool(field.toPlainText().strip())))
    sheet.go.setEnabled(bool(text.strip()))
    _Enters(field, sheet.go.click)
    sheet.accepted.connect(lambda: then(" ".join(field.toPlainText().split())))
    field.selectAll()
    field.setFocus()
    sheet.open()
    return sheet
