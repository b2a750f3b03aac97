"""The reader's third bar: words to be found in the document, and which place of how many."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from strongroom_desktop.keys import takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.header import bottom_rule
from strongroom_desktop.widgets import ElidedLabel, IconButton, dress, set_margins
from strongroom_desktop.wording import number, tr

TYPING_MS = 180
"""What is typed is looked for when the keys have kept still for so long."""


class FindBar(QWidget):
    """`looked_for` carries the words, `stepped` 1 or -1; `closed` when it is not wanted any more."""

    looked_for = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.field = _Field()
        self.field.setPlaceholderText(tr("Find in the document"))
        self.field.setAccessibleName(tr("Find in the document"))
        self.said = ElidedLabel("", "ui", "text_2", Qt.TextElideMode.ElideRight)
        self.up = IconButton(theme, "chevron-up", tr("Previous place"), keys="Shift+F3")
        self.down = IconButton(theme, "chevron-down", tr("Next place"), keys="F3")
        self.shut = IconButton(theme, "x", tr("Close"), keys="Esc")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._arrange()
        self._typing.timeout.connect(self._look)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.stepped.connect(self._on_step)
        self.field.left.connect(self.closed)
        self.up.clicked.connect(lambda: self.stepped.emit(-1))
        self.down.clicked.connect(lambda: self.stepped.emit(1))
        self.shut.clicked.connect(self.closed)
        self.say_nothing()
        self.hide()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        set_margins(row, 12, 0, 12, 1)
        row.setSpacing(4)
        row.addWidget(self.field, 3)
        row.addSpacing(4)
        row.addWidget(self.said, 2)
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addWidget(self.shut)
        dress(self, surface="canvas")
        self._theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.control("bar"))

    # --- what it says ----------------------------------------------------------------------------

    def say_nothing(self) -> None:
        self._say("", steps=False)

    def say_place(self, index: int, count: int, *, more: bool) -> None:
        """'3 of 12'; 'more than' where not all places were told."""
        n, all_of_them = number(index + 1), number(count)
        if more:
            self._say(tr("{n} of more than {count}", n=n, count=all_of_them), steps=True)
        else:
            self._say(tr("{n} of {count}", n=n, count=all_of_them), steps=count > 1)

    def say_none(self) -> None:
        self._say(tr("Not found"), steps=False)

    def say_problem(self, sentence: str) -> None:
        self._say(sentence, steps=False)

    def _say(self, text: str, *, steps: bool) -> None:
        self.said.set_text(text)
        self.up.setEnabled(steps)
        self.down.setEnabled(steps)

    # --- what one does ---------------------------------------------------------------------------

    def open_with(self, words: str) -> None:
        """Show it, with the words that are selected or those of last time, ready to be typed over."""
        if words:
            self.field.setText(words)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._typing.start()

    def _on_step(self, step: int) -> None:
        """Enter looks at once, and goes on where the words were found already."""
        if self._typing.isActive():
            self._look()
        else:
            self.stepped.emit(step)

    def _look(self) -> None:
        self._typing.stop()
        self.looked_for.emit(self.field.text().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        bottom_rule(self, self._theme)


class _Field(QLineEdit):
    """Enter and Shift+Enter step; Esc leaves, before it means anything to the window."""

    stepped = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        return takes(event, Qt.Key.Key_Escape) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
