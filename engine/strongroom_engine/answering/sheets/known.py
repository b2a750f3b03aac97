"""What is known of a table before it is asked: its columns, and the values that stand in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import PurePath
from weakref import WeakKeyDictionary

from strongroom_engine.answering.sheets.atoms import words
from strongroom_engine.answering.sheets.words import tongues
from strongroom_engine.store import Store
from strongroom_engine.types import SheetColumn, StoredSheet

MAX_ROWS = 100_000
"""Rows of a table whose values are known by name; of longer tables the first ones are."""
MAX_VALUES = 20_000
"""Different texts of a column that are known by name."""
MOSTLY = 0.6
"""A column of numbers may have so many of them only, among texts."""
MAX_DECIMALS = 8
_NUMBERED = re.compile(r"Table \d+")
"""What a table is called that has no name."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")

Scalar = int | float | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of what is asked. `place` is where it stands; `names` of sheets or files that are
    asked as one table make a column, too: its letter is ''.

    `filled` cells are not empty, `numbers` hold one. `texts` are its different texts, `single`
    says that none of its values stands there twice. `yes` are the values that mean so, where it
    has nothing but yes and no.
    """

    place: int
    name: str
    letter: str
    type: str
    unit: str = ""
    filled: int = 0
    numbers: int = 0
    decimals: int = 0
    texts: tuple[str, ...] = ()
    single: bool = False
    yes: tuple[int | float | str, ...] = ()
    no: tuple[int | float | str, ...] = ()
    years: frozenset[str] = frozenset()
    """Of dates, '2024-03'."""
    low: float = 0.0
    high: float = 0.0
    full: bool = False
    """Whether every row has a number in it."""
    sorts: bool = False
    """Whole numbers of which few stand there again and again: floors, grades."""
    counts_up: bool = False
    """Whole numbers that grow from row to row."""

    @property
    def is_number(self) -> bool:
        return self.numbers > 0 and self.numbers >= MOSTLY * self.filled and not self.yes

    @property
    def is_date(self) -> bool:
        return self.type == "date"

    @property
    def is_truth(self) -> bool:
        return bool(self.yes)

    @property
    def is_text(self) -> bool:
        return not (self.is_number or self.is_date or self.is_truth)

    @property
    def whole(self) -> bool:
        """Whether every cell is a number or empty."""
        return self.numbers == self.filled


@dataclass(frozen=True)
class Relation:
    """One table, or several with the same columns that are asked as one."""

    sheets: tuple[StoredSheet, ...]
    columns: tuple[Column, ...]
    totals: tuple[tuple[int, int], ...] = ()
    """Rows that say that they are totals: which sheet (from 0), and the row."""
    also: tuple[StoredSheet, ...] = field(default=(), compare=False)
    """Other tables that would do as well."""

    @cached_property
    def name(self) -> str:
        """What it is called in a query, and for people."""
        names = list(dict.fromkeys(sheet_name(one) for one in self.sheets))
        if len(names) == 1:
            return names[0]
        files = {PurePath(one.path).stem for one in self.sheets}
        return files.pop() if len(files) == 1 else common(names) or names[0]

    @cached_property
    def called(self) -> frozenset[str]:
        """Words of the names of its file, sheet and table; of several those that all have."""
        return frozenset.intersection(*map(_called, self.sheets))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of its cells."""
        return frozenset(
            word for column in self.columns for text in column.texts for word in words(text)
        )

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.columns)

    def key(self) -> Column | None:
        """The column that tells the rows apart: the first whose texts are all different."""
        texts = [one for one in self.columns if one.is_text and one.letter]
        return next((one for one in texts if one.single), texts[0] if texts else None)


