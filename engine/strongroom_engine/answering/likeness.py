"""How much a question sounds like each document's name, title, folders and opening.

Evidence for the ranking, not a decision: a document gains by its likeness, none is left out. What
a word is worth falls with the number of documents that are called so, and with the number of
passages of other documents that hold it: 'university' says little of the one that is called so.
Without the latter articles lost .003 to .007 (MRR@10).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from strongroom_engine.answering.lookup import in_passages, string
from strongroom_engine.answering.query import tokens
from strongroom_engine.answering.stopwords import stopwords_of
from strongroom_engine.store import WORD, Scope, Store, name_words

NAME_WEIGHT, OPENING_WEIGHT = 1.0, 0.2
"""What a word counts in the name or title, and anywhere else."""
COMMON = 200
"""A word in more documents than this says nothing, a number nothing by itself."""
CANDIDATES = 50
"""So many documents are told; and of those that rarer words find, looked at for common ones."""
COMMON_WORTH = 0.2
"""What a common number is worth, where 1 is a word of one document."""
PASSAGES = 100
"""Passages of other documents among which theirs are counted."""
FULL = 2.0
"""The evidence that makes a likeness of 0.63: two words that no other document has."""
TERMS = 48
"""More words than this are not looked up."""
GLUED_LEAST = 6
"""Neighbouring words are looked up as one ('best buy' for BESTBUY) from so many letters on."""

_WEIGHTS = ((True, NAME_WEIGHT - OPENING_WEIGHT), (False, OPENING_WEIGHT))

Ranked = dict[int, float]


def document_scores(store: Store, question: str, scope: Scope) -> dict[str, float]:
    """The likeness to the question of the documents that are most like it, 0 to 1, by path.

    All others have none.
    """
    evidence = _evidence(store, question, scope)
    best = sorted(evidence, key=lambda row: -evidence[row])[:CANDIDATES]
    names = store.document_names(best)
    return {path: 1 - math.exp(-evidence[row] / FULL) for row, (path, _) in names.items()}


def _evidence(store: Store, question: str, scope: Scope) -> Ranked:
    """What the question's words say for each document, by its row."""
    wanted = terms(question)
    total = store.document_count()
    if not wanted or not total:
        return {}
    most = min(COMMON, max(total // 2, 1))
    scores: Ranked = {}
    common = []
    for names_only, weight in _WEIGHTS:
        found = store.documents_holding(
            list(map(string, wanted)), most + 1, scope, names_only=names_only
        )
        for term, documents in zip(wanted, found, strict=True):
            if len(documents) <= most:
                telling = worth(len(documents), total) * _told_apart(store, term, documents, scope)
                _add(scores, documents, weight * telling)
            elif _has_digits(term):
                common.append((string(term), names_only, weight))
    _add_common(store, scores, common)
    return scores


def _told_apart(store: Store, term: str, documents: frozenset[int], scope: Scope) -> float:
    """1 where no passage of other documents holds the word, towards 0 where those of many do.

    Numbers are exempt: '2023' stands in every report, and still tells them apart.
    """
    if not documents or _has_digits(term):
        return 1.0
    others = store.mentions(in_passages(term), PASSAGES, scope, without=tuple(documents))
    return len(documents) / (len(documents) + len(others))


def _has_digits(term: str) -> bool:
    return any(map(str.isdigit, term))


def _add(scores: Ranked, documents: Iterable[int], gain: float) -> None:
    for row in documents:
        scores[row] = scores.get(row, 0.0) + gain


def _add_common(store: Store, scores: Ranked, common: Sequence[tuple[str, bool, float]]) -> None:
    """With what common numbers say between the documents that rarer words found."""
    best = sorted(scores, key=lambda row: -scores[row])[:CANDIDATES]
    if not best:
        return
    inside = Scope(documents=tuple(best))
    for term, names_only, weight in common:
        (found,) = store.documents_holding([term], CANDIDATES, inside, names_only=names_only)
        _add(scores, found, weight * COMMON_WORTH)


def worth(documents: int, total: int) -> float:
    """1 for a word that one document of many has, towards 0 for one that all have."""
    if total < 2 or documents == 0:
        return 0.0
    return math.log((total + 1) / documents) / math.log(total + 1)


def terms(question: str) -> list[str]:
    """What to look up: telling words, their parts, and neighbours as one word."""
    words = WORD.findall(question)
    stopwords = stopwords_of([word.lower() for word in words])
    single = [word for word in words if word.lower() not in stopwords]
    parts = [part for word in single for part in (word, *name_words(word).split())]
    found = (" ".join(tokens(part)).lower() for part in (*parts, *_glued(words)))
    return list(dict.fromkeys(filter(None, found)))[:TERMS]


def _glued(words: Sequence[str]) -> list[str]:
    pairs = ["".join(words[at : at + 2]) for at in range(len(words) - 1)]
    return [pair for pair in pairs if len(pair) >= GLUED_LEAST and pair.isascii()]
