"""The grid's rows, columns and cells, as far as they are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import PurePath

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from strongroom_desktop.review.sorting import Kind, Order, belongs, sorted_documents
from strongroom_desktop.review.words import (
    as_wrapped_tooltip,
    chips_of,
    shown_text,
    state_of,
    to_check,
    whole,
)
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.wording import number, tr
from strongroom_engine.types import Cell, Column, DocumentRecord, Review

CELL = Qt.ItemDataRole.UserRole + 1
READING = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str]
_NO_INDEX = QModelIndex()


class GridModel(QAbstractTableModel):
    """A row a document, a column a question. `counted`: other figures."""

    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._documents: tuple[str, ...] = ()
        self._cells: dict[Place, Cell] = {}
        self._rows: list[str] = []
        self._row_of: dict[str, int] = {}
        self._column_of: dict[str, int] = {}
        self._records: Mapping[str, DocumentRecord] = {}
        self._counts: Counter[str] = Counter()
        self._reading: set[Place] = set()
        self.order: Order | None = None
        self.kind: Kind = ""
        self.wanted_text = ""

    # --- what is set -----------------------------------------------------------------------------

    def set_review(self, review: Review) -> None:
        """Take in a review; where only its cells are others, nothing moves."""
        same = (review.columns, review.documents) == (self._columns, self._documents)
        cells = {(cell.document, cell.question): cell for cell in review.cells}
        if same:
            failed = {place: c for place, c in self._cells.items() if c.problem}
            self._cells = failed | cells  # failures are known here alone
            self._count_all()
            self._all_changed()
            return
        self.beginResetModel()
        self._columns, self._documents = review.columns, review.documents
        self._column_of = {each.question: n for n, each in enumerate(review.columns)}
        self._cells = cells
        if self.order and self.order.question and self.order.question not in self._column_of:
            self.order = None
        self._arrange()
        self.endResetModel()
        self._count_all()

    def reorder(self, columns: tuple[Column, ...]) -> None:
        """The same columns in another order, before the engine has said so."""
        cells = tuple(self._cells.values())
        self.set_review(Review("", columns, self._documents, cells))

    def add_cells(self, cells: Iterable[Cell]) -> None:
        """Take in answers as they come; rows stay where they are."""
        for cell in cells:
            place = (cell.document, cell.question)
            self._counts.subtract(_classes(self._cells.get(place)))
            self._cells[place] = cell
            self._reading.discard(place)
            self._counts.update(_classes(cell))
            self._cell_changed(place)
        self.counted.emit()

    def forget(self, questions: Iterable[str], documents: Iterable[str]) -> None:
        """What is asked anew waits from now on; what a person wrote stays, but for a single cell."""
        places = [(row, each) for row in documents for each in questions]
        for place in places:
            cell = self._cells.get(place)
            if cell is not None and (len(places) == 1 or cell.verdict != "corrected"):
                self._counts.subtract(_classes(cell))
                del self._cells[place]
                self._cell_changed(place)
        self.counted.emit()

    def forget_failed(self) -> None:
        """What failed is tried once more."""
        places = [place for place, cell in self._cells.items() if state_of(cell) == "failed"]
        for document, question in places:
            self.forget([question], [document])

    def add_reading(self, place: Place) -> None:
        """It is being read now, until its answer comes; others may be at the same time."""
        self._reading.add(place)
        self._cell_changed(place)

    def end_reading(self) -> None:
        """Nothing is being read any more."""
        before, self._reading = self._reading, set()
        for place in before:
            self._cell_changed(place)

    def set_records(self, records: Mapping[str, DocumentRecord]) -> None:
        self._records = records
        if self._rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)

    def sort_by(self, order: Order | None) -> None:
        self.order = order
        self._rearrange()

    def narrow(self, kind: Kind, text: str) -> None:
        """Show only rows with a cell of this kind, and with this text in document or answers."""
        if (kind, text) != (self.kind, self.wanted_text):
            self.kind, self.wanted_text = kind, text
            self._rearrange()

    # --- what is asked ---------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    @property
    def documents(self) -> tuple[str, ...]:
        """All of them, in the order of the review."""
        return self._documents

    @property
    def wanted(self) -> int:
        return len(self._columns) * len(self._documents)

    def count(self, what: str) -> int:
        """How many cells are 'done', to 'check', 'nothing' or 'failed'."""
        return self._counts[what]

    def document(self, row: int) -> str:
        return self._rows[row]

    def cell(self, index: Index) -> Cell | None:
        return self._cells.get(self.place(index)) if index.isValid() else None

    def place(self, index: Index) -> Place:
        return self._rows[index.row()], self._columns[index.column()].question

    def index_of(self, place: Place) -> QModelIndex:
        row, column = self._row_of.get(place[0]), self._column_of.get(place[1])
        return QModelIndex() if row is None or column is None else self.index(row, column)

    def names(self, row: int) -> tuple[str, str]:
        """What the first column says: the document, and what it is."""
        path = self._rows[row]
        record = self._records.get(path)
        name = PurePath(path).name
        stem = PurePath(path).stem if "." in name[1:] else name
        parts = []
        if record is not None:
            if record.title and record.title.strip().casefold() != stem.casefold():
                parts.append(record.title.strip())
            if record.paged and record.pages:
                parts.append(tr("{n} p.", n=number(record.pages)))
            if not parts:
                parts.append(record.collection)
        return stem, ", ".join(parts)

    # --- QAbstractTableModel ---------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.place(index)
        cell = self._cells.get(place)
        match role:
            case _ if role == CELL:
                return cell
            case _ if role == READING:
                return place in self._reading
            case Qt.ItemDataRole.DisplayRole:
                return tr("Reading") if place in self._reading else shown_text(cell)
            case Qt.ItemDataRole.ToolTipRole:
                return as_wrapped_tooltip(whole(cell))
            case Qt.ItemDataRole.AccessibleTextRole:
                chips = ", ".join(chip.text for chip in chips_of(cell))
                return f"{shown_text(cell)}, {chips}" if chips else shown_text(cell)
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            column = self._columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return column.title
            return (
                as_wrapped_tooltip(column.question) if role == Qt.ItemDataRole.ToolTipRole else None
            )
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names(section)[0]
        return as_tooltip(self._rows[section]) if role == Qt.ItemDataRole.ToolTipRole else None

    # --- parts -----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        rows = list(self._documents)
        if self.order is not None:
            rows = sorted_documents(rows, self._cells, self.order)
        wanted = self.wanted_text.casefold()
        if self.kind or wanted:
            rows = [each for each in rows if self._is_shown(each, wanted)]
        self._rows = rows
        self._row_of = {each: row for row, each in enumerate(self._rows)}

    def _is_shown(self, document: str, wanted: str) -> bool:
        cells = [self._cells.get((document, each.question)) for each in self._columns]
        if self.kind and not any(belongs(cell, self.kind) for cell in cells):
            return False
        if not wanted or wanted in document.casefold():
            return True
        return any(cell is not None and wanted in cell.said.casefold() for cell in cells)

    def _rearrange(self) -> None:
        """Other rows: current and selected cells stay with their document."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = [self.place(index) for index in old]
        self._arrange()
        self.changePersistentIndexList(old, [self.index_of(place) for place in places])
        self.layoutChanged.emit()
        self.counted.emit()

    def _count_all(self) -> None:
        self._counts = Counter(chain.from_iterable(map(_classes, self._cells.values())))
        self.counted.emit()

    def _all_changed(self) -> None:
        if self._rows and self._columns:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _cell_changed(self, place: Place) -> None:
        index = self.index_of(place)
        if index.isValid():
            self.dataChanged.emit(index, index)


def _classes(cell: Cell | None) -> tuple[str, ...]:
    """What a cell counts as; the most are simply done, and there may be very many."""
    if cell is None:
        return ()
    state = state_of(cell)
    if state == "failed":
        return ("failed",)
    if to_check(cell):
        return ("done", "check", "nothing") if state == "nothing" else ("done", "check")
    return ("done", "nothing") if state == "nothing" else ("done",)
