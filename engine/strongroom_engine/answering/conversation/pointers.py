"""A question -> the words in it that point back to an earlier turn.

A pronoun points back only where the question itself holds nothing that it could stand for: in
'What does the lease say about its end?' it does not. What was found out by reading: the subject of
the main clause is never named before it within a question ('In which city did he die?'), an object
is never the subject of its own clause ('Why did the council reject it?'), and what asks ('Who sold
his house?') may be what a possessive stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from strongroom_engine.answering.conversation.tokens import (
    Asked,
    asking_end,
    is_document,
    is_function,
    is_verb,
)
from strongroom_engine.answering.conversation.words import empty_of

Kind = Literal["person", "thing", "any", "noun", "place", "time"]
Role = Literal["subject", "object", "possessive", "alone", "noun", "adverb"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Tokens [first, last] of a question that stand for something said before."""

    first: int
    last: int
    kind: Kind
    role: Role


def pointers(question: Asked) -> list[Pointer]:
    """What points back, in order."""
    found: list[Pointer] = []
    nothing = [match.span() for match in empty_of(question.words.language).finditer(question.text)]
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
        return _pronoun(question, at)
    if lower in words.nearby or lower in words.alone:
        return _nearby(question, at)
    if lower in words.there and not (_place_before(question, at) or _announces(question, at)):
        return Pointer(at, at, "place", "adverb")
    if lower in words.last and at and _adds(question, at):
        return Pointer(at, at, "time", "adverb")
    if lower in words.substitutes and _substitutes(question, at):
        return Pointer(at, at, "any", "alone")
    return _bare_noun(question, at) if lower in words.definite else None


def _place_before(question: Asked, at: int) -> bool:
    """'Who lived in Berlin and died there?': the place is in the question."""
    words = question.words
    if words.capitalises_nouns:
        return _antecedent(question, at)
    for number in range(1, at):
        after = question.lower(number + 1)
        lead = question.lower(number - 1)
        if lead in words.definite:
            lead = question.lower(number - 2)
        whole = question.is_function(number + 1) or question.tokens[number + 1].capitalised
        if question.is_name_part(number) and lead in words.places and (whole or not after):
            return True
    return False


def _announces(question: Asked, at: int) -> bool:
    """'Was führte dazu, dass …': what it means follows."""
    return not question.ends(at) and "," in question.gap(at + 1)


def _substitutes(question: Asked, at: int) -> bool:
    """'which one', 'the other'; not 'the other branches' nor 'one may'."""
    words = question.words
    if words.capitalises_nouns:
        return not _names(question, at)
    alone = question.ends(at) or question.is_function(at + 1)
    led = question.lower(at - 1) in (*words.definite, *words.asking, "first", "second", "last")
    return alone and led and not _antecedent(question, at)


def _adds(question: Asked, at: int) -> bool:
    """'Who was president then?', 'Who else came?': something was said before."""
    asks = question.lower(at - 1) in question.words.asking and question.lower(at) in (
        "else",
        "sonst",
    )
    return (question.ends(at) or asks) and not _named_anywhere(question)


def _named_anywhere(question: Asked) -> bool:
    return not question.words.capitalises_nouns and _names(question, len(question.tokens))


def _is_polite(question: Asked, at: int) -> bool:
    """'Ihr' and 'Sie' within a German sentence are the person spoken to."""
    return question.words.capitalises_nouns and at > 0 and question.tokens[at].capitalised


# --- pronouns ----------------------------------------------------------------------------------------


def _pronoun(question: Asked, at: int) -> Pointer | None:
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
    return None if held(question, at) else Pointer(at, at, kind, role)


def _role(question: Asked, at: int) -> Literal["subject", "object", "possessive"] | None:
    """What the pronoun is in its clause; None where the word is none ('Wie alt muss man sein?')."""
    words, lower = question.words, question.lower(at)
    follows_noun = not question.ends(at) and not _breaks(question, at + 1)
    if lower == "it" and question.lower(at + 1) == "s":  # "it's" for "its"
        return "possessive"
    if lower in words.possessives and follows_noun and not question.is_function(at + 1):
        if not words.capitalises_nouns or _noun_after(question, at):
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
        or before in words.boundaries
        and (not question.ends(at))
        and before not in words.prepositions
    )


def _before_subject(question: Asked, at: int) -> bool:
    """Whether the question names, before a subject, what it may be."""
    if _clauses_before(question, at) == 0 and asking_end(question) >= at - 1:
        return False
    return _antecedent(question, at)


def _before_object(question: Asked, at: int) -> bool:
    return _clauses_before(question, at) > 0 and _antecedent(question, at)


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
    if first in words.asking_things and at > 2 and _is_subject_phrase(question, at):
        return True
    return _antecedent(question, at)


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


def _clauses_before(question: Asked, at: int) -> int:
    """How many clauses end between the first word and the token."""
    return sum(_breaks(question, number) for number in range(1, at + 1))


def _breaks(question: Asked, at: int) -> bool:
    """Whether a clause ends before the token."""
    words, lower = question.words, question.lower(at)
    if any(mark in question.gap(at) for mark in ",;:.?!()"):
        return True
    if lower not in words.boundaries or at + 1 >= len(question.tokens):
        return False
    following = question.lower(at + 1)
    if lower in words.prepositions:  # 'to convert it', not 'to it' nor 'to the city'
        return not is_function(following, words) and is_verb(following, words)
    return True


