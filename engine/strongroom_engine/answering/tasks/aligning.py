"""Two sequences of sentences -> which of them are the same, in order or moved.

Sentences that stand once in both documents hold the rest in place (patience diff, Bram Cohen);
between them sentences are paired by dynamic programming as in the alignment of translations (Gale
and Church 1993): one with one, or two with one or two where they are parted differently. What is left is
compared with what is left anywhere: those pairs are moved.

Sentences are strings with a character for each of their words, so that RapidFuzz compares them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

ALIKE = 0.55
"""Sentences in order are versions of one when they share so much of their words."""
MOVED_ALIKE = 0.8
"""Sentences out of order, which must share more to be taken for one;"""
MOVED_WORDS = 5
"""and have so many words, unless they are the same and stand once in both."""
GAP_CELLS = 400_000
"""Between two fixed sentences at most so many pairs are looked at: of 600 new sentences in place of
600 old ones none is taken for a version of another in order, only for moved."""
MOVED_CELLS = 9_000_000
"""The same for what is left in both documents, about 3,000 sentences each."""
PARTED = 0.02
"""What it costs to take two sentences for one: whole ones are preferred."""

WHOLE = 0.4
"""A stretch is taken whole where that leaves a smaller share of the words that differ."""

Cells = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair:
    """The sentences [old, old + olds) of one document and [new, new + news) of the other, that are
    versions of each other."""

    old: int
    new: int
    olds: int = 1
    news: int = 1
    moved: bool = False


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The pairs, in the order of the old document. What is in none was removed or added."""
    unique = _unique(old, new)
    fixed = _heaviest_in_order(unique, [len(old[pair.old]) for pair in unique])
    pairs = list(fixed)
    for (left, right), (above, below) in zip(
        _gaps([(pair.old, pair.old + 1) for pair in fixed], len(old)),
        _gaps([(pair.new, pair.new + 1) for pair in fixed], len(new)),
        strict=True,
    ):
        pairs += [
            Pair(left + pair.old, above + pair.new, pair.olds, pair.news)
            for pair in _parted_alike(old[left:right], new[above:below])
        ]
    pairs += _left_over(old, new, pairs, unique)
    pairs += _beside(old, new, pairs)
    return sorted(_marked(pairs, old), key=lambda pair: pair.old)


