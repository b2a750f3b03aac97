"""Which collections are searched: a button that says it, and its menu of check boxes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.floating import SHADOW, Floating
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.text import collections, isolated
from strongroom_desktop.widgets import Button
from strongroom_desktop.wording import number, plural, tr

_WIDTH = 280


def scope_text(selection: Selection, short: bool = False) -> str:
    """'All collections', '2 of 4 collections'; 'All', '2 of 4' where there is little room."""
    chosen, total = len(selection.chosen), len(selection.collections)
    if chosen == total:
        return tr("All") if short else tr("All collections")
    if short:
        return tr("{n} of {total}", n=number(chosen), total=number(total))
    return tr("{n} of {collections}", n=number(chosen), collections=collections(total))


def asked_scope(selection: Selection) -> str:
    """What an answer comes from: 'from all collections', 'from 2 of 4 collections'; in a library
    with chosen documents 'from 2 documents'."""
    if selection.documents:
        return plural(len(selection.documents), "from {n} document", "from {n} documents")
    chosen, total = len(selection.chosen), len(selection.collections)
    if chosen == total:
        return tr("from all collections")
    return tr("from {n} of {collections}", n=number(chosen), collections=collections(total))


class ScopeButton(Button):
    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "scope", icon="library", parent=parent)
        self._selection = selection
        self._short = False
        self._menu: ScopeMenu | None = None
        self.clicked.connect(self.open_menu)
        selection.scope_changed.connect(self._say)
        self._say()

    def set_short(self, short: bool) -> None:
        if short != self._short:
            self._short = short
            self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.icon_size("small")
        near = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 8 if near else self.width() - 8 - side
        place = QRectF(x, (self.height() - side) / 2, side, side)
        icons.paint(QPainter(self), "chevron-down", self._theme.color("text_2"), place)

    def open_menu(self) -> None:
        """Show the collections beneath the button, its far edges aligned."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = ScopeMenu(self._selection, self._theme, self)
        size = self._menu.sizeHint()
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 0 if right_to_left else self.width() - size.width() + 2 * SHADOW
        self._menu.move(self.mapToGlobal(QPoint(x - SHADOW, self.height() + 4 - SHADOW)))
        self._menu.show()

    def _say(self) -> None:
        self.setText(isolated(scope_text(self._selection, self._short)))
        self.setAccessibleName(tr("Searched: {what}", what=scope_text(self._selection)))
        self.setToolTip(tr("Which collections are searched"))


class ScopeMenu(Floating):
    """A popup; it stays open while boxes are ticked."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._selection = selection
        self._boxes: dict[str, QCheckBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(0)
        self._all = self._box(tr("All collections"))
        self._all.clicked.connect(lambda: selection.set_scope(()))
        layout.addWidget(self._all)
        for name in selection.collections:
            layout.addLayout(self._row(name))
        selection.scope_changed.connect(self._tick)
        self._tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where nothing composes the screen, what is clear in a popup would be black: cut it."""
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":
            shape = QPainterPath()
            radius = float(self.theme.radius("panel"))
            shape.addRoundedRect(self.panel.toRectF(), radius, radius)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(name.replace("&", "&&"), self)
        box.setFixedHeight(self.theme.control("row"))
        box.setMinimumWidth(self.theme.px(_WIDTH - 90))
        return box

    def _row(self, name: str) -> QHBoxLayout:
        box = self._boxes[name] = self._box(name)
        box.clicked.connect(lambda on: self._selection.set_in_scope(name, on))
        only = Button(self.theme, tr("Only this"), "plain", parent=self)
        only.setAccessibleName(tr("Search only {name}", name=name))
        only.clicked.connect(lambda: self._selection.set_scope((name,)))
        row = QHBoxLayout()
        row.setContentsMargins(self.theme.space(4), 0, 0, 0)
        row.addWidget(box, 1)
        row.addWidget(only)
        return row

    def _tick(self) -> None:
        everything = len(self._selection.chosen) == len(self._selection.collections)
        self._all.setChecked(everything)
        for name, box in self._boxes.items():
            box.setChecked(self._selection.in_scope(name))
