"""Which rows of a table sum up others: they are not to be counted twice.

The arithmetic decides: a row is a total where its numbers are the sums of those above it, or their
averages. Only a row that says nothing but 'Total' is believed where there is nothing to check, or
where it stands at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strongroom_engine.indexing.parse.sheets import figures

Number = float | int | None

_ALONE = re.compile(
    r"\W*(?:(?:grand|sub|net|gross|overall|sheet|page)[ -]?)?(?:totals?|sums?|subtotals?|zwischensummen?"
    r"|gesamt(?:summen?|betrag|ergebnis)?|(?:end)?summen?|insgesamt|total général|total general"
    r"|sous-totale?|somme|suma|totale|totaal|totalt|razem|celkem|ogółem|összesen|итого|合計|总计)\W*",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"average|\bavg\b|\bmean\b|durchschnitt|mittelwert|\bmittel\b|moyenne|promedio|\bmedia\b|średnia",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(
    rf"total|\bsums?\b|summe|gesamt|\bsomme|\bsuma\b|totaal|razem|celkem|saldo|balance|ergebnis"
    rf"|insgesamt|ogółem|итого|合計|总计|小计|{_AVERAGE.pattern}",
    re.IGNORECASE,
)
MIN_ROWS = 2
"""A row that does not say 'Total' alone is the sum of so many at least."""
_SLACK = 0.005
"""Share of a sum by which rounding of what is summed may change it."""
MAX_LABEL = 60
MAX_CANDIDATES = 5_000
"""What says of more rows than these that they are totals says something else."""
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be a total, by its index. `label` is what it says of itself, '' where it says
    nothing; `leads`: nothing stands before that."""

    index: int
    label: str
    leads: bool = True

    @property
    def is_alone(self) -> bool:
        return self.leads and bool(_ALONE.fullmatch(self.label))

    @property
    def is_average(self) -> bool:
        return bool(_AVERAGE.search(self.label))


def says_so(label: str) -> bool:
    """Whether a row with this label may be a total."""
    return len(label) <= MAX_LABEL and bool(_SAYS_SO.search(label))


def totals(columns: Sequence[Sequence[Number]], candidates: Sequence[Candidate]) -> list[int]:
    """The indexes of those candidates that are totals; `columns` are those of numbers."""
    rows = len(columns[0]) if columns else 0
    if len(candidates) > min(MAX_CANDIDATES, max(rows / 2, MIN_ROWS)):
        candidates = [one for one in candidates if one.is_alone][:MAX_CANDIDATES]
    if not candidates or not rows:
        return []
    parts = [_Part(column) for column in columns]
    places = [one.index for one in candidates]
    last = max(set(range(rows)) - set(places), default=-1)
    found: list[int] = []
    for one, after in zip(candidates, [*places[1:], rows], strict=True):
        for part in parts:
            part.read_to(one.index)
        group = found[-1] + 1 if found else 0
        section = max((part.section for part in parts), default=0)
        spans = [(group, one.index), (0, one.index), (section, one.index)]
        if one.label:
            spans.append((one.index + 1, after))
        if _is_total(one, parts, spans, is_last=one.index > last):
            found.append(one.index)
            for part in parts:
                part.leave_out(one.index)
    return found if len(found) < rows else []


def _is_total(
    one: Candidate, parts: Sequence[_Part], spans: Sequence[tuple[int, int]], *, is_last: bool
) -> bool:
    checked = 0
    for first, last in spans:
        right, wrong = _compared(one, parts, first, last)
        rows = max((part.count(first, last) for part in parts), default=0)
        checked = max(checked, right + wrong)
        if right > wrong and (one.is_alone or rows >= MIN_ROWS):
            return True
    return one.is_alone and (checked == 0 or is_last)


def _compared(one: Candidate, parts: Sequence[_Part], first: int, last: int) -> tuple[int, int]:
    """How many numbers of the row are what those of a part add up to, and how many are not."""
    right = wrong = 0
    for part in parts:
        number = part.column[one.index]
        if number is None or part.count(first, last) == 0:
            continue
        fits = part.averages(number, first, last) if one.is_average else False
        fits = fits or part.adds_up(number, first, last, rounded=one.is_alone)
        right += fits and number != 0  # that nothing adds up to nothing says nothing
        wrong += not fits
    return right, wrong


class _Part:
    """A column's numbers, and what the rows from the beginning to each of them add up to. Totals
    are left out of it once they are known to be such."""

    def __init__(self, column: Sequence[Number]) -> None:
        self.column = list(column)
        self._counts, self._sums, self._sizes = [0], [0.0], [0.0]
        self.section = 0
        """The row behind the last one that was read and has no number."""

    def read_to(self, end: int) -> None:
        """Take in the rows before `end`."""
        for index in range(len(self._sums) - 1, end):
            number = self.column[index]
            if number is None:
                self.section = index + 1
            self._counts.append(self._counts[-1] + (number is not None))
            self._sums.append(self._sums[-1] + float(number or 0))
            self._sizes.append(self._sizes[-1] + abs(float(number or 0)))

    def leave_out(self, index: int) -> None:
        """The row at which reading stands is none of those that add up."""
        self.column[index] = None

    def _there(self, first: int, last: int) -> list[float]:
        return [float(n) for n in self.column[first:last] if n is not None]

    def count(self, first: int, last: int) -> int:
        if last < len(self._counts):
            return self._counts[last] - self._counts[first]
        return len(self._there(first, last))

    def _all(self, first: int, last: int) -> tuple[float, float]:
        """What [first, last) adds up to, with and without signs."""
        if last < len(self._sums):
            return self._sums[last] - self._sums[first], self._sizes[last] - self._sizes[first]
        there = self._there(first, last)
        return sum(there), sum(map(abs, there))

    def adds_up(self, number: float, first: int, last: int, *, rounded: bool) -> bool:
        """Whether the number is the sum of [first, last), as near as numbers in a computer come to
        it; `rounded`: as near as they do after rounding."""
        total, size = self._all(first, last)
        off, near = (
            abs(number - total),
            1e-9 * max(size, self._sizes[min(first, len(self._sizes) - 1)]),
        )
        if off <= near:
            return True
        if off > 1 + _SLACK * abs(total):
            return False
        own, theirs = figures.decimals((number,)), self._decimals(first, last)
        if own < theirs:
            near += 10.0**-own / 2
        if rounded and theirs:
            near += min(10.0**-theirs / 2 * self.count(first, last), _SLACK * abs(total))
        return off <= near

    def averages(self, number: float, first: int, last: int) -> bool:
        """Whether the number is the average of [first, last), rounded to the decimals it has."""
        total, size = self._all(first, last)
        own = 10.0 ** -figures.decimals((number,)) / 2
        return abs(number - total / self.count(first, last)) <= own + 1e-9 * size

    def _decimals(self, first: int, last: int) -> int:
        some = self.column[first : min(last, first + _SAMPLE)]
        return figures.decimals(n for n in some if n is not None)
