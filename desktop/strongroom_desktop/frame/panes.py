"""Sidebar, centre and reader side by side, and what gives way when the window is narrow.

Widths, ranges and breakpoints are the tokens'. Below the first breakpoint the sidebar lies over
the centre when it is wanted; below the second the reader covers the centre.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSettings, Qt, Signal
from PySide6.QtGui import QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.look.tokens import tokens
from strongroom_desktop.page import EDGE_PX
from strongroom_desktop.widgets import IconButton
from strongroom_desktop.wording import tr

READER_PX = 520
"""At 1440; the tokens' range holds around it."""
CENTRE_AT_EASE_PX = 512
WIDE_PX = 1440
"""Above it, what is left goes to the reader."""
SIDEBAR_GROWS = 0.5
"""How much of the growth of the text the sidebar takes on: its signs and gaps grow less."""
TOGGLE_PX = 9
"""Before the button that brings the sidebar back; less where larger text makes the button wider."""
SHADOW_PX = 12


class Panes(QWidget):
    """Arranges three regions that it knows only as widgets."""

    sidebar_shown = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        sidebar: QWidget,
        centre: QWidget,
        reader: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sidebar, self._centre, self._reader = sidebar, centre, reader
        self._wants_sidebar = True
        self._wants_reader = True
        self._reader_in_front = False
        self._reader_fits = True
        self.sidebar_width = _range("sidebar")[1]
        self.reader_width = READER_PX
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._slot = QWidget()  # keeps the sidebar's place while it lies over the centre
        self.toggle = IconButton(theme, "panel-left", tr("Show the sidebar"), keys="Ctrl+B")
        self._edge = _Edge(theme, self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for widget in (self._slot, self._centre, self._reader):
            self._splitter.addWidget(widget)
        slot = QVBoxLayout(self._slot)
        slot.setContentsMargins(0, 0, 0, 0)
        slot.addWidget(self._sidebar)
        self._splitter.setParent(self)
        self.toggle.setParent(self)
        self.toggle.clicked.connect(self.toggle_sidebar)
        self._edge.pressed.connect(lambda: self._lay_over(False))
        self._splitter.splitterMoved.connect(self._remember)
        self._theme.changed.connect(self.arrange)

    # --- what the window does --------------------------------------------------------------------

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar; over the centre where there is no room beside it."""
        if self._narrow:
            self._lay_over(not self._is_over)
            return
        self._wants_sidebar = not self._wants_sidebar
        self.arrange()

    def toggle_reader(self) -> None:
        if self._covers:
            self.show_reader(not self._reader_in_front)
            return
        self._wants_reader = not self._wants_reader
        self.arrange()

    def set_reader_fits(self, fits: bool) -> None:
        """Whether what the centre shows has a reader beside it; wide pages have none."""
        self._reader_fits = fits
        self.arrange()

    def show_reader(self, front: bool = True) -> None:
        """Bring the reader to the front where it covers the centre, or take it away again."""
        self._reader_in_front = front
        self._wants_reader |= front
        self.arrange()

    def step_back(self) -> bool:
        """Esc: close what lies over the centre. False when nothing did."""
        if self._is_over:
            self._lay_over(False)
            return True
        if self._covers and self._reader_in_front:
            self.show_reader(False)
            return True
        return False

    @property
    def sidebar_over(self) -> bool:
        """Whether the sidebar lies over the centre now."""
        return self._is_over

    def save(self, settings: QSettings) -> None:
        settings.setValue("panes/sidebar", self.sidebar_width)
        settings.setValue("panes/reader", self.reader_width)
        settings.setValue("panes/wants_sidebar", int(self._wants_sidebar))
        settings.setValue("panes/wants_reader", int(self._wants_reader))

    def restore(self, settings: QSettings) -> None:
        """The widths of last time; nonsense in the file is passed over."""
        self.sidebar_width = _saved(settings, "sidebar", self.sidebar_width)
        self.reader_width = _saved(settings, "reader", self.reader_width)
        self._wants_sidebar = bool(_saved(settings, "wants_sidebar", 1))
        self._wants_reader = bool(_saved(settings, "wants_reader", 1))
        self.arrange()

    # --- arranging -------------------------------------------------------------------------------

    @property
    def _narrow(self) -> bool:
        return self.width() < _breakpoint("sidebar_hides_below")

    @property
    def _covers(self) -> bool:
        return self.width() < _breakpoint("reader_covers_below")

    @property
    def _is_over(self) -> bool:
        return self._sidebar.parent() is self and self._sidebar.isVisibleTo(self)

    @property
    def _grown(self) -> float:
        """What larger text makes of the sidebar's width, which is kept as it is at 100 %."""
        return 1 + max(self._theme.text_percent - 100, 0) / 100 * SIDEBAR_GROWS

    @property
    def _sidebar_px(self) -> int:
        return round(self.sidebar_width * self._grown)

    def arrange(self) -> None:
        """Give each region its width, for the width of now."""
        beside = self._wants_sidebar and not self._narrow
        if beside:
            self._dock()
        self._slot.setVisible(beside)
        reader = self._reader_fits and (
            self._reader_in_front if self._covers else self._wants_reader
        )
        self._reader.setVisible(reader)
        self._centre.setVisible(not (self._covers and reader))
        self._splitter.setGeometry(self.rect())  # by hand: a layout would come too late
        self._splitter.setSizes(self._widths(beside, reader))
        self.toggle.setVisible(not beside and self._centre.isVisibleTo(self))
        self._place_over()
        self.sidebar_shown.emit(beside or self._is_over)

    def _widths(self, beside: bool, reader: bool) -> list[int]:
        whole = self.width()
        least, _usual, most = _range("sidebar")
        reader_least, _, reader_most = _range("reader")
        room = whole - (reader_least + _breakpoint("centre_min") if reader else 0)
        side = max(least, min(self._sidebar_px, round(most * self._grown), room)) if beside else 0
        if not reader:
            return [side, whole - side, 0]
        if self._covers:
            return [0, 0, whole]
        wanted = self.reader_width + max(whole - WIDE_PX, 0)
        page = min(wanted, reader_most, whole - side - CENTRE_AT_EASE_PX)
        page = max(page, min(reader_least, whole - side - _breakpoint("centre_min")))
        return [side, whole - side - page, page]

    def _remember(self) -> None:
        """The user moved a rule: keep those widths."""
        side, _centre, page = self._splitter.sizes()
        if side:
            self.sidebar_width = round(side / self._grown)
        if page and not self._covers:
            self.reader_width = max(page - max(self.width() - WIDE_PX, 0), _range("reader")[0])

    def _lay_over(self, shown: bool) -> None:
        """Put the sidebar over the centre's leading part, or take it away."""
        if shown:
            self._sidebar.setParent(self)
            self._place_over()
            self._sidebar.show()
            self._sidebar.raise_()
            self._sidebar.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._dock()
        self.arrange()

    def _dock(self) -> None:
        layout = self._slot.layout()
        if self._sidebar.parent() is not self._slot and layout is not None:
            layout.addWidget(self._sidebar)
            self._sidebar.show()

    def _place_over(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = self.toggle.sizeHint()
        top = (self._theme.control("header") - side.height()) // 2
        before = max(min(TOGGLE_PX, EDGE_PX - side.width() - 3), 1)
        left = self.width() - before - side.width() if mirrored else before
        self.toggle.setGeometry(QRect(left, top, side.width(), side.height()))
        self.toggle.raise_()
        if self._sidebar.parent() is self:
            width = min(self._sidebar_px, self.width())
            self._sidebar.setGeometry(
                self.width() - width if mirrored else 0, 0, width, self.height()
            )
            self._sidebar.raise_()
            self._edge.setGeometry(0 if mirrored else width, 0, self.width() - width, self.height())
            self._edge.raise_()
        self._edge.setVisible(self._is_over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


class _Edge(QWidget):
    """What the sidebar leaves of the centre while it lies over it: a shadow; a click closes."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hide()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        near = self.width() if mirrored else 0
        far = near - SHADOW_PX if mirrored else SHADOW_PX
        fade = QLinearGradient(near, 0, far, 0)
        for at, alpha in ((0.0, 0.16), (1.0, 0.0)):
            color = self._theme.color("shadow")
            color.setAlphaF(alpha)
            fade.setColorAt(at, color)
        painter.fillRect(min(near, far), 0, SHADOW_PX, self.height(), fade)
        line = near - 1 if mirrored else 0
        painter.fillRect(line, 0, 1, self.height(), self._theme.color("line_strong"))


def _saved(settings: QSettings, name: str, otherwise: int) -> int:
    text = str(settings.value(f"panes/{name}", ""))
    return int(text) if text.isdecimal() else otherwise


def _range(pane: str) -> tuple[int, int, int]:
    """Least, usual and greatest width of a pane."""
    least, usual, most = _ints(tokens().pane[pane])
    return least, usual, most


def _breakpoint(name: str) -> int:
    (value,) = _ints(tokens().pane[name])
    return value


def _ints(value: int | list[int]) -> list[int]:
    return value if isinstance(value, list) else [value]
