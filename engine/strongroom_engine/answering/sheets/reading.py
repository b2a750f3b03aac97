"""A question over one table -> what it asks for; mostly it is not understood.

All words have to be understood, and there may be one reading only among the plainest: what is left
over, or may mean two things, is for passages to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from strongroom_engine.answering.sheets.columns import Columns
from strongroom_engine.answering.sheets.filters import Taker
from strongroom_engine.answering.sheets.forms import query_of
from strongroom_engine.answering.sheets.heads import prepared
from strongroom_engine.answering.sheets.known import Relation
from strongroom_engine.answering.sheets.lexing import Lexer, Piece
from strongroom_engine.answering.sheets.words import Tongue
from strongroom_engine.types import Query

MOST_READINGS = 8
FARTHEST = 1.6
"""What is understood only of words that are so much farther is not what was meant."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`cost` tells how far the words were from those of the table; `named`: the question has words
    of its name. `others` are readings that are as near: they have to come to the same."""

    query: Query
    relation: Relation
    tongue: Tongue
    cost: float
    named: bool
    others: tuple[Query, ...] = ()


def read(question: str, relation: Relation, tongue: Tongue, today: date) -> Reading | None:
    """The plainest reading of the whole question; None where there is none."""
    columns = Columns(relation, tongue)
    found: dict[Query, bool] = {}
    least: float | None = None
    cheapest: float | None = None
    for cost, pieces in Lexer(question, relation, tongue, today).lexings():
        cheapest = cost if cheapest is None else cheapest
        if cost > (least if least is not None else cheapest + FARTHEST):
            break
        for query, named in _queries(columns, pieces):
            least = cost
            found.setdefault(query, named)
    if least is None or len(found) > MOST_READINGS:
        return None
    query, *others = found
    return Reading(query, relation, tongue, least, found[query], tuple(others))


def _queries(columns: Columns, pieces: tuple[Piece, ...]) -> Iterator[tuple[Query, bool]]:
    """What the pieces ask for: with a column of yes and no as a condition, or else as it is."""
    named = any(one.tag == "t" and one.name == "named" for one in pieces)
    held = named or any(one.tag == "C" for one in pieces) or _counts_a_value(columns, pieces)
    if not held and not _is_value_firm(pieces):
        return
    taker = Taker(columns)
    for truths in (True, False):
        taken = taker.take(pieces, truths=truths)
        if taken is None:
            continue
        head = prepared(columns, taken, named=named, held=held)
        query = query_of(head) if head else None
        if query is not None:
            yield query, named
            return


def _counts_a_value(columns: Columns, pieces: tuple[Piece, ...]) -> bool:
    """'How many stratovolcanoes': rows with this value, unless a column says how many there are."""
    if all(one.name == one.letter for one in columns):
        return False  # nothing says what the columns are
    said = [one for one in pieces if one.tag != "."]
    return (
        any(
            one.tag == "#" and other.tag == "V" and len(other.values) == 1 and not other.part
            for one, other in pairwise(said)
        )
        and not columns.counts()
    )


def _is_value_firm(pieces: tuple[Piece, ...]) -> bool:
    """Whether a value stands there whole, which ties a question to the table that has it."""
    return any(one.tag == "V" and len(one.values) == 1 and one.cost < 1 for one in pieces)
