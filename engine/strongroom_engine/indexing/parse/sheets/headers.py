"""Which rows at the beginning of a table say what its columns are.

A row is taken for a header only where something tells it from the rows below: texts stand over
numbers, it alone is bold, its words are those of headers. Where nothing tells, it stays a row of the
table, and the columns are called by their letters: so nothing is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.sheets import days, figures
from strongroom_engine.indexing.parse.sheets.cells import (
    AnyCell,
    Area,
    Row,
    at,
    kind_of,
    letter,
    shown,
)

SAMPLE = 200
"""Rows below a header that are looked at."""
MOSTLY = 0.5
ENOUGH = 1 / 3
MAX_HEADERS = 3
MAX_TRIED = 3
_BLANK = ("", "-")
_OVER = {"t": ("n", "d", "b", "y", "c"), "y": ("n", "d"), "c": ("n", "d", "b"), "d": ("n",)}
"""What stands over which figures only in a header."""
MAX_LABEL = 60
MAX_SEARCHED = 40
"""Rows from the beginning of a table in which its header is looked for."""
MAX_LOOKED = MAX_SEARCHED + MAX_HEADERS + SAMPLE
_YEARS = range(1900, 2101)
_SIGN = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+")
_NAMES = (
    "name names id no nr nummer number first last firstname lastname surname vorname nachname nom"
    " prénom nombre apellido cognome title titel description beschreibung bezeichnung type typ art"
    " kind category kategorie catégorie categoría categoria status state zustand date datum fecha"
    " data email e-mail mail phone telefon telephone tel mobile handy fax address adresse dirección"
    " indirizzo street straße strasse city stadt ort ville ciudad città town country land pays país"
    " paese region zip plz postcode company firma unternehmen société department abteilung position"
    " role rolle job beruf gender geschlecht sex language sprache owner besitzer author autor"
    " customer kunde client supplier lieferant product produkt item artikel code key schlüssel value"
    " wert label comment comments kommentar note notes bemerkung bemerkungen notiz remark remarks"
    " url website link file datei path format unit einheit currency währung priority priorität"
    " question frage answer antwort subject betreff from to von an field feld column spalte"
    " attribute property group gruppe class klasse manager team project projekt task aufgabe"
    " responsible verantwortlich location standort species iban bic account konto tenant mieter"
    " username user benutzer password nationality id's month monat day tag weekday wochentag"
    " amount betrag price preis quantity menge total summe rent miete age alter year jahr"
)
"""Names of columns in tables of texts alone."""
_WORDS = frozenset(_NAMES.split())
_TRUTHS = frozenset({"true", "yes", "wahr", "ja", "false", "no", "falsch", "nein"})


@dataclass(frozen=True, slots=True)
class Found:
    """`first` is the index of the first header row, `rows` how many there are: 0 for none, and
    then `first` is that of the first row of data."""

    first: int
    rows: int

    @property
    def data(self) -> int:
        return self.first + self.rows


def find(rows: Sequence[Row], area: Area, said: frozenset[int] = frozenset()) -> Found:
    """The header of the rows in these columns. `said` are numbers of rows that the file says are
    headers."""
    columns = range(area.first, area.last + 1)
    rows = rows[:MAX_LOOKED]
    sorts = [[sort(at(row, column)) for column in columns] for row in rows]
    usual = _usual(sorts)
    for index, row in enumerate(rows[: MAX_SEARCHED + 1]):
        if row.number in said:
            return Found(index, 1)
    likely = [i for i in _likely(sorts, usual) if i < min(len(rows) - 1, MAX_SEARCHED)]
    for first in likely[:MAX_TRIED]:
        if (found := _at(rows, columns, sorts, first)).rows:
            return found
        if set(sorts[first]) > {"", "t"} or sum(map(bool, sorts[first])) >= usual:
            break  # it is no title, but a row
    wanted = min(2, usual)
    return Found(next(i for i, row in enumerate(sorts) if sum(map(bool, row)) >= wanted), 0)


def _usual(sorts: Sequence[Sequence[str]]) -> int:
    """How many cells most rows fill; of several such numbers the greatest."""
    filled = Counter(sum(map(bool, row)) for row in sorts)
    most = max(filled.values())
    return max(count for count, rows in filled.items() if rows >= most * MOSTLY)


def _likely(sorts: Sequence[Sequence[str]], usual: int) -> Iterator[int]:
    """The rows that fill more cells than titles do."""
    wanted = min(2, usual) if usual < 4 else (usual + 1) // 2
    return (i for i, row in enumerate(sorts) if sum(map(bool, row)) >= wanted)


def sort(cell: AnyCell) -> str:
    """What a cell looks like: 'n' a number, 'd' a date or time, 'b' a truth, 'y' a text that may be
    one, 'c' figures that are no number ('007', '0-5'), 't' a text, '-' one that stands for nothing
    ('n/a'); '' empty. Texts that are numbers look like these: of a CSV all are texts."""
    kind = kind_of(cell)
    if kind == "text":
        return _sort_of_text(shown(cell))
    if kind == "empty":
        return "n" if shown(cell) else ""
    return {"number": "n", "date": "d", "time": "d", "boolean": "b"}[kind]


def _sort_of_text(text: str) -> str:
    if figures.is_nothing(text):
        return "-"
    if text.casefold() in _TRUTHS:
        return "y"
    if text[0].isalpha() and text[-1].isalpha():
        return "t"
    if days.read((text,)) is not None:
        return "d"
    if figures.read((text,)) is not None:
        return "n"
    has_letters = any(char.isalpha() for char in text)
    return "c" if not has_letters and any(char.isdigit() for char in text) else "t"


# --- is it one? ----------------------------------------------------------------------------------


def _at(rows: Sequence[Row], columns: range, sorts: Sequence[Sequence[str]], first: int) -> Found:
    """The header that begins with this row, if it is one."""
    if bold := _bold(rows, columns, sorts, first):
        return Found(first, bold)
    count = 1
    while count < MAX_HEADERS and _continues(rows, columns, sorts, first, count):
        count += 1
    last = first + count - 1
    labels = count > 1 or _only_labels(rows[last], sorts[last], columns)
    if not labels or _is_form(rows, columns, first):
        return Found(first, 0)
    over = _over_figures(sorts, last) or (count > 1)
    again = _stands_below(rows, columns, last)
    if over or again:
        return Found(first, count if over > again else 0)
    if "n" in sorts[last]:
        return Found(first, count if _years_differ(rows, columns, sorts, last) else 0)
    return Found(first, count if _says_header(rows, columns, last) else 0)


def _bold(rows: Sequence[Row], columns: range, sorts: Sequence[Sequence[str]], first: int) -> int:
    """How many rows from this one are labels in bold, over one that is not bold."""
    count = 0
    while (
        count < MAX_HEADERS
        and first + count < len(rows) - 1
        and rows[first + count].strong
        and (sum(map(bool, sorts[first + count])) > 1 or len(columns) == 1)
        and _only_labels(rows[first + count], sorts[first + count], columns)
    ):
        count += 1
    return count if count and not rows[first + count].strong else 0


def _over_figures(sorts: Sequence[Sequence[str]], header: int) -> int:
    """Over how many columns of numbers or dates a text stands in the row, or a date over numbers."""
    majority = _majorities(sorts[header + 1 : header + 1 + SAMPLE])
    pairs = zip(sorts[header], majority, strict=True)
    return sum(major in _OVER.get(kind, ()) for kind, major in pairs)


def _majorities(below: Sequence[Sequence[str]]) -> list[str]:
    """What the cells of each column look like, '' where it is empty: figures where enough of them
    are, since 'n. d.' stands among them often."""
    found = []
    for column in zip(*below, strict=True):
        counted = Counter(kind for kind in column if kind not in _BLANK)
        kinds = [kind for kind, count in counted.most_common() if kind != "t"]
        enough = kinds and counted[kinds[0]] >= ENOUGH * counted.total()
        found.append(kinds[0] if enough else "t" if counted else "")
    return found


def _only_labels(row: Row, kinds: Sequence[str], columns: range) -> bool:
    """Whether all of it may name columns: short texts, hardly one twice; or years and the like that
    count up, or dates."""
    said: dict[str, list[str]] = {}
    for column, kind in zip(columns, kinds, strict=True):
        said.setdefault(kind, []).append(shown(at(row, column)).casefold())
    texts, numbers = [text for kind in "tyc" for text in said.get(kind, ())], said.get("n", [])
    if "b" in said or any(len(text) > MAX_LABEL for text in texts):
        return False
    if len(texts) > 1 and len(set(texts)) * 2 < len(texts):
        return False
    if "d" in said and (len(said["d"]) < 2 or numbers):
        return False
    return (
        not numbers
        or _counts_up(numbers)
        or (len(numbers) == 1 and _is_year(numbers[0]) and _has_word(texts))
    )


def _is_year(text: str) -> bool:
    return text.isdigit() and int(text) in _YEARS


def _is_form(rows: Sequence[Row], columns: range, first: int) -> bool:
    """Whether the rows say 'Name: …', 'Date: …', one below the other."""
    return shown(at(rows[first], columns.start)).endswith(":")


def _has_word(texts: Sequence[str]) -> bool:
    """Whether one of the texts is what headers say."""
    return any({*_SIGN.findall(text.casefold())} & _WORDS for text in texts)


def _counts_up(said: Sequence[str]) -> bool:
    """Whether they are years, months or other numbers that follow each other, up or down."""
    if len(said) < 2 or not all(text.isdigit() for text in said):
        return False
    steps = {b - a for a, b in pairwise(map(int, said))}
    return steps in ({1}, {-1}) or (all(map(_is_year, said)) and len(steps) == 1 and steps != {0})


def _years_differ(
    rows: Sequence[Row], columns: range, sorts: Sequence[Sequence[str]], header: int
) -> bool:
    """Whether the numbers of the row are not like those below: no years, none that count up."""
    places = [column for column, kind in zip(columns, sorts[header], strict=True) if kind == "n"]
    below = rows[header + 1 : header + 1 + SAMPLE]
    lines = [[shown(at(row, column)) for column in places] for row in below]
    return not any(map(_counts_up, lines)) and not all(
        _is_year(line[0]) for line in lines if line[0]
    )


def _stands_below(rows: Sequence[Row], columns: range, header: int) -> int:
    """How many of the row's texts are a value of their column, too."""
    names = [shown(at(rows[header], column)).casefold() for column in columns]
    below = rows[header + 1 : header + 1 + SAMPLE]
    lines = [[shown(at(row, column)).casefold() for column in columns] for row in below]
    others = [line for line in lines if line != names]  # a header may be said again
    return sum(
        bool(name) and any(line[index] == name for line in others)
        for index, name in enumerate(names)
    )


