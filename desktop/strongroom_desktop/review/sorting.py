"""The order of the grid's rows: by document, by text, by figures where a column has them, by doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from strongroom_desktop.review.words import state_of, to_check
from strongroom_engine.types import Cell

Kind = Literal["", "check", "nothing", "failed"]
"""Which cells a row must have to be shown; '' for any."""

_FIGURE = re.compile(r"[-−(]?\d[\d.,'’\u00a0\u202f ]*")
_SCALES = (
    (re.compile(r"\b(thousand|tsd|tausend)\b", re.IGNORECASE), 1e3),
    (re.compile(r"\b(millions?|mio|millionen)\b", re.IGNORECASE), 1e6),
    (re.compile(r"\b(billions?|bn|mrd|milliarden?)\b", re.IGNORECASE), 1e9),
)
_NEAR = 14
"""So near to its beginning an answer that is a figure has it."""
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Order:
    """By what rows are sorted: a question, '' for the document; `doubt` sorts by how sure it is."""

    question: str = ""
    descending: bool = False
    doubt: bool = False


def figure(text: str) -> float | None:
    """The first figure of an answer: '€31.4 million' is 31,400,000; None where there is none."""
    found = _FIGURE.search(text)
    if found is None:
        return None
    value = _value(found.group())
    after = text[found.end() : found.end() + 16]
    return value * next((scale for words, scale in _SCALES if words.search(after)), 1.0)


def _value(written: str) -> float:
    negative = written[0] in "-−("
    digits = re.sub(r"[^\d.,]", "", written).strip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last] if last >= 0 else ""
    decimals = len(digits) - last - 1
    if mark and (digits.count(mark) > 1 or (decimals == 3 and mark == "," and "." not in digits)):
        whole, part = digits, ""
    else:
        whole, part = (digits[:last], digits[last + 1 :]) if mark else (digits, "")
    number = float(f"{re.sub(r'[.,]', '', whole) or '0'}.{part or '0'}")
    return -number if negative else number


def sorted_documents(
    documents: Sequence[str], cells: Mapping[tuple[str, str], Cell], order: Order
) -> list[str]:
    """The documents in that order; what has no answer stands last, whatever the direction."""
    if not order.question:
        return sorted(documents, key=_by_name, reverse=order.descending)
    there = {
        each: cells[each, order.question] for each in documents if (each, order.question) in cells
    }
    key = _key(list(there.values()), order)
    keys = {each: value for each, cell in there.items() if (value := key(cell)) is not None}
    rest = [each for each in documents if each not in keys]
    return [*sorted(keys, key=keys.__getitem__, reverse=order.descending), *rest]


def _by_name(document: str) -> str:
    return PurePath(document).name.casefold()


def _key(cells: Sequence[Cell], order: Order) -> Callable[[Cell], Any]:
    if order.doubt:
        return lambda cell: None if cell.problem else (bool(cell.verdict), cell.confidence)
    said = [cell.said for cell in cells if state_of(cell) == "answer"]
    figures = sum(
        (match := _FIGURE.search(each)) is not None and match.start() < _NEAR for each in said
    )
    if said and figures >= _MOSTLY * len(said):
        return lambda cell: figure(cell.said) if state_of(cell) == "answer" else None
    return lambda cell: cell.said.casefold() if state_of(cell) == "answer" else None


def belongs(cell: Cell | None, kind: Kind) -> bool:
    """Whether a cell is of the kind that is looked for."""
    match kind:
        case "check":
            return to_check(cell)
        case "nothing":
            return state_of(cell) == "nothing"
        case "failed":
            return state_of(cell) == "failed"
        case _:
            return True
