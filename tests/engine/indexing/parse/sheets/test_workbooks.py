"""Workbooks as they are shown: formats, errors, what is hidden, what stands beside the cells."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.engine.indexing.parse.sheets.made import column, kinds, made, sheet_of, units
from tests.engine.office_files import container, relations, zipped
from tests.engine.parsing import parsed, read

from strongroom_engine.indexing.parse.sheets import grid
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document, LeftOut


def hidden(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.hidden]


def test_values_have_the_units_of_their_formats(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        formats = ("0.0%", '#,##0.00 "€"', '0 "kg"', "[h]:mm", "h:mm")
        sheet.write_row(0, 0, ["What", "Share", "Cost", "Mass", "Worked", "From"])
        for row, what in ((1, "a"), (2, "b")):
            sheet.write(row, 0, what)
            for place, code in enumerate(formats, 1):
                sheet.write(row, place, row * 0.125, book.add_format({"num_format": code}))

    document = made(tmp_path, write)
    (table,) = document.sheets
    assert "a | 12.5% | 0.13 € | 0 kg | 3:00 | 03:00:00" in document.text
    assert units(table) == {
        "What": "", "Share": "%", "Cost": "€", "Mass": "kg", "Worked": "h", "From": ""
    }  # fmt: skip
    assert kinds(table)["From"] == "time"
    assert (column(table, "Share"), column(table, "Worked")) == ([0.125, 0.25], [3, 6])
    assert column(table, "From") == ["03:00:00", "06:00:00"]


def test_amounts_in_two_currencies_are_not_added_up(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["What", "Cost"])
        for row, code in ((1, '0.00 "€"'), (2, '"$"0.00')):
            sheet.write(row, 0, f"x{row}")
            sheet.write(row, 1, 5, book.add_format({"num_format": code}))

    (table,) = made(tmp_path, write).sheets
    assert (kinds(table)["Cost"], column(table, "Cost")) == ("text", ["5.00 €", "$5.00"])


def test_errors_are_shown_and_no_values(tmp_path: Path) -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["What", "Cost"])
        sheet.write_row(1, 0, ["a", 5])
        sheet.write(2, 0, "b")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")

    document = made(tmp_path, write)
    assert "b | #DIV/0!" in document.text
    assert kinds(document.sheets[0])["Cost"] == "number"
    assert column(document.sheets[0], "Cost") == [5, None]


def test_a_formula_whose_result_is_not_saved_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["What", "Cost"])
    book.active.append(["a", "=2*3"])
    book.save(tmp_path / "a.xlsx")
    assert parsed(tmp_path / "a.xlsx").left_out == (LeftOut(left_out.UNSAVED_RESULTS(), 1),)


def test_what_is_hidden_is_read_and_marked(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Seen", "Covered", "Amount"])
        sheet.write_row(1, 0, ["one", "secret", 1])
        sheet.write_row(2, 0, ["two", "secret", 2])
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
        other = book.add_worksheet("Cellar")
        other.write(0, 0, "buried")
        other.hide()

    document = made(tmp_path, write)
    assert hidden(document) == ["Covered", "secret", "two | secret | 2\n\nCellar\n\nburied"]
    assert column(document.sheets[0], "Amount") == [1, 2]


def test_rows_that_are_filtered_or_folded_away_are_not_hidden(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["What", "Cost"])
        sheet.write_row(1, 0, ["a", 1])
        sheet.write_row(2, 0, ["b", 2])
        sheet.autofilter(0, 0, 2, 1)
        sheet.set_row(2, None, None, {"hidden": True})
        other = book.add_worksheet("Folded")
        other.write_row(0, 0, ["c", 3])
        other.set_row(0, None, None, {"hidden": True, "level": 1})

    assert made(tmp_path, write).hidden == ()


def test_comments_and_text_boxes_stand_below_the_rows(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["What", "Cost"])
        sheet.write_row(1, 0, ["a", 1])
        sheet.write_comment("B2", "ask again")
        sheet.insert_textbox("D2", "Prices of May")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet!$B$2:$B$2"})
        chart.set_title({"name": "Cost by month"})
        sheet.insert_chart("D9", chart)

    document = made(tmp_path, write)
    assert document.text.endswith("a | 1\n\nB2: ask again\n\nPrices of May\n\nCost by month")
    assert [place.number for place in document.places if place.kind == "row"] == [1, 2, 2, 9]
    assert document.left_out == (LeftOut(left_out.CHARTS(), 1),)


def test_cells_without_a_place_follow_each_other() -> None:
    row = "<row><c><v>1</v></c><c/><c t='inlineStr'><is><t>three</t></is></c></row>"
    sheet = f"<worksheet xmlns='urn:x'><sheetData>{row}</sheetData></worksheet>"
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        f"<workbook xmlns='urn:x' xmlns:r='{space}'><sheets>"
        "<sheet name='S' sheetId='1' r:id='worksheet_1'/></sheets></workbook>"
    )
    data = zipped(
        {
            "_rels/.rels": relations(officeDocument_1="xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(worksheet_1="worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
    assert read("a.xlsx", data).text == "S\n\n1 |  | three"


def test_a_workbook_that_is_damaged_in_part_is_read_by_another_reader(tmp_path: Path) -> None:
    sheet_of(tmp_path, [["What", "Cost"], ["a", 1], ["b", 2]])
    whole = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(whole, "w") as target:
        for name in source.namelist():
            broken = name == "docProps/core.xml"
            target.writestr(name, b"<broken" if broken else source.read(name))
    assert "a | 1" in read("a.xlsx", whole.getvalue()).text


# --- ODS -----------------------------------------------------------------------------------------

_SPACES = (
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
    "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
)


def ods(*rows: str, name: str = "Sheet", style: str = "") -> Document:
    """A flat ODS; a cell is 'type|value|text', and what begins with '<' is taken as it is."""
    body = "".join(
        row
        if row.startswith("<")
        else f"<table:table-row>{''.join(map(_cell, row.split(';')))}</table:table-row>"
        for row in rows
    )
    text = (
        f"<?xml version='1.0'?><office:document {_SPACES} "
        "office:mimetype='application/vnd.oasis.opendocument.spreadsheet'>"
        "<office:automatic-styles><style:style style:name='gone' style:family='table'>"
        "<style:table-properties table:display='false'/></style:style></office:automatic-styles>"
        f"<office:body><office:spreadsheet><table:table table:name='{name}' "
        f"table:style-name='{style}'>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document>"
    )
    return read("a.fods", text.encode())


def _cell(said: str) -> str:
    kind, value, text = said.split("|") if "|" in said else ("string", "", said)
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(
        kind, "value"
    )
    return (
        f"<table:table-cell office:value-type='{kind}' office:{name}='{value}'>"
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_ods_shows_its_cells_as_their_author_saw_them() -> None:
    document = ods(
        "What;Share;Cost;Day;Worked;Mass",
        "a;percentage|0.125|12,5 %;currency|3.5|3,50 €;date|2024-01-05|05.01.24;time|PT36H30M|36:30;float|2|2 kg",
        "b;percentage|0.25|25 %;currency|4|4,00 €;date|2024-01-06|06.01.24;time|PT30H|30:00;float|3|3 kg",
    )
    (table,) = document.sheets
    assert "a | 12,5 % | 3,50 € | 2024-01-05 | 36:30 | 2 kg" in document.text
    assert units(table) == {
        "What": "", "Share": "%", "Cost": "€", "Day": "", "Worked": "h", "Mass": "kg"
    }  # fmt: skip
    assert column(table, "Worked") == [36.5, 30]
    assert column(table, "Share") == [0.125, 0.25]
    assert kinds(table)["Day"] == "date"


def test_ods_marks_hidden_sheets_and_reads_comments() -> None:
    note = (
        "<table:table-row><table:table-cell office:value-type='string'><office:annotation>"
        "<text:p>ask</text:p></office:annotation><text:p>cell</text:p></table:table-cell>"
        "</table:table-row>"
    )
    assert ods(note).text == "Sheet\n\ncell\n\nA1: ask"
    assert hidden(ods(note, style="gone")) == ["Sheet\n\ncell\n\nA1: ask"]


def test_ods_that_repeats_without_end_is_read_to_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grid.Room.__init__, "__defaults__", (100, 50_000, 0))
    endless = (
        "<table:table-row table:number-rows-repeated='2000000000'>"
        "<table:table-cell table:number-columns-repeated='16384' office:value-type='string'>"
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    document = ods(endless)
    assert [each.what for each in document.left_out] == [left_out.TOO_MANY_ROWS()]


# --- XLS -----------------------------------------------------------------------------------------


def _record(kind: int, body: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body


def _short(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(2, "little") for number in numbers)


def _label(text: str) -> bytes:
    return _short(len(text)) + b"\0" + text.encode("latin-1")


def xls(*records: bytes) -> bytes:
    """A workbook from before 2007 with one sheet: of its formats the second is percent, the third
    euros."""
    code = '0.00 "\u20ac"'
    start = _record(0x0809, _short(0x0600, 0x0005, 0, 0) + bytes(8))
    formats = _record(0x041E, _short(164, len(code)) + b"\1" + code.encode("utf-16-le"))
    fonts = b"".join(
        _record(0x0031, _short(200, 0, 8, weight, 0) + bytes(4) + b"\1\0A")
        for weight in (400, 400, 400, 400, 700)
    )
    styles = b"".join(
        _record(0x00E0, _short(font, number) + bytes(16))
        for font, number in ((0, 0), (0, 10), (0, 164), (5, 0))
    )
    sheet = (
        _record(0x0809, _short(0x0600, 0x0010, 0, 0) + bytes(8))
        + b"".join(records)
        + _record(0x000A, b"")
    )
    head = start + fonts + formats + styles
    ending = _record(0x000A, b"")
    name = b"\0\0\4\0Data"
    place = len(head) + 4 + 4 + len(name) + len(ending)
    sheets = _record(0x0085, place.to_bytes(4, "little") + name)
    return container({"Workbook": (head + sheets + ending + sheet).ljust(5000, b"\0")})


def _number(row: int, column: int, style: int, value: float) -> bytes:
    import struct

    return _record(0x0203, _short(row, column, style) + struct.pack("<d", value))


def _text(row: int, column: int, style: int, text: str) -> bytes:
    return _record(0x0204, _short(row, column, style) + _label(text))


def test_old_workbooks_have_formats_bold_and_hidden_rows() -> None:
    document = read(
        "a.xls",
        xls(
            _record(0x0208, _short(2, 0, 3, 255, 0, 0, 0x20, 0)),
            *(_text(0, place, 3, name) for place, name in enumerate(("What", "Share", "Cost"))),
            _text(1, 0, 0, "a"), _number(1, 1, 1, 0.125), _number(1, 2, 2, 3.5),
            _text(2, 0, 0, "b"), _number(2, 1, 1, 0.25), _number(2, 2, 2, 4.0),
        ),
    )  # fmt: skip
    (table,) = document.sheets
    assert "a | 12.50% | 3.50 €" in document.text
    assert (table.header_row, units(table)) == (1, {"What": "", "Share": "%", "Cost": "€"})
    assert column(table, "Share") == [0.125, 0.25]
    assert hidden(document) == ["b | 25.00% | 4.00 €"]


def test_dates_of_a_workbook_have_a_time_where_it_is_shown(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Day", "At"])
        for row in (1, 2):
            when = datetime.combine(date(2024, 1, 5 + row), time(17, 30))
            for place, code in enumerate(("dd.mm.yyyy", "dd.mm.yyyy hh:mm")):
                sheet.write_datetime(row, place, when, book.add_format({"num_format": code}))

    (table,) = made(tmp_path, write).sheets
    assert column(table, "Day") == ["2024-01-06", "2024-01-07"]
    assert column(table, "At") == ["2024-01-06T17:30:00", "2024-01-07T17:30:00"]