def _unique(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The sentences that stand once in each document."""
    seen, seen_new = Counter(old), Counter(new)
    places = {sentence: at for at, sentence in enumerate(new) if seen_new[sentence] == 1}
    return [
        Pair(at, places[sentence])
        for at, sentence in enumerate(old)
        if seen[sentence] == 1 and sentence in places
    ]


def _gaps(taken: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    edges = [(0, 0), *taken, (length, length)]
    return [(before[1], after[0]) for before, after in pairwise(edges)]


# --- between two fixed sentences -------------------------------------------------------------------


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The best pairs in order; none where there are too many sentences to look at."""
    if not old or not new or len(old) * len(new) > GAP_CELLS:
        return []
    gains = {
        (1, 1): _gains(old, new),
        (2, 1): _gains(_joined(old), new) - PARTED,
        (1, 2): _gains(old, _joined(new)) - PARTED,
        (2, 2): _gains(_joined(old), _joined(new)) - 2 * PARTED,
    }
    best, steps = _best_paths(gains, len(old), len(new))
    return _traced(steps, len(old), len(new)) if best > 0 else []


def _parted_alike(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The best pairs in order; where a stretch is the same in both and only parted into sentences
    in another way, it is one pair."""
    pairs = _in_order(old, new)
    same = [pair for pair in pairs if _distance(pair, old, new) == 0]
    found = list(same)
    for (left, right), (above, below) in zip(
        _gaps([(pair.old, pair.old + pair.olds) for pair in same], len(old)),
        _gaps([(pair.new, pair.new + pair.news) for pair in same], len(new)),
        strict=True,
    ):
        inside = [pair for pair in pairs if left <= pair.old < right and pair not in same]
        whole = Pair(left, above, right - left, below - above)
        found += [whole] if _is_one(whole, inside, old, new) else inside
    return found


def _is_one(whole: Pair, inside: Sequence[Pair], old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a stretch taken whole differs far less than its sentences do one by one."""
    if not (whole.olds and whole.news) or whole.olds == whole.news == 1:
        return False
    used, used_new = taken(inside)
    apart = sum(_distance(pair, old, new) for pair in inside)
    stretch = range(whole.old, whole.old + whole.olds)
    apart += sum(len(old[at]) for at in stretch if at not in used)
    stretch = range(whole.new, whole.new + whole.news)
    apart += sum(len(new[at]) for at in stretch if at not in used_new)
    return _distance(whole, old, new) < WHOLE * apart


def _distance(pair: Pair, old: Sequence[str], new: Sequence[str]) -> int:
    """How many words are in one of the two only."""
    one = "".join(old[pair.old : pair.old + pair.olds])
    other = "".join(new[pair.new : pair.new + pair.news])
    return int(Indel.distance(one, other))


def _joined(sentences: Sequence[str]) -> list[str]:
    return [one + other for one, other in pairwise(sentences)]


def _gains(old: Sequence[str], new: Sequence[str]) -> Cells:
    """What each pair is worth: the words that it is alike in beyond chance."""
    if not old or not new:
        return np.zeros((len(old), len(new)), np.float32)
    alike = cdist(old, new, scorer=Indel.normalized_similarity, score_cutoff=ALIKE)
    lengths = np.add.outer([len(one) for one in old], [len(one) for one in new])
    return np.where(alike > 0, (alike - ALIKE + 0.05) * lengths, -1).astype(np.float32)


Step = tuple[int, int]


def _best_paths(
    gains: dict[Step, Cells], rows: int, columns: int
) -> tuple[float, list[list[Step | None]]]:
    """The best worth of all, and by which step each place is reached best."""
    tables = {step: cells.tolist() for step, cells in gains.items()}
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    steps: list[list[Step | None]] = [[None] * (columns + 1) for _ in range(rows + 1)]
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            worth, chosen = max((best[row - 1][column], (1, 0)), (best[row][column - 1], (0, 1)))
            for (down, across), cells in tables.items():
                if row < down or column < across:
                    continue
                gain = cells[row - down][column - across]
                if gain > 0 and best[row - down][column - across] + gain > worth:
                    worth = best[row - down][column - across] + gain
                    chosen = (down, across)
            best[row][column], steps[row][column] = worth, chosen
    return best[rows][columns], steps


def _traced(steps: list[list[Step | None]], row: int, column: int) -> list[Pair]:
    found = []
    while (step := steps[row][column]) is not None:
        row, column = row - step[0], column - step[1]
        if all(step):
            found.append(Pair(row, column, *step))
    return found[::-1]


# --- anywhere ------------------------------------------------------------------------------------


def _left_over(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[Pair], unique: Sequence[Pair]
) -> list[Pair]:
    """Pairs among what is in none yet: the same sentences, then the most alike first."""
    used, used_new = taken(pairs)
    same = [pair for pair in unique if pair.old not in used and pair.new not in used_new]
    used |= {pair.old for pair in same}
    used_new |= {pair.new for pair in same}
    olds = [at for at in _free(old, used) if len(old[at]) >= MOVED_WORDS]
    news = [at for at in _free(new, used_new) if len(new[at]) >= MOVED_WORDS]
    if not olds or not news or len(olds) * len(news) > MOVED_CELLS:
        return same
    alike = cdist(
        [old[at] for at in olds],
        [new[at] for at in news],
        scorer=Indel.normalized_similarity,
        score_cutoff=MOVED_ALIKE,
    )
    rows, columns = np.nonzero(alike)
    ranked = sorted(
        zip(rows.tolist(), columns.tolist(), strict=True),
        key=lambda cell: (-float(alike[cell]), abs(olds[cell[0]] - news[cell[1]]), cell),
    )
    return same + [Pair(olds[row], news[column]) for row, column in _one_each(ranked)]


def _beside(old: Sequence[str], new: Sequence[str], pairs: Sequence[Pair]) -> list[Pair]:
    """The same short sentences (titles) right before or behind a pair, if they are in none yet."""
    used, used_new = taken(pairs)
    found: list[Pair] = []
    for pair in pairs:
        before = zip(range(pair.old - 1, -1, -1), range(pair.new - 1, -1, -1), strict=False)
        behind = zip(
            range(pair.old + pair.olds, len(old)),
            range(pair.new + pair.news, len(new)),
            strict=False,
        )
        for side in (before, behind):
            for at, at_new in side:
                if at in used or at_new in used_new or old[at] != new[at_new]:
                    break
                found.append(Pair(at, at_new))
                used.add(at)
                used_new.add(at_new)
    return found


def taken(pairs: Iterable[Pair]) -> tuple[set[int], set[int]]:
    """The sentences that are in a pair."""
    used, used_new = set[int](), set[int]()
    for pair in pairs:
        used |= set(range(pair.old, pair.old + pair.olds))
        used_new |= set(range(pair.new, pair.new + pair.news))
    return used, used_new


def _free(sentences: Sequence[str], used: set[int]) -> list[int]:
    return [at for at in range(len(sentences)) if at not in used]


def _one_each(ranked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    rows, columns, chosen = set(), set(), []
    for row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            chosen.append((row, column))
    return chosen


def _marked(pairs: Sequence[Pair], old: Sequence[str]) -> list[Pair]:
    """The pairs, those out of order marked: as few words of them as possible."""
    ordered = sorted(pairs, key=lambda pair: pair.old)
    weights = [sum(map(len, old[pair.old : pair.old + pair.olds])) for pair in ordered]
    in_order = set(_heaviest_in_order(ordered, weights))
    return [
        pair if pair in in_order else Pair(pair.old, pair.new, pair.olds, pair.news, moved=True)
        for pair in ordered
    ]


def _heaviest_in_order(pairs: Sequence[Pair], weights: Sequence[int]) -> list[Pair]:
    """The heaviest of the subsequences of `pairs` (by old place) that rise in the new document."""
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int] = []
    # `ends` rises, and so do the weights in `best` of the chains that end there.
    for index, pair in enumerate(pairs):
        at = bisect_right(ends, pair.new)
        weight, last = best[at - 1] if at else (0, -1)
        before.append(last)
        weight += weights[index]
        ends.insert(at, pair.new)
        best.insert(at, (weight, index))
        while at + 1 < len(best) and best[at + 1][0] <= weight:
            del ends[at + 1], best[at + 1]
    index = best[-1][1] if best else -1
    chain = []
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
