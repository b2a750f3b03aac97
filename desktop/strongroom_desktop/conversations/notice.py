"""What was done or went wrong, in a line above the list; it goes with the next thing done."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.files import file_name
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import show_in_folder
from strongroom_desktop.wording import tr


class Notice(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = ""
        self._done = LinkLine(theme, "circle-check")
        self._trouble = LinkLine(theme, "circle-alert", "warn")
        self._done.linked.connect(self._show_in_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, theme.space(3))
        column.setSpacing(0)
        column.addWidget(self._done)
        column.addWidget(self._trouble)
        self.hide()

    @property
    def text(self) -> str:
        return self._done.text or self._trouble.text

    def say_written(self, file: str) -> None:
        """A file was written."""
        self._file = file
        self._say(tr("Exported to {name}.", name=file_name(file)), tr("Show in the folder"), "")

    def say_trouble(self, sentence: str) -> None:
        self._say("", "", sentence)

    def clear(self) -> None:
        self._say("", "", "")

    def _say(self, done: str, action: str, trouble: str) -> None:
        self._done.say(done, action)
        self._trouble.say(trouble)
        self.setVisible(bool(done or trouble))

    def _show_in_folder(self) -> None:
        show_in_folder(self._file)
