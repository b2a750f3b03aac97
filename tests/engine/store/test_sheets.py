"""The tables of spreadsheets: kept, listed, read and asked in SQL, and nothing else with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from strongroom_engine.errors import Cancelled, Vanished
from strongroom_engine.store import Scope, Store
from strongroom_engine.store.tables.sheets import QueryRefused, QueryTooLong
from strongroom_engine.types import (
    CellValue,
    Chunk,
    Document,
    Filter,
    Page,
    Query,
    QueryColumn,
    QueryTable,
    QueryTables,
    SheetColumn,
    SheetRow,
    SheetTable,
)

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

EVERYTHING = Scope()
COLUMNS = (
    SheetColumn("Item", "A", "text"),
    SheetColumn("Amount", "B", "number", "€"),
    SheetColumn("Due", "C", "date"),
    SheetColumn("Paid", "D", "boolean"),
)
CELLS: tuple[tuple[CellValue, ...], ...] = (
    ("Rent", 1200.5, "2024-03-01", True),
    ("Ämter", 80, "2024-03-15", False),
    ("Rent", 1200.5, "2024-04-01", None),
    ("Repairs", None, None, None),
)


def table(
    cells: Sequence[Sequence[CellValue]] = CELLS,
    columns: tuple[SheetColumn, ...] = COLUMNS,
    name: str = "Budget",
) -> SheetTable:
    rows = tuple(SheetRow(i + 2, i * 10, i * 10 + 9, tuple(row)) for i, row in enumerate(cells))
    return SheetTable(name, name, 1, columns, rows, totals=(len(rows) + 2,))


def put(store: Store, papers: Papers, *tables: SheetTable, name: str = "b.xlsx") -> None:
    page = Page(1, "words")
    document = Document(name, "x", (page,), paged=False, sheets=tables)
    chunk = Chunk(0, 5, "", "words", "words")
    store.put_document(papers.facts(name), "hash", document, [chunk])


@pytest.fixture
def budget(store: Store, papers: Papers) -> int:
    """The one table of the library."""
    put(store, papers, table())
    return store.sheets.listed(EVERYTHING)[0].id


def test_a_table_is_listed_with_what_it_is(store: Store, papers: Papers, budget: int) -> None:
    (listed,) = store.sheets.listed(EVERYTHING)
    assert listed.path == papers.facts("b.xlsx").path
    assert store.rows_of([listed.path]) == (listed.document,)
    assert (listed.sheet, listed.name, listed.header_row) == ("Budget", "Budget", 1)
    assert listed.columns == COLUMNS
    assert (listed.rows, listed.first_row, listed.last_row, listed.totals) == (4, 2, 5, (6,))
    assert listed.collection == "Papers"
    assert listed.id == budget


def test_tables_are_listed_within_a_scope(store: Store, papers: Papers) -> None:
    put(store, papers, table(), table(name="Other"))
    put(store, papers, table(), name="c.ods")
    assert len(store.sheets.listed(EVERYTHING)) == 3
    assert [one.path[-6:] for one in store.sheets.listed(Scope(types=("ods",)))] == ["/c.ods"]
    assert store.sheets.listed(Scope(collections=("Elsewhere",))) == ()


@pytest.mark.usefixtures("budget")
def test_tables_go_with_their_document(store: Store, papers: Papers) -> None:
    put(store, papers)
    assert store.sheets.listed(EVERYTHING) == ()
    put(store, papers, table())
    store.put_problem(papers.facts("b.xlsx"), Vanished())
    assert store.sheets.listed(EVERYTHING) == ()
    put(store, papers, table())
    store.remove_source(papers.source)
    assert store.sheets.listed(EVERYTHING) == ()
    with store._read() as db:
        assert db.execute("SELECT count(*) FROM sheet_rows").fetchall() == [(0,)]


def test_rows_come_back_as_they_were(store: Store, budget: int) -> None:
    assert store.sheets.rows(budget, [4, 2, 99]) == (table().rows[0], table().rows[2])


def test_what_stands_in_columns_is_known(store: Store, budget: int) -> None:
    item, amount, due, paid = store.sheets.profiles(budget)
    assert (item.filled, item.different, item.texts) == (4, 3, ("Rent", "Ämter", "Repairs"))
    assert (amount.numbers, amount.decimals, amount.low, amount.high) == (3, 1, 80, 1200.5)
    assert (due.days, due.months) == (True, ("2024-03", "2024-04"))
    assert (paid.numbers, paid.different) == (2, 2)


def test_columns_of_older_libraries_are_counted_when_asked(store: Store, budget: int) -> None:
    kept = store.sheets.profiles(budget)
    with store._write() as db:
        db.execute("DELETE FROM sheet_profiles")
    assert store.sheets.profiles(budget) == kept


def test_rows_are_found_by_a_text(store: Store, budget: int) -> None:
    assert [row.number for row in store.sheets.holding(budget, 0, ["Rent", "x"])] == [2, 4]


def test_a_question_is_asked(store: Store, budget: int) -> None:
    columns = (
        QueryColumn("Item"),
        QueryColumn("Amount", is_number=True, whole=True),
        QueryColumn("Due"),
    )
    tables = QueryTables("b", columns, (QueryTable(budget, "", ("Item", "Amount", "Due")),))
    made = store.sheets.ask(tables, Query("value", "sum", 1, filters=(Filter(0, "in", ("Rent",)),)))
    assert (made.rows, made.used, made.at) == (((2401,),), 2, ((0, 2), (0, 4)))
    assert made.sql == (
        """SELECT sum("Amount")\nFROM "b"\nWHERE "Item" = 'Rent'"""
        """\n  AND typeof("Amount") IN ('integer', 'real')"""
    )
    made = store.sheets.ask(tables, Query("value", "sum", 1))
    assert (made.used, made.skipped, made.texts) == (3, 1, 0)
    made = store.sheets.ask(tables, Query("count", group=2, unit="month"))
    assert (made.rows, made.ungrouped) == ((("2024-03", 2), ("2024-04", 1)), 1)


def test_a_hostile_name_is_only_a_name(store: Store, papers: Papers) -> None:
    name = 'x"; DELETE FROM documents; --'
    put(
        store,
        papers,
        table((("a", 1),), (SheetColumn("Item", "A", "text"), SheetColumn(name, "B", "number"))),
    )
    key = store.sheets.listed(EVERYTHING)[0].id
    columns = (QueryColumn("Item"), QueryColumn(name, is_number=True))
    tables = QueryTables(name, columns, (QueryTable(key, "", ("Item", name)),))
    value = "'; DELETE FROM documents; --"
    made = store.sheets.ask(tables, Query("value", "sum", 1, filters=(Filter(0, "!=", (value,)),)))
    assert made.rows == ((1,),)
    assert store.sheets.listed(EVERYTHING)


def test_a_query_adds_and_counts_typed_values(store: Store, budget: int) -> None:
    found = store.sheets.query(
        'SELECT "Item", sum("Amount") AS "All", min("row"), count(*) FROM "Budget"'
        ' WHERE "Due" >= ? GROUP BY "Item" ORDER BY 2 DESC',
        {"Budget": budget},
        ("2024-03-01",),
    )
    assert found.columns == ("Item", "All", 'min("row")', "count(*)")
    assert found.rows == (("Rent", 2401.0, 2, 2), ("Ämter", 80, 3, 1))
    assert not found.more


def test_numbers_stay_what_they_are(store: Store, budget: int) -> None:
    found = store.sheets.query(
        'SELECT typeof("Amount"), typeof("Paid"), typeof("Due") FROM b ORDER BY "row"',
        {"B": budget},
    )
    assert found.rows[0] == ("real", "integer", "text")
    assert found.rows[1] == ("integer", "integer", "text")
    assert found.rows[3] == ("null", "null", "null")


def test_texts_compare_whatever_their_case(store: Store, budget: int) -> None:
    sql = 'SELECT "row" FROM b WHERE folded("Item") = folded(?)'
    assert store.sheets.query(sql, {"b": budget}, ("äMTER",)).rows == ((3,),)


def test_a_query_without_rows_has_its_columns(store: Store, budget: int) -> None:
    found = store.sheets.query('SELECT "Item" FROM b WHERE FALSE', {"b": budget})
    assert (found.columns, found.rows) == (("Item",), ())


def test_a_query_with_names_of_its_own(store: Store, budget: int) -> None:
    sql = ' /* of\n mine */ WITH big AS (SELECT * FROM b WHERE "Amount" > 100) SELECT count(*) FROM big'
    assert store.sheets.query(sql, {"b": budget}).rows == ((2,),)


def test_tables_are_compared(store: Store, papers: Papers) -> None:
    put(store, papers, table(), table((("Rent", 1000, None, None),), name="Plan"))
    plan, budget = (
        next(one.id for one in store.sheets.listed(EVERYTHING) if one.name == name)
        for name in ("Plan", "Budget")
    )
    sql = 'SELECT sum(b."Amount") - (SELECT "Amount" FROM p) FROM b WHERE "Item" = ?'
    found = store.sheets.query(sql, {"p": plan, "b": budget}, ("Rent",))
    assert found.rows == ((1401.0,),)


def test_rows_are_limited(store: Store, budget: int) -> None:
    found = store.sheets.query('SELECT "row" FROM b', {"b": budget}, limit=2)
    assert (found.rows, found.more) == (((2,), (3,)), True)
    assert not store.sheets.query('SELECT "row" FROM b', {"b": budget}, limit=4).more


def test_columns_get_names_that_can_be_told_apart(store: Store, papers: Papers) -> None:
    names = ("Amount", "amount", "", "Row", 'say "so"', "Amount (B)", "Amount")
    columns = tuple(SheetColumn(n, "ABCDEFG"[i], "number") for i, n in enumerate(names))
    put(store, papers, table([range(7)], columns))
    (listed,) = store.sheets.listed(EVERYTHING)
    assert [column.name for column in listed.columns] == [
        *("Amount", "amount (B)", "C", "Row (D)", 'say "so"', "Amount (B) (F)", "Amount (G)")
    ]
    found = store.sheets.query("SELECT * FROM t", {"t": listed.id})
    assert found.rows == ((2, 0, 1, 2, 3, 4, 5, 6),)
    assert found.columns[5] == 'say "so"'


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM sheet_rows",
        'SELECT count(*) FROM (SELECT * FROM main."SHEET_ROWS") AS "b"',
        "SELECT text FROM texts",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM kept_passwords",
        "SELECT load_extension('x')",
        "SELECT printf('%100000000d', 1)",
        "SELECT * FROM pragma_table_info('b')",
        "SELECT * FROM json_each('[1]')",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n",
        "SELECT 1; SELECT 2",
        "DELETE FROM b",
        "PRAGMA user_version",
        "ATTACH 'x' AS y",
        "CREATE TEMP TABLE x (a)",
        "SELEKT",
        "SELECT nothing FROM b",
        "SELECT ?",
        "",
    ],
)
def test_a_query_reads_its_tables_and_nothing_else(store: Store, budget: int, sql: str) -> None:
    with pytest.raises(QueryRefused):
        store.sheets.query(sql, {"b": budget})
    assert store.sheets.query("SELECT count(*) FROM b", {"b": budget}).rows == ((4,),)
    assert store.status().documents  # the connection does all it did before


def test_a_table_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(QueryRefused, match="no table Budget"):
        store.sheets.query("SELECT 1 FROM Budget", {"Budget": 77})


def test_a_query_that_takes_too_long_is_given_up(store: Store, papers: Papers) -> None:
    put(store, papers, table([("x", i, None, None) for i in range(2_000)]))
    tables = {"t": store.sheets.listed(EVERYTHING)[0].id}
    endless = 'SELECT count(*) FROM t a, t b, t c WHERE a."Amount" + b."Amount" > c."Amount"'
    began = time.monotonic()
    with pytest.raises(QueryTooLong):
        store.sheets.query(endless, tables, seconds=0.2)
    with pytest.raises(Cancelled):
        store.sheets.query(endless, tables, cancelled=lambda: time.monotonic() > began + 0.4)


def test_what_json_cannot_say_of_a_number_is_kept(store: Store, papers: Papers) -> None:
    columns = (SheetColumn("n", "A", "number"),)
    values = (2**70, 1e300, -0.5, 10**15 + 1)
    put(store, papers, table([(value,) for value in values], columns))
    key = store.sheets.listed(EVERYTHING)[0].id
    assert [row.cells[0] for row in store.sheets.rows(key, range(2, 6))] == list(values)
    found = store.sheets.query('SELECT "n" FROM t ORDER BY "row"', {"t": key})
    assert [row[0] for row in found.rows] == [float(2**70), 1e300, -0.5, 10**15 + 1]
