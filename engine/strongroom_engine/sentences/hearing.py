"""From what was said in English back to the sayings that it was made of, and on to other words.

The stages give ready sentences: they are kept with answers, exported and read by scripts. Whoever
shows them in another language finds again here what each was made from. A text can fit several
sayings; the one is taken that leaves the fewest characters to names and the like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from strongroom_engine.errors import sentences
from strongroom_engine.errors.speaking import REASONS
from strongroom_engine.sentences import known, left_out, placing, reasons
from strongroom_engine.sentences.saying import ALWAYS_PHRASES, PHRASES, Form, Saying

LONGEST = 4_000
"""Characters; what is longer is no sentence of ours."""

_REASONED = frozenset({"why", "kind", "found", "claimed"})
"""Places of errors that one of their sayings may fill."""
_SEVERAL = frozenset({"", "why", "what"})
"""Places of several sayings, joined by spaces; any other holds one. A kind of document comes
first there."""

Say = Callable[[Saying, int | None], str]
"""Gives a saying in another language, places and all; the number decides between its forms."""
Figure = Callable[[float, int], str]
"""Writes a number with so many decimals."""


@dataclass(frozen=True)
class Part:
    """A saying, and what fills its places. `count`: the number that its form goes with."""

    saying: Saying
    values: dict[str, str]
    count: int | None


@cache
def templates() -> tuple[Saying, ...]:
    """All that is said beside errors."""
    found: list[Saying] = []
    modules = (known, reasons, left_out, placing)
    for value in (value for module in modules for value in vars(module).values()):
        if isinstance(value, Saying):
            found.append(value)
        elif isinstance(value, dict):
            found += (each for each in value.values() if isinstance(each, Saying))
    return tuple(found)


@cache
def of_errors() -> tuple[Saying, ...]:
    """The sentences of errors, and the sayings that fill them."""
    return tuple(Saying(text, figures=False) for text in sentences())


def take_apart(text: str, place: str = "") -> tuple[Part, ...]:
    """The sayings that a text is made of, joined by spaces; none where it is not known. `place`
    is the place of another saying that it fills, '' for a text that stands alone."""
    return _best(text, place)[1] if len(text) <= LONGEST else ()


def retold(text: str, say: Say, figure: Figure, place: str = "") -> str:
    """The text in the words of `say`; '' where it is not known. `place` as in `take_apart`."""
    return " ".join(_said(part, say, figure) for part in take_apart(text, place))


def _said(part: Part, say: Say, figure: Figure) -> str:
    filled = _Kept(part.values)
    for place, value in part.values.items():
        if part.saying.forms[-1].is_figure(place):
            digits = len(value.partition(".")[2])
            filled[place] = figure(float(value.replace(",", "")), digits)
        elif place in PHRASES:
            filled[place] = retold(value, say, figure, place) or value
            if place == "why" and filled[place] == value:  # a sentence that lost its full stop
                filled[place] = retold(f"{value}.", say, figure, place).removesuffix(".") or value
    return say(part.saying, part.count).format_map(filled)


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"({key})"


# --- the best reading ----------------------------------------------------------------------------

_Reading = tuple[float, tuple[Part, ...]]
"""How many characters are left to names, and the parts; none where it cannot be read."""
_UNREAD: _Reading = (float("inf"), ())


@lru_cache(maxsize=2_048)
def _best(text: str, place: str) -> _Reading:
    """The reading of a text that fills this place ('' for one that stands alone)."""
    spaces = [at for at, letter in enumerate(text) if letter == " "] if place in _SEVERAL else []
    ends = [*spaces, len(text)]
    sayings = [
        (saying, form)
        for saying in _sayings(place)
        for form in saying.forms
        if form.longest in text
    ]
    best: dict[int, _Reading] = {len(text) + 1: (0, ())}
    for start in reversed([0, *(at + 1 for at in spaces)]):
        best[start] = min(
            (
                (cost + rest, (part, *after))
                for saying, form in sayings
                if text.startswith(form.head, start) and not (start and "kind" in saying.within)
                for end in ends
                if end >= start and (rest := best[end + 1][0]) != _UNREAD[0]
                for cost, part in _fitting(text, start, end, saying, form)
                for after in (best[end + 1][1],)
            ),
            key=lambda reading: (reading[0], len(reading[1])),
            default=_UNREAD,
        )
    return best[0] if text else _UNREAD


def _fitting(
    text: str, start: int, end: int, saying: Saying, form: Form
) -> Iterator[tuple[float, Part]]:
    """The part of the text as this saying, with what it leaves to names; nothing where it is
    none."""
    values = form.values(text, start, end)
    if values is None:
        return
    cost = sum(_left(place, value, form) for place, value in values.items())
    if cost == _UNREAD[0]:
        return
    count = form.count
    if count is not None and "n" in values:
        count = int(values["n"].replace(",", "").partition(".")[0])
    yield cost, Part(saying, values, count)


def _left(place: str, value: str, form: Form) -> float:
    if form.is_figure(place):
        return 0
    if place not in PHRASES:
        return len(value)
    cost = _best(value, place)[0]
    return cost if place in ALWAYS_PHRASES else min(cost, len(value))


@cache
def _sayings(place: str) -> tuple[Saying, ...]:
    """What can stand in a place."""
    found = [each for each in templates() if place in each.within]
    if place in ("", "why"):
        found += (each for each in templates() if not each.within)
        found += (each for each in of_errors() if each.text not in REASONS)
    if place in _REASONED:
        found += (each for each in of_errors() if each.text in REASONS)
    return tuple(found)
