"""What a model put into a table -> what of it stands in the source, word for word.

A value that the source does not hold is left out, never kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from strongroom_engine.answering.tasks.body import Token, tokens_of
from strongroom_engine.answering.text import Span
from strongroom_engine.written.dates import dates
from strongroom_engine.written.numbers import numbers

_PARTS = re.compile(r"\s*(?:[,;\n/&]|\band\b|\bund\b)\s*", re.IGNORECASE)
_NOTHING = frozenset(
    ("", "-", "–", "none", "null", "n/a", "na", "not stated", "unknown", "not specified", "keine")
)
MOST_CHARACTERS = 200
"""A longer value is a passage and no value."""
_OF_DATES = re.compile(
    r"\b(?:dates?|when|day|deadlines?|due|daten?|datum|termine?|frist)\b", re.IGNORECASE
)
_OF_AMOUNTS = re.compile(
    r"\b(?:amounts?|prices?|sums?|fees?|costs?|rents?|totals?|payments?|betr[aä]ge?|preise?|summen?|"
    r"kosten|mieten?|gebühr(?:en)?)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\{[^{}]*\}")


def parsed_rows(text: str, columns: Sequence[str]) -> list[list[str]]:
    """The rows in what the model wrote: JSON objects, or lists in the order of the columns.

    Of output that is cut off, what is whole is kept.
    """
    value = _json(text)
    if isinstance(value, dict):
        inside = next((part for part in value.values() if _is_rows(part)), None)
        value = inside if inside is not None else [value]
    if not isinstance(value, list):
        value = [_json(match.group()) for match in _OBJECT.finditer(text)]
    rows = [_row(one, columns) for one in value]
    return [row for row in rows if any(row)]


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict | list) for one in value)


def _json(text: str) -> Any:
    starts = [at for at in (text.find("["), text.find("{")) if at >= 0]
    if not starts:
        return None
    try:
        return json.JSONDecoder().raw_decode(text[min(starts) :])[0]
    except ValueError:
        return None


def _row(value: Any, columns: Sequence[str]) -> list[str]:
    if isinstance(value, list):
        cells = [*value, *[""] * len(columns)][: len(columns)]
    elif isinstance(value, dict):
        by_name = {str(name).casefold(): cell for name, cell in value.items()}
        cells = [by_name.get(column.casefold(), "") for column in columns]
    else:
        cells = [""] * len(columns)
    return [_fitting(column, _cell(cell)) for column, cell in zip(columns, cells, strict=True)]


def _fitting(column: str, value: str) -> str:
    """The value where it is one of the column's kind, else ''. Small models put any words there."""
    if value.casefold() == column.casefold() or len(value) > MOST_CHARACTERS:
        return ""
    if _OF_DATES.search(column):
        return "; ".join(value[one.start : one.end] for one in dates(value))
    if _OF_AMOUNTS.search(column) and not (numbers(value) or any(map(str.isdigit, value))):
        return ""
    return value


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_cell, value)))
    text = "" if value is None or isinstance(value, dict) else " ".join(str(value).split())
    return "" if text.casefold().strip(". ") in _NOTHING else text


# --- where it stands -----------------------------------------------------------------------------


class Source:
    """A text in which values are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _telling(text)
        self._norms = [token.norm for token in self._tokens]

    def find(self, value: str, near: int = 0) -> tuple[Span, ...]:
        """The spans in which a value stands, word for word, nearest to the place `near`; several
        where it lists several things. Empty where none of it does.

        A date may be written in another way than in the source. White space, capital letters
        and hyphens at line ends may differ.
        """
        if span := self._span(value, near) or self._date(value, near):
            return (span,)
        parts = [part for part in _PARTS.split(value) if part]
        if len(parts) < 2:
            return ()
        found = [self._span(part, near) or self._date(part, near) for part in parts]
        return tuple(dict.fromkeys(span for span in found if span is not None))

    def _span(self, value: str, near: int) -> Span | None:
        wanted = [token.norm for token in _telling(value)]
        if not wanted:
            return None
        places = [
            (self._tokens[at].start, self._tokens[at + len(wanted) - 1].end)
            for at in range(len(self._norms) - len(wanted) + 1)
            if self._norms[at : at + len(wanted)] == wanted
        ]
        return min(places, key=lambda span: abs(span[0] - near), default=None)

    def _date(self, value: str, near: int) -> Span | None:
        readings = {reading for date in dates(value) for reading in date.readings}
        places = [
            (date.start, date.end)
            for date in dates(self._text)
            if readings & set(date.readings) and date.readings[0].day
        ]
        return min(places, key=lambda span: abs(span[0] - near), default=None)


def _telling(text: str) -> list[Token]:
    return [token for token in tokens_of(text, 0, len(text)) if token.kind != "stop"]


def shown_cell(text: str, spans: Sequence[Span]) -> str:
    """The words of the source that a cell shows."""
    return "; ".join(dict.fromkeys(" ".join(text[slice(*span)].split()) for span in spans))


def schema(columns: Sequence[str], most_rows: int) -> str:
    """The JSON Schema of the rows that the model is to write."""
    row = {
        "type": "object",
        "properties": {column: {"type": "string"} for column in columns},
        "required": list(columns),
        "additionalProperties": False,
    }
    return json.dumps({"type": "array", "maxItems": most_rows, "items": row}, ensure_ascii=False)


def columns_schema(most: int) -> str:
    """The JSON Schema of a list of column names."""
    names = {"type": "string", "maxLength": 40}
    return json.dumps({"type": "array", "minItems": 2, "maxItems": most, "items": names})


def parsed_columns(text: str, most: int) -> Iterator[str]:
    """The column names in what the model wrote: a JSON list, or names parted by commas."""
    value = _json(text)
    names = value if isinstance(value, list) else re.split(r"[,;\n|]", text)
    for name in names[:most]:
        plain = " ".join(str(name).split()).strip("\"'-*.0123456789: ")
        if 0 < len(plain) <= 40:
            yield plain
