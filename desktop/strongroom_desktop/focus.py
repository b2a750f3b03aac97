"""The focus ring: one overlay, 2 pixels wide and 1 off, that follows the keyboard's focus only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.look.tokens import tokens

_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_SHOWS_ITS_OWN = (QLineEdit, QAbstractScrollArea)
"""Fields draw a green edge, lists their current row; text shows its cursor."""
_BESIDE_LINK = 3
"""Links have no padding of their own: the ring would touch their letters."""


class FocusRing(QWidget):
    """Drawn above everything in its window; it takes no events and no room."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self.update)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            assert isinstance(event, QFocusEvent)
            self._follow(watched if event.reason() in _KEYBOARD else None)
        elif watched is self._target:
            self._watch(event.type())
        return False

    def _watch(self, kind: QEvent.Type) -> None:
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
            self._follow(None)
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()

    def _follow(self, widget: QWidget | None) -> None:
        inside = widget is not None and widget.window() is self.window()
        if not inside or isinstance(widget, _SHOWS_ITS_OWN):
            widget = None
        self._target = widget
        self.setVisible(widget is not None)
        self._place()

    def _place(self) -> None:
        if self._target is None:
            return
        grow = tokens().focus["width"] + tokens().focus["offset"]
        at = self._target.mapTo(self.window(), self._target.rect().topLeft())
        wide = grow + (_BESIDE_LINK if self._target.property("kind") == "link" else 0)
        rect = QRect(at, self._target.size()).adjusted(-wide, -grow, wide, grow)
        self.setGeometry(rect)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = tokens().focus["width"]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus"), width))
        half = width / 2
        radius = self._theme.radius("panel")
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(half, half, -half, -half), radius, radius
        )


class Region(QWidget):
    """What is given the keyboard gives it to the part that is read.

    By hand, not as a focus proxy: Tab would go straight to the proxy, past all that stands before.
    """

    def read_part(self) -> QWidget | None:
        """Where the keyboard belongs; None: to the region itself."""
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        part = self.read_part()
        if part is not None:
            part.setFocus(event.reason())


def focus_next(regions: Sequence[QWidget], here: QWidget | None, by: int) -> None:
    """Give the focus to the region after (1) or before (-1) the one that has it."""
    inside = (n for n, region in enumerate(regions) if here and _holds(region, here))
    at = next(inside, -1 if by > 0 else 0)
    regions[(at + by) % len(regions)].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)
