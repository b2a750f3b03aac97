"""The hits of the newest search as a list model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from strongroom_desktop.absence import absence
from strongroom_desktop.elsewhere import words
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.placing import place, spot
from strongroom_desktop.search.hit_delegate import HIT
from strongroom_desktop.selection import Place, Trail
from strongroom_engine.types import Hit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HitsModel(QAbstractListModel):
    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self._hits

    def set_hits(self, hits: tuple[Hit, ...]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                named, kin = name_in_container(hit.file), words(hit.copies, hit.versions)
                where = absence.words(hit.file)
                parts = (named, where, spot(hit.page, hit.places), hit.collection, kin, hit.text)
                return ", ".join(part for part in parts if part)
            case Qt.ItemDataRole.ToolTipRole if where := absence.words(hit.file):
                return f"{name_in_container(hit.file)}, {where}"
            case _ if role == HIT:
                return hit
        return None


def trail(hits: tuple[Hit, ...], index: int) -> Trail:
    """The hits as places to step through; on the page the words found are marked."""
    return Trail("hit", tuple(place_of_hit(hit) for hit in hits), index)


def place_of_hit(hit: Hit, file: str = "") -> Place:
    """Words found, in page coordinates, or the whole passage where it holds none of them; `file` is
    another one that has it, too. First comes the span that is looked at first."""
    marks = sorted(hit.marks, key=lambda mark: (mark[0] != hit.focus, mark))
    words = [(hit.start + start, hit.start + end) for start, end in marks]
    inside = tuple(span for span in words if span[1] <= hit.end)
    spans = inside or ((hit.start, hit.end),)
    return Place(
        file or hit.file, hit.page, spans, hit.title, quiet=not inside, where=place(hit.places)
    )
