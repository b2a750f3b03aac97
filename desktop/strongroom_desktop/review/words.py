"""What a cell of the grid says: its state, its text, its chips, its tooltip."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.types import Cell

CellState = Literal["waiting", "failed", "nothing", "answer"]
ChipKind = Literal["page", "check", "yours", "wrong", "right"]

MOST_PAGES = 3
"""Pages that a chip names; what is more is counted."""
NO_BREAK = "\u00a0"

_UNITS = (
    r"%|‰|°C?|€|\$|£|¥|per\scent|percent|Prozent|thousand|millions?|billions?|trillions?|"
    r"Tsd\.|Mio\.|Mrd\.|Tausend|Million(?:en)?|Milliarden?|bn|[kKMGT]?[WJ]h?|[ckmµ]?m[²³]?|"
    r"[kmµ]?g|t|l|ha|sqm|[A-Z]{3}|euros?|Euro|dollars?|pounds?|"
    r"(?:day|week|month|year|hour|minute)s?|Tage?n?|Wochen?|Monate?n?|Jahre?n?|Stunden?"
)
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))")
_AFTER_UNIT = re.compile(r"(?:(?<=[€$£¥])|(?<=\b[A-Z]{3})) (?=\d)")

_MONTH = re.compile(r"\b([^\W\d_]{3,10}) (\d{4})\b")
_DAY = re.compile(rf"(?<=\d)(?:(?<=\d\.) | )(?=[^\W\d_]{{3,10}}{NO_BREAK}\d{{4}}\b)")


@dataclass(frozen=True, slots=True)
class Chip:
    """A small frame after the answer: the page that it rests on, or what a person has to know."""

    text: str
    kind: ChipKind


def state_of(cell: Cell | None) -> CellState:
    if cell is None:
        return "waiting"
    if cell.verdict == "corrected":
        return "answer"
    if cell.problem:
        return "failed"
    return "nothing" if cell.abstained or not cell.text else "answer"


def to_check(cell: Cell | None) -> bool:
    """Whether a person should look at it; one that failed is counted by itself."""
    return cell is not None and cell.doubtful and not cell.problem


@lru_cache(maxsize=8_192)  # every paint asks for it
def tied(text: str) -> str:
    """The text on one line, with its figures tied to their units: they never part."""
    flat = _DAY.sub(NO_BREAK, _MONTH.sub(rf"\1{NO_BREAK}\2", " ".join(text.split())))
    return _AFTER_UNIT.sub(NO_BREAK, _BEFORE_UNIT.sub(NO_BREAK, flat))


def shown_text(cell: Cell | None) -> str:
    """What stands in the cell, without its chips."""
    match state_of(cell):
        case "waiting":
            return "–"
        case "failed":
            return tr("Could not be read")
        case "nothing":
            return tr("Not stated")
        case "answer":
            assert cell is not None
            return tied(cell.said)


def chips_of(cell: Cell | None) -> tuple[Chip, ...]:
    if cell is None or state_of(cell) in ("waiting", "failed"):
        return ()
    chips = [Chip(pages, "page")] if (pages := pages_of(cell)) else []
    match cell.verdict:
        case "right":
            chips.append(Chip(tr("right"), "right"))
        case "wrong":
            chips.append(Chip(tr("wrong"), "wrong"))
        case "corrected":
            chips.append(Chip(tr("yours"), "yours"))
        case _ if to_check(cell):
            chips.append(Chip(tr("check"), "check"))
    return tuple(chips)


def pages_of(cell: Cell) -> str:
    """'p. 31, 32'; 'quote' for a document without pages; nothing where nothing is cited."""
    pages = list(dict.fromkeys(each.page for each in cell.citations if each.page is not None))
    if not pages:
        return tr("quote") if cell.citations else ""
    named = ", ".join(str(page) for page in pages[:MOST_PAGES])
    more = f" +{len(pages) - MOST_PAGES}" if len(pages) > MOST_PAGES else ""
    return tr("p. {pages}", pages=named) + more


def whole(cell: Cell | None) -> str:
    """The tooltip: the whole answer, its quotes, and what is to be known of it."""
    if cell is None:
        return tr("Not asked yet.")
    parts = []
    match state_of(cell):
        case "failed":
            parts.append(heard(cell.problem))
        case "nothing":
            parts.append(tr("The document does not say."))
        case _:
            parts.append(cell.said)
    if cell.verdict == "corrected":
        parts.append(tr("Written by you."))
        if cell.text:
            parts.append(tr("Found was: {found}", found=cell.text))
    for each in cell.citations:
        where = tr("p. {pages}", pages=each.page) + ": " if each.page is not None else ""
        parts.append(f"{where}“{' '.join(each.quote.split())}”")
    if to_check(cell):
        parts.append(_why_check(cell))
    return "\n\n".join(parts)


def as_wrapped_tooltip(text: str) -> str:
    """A tooltip that breaks its lines: plain ones never do, and quotes are long."""
    return f'<p style="white-space: pre-wrap; margin: 0">{html.escape(text)}</p>'


def _why_check(cell: Cell) -> str:
    if not cell.model:
        return tr("There is no answer model: the nearest sentence is quoted. Check it.")
    if cell.abstained:
        return tr("Passages come close to the question. Check that it is not stated.")
    if not cell.citations:
        return tr("No passage of the document supports this answer. Check it before you use it.")
    return tr("The quote supports this answer only in part. Check it before you use it.")


def cells_in_words(count: int, total: int) -> str:
    """'21 of 32 cells'."""
    return plural(total, "{done} of {n} cell", "{done} of {n} cells", done=number(count))
