"""What is measured of an answer: pure functions of the answer and the question that was asked.

Every function gives None where the figure says nothing of this question, for example the right
citations of an answer that was not given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from strongroom_engine.evaluation.metrics import OVERLAP, overlap
from strongroom_engine.evaluation.sets import Question, Relevant, relative
from strongroom_engine.evaluation.words import normal_words, plain_words
from strongroom_engine.types import Answer, Citation

# --- the words of the answer ---------------------------------------------------------------------


def answer_f1(text: str, accepted: Iterable[str]) -> float:
    """SQuAD's token F1 (Rajpurkar et al. 2016), the best over the accepted answers."""
    return max((_f1(normal_words(text), normal_words(answer)) for answer in accepted), default=0.0)


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    common = (Counter(given) & Counter(wanted)).total()
    return 2 * common / (len(given) + len(wanted)) if common else 0.0


def exact_match(text: str, accepted: Iterable[str]) -> bool:
    """SQuAD's exact match: nothing but an accepted answer, after normalisation."""
    given = normal_words(text)
    return bool(given) and any(given == normal_words(answer) for answer in accepted)


def contains_answer(text: str, accepted: Iterable[str]) -> bool:
    """Whether an accepted answer stands in the text, word for word after normalisation."""
    given = f" {' '.join(normal_words(text))} "
    wanted = (" ".join(normal_words(answer)) for answer in accepted)
    return any(f" {answer} " in given for answer in wanted if answer)


# --- what it rests on ----------------------------------------------------------------------------


def citation_is_right(citation: Citation, relevant: Iterable[Relevant], root: Path) -> bool:
    """Whether the cited page, or where none is known the cited passage, is a right one."""
    file = relative(citation.file, root)
    return any(file == place.file and _cites(citation, place) for place in relevant)


def _cites(citation: Citation, place: Relevant) -> bool:
    if place.all_pages:
        return citation.page in place.all_pages
    if place.span is not None and citation.page is None:
        return overlap((citation.start, citation.end), place.span) > 0
    if place.quote:
        cited, right = Counter(plain_words(citation.quote)), Counter(plain_words(place.quote))
        shorter = min(cited.total(), right.total())
        return (cited & right).total() >= OVERLAP * max(shorter, 1)
    return True


def citation_precision(answer: Answer, question: Question, root: Path) -> float | None:
    """The share of an answer's citations that are right; None without any."""
    if answer.abstained or not question.relevant or not answer.citations:
        return None
    right = [citation_is_right(each, question.relevant, root) for each in answer.citations]
    return sum(right) / len(right)


def citation_recall(answer: Answer, question: Question, root: Path) -> float | None:
    """The share of the right pages, or where none is known the right passages, that are cited;
    None where nothing was answered."""
    if answer.abstained or not question.relevant:
        return None
    wanted = [part for place in question.relevant for part in place.by_page]
    cited = [
        any(citation_is_right(citation, [place], root) for citation in answer.citations)
        for place in dict.fromkeys(wanted)
    ]
    return sum(cited) / len(cited)


def unsupported(answer: Answer) -> float | None:
    """The share of an answer's sentences that nothing cited supports; None without any."""
    if answer.abstained or not answer.sentences:
        return None
    return sum(not sentence.supported for sentence in answer.sentences) / len(answer.sentences)


# --- the figures of a report ---------------------------------------------------------------------

Graded = Callable[[Answer, Question, Path], float | None]


def _short(measure: Callable[[str, tuple[str, ...]], float]) -> Graded:
    """A figure of questions with a short answer, for which abstaining is wrong."""

    def graded(answer: Answer, question: Question, _root: Path) -> float | None:
        if not question.relevant or not question.accepted:
            return None
        return 0.0 if answer.abstained else float(measure(answer.text, question.accepted))

    return graded


def _cited(answer: Answer, question: Question, _root: Path) -> float | None:
    if answer.abstained or not question.relevant:
        return None
    return float(bool(answer.citations))


def _cited_right(answer: Answer, question: Question, root: Path) -> float | None:
    if answer.abstained or not question.relevant:
        return None
    return float(any(citation_is_right(c, question.relevant, root) for c in answer.citations))


ANSWER_METRICS: dict[str, Graded] = {
    "exact_match": _short(exact_match),
    "answer_f1": _short(answer_f1),
    "right": _short(contains_answer),
    "citation_page_precision": citation_precision,
    "citation_page_recall": citation_recall,
    "cited": _cited,
    "cited_right": _cited_right,
    "unsupported_sentences": lambda answer, _question, _root: unsupported(answer),
    "abstained_answerable": lambda answer, question, _root: (
        float(answer.abstained) if question.relevant else None
    ),
    "abstained_unanswerable": lambda answer, question, _root: (
        None if question.relevant else float(answer.abstained)
    ),
    "seconds": lambda answer, _question, _root: answer.timings.total_ms / 1000,
}
"""What answers are worth, by the names in the report; `definitions.py` says each in words."""
