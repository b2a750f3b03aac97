"""What is known of a table before it is asked: its columns, and the values that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from weakref import WeakKeyDictionary

from strongroom_engine.answering.sheets.atoms import words
from strongroom_engine.answering.sheets.words import tongues
from strongroom_engine.store import Store
from strongroom_engine.types import (
    ColumnProfile,
    QueryColumn,
    QueryTable,
    QueryTables,
    Scalar,
    SheetColumn,
    StoredSheet,
)

SUMMED = 2
"""In so many columns the last row has to hold the sum of the others, to be taken for a total."""
MOSTLY = 0.6
"""A column of numbers may have so many of them only, among texts."""
_NUMBERED = re.compile(r"Table \d+")
"""What a table is called that has no name."""


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
    gaps: bool = False
    """Whether a row has nothing in it."""
    is_flag: bool = False
    """Whether it holds nothing but 0 and 1."""
    checksum: str = ""
    """That of the cells: of two columns with the same cells it is the same."""

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
    places: tuple[tuple[int, ...], ...]
    """For each sheet where in it each of the columns stands."""
    totals: tuple[tuple[int, int], ...] = ()
    """Rows that say that they are totals: which sheet (from 0), and the row."""
    nested: bool = False
    """Whether sums stand among its rows, and which ones is not known."""
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
    def asked(self) -> QueryTables:
        """What a query asks."""
        several = len(self.sheets) > 1
        return QueryTables(
            self.name,
            tuple(
                QueryColumn(one.name, one.is_number, one.whole, one.full) for one in self.columns
            ),
            tuple(
                QueryTable(
                    sheet.id,
                    label,
                    tuple(sheet.columns[place].name for place in places),
                    tuple(row for which, row in self.totals if which == at),
                )
                for at, (sheet, label, places) in enumerate(
                    zip(self.sheets, labels(self.sheets), self.places, strict=True)
                )
            ),
            self.columns[-1].name if several else "",
        )

    def letter(self, sheet: int, column: int) -> str:
        """Of a column in one of the sheets; '' for that which says which sheet a row is of."""
        places = self.places[sheet]
        return self.sheets[sheet].columns[places[column]].letter if column < len(places) else ""

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


class Lexicon:
    """The texts of columns by their words."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.whole: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        self._with: dict[str, list[tuple[int, str]]] = {}
        for column in columns:
            for text in column.texts:
                said = words(text)
                if said:
                    self.whole.setdefault(said, []).append((column.place, text))
                if 1 < len(said) <= MAX_WORDS:
                    for word in set(said):
                        self._with.setdefault(word, []).append((column.place, text))

    def inside(self, part: tuple[str, ...]) -> list[tuple[int, str]]:
        """The texts of which these words, in a row, are a part."""
        rarest = min((self._with.get(word, []) for word in part), key=len, default=[])
        return [one for one in rarest if _is_part(part, words(one[1]))]


MAX_WORDS = 6
"""Words of a value that is known by a part of it, too."""


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(part)
    return size < len(whole) and any(
        whole[at : at + size] == part for at in range(len(whole) - size + 1)
    )


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
    profiles = store.sheets.profiles(sheet.id)
    totals = _totals(store, sheet, profiles)
    rows = sheet.rows - len(totals)
    summed = store.sheets.rows(sheet.id, totals)
    said = frozenset(cell for row in summed for cell in row.cells if isinstance(cell, str))
    columns = tuple(
        _column(place, column, profile, rows, without=said)
        for place, (column, profile) in enumerate(zip(sheet.columns, profiles, strict=True))
    )
    numbers = tuple((0, number) for number in totals)
    nested = sum(one.last_sums == 2 for one in profiles) >= SUMMED
    return Relation((sheet,), columns, (tuple(range(len(columns))),), numbers, nested=nested)


def _totals(store: Store, sheet: StoredSheet, profiles: Sequence[ColumnProfile]) -> tuple[int, ...]:
    """The numbers of rows that call themselves totals and have figures, and of a last one that
    holds the sums of the others."""
    summed = sum(one.last_sums == 1 for one in profiles) >= SUMMED
    found = {sheet.last_row} if summed else set[int]()
    for place, profile in enumerate(profiles):
        if said := [text for text in profile.texts if _says_total(text)]:
            rows = store.sheets.holding(sheet.id, place, said)
            found |= {row.number for row in rows if _is_total(row.cells)}
    return tuple(sorted(found))


def _total_words() -> frozenset[str]:
    return frozenset(word for tongue in tongues() for word in tongue.values.total)


def _says_total(text: str) -> bool:
    return text.strip().rstrip(":").casefold() in _total_words()


