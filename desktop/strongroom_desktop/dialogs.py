"""Small sheets that ask one thing. They do not block: what follows is a function handed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, label

_WIDTH_PX = 420


def confirm(
    parent: QWidget,
    theme: Theme,
    title: str,
    text: str,
    *,
    action: str,
    then: Callable[[], None],
) -> QDialog:
    """Ask before something is done; `then` is called when the answer is yes."""
    sheet = _sheet(parent, theme, title, text)
    sheet.accepted.connect(then)
    cancel = Button(theme, "Cancel")
    cancel.clicked.connect(sheet.reject)
    go = Button(theme, action, "primary")
    go.setDefault(True)
    go.clicked.connect(sheet.accept)
    _finish(sheet, cancel, go)
    return sheet


def tell(parent: QWidget, theme: Theme, title: str, text: str) -> QDialog:
    """Say something that can be selected and copied."""
    sheet = _sheet(parent, theme, title, text)
    close = Button(theme, "Close", "primary")
    close.setDefault(True)
    close.clicked.connect(sheet.accept)
    _finish(sheet, close)
    return sheet


def _sheet(parent: QWidget, theme: Theme, title: str, text: str) -> QDialog:
    sheet = QDialog(parent.window())
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.setWindowTitle("Strongroom")
    sheet.setWindowModality(Qt.WindowModality.WindowModal)
    layout = QVBoxLayout(sheet)
    edge = theme.space(5)
    layout.setContentsMargins(edge, edge, edge, edge)
    layout.setSpacing(theme.space(2))
    layout.addWidget(label(title, "question", wrap=True))
    body = label(text, "ui", "text_2", wrap=True)
    body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(body)
    sheet.setFixedWidth(theme.px(_WIDTH_PX))
    return sheet


def _finish(sheet: QDialog, *buttons: Button) -> None:
    layout = sheet.layout()
    assert isinstance(layout, QVBoxLayout)
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    layout.addSpacing(16)
    layout.addLayout(row)
    buttons[-1].setFocus()
    sheet.open()
