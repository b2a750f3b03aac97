"""What is measured of a search: pure functions of one question's hits and its right places.

Documents are ranked by their best passage (nDCG, recall). The reciprocal rank is that of the first
right passage where the set names passages, else of the first right document.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from strongroom_engine.evaluation.sets import Question, Relevant, relative
from strongroom_engine.evaluation.words import plain_words
from strongroom_engine.types import Hit

OVERLAP = 0.6
"""A hit is the right passage when it shares this much of the shorter one of both."""
WORDS_LEAST = 5
"""A hit with fewer words is not compared by its words: a headline is found everywhere."""


def ranked_files(hits: Sequence[Hit], root: Path) -> list[str]:
    """The documents of the hits, each at the rank of its best, relative to `root`."""
    return list(dict.fromkeys(relative(hit.file, root) for hit in hits))


def in_wanted_files(hits: Sequence[Hit], question: Question, root: Path) -> tuple[Hit, ...]:
    """The hits, each in the document that the question names where it names a copy or a version
    that has the passage, too: which of them stands for the others says nothing of a search."""
    wanted = {place.file for place in question.relevant}
    return tuple(_in_wanted(hit, wanted, root) for hit in hits)


def _in_wanted(hit: Hit, wanted: Collection[str], root: Path) -> Hit:
    if relative(hit.file, root) in wanted:
        return hit
    for copy in hit.copies:
        if relative(copy, root) in wanted:
            return replace(hit, file=copy)
    for one in hit.versions:
        if relative(one.file, root) in wanted:
            return replace(hit, file=one.file, page=one.page, offset=one.start)
    return hit


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `k`, with gains of 0 and 1.

    The gain at rank r counts 1 / log2(r + 1), divided by that of the best possible order
    (Järvelin and Kekäläinen 2002, as computed by trec_eval's ndcg_cut).
    """
    gains = [1 / math.log2(rank + 1) for rank, file in enumerate(ranked[:k], 1) if file in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), k) + 1))
    return sum(gains) / ideal if ideal else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], k: int = 5) -> float:
    """The share of the right documents that is among the first `k` (trec_eval's recall)."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def reciprocal_rank(right: Iterable[bool], k: int = 10) -> float:
    """1 / rank of the first right one among the first `k`, else 0; its mean is MRR (TREC-8 QA,
    Voorhees 1999)."""
    rank = first_rank(right)
    return 1 / rank if rank and rank <= k else 0.0


def first_rank(right: Iterable[bool]) -> int | None:
    """The rank of the first right one, from 1; None where there is none."""
    return next((rank for rank, is_right in enumerate(right, 1) if is_right), None)


def right_hits(hits: Sequence[Hit], question: Question, root: Path) -> list[bool]:
    """Of what the reciprocal rank counts, in order, whether it is right: the hits where the set
    names passages, else the documents."""
    if question.names_passages:
        return [hit_is_right(hit, question.relevant, root) for hit in hits]
    files = {place.file for place in question.relevant}
    return [file in files for file in ranked_files(hits, root)]


def hit_is_right(hit: Hit, relevant: Iterable[Relevant], root: Path) -> bool:
    """Whether the hit is a right passage: in its document, it covers the span or shares the words
    of the quote, `OVERLAP` of the shorter of both."""
    file = relative(hit.file, root)
    return any(file == place.file and _same_passage(hit, place) for place in relevant)


def page_hit(
    hits: Sequence[Hit], relevant: Collection[Relevant], root: Path, k: int = 5
) -> float | None:
    """1 when one of the first `k` hits lies on a right page; None where no page is known."""
    pages = {(place.file, page) for place in relevant for page in place.all_pages}
    if not pages:
        return None
    return float(any((relative(hit.file, root), hit.page) in pages for hit in hits[:k]))


def passage_hit(hits: Sequence[Hit], question: Question, root: Path, k: int = 5) -> float | None:
    """1 when one of the first `k` hits is a right passage (`hit_is_right`); None where the set
    names no passage."""
    if not question.names_passages:
        return None
    return float(any(hit_is_right(hit, question.relevant, root) for hit in hits[:k]))


def _same_passage(hit: Hit, place: Relevant) -> bool:
    if place.span is not None and hit.page is None:
        span = hit.offset, hit.offset + len(hit.text)
        if overlap(span, place.span) >= OVERLAP * min(_length(span), _length(place.span)):
            return True
    return bool(place.quote) and _shares_words(hit.text, place.quote or "")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _length(span: tuple[int, int]) -> int:
    return max(1, span[1] - span[0])


def _shares_words(text: str, quote: str) -> bool:
    found, wanted = Counter(plain_words(text)), Counter(plain_words(quote))
    shorter = min(found.total(), wanted.total())
    return shorter >= min(WORDS_LEAST, wanted.total()) and (
        (found & wanted).total() >= OVERLAP * shorter
    )


Metric = Callable[[Sequence[Hit], Question, Path], float | None]

METRICS: dict[str, Metric] = {
    "ndcg@10": lambda hits, question, root: ndcg(ranked_files(hits, root), question.files),
    "recall@5": lambda hits, question, root: recall(ranked_files(hits, root), question.files),
    "mrr@10": lambda hits, question, root: reciprocal_rank(right_hits(hits, question, root)),
    "page_hit@5": lambda hits, question, root: page_hit(hits, question.relevant, root),
    "passage_hit@5": passage_hit,
}
"""The retrieval figures of a report, by their names there."""
