"""What is copied out of the grid: a cell with its source, several as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from strongroom_desktop.files import file_name
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.review.words import pages_of, shown_text
from strongroom_desktop.wording import tr
from strongroom_engine.types import Cell


def as_table(model: GridModel, indexes: Sequence[QModelIndex]) -> str:
    """Rows and columns for a spreadsheet, parted by tabs, with their heads."""
    columns = sorted({each.column() for each in indexes})
    there = {(each.row(), each.column()): each for each in indexes}
    lines = ["\t".join([tr("Document"), *(model.columns[n].title for n in columns)])]
    for row in sorted({each.row() for each in indexes}):
        fields = [file_name(model.document(row))]
        for column in columns:
            index = there.get((row, column))
            fields.append(_field(model.cell(index)) if index else "")
        lines.append("\t".join(map(_disarmed, fields)))
    return "\n".join(lines)


def _field(cell: Cell | None) -> str:
    return "" if cell is None else " ".join(shown_text(cell).split())


def _disarmed(field: str) -> str:
    """What no spreadsheet takes for a formula: it came from a document (CWE-1236)."""
    return f"'{field}" if field[:1] in tuple("=+-@＝＋－＠") else field


def with_source(cell: Cell) -> str:
    """'€31.4 million (Ostra.pdf, p. 87)' and the quote, as it is pasted into a letter."""
    where = ", ".join(part for part in (file_name(cell.document), pages_of(cell)) if part)
    lines = [f"{_field(cell)} ({where})"]
    lines += [f"“{' '.join(each.quote.split())}”" for each in cell.citations[:1]]
    return "\n".join(lines)
