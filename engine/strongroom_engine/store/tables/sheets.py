"""Spreadsheets as typed tables: what is asked of them is asked in SQL, here alone."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

import apsw

from strongroom_engine.errors import Cancelled
from strongroom_engine.store.connection import Row, fetch
from strongroom_engine.store.managing import Lend
from strongroom_engine.store.paths import clean, load_path
from strongroom_engine.store.scope import Scope, document_condition
from strongroom_engine.store.tables import profiles
from strongroom_engine.store.tables.sheet_sql import Builder, Statement
from strongroom_engine.trees import folded
from strongroom_engine.types import (
    ColumnProfile,
    Document,
    Query,
    QueryResult,
    QueryTables,
    Scalar,
    Selection,
    SheetColumn,
    SheetRow,
    SheetTable,
    StoredSheet,
)

ROW = "row"
"""What the number of a row is called in a query."""
MAX_COLUMNS = 1_900
"""Columns that a query sees of a table; SQLite takes 2,000."""
MAX_SECONDS = 10.0
_LOOK_EVERY = 10_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""
_MAX_VALUE_BYTES = 32 << 20
"""No value that a query makes is longer."""
_WITH = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*WITH\b", re.IGNORECASE | re.DOTALL)
_ROWS = "sheet_rows"
_FUNCTIONS = {
    "->>", "sum", "total", "count", "avg", "min", "max", "median", "percentile", "group_concat",
    "string_agg", "abs", "round", "sign", "ceil", "ceiling", "floor", "trunc", "mod", "sqrt",
    "pow", "power", "coalesce", "ifnull", "nullif", "iif", "if", "typeof", "lower", "upper",
    "length", "substr", "substring", "trim", "ltrim", "rtrim", "replace", "instr", "concat",
    "concat_ws", "like", "glob", "folded", "date", "time", "datetime", "julianday", "unixepoch",
    "strftime", "timediff", "row_number", "rank", "dense_rank", "percent_rank", "cume_dist",
    "ntile", "lag", "lead", "first_value", "last_value", "nth_value",
}  # fmt: skip
"""What a query may call: nothing that reads files, loads code or makes values of any size."""

MAX_ROWS = 1_000
"""Rows of a result, at most."""
CITED = 8
"""Rows that are told as those that a figure rests on, at most."""


class QueryRefused(Exception):
    """The query is no single SELECT over the tables that it was given, or is wrong: why."""


class QueryTooLong(Exception):
    """The query took longer than it may."""


# --- keeping -------------------------------------------------------------------------------------


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep the tables of the document in row `row` instead of those there were."""
    db.execute("DELETE FROM sheets WHERE document = ?", (row,))
    for ordinal, table in enumerate(document.sheets):
        numbers = [one.number for one in table.rows]
        db.execute(
            "INSERT INTO sheets (document, ordinal, sheet, name, header_row, columns, totals,"
            " row_count, first_row, last_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row,
                ordinal,
                clean(table.sheet),
                clean(table.name),
                table.header_row,
                _columns(table),
                json.dumps(table.totals),
                len(numbers),
                min(numbers, default=0),
                max(numbers, default=0),
            ),
        )
        sheet = db.last_insert_rowid()
        db.executemany(
            'INSERT INTO sheet_rows (sheet, "row", start, "end", cells) VALUES (?, ?, ?, ?, ?)',
            ((sheet, one.number, one.start, one.end, _cells(one)) for one in table.rows),
        )
        found = profiles.profiles((one.cells for one in table.rows), len(table.columns))
        db.execute(
            "INSERT INTO sheet_profiles (sheet, columns) VALUES (?, ?)",
            (sheet, profiles.packed(found)),
        )


def _columns(table: SheetTable) -> str:
    names = _distinct_names(table.columns)
    columns = [
        [name, one.letter, one.type, clean(one.unit)]
        for name, one in zip(names, table.columns, strict=True)
    ]
    return json.dumps(columns, ensure_ascii=False)


def _distinct_names(columns: Sequence[SheetColumn]) -> Iterator[str]:
    """A name for each column that a query can call it by: 'Amount', 'Amount (D)'."""
    taken = {"", ROW}
    for column in columns:
        name = wanted = clean(column.name).replace("\0", "\ufffd") or column.letter
        for again in range(1, len(columns) + 3):
            if folded(name) not in taken:
                break
            name = f"{wanted} ({column.letter}{'' if again == 1 else f' {again}'})"
        taken.add(folded(name))
        yield name


def _cells(row: SheetRow) -> str:
    cells = [clean(cell) if isinstance(cell, str) else cell for cell in row.cells]
    return json.dumps(cells, ensure_ascii=False)


# --- asking --------------------------------------------------------------------------------------


