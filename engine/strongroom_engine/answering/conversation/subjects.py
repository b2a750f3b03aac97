"""What a turn is about: the names and nouns of its question, and what its answer names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from strongroom_engine.answering.conversation.tokens import (
    Asked,
    asked,
    asking_end,
    is_document,
    is_function,
    is_verb,
    is_year,
)
from strongroom_engine.answering.phrases import Sentence, document_phrases
from strongroom_engine.answering.text import sentences

ANSWER_WORDS = 8
"""A longer answer to 'what is it called' is not a name."""
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,60})[\"“”»]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A phrase that a later question may mean, as it stands in the text, [start, end) in it.

    `bare` is without its article; `weight` is how likely it is meant, the most likely first.
    """

    text: str
    bare: str
    kind: Literal["name", "noun"]
    start: int = 0
    end: int = 0
    weight: float = 0.0
    place: bool = False
    """Whether it stands after 'in' or the like."""

    @property
    def plural(self) -> bool:
        """Whether its last word looks like several."""
        return self.bare.endswith("s") and not self.bare.endswith(("ss", "us", "is"))


def subjects(question: Asked) -> list[Subject]:
    """The names and nouns of a question, the likeliest first."""
    found = [*_quoted(question), *_names(question)]
    taken = [(one.start, one.end) for one in found]
    if not question.words.capitalises_nouns:
        found += [
            n for n in _nouns(question) if not any(a < n.end and n.start < b for a, b in taken)
        ]
    found += list(_joined_phrases(question, found))
    return sorted(found, key=lambda one: (-one.weight, one.start))


def _joined_phrases(question: Asked, found: Sequence[Subject]) -> Iterator[Subject]:
    """'the treaty of Paris': an English noun with the name after it, unless it is an attribute."""
    for noun in found:
        if noun.text == noun.bare or (noun.kind == "name" and not question.words.capitalises_nouns):
            continue
        for name in found:
            between = question.text[noun.end : name.start].split()
            if name.kind != "name" or len(between) != 1 or name.start < noun.end:
                continue
            first = next(n for n, t in enumerate(question.tokens) if t.start == noun.start)
            last = next(n for n, t in enumerate(question.tokens) if t.end == noun.end)
            is_of = between[0].lower() in question.words.prepositions
            if is_of and not _is_attribute(question, first, last):
                yield Subject(
                    question.text[noun.start : name.end],
                    f"{noun.bare} {between[0]} {name.bare}",
                    "name",
                    noun.start,
                    name.end,
                    name.weight + 0.5,
                )


def document_of(question: Asked) -> str:
    """'in the 2023 lease with Keller': the place where an earlier question was to be answered."""
    placed = [p for p in document_phrases(Sentence(question.text)) if p.placed and not p.asked]
    telling = [phrase for phrase in placed if phrase.qualifiers or phrase.apposed]
    if not telling:
        return ""
    first = next(n for n, token in enumerate(question.tokens) if token.end > telling[0].start)
    while first and question.lower(first - 1) in (
        *question.words.definite,
        *question.words.prepositions,
        *question.words.nearby,
    ):
        first -= 1
    led = question.lower(first) in question.words.prepositions
    text = question.text[question.tokens[first].start : telling[0].end]
    return text if led else f"in {text}"


def answered(question: Asked, answer: str) -> Subject | None:
    """The name that an answer gives, where the question asked for one."""
    first = sentences(answer, lines=True)[:1]
    if not first or not _asks_for_name(question):
        return None
    said = asked(answer[slice(*first[0])], question.words)
    whole = said.text.rstrip(".!")
    short = len(said.tokens) <= ANSWER_WORDS and whole[:1].isupper() and _is_phrase(said)
    if short and not said.words.capitalises_nouns:
        return Subject(whole, whole, "name")
    known = question.text.lower()
    fresh = [one for one in _names(said) if one.bare.lower() not in known]
    return fresh[0] if fresh else None


def _asks_for_name(question: Asked) -> bool:
    words, first = question.words, question.lower(0)
    second = question.lower(1)
    if first in words.asking_people or first in words.asking_things:
        return not is_year(second) and second not in words.now
    return first in words.prepositions or second in ("heißt", "hieß", "lautet", "heißen")


