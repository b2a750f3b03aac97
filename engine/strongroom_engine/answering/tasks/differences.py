"""Two versions of a document -> what differs, clause by clause, down to the words.

Exact, without a model. What is only form (`body`) is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, groupby
from typing import Literal

from strongroom_engine.answering.tasks.aligning import Pair, align, taken
from strongroom_engine.answering.tasks.body import Body, Token, Unit

Kind = Literal["changed", "added", "removed", "moved", "renumbered"]

APART = 1
"""Changes with at most so many equal words between them are shown as one."""
REWRITTEN = 0.5
"""A sentence of which a smaller share of words stayed is shown whole."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a sentence, [start, end) of its tokens, that were replaced; empty for none."""

    old: Range
    new: Range
    fact: bool
    """Whether a number, a date or an amount is among them."""
    minor: bool
    """Whether punctuation alone changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one place. `changes` are those of the words, facts first; they are counted
    over the tokens of `old` and `new` joined. A moved clause may have some too.
    """

    kind: Kind
    old: tuple[Unit, ...] = ()
    new: tuple[Unit, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def place(self) -> str:
        """Where it is in the new document, or was in the old one."""
        return (self.new or self.old)[0].place

    @property
    def fact(self) -> bool:
        return any(change.fact for change in self.changes)

    @property
    def minor(self) -> bool:
        """Whether nothing but punctuation changed."""
        return bool(self.changes) and all(change.minor for change in self.changes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, by their place, and how much is the same."""

    differences: tuple[Difference, ...]
    same: int
    """Sentences that are the same in both."""
    common: float
    """The share of the shorter document's words that the other has in the same sentences."""


def differences(old: Body, new: Body) -> tuple[Difference, ...]:
    """What differs between two versions, by its place: in the new one, and what was removed where
    it would stand. Empty for documents that say the same."""
    return compared(old, new).differences


def compared(old: Body, new: Body) -> Comparison:
    """The differences with how much the documents have in common."""
    letters: dict[str, str] = {}
    pairs = align(_encoded(old.units, letters), _encoded(new.units, letters))
    paired = [_of_pair(pair, old.units, new.units) for pair in pairs]
    found = list(chain.from_iterable(paired))
    used, used_new = taken(pairs)
    found += [Difference("removed", old=(unit,)) for unit in old.units if unit.index not in used]
    found += [Difference("added", new=(unit,)) for unit in new.units if unit.index not in used_new]
    order = _Order(pairs)
    found.sort(key=order.key)
    # A clause's new number does not part what is said of the clause itself.
    renumbered = [one for one in found if one.kind == "renumbered"]
    grouped = [*_grouped([one for one in found if one.kind != "renumbered"]), *renumbered]
    grouped.sort(key=order.key)
    changed = ("changed", "moved")
    same = sum(not any(one.kind in changed for one in of_pair) for of_pair in paired)
    return Comparison(tuple(grouped), same, _common(old, new, pairs))


def _encoded(units: Sequence[Unit], letters: dict[str, str]) -> list[str]:
    """Each sentence with a character for each of its tokens."""
    return [
        "".join(letters.setdefault(token.norm, chr(len(letters) + 1)) for token in unit.tokens)
        for unit in units
    ]


def _common(old: Body, new: Body, pairs: Sequence[Pair]) -> float:
    shorter = min(_length(old.units), _length(new.units))
    shared = sum(
        min(
            _length(old.units[pair.old : pair.old + pair.olds]),
            _length(new.units[pair.new : pair.new + pair.news]),
        )
        for pair in pairs
    )
    return shared / shorter if shorter else 0.0


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.tokens) for unit in units)


# --- what a pair says ------------------------------------------------------------------------------


def _of_pair(pair: Pair, olds: Sequence[Unit], news: Sequence[Unit]) -> Iterator[Difference]:
    old = tuple(olds[pair.old : pair.old + pair.olds])
    new = tuple(news[pair.new : pair.new + pair.news])
    changes = changes_of(tokens(old), tokens(new))
    if pair.moved:
        yield Difference("moved", old, new, changes)
    elif changes:
        yield Difference("changed", old, new, changes)
    if old[0].number and new[0].number and _bare(old[0].number) != _bare(new[0].number):
        yield Difference("renumbered", old, new)