def _continues(
    rows: Sequence[Row], columns: range, sorts: Sequence[Sequence[str]], first: int, count: int
) -> bool:
    """Whether the row after `count` header rows is one, too: 'Plan' and 'Actual' below 'Q1'. In a
    column of texts one of the two is empty, or else it would be a row of them."""
    index = first + count
    if index >= len(sorts) - 1 or set(sorts[index - 1]) > {"", "t"}:
        return False
    here = _as_labels(rows[index], columns, sorts[index])
    if here is None or "t" not in sorts[index - 1]:
        return False
    majority = _majorities(sorts[index + 1 : index + 1 + SAMPLE])
    pairs = list(zip(sorts[index - 1], here, majority, strict=True))
    figures_below = [(top, kind) for top, kind, major in pairs if major in ("n", "d")]
    texts_below = [(top, kind) for top, kind, major in pairs if major not in ("n", "d")]
    over = sum(bool(kind) for _, kind in figures_below)
    apart = any(not top for top, kind in figures_below if kind)
    return (
        over > 0
        and over >= MOSTLY * len(figures_below)
        and not any(top and kind for top, kind in texts_below)
        and (apart or any(top or kind for top, kind in texts_below))
    )


def _as_labels(row: Row, columns: range, kinds: Sequence[str]) -> list[str] | None:
    """The row as labels, years and dates among them; None where something in it is none."""
    said = [shown(at(row, column)) for column in columns]
    plain = all(
        kind in ("", "t", "d") or (kind == "n" and _is_year(text))
        for kind, text in zip(kinds, said, strict=True)
    )
    return ["t" if kind else "" for kind in kinds] if plain and any(kinds) else None