def _is_phrase(said: Asked) -> bool:
    """Whether it is a name and no sentence: nothing in it is a verb."""
    words = said.words
    return not any(
        t.lower in (*words.copulas, *words.auxiliaries)
        or (is_verb(t.lower, words) and not t.capitalised)
        for t in said.tokens
    )


# --- names -------------------------------------------------------------------------------------------


def _quoted(question: Asked) -> Iterator[Subject]:
    for match in _QUOTED.finditer(question.text):
        if ":" not in question.text[max(match.start() - 1, 0) : match.start()]:
            yield Subject(match[0], match[0], "name", *match.span(), weight=3.0)


def _names(question: Asked) -> list[Subject]:
    found = []
    for first, last in _runs(question):
        start = _with_article(question, first)
        end = _with_nouns(question, start, last) if start < first else last
        found.append(_subject(question, start, end, "name", _name_weight(question, first, last)))
    return found


def _name_weight(question: Asked, first: int, last: int) -> float:
    """What is a place, time or part of what is asked for is less likely meant."""
    words = question.words
    start = _with_article(question, first)
    before = question.lower(start - 1)
    weight = 3.0
    of_attribute = _is_attribute_before(question, start)
    placed = before in words.places or question.lower(start) in words.places
    if placed and not of_attribute and not is_document(question.lower(last)):
        weight -= 0.7
    if question.lower(last) in words.now or question.lower(first) in words.names_of:
        weight -= 2.5
    if words.capitalises_nouns and first < asking_end(question):
        weight -= 2.0  # 'Wie viele Einwohner'
    if _is_attribute(question, start, last):
        weight -= 1.5
    return weight


def _is_attribute(question: Asked, start: int, last: int) -> bool:
    """'What is the revenue of Boeing?' is about Boeing: what is asked for follows 'is' at once."""
    words, end = question.words, asking_end(question)
    follows = question.lower(last + 1) in words.prepositions
    asks = end > 0 and question.lower(end) in words.copulas and _asks_what(question)
    return asks and start == end + 1 and follows


def _asks_what(question: Asked) -> bool:
    """Not when, where or why something is: 'When was the treaty of Paris signed?'"""
    words = question.words
    first = next((t.lower for t in question.tokens if t.lower in words.asking), "")
    return first not in words.asking_other or first in ("how", "wie")


def _is_attribute_before(question: Asked, start: int) -> bool:
    """Whether the phrase belongs to an attribute that is asked for."""
    words, end = question.words, asking_end(question)
    own = question.lower(start) in words.prepositions  # 'im Mietvertrag'
    before = start if own else start - 1
    between = [question.lower(n) for n in range(end + 1, before)]
    asks = question.lower(end) in words.copulas and between[:1] != []
    return (
        asks
        and between[0] in words.definite
        and not set(between) & {*words.prepositions} - {between[0]}
    )


def _runs(question: Asked) -> Iterator[tuple[int, int]]:
    """[first, last] of the runs of capitalised words, with what joins them and their numbers."""
    at, count = 0, len(question.tokens)
    while at < count:
        if not question.is_name_part(at):
            at += 1
            continue
        last = at
        while (further := _joined(question, last)) is not None:
            last = further
        yield at, last
        at = last + 1


def _joined(question: Asked, last: int) -> int | None:
    """The next token that belongs to the name, if one does."""
    count, following = len(question.tokens), last + 1
    if following >= count:
        return None
    gap, token = question.gap(following), question.tokens[following]
    if gap in (" ", ". ", " & ", ", ", "-") and _continues(question, following, gap):
        return following
    if gap in ("'", "’") and token.lower == "s" and following + 1 < count:
        return following + 1 if question.is_name_part(following + 1) else None
    if gap == " " and token.lower in ("of", "von", "de", "van", "du"):
        return _across(question, following)
    if gap == " " and token.is_number and not is_year(token.text):
        return following
    return None


def _continues(question: Asked, at: int, gap: str) -> bool:
    if not question.is_name_part(at) or (gap == ", " and question.tokens[at].lower not in _FORMS):
        return False
    return not question.words.capitalises_nouns or gap != ", "


_FORMS = ("inc", "ltd", "llc", "corp", "plc", "co", "gmbh", "ag")