class Lexicon:
    """The texts of columns by their words."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.whole: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        self.inside: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for column in columns:
            for text in column.texts:
                said = words(text)
                if not said:
                    continue
                self.whole.setdefault(said, []).append((column.place, text))
                if 1 < len(said) <= MAX_WORDS:
                    for part in _parts(said):
                        self.inside.setdefault(part, []).append((column.place, text))


MAX_WORDS = 6
"""Words of a value that is known by a part of it, too."""


def _parts(said: tuple[str, ...]) -> set[tuple[str, ...]]:
    size = len(said)
    return {
        said[start:end]
        for start in range(size)
        for end in range(start + 1, size + 1)
        if end - start < size
    }


def _called(sheet: StoredSheet) -> frozenset[str]:
    said = (PurePath(sheet.path).stem, sheet.sheet, sheet.name)
    return frozenset(word for each in said for word in words(each.replace("_", " ")))


def sheet_name(sheet: StoredSheet) -> str:
    """The table's own name, else its sheet's, else its file's."""
    own = "" if _NUMBERED.fullmatch(sheet.name) else sheet.name
    return own or sheet.sheet or PurePath(sheet.path).stem


def common(names: Sequence[str]) -> str:
    """The words that all the names begin or end with."""
    split = [re.split(r"[\s_-]+", name) for name in names]
    kept = [word for word in split[0] if all(word in one for one in split)]
    return " ".join(kept)


# --- reading what stands in the columns ----------------------------------------------------------

_seen: WeakKeyDictionary[Store, dict[StoredSheet, Relation]] = WeakKeyDictionary()


def relation(store: Store, sheet: StoredSheet) -> Relation:
    """What is known of one table; read once (a table that changes gets another id)."""
    known = _seen.setdefault(store, {})
    if sheet not in known:
        known[sheet] = _read(store, sheet)
    return known[sheet]


_wholes: WeakKeyDictionary[Store, dict[tuple[object, ...], Relation]] = WeakKeyDictionary()


def as_one(store: Store, relations: Sequence[Relation], name: str) -> Relation:
    """Several tables as one; made once."""
    known = _wholes.setdefault(store, {})
    ids = (name, *(one.sheets[0] for one in relations))
    if ids not in known:
        known[ids] = together(relations, name)
    return known[ids]


def _read(store: Store, sheet: StoredSheet) -> Relation:
    found = store.sheets.query('SELECT * FROM "t"', {"t": sheet.id}, limit=MAX_ROWS)
    numbers = [int(row[0] or 0) for row in found.rows]
    cells = [row[1:] for row in found.rows]
    totals = [number for number, row in zip(numbers, cells, strict=True) if _is_total(row)]
    cells = [row for number, row in zip(numbers, cells, strict=True) if number not in totals]
    columns = tuple(
        _column(place, column, [row[place] for row in cells], more=found.more)
        for place, column in enumerate(sheet.columns)
        if not cells or place < len(cells[0])
    )
    return Relation((sheet,), columns, tuple((0, number) for number in totals))


def _total_words() -> frozenset[str]:
    return frozenset(word for tongue in tongues() for word in tongue.values.total)


def _is_total(row: Sequence[Scalar]) -> bool:
    """Whether the row calls itself a total, and has figures."""
    first = next((cell for cell in row if cell is not None), None)
    has_figure = any(isinstance(cell, int | float) for cell in row)
    return (
        isinstance(first, str)
        and has_figure
        and first.strip().rstrip(":").casefold() in _total_words()
    )


def _column(place: int, column: SheetColumn, cells: Sequence[Scalar], *, more: bool) -> Column:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    numbers = [cell for cell in filled if isinstance(cell, int | float)]
    counted = Counter(filled)
    texts = [value for value in counted if isinstance(value, str)]
    is_date = column.type == "date" and all(map(_DAY.match, texts)) and bool(texts)
    yes, no = _truth(column, list(counted))
    return Column(
        place,
        column.name,
        column.letter,
        "text" if column.type == "date" and not is_date else column.type,
        column.unit,
        len(filled),
        0 if yes else len(numbers),
        max(map(decimals, numbers), default=0),
        () if is_date else tuple(texts[:MAX_VALUES]),
        len(counted) == len(filled) == len(cells) > 0 and not more,
        yes,
        no,
        frozenset(text[:7] for text in texts) if is_date else frozenset(),
        float(min(numbers, default=0)),
        float(max(numbers, default=0)),
        len(numbers) == len(cells) and not yes and not more,
        bool(numbers)
        and len(counted) * 2 <= len(filled)
        and all(float(n).is_integer() for n in counted if isinstance(n, int | float)),
        len(numbers) == len(cells) > 1 and all(a < b and b == int(b) for a, b in pairwise(numbers)),
    )


