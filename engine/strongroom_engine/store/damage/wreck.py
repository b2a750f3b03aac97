"""Reading what can still be read of a damaged database, around the pages that cannot.

Pages are authenticated: what is read is what was written. A table is walked from both ends up to
what cannot be read, and what lies between is halved and tried again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import apsw

from strongroom_engine.store.connection import Row

_LEAST_TRIES = 500
"""Ranges that are tried in one table, and as many more as rows were read of it, after which the rest
counts as lost."""
_LEAST_LAST_ID = 50_000
"""Ids are looked for as far as here at least, where it cannot be read how far they go."""
_TEXT_BYTES = 12
"""So much of a text's beginning says where a range of texts is halved."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Between these first columns of a table's key, both included, rows may be lost."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what its rows are sorted by in the file; `texts`: the first of these is one."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    texts: bool


def table_of(db: apsw.Connection, name: str) -> Table:
    """The table as it is in a sound database of the same schema."""
    found = db.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
    keys = sorted((pk, str(column), kind) for column, kind, pk in found if pk)
    ((without_rowid,),) = db.execute("SELECT wr FROM pragma_table_list(?)", (name,)).fetchall()
    columns = tuple(str(column) for column, _, _ in found)
    if not without_rowid:
        return Table(name, columns, ("rowid",), texts=False)
    key = tuple(column for _, column, _ in keys)
    return Table(name, columns, key, texts=keys[0][2] != "INTEGER")


class Wreck:
    """A damaged database, open for reading. `gaps` says of each table what could not be read."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self.gaps: dict[str, list[Gap]] = {}
        self._columns = self._read_columns()
        self.whole = bool(
            self._columns and self.sole("SELECT total(length(sql)) FROM sqlite_schema")
        )
        """Whether it is known which tables there were."""

    def _read_columns(self) -> dict[str, set[str]]:
        """The columns of each table; nothing where not even these can be read."""
        columns: dict[str, set[str]] = {}
        with suppress(apsw.Error):
            listed = "SELECT name FROM sqlite_schema WHERE type = 'table'"
            for name in [str(name) for (name,) in self._db.execute(listed)]:
                with suppress(apsw.Error):  # virtual tables read more than the schema
                    rows = self._db.execute("SELECT name FROM pragma_table_info(?)", (name,))
                    columns[name] = {str(column) for (column,) in rows}
        return columns

    @property
    def legible(self) -> bool:
        """Whether it can be read at all."""
        return bool(self._columns)

    def has(self, table: str) -> bool:
        return table in self._columns

    def _last_id(self) -> int:
        """No row has a higher id, as far as can be told."""
        row = self.sole("SELECT max(seq) FROM sqlite_sequence")
        return max(row[0] if row and isinstance(row[0], int) else 0, _LEAST_LAST_ID) + 1

    def sole(self, sql: str, arguments: Sequence[object] = ()) -> Row | None:
        """The first row of a query; None also where it cannot be read."""
        with suppress(apsw.Error):
            row: Row | None = self._db.execute(sql, arguments).fetchone()
            return row
        return None

    def rows(self, table: Table, named: str = "") -> tuple[tuple[str, ...], Iterator[Row]]:
        """The columns that there are, and the rows that can be read of them; the table is `named`
        so in the wreck."""
        there = self._columns.get(named or table.name, set())
        columns = tuple(column for column in table.columns if column in there)
        if not columns or not {*table.key} <= {*there, "rowid"}:
            return (), iter(())
        return columns, self._walked(named or table.name, table, columns)

    def _walked(self, name: str, table: Table, columns: Sequence[str]) -> Iterator[Row]:
        walk = _Walk(self._db, name, table, columns, self._last_id())
        gaps, tries = [], 0
        todo = deque([(walk.least, walk.most)])
        while todo and tries < _LEAST_TRIES + walk.read:
            tries += 1
            between = yield from walk.between(*todo.popleft())
            if between is None:
                continue
            low, high = between
            if high - low <= 2:
                gaps.append(Gap(low, high))
            else:
                middle = (low + high) // 2
                todo += [(low, middle + 1), (middle, high)]
        gaps += [Gap(*rest) for rest in todo]
        if gaps:
            self.gaps[name] = _joined(gaps)


def _joined(gaps: list[Gap]) -> list[Gap]:
    """The gaps in their order, those that touch as one."""
    joined: list[Gap] = []
    for gap in sorted(gaps, key=lambda gap: gap.low):
        touches = joined and gap.low <= joined[-1].high
        joined.append(Gap(joined.pop().low, gap.high) if touches else gap)
    return joined


class _Walk:
    """Walks ranges of one table from both ends. Places are whole numbers: the first column of the
    key, or the beginning of its text."""

    def __init__(
        self, db: apsw.Connection, name: str, table: Table, columns: Sequence[str], last: int
    ) -> None:
        self._db, self._texts = db, table.texts
        self._keys = [_quoted(column) for column in table.key]
        listed = ", ".join([*self._keys, *map(_quoted, columns)])
        self._select = f"SELECT {listed} FROM {_quoted(name)} WHERE "
        self.least, self.most = -1, 256**_TEXT_BYTES if self._texts else 2**63 - 1
        self.read = 0
        self._last = self.most if self._texts else last

    def between(self, low: int, high: int) -> Generator[Row, None, tuple[int, int] | None]:
        """Yields what can be read between two places; returns the places between which something
        cannot be, or None."""
        first, bound = self._keys[0], "CAST(? AS TEXT)" if self._texts else "?"
        inside, arguments = "1", []
        if low > self.least:
            inside += f" AND {first} > {bound}"
            arguments.append(self._bound(low))
        if high < self.most:
            inside += f" AND {first} < {bound}"
            arguments.append(self._bound(high))
        whole, last = yield from self._walk(inside, arguments, "ASC")
        if whole:
            return None
        if last:
            marks = ", ".join("?" * len(last))
            inside += f" AND ({', '.join(self._keys)}) > ({marks})"
            arguments += last
            low = max(low, self._place(last[0]))
        _, final = yield from self._walk(inside, arguments, "DESC")
        return low, min(high, self._place(final[0])) if final else min(high, self._last)

    def _walk(
        self, inside: str, arguments: Sequence[object], order: str
    ) -> Generator[Row, None, tuple[bool, Row]]:
        """Whether all was read, and the key that was read last."""
        ordered = ", ".join(f"{key} {order}" for key in self._keys)
        last: Row = ()
        try:
            for row in self._db.execute(f"{self._select}{inside} ORDER BY {ordered}", arguments):
                last = row[: len(self._keys)]
                self.read += 1
                yield row[len(self._keys) :]
        except apsw.Error:
            return False, last
        return True, last

    def _place(self, key: object) -> int:
        if isinstance(key, int):
            return key
        data = key if isinstance(key, bytes) else str(key).encode("utf-8", "surrogatepass")
        return int.from_bytes(data[:_TEXT_BYTES].ljust(_TEXT_BYTES, b"\0"))

    def _bound(self, place: int) -> int | bytes:
        return place.to_bytes(_TEXT_BYTES).rstrip(b"\0") if self._texts else place


def _quoted(name: str) -> str:
    return f'"{name}"'