def _across(question: Asked, at: int) -> int | None:
    """'University of Chicago', 'Church of the Holy Cross'."""
    words, start = question.words, _with_article(question, at - 1)
    asks = question.lower(start - 1) in words.copulas and start - 1 == asking_end(question)
    if asks and _asks_what(question):
        return None  # 'Who is the CEO of Boeing?'
    is_part = question.lower(at - 2) in (*words.definite, *words.prepositions)
    if question.words.capitalises_nouns and is_part:
        return None  # 'der Umsatz von Boeing'
    for number in (at + 1, at + 2):
        if number < len(question.tokens) and question.is_name_part(number):
            return number
        if question.lower(at + 1) not in ("the", "der", "la"):
            return None
    return None


def _with_article(question: Asked, first: int) -> int:
    """Where the phrase starts: 'the Hartmann mill', 'the original Marco Polo episode'."""
    words = question.words
    definite = (*words.definite, *words.nearby, *words.indefinite, "our", "my")
    for back in range(first - 1, max(first - 4, -1), -1):
        if question.gap(back + 1) != " ":
            break
        lower = question.lower(back)
        if lower in definite:
            return back
        if is_function(lower, words) or is_verb(lower, words):
            break
    return first


def _with_nouns(question: Asked, start: int, last: int) -> int:
    """With the nouns that follow a name after an article; German ones are capitalised."""
    words, end = question.words, last
    if words.capitalises_nouns:
        return last
    for number in range(last + 1, min(last + 4, len(question.tokens))):
        lower = question.lower(number)
        if question.gap(number) != " " or is_function(lower, words) or is_verb(lower, words):
            break
        end = number
    stopped = end + 1 < len(question.tokens) and is_verb(question.lower(end + 1), words)
    turned = question.lower(start - 1) in words.auxiliaries
    return end - 1 if turned and end > last and not stopped else end


# --- nouns -------------------------------------------------------------------------------------------


def _nouns(question: Asked) -> Iterator[Subject]:
    """English noun phrases: with an article first, without one after."""
    words, at = question.words, 0
    while at < len(question.tokens):
        last = _phrase_end(question, at)
        if last < at:
            at += 1
            continue
        first = at
        before = question.lower(first - 1)
        article = before in (*words.definite, *words.indefinite, *words.nearby)
        weight = 2.0 if article else 1.0
        if question.lower(last + 1) == words.of or question.lower(last) in words.names_of:
            weight -= 1.2
        if before in words.asking or before in words.asking_with:
            weight -= 0.9
        start = first - 1 if article and before not in words.nearby else first
        yield _subject(question, start, last, "noun", weight)
        at = last + 1


def _phrase_end(question: Asked, at: int) -> int:
    words, last = question.words, at - 1
    for number in range(at, len(question.tokens)):
        token = question.tokens[number]
        if is_function(token.lower, words) or (number > at and question.gap(number) not in " -"):
            break
        is_noun = question.lower(number - 1) in words.definite or (
            number == at + 1 and question.tokens[at].is_number
        )
        said = is_verb(token.lower, words) and not is_noun
        if said or token.capitalised or token.lower.endswith("ly"):
            break
        last = number
    turned = at and last > at and question.ends(last)
    verbal = turned and any(question.lower(n) in ("do", "does", "did") for n in range(at))
    return last - 1 if verbal else last


def _subject(
    question: Asked, first: int, last: int, kind: Literal["name", "noun"], weight: float
) -> Subject:
    words = question.words
    start, end = question.tokens[first].start, question.tokens[last].end
    inner = first
    while inner < last and question.lower(inner) in (
        *words.definite,
        *words.indefinite,
        *words.nearby,
        *words.prepositions,
    ):
        inner += 1
    text = question.text[start:end]
    bare = question.text[question.tokens[inner].start : end]
    lower = question.lower(first)
    if (
        inner > first
        and lower in (*words.indefinite, *words.nearby)
        and lower not in ("all", "most")
    ):
        text = f"the {bare}" if words.language == "english" else bare
    place = question.lower(first - 1) in words.places or lower in words.places
    return Subject(text, bare, kind, start, end, weight, place)


def carried(found: Sequence[Subject], most: int = 3) -> str:
    """The words of the likeliest subjects, for a question that has no place for them."""
    chosen: list[str] = []
    for one in found:
        if not any(one.bare.lower() in other.lower() for other in chosen):
            chosen.append(one.bare)
    return ", ".join(chosen[:most])
