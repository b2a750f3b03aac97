"""What can be checked of a statement: its numbers, dates, amounts and names, in normal forms.

'5 January 2024' is '2024-01-05' and '05.01.24'; '€1.2 million' is '1,200,000 euros'; 'twelve' is
12. `doubts` finds those of an answer that stand in none of its sources. A figure that the model
worked out itself (a sum) stands in none either, and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from strongroom_engine.answering.stopwords import ALL, stopwords_of
from strongroom_engine.answering.text import WORD, form, forms, is_unsegmented, sentences
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Doubt
from strongroom_engine.written.dates import Date, WrittenDate, dates
from strongroom_engine.written.months import english
from strongroom_engine.written.numbers import (
    MONEY,
    WORDS,
    Written,
    numbers,
    table_powers,
)

_LIST_MARK = re.compile(r"^[^\S\n]*(?:\(?\d{1,3}[.)]|[-*•–])(?=\s)", re.MULTILINE)
_MIXED = re.compile(r"(?<![^\W_])(?=\d*[A-Za-z])(?=[A-Za-z]*\d)[A-Za-z\d]+(?![^\W_])")
_MODEL = re.compile(r"\b[A-Z]+-\d+\b")
"""Digits and letters in one: 'FY2023', 'Q3', '3M', and 'B-52'."""
_QUARTER = re.compile(
    r"\b(?:(first|1st|second|2nd|third|3rd|fourth|4th) quarter|"
    r"(erste|zweite|dritte|vierte)[ns]? quartal)",
    re.IGNORECASE,
)
_QUARTERS = {
    word: f"q{number}"
    for number, words in enumerate(
        ("first 1st erste", "second 2nd zweite", "third 3rd dritte", "fourth 4th vierte"), 1
    )
    for word in words.split()
}
FRAME = frozenset(
    form(word)
    for words in (
        "answer antwort lautet respuesta réponse risposta resposta antwoord ответ",
        "according gemäß laut yes ja nein oui non sí да нет",
    )
    for word in words.split()
)
"""Words of sentences like 'Yes. The answer is X', which no source has."""
_GERMAN = tuple(ALL)[1]
_SHOUTED = 3
"""Words from which on a sentence all in capitals is no row of names."""
_HEADING = 5
"""Long words from which on a sentence with nearly all capitals is taken for a heading."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One checkable value, a span of the text it stands in; `value` is what its kind needs."""

    start: int
    end: int
    kind: str
    value: WrittenDate | Written | str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source states: where the facts of an answer are looked for."""

    dates: frozenset[Date] = frozenset()
    numbers: frozenset[tuple[Decimal, str]] = frozenset()
    terms: frozenset[str] = frozenset()
    """Forms of its words, and names with digits in them as they are."""
    powers: frozenset[int] = frozenset()

    def __or__(self, other: Stated) -> Stated:
        return Stated(
            self.dates | other.dates,
            self.numbers | other.numbers,
            self.terms | other.terms,
            self.powers | other.powers,
        )

    def holds(self, fact: Fact) -> bool:
        if isinstance(fact.value, WrittenDate):
            return any(self._dated(date) for date in fact.value.readings)
        if isinstance(fact.value, Written):
            return self._counted(fact.value)
        return fact.value in self.terms or self._spelled(fact.value)

    def _dated(self, date: Date) -> bool:
        if any(date.within(other) for other in self.dates):
            return True
        without_year = Date(0, date.month, date.day)
        return (Decimal(date.year), "") in self.numbers and without_year in self.dates

    def _counted(self, number: Written) -> bool:
        wanted = {value.scaleb(-power) for value in number.values for power in (0, *self.powers)}
        wanted = {value.normalize() for value in wanted}
        return any(
            value in wanted and (not unit or not number.unit or unit == number.unit)
            for value, unit in self.numbers
        )

    def _spelled(self, name: str) -> bool:
        """'FY2023' where the source has 2023; 'U.S.' is not taken apart."""
        digits = re.sub(r"\D", "", name)
        return len(digits) == 4 and digits != name and (Decimal(digits), "") in self.numbers


@lru_cache(maxsize=2048)
def stated(text: str) -> Stated:
    """The values of a text, each of its readings among them."""
    found = dates(text)
    counted = {
        (value, each.unit)
        for each in numbers(text)
        for value in each.values
        if not any(date.start <= each.start < date.end for date in found)
    }
    readings = {reading for date in found for reading in date.readings}
    years = {(Decimal(reading.year).normalize(), "") for reading in readings if reading.year}
    mixed = {word.lower() for pattern in (_MIXED, _MODEL) for word in pattern.findall(text)}
    inside = {
        (Decimal(digits).normalize(), "") for word in mixed for digits in re.findall(r"\d+", word)
    }
    if any(word in text.lower() for word in (" one ", "first", " ein", " un")):
        counted.add((Decimal(1), ""))
    quarters = {_quarter(match) for match in _QUARTER.finditer(text)}
    return Stated(
        frozenset(readings),
        frozenset(counted | years | inside),
        frozenset(forms(text)) | mixed | quarters,
        frozenset(table_powers(text)),
    )


def about(title: str, heading: str) -> Stated:
    """What a passage's title and headings state; the numbers of sections say nothing."""
    source = stated(f"{title}\n{heading}")
    return replace(source, numbers=frozenset(each for each in source.numbers if each[0] >= 1000))


