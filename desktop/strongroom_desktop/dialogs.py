"""Small sheets that ask one thing. They do not block: what follows is a function handed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import tr

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
    sheet = Sheet(parent, theme, title, text)
    sheet.accepted.connect(then)
    go = Button(theme, action, "primary")
    go.setDefault(True)
    go.clicked.connect(sheet.accept)
    sheet.finish(sheet.cancel_button(), go)
    return sheet


def tell(parent: QWidget, theme: Theme, title: str, text: str) -> QDialog:
    """Say something that can be selected and copied."""
    sheet = Sheet(parent, theme, title, text)
    close = Button(theme, tr("Close"), "primary")
    close.setDefault(True)
    close.clicked.connect(sheet.accept)
    sheet.finish(close)
    return sheet


class Sheet(QDialog):
    """A title, a text, what is added to `body`, and buttons at the foot. It is gone when it is
    closed, and holds up its own window only."""

    def __init__(
        self, parent: QWidget, theme: Theme, title: str, text: str, *, width_px: int = _WIDTH_PX
    ) -> None:
        super().__init__(parent.window())
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Strongroom"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.body = QVBoxLayout(self)
        edge = theme.space(5)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.space(2))
        self.title = label(title, "question", wrap=True)
        self.body.addWidget(self.title)
        if text:
            said = label(text, "ui", "text_2", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(said)
        self.setFixedWidth(theme.px(width_px))

    def cancel_button(self) -> Button:
        cancel = Button(self.theme, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        return cancel

    def finish(self, *buttons: Button, focus: QWidget | None = None) -> None:
        """Put the buttons at the foot and show it; the last button has the focus, or `focus`."""
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.body.addSpacing(16)
        self.body.addLayout(row)
        (focus or buttons[-1]).setFocus()
        self._fit()
        self.open()

    def event(self, event: QEvent) -> bool:
        """What comes or goes in it changes its height, as its lines at this width want it."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        self.resize(self.width(), self.body.heightForWidth(self.width()))
