"""Where words stand in a document's text, checked in the text itself.

The index finds the documents that may hold them; a document counts only when its text does, in
what a reader can see of it.
Quoted words stand as they were typed, whatever their case; names also with an ending ('Keller's',
'Kellers'); other words in any form that the index takes for the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from strongroom_engine.answering.exact.reading import Clause
from strongroom_engine.answering.lookup import in_passages
from strongroom_engine.answering.query import tokens
from strongroom_engine.answering.terms import marked, wanted_forms
from strongroom_engine.answering.text import Span, words
from strongroom_engine.store import Scope, Store, index_words

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
    """The documents in whose text each of the words stands somewhere; None: there are no words."""
    found: frozenset[int] | None = None
    for word in dict.fromkeys(tokens(said)):
        holding = frozenset(store.mentions(in_passages(word), ALL, scope))
        found = holding if found is None else found & holding
    return found


def first_mention(text: str, clause: Clause) -> Span | None:
    """Where the words of the clause first stand one after the other in the text."""
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