def _truth(
    column: SheetColumn, values: list[int | float | str]
) -> tuple[tuple[int | float | str, ...], tuple[int | float | str, ...]]:
    """The values that mean yes, and those that mean no, where there are no others."""
    if column.type == "boolean":
        return (1,), (0,)
    texts = [value for value in values if isinstance(value, str)]
    if not texts or len(texts) != len(values):
        return (), ()
    said = {text: text.strip().casefold() for text in texts}
    for tongue in tongues():
        yes = tuple(t for t in texts if said[t] in tongue.values.yes)
        no = tuple(t for t in texts if said[t] in tongue.values.no)
        if yes and len(yes) + len(no) == len(texts):
            return yes, no
    return (), ()


def decimals(number: float) -> int:
    """Digits after the point that the number has."""
    if isinstance(number, int) or number.is_integer():
        return 0
    text = f"{number:.{MAX_DECIMALS}f}".rstrip("0")
    return len(text.partition(".")[2])


# --- several tables as one -----------------------------------------------------------------------

_PERIOD = re.compile(r"(?:19|20)\d\d|[01]?\d|q[1-4]|h[12]")


def together(relations: Sequence[Relation], name: str) -> Relation:
    """Tables with the same columns as one, with a column that says which one a row is of."""
    sheets = tuple(sheet for one in relations for sheet in one.sheets)
    totals = tuple((at, row) for at, one in enumerate(relations) for _, row in one.totals)
    width = len(relations[0].columns)
    columns = [_merged([one.columns[place] for one in relations]) for place in range(width)]
    source = Column(
        width, name, "", "text", texts=tuple(dict.fromkeys(labels(sheets))), filled=len(sheets)
    )
    return Relation(sheets, (*columns, source), totals)


def labels(sheets: Sequence[StoredSheet]) -> tuple[str, ...]:
    """What tells the tables apart: their sheets within one file, else their files."""
    one_file = len({sheet.path for sheet in sheets}) == 1
    return tuple(
        (sheet.sheet or sheet.name) if one_file else PurePath(sheet.path).stem for sheet in sheets
    )


def _merged(columns: Sequence[Column]) -> Column:
    first = columns[0]
    return replace(
        first,
        type=next((one.type for one in columns if one.type != "empty"), first.type),
        filled=sum(one.filled for one in columns),
        numbers=sum(one.numbers for one in columns),
        full=all(one.full for one in columns),
        decimals=max(one.decimals for one in columns),
        texts=tuple(dict.fromkeys(text for one in columns for text in one.texts)),
        single=all(one.single for one in columns)
        and len({text for one in columns for text in one.texts})
        == sum(len(one.texts) for one in columns)
        and first.type == "text",
        yes=tuple(dict.fromkeys(value for one in columns for value in one.yes)),
        no=tuple(dict.fromkeys(value for one in columns for value in one.no)),
        years=frozenset(month for one in columns for month in one.years),
        low=min(one.low for one in columns),
        high=max(one.high for one in columns),
    )


def signature(sheet: StoredSheet) -> tuple[str, ...]:
    """The columns by name, as far as tables of one kind agree."""
    return tuple(" ".join(words(column.name)) for column in sheet.columns)


def without_period(name: str) -> tuple[str, ...]:
    """The words of a name that are no year, month or quarter: files that differ in these alone
    are parts of one whole."""
    months = {word for one in tongues() for month in one.values.months for word in month}
    return tuple(
        word
        for word in words(name.replace("_", " "))
        if word not in months and not _PERIOD.fullmatch(word)
    )
