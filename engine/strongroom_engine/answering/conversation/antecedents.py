"""What a question itself names before a word that could stand for it, and where its clauses end."""

from __future__ import annotations

from strongroom_engine.answering.conversation.tokens import (
    Asked,
    asking_end,
    is_function,
    is_verb,
)


def antecedent(question: Asked, at: int) -> bool:
    """Whether a name or a noun with an article stands before the token, and is not what the token
    belongs to: 'the name of its founder'."""
    if names_before(question, at):
        return True
    start, words = asking_end(question), question.words
    if words.capitalises_nouns:
        return False  # every noun is written like a name
    nouns = [
        n
        for n in range(start, at)
        if _is_noun(question, n) and question.lower(n) not in words.names_of
    ]
    if not nouns:
        return False
    between = range(nouns[-1] + 1, at)
    if any(breaks(question, n) for n in range(nouns[-1] + 1, at + 1)):
        return True
    linked = (*words.prepositions, *words.copulas, "that", "why")
    return any(question.lower(n) not in linked for n in between)


def names_before(question: Asked, at: int) -> bool:
    """Whether a name stands before the token, outside of what asks and not just before it by 'of'."""
    start = asking_end(question)
    found = [n for n in range(start, at) if question.is_name_part(n)]
    if question.words.capitalises_nouns and found:
        between = [question.lower(n) for n in range(found[-1] + 1, at)]
        return not between or any(word not in question.words.prepositions for word in between)
    return bool(found)


def place_before(question: Asked, at: int) -> bool:
    """'Who lived in Berlin and died there?': the place is in the question."""
    words = question.words
    if words.capitalises_nouns:
        return antecedent(question, at)
    for number in range(1, at):
        after = question.lower(number + 1)
        lead = question.lower(number - 1)
        if lead in words.definite:
            lead = question.lower(number - 2)
        whole = question.is_function(number + 1) or question.tokens[number + 1].capitalised
        if question.is_name_part(number) and lead in words.places and (whole or not after):
            return True
    return False


def _is_noun(question: Asked, at: int) -> bool:
    """Whether an English noun with an article, or a plural, ends at the token."""
    words, lower = question.words, question.lower(at)
    if is_function(lower, words) or is_verb(lower, words):
        return False
    own = (*words.possessives, "my", "our")
    determiners = (*words.definite, *words.indefinite, *words.nearby, *own)
    back = at - 1
    while back >= 0 and not is_function(question.lower(back), words):
        back -= 1
    plural = lower.endswith("s") and not lower.endswith("ss")
    return question.lower(back) in determiners or (plural and at > 0)


# --- clauses -----------------------------------------------------------------------------------------


def clauses_before(question: Asked, at: int) -> int:
    """How many clauses end between the first word and the token."""
    return sum(breaks(question, number) for number in range(1, at + 1))


def breaks(question: Asked, at: int) -> bool:
    """Whether a clause ends before the token."""
    words, lower = question.words, question.lower(at)
    if any(mark in question.gap(at) for mark in ",;:.?!()"):
        return True
    if lower not in words.boundaries or at + 1 >= len(question.tokens):
        return False
    following = question.lower(at + 1)
    if begins_clause(question, at):
        return True
    if lower in words.prepositions:  # 'to convert it', not 'to it' nor 'to the city'
        return not is_function(following, words) and is_verb(following, words)
    return True


def begins_clause(question: Asked, at: int) -> bool:
    """Whether 'before', 'because' and the like stand before a pronoun that does something."""
    words, following = question.words, question.lower(at + 1)
    if question.lower(at) not in words.boundaries or following not in words.subjects:
        return False
    verb = question.lower(at + 2)
    acts = verb in (*words.copulas, *words.auxiliaries) or is_verb(verb, words)
    return acts or following not in words.objects or words.capitalises_nouns
