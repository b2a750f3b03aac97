"""A question that points back -> the same question with what it means in place of the pointers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strongroom_engine.answering.conversation.pointer import Pointer
from strongroom_engine.answering.conversation.subjects import (
    Subject,
    answered,
    carried,
    subjects,
)
from strongroom_engine.answering.conversation.tokens import Asked, is_document
from strongroom_engine.answering.conversation.words import Words
from strongroom_engine.answering.grammar import grammars, nouns

LIKELY = 2.5
"""The weight of a name that is likely meant. Others as likely are put behind (.945 -> .959 of the
passages of SQuAD dialogues); an answer is not, where the question before names its subject."""
LONG = 40
"""A subject of more characters is put behind the question and not before a noun ('s)."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """`text` is the question made whole, `meant` what its first pointer was taken to mean."""

    text: str
    pointer: str
    meant: str
    whole: bool = False
    """Whether it is made of the question before, with all that restricted it."""


def resolve(
    question: Asked, found: Sequence[Pointer], before: Asked, answer: str
) -> Resolved | None:
    """Put what is meant in the first pointer's place, or behind; None where nothing is known.

    Further pointers mostly mean the same, and read well as they are.
    """
    candidates = subjects(before)
    given = answered(before, answer)
    pointer = next((one for one in found if one.role != "adverb"), found[0])
    meant = _meant(pointer, candidates, given, before)
    if meant is None:
        return None
    said = _span(question, pointer)
    extra = _extra(meant, candidates, given, pointer, before)
    text = _replaced(question, pointer, meant, candidates)
    return Resolved(_with(text, extra) if extra else text, question.text[slice(*said)], meant.text)


def _extra(
    meant: Subject,
    candidates: Sequence[Subject],
    given: Subject | None,
    pointer: Pointer,
    before: Asked,
) -> str:
    """What else the pointer may mean, to be put behind: a search finds it then in any case."""
    if pointer.kind == "noun":
        return ""
    others = [given] if given and meant.weight < LIKELY else []
    others += [one for one in candidates if _is_likely(one, before)]
    for one in others:
        known, bare = meant.text.lower(), one.bare.lower()
        if one is not meant and bare not in known and meant.bare.lower() not in bare:
            return one.bare
    return ""


def _is_likely(one: Subject, before: Asked) -> bool:
    """In German only names without an article: the others are mostly common nouns."""
    plain = one.text == one.bare or not before.words.capitalises_nouns
    return one.kind == "name" and one.weight >= LIKELY and plain


def _meant(
    pointer: Pointer, candidates: Sequence[Subject], given: Subject | None, before: Asked
) -> Subject | None:
    people = before.lower(0) in before.words.asking_people
    names = [one for one in candidates if one.kind == "name"]
    if pointer.kind == "person":
        first = given or next((one for one in names if not one.place), None)
    elif pointer.kind == "place":
        first = next((one for one in candidates if one.place), None)
        first = given if given and before.lower(0) in ("where", "wo") else first
    elif given and (_asks_name(before) or (pointer.kind == "any" and people)):
        first = given
    elif given and not people and all(one.place for one in candidates):
        first = given  # 'Which state in Australia …?'
    else:
        first = None
    return first or next(iter(candidates), None) or given


def _asks_name(before: Asked) -> bool:
    """Whether the question before asked what something is called: its answer is the thing."""
    lowers = [token.lower for token in before.tokens]
    if "s" not in lowers and set(lowers) & set(before.words.naming):
        return True
    return all(one.kind == "noun" and one.text == one.bare for one in subjects(before))


def _span(question: Asked, pointer: Pointer) -> tuple[int, int]:
    return question.tokens[pointer.first].start, question.tokens[pointer.last].end


def _replaced(
    question: Asked, pointer: Pointer, meant: Subject, candidates: Sequence[Subject]
) -> str:
    words = question.words
    start, end = _span(question, pointer)
    instead = _instead(question, pointer, meant, candidates)
    if not instead and meant.place and pointer.role == "noun":
        return question.text
    if not instead:
        return _with(
            question.text, carried(candidates) if pointer.role != "possessive" else meant.bare
        )
    if start == 0:
        instead = instead[:1].upper() + instead[1:]
    before = question.text[:start]
    if pointer.kind == "place" and question.lower(pointer.first - 1) not in words.prepositions:
        instead = f"in {instead}"
    return f"{before}{instead}{question.text[end:]}"


def _instead(
    question: Asked, pointer: Pointer, meant: Subject, candidates: Sequence[Subject]
) -> str:
    """What stands in the pointer's place; '' where nothing can without breaking the grammar."""
    match pointer.role:
        case "possessive":
            return _possessive(question.words, meant)
        case "subject" | "object":
            return _in_case(question, pointer, meant)
        case "noun":
            return _noun(question, pointer, meant, candidates)
        case "adverb" if pointer.kind == "place" and question.lower(pointer.first) in (
            "there",
            "dort",
        ):
            plain = meant.text != meant.bare and question.words.capitalises_nouns
            return "" if plain else meant.text
        case _:
            return ""


def _possessive(words: Words, meant: Subject) -> str:
    if words.capitalises_nouns:
        return "" if meant.text != meant.bare else _genitive(meant.bare)
    if len(meant.text) > LONG or meant.text.endswith(('"', "”")):
        return ""
    return f"{meant.text}'" if meant.text.endswith("s") else f"{meant.text}'s"


def _genitive(name: str) -> str:
    return f"{name}'" if name[-1] in "sxzß" else f"{name}s"


def _in_case(question: Asked, pointer: Pointer, meant: Subject) -> str:
    """In German with the article that the pronoun stands for: its case and gender are right."""
    words = question.words
    if not words.capitalises_nouns or meant.text == meant.bare:
        return meant.text
    article = words.articles.get(question.lower(pointer.first), "")
    return f"{article} {meant.bare}" if article else ""


def _noun(question: Asked, pointer: Pointer, meant: Subject, candidates: Sequence[Subject]) -> str:
    """For 'this contract' the one before; for 'the rent' 'the rent of …', for 'the firm' 'the firm X'."""
    words, head = question.words, question.lower(pointer.last)
    written = question.text[slice(*_span(question, pointer))]
    for one in candidates:
        if _same_thing(head, one.bare.split()[-1].lower()) or head in one.bare.lower().split():
            return _with_article(written, one, words)
    if meant.place and is_document(meant.bare.split()[-1].lower()):
        return ""  # the place is added where it is missing
    if meant.kind == "name" and head in words.kinds:
        noun = question.text[question.tokens[pointer.first + 1].start : _span(question, pointer)[1]]
        lead = written.split(" ", 1)[0] if words.capitalises_nouns else "the"
        return f"{lead} {noun} {meant.bare}"
    if words.capitalises_nouns:
        return f"{written} von {meant.bare}" if meant.text == meant.bare else ""
    return f"{written} of {meant.text}"


def _with_article(written: str, one: Subject, words: Words) -> str:
    if not words.capitalises_nouns:
        return one.text
    return f"{written.split(' ', 1)[0]} {one.bare}" if one.text != one.bare else one.bare


def _same_thing(noun: str, other: str) -> bool:
    """Whether both are the same noun, or nouns for the same kind of document."""
    if noun == other:
        return True
    return any(other in nouns(grammar).get(noun, ()) for grammar in grammars())


def _with(text: str, added: str) -> str:
    """The question with what it is about behind it, in brackets."""
    if not added or added.lower() in text.lower():
        return text
    body = text.rstrip(" ?!.")
    return f"{body} ({added}){text[len(body) :].strip() or '?'}"


def with_subject(text: str, before: Asked) -> str:
    """The question with the subjects of the one before behind it."""
    return _with(text, carried(subjects(before)))
