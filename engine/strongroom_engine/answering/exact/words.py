"""Where words stand in a document's text, checked in the text itself.

The index finds the documents that may hold them; a document counts only when its text does, in
what a reader can see of it.
Quoted words stand as they were typed, whatever their case; names also with an ending ('Keller's',
'Kellers'); other words in any form that the index takes for the same. A date, an amount or a
reference number that is not quoted stands wherever it is written in another way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from strongroom_engine.answering.exact.reading import Clause
from strongroom_engine.answering.lookup import in_passages
from strongroom_engine.answering.query import tokens
from strongroom_engine.answering.terms import marked, wanted_forms
from strongroom_engine.answering.text import Span, words
from strongroom_engine.store import Scope, Store, index_words, normal_forms

NAME_ENDINGS = ("", "s", "es", "n", "en")
ALL = 1 << 40
"""As many passages as there are."""


def visible(text: str, offset: int, hidden: Sequence[Span]) -> str:
    """The text, which begins at `offset`, with spaces in place of what a reader cannot see."""
    for start, end in hidden:
        left, right = max(start - offset, 0), min(end - offset, len(text))
        if left < right:
            text = text[:left] + " " * (right - left) + text[right:]
    return text


def candidates(store: Store, said: str, scope: Scope) -> frozenset[int] | None:
    """The documents in whose text each of the words stands somewhere, or all of them in their
    normal form; None: there are no words."""
    otherwise = [f'text : "{word}"' for word in _normal(said)]
    spelled = frozenset(row for match in otherwise for row in store.mentions(match, ALL, scope))
    found: frozenset[int] | None = None
    for word in dict.fromkeys(tokens(said)):
        holding = frozenset(store.mentions(in_passages(word), ALL, scope))
        found = holding if found is None else found & holding
    return found | spelled if found is not None else None


def _normal(said: str) -> frozenset[str]:
    """The normal forms of the date, amount or number that is all that is said."""
    whole = said.strip()
    forms = normal_forms(whole, asked=True)
    return frozenset(word for start, end, word in forms if (start, end) == (0, len(whole)))


def first_mention(text: str, clause: Clause) -> Span | None:
    """Where the words of the clause first stand one after the other in the text, or what is the
    same in another spelling."""
    normal = frozenset() if clause.quoted else _normal(clause.value)
    spelled = [] if not normal else normal_forms(text, asked=False)
    places = [(start, end) for start, end, word in spelled if word in normal]
    if run := _first_run(text, clause):
        places.append(run)
    return min(places, default=None)


def _first_run(text: str, clause: Clause) -> Span | None:
    terms = [word.lower() for word in tokens(clause.value)]
    if not terms:
        return None
    found = words(text)
    if clause.loose:
        return _run(found_starts(text, terms), [(word.start, word.end) for word in found])
    spelled = [(word.start, word.end) for word in found]
    endings = ("",) if clause.quoted else NAME_ENDINGS
    kept = [[t + ending for ending in endings] for t in terms]
    starts = [
        {start for start, end in spelled if _spelled(text[start:end]) in forms} for forms in kept
    ]
    return _run(starts, spelled)


def found_starts(text: str, terms: list[str]) -> list[set[int]]:
    """For each term where a form of it begins in the text."""
    return [{start for start, _ in marked(text, wanted_forms(term, [term]))} for term in terms]


def _spelled(word: str) -> str:
    return index_words(word).strip().lower()


def _run(starts: list[set[int]], spans: list[Span]) -> Span | None:
    """The first run of neighbouring words of which each is one of its own."""
    order = [start for start, _ in spans]
    for first in sorted(starts[0]):
        at = bisect_left(order, first)
        run = spans[at : at + len(starts)]
        if len(run) == len(starts) and all(
            start in wanted for (start, _), wanted in zip(run, starts, strict=True)
        ):
            return run[0][0], run[-1][1]
    return None


def holds_name(text: str, name: str) -> bool:
    """Whether the words of a name stand one after the other in a short text, whatever their case."""
    return find_name(text, name) is not None


def find_name(text: str, name: str) -> Span | None:
    """Where they stand."""
    return first_mention(text, Clause("mention", 0, 0, name))
