"""Nouns that point back: 'this contract', 'that', and 'the rent' of nobody knows what."""

from __future__ import annotations

from collections.abc import Iterator

from strongroom_engine.answering.conversation.antecedents import (
    antecedent,
    breaks,
    clauses_before,
    names_before,
)
from strongroom_engine.answering.conversation.pointer import Pointer
from strongroom_engine.answering.conversation.tokens import (
    Asked,
    asking_end,
    is_document,
    is_function,
    is_verb,
)

NOUN_WORDS = 2
"""A noun of more words tells by itself what is meant."""


def nearby(question: Asked, at: int) -> Pointer | None:
    """A demonstrative: 'this contract', 'what does that mean'; not 'this year'."""
    words, following = question.words, question.lower(at + 1)
    if _is_relative(question, at):
        return None
    if question.lower(at) in words.alone:
        return _article_alone(question, at)
    if _stands_alone(question, at):
        return _alone(question, at)
    if following in words.now:
        distant = question.lower(at) in words.distant
        return Pointer(at, at + 1, "time", "adverb") if distant else None
    named = question.tokens[at + 1].capitalised and not words.capitalises_nouns
    if named or _antecedent_of_noun(question, at):  # 'that Newton never married'
        return None
    last = _noun_end(question, at + 1)
    return Pointer(at, last, "noun", "noun") if last > at and not _told(question, last) else None


def _is_relative(question: Asked, at: int) -> bool:
    """'the flow that varies', 'discovered that light bends', 'those from Bern'."""
    words, lower = question.words, question.lower(at)
    if lower not in words.distant or words.capitalises_nouns:
        return False
    if question.lower(at + 1) in (*words.prepositions, *words.asking):
        return True
    opens = (*words.copulas, *words.auxiliaries, *words.prepositions, *words.asking)
    own = lower in words.boundaries  # 'that', but not 'those'
    return own and at > 0 and question.lower(at - 1) not in opens and not question.ends(at)


def _stands_alone(question: Asked, at: int) -> bool:
    """Whether no noun follows."""
    words, following = question.words, question.lower(at + 1)
    if question.ends(at) or breaks(question, at + 1) or is_function(following, words):
        return True
    return is_verb(following, words) and not words.capitalises_nouns


def _article_alone(question: Asked, at: int) -> Pointer | None:
    """'Was bedeutet das?'"""
    last = question.ends(at) or question.lower(at + 1) in question.words.last
    if not last or names_before(question, at):
        return None
    return Pointer(at, at, "thing", "alone")


def _alone(question: Asked, at: int) -> Pointer | None:
    words = question.words
    opens = (*words.copulas, *words.auxiliaries, *words.prepositions, *words.asking_other)
    stands = at == 0 or question.lower(at - 1) in opens
    several = question.lower(at) in words.nearby_several and antecedent(question, at)
    if not stands or several or names_before(question, at):
        return None
    return Pointer(at, at, "thing", "alone")


def _told(question: Asked, last: int) -> bool:
    """Whether the question says which: 'this committee by Seaman'."""
    words = question.words
    if words.capitalises_nouns or last + 2 >= len(question.tokens):
        return False
    return question.lower(last + 1) in words.prepositions and question.is_name_part(last + 2)


def _antecedent_of_noun(question: Asked, at: int) -> bool:
    """Whether a clause or a name comes before 'this contract', which may be it."""
    last = _noun_end(question, at + 1)
    earlier = {question.lower(n) for n in range(at)}
    if question.lower(last) in earlier or (
        clauses_before(question, at) and antecedent(question, at)
    ):
        return True
    return names_before(question, at) and (
        clauses_before(question, at) > 0 or not question.words.capitalises_nouns
    )


def _noun_end(question: Asked, at: int) -> int:
    """The last token of the noun phrase that begins at `at`; `at` - 1 where there is none."""
    words, last = question.words, at - 1
    for number in range(at, len(question.tokens)):
        if _ends_noun(question, at, number):
            break
        last = number
        if words.capitalises_nouns and question.tokens[number].capitalised:
            break
    return last - 1 if last > at and _is_said(question, at, last) else last


def _ends_noun(question: Asked, at: int, number: int) -> bool:
    words, lower = question.words, question.lower(number)
    if question.is_function(number) or (number > at and question.gap(number) != " "):
        return True
    counted = number == at + 1 and question.tokens[at].is_number  # 'the 2022 report'
    if words.capitalises_nouns or number == at or counted:
        return False
    return is_verb(lower, words)


def _is_said(question: Asked, at: int, last: int) -> bool:
    """'did the company expand', 'is the rent high': what comes last is said of it."""
    words, before = question.words, question.lower(at - 2)
    if words.capitalises_nouns or not question.ends(last):
        return False
    asks_what = question.lower(0) in (*words.asking_things, *words.asking_people)
    return before in words.auxiliaries or (before in words.copulas and not asks_what)


def bare_noun(question: Asked, at: int) -> Pointer | None:
    """'the company', 'the rent': nothing in the question says which."""
    words, last = question.words, _noun_end(question, at + 1)
    if not at < last <= at + NOUN_WORDS or question.lower(at - 1) in words.indefinite:
        return None
    general = question.lower(last) in (*words.now, *words.names_of)
    if general or not _asks_plainly(question) or any(_telling_elsewhere(question, at, last)):
        return None
    common = _is_common if words.capitalises_nouns else _is_lower
    return Pointer(at, last, "noun", "noun") if common(question, at, last) else None


def _is_lower(question: Asked, at: int, last: int) -> bool:
    """Whether an English phrase has no name in it, and is no title ('The Invasion')."""
    inside = range(at + 1, last + 1)
    title = at > 0 and question.tokens[at].capitalised
    return not title and all(question.tokens[n].text.islower() for n in inside)


def _asks_plainly(question: Asked) -> bool:
    """Whether nothing is asked for by a noun: not 'Which person is the school named after?'"""
    words = question.words
    plain = (*words.asking_with, *words.now, *words.names_of)
    asking = range(asking_end(question))
    return all(question.is_function(n) or question.lower(n) in plain for n in asking)


def _is_common(question: Asked, at: int, last: int) -> bool:
    """Whether a German noun is no name: it is of a kind that bears one, or is asked for."""
    words, end = question.words, asking_end(question)
    if last + 1 < len(question.tokens) and question.tokens[last + 1].capitalised:
        return False  # 'die Firma Bosch'
    if question.lower(last) in words.kinds or is_document(question.lower(last)):
        return True
    return end > 0 and question.lower(end) in words.copulas and at == end + 1


def _telling_elsewhere(question: Asked, first: int, last: int) -> Iterator[bool]:
    """Whether other words than the noun and a verb tell what is asked about."""
    words, start = question.words, asking_end(question)
    for number, token in enumerate(question.tokens):
        if first <= number <= last:
            continue
        if token.is_number or '"' in question.text:
            yield True
        elif number >= start and not is_function(token.lower, words):
            is_plain_verb = is_verb(token.lower, words) or token.lower in words.openers
            german = words.capitalises_nouns and not token.capitalised
            yield not (is_plain_verb or german)
