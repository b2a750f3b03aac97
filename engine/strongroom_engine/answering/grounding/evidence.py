"""What a text states, as a set of terms that can be compared: telling words, numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from strongroom_engine.answering.grounding.facts import canonical
from strongroom_engine.answering.stopwords import stopwords_of
from strongroom_engine.answering.text import WORD, Span, form, forms, sentences, trimmed
from strongroom_engine.store import StoredChunk

Evidence = frozenset[str]

QUOTE_CHARACTERS = 400
"""Longer source sentences (tables, lists) are cited in parts, cut at the ends of lines."""

_NUMBER = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)*")
_SMALL_NUMBERS = {
    form(word): str(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}


def evidence(text: str, beside: str = "") -> Evidence:
    """The terms of a text: its words in a form without inflections, its numbers as digits, its
    dates in one way. `beside` is in the same language, and helps to tell it."""
    text = canonical(text)
    numbers = frozenset(_plain_number(match.group()) for match in _NUMBER.finditer(text))
    rest = _NUMBER.sub(" ", text)
    known = [word.lower() for word in WORD.findall(f"{rest} {beside}")]
    stopwords = {form(word) for word in stopwords_of(known)}
    telling = (_SMALL_NUMBERS.get(term, term) for term in forms(rest) if term not in stopwords)
    return numbers | frozenset(telling)


def names(text: str) -> Evidence:
    """The terms that are written like names: with a capital letter inside a sentence."""
    capitals = (
        form(match.group())
        for start, end in sentences(text, lines=True)
        for match in list(WORD.finditer(text, start, end))[1:]
        if match.group()[0].isupper()
    )
    return frozenset(capitals) & evidence(text)


def is_number(term: str) -> bool:
    return term[0].isdigit()


def _plain_number(written: str) -> str:
    """'1,500.00' -> '1500'; '0.50' -> '0.5'."""
    digits = re.sub(r",(?=\d{3}(?!\d))", "", written).replace(",", ".")
    return digits.rstrip("0").rstrip(".") if digits.count(".") == 1 else digits


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """A passage taken apart: the spans of its sentences in its text, and what each states."""

    text: str
    sentences: tuple[tuple[Span, Evidence], ...]
    all: Evidence
    """What the whole passage states, with its title and headings."""


def passage_evidence(passage: StoredChunk, *, rows: bool = False) -> PassageEvidence:
    """`rows`: the rows of a table are taken one by one, to be cited; otherwise it stays whole."""
    spans = [span for span in _quotable(passage, rows) if WORD.search(passage.text, *span)]
    stated = tuple((span, evidence(passage.text[slice(*span)])) for span in spans)
    about = evidence(f"{passage.title}\n{passage.heading}")
    return PassageEvidence(passage.text, stated, about.union(*(held for _, held in stated)))


def _quotable(passage: StoredChunk, rows: bool) -> Iterator[Span]:
    """Spans that can be cited: sentences, cut where a page ends, none too long."""
    turns = [at - passage.start for at in passage.page_starts]
    for start, end in sentences(passage.text, rows=rows):
        edges = [start, *(turn for turn in turns if start < turn < end), end]
        for left, right in pairwise(edges):
            yield from _parts(passage.text, left, right)


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """The span, or where it is too long its lines, joined as far as they are short enough."""
    while end - start > QUOTE_CHARACTERS:
        cut = text.rfind("\n", start + 1, start + QUOTE_CHARACTERS)
        cut = cut if cut > start else text.rfind(" ", start + 1, start + QUOTE_CHARACTERS)
        cut = cut if cut > start else start + QUOTE_CHARACTERS
        yield trimmed(text, start, cut)
        start = cut
    yield trimmed(text, start, end)
