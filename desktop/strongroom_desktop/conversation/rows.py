"""Rows that name a document: in 'Rests on', with chips, and in 'Closest passages'."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QWidget

from strongroom_desktop import elsewhere
from strongroom_desktop.absence import absence
from strongroom_desktop.conversation.answer_text import HOVER_MS
from strongroom_desktop.conversation.chips import chip_size, paint_chip
from strongroom_desktop.files import file_icon
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, Glyph
from strongroom_desktop.wording import tr
from strongroom_engine.types import Version

_BELOW = QPoint(0, 20)
_PLACE_PX = 160
"""So much of the place is shown however long the document's name is."""


class ChipButton(QAbstractButton):
    """A chip outside the text; `rested` when the pointer stays on it, or leaves it (False)."""

    rested = Signal(int, bool)

    def __init__(self, n: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.n = n
        self._theme = theme
        self._open = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Citation {n}", n=n))
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._rest.timeout.connect(lambda: self.rested.emit(n, True))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self.n, self._theme).toSize()

    def set_open(self, is_open: bool) -> None:
        self._open = is_open
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._rest.start()
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self._rest.stop()
        self.rested.emit(self.n, False)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        filled = self._open or self.underMouse()
        paint_chip(QPainter(self), QRectF(self.rect()), self.n, self._theme, filled)


class LinkLabel(ElidedLabel):
    """A name that opens something: by a click, or by Enter when the keyboard is on it."""

    clicked = Signal()

    def __init__(self, text: str, face: str, tone: str = "text") -> None:
        end = tone == "accent"  # what else there is to say, and no name
        mode = Qt.TextElideMode.ElideRight if end else Qt.TextElideMode.ElideMiddle
        super().__init__(text, face, tone, mode)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class DocumentRow(QWidget):
    """Icon, name and place of a document, and the chips of its citations. `opened` on a click on
    the row or Enter; `chip_opened` and `chip_shown` as `AnswerText` has them; `elsewhere_opened`
    carries the path of a copy, or a `Version`."""

    opened = Signal()
    chip_opened = Signal(int)
    chip_shown = Signal(int, QRect)

    elsewhere_opened = Signal(object)

    def __init__(
        self,
        file: str,
        place: str,
        theme: Theme,
        numbers: Sequence[int] = (),
        *,
        copies: Sequence[str] = (),
        versions: Sequence[Version] = (),
    ) -> None:
        super().__init__()
        self._theme = theme
        self._elsewhere = tuple(copies), tuple(versions)
        self.chips = [ChipButton(n, theme) for n in numbers]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._file, self._said = file, place
        name, kin = name_in_container(file), elsewhere.words(copies, versions)
        self._kin_said = kin
        self._icon = Glyph(theme, file_icon(file), "text_2")
        self._name = ElidedLabel(name, "ui")
        self.kin = LinkLabel(kin, "small", tone="accent")
        self.kin.clicked.connect(lambda: self.kin_menu().popup(self.kin.mapToGlobal(_BELOW)))
        self.kin.setVisible(bool(kin))
        self._place = ElidedLabel(place, "small", "text_2", Qt.TextElideMode.ElideRight)
        self._arrange()
        theme.changed.connect(self._dress)
        absence.changed.connect(self._show_whether_away)
        self._dress()
        self._show_whether_away()

    def _show_whether_away(self) -> None:
        """Say so where the document lies on a drive that is not here now."""
        away = absence.words(self._file)
        self._icon.show_icon("unplug" if away else file_icon(self._file), "text_2")
        self.setToolTip(away[:1].upper() + away[1:])
        parts = (name_in_container(self._file), self._said, self._kin_said, away)
        self.setAccessibleName(", ".join(part for part in parts if part))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._icon)
        row.addSpacing(4)
        row.addWidget(self._name)
        row.addWidget(self.kin)
        row.addStretch(1)
        row.addSpacing(8)
        row.addWidget(self._place)
        row.addSpacing(4 if self.chips else 0)
        for chip in self.chips:
            chip.clicked.connect(lambda _on, n=chip.n: self.chip_opened.emit(n))
            chip.rested.connect(self._on_rest)
            row.addWidget(chip)

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(24))
        room = min(self._place.sizeHint().width(), self._theme.px(_PLACE_PX))
        self._place.setMinimumWidth(room)  # a long name gives way: it can be read elsewhere

    def kin_menu(self) -> QMenu:
        """The other files with the same bytes, and versions that say the same."""
        return elsewhere.menu(self, self._theme, *self._elsewhere, self.elsewhere_opened.emit)

    def _on_rest(self, n: int, shown: bool) -> None:
        chip = next(each for each in self.chips if each.n == n)
        self.chip_shown.emit(n if shown else 0, chip.geometry())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hover"))
            painter.drawRoundedRect(self.rect(), 4, 4)