class Sheets:
    """The tables of a library. `read` lends a connection that sees one state of it."""

    def __init__(self, read: Lend) -> None:
        self._read = read

    def listed(self, scope: Scope) -> tuple[StoredSheet, ...]:
        """The tables of the documents in the scope, document by document."""
        inside = document_condition(scope, "d.id")
        with self._read() as db:
            found = fetch(
                db,
                "SELECT t.id, d.id, d.path, k.name, t.sheet, t.name, t.header_row, t.columns,"
                " t.row_count, t.first_row, t.last_row, t.totals FROM sheets t"
                " JOIN documents d ON d.id = t.document JOIN sources s ON s.id = d.source"
                f" JOIN collections k ON k.id = s.collection WHERE TRUE{inside.sql}"
                " ORDER BY d.path, t.ordinal",
                inside.arguments,
            )
        return tuple(_stored(row) for row in found)

    def rows(self, sheet: int, numbers: Sequence[int]) -> tuple[SheetRow, ...]:
        """The rows with these numbers that the table has, in the order of the sheet."""
        with self._read() as db:
            found = fetch(
                db,
                'SELECT "row", start, "end", cells FROM sheet_rows'
                ' WHERE sheet = ? AND "row" IN (SELECT value FROM json_each(?)) ORDER BY "row"',
                (sheet, json.dumps(list(numbers))),
            )
        return tuple(map(_sheet_row, found))

    def holding(self, sheet: int, column: int, values: Sequence[str]) -> tuple[SheetRow, ...]:
        """The rows with one of these texts in the column (counted from 0)."""
        with self._read() as db:
            found = fetch(
                db,
                'SELECT "row", start, "end", cells FROM sheet_rows'
                ' WHERE sheet = ? AND cells ->> ? IN (SELECT value FROM json_each(?)) ORDER BY "row"',
                (sheet, column, json.dumps(list(values))),
            )
        return tuple(map(_sheet_row, found))

    def profiles(self, sheet: int) -> tuple[ColumnProfile, ...]:
        """What stands in each column of the table."""
        with self._read() as db:
            kept = fetch(db, "SELECT columns FROM sheet_profiles WHERE sheet = ?", (sheet,))
            if kept:
                return profiles.unpacked(kept[0][0])
            # Put in before profiles were kept.
            (told,) = fetch(db, "SELECT columns FROM sheets WHERE id = ?", (sheet,))
            rows = db.execute("SELECT cells FROM sheet_rows WHERE sheet = ?", (sheet,))
            return profiles.profiles(
                (json.loads(cells) for (cells,) in rows), len(json.loads(told[0]))
            )

    def ask(
        self, tables: QueryTables, query: Query, cancelled: Callable[[], bool] = lambda: False
    ) -> QueryResult:
        """What the query comes to: figures without dust behind them, at most `MAX_ROWS` rows.

        Raises `QueryRefused`, `QueryTooLong`, `Cancelled`.
        """
        builder = Builder(tables, query)

        def run(statement: Statement) -> Selection:
            return self.query(
                statement.sql,
                dict(statement.tables),
                statement.parameters,
                limit=MAX_ROWS,
                cancelled=cancelled,
            )

        asked = builder.asked()
        found = run(asked)
        fitting, grouped, used, texts = (int(n or 0) for n in run(builder.counted()).rows[0])
        if asked.of_rows:
            return QueryResult(
                asked.shown,
                tuple(row[2 if tables.source else 1 :] for row in found.rows),
                found.more,
                _places(tables, found.rows[:CITED]),
                fitting if query.asks == "rows" else len(found.rows),
            )
        return QueryResult(
            asked.shown,
            tuple(_in_order(tables, query, map(_tidy, found.rows))),
            found.more,
            _places(tables, run(builder.first(CITED)).rows),
            used,
            grouped - used,
            texts,
            fitting - grouped,
        )

    def query(
        self,
        sql: str,
        tables: Mapping[str, int],
        parameters: Sequence[Scalar] = (),
        *,
        limit: int = 1_000,
        seconds: float = MAX_SECONDS,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Selection:
        """What one SELECT gives over these tables, by their names in it: at most `limit` rows.

        A table has its columns by their names and the number of each row as `"row"`. Numbers are
        numbers, dates ISO 8601 texts, truth values 0 and 1. `folded(text)` is how texts compare
        whatever their case. Raises `QueryRefused`, `QueryTooLong`, `Cancelled`.
        """
        if _ROWS in sql.lower() or any(_ROWS in name.lower() for name in tables):
            raise QueryRefused("it asks for what is behind the tables")
        deadline = time.monotonic() + seconds

        def over() -> bool:
            return time.monotonic() > deadline or cancelled()

        with self._read() as db:
            text, arguments = _with_tables(db, sql, tables)
            with _query_errors(cancelled), _guarded(db, over) as sole:
                cursor = db.execute(text, (*arguments, *parameters))
                rows = tuple(islice(cursor, limit + 1))
                cursor.close()
                return Selection(sole.columns, rows[:limit], len(rows) > limit)


def _places(tables: QueryTables, rows: Sequence[tuple[Scalar, ...]]) -> tuple[tuple[int, int], ...]:
    """Of which table each row is, and its number."""
    labels = [one.label for one in tables.tables]
    return tuple(
        (labels.index(str(row[1])) if tables.source else 0, int(row[0] or 0)) for row in rows
    )


def _in_order(
    tables: QueryTables, query: Query, rows: Iterable[tuple[Scalar, ...]]
) -> Iterable[tuple[Scalar, ...]]:
    """A figure for each table in the order of the tables: January before February."""
    by_table = tables.source and query.group == len(tables.columns) - 1 and not query.top
    labels = [one.label for one in tables.tables]
    return sorted(rows, key=lambda row: labels.index(str(row[0]))) if by_table else rows


def _tidy(row: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    """Sums of binary fractions without the dust behind them: 0.30000000000000004 is 0.3."""
    return tuple(
        float(f"{round(cell, 9) if abs(cell) >= 1 else cell:.15g}")
        if isinstance(cell, float)
        else cell
        for cell in row
    )


def _sheet_row(row: Row) -> SheetRow:
    number, start, end, cells = row
    return SheetRow(number, start, end, tuple(json.loads(cells)))


def _stored(row: Row) -> StoredSheet:
    key, document, path, collection, sheet, name, header, columns, count, first, last, totals = row
    return StoredSheet(
        key,
        document,
        load_path(path),
        collection,
        sheet,
        name,
        header,
        tuple(SheetColumn(*column) for column in json.loads(columns)),
        count,
        first,
        last,
        tuple(json.loads(totals)),
    )


def _with_tables(
    db: apsw.Connection, sql: str, tables: Mapping[str, int]
) -> tuple[str, tuple[int, ...]]:
    """The query with its tables in front, and what fills their places."""
    views = []
    for name, sheet in tables.items():
        found = fetch(db, "SELECT columns FROM sheets WHERE id = ?", (sheet,))
        if not found:
            raise QueryRefused(f"there is no table {name} any more")
        views.append(f"{_quoted(name)} AS ({_view(json.loads(found[0][0]))})")
    if not views:
        return sql, ()
    own = _WITH.match(sql)
    rest = f", {sql[own.end() :]}" if own else f" {sql}"
    return f"WITH {', '.join(views)}{rest}", tuple(tables.values())


def _view(columns: Sequence[Sequence[str]]) -> str:
    shown = enumerate(columns[:MAX_COLUMNS])
    cells = "".join(f", cells ->> {place} AS {_quoted(name)}" for place, (name, *_) in shown)
    return f'SELECT "row"{cells} FROM {_ROWS} WHERE sheet = ?'


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _guarded(db: apsw.Connection, over: Callable[[], bool]) -> Iterator[_Sole]:
    """Let the connection read the rows of tables and nothing else, until it is over."""
    longest = db.limit(apsw.SQLITE_LIMIT_LENGTH)
    db.create_scalar_function("folded", _folded, 1, deterministic=True)
    db.set_progress_handler(over, _LOOK_EVERY)
    db.limit(apsw.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES)
    db.authorizer = _allowed
    db.exec_trace = sole = _Sole()
    try:
        yield sole
    finally:
        db.exec_trace = None
        db.authorizer = None
        db.limit(apsw.SQLITE_LIMIT_LENGTH, longest)
        db.set_progress_handler(None)


def _folded(*values: Scalar) -> Scalar:
    (value,) = values
    return folded(value) if isinstance(value, str) else value


def _allowed(
    operation: int, first: str | None, second: str | None, _schema: str | None, _by: str | None
) -> int:
    if operation == apsw.SQLITE_SELECT:
        return apsw.SQLITE_OK
    if operation == apsw.SQLITE_READ and first == _ROWS:
        return apsw.SQLITE_OK
    if operation == apsw.SQLITE_FUNCTION and second in _FUNCTIONS:
        return apsw.SQLITE_OK
    return apsw.SQLITE_DENY


class _Sole:
    """Lets the first statement run, if it only reads, and no other; `columns` are its names."""

    def __init__(self) -> None:
        self.columns: tuple[str, ...] = ()

    def __call__(self, cursor: apsw.Cursor, _sql: str, _arguments: object) -> bool:
        if self.columns or not cursor.is_readonly:
            return False
        self.columns = tuple(name for name, *_ in cursor.get_description())
        return True


@contextmanager
def _query_errors(cancelled: Callable[[], bool]) -> Iterator[None]:
    try:
        yield
    except apsw.InterruptError as exc:
        if cancelled():
            raise Cancelled from exc
        raise QueryTooLong from exc
    except (apsw.ExecTraceAbort, apsw.BindingsError) as exc:
        raise QueryRefused("it is not one query with its values") from exc
    except (apsw.SQLError, apsw.AuthError, apsw.TooBigError, apsw.RangeError) as exc:
        raise QueryRefused(str(exc)) from exc