# --- what the question itself names ---------------------------------------------------------------------


def _antecedent(question: Asked, at: int) -> bool:
    """Whether a name or a noun with an article stands before the token, and is not what the token
    belongs to: 'the name of its founder'."""
    if _names(question, at):
        return True
    start, words = asking_end(question), question.words
    if words.capitalises_nouns:
        return False  # every noun is written like a name
    nouns = [n for n in range(start, at) if _is_noun(question, n)]
    if not nouns:
        return False
    between = range(nouns[-1] + 1, at)
    linked = (*words.prepositions, *words.copulas, "that", "why")
    return any(question.lower(n) not in linked for n in between)


def _names(question: Asked, at: int) -> bool:
    """Whether a name stands before the token, outside of what asks and not just before it by 'of'."""
    start = asking_end(question)
    found = [n for n in range(start, at) if question.is_name_part(n)]
    if question.words.capitalises_nouns and found:
        between = [question.lower(n) for n in range(found[-1] + 1, at)]
        return not between or any(word not in question.words.prepositions for word in between)
    return bool(found)


def _is_noun(question: Asked, at: int) -> bool:
    """Whether an English noun with an article, or a plural, ends at the token."""
    words, lower = question.words, question.lower(at)
    if is_function(lower, words) or is_verb(lower, words):
        return False
    determiners = (
        *words.definite,
        *words.indefinite,
        *words.nearby,
        *words.possessives,
        "my",
        "our",
    )
    back = at - 1
    while back >= 0 and not is_function(question.lower(back), words):
        back -= 1
    plural = lower.endswith("s") and not lower.endswith("ss")
    return question.lower(back) in determiners or (plural and at > 0)


# --- demonstratives and bare nouns ------------------------------------------------------------------------


def _nearby(question: Asked, at: int) -> Pointer | None:
    """'this contract', 'what does that mean'; not 'this year' nor 'the man that came'."""
    words, following = question.words, question.lower(at + 1)
    alone = question.ends(at) or _breaks(question, at + 1) or is_function(following, words)
    alone = alone or (is_verb(following, words) and not words.capitalises_nouns)
    if question.lower(at) in words.alone:
        if words.capitalises_nouns and (question.ends(at) or following in words.last):
            return None if _names(question, at) else Pointer(at, at, "thing", "alone")
        return None
    if alone:
        before = question.lower(at - 1)
        opens = (*words.copulas, *words.auxiliaries, *words.prepositions, *words.asking_other)
        stands = at == 0 or before in opens
        held = not stands or _names(question, at)
        return None if held else Pointer(at, at, "thing", "alone")
    if following in words.now or _antecedent_of_noun(question, at):
        return None
    last = _noun_end(question, at + 1)
    if last + 2 < len(question.tokens) and question.lower(last + 1) in words.prepositions:
        if question.is_name_part(last + 2) and not words.capitalises_nouns:
            return None  # 'this committee by Seaman'
    return Pointer(at, last, "noun", "noun") if last > at else None


def _antecedent_of_noun(question: Asked, at: int) -> bool:
    """Whether a clause or a name comes before 'this contract', which may be it."""
    return _names(question, at) and (
        _clauses_before(question, at) > 0 or not question.words.capitalises_nouns
    )


def _noun_end(question: Asked, at: int) -> int:
    """The last token of the noun phrase that begins at `at`; `at` - 1 where there is none."""
    words, last = question.words, at - 1
    for number in range(at, len(question.tokens)):
        token = question.tokens[number]
        if is_function(token.lower, words) or (number > at and question.gap(number) != " "):
            break
        if not words.capitalises_nouns and number > at and is_verb(token.lower, words):
            break
        last = number
        if words.capitalises_nouns and token.capitalised:
            break
    turned = question.lower(at - 2) in (*words.auxiliaries, *words.copulas)
    # 'did the company expand', 'is the rent high': what comes last is said of it.
    is_said = turned and last > at and question.ends(last) and not words.capitalises_nouns
    return last - 1 if is_said else last


def _bare_noun(question: Asked, at: int) -> Pointer | None:
    """'the company', 'the rent': nothing in the question says which."""
    last = _noun_end(question, at + 1)
    if not _asks_plainly(question) or question.lower(at - 1) in question.words.indefinite:
        return None
    if last <= at or last - at > 1 or any(_telling_elsewhere(question, at, last)):
        return None
    if question.tokens[last].capitalised and not question.words.capitalises_nouns:
        return None
    if question.lower(last) in (*question.words.now, *question.words.names_of):
        return None
    if question.words.capitalises_nouns and not _is_common(question, at, last):
        return None
    return Pointer(at, last, "noun", "noun")


def _asks_plainly(question: Asked) -> bool:
    """Whether nothing is asked for by a noun: not 'Which person is the school named after?'"""
    words = question.words
    plain = (*words.asking_with, *words.now, *words.names_of)
    asking = range(asking_end(question))
    return all(question.is_function(n) or question.lower(n) in plain for n in asking)


def _is_common(question: Asked, at: int, last: int) -> bool:
    """Whether a German noun is no name: it is of a kind that bears one, or is asked for."""
    words, end = question.words, asking_end(question)
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
