"""A question -> the words in it that point back to an earlier turn.

A word points back only where the question itself holds nothing that it could stand for: in 'What
does the lease say about its end?' none does.
"""

from __future__ import annotations

import re

from strongroom_engine.answering.conversation.antecedents import (
    antecedent,
    names_before,
    place_before,
)
from strongroom_engine.answering.conversation.demonstratives import bare_noun, nearby
from strongroom_engine.answering.conversation.pointer import Pointer
from strongroom_engine.answering.conversation.pronouns import pronoun
from strongroom_engine.answering.conversation.tokens import Asked
from strongroom_engine.answering.conversation.words import empty_of

_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"“”»]")


def pointers(question: Asked) -> list[Pointer]:
    """What points back, in order."""
    found: list[Pointer] = []
    patterns = empty_of(question.words.language)
    nothing = [match.span() for match in patterns.finditer(question.text)]
    nothing += [match.span() for match in _QUOTED.finditer(question.text)]
    for at, token in enumerate(question.tokens):
        if any(start <= token.start < end for start, end in nothing):
            continue
        if (pointer := _pointer(question, at)) and not (found and found[-1].last >= at):
            found.append(pointer)
    return found


def _pointer(question: Asked, at: int) -> Pointer | None:
    words, lower = question.words, question.lower(at)
    if _is_polite(question, at):
        return None
    if lower in words.pronouns:
        return pronoun(question, at)
    if lower in words.nearby or lower in words.alone:
        return nearby(question, at) or _definite(question, at)
    return _adverb(question, at) or _definite(question, at)


def _adverb(question: Asked, at: int) -> Pointer | None:
    """'there', 'then', 'the former'."""
    words, lower = question.words, question.lower(at)
    if lower in words.there and not (place_before(question, at) or _announces(question, at)):
        return Pointer(at, at, "place", "adverb")
    if lower in words.last and at and _adds(question, at):
        return Pointer(at, at, "time", "adverb")
    if lower in words.substitutes and _substitutes(question, at):
        return Pointer(at, at, "any", "alone")
    return None


def _definite(question: Asked, at: int) -> Pointer | None:
    return bare_noun(question, at) if question.lower(at) in question.words.definite else None


def _announces(question: Asked, at: int) -> bool:
    """'Was führte dazu, dass …': what it means follows."""
    return not question.ends(at) and "," in question.gap(at + 1)


def _substitutes(question: Asked, at: int) -> bool:
    """'which one', 'the other'; not 'the other branches' nor 'one may'."""
    words = question.words
    if words.capitalises_nouns:
        return not names_before(question, at)
    alone = question.ends(at) or question.is_function(at + 1)
    led = question.lower(at - 1) in (*words.definite, *words.asking, "first", "second", "last")
    return alone and led and not antecedent(question, at)


def _adds(question: Asked, at: int) -> bool:
    """'Who was president then?', 'Who else came?': something was said before."""
    asks = question.lower(at - 1) in question.words.asking and question.lower(at) in (
        "else",
        "sonst",
    )
    return (question.ends(at) or asks) and not _named_anywhere(question)


def _named_anywhere(question: Asked) -> bool:
    return not question.words.capitalises_nouns and names_before(question, len(question.tokens))


def _is_polite(question: Asked, at: int) -> bool:
    """'Ihr' and 'Sie' within a German sentence are the person spoken to."""
    return question.words.capitalises_nouns and at > 0 and question.tokens[at].capitalised
