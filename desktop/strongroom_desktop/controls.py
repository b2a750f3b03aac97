"""What one chooses with: segments, a choice from a list, a check box, a number, a time.

They stand at the far edge of a row (`forms.py`), have a name for those who cannot see them, and
tell by a signal what the user chose; what the program shows does not come back as a signal.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QPainter, QPaintEvent, QValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QWidget,
)

from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, dress
from strongroom_desktop.wording import number

Choices = Sequence[tuple[str, str]]
"""(key, what the user reads)."""


class Segments(QWidget):
    """A few choices beside each other, one of them on. `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: Choices) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        dress(self, surface="segments")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._buttons: dict[str, Button] = {}
        group = QButtonGroup(self)
        for key, text in choices:
            button = Button(theme, text, "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[key] = button

    def show_value(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    @property
    def value(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")


class Choice(Button):
    """One of a list that opens beneath it. `chosen` carries the key; Up and Down choose as well."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: Choices = ()) -> None:
        super().__init__(theme, "", "choice")
        self._name = name
        self._choices: list[tuple[str, str]] = []
        self._value = ""
        self._menu = QMenu(self)
        self.clicked.connect(self._open)
        self.set_choices(choices)

    def set_choices(self, choices: Choices) -> None:
        """Offer these; the value that is shown stays."""
        self._choices = list(choices)
        self.show_value(self._value)

    def show_value(self, key: str, text: str = "") -> None:
        """Show a value; one that is not in the list is shown with its own `text`."""
        self._value = key
        said = dict(self._choices).get(key, text)
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {said}")

    @property
    def value(self) -> str:
        return self._value

    def _open(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for key, text in self._choices:
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self._value)
            action.triggered.connect(lambda _on=False, key=key: self._choose(key))
            group.addAction(action)
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, key: str) -> None:
        self.show_value(key)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = [key for key, _ in self._choices]
        if by is None or not keys:
            super().keyPressEvent(event)
            return
        at = keys.index(self._value) + by if self._value in keys else 0
        if 0 <= at < len(keys):
            self._choose(keys[at])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.icon_size("small")
        near = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 9 if near else self.width() - 9 - side
        place = QRectF(x, (self.height() - side) / 2, side, side)
        role = "text_2" if self.isEnabled() else "text_disabled"
        icons.paint(QPainter(self), "chevron-down", self._theme.color(role), place)


class Check(QCheckBox):
    """A bare check box; the row beside it says what it means."""

    chosen = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("bareCheck")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.chosen)

    def show_value(self, on: bool) -> None:
        self.setChecked(on)


class Field(QLineEdit):
    """A short field that is done with Enter or by leaving it. `chosen` carries the text; Esc takes
    back what was typed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, width_px: int) -> None:
        super().__init__()
        self._theme, self._width_px = theme, width_px
        self._shown = ""
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        self.editingFinished.connect(self._done)
        theme.changed.connect(self._size)
        self._size()

    def show_value(self, text: str) -> None:
        self._shown = text
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            return
        super().keyPressEvent(event)

    def _done(self) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            self.chosen.emit(self._shown)

    def _size(self) -> None:
        self.setFixedWidth(self._theme.px(self._width_px))


class NumberField(Field):
    """Whole numbers or decimals; Up and Down step. What is out of bounds is told like any other:
    whoever keeps it says why not."""

    def __init__(self, theme: Theme, name: str, *, step: int = 1, width_px: int = 76) -> None:
        super().__init__(theme, name, width_px)
        self._step = step
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if by is not None and (value := as_number(self.text())) is not None:
            self.setText(number(max(0, int(value) + by * self._step)))
            self._done()
            return
        super().keyPressEvent(event)


class _Time(QValidator):
    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        fits = len(text) <= 5 and all(letter.isdigit() or letter == ":" for letter in text)
        state = QValidator.State.Acceptable if fits else QValidator.State.Invalid
        return state, text, place


class TimeField(Field):
    """A time of day, '08:00'; '8' and '830' are understood too."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, 64)
        self.setValidator(_Time(self))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def _done(self) -> None:
        self.setText(as_time(self.text()))
        super()._done()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), super().sizeHint().height())


def as_number(text: str) -> float | None:
    """The number that was typed with or without groups of digits; None where it is none."""
    bare = "".join(text.split()).replace("\u202f", "").replace("\u00a0", "").replace("’", "")
    if (
        bare.count(",") + bare.count(".") == 1
        and len(bare.replace(",", ".").partition(".")[2]) != 3
    ):
        bare = bare.replace(",", ".")
    else:
        bare = bare.replace(",", "").replace(".", "")
    try:
        return float(bare)
    except ValueError:
        return None


def as_time(text: str) -> str:
    """'8' -> '08:00', '830' -> '08:30'; what is no time stays as it was typed."""
    digits = "".join(letter for letter in text if letter.isdigit())
    hours, colon, minutes = text.partition(":")
    if not colon:
        hours, minutes = (digits, "") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    if not hours.isdecimal() or (minutes and not minutes.isdecimal()):
        return text
    return f"{int(hours):02}:{int(minutes or 0):02}"