def _is_total(row: Sequence[Scalar]) -> bool:
    first = next((cell for cell in row if cell is not None), None)
    return (
        isinstance(first, str)
        and _says_total(first)
        and any(isinstance(cell, int | float) for cell in row)
    )


def _column(
    place: int, column: SheetColumn, profile: ColumnProfile, rows: int, without: frozenset[str]
) -> Column:
    is_date = column.type == "date" and profile.days
    texts = tuple(text for text in profile.texts if text not in without)
    yes, no = _truth(column, profile, texts)
    return Column(
        place,
        column.name,
        column.letter,
        "text" if column.type == "date" and not is_date else column.type,
        column.unit,
        filled=profile.filled,
        numbers=0 if yes else profile.numbers,
        decimals=profile.decimals,
        texts=() if is_date else texts,
        single=profile.different == profile.filled >= rows > 0,
        yes=yes,
        no=no,
        years=frozenset(profile.months) if is_date else frozenset(),
        low=profile.low,
        high=profile.high,
        full=profile.numbers >= rows and not yes and not without,
        sorts=profile.numbers > 0
        and profile.decimals == 0
        and profile.different * 2 <= profile.filled,
        counts_up=profile.rising,
        gaps=profile.filled < rows,
        checksum=profile.checksum,
        is_flag=profile.numbers == profile.filled > 0
        and (profile.different, profile.low, profile.high, profile.decimals) == (2, 0, 1, 0),
    )


def _truth(
    column: SheetColumn, profile: ColumnProfile, texts: tuple[str, ...]
) -> tuple[tuple[int | float | str, ...], tuple[int | float | str, ...]]:
    """The values that mean yes, and those that mean no, where there are no others."""
    if column.type == "boolean":
        return (1,), (0,)
    if not texts or profile.numbers or profile.more_texts:
        return (), ()
    said = {text: text.strip().casefold() for text in texts}
    for tongue in tongues():
        yes = tuple(t for t in texts if said[t] in tongue.values.yes)
        no = tuple(t for t in texts if said[t] in tongue.values.no)
        if yes and len(yes) + len(no) == len(texts):
            return yes, no
    return (), ()


# --- several tables as one -----------------------------------------------------------------------

_PERIOD = re.compile(r"(?:19|20)\d\d|[01]?\d|q[1-4]|h[12]")


def together(relations: Sequence[Relation], name: str) -> Relation:
    """Tables with mostly the same columns as one: those that all have, and one that says which
    table a row is of."""
    sheets = tuple(sheet for one in relations for sheet in one.sheets)
    totals = tuple((at, row) for at, one in enumerate(relations) for _, row in one.totals)
    places = _shared([signature(one.sheets[0]) for one in relations])
    columns = [
        replace(
            _merged([one.columns[p] for one, p in zip(relations, at, strict=True)]), place=place
        )
        for place, at in enumerate(zip(*places, strict=True))
    ]
    source = Column(
        len(columns), name, "", "text",
        texts=tuple(dict.fromkeys(labels(sheets))), filled=len(sheets),
    )  # fmt: skip
    nested = any(one.nested for one in relations)
    return Relation(sheets, (*columns, source), places, totals, nested=nested)


def _shared(signatures: Sequence[tuple[str, ...]]) -> tuple[tuple[int, ...], ...]:
    """For each table where in it the columns stand that all of them have."""
    if len(set(signatures)) == 1:
        return tuple(tuple(range(len(one))) for one in signatures)
    first, *others = signatures
    both = [said for said in first if all(said in names for names in others)]
    return tuple(tuple(names.index(said) for said in dict.fromkeys(both)) for names in signatures)


def labels(sheets: Sequence[StoredSheet]) -> tuple[str, ...]:
    """What tells the tables apart: their sheets within one file, else their files."""
    one_file = len({sheet.path for sheet in sheets}) == 1
    said = [
        (sheet.sheet or sheet.name) if one_file else PurePath(sheet.path).stem for sheet in sheets
    ]
    if not one_file and len(set(said)) < len(said):  # 'costs.csv' and 'costs.xlsx'
        said = [PurePath(sheet.path).name for sheet in sheets]
    return tuple(said)


def _merged(columns: Sequence[Column]) -> Column:
    first = columns[0]
    return replace(
        first,
        type=next((one.type for one in columns if one.type != "empty"), first.type),
        filled=sum(one.filled for one in columns),
        numbers=sum(one.numbers for one in columns),
        full=all(one.full for one in columns),
        sorts=all(one.sorts for one in columns),
        counts_up=all(one.counts_up for one in columns),
        gaps=any(one.gaps for one in columns),
        is_flag=all(one.is_flag for one in columns),
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
