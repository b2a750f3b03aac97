"""A query over a table, run: its result, how many rows went into it, and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from strongroom_engine.answering.sheets.known import Relation, labels
from strongroom_engine.answering.sheets.query import Query
from strongroom_engine.answering.sheets.sql import Builder, Statement
from strongroom_engine.store import Store

Scalar = int | float | str | None
Row = tuple[Scalar, ...]
MAX_ROWS = 1_000
"""Rows of a result, at most."""
CITED = 8
"""Rows that are quoted, at most."""


@dataclass(frozen=True, slots=True)
class Result:
    """`rows` without what says where they stand. `at` are the rows that are quoted: which of the
    tables, and the row's number; `used` rows went into it, of `tables` tables; `skipped` had no
    number."""

    statement: Statement
    rows: tuple[Row, ...]
    more: bool
    at: tuple[tuple[int, int], ...]
    used: int
    skipped: int = 0


def run(
    store: Store, relation: Relation, query: Query, cancelled: Callable[[], bool] = lambda: False
) -> Result:
    """Ask the table. Raises `Cancelled`, and what `Store.sheets.query` raises."""
    builder = Builder(relation, query)

    def ask(statement: Statement, limit: int = MAX_ROWS) -> tuple[tuple[Row, ...], bool]:
        found = store.sheets.query(
            statement.sql,
            dict(statement.tables),
            statement.parameters,
            limit=limit,
            cancelled=cancelled,
        )
        return found.rows, found.more

    statement = builder.asked()
    rows, more = ask(statement)
    used = sum(int(row[1] or 0) for row in ask(builder.used())[0])
    if statement.of_rows:
        at = _places(relation, rows[:CITED])
        used = used if query.asks == "rows" else len(rows)
        return Result(statement, tuple(row[2:] for row in rows), more, at, used)
    lacking = builder.without_number()
    skipped = int(ask(lacking)[0][0][0] or 0) if lacking else 0
    at = _places(relation, ask(builder.first(CITED))[0])
    return Result(statement, _tidy(rows), more, at, used, skipped)


def _places(relation: Relation, rows: tuple[Row, ...]) -> tuple[tuple[int, int], ...]:
    """Of which table each row is, and its number."""
    said = labels(relation.sheets)
    return tuple(
        (said.index(str(row[1])) if len(said) > 1 else 0, int(row[0] or 0)) for row in rows
    )


def _tidy(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Sums of binary fractions without the dust behind them: 0.30000000000000004 is 0.3."""
    return tuple(
        tuple(round(cell, 9) if isinstance(cell, float) else cell for cell in row) for row in rows
    )