def _says_header(rows: Sequence[Row], columns: range, first: int) -> bool:
    """Whether, of texts alone, the first row is unlike those below: by its words, by the shape of
    the values of a column, or since all values of a column come again and again, and it does not."""
    header = rows[first]
    names = [shown(at(header, column)) for column in columns]
    body = rows[first + 1 : first + 1 + SAMPLE]
    if _is_called(names, columns, body):
        return True
    for name, column in zip(names, columns, strict=True):
        values = [text for row in body if (text := shown(at(row, column)))]
        if name and (_is_unlike(name, values) or _is_sorted(values)):
            return True
    return False


def _is_called(names: Sequence[str], columns: range, body: Sequence[Row]) -> bool:
    """Whether the names are what columns are called: one of them is nothing but such a word, in a
    column in which no other stands (they may be what a form asks for), or most have one in them."""
    said = [_has_word((name,)) for name in names]
    if sum(said) > 1 and sum(said) >= len(names) * MOSTLY:
        return True
    return any(
        name.casefold() in _WORDS and not _has_word([shown(at(row, column)) for row in body])
        for name, column in zip(names, columns, strict=True)
    )


def _is_unlike(name: str, values: Sequence[str]) -> bool:
    shapes = {_shape(value) for value in values}
    has_digits = all(any(char.isdigit() for char in value) for value in values)
    if len(values) > 1 and has_digits and not any(char.isdigit() for char in name):
        return True
    return len(values) > 2 and len(shapes) == 1 and _shape(name) not in shapes


