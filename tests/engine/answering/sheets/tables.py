"""Made workbooks, as plain Python rows, and their way into a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from strongroom_engine.store import Store
from strongroom_engine.types import (
    CellValue,
    Chunk,
    Document,
    FileFacts,
    Page,
    SheetColumn,
    SheetRow,
    SheetTable,
)

Row = tuple[CellValue, ...]


@dataclass(frozen=True)
class Made:
    """A table of a made file; `columns` are name, type and unit."""

    file: str
    sheet: str
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[Row, ...]
    total: Row | None = None

    def where(self, **wanted: object) -> list[dict[str, CellValue]]:
        """The rows as dictionaries, narrowed."""
        names = [name for name, *_ in self.columns]
        rows = [dict(zip(names, row, strict=True)) for row in self.rows]
        return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


SUPPLIERS = ("Keller GmbH", "Northwind Ltd", "Adler & Sons", "Blue Paper Co", "Meyer Transport")
DEPARTMENTS = ("Marketing", "Sales", "Operations", "Research")
CATEGORIES = ("Travel", "Software", "Office supplies", "Consulting")


def _payments() -> Made:
    rows: list[Row] = []
    for n in range(48):
        month, day = n % 12 + 1, n * 5 % 27 + 1
        year = 2023 + n % 2
        amount: CellValue = round(85.35 + n * 37.77 + (n * n) % 91, 2)
        if n in (7, 19, 33):
            amount = None
        if n == 40:
            amount = "tbd"
        rows.append(
            (
                n + 1001,
                f"{year}-{month:02}-{day:02}",
                SUPPLIERS[n * 3 % 5],
                DEPARTMENTS[n % 4],
                CATEGORIES[n * 7 % 3],
                amount,
                n % 3 != 0,
                None if n % 6 else "checked twice",
            )
        )
    columns = (
        ("Payment No", "number", ""),
        ("Date", "date", ""),
        ("Supplier", "text", ""),
        ("Department", "text", ""),
        ("Category", "text", ""),
        ("Amount", "number", "€"),
        ("Paid", "boolean", ""),
        ("Note", "text", ""),
    )
    return Made("payments.xlsx", "Payments", columns, tuple(rows))


PAYMENTS = _payments()
ROOMS = Made(
    "house.xlsx",
    "Rooms",
    (
        ("Room", "number", ""),
        ("Tenant", "text", ""),
        ("Floor", "number", ""),
        ("Rent", "number", "€"),
        ("Size (m²)", "number", ""),
        ("Moved in", "date", ""),
        ("Deposit", "number", "€"),
    ),
    (
        (11, "Anna Berg", 1, 850, 62.5, "2019-04-01", 2550),
        (12, "Tomás Ruiz", 1, 910.5, 70, "2021-10-15", 2731.5),
        (21, "Li Wei", 2, 790, 55, "2020-01-01", 2370),
        (22, None, 2, 990, 81, None, None),
        (31, "Sofia Rossi", 3, 1150, 96.5, "2017-07-01", 3450),
        (32, "Jonas Lind", 3, 1150, 90, "2022-03-01", 3450),
    ),
)
BUDGET = Made(
    "budget 2024.xlsx",
    "Budget",
    (
        ("Item", "text", ""),
        ("Responsible", "text", ""),
        ("Budget", "number", "$"),
        ("Actual", "number", "$"),
    ),
    (
        ("Heating", "M. Okafor", 12000, 13450),
        ("Insurance", "P. Lang", 8000, 7800),
        ("Garden", "M. Okafor", 2500, 2650.75),
        ("Cleaning", "R. Silva", 6400, 6400),
        ("Repairs", "P. Lang", 15000, 11020.5),
    ),
    ("Total", None, 43900, 41321.25),
)
STAFF = Made(
    "staff.csv",
    "",
    (
        ("Name", "text", ""),
        ("Dept", "text", ""),
        ("City", "text", ""),
        ("Salary", "number", ""),
        ("Hired", "date", ""),
        ("Email", "text", ""),
        ("Age", "number", ""),
    ),
    (
        ("Grace Hill", "Engineering", "London", 68000, "2016-05-02", "grace@example.org", 41),
        ("Omar Haddad", "Engineering", "Leeds", 61000, "2019-09-16", "omar@example.org", 35),
        ("Ivy Chen", "Engineering", "London", 74500, "2014-01-13", None, 47),
        ("Paul Novak", "Finance", "Leeds", 52000, "2021-02-01", "paul@example.org", 29),
        ("Ruth Adams", "Finance", "London", 57250, "2018-11-05", None, 38),
        ("Kofi Mensah", "Support", "Leeds", 39500, "2022-06-20", "kofi@example.org", 26),
        ("Elsa Braun", "Support", "London", 41000, "2020-03-09", "elsa@example.org", 33),
        ("Hugo Costa", "Support", "London", 38750, "2023-08-14", "hugo@example.org", 24),
    ),
)


def _hours(month: str, base: int) -> Made:
    people, projects = ("Ada", "Ben", "Cleo"), ("Harbour", "Station")
    rows = tuple(
        (person, project, float(base + 7 * i + 3 * j) / 2)
        for i, person in enumerate(people)
        for j, project in enumerate(projects)
    )
    columns = (("Employee", "text", ""), ("Project", "text", ""), ("Hours", "number", ""))
    return Made("hours.xlsx", month, columns, rows)


HOURS = (_hours("January", 21), _hours("February", 40), _hours("March", 13))
STOCK = Made(
    "stock.xlsx",
    "Stock",
    (
        ("Product", "text", ""),
        ("Qty", "number", ""),
        ("Unit price", "number", "£"),
        ("Warehouse", "text", ""),
        ("Discount", "number", "%"),
    ),
    (
        ("Desk lamp", 40, 24.5, "North", 0.1),
        ("Office chair", 12, 139.99, "South", 0.25),
        ("Standing desk", 5, 410, "North", 0.05),
        ("Monitor arm", 33, 58.25, "East", 0.15),
        ("Paper tray", 120, 7.8, "South", 0),
        ("Whiteboard", 9, 92, "East", 0.2),
    ),
)


def _orders(year: int) -> Made:
    customers = (("Acme", "France"), ("Globex", "Spain"), ("Initech", "France"), ("Umbra", "Italy"))
    status = ("shipped", "open", "cancelled")
    rows: list[Row] = []
    for n in range(24):
        customer, country = customers[(n * n + year) % 4]
        month = n // 2 + 1
        shipped = f"{year}-{month:02}-{n % 9 + 15:02}" if n % 3 == 0 else None
        rows.append(
            (
                f"{year}-{n + 1:03}",
                customer,
                country,
                f"{year}-{month:02}-{n % 9 + 3:02}",
                shipped,
                status[n % 3],
                120 + (n * 53 + year) % 400,
            )
        )
    columns = (
        ("Order ID", "text", ""),
        ("Customer", "text", ""),
        ("Country", "text", ""),
        ("Order date", "date", ""),
        ("Ship date", "date", ""),
        ("Status", "text", ""),
        ("Total", "number", ""),
    )
    return Made(f"orders-{year}.csv", "", columns, tuple(rows))


def _zahlungen() -> Made:
    rows: list[Row] = [
        (
            f"2024-{n % 12 + 1:02}-{n % 27 + 1:02}",
            ("Nordwind AG", "Schreinerei Holm", "Adler OHG")[n % 3],
            ("Einkauf", "Vertrieb")[n % 2],
            None if n == 5 else round(100 + n * 31.5, 2),
            "ja" if n % 4 else "nein",
        )
        for n in range(30)
    ]
    columns = (
        ("Datum", "date", ""),
        ("Lieferant", "text", ""),
        ("Abteilung", "text", ""),
        ("Betrag", "number", "€"),
        ("Bezahlt", "text", ""),
    )
    return Made("zahlungen.xlsx", "Zahlungen", columns, tuple(rows))


ZAHLUNGEN = _zahlungen()
WOHNUNGEN = Made(
    "wohnungen.xlsx",
    "Wohnungen",
    (
        ("Wohnung", "number", ""),
        ("Mieter", "text", ""),
        ("Kaltmiete", "number", "€"),
        ("Fläche", "number", "m²"),
    ),
    ((1, "Inge Sommer", 650, 52), (2, "Max Winter", 720.5, 60), (3, "Ali Demir", 980, 81)),
)
ORDERS = (_orders(2023), _orders(2024))
EVERYTHING = (PAYMENTS, ROOMS, BUDGET, STAFF, *HOURS, STOCK, *ORDERS, ZAHLUNGEN, WOHNUNGEN)


def put(store: Store, folder: Path, tables: Sequence[Made], collection: str = "Sheets") -> None:
    """Put the files of these tables into the library."""
    root = folder / collection
    if str(root) not in {source.path for source in store.sources()}:
        store.add_source(str(root), collection)
    for file in dict.fromkeys(one.file for one in tables):
        document = _document(file, [one for one in tables if one.file == file])
        facts = FileFacts(str(root / file), 1, 0, str(root / file))
        store.note_pending(str(root), [facts])
        chunk = Chunk(0, len(document.text), "", document.text, document.text)
        store.put_document(facts, file, document, [chunk])


def _document(file: str, tables: Sequence[Made]) -> Document:
    text, made = "", []
    for one in tables:
        columns = tuple(
            SheetColumn(name, chr(65 + at), kind, unit)  # type: ignore[arg-type]  # a column's type
            for at, (name, kind, unit) in enumerate(one.columns)
        )
        text += "\t".join(name for name, *_ in one.columns) + "\n"
        rows = []
        for number, row in enumerate(one.rows, 2):
            line = "\t".join("" if cell is None else str(cell) for cell in row)
            rows.append(SheetRow(number, len(text), len(text) + len(line), row))
            text += line + "\n"
        totals = (len(one.rows) + 2,) if one.total else ()
        name = one.sheet or Path(file).stem
        made.append(SheetTable(one.sheet, name, 1, columns, tuple(rows), totals))
        text += "\n"
    return Document(Path(file).stem, "x", (Page(1, text),), paged=False, sheets=tuple(made))
