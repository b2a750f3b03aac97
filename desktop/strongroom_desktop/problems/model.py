"""The rows of a group of problems, as Qt asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from strongroom_desktop.kin import name_in_container
from strongroom_desktop.text import as_tooltip
from strongroom_engine.types import DocumentRecord

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    record: DocumentRecord
    detail: str
    """What it adds to its group's sentence."""


class ProblemModel(QAbstractListModel):
    """Shows the first rows of a group until it is unfolded; keeps those that stay as they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self.again: AbstractSet[str] = frozenset()
        """Paths of documents that are being read again."""

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, in this order: gone ones go, new ones come, the others stay."""
        wanted = {row.record.path for row in rows}
        self._remove_others(wanted)
        kept = [row.record.path for row in self._rows]
        order = [row.record.path for row in rows if row.record.path in set(kept)]
        if kept != order:  # they stand in another order: that is a new list
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        self._insert_new(rows, set(kept))
        if self._rows != list(rows):
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def set_again(self, paths: AbstractSet[str]) -> None:
        if paths != self.again:
            self.again = paths
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row(self, index: Index) -> Row:
        return self._rows[index.row()]

    def _remove_others(self, wanted: AbstractSet[str]) -> None:
        last = len(self._rows) - 1
        while last >= 0:
            first = last
            while first >= 0 and self._rows[first].record.path not in wanted:
                first -= 1
            if first < last:
                self.beginRemoveRows(_NOWHERE, first + 1, last)
                del self._rows[first + 1 : last + 1]
                self.endRemoveRows()
            last = first - 1

    def _insert_new(self, rows: Sequence[Row], known: AbstractSet[str]) -> None:
        at = 0
        while at < len(rows):
            end = at
            while end < len(rows) and rows[end].record.path not in known:
                end += 1
            if end > at:
                self.beginInsertRows(_NOWHERE, at, end - 1)
                self._rows[at:at] = rows[at:end]
                self.endInsertRows()
            at = end + 1

    # --- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        record = self.row(index).record
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name_in_container(record.path)
            case Qt.ItemDataRole.ToolTipRole:
                return as_tooltip(f"{record.path}\n{record.reason}\n{record.remedy}".strip())
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name_in_container(record.path)}: {record.reason}"
            case _:
                return None