def _quarter(match: re.Match[str]) -> str:
    return _QUARTERS[(match[1] or match[2]).lower()]


def facts(text: str, question: str = "") -> list[Fact]:
    """The checkable values of an answer, in order; the marks of list items are none.

    The question helps to tell the language of a short answer.
    """
    taken: list[tuple[int, int]] = []
    found: list[Fact] = []

    def take(candidates: Iterable[Fact]) -> None:
        for fact in candidates:
            if not any(start < fact.end and fact.start < end for start, end in taken):
                found.append(fact)
                taken.append((fact.start, fact.end))

    take(Fact(each.start, each.end, "date", each) for each in dates(text))
    marks = [match.span() for match in _LIST_MARK.finditer(text)]
    taken += [mark for mark in marks if not any(f.start <= mark[1] - 2 < f.end for f in found)]
    take(_quarters(text))
    take(_mixed(_MODEL, text))
    take(_counted(text))
    take(_mixed(_MIXED, text))
    take(_names(text, question))
    return sorted(found, key=lambda fact: fact.start)


def _quarters(text: str) -> Iterator[Fact]:
    for match in _QUARTER.finditer(text):
        yield Fact(match.start(), match.end(), "date", _quarter(match))


def _counted(text: str) -> Iterator[Fact]:
    for each in numbers(text):
        if not each.doubtful:
            kind = "amount" if each.unit in MONEY or each.unit == "%" else "number"
            yield Fact(each.start, each.end, kind, each)


def _mixed(pattern: re.Pattern[str], text: str) -> Iterator[Fact]:
    for match in pattern.finditer(text):
        yield Fact(match.start(), match.end(), "name", match.group().lower())


def _names(text: str, question: str) -> Iterator[Fact]:
    """Words that are written like names: with a capital letter, where not every word has one.

    The first word of a sentence counts only beside another such word, or alone; so does a German
    noun.
    """
    stopwords = stopwords_of([word.lower() for word in WORD.findall(f"{text} {question}")])
    for start, end in sentences(text, lines=True):
        matches = list(WORD.finditer(text, start, end))
        if not _is_shouted(matches, stopwords is _GERMAN):
            yield from _named(text, matches, stopwords)


def _is_shouted(matches: Sequence[re.Match[str]], german: bool) -> bool:
    """Whether a sentence is in capitals, or a heading: they say nothing there."""
    long = [match.group() for match in matches if len(match.group()) > 3]
    capital = [word.isupper() if german else word[0].isupper() for word in long]
    if len(matches) > _SHOUTED and all(match.group().isupper() for match in matches):
        return True
    return len(long) > _HEADING and sum(capital) > len(long) * 0.7


def _named(
    text: str, matches: Sequence[re.Match[str]], stopwords: frozenset[str]
) -> Iterator[Fact]:
    capital = [_is_name(match.group(), stopwords) for match in matches]
    close = [_adjacent(text, matches, at) for at in range(len(matches) - 1)]
    for at, match in enumerate(matches):
        beside = (at > 0 and capital[at - 1] and close[at - 1]) or (
            at + 1 < len(matches) and capital[at + 1] and close[at]
        )
        alone = len(matches) == 1 or (at > 0 and stopwords is not _GERMAN)
        if capital[at] and (beside or alone):
            yield Fact(match.start(), match.end(), "name", form(match.group()))


def _is_name(word: str, stopwords: frozenset[str]) -> bool:
    lower = word.lower()
    return (
        word[0].isupper()
        and len(word) > 1
        and lower not in stopwords
        and lower not in WORDS
        and not is_unsegmented(word)
        and lower not in english()
        and form(word) not in FRAME
    )


def _adjacent(text: str, matches: Sequence[re.Match[str]], at: int) -> bool:
    between = text[matches[at].end() : matches[at + 1].start()]
    return between in (" ", "-", ". ", "\u00a0", "’", "'")


def doubts_among(found: Iterable[Fact], source: Stated, offset: int = 0) -> Iterator[Doubt]:
    """The facts that the source does not hold, moved by `offset`; names in a row are one."""
    last: Doubt | None = None
    for fact in found:
        if source.holds(fact):
            continue
        doubt = Doubt(fact.start + offset, fact.end + offset, fact.kind)
        if last and last.kind == doubt.kind == "name" and doubt.start - last.end <= 2:
            last = Doubt(last.start, doubt.end, "name")
            continue
        if last:
            yield last
        last = doubt
    if last:
        yield last


def doubts(answer: str, question: str, passages: Sequence[StoredChunk]) -> tuple[Doubt, ...]:
    """The values of an answer that stand in none of the passages, nor in the question.

    For each sentence the source is all passages with their titles and headings; `ground` is
    stricter and looks where the sentence's citations stand.
    """
    source = stated(question)
    for passage in passages:
        source |= stated(passage.text) | about(passage.title, passage.heading)
    return tuple(doubts_among(facts(answer, question), source))


def canonical(text: str) -> str:
    """The text with its dates written in one way ('5 month1 2024'), so that words compare."""
    parts: list[str] = []
    last = 0
    for date in dates(text):
        reading = date.readings[0]
        if len(date.readings) > 1:
            continue
        parts += text[last : date.start], _spelled_out(reading)
        last = date.end
    return "".join(parts) + text[last:]


def _spelled_out(date: Date) -> str:
    parts = (date.day or "", f"month{date.month}", date.year or "")
    return " ".join(str(part) for part in parts if part)
