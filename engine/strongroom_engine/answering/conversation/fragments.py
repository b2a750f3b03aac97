"""'And in 2023?', 'What about Boeing?', 'Why?': the question before, with a part replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.conversation.pointers import pointers
from strongroom_engine.answering.conversation.subjects import Subject, carried, subjects
from strongroom_engine.answering.conversation.tokens import (
    Asked,
    asked,
    is_function,
    is_verb,
    is_year,
)
from strongroom_engine.answering.conversation.words import Words
from strongroom_engine.answering.phrases import Sentence, document_phrases

MOST_TOKENS = 9
"""A fragment is short; what is longer is a question of its own."""
MOST_ABOUT = 40
"""After 'what about' it may be a long name."""
BARE_TOKENS = 4
"""Without 'and' or 'what about' before it, it is shorter still."""
_MARKS = " \t?!.,;:…¿"


def without_opener(text: str, words: Words) -> tuple[str, bool, bool]:
    """(what follows 'and', 'what about' or both; whether there was an 'and'; a 'what about')."""
    rest, opened, about = text.strip(), False, False
    while True:
        lower = rest.lower()
        phrase = next((p for p in words.abouts if _begins(lower, p)), "")
        opener = next((p for p in words.openers if _begins(lower, p)), "")
        if not phrase and not opener:
            return rest, opened, about
        opened, about = opened or bool(opener), about or bool(phrase)
        rest = rest[len(phrase or opener) :].lstrip(_MARKS)


def _begins(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalnum()


def completed(question: str, before: Asked) -> str:
    """The question before, with what the fragment says in place of its like; '' for no fragment."""
    words = before.words
    rest, began, about = without_opener(question, words)
    fragment = asked(rest.strip(_MARKS), words)
    opened = MOST_ABOUT if about else MOST_TOKENS if began else 0
    if not fragment.tokens or not _is_fragment(fragment, question, opened):
        return ""
    if _asks_only(fragment):
        return _asked_otherwise(fragment, before)
    if any(one.role != "noun" for one in pointers(fragment)):
        return ""
    proper = question_proper(before.text)
    if proper and before.text.endswith(proper):
        return _set_elsewhere(fragment, before, proper)
    if about and words.capitalises_nouns and fragment.lower(0) in words.definite:
        return f"{question.rstrip(_MARKS)} ({carried(subjects(before))})?"  # in another case
    return _replaced(fragment, before)


def _set_elsewhere(fragment: Asked, before: Asked, proper: str) -> str:
    """'Consider the lease A; who pays?': for another lease, or asked of the same otherwise."""
    setting = before.text[: -len(proper)]
    if not any(fragment.is_name_part(n) for n in range(len(fragment.tokens))):
        return setting + _replaced(fragment, asked(proper, before.words))
    place = next(iter(document_phrases(Sentence(setting))), None)
    if place is None:
        return f"{fragment.text}: {proper}"
    start = place.start
    before_it = setting[:start].rstrip().rsplit(" ", 1)
    if before_it[-1].lower() in before.words.definite:
        start = len(before_it[0]) + 1 if len(before_it) > 1 else 0
    return f"{setting[:start]}{fragment.text}; {proper}"


def _is_fragment(fragment: Asked, question: str, opened: int) -> bool:
    count = len(fragment.tokens)
    if count > (opened or BARE_TOKENS) or _has_verb(fragment):
        return False
    if _asks_only(fragment):
        return True
    if fragment.lower(0) in fragment.words.asking:
        return False
    if opened:
        return True
    number = all(token.is_number for token in fragment.tokens)
    leads = fragment.lower(0) in fragment.words.prepositions
    named = count <= 2 and all(fragment.is_name_part(n) or n == 0 for n in range(count))
    return question.rstrip().endswith("?") and (leads or number or named)


def _has_verb(fragment: Asked) -> bool:
    """Whether it has a verb of its own; a participle after its noun is none ('the rent paid')."""
    words = fragment.words
    for at, token in enumerate(fragment.tokens):
        if token.lower in (*words.copulas, *words.auxiliaries):
            return True
        plain = is_verb(token.lower, words) and not token.lower.endswith("ed")
        led = at - 2 if at and fragment.tokens[at - 1].is_number else at - 1
        noun = fragment.lower(led) in (*words.definite, *words.indefinite, *words.possessives)
        if plain and not token.capitalised and not noun:
            return True
    return False


def _asks_only(fragment: Asked) -> bool:
    words = fragment.words
    plain = {*words.asking, *words.asking_with, *words.prepositions, "not", "nicht", "so", "then"}
    lowers = [token.lower for token in fragment.tokens]
    return bool(words.asking & set(lowers)) and all(lower in plain for lower in lowers)


def _asked_otherwise(fragment: Asked, before: Asked) -> str:
    """'When was it sold?' 'Why?' -> 'Why was it sold?'; else both are asked."""
    words = before.words
    simple = {*words.asking_other} - {"how", "wie"}
    asks = before.lower(0) in simple and before.lower(1) not in words.asking_with
    if asks and len(fragment.tokens) == 1 and fragment.lower(0) in simple:
        return fragment.text[:1].upper() + fragment.text[1:] + before.text[before.tokens[0].end :]
    return f"{before.text.rstrip(_MARKS)}, {words.openers[0]} {fragment.text[:1].lower()}{fragment.text[1:]}?"


def _replaced(fragment: Asked, before: Asked) -> str:
    words = before.words
    placed = fragment.lower(0) in words.places
    attempts = (_year, _prepositional) if placed else (_year, _prepositional, _name, _noun)
    for attempt in attempts:
        if span := attempt(fragment, before):
            start, end = span
            return f"{before.text[:start]}{_fitted(fragment, before.text[start:end])}{before.text[end:]}"
    if fragment.lower(0) not in words.prepositions and not _only_year(fragment):
        return f"{fragment.text[:1].upper()}{fragment.text[1:]} ({carried(subjects(before))})?"
    body = before.text.rstrip(_MARKS)
    lead = " in " if _only_year(fragment) and not words.capitalises_nouns else " "
    return f"{body}{lead}{fragment.text}{before.text[len(body) :] or '?'}"


def _fitted(fragment: Asked, replaced: str) -> str:
    """The fragment with the article that what it replaces has, where it has none."""
    words = fragment.words
    lead = fragment.text[:1].lower() if fragment.is_function(0) else fragment.text[:1]
    fragment = asked(lead + fragment.text[1:], words)
    first = replaced.split(" ", 1)[0].lower()
    if fragment.lower(0) in words.prepositions and first not in words.prepositions:
        return fragment.text[fragment.tokens[min(1, len(fragment.tokens) - 1)].start :]
    return fragment.text


def _only_year(fragment: Asked) -> bool:
    return all(is_year(token.text) for token in fragment.tokens)


Span = tuple[int, int]


def _year(fragment: Asked, before: Asked) -> Span | None:
    """The year of the question before, for another year."""
    years = [token for token in before.tokens if is_year(token.text)]
    news = [token for token in fragment.tokens if is_year(token.text)]
    others = [
        t for t in fragment.tokens if t not in news and not is_function(t.lower, before.words)
    ]
    if not years or not news or others:
        return None
    token = years[-1]
    at = before.tokens.index(token)
    same = fragment.lower(0) in before.words.prepositions
    if same and before.lower(at - 1) in before.words.prepositions:
        return before.tokens[at - 1].start, token.end
    return token.start, token.end


def _prepositional(fragment: Asked, before: Asked) -> Span | None:
    """'in Bern', for 'in Zürich'; 'for Boeing', for 'for Airbus'."""
    words, lead = before.words, fragment.lower(0)
    if lead not in words.prepositions:
        return None
    alike = words.places if lead in words.places else (lead,)
    for one in sorted(subjects(before), key=lambda each: -each.start):
        first = next(n for n, token in enumerate(before.tokens) if token.start >= one.start)
        if before.lower(first) in alike:
            return one.start, one.end
        if first and before.lower(first - 1) in alike:
            return before.tokens[first - 1].start, one.end
    return None


def _name(fragment: Asked, before: Asked) -> Span | None:
    """The subject's name, for another name."""
    words = before.words
    first = 1 if fragment.lower(0) in (*words.definite, *words.prepositions) else 0
    if not any(fragment.is_name_part(n) for n in range(first, len(fragment.tokens))):
        return None
    names = [one for one in subjects(before) if one.kind == "name"]
    if words.capitalises_nouns:
        if fragment.lower(0) in (*words.definite, *words.indefinite):
            return _attribute(names, words)
        names = [n for n in names if n.text == n.bare] or names
    return (names[0].start, names[0].end) if names else None


def _attribute(names: Sequence[Subject], words: Words) -> Span | None:
    """In German the noun with an article that the question before is least about: what it asked."""
    own = [
        n for n in names if n.text != n.bare and n.text.split()[0].lower() not in words.prepositions
    ]
    least = min(own, key=lambda each: (each.weight, each.start), default=None)
    return (least.start, least.end) if least else None


def _noun(_fragment: Asked, before: Asked) -> Span | None:
    """What is asked of the subject, for something else of it: 'the rent' for 'the deposit'."""
    nouns = [one for one in subjects(before) if _is_part(one)]
    return (nouns[0].start, nouns[0].end) if nouns else None


def _is_part(one: Subject) -> bool:
    """A noun phrase with an article, and no name: 'the rent'."""
    return one.kind == "noun" and one.text != one.bare and bool(re.search(r"\w", one.bare))