def _is_sorted(values: Sequence[str]) -> bool:
    """Whether they are of a few sorts, each of which comes again."""
    counted = Counter(value.casefold() for value in values)
    return len(values) >= 6 and min(counted.values()) > 1 and len(counted) * 3 <= len(values)


def _shape(text: str) -> str:
    """'Anna B-12' -> 'a a-9'."""
    return _FIGURES.sub("9", _SIGN.sub("a", text))


# --- what the columns are called -----------------------------------------------------------------


def names(rows: Sequence[Row], found: Found, area: Area, merged: Sequence[Area] = ()) -> list[str]:
    """The columns' names, each another: of several header rows what stands in them one below the
    other ('Q1 Plan'); letters where none is said."""
    header = rows[found.first : found.data]
    parts: list[list[str]] = [[] for _ in range(area.first, area.last + 1)]
    for index, row in enumerate(header):
        said = _spread(row, area, merged, is_last=index == len(header) - 1)
        for part, text in zip(parts, said, strict=True):
            if text and text not in part:
                part.append(text)
    return _distinct([one_line(" ".join(part)) for part in parts], area.first)


def _spread(row: Row, area: Area, merged: Sequence[Area], *, is_last: bool) -> list[str]:
    """What the row says of each column: of a merged cell, or of one with empty ones to its right
    over columns that have a name of their own, all of them."""
    said = [shown(at(row, column)) for column in range(area.first, area.last + 1)]
    here = [
        one
        for one in merged
        if one.first_row <= row.number <= one.last_row and one.last > one.first
    ]
    for one in here:
        if one.first_row == row.number and area.first <= one.first <= area.last:
            for column in range(one.first, min(one.last, area.last) + 1):
                said[column - area.first] = said[one.first - area.first]
    if not here and not is_last:
        last = ""
        for index, text in enumerate(said):
            last = text or last
            said[index] = last
    return said


def _distinct(said: Sequence[str], first: int) -> list[str]:
    found: list[str] = []
    taken: set[str] = set()
    for index, text in enumerate(said):
        base = text or letter(first + index)
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            name = f"{base} {count}"
        taken.add(name.casefold())
        found.append(name)
    return found
