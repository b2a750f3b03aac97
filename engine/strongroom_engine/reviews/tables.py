"""Writing a review to a file: CSV for other programs, XLSX for people with a spreadsheet.

Everything is text from documents that nobody has vetted: no cell may become a formula. In CSV a
field that begins like one gets an apostrophe in front (CWE-1236; OWASP, 'CSV Injection'); in XLSX
every cell is written as a string.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from strongroom_engine.errors import ReportUnwritable
from strongroom_engine.evaluation.files import replace_file
from strongroom_engine.sentences.placing import placed
from strongroom_engine.types import Cell, Citation, Review

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FORMATS = (".csv", ".xlsx")
MAX_CHARACTERS = 32_767
"""Of one cell of a spreadsheet."""
NOTHING = "(not in the document)"
OPEN = "(not asked yet)"
WIDTHS = (40, 30)
"""Of the columns of documents and of answers, in characters."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOW = {"bg_color": "#FFF2CC", "text_wrap": True, "valign": "top"}
_PLAIN = {"text_wrap": True, "valign": "top"}
_HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
_SHARE = {"num_format": "0%", "valign": "top"}


def refuse_unknown_format(file: Path) -> None:
    """Raise `ReportUnwritable` for a file that is neither CSV nor XLSX by its name."""
    if file.suffix.lower() not in FORMATS:
        raise ReportUnwritable(file=file, why="its name ends neither in .csv nor in .xlsx")


def write_table(review: Review, file: Path) -> None:
    """Write the table, whole or not at all, as the file's ending says; `ReportUnwritable`."""
    refuse_unknown_format(file)
    made = as_csv(review) if file.suffix.lower() == ".csv" else as_xlsx(review)
    replace_file(file, made)


# --- CSV -----------------------------------------------------------------------------------------


def as_csv(review: Review) -> bytes:
    """A row a document; for each question its answer, page, place, quote and confidence.

    UTF-8 with a mark and lines that end in CR LF (RFC 4180), as Excel wants it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_disarmed(field) for field in _csv_header(review)])
    cells = review.by_place()
    for document in review.documents:
        row = [document]
        for column in review.columns:
            row += _csv_fields(cells.get((document, column.question)))
        writer.writerow([_disarmed(field) for field in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _csv_header(review: Review) -> Iterator[str]:
    yield "Document"
    for column in review.columns:
        yield from (column.title, "Page", "Place", "Quote", "Confidence")


def _csv_fields(cell: Cell | None) -> list[str]:
    first = cell.citations[0] if cell and cell.citations else None
    page = str(first.page) if first and first.page is not None else ""
    sure = f"{cell.confidence:.2f}" if cell and not cell.problem else ""
    return [shown(cell), page, _place(first), first.quote if first else "", sure]


def _place(citation: Citation | None) -> str:
    """Where it stands in the words of its format: 'sheet Budget, row 40'."""
    return ", ".join(placed(citation.places)) if citation else ""


def _disarmed(field: str) -> str:
    return f"'{field}" if _FORMULA.match(field) else field


def shown(cell: Cell | None) -> str:
    """What stands in the table for a cell."""
    if cell is None:
        return OPEN
    if cell.verdict == "corrected":
        return cell.said
    if cell.problem:
        return f"({cell.problem})"
    return NOTHING if cell.abstained else cell.text


# --- XLSX ----------------------------------------------------------------------------------------


def as_xlsx(review: Review) -> bytes:
    """Two sheets: the answers, doubtful ones shaded, each with its quote as a comment; and every
    answer with where it stands."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,  # no text of documents in a temporary file
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        _fill_answers(book, book.add_worksheet("Answers"), review)
        _fill_sources(book, book.add_worksheet("Sources"), review)
    return out.getvalue()


def _fill_answers(book: Workbook, sheet: Worksheet, review: Review) -> None:
    head, plain, low = (book.add_format(each) for each in (_HEAD, _PLAIN, _LOW))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, WIDTHS[0])
    sheet.set_column(1, max(len(review.columns), 1), WIDTHS[1])
    for number, title in enumerate(["Document", *(each.title for each in review.columns)]):
        sheet.write_string(0, number, _text(title), head)
    cells = review.by_place()
    for row, document in enumerate(review.documents, 1):
        sheet.write_string(row, 0, _text(PurePath(document).name), plain)
        for column, asked in enumerate(review.columns, 1):
            cell = cells.get((document, asked.question))
            doubtful = cell is not None and cell.doubtful
            sheet.write_string(row, column, _text(shown(cell)), low if doubtful else plain)
            if cell and cell.citations:
                sheet.write_comment(row, column, _comment(cell))


def _comment(cell: Cell) -> str:
    first = cell.citations[0]
    where = ", ".join(placed(first.places, first.page))
    return _text(f"{where}{': ' if where else ''}{first.quote}\nConfidence {cell.confidence:.0%}")


def _fill_sources(book: Workbook, sheet: Worksheet, review: Review) -> None:
    head, plain, share = (book.add_format(each) for each in (_HEAD, _PLAIN, _SHARE))
    titles = (
        "Document",
        "Question",
        "Answer",
        "Confidence",
        "Page",
        "Place",
        "Quote",
        "File",
        "Checked",
    )
    widths = (30, 40, 30, 11, 6, 24, 80, 60, 12)
    sheet.freeze_panes(1, 0)
    for number, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, head)
    for row, (cell, citation) in enumerate(_sources(review), 1):
        name = PurePath(cell.document).name
        texts = {
            0: name,
            1: cell.question,
            2: shown(cell),
            5: _place(citation),
            6: citation.quote if citation else "",
            7: cell.document,
            8: cell.verdict,
        }
        for column, text in texts.items():
            if text:
                sheet.write_string(row, column, _text(text), plain)
        if not cell.problem:
            sheet.write_number(row, 3, cell.confidence, share)
        if citation and citation.page is not None:
            sheet.write_number(row, 4, citation.page, plain)
    sheet.autofilter(0, 0, max(sum(1 for _ in _sources(review)), 1), len(titles) - 1)


def _sources(review: Review) -> Iterator[tuple[Cell, Citation | None]]:
    """Every cell in the table's order, once for each of its citations, or once without."""
    cells = review.by_place()
    for document in review.documents:
        for column in review.columns:
            if (cell := cells.get((document, column.question))) is None:
                continue
            if not cell.citations:
                yield cell, None
            for citation in cell.citations:
                yield cell, citation


def _text(text: str) -> str:
    """What a spreadsheet takes: no control characters, no lone surrogates, not too long."""
    kept = _CONTROL.sub("", text.encode("utf-8", "replace").decode())
    return kept if len(kept) <= MAX_CHARACTERS else kept[: MAX_CHARACTERS - 1] + "…"
