"""Choosing documents: a list with check boxes that a few letters narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.style import paint_check_box
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip, at_edge, isolated
from strongroom_desktop.widgets import Button, dress, label
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import DocumentRecord, State

Index = QModelIndex | QPersistentModelIndex
SEARCHABLE = (State.READABLE, State.INDEXED)
_NO_INDEX = QModelIndex()
_LIST_PX = 240


class _Documents(QAbstractListModel):
    """The documents that the letters leave, each ticked or not."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._records: list[DocumentRecord] = []
        self._shown: list[DocumentRecord] = []
        self._wanted = ""
        self.chosen: set[str] = set()

    @property
    def records(self) -> Sequence[DocumentRecord]:
        return self._records

    @property
    def shown(self) -> Sequence[DocumentRecord]:
        return self._shown

    def set_records(self, records: Iterable[DocumentRecord]) -> None:
        self._records = [each for each in records if each.state in SEARCHABLE]
        self.chosen &= {each.path for each in self._records}
        self.narrow(self._wanted)
        self.ticked.emit()

    def narrow(self, text: str) -> None:
        self.beginResetModel()
        self._wanted = text
        words = text.casefold().split()
        self._shown = [
            each
            for each in self._records
            if all(word in f"{each.path} {each.title}".casefold() for word in words)
        ]
        self.endResetModel()

    def tick(self, paths: Iterable[str], on: bool) -> None:
        self.chosen = self.chosen | set(paths) if on else self.chosen - set(paths)
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.ticked.emit()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        record = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return PurePath(record.path).name
            case Qt.ItemDataRole.CheckStateRole:
                on = record.path in self.chosen
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                return as_tooltip(record.path)
            case Qt.ItemDataRole.UserRole:
                return record
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable


class _RowDelegate(QStyledItemDelegate):
    """Check box, name, and the collection at the far edge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._theme.control("row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(Qt.ItemDataRole.UserRole)
        theme, rtl = self._theme, option.direction == Qt.LayoutDirection.RightToLeft
        rect = QRectF(option.rect)
        painter.save()
        selected = option.state & QStyle.StateFlag.State_Selected
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        if selected or hovered:
            painter.fillRect(rect, theme.color("selected" if selected else "hover"))
        side = theme.icon_size()
        x = rect.right() - 8 - side if rtl else rect.left() + 8
        box = QRectF(x, rect.center().y() - side / 2, side, side)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        paint_check_box(painter, box, theme, checked=on)
        near, far = 8 + side + 8, 10
        room = rect.adjusted(far if rtl else near, 0, -near if rtl else -far, 0)
        painter.setFont(theme.font("small"))
        about = painter.fontMetrics().elidedText(
            record.collection, Qt.TextElideMode.ElideRight, int(room.width() / 3)
        )
        taken = painter.fontMetrics().horizontalAdvance(about) + 12
        painter.setPen(theme.color("text_2"))
        painter.drawText(room, at_edge(not rtl), isolated(about))
        room.adjust(taken if rtl else 0, 0, 0 if rtl else -taken, 0)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, int(room.width())
        )
        painter.drawText(room, at_edge(rtl), isolated(name))
        painter.restore()


class _List(QListView):
    """Space ticks every selected row, a click the row under it."""

    def __init__(self, model: _Documents) -> None:
        super().__init__()
        self._documents = model
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._toggle)

    def _toggle(self, index: QModelIndex) -> None:
        rows = self.selectionModel().selectedIndexes() or [index]
        self._tick(rows, index)

    def _tick(self, rows: Sequence[QModelIndex], lead: QModelIndex) -> None:
        on = lead.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
        self._documents.tick([self._documents.shown[each.row()].path for each in rows], on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)


class DocumentPicker(QWidget):
    """`changed`: other documents are ticked."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Documents()
        self._suggested: tuple[str, ...] = ()
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(tr("Filter by name"))
        self._filter.setAccessibleName(tr("Filter by name"))
        self._filter.setClearButtonEnabled(False)
        self._filter.textChanged.connect(self._model.narrow)
        self.list = _List(self._model)
        self.list.setItemDelegate(_RowDelegate(theme, self.list))
        self.list.setAccessibleName(tr("Documents"))
        grow(theme, self.list, self.list.setMinimumHeight, _LIST_PX)
        dress(self.list, field="list")
        self._tick = Button(theme, tr("By collection"), icon="list-checks")
        self._tick.clicked.connect(self._open_menu)
        self._said = label("", "small", "text_2")
        self._lay_out()
        self._model.ticked.connect(self._on_ticked)
        self._on_ticked()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._filter, 1)
        above.addWidget(self._tick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._said)

    # --- what is chosen --------------------------------------------------------------------------

    def set_records(self, records: Iterable[DocumentRecord]) -> None:
        """The documents that there are; only those that can be read are offered."""
        bar, current = self.list.verticalScrollBar(), self.list.currentIndex().row()
        at = bar.value()
        self._model.set_records(records)
        bar.setValue(at)  # what is being read comes in while one chooses: nothing jumps
        if 0 <= current < len(self._model.shown):
            self.list.setCurrentIndex(self._model.index(current))

    def suggest(self, documents: Sequence[str]) -> None:
        """Documents that were chosen elsewhere, to be ticked at once."""
        self._suggested = tuple(documents)

    def tick_only(self, documents: Iterable[str]) -> None:
        self._model.chosen = set()
        self._model.tick(documents, True)

    def chosen(self) -> tuple[str, ...]:
        """The ticked documents, in the order of the list."""
        return tuple(each.path for each in self._model.records if each.path in self._model.chosen)

    def _on_ticked(self) -> None:
        there, chosen = len(self._model.records), len(self._model.chosen)
        self._said.setText(tr("{chosen} of {all} ticked", chosen=number(chosen), all=number(there)))
        self.changed.emit()

    # --- ticking many ----------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """What can be ticked at once."""
        menu = QMenu(self)
        if self._suggested:
            words = plural(
                len(self._suggested), "The {n} chosen document", "The {n} chosen documents"
            )
            menu.addAction(words).triggered.connect(lambda: self.tick_only(self._suggested))
            menu.addSeparator()
        counts = Counter(each.collection for each in self._model.records)
        for name, count in sorted(counts.items(), key=lambda pair: pair[0].casefold()):
            words = plural(
                count, "{name}, {n} document", "{name}, {n} documents", name=name
            ).replace("&", "&&")
            menu.addAction(words).triggered.connect(
                lambda _on=False, name=name: self._tick_collection(name)
            )
        menu.addSeparator()
        menu.addAction(tr("All that are listed")).triggered.connect(
            lambda: self._model.tick([each.path for each in self._model.shown], True)
        )
        menu.addAction(tr("None")).triggered.connect(
            lambda: self._model.tick(list(self._model.chosen), False)
        )
        return menu

    def _tick_collection(self, name: str) -> None:
        paths = [each.path for each in self._model.records if each.collection == name]
        self._model.tick(paths, True)
        first = next((n for n, each in enumerate(self._model.shown) if each.collection == name), 0)
        self.list.scrollTo(self._model.index(first), QAbstractItemView.ScrollHint.PositionAtTop)

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._tick.mapToGlobal(QPoint(0, self._tick.height() + 4)))
