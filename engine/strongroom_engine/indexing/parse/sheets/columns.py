"""The cells of columns -> their types, decided by each column as a whole, and by the others.

'1.234' is a thousand in one file and one and a bit in another, '03/04/2024' March here and April
there: one cell does not say which, a whole column mostly does, and else what the other columns and
the file itself say. What stays open stays text, and is told: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strongroom_engine.indexing.parse.sheets import days, figures
from strongroom_engine.indexing.parse.sheets.cells import AnyCell, Cell, kind_of, shown, value_of
from strongroom_engine.types import CellValue, ColumnType

_TRUE, _FALSE = (
    frozenset({"true", "yes", "wahr", "ja"}),
    frozenset({"false", "no", "falsch", "nein"}),
)
_COMMA_NAMES = (
    "betrag preis summe datum menge anzahl stück einheit währung umsatz kosten miete gewicht größe"
    " straße plz ort nummer bezeichnung artikel kunde saldo soll haben konto gesamt montant prix"
    " quantité somme désignation total_ht importe fecha precio cantidad prezzo importo quantità"
    " kwota cena ilość bedrag prijs aantal belopp pris antal"
)
"""Names of columns in languages that write a comma before decimals."""
_COMMA_WORDS = frozenset(_COMMA_NAMES.split())
MIN_CUES = 2


@dataclass(frozen=True, slots=True)
class Column:
    """`decimal` is the sign before decimals in its texts. `is_open`: its texts are numbers or dates
    that can be read in two ways, and stay texts."""

    kind: ColumnType
    unit: str
    values: list[CellValue]
    decimal: str = "."
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """What the texts of a column may be."""

    texts: list[str]
    numbers: figures.Figures | None = None
    dates: days.Days | None = None


def typed(
    columns: Sequence[Sequence[AnyCell]], names: Sequence[str] = (), delimiter: str = ""
) -> list[Column]:
    """The columns of a table; `delimiter` is what stands between its cells, '' in workbooks."""
    kept = [_of_cells(cells) for cells in columns]
    read = [_read(cells) for cells, done in zip(columns, kept, strict=True) if done is None]
    decimal = _decimal(read, names, delimiter)
    order = _order(read, decimal)
    rest = iter([_of_texts(one, decimal, order) for one in read])
    return [done if done is not None else next(rest) for done in kept]


# --- cells that a spreadsheet keeps as what they are ---------------------------------------------


def _of_cells(cells: Sequence[AnyCell]) -> Column | None:
    """The type of a column; None where it holds nothing but texts."""
    kinds = Counter(map(kind_of, cells))
    del kinds["empty"]
    if not kinds:
        return Column("empty", "", [None] * len(cells))
    if set(kinds) == {"text"}:
        return None
    if "number" not in kinds:
        return _plain(next(iter(kinds)) if len(kinds) == 1 else "mixed", "", cells)
    unit = _unit(cells)
    if unit is None:
        return Column("text", "", [shown(cell) or None for cell in cells])
    if set(kinds) == {"number", "text"}:
        said = (shown(cell) for cell in cells if kind_of(cell) == "text")
        if all(map(figures.is_nothing, said)):
            blank: list[AnyCell] = [None if kind_of(cell) == "text" else cell for cell in cells]
            return _plain("number", unit, blank)
    return _plain("number" if len(kinds) == 1 else "mixed", unit, cells)


def _plain(kind: ColumnType, unit: str, cells: Sequence[AnyCell]) -> Column:
    return Column(kind, unit, [value_of(cell) for cell in cells])


def _unit(cells: Sequence[AnyCell]) -> str | None:
    """The unit of the numbers; None where they have several, and can be neither added nor compared.
    A zero has any unit, and a number without one that of the others, if it is no percentage."""
    units = {
        cell.unit if isinstance(cell, Cell) else ""
        for cell in cells
        if kind_of(cell) == "number" and value_of(cell) != 0
    }
    said = units - {""}
    if len(said) > 1 or ("" in units and said & {"%", "h"}):
        return None
    return next(iter(said), "")


# --- texts ---------------------------------------------------------------------------------------


def _read(cells: Sequence[AnyCell]) -> _Read:
    texts = [shown(cell) for cell in cells]
    if (dates := days.read(texts)) is not None:
        return _Read(texts, dates=dates)
    return _Read(texts, figures.read(texts))


def _of_texts(read: _Read, decimal: str | None, order: str | None) -> Column:
    texts = read.texts
    said = {text.casefold() for text in texts if text}
    if len(said) > 1 and said <= _TRUE | _FALSE:
        truths: list[CellValue] = [text.casefold() in _TRUE if text else None for text in texts]
        return Column("boolean", "", truths)
    if read.dates is not None:
        return _of_dates(read, read.dates, order)
    if read.numbers is not None:
        return _of_numbers(read, read.numbers, decimal)
    return Column("text", "", [text or None for text in texts])


def _of_dates(read: _Read, dates: days.Days, order: str | None) -> Column:
    fitting = order if dates.is_open else dates.orders
    if fitting is None:
        return Column("text", "", [text or None for text in read.texts], is_open=True)
    return Column("date", "", list(dates.values(fitting)))


def _of_numbers(read: _Read, numbers: figures.Figures, decimal: str | None) -> Column:
    fitting = numbers.decimal or decimal
    if fitting is None or fitting not in numbers.signs:
        return Column("text", "", [text or None for text in read.texts], is_open=True)
    return Column("number", numbers.unit, list(numbers.values(fitting)), fitting)


# --- what the columns say together ---------------------------------------------------------------


def _decimal(read: Iterable[_Read], names: Sequence[str], delimiter: str) -> str | None:
    """What stands before decimals in columns that do not say it; None where nothing tells.

    Another column that says it decides. Else two things have to speak for it, and none against.
    """
    columns = list(read)
    numbers = [one.numbers for one in columns if one.numbers]
    votes = {sign for one in numbers if one.has_sign and (sign := one.decimal)}
    if votes:
        return votes.pop() if len(votes) == 1 else None
    dates = [one.dates for one in columns if one.dates]
    comma: tuple[bool, ...] = (
        delimiter == ";",
        any(one.separator == "." for one in dates),
        any(one.unit == "€" and not one.unit_stands_first for one in numbers),
        any(word in _COMMA_WORDS for name in names for word in name.casefold().split()),
    )
    point = (
        delimiter == ",",
        any(one.unit in ("$", "£") and one.unit_stands_first for one in numbers),
        any(one.orders == "m" for one in dates),
    )
    if sum(comma) >= MIN_CUES and not any(point):
        return ","
    return "." if sum(point) >= MIN_CUES and not any(comma) else None


def _order(read: Iterable[_Read], decimal: str | None) -> str | None:
    """The order of day and month in columns that do not say it: as in the others; and who writes a
    comma before decimals writes the day first."""
    dates = [one.dates for one in read if one.dates and one.dates.separator]
    votes = {one.orders for one in dates if not one.is_open and one.separator != "."}
    if votes:
        return votes.pop() if len(votes) == 1 else None
    return "d" if decimal == "," else None
