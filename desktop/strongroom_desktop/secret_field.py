"""A field for a passphrase: hidden, shown on demand, with a hint when Caps Lock is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import IconButton, label
from strongroom_desktop.wording import tr

SHORTEST = 8
LONG = 20
"""From so many characters on a passphrase is long enough to withstand guessing."""


def strength(passphrase: str) -> str:
    """How well a passphrase protects, in words; '' for none."""
    if not passphrase:
        return ""
    if len(passphrase) < SHORTEST:
        return tr("Too short: at least {count} characters.", count=SHORTEST)
    kinds = len(set(passphrase))
    if kinds < 5:
        return tr("Weak: the same characters again and again.")
    if len(passphrase) < LONG and len(passphrase.split()) < 4:
        return tr("Fair. Four or five words that do not belong together are better.")
    return tr("Strong, if nobody can know it from elsewhere.")


def wrong_pair(passphrase: str, again: str) -> str:
    """What is wrong with a new passphrase that was typed twice; '' when nothing is."""
    if len(passphrase) < SHORTEST:
        return tr(
            "Use at least {count} characters. Four or five words are easy to remember.",
            count=SHORTEST,
        )
    return "" if passphrase == again else tr("The two are not the same.")


class SecretField(QWidget):
    """`edited` when something was typed, `submitted` on Enter."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, name: str, *, of: str = "passphrase") -> None:
        """`of`: a 'passphrase' of the library, or the 'password' of a document."""
        super().__init__()
        self._of = of
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.setAcceptDrops(False)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.field.textEdited.connect(lambda _text: self.edited.emit())
        self.field.returnPressed.connect(self.submitted)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self._eye = IconButton(theme, "eye", self._eye_name(on=False))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self._theme = theme
        self._caps = label(tr("Caps Lock may be on."), "small", "warn")
        self._caps.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self._eye)
        column.addLayout(row)
        column.addWidget(self._caps)

    def text(self) -> str:
        return self.field.text()

    def forget(self) -> None:
        """Clear it, hidden again."""
        self.field.clear()
        self._eye.setChecked(False)
        self._caps.hide()

    def setText(self, text: str) -> None:
        self.field.setText(text)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._look_at(event)
        return False

    def _look_at(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it: Qt does not tell of Caps Lock."""
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps.hide()  # it has just been changed: the next letter tells
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(letter.isupper() != shifted)

    def _show(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        name = self._eye_name(on=on)
        self._eye.setIcon(self._theme.icon("eye-off" if on else "eye"))
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)

    def _eye_name(self, *, on: bool) -> str:
        if self._of == "password":
            return tr("Hide the password") if on else tr("Show the password")
        return tr("Hide the passphrase") if on else tr("Show the passphrase")
