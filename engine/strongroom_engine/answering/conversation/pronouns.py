"""Which pronouns point back: those that nothing in the question itself can be meant by.

The subject of the main clause is never named before it within a question ('In which city did he
die?'), an object is never the subject of its own clause ('Why did the council reject it?'), and
who or what is asked for ('Who sold his house?') may be what a possessive stands for.
"""

from __future__ import annotations

from typing import Literal

from strongroom_engine.answering.conversation.antecedents import (
    antecedent,
    begins_clause,
    breaks,
    clauses_before,
)
from strongroom_engine.answering.conversation.pointer import Kind, Pointer
from strongroom_engine.answering.conversation.tokens import Asked, asking_end, is_verb


def pronoun(question: Asked, at: int) -> Pointer | None:
    """The pronoun at a token, unless the question itself holds what it stands for."""
    words, lower = question.words, question.lower(at)
    kind: Kind = "person" if lower in words.people else "thing" if lower in words.things else "any"
    role = _role(question, at)
    if role is None:
        return None
    held = {
        "subject": _before_subject,
        "object": _before_object,
        "possessive": _before_possessive,
    }[role]
    if held(question, at) or _named_later(question, at):
        return None
    return Pointer(at, at, kind, role)


def _named_later(question: Asked, at: int) -> bool:
    """'Besides its resorts, what is Palm Springs known for?'"""
    later = range(at + 1, len(question.tokens))
    asks = next((n for n in later if question.lower(n) in question.words.asking), None)
    first = question.lower(0) not in question.words.asking and "," in question.text
    if asks is None or not first or question.words.capitalises_nouns:
        return False
    return any(question.is_name_part(n) for n in range(asks, len(question.tokens)))


def _role(question: Asked, at: int) -> Literal["subject", "object", "possessive"] | None:
    """What the pronoun is in its clause; None where the word is none ('Wie alt muss man sein?')."""
    words, lower = question.words, question.lower(at)
    follows_noun = not question.ends(at) and not breaks(question, at + 1)
    if lower == "it" and question.lower(at + 1) == "s":  # "it's" for "its"
        return "possessive"
    owns = lower in words.possessives and follows_noun and not question.is_function(at + 1)
    if owns and (not words.capitalises_nouns or _noun_after(question, at)):
        return "possessive"
    if lower in words.objects and lower not in words.subjects:
        return "object"
    if lower in words.subjects:
        return "subject" if _is_subject(question, at) else "object"
    return "object" if lower == "ihr" else None


def _noun_after(question: Asked, at: int) -> bool:
    """Whether a German noun follows within a few words that belong to it."""
    following = range(at + 1, min(at + 4, len(question.tokens)))
    return any(
        question.tokens[n].capitalised or question.tokens[n].text[0].isdigit() for n in following
    )


def _is_subject(question: Asked, at: int) -> bool:
    """Whether an 'it' or 'they' is who does: after an auxiliary or at the start of a clause."""
    words, before = question.words, question.lower(at - 1)
    if words.capitalises_nouns:
        return question.lower(at) != "es" or before in (*words.copulas, *words.auxiliaries)
    return (
        at == 0
        or before in (*words.copulas, *words.auxiliaries)
        or begins_clause(question, at - 1)
        or question.lower(at + 1) in (*words.copulas, *words.auxiliaries)
    )


def _before_subject(question: Asked, at: int) -> bool:
    """Whether the question names, before a subject, what it may be."""
    if clauses_before(question, at) == 0 and asking_end(question) >= at - 1:
        return False
    return antecedent(question, at)


def _before_object(question: Asked, at: int) -> bool:
    return clauses_before(question, at) > 0 and antecedent(question, at)


def _before_possessive(question: Asked, at: int) -> bool:
    words = question.words
    first = question.lower(0)
    own = (
        question.lower(1) if first in words.asking_people else question.lower(asking_end(question))
    )
    if first in words.asking_people and own not in words.copulas and at > 1:
        return question.lower(at) not in words.things
    if any(_is_plain_word(question, n) for n in range(asking_end(question), at)):
        return True
    counts = first in words.asking_things or question.lower(1) in words.asking_with
    if counts and at > 2 and _is_subject_phrase(question, at):
        return True
    return antecedent(question, at)


def _is_plain_word(question: Asked, at: int) -> bool:
    """Whether an English word may be a noun without an article, and stands in no 'name of its'."""
    words, lower = question.words, question.lower(at)
    if words.capitalises_nouns or question.is_function(at) or is_verb(lower, words):
        return False
    return question.lower(at + 1) not in (*words.prepositions, *words.possessives)


def _is_subject_phrase(question: Asked, at: int) -> bool:
    """'Which team won its first title': what is asked for does it."""
    end = asking_end(question)
    after = question.lower(end)
    return 1 < end < at and after not in (*question.words.copulas, *question.words.auxiliaries)