def _bare(number: str) -> str:
    return number.strip("().").casefold()


def tokens(units: Sequence[Unit]) -> list[Token]:
    return [token for unit in units for token in unit.tokens]


def changes_of(old: Sequence[Token], new: Sequence[Token]) -> tuple[Change, ...]:
    """Which words became which; those with numbers first, punctuation last."""
    norms = [token.norm for token in old], [token.norm for token in new]
    if norms[0] == norms[1]:
        return ()
    matcher = SequenceMatcher(None, *norms, autojunk=False)
    ranges: list[tuple[Range, Range]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        near = bool(ranges) and a - ranges[-1][0][1] <= APART
        (first, _), (first_new, _) = ranges.pop() if near else ((a, b), (c, d))
        ranges.append(((first, b), (first_new, d)))
    found = [_change(one, other, old, new) for one, other in ranges]
    return tuple(sorted(found, key=lambda change: (change.minor, not change.fact)))


def _change(one: Range, other: Range, old: Sequence[Token], new: Sequence[Token]) -> Change:
    said = [*old[slice(*one)], *new[slice(*other)]]
    words = [
        [t.norm for t in part if t.kind != "stop"]
        for part in (old[slice(*one)], new[slice(*other)])
    ]
    fact = any(token.kind in ("number", "sign") for token in said)
    return Change(one, other, fact, words[0] == words[1])


def is_rewritten(difference: Difference) -> bool:
    """Whether so few words stayed that the sentences are better read whole."""
    lengths = [max(_length(difference.old), 1), max(_length(difference.new), 1)]
    gone = sum(b - a for (a, b) in (change.old for change in difference.changes))
    come = sum(b - a for (a, b) in (change.new for change in difference.changes))
    return min(1 - gone / lengths[0], 1 - come / lengths[1]) < REWRITTEN


# --- what belongs together -------------------------------------------------------------------------


class _Order:
    """Where a difference belongs: by the new document; what is gone, behind what stood before it."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._new: dict[int, int] = {
            at: pair.new + pair.news - 1
            for pair in pairs
            if not pair.moved
            for at in range(pair.old, pair.old + pair.olds)
        }

    def key(self, difference: Difference) -> tuple[int, int, int]:
        if difference.new:
            return difference.new[0].index, 0, 0
        at = difference.old[0].index
        before = next((self._new[i] for i in range(at, -1, -1) if i in self._new), -1)
        return before, 1, at


def _grouped(found: Sequence[Difference]) -> Iterator[Difference]:
    """Neighbouring sentences of one clause that were added, removed or moved are one difference."""
    groups: list[list[Difference]] = []
    for one in found:
        if groups and _goes_on(groups[-1][-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        yield _merged(group) if len(group) > 1 else group[0]


def _goes_on(one: Difference, other: Difference) -> bool:
    if one.kind != other.kind or one.kind not in ("added", "removed", "moved"):
        return False
    return (
        one.place == other.place and _follows(one.old, other.old) and _follows(one.new, other.new)
    )


def _follows(one: tuple[Unit, ...], other: tuple[Unit, ...]) -> bool:
    return not other or other[0].index == one[-1].index + 1


def _merged(group: Sequence[Difference]) -> Difference:
    old = tuple(unit for one in group for unit in one.old)
    new = tuple(unit for one in group for unit in one.new)
    changes = changes_of(tokens(old), tokens(new)) if group[0].kind == "moved" else ()
    return Difference(group[0].kind, old, new, changes)


def by_kind(found: Sequence[Difference]) -> dict[Kind, int]:
    """How many differences there are of each kind."""
    kinds = sorted(one.kind for one in found)
    return {kind: len(list(group)) for kind, group in groupby(kinds)}
