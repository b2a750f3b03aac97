"""The heads of the grid: questions above on two lines, documents at the side, which stay in place.

The documents are the table's vertical header: it scrolls with the rows and never to the side.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.layouts import Layouts, broken
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.text import at_edge, isolated
from strongroom_desktop.wording import tr

HEAD_PX = 54
LEAST_PX, USUAL_PX, MOST_PX = 132, 180, 640
DOCUMENT_LEAST_PX, DOCUMENT_PX, DOCUMENT_MOST_PX = 120, 190, 480
SIDE_PX = 12
EDGE_PX = 20
"""From the page's edge to the documents' names."""
GRIP_PX = 5


class QuestionHeader(QHeaderView):
    """`sort_wanted`, `menu_wanted` carry a column; the latter also where, on the screen. `reordered`
    carries the columns as they stand after one was dragged."""

    sort_wanted = Signal(int)
    reordered = Signal(object)
    menu_wanted = Signal(int, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(LEAST_PX)
        self.setMaximumSectionSize(MOST_PX)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)
        self.sectionClicked.connect(self.sort_wanted)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(HEAD_PX))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_wanted.emit(section, event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.tell_order()

    def tell_order(self) -> None:
        """The order of the columns is the model's, not the header's: hand it over."""
        order = [self.logicalIndex(place) for place in range(self.count())]
        if order != sorted(order):
            for section in range(self.count()):
                self.moveSection(self.visualIndex(section), section)
            self.reordered.emit(order)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        assert isinstance(model, GridModel)
        theme, rtl = self._theme, self.isRightToLeft()
        painter.save()
        painter.fillRect(rect, theme.color("sunken"))
        order = model.order
        room = QRect(rect).adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        if order is not None and order.question == model.columns[section].question:
            side = theme.icon_size("small")
            x = room.left() if rtl else room.right() + 1 - side
            box = QRectF(x, rect.center().y() - side / 2 + 0.5, side, side)
            name = "arrow-down" if order.descending else "arrow-up"
            icons.paint(painter, "gauge" if order.doubt else name, theme.color("accent"), box)
            room.adjust(side + 6 if rtl else 0, 0, 0 if rtl else -side - 6, 0)
        _draw_lines(painter, room, str(model.columns[section].title), theme, rtl)
        _paint_edges(painter, rect, theme, rtl)
        painter.restore()


def _draw_lines(painter: QPainter, room: QRect, text: str, theme: Theme, rtl: bool) -> None:
    """Two lines in the middle of the head; what is more is on hover."""
    font = theme.font("ui_strong")
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    lines = broken(" ".join(text.split()), font, room.width(), 0)
    if len(lines) > 2:
        rest = " ".join(lines[1:])
        lines = [lines[0], painter.fontMetrics().elidedText(rest, _ELIDE, room.width())]
    height = theme.line_height("ui") - 2
    top = room.center().y() - len(lines) * height / 2 + 1
    flags = at_edge(rtl)
    for number, line in enumerate(lines):
        painter.drawText(
            QRectF(room.left(), top + number * height, room.width(), height), flags, isolated(line)
        )


_ELIDE = Qt.TextElideMode.ElideRight


class DocumentHeader(QHeaderView):
    """Names of documents on two lines. `opened`, `menu_wanted` carry a row."""

    opened = Signal(int)
    menu_wanted = Signal(int, object)

    def __init__(self, theme: Theme, layouts: Layouts, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme, self._layouts = theme, layouts
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.sectionDoubleClicked.connect(self.opened)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_wanted.emit(section, event.globalPos())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        assert isinstance(model, GridModel)
        theme, rtl = self._theme, self.isRightToLeft()
        name, about = model.names(section)
        painter.save()
        painter.fillRect(rect, theme.color("canvas"))
        near = SIDE_PX if rtl else EDGE_PX
        width = rect.width() - EDGE_PX - SIDE_PX
        top = rect.top() + theme.px(9)
        painter.setFont(theme.font("ui", weight=500))
        lines = broken(name, painter.font(), width, 0)
        if len(lines) > 2 or (len(lines) > 1 and not about):
            lines = [lines[0], " ".join(lines[1:])]
        room = QRectF(rect.left() + near, top, width, theme.line_height("ui"))
        painter.setPen(theme.color("text"))
        for line in lines:
            _draw(painter, room, line, rtl, Qt.TextElideMode.ElideMiddle)
            room.translate(0, theme.line_height("ui"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_2"))
        room.setHeight(theme.line_height("small"))
        _draw(painter, room, about, rtl, _ELIDE)
        _paint_edges(painter, rect, theme, rtl)
        painter.restore()


def _draw(painter: QPainter, room: QRectF, text: str, rtl: bool, mode: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(text, mode, int(room.width()))
    painter.drawText(room, at_edge(rtl), isolated(shown))


def _paint_edges(painter: QPainter, rect: QRect, theme: Theme, rtl: bool) -> None:
    line = theme.color("line")
    painter.fillRect(rect.left() if rtl else rect.right(), rect.top(), 1, rect.height(), line)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)


class Corner(QWidget):
    """The head of the documents' column: a click sorts by name, its edge sets the width."""

    clicked = Signal()
    dragged = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grip: QPointF | None = None
        self._wide = 0
        self.sorted = ""
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Document"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, rtl = self._theme, self.isRightToLeft()
        painter.fillRect(self.rect(), theme.color("sunken"))
        near, far = (SIDE_PX, EDGE_PX) if rtl else (EDGE_PX, SIDE_PX)
        room = self.rect().adjusted(near, 0, -far, 0)
        if self.sorted:
            side = theme.icon_size("small")
            x = room.left() if rtl else room.right() + 1 - side
            box = QRectF(x, (self.height() - side) / 2, side, side)
            icons.paint(painter, self.sorted, theme.color("accent"), box)
        painter.setFont(theme.font("ui_strong"))
        painter.setPen(theme.color("text_2"))
        _draw(painter, QRectF(room), tr("Document"), rtl, _ELIDE)
        _paint_edges(painter, self.rect(), theme, rtl)

    def _on_grip(self, at: QPointF) -> bool:
        return at.x() <= GRIP_PX if self.isRightToLeft() else at.x() >= self.width() - GRIP_PX

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on_grip(event.position()):
            self._grip, self._wide = event.globalPosition(), self.width()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape.SplitHCursor if self._on_grip(event.position()) else None
        self.setCursor(shape or Qt.CursorShape.ArrowCursor)
        if self._grip is not None:
            by = event.globalPosition().x() - self._grip.x()
            self.dragged.emit(round(self._wide + (-by if self.isRightToLeft() else by)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.unsetCursor()
