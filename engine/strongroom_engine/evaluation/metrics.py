"""What is measured of one question: pure functions of hits, answers and the right places.

Documents are ranked by their best passage (nDCG, recall). The reciprocal rank is that of the first
right passage where the set names passages, else of the first right document.
"""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from strongroom_engine.evaluation.sets import Question, Relevant
from strongroom_engine.types import Citation, Hit

OVERLAP = 0.6
"""A hit is the right passage when it shares this much of the shorter one of both."""
WORDS_LEAST = 5
"""A hit with fewer words is not compared by its words: a headline is found everywhere."""

_UNSEGMENTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSEGMENTED}]|[^\W_{_UNSEGMENTED}]+")
_ARTICLES = frozenset({"a", "an", "the"})


# --- retrieval -----------------------------------------------------------------------------------


def ranked_files(hits: Sequence[Hit], root: Path) -> list[str]:
    """The documents of the hits, each at the rank of its best, relative to `root`."""
    return list(dict.fromkeys(relative(hit.file, root) for hit in hits))


def relative(file: str, root: Path) -> str:
    """The path as question sets write it; a file outside `root` keeps its own."""
    path = Path(file)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `k`, with gains of 0 and 1."""
    gains = [1 / math.log2(rank + 1) for rank, file in enumerate(ranked[:k], 1) if file in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), k) + 1))
    return sum(gains) / ideal if ideal else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], k: int = 5) -> float:
    """The share of the right documents that is among the first `k`."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def reciprocal_rank(right: Iterable[bool], k: int = 10) -> float:
    """1 / rank of the first right one among the first `k`, else 0."""
    for rank, is_right in enumerate(right, 1):
        if rank > k:
            return 0.0
        if is_right:
            return 1 / rank
    return 0.0


def right_hits(hits: Sequence[Hit], question: Question, root: Path) -> list[bool]:
    """Of what the reciprocal rank counts, in order, whether it is right: the hits where the set
    names passages, else the documents."""
    if any(place.names_passage for place in question.relevant):
        return [hit_is_right(hit, question.relevant, root) for hit in hits]
    files = {place.file for place in question.relevant}
    return [file in files for file in ranked_files(hits, root)]


def hit_is_right(hit: Hit, relevant: Iterable[Relevant], root: Path) -> bool:
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


def _same_passage(hit: Hit, place: Relevant) -> bool:
    if place.span is not None and hit.page is None:
        span = hit.offset, hit.offset + len(hit.text)
        if _overlap(span, place.span) >= OVERLAP * min(_length(span), _length(place.span)):
            return True
    return bool(place.quote) and _shares_words(hit.text, place.quote or "")


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _length(span: tuple[int, int]) -> int:
    return max(1, span[1] - span[0])


def _shares_words(text: str, quote: str) -> bool:
    found, wanted = Counter(plain_words(text)), Counter(plain_words(quote))
    shorter = min(found.total(), wanted.total())
    return shorter >= min(WORDS_LEAST, wanted.total()) and (
        (found & wanted).total() >= OVERLAP * shorter
    )


# --- answers -------------------------------------------------------------------------------------


def answer_f1(text: str, accepted: Iterable[str]) -> float:
    """SQuAD's token F1 of an answer, the best over the accepted ones."""
    return max((_f1(normal_words(text), normal_words(answer)) for answer in accepted), default=0.0)


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    common = (Counter(given) & Counter(wanted)).total()
    return 2 * common / (len(given) + len(wanted)) if common else 0.0


def contains_answer(text: str, accepted: Iterable[str]) -> bool:
    """Whether an accepted answer stands in the text, word for word after normalisation."""
    given = f" {' '.join(normal_words(text))} "
    wanted = (" ".join(normal_words(answer)) for answer in accepted)
    return any(f" {answer} " in given for answer in wanted if answer)


def citation_is_right(citation: Citation, relevant: Iterable[Relevant], root: Path) -> bool:
    """Whether the cited page, or where none is known the cited passage, is a right one."""
    file = relative(citation.file, root)
    return any(file == place.file and _cites(citation, place) for place in relevant)


def _cites(citation: Citation, place: Relevant) -> bool:
    if place.all_pages:
        return citation.page in place.all_pages
    if place.span is not None and citation.page is None:
        return _overlap((citation.start, citation.end), place.span) > 0
    if place.quote:
        cited, right = Counter(plain_words(citation.quote)), Counter(plain_words(place.quote))
        shorter = min(cited.total(), right.total())
        return (cited & right).total() >= OVERLAP * max(shorter, 1)
    return True


# --- words ---------------------------------------------------------------------------------------


def plain_words(text: str) -> list[str]:
    """Words in one spelling; in scripts without spaces each character is one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def normal_words(text: str) -> list[str]:
    """SQuAD's normalisation: lower case, no punctuation, no articles. Scripts without spaces are
    compared by character, as in its translations."""
    kept = "".join(" " if char in "-–—/" else char for char in text)
    kept = "".join(char for char in kept if char not in string.punctuation + "’‘“”«»")
    return [word for word in plain_words(kept) if word not in _ARTICLES]


Metric = Callable[[Sequence[Hit], Question, Path], float | None]

METRICS: dict[str, Metric] = {
    "ndcg@10": lambda hits, question, root: ndcg(
        ranked_files(hits, root), {place.file for place in question.relevant}
    ),
    "recall@5": lambda hits, question, root: recall(
        ranked_files(hits, root), {place.file for place in question.relevant}
    ),
    "mrr@10": lambda hits, question, root: reciprocal_rank(right_hits(hits, question, root)),
    "page_hit@5": lambda hits, question, root: page_hit(hits, question.relevant, root),
}
"""The retrieval figures of a report, by their names there."""
