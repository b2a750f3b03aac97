"""What stands instead of the list where there is nothing to list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, Paragraph, label
from strongroom_desktop.wording import tr

_WIDTH_PX = 420


class Empty(QWidget):
    """`ask_wanted`: a first question; `all_wanted`: the list without the search."""

    ask_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "question")
        self._text = Paragraph(theme, "")
        self._ask = Button(theme, tr("Ask a question"), "primary")
        self._ask.clicked.connect(self.ask_wanted)
        self._all = Button(theme, tr("Show all conversations"))
        self._all.clicked.connect(self.all_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.space(5), 0, 0)
        column.setSpacing(theme.space(2))
        for widget in (self._title, self._text):
            grow(theme, widget, widget.setMaximumWidth, _WIDTH_PX)
            column.addWidget(widget)
        column.addSpacing(theme.space(2))
        for button in (self._ask, self._all):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)

    @property
    def text(self) -> str:
        return f"{self._title.text()}\n{self._text.plain_text()}".strip()

    def show_none_kept(self) -> None:
        self._show(
            tr("No conversation yet"),
            tr(
                "Each question that you ask on the desk is kept here with its answer and its"
                " sources, in your encrypted library."
            ),
            searched=False,
        )

    def show_none_found(self) -> None:
        self._show(tr("Nothing found"), tr("No conversation has all these words."), searched=True)

    def _show(self, title: str, text: str, *, searched: bool) -> None:
        self._title.setText(title)
        self._text.set_text(text)
        self._ask.setVisible(not searched)
        self._all.setVisible(searched)
