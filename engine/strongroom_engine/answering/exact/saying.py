"""How a question was read, in words, so that whoever asked can check it."""

from __future__ import annotations

from strongroom_engine.answering.exact.reading import Clause, Kind, Reading
from strongroom_engine.answering.exact.selecting import PLAIN, Selection
from strongroom_engine.answering.plain_filters import spoken_span
from strongroom_engine.sentences import known as say
from strongroom_engine.types import Understood

_NARROWS = ("sender", "recipient", "dated", "changed", "collection", "typed")
"""Clauses that the user is told of as filters."""


def described(reading: Reading, number: int) -> str:
    """What is counted: 'mails from “Keller”, dated from 2023-01-01 to 2023-12-31'."""
    said = [words for clause in reading.clauses if (words := _clause(clause))]
    return " ".join([kind_said(reading.kind, number), *said])


def kind_said(kind: Kind, number: int) -> str:
    """The kind in the plural, or in the singular for one: '2 PDF files'."""
    match kind.name:
        case "mail":
            return say.MAILS(n=number)
        case "type":
            types = " or ".join(each.upper() for each in kind.values)
            return say.FILES_OF_TYPE(n=number, types=types)
        case "genre":
            return say.GENRES[kind.values[0]](n=number)
        case _:
            return say.DOCUMENTS_KIND(n=number)


def _clause(clause: Clause) -> str:
    span = spoken_span(*clause.bounds) if any(clause.bounds) else ""
    said = say.CLAUSES.get(clause.what)
    return said(name=clause.value, words=_words(clause), when=span) if said else ""


def _words(clause: Clause) -> str:
    if " " in clause.value:
        said = say.SEVERAL_WORDS_IN_ANY_FORM if clause.loose else say.SEVERAL_WORDS
    else:
        said = say.WORD_IN_ANY_FORM if clause.loose else say.WORD
    return said(word=clause.value)


def searched(reading: Reading, found: Selection, where: str, scope: int) -> str:
    """A sentence or more: what was counted, how it was decided, and in which scope."""
    document = reading.document
    what = say.PAGES_OF(name=document) if document else described(reading, 0)
    said = [say.COUNTED(what=what, where=where, n=scope)]
    if reading.kind.name == "genre":
        said.append(say.WHAT_A_KIND_IS())
    if reading.kind.name == "mail":
        said.append(say.WHAT_MAILS_ARE())
    if found.unread and not all(clause.what in PLAIN for clause in reading.clauses):
        said.append(say.WITHOUT_TEXT(n=found.unread))
    if found.undated:
        said.append(say.UNDATED(n=found.undated))
    return " ".join(said)


def understood(reading: Reading) -> tuple[Understood, ...]:
    """What of the question narrowed the list."""
    return tuple(
        Understood(
            "type" if clause.what == "typed" else clause.what,
            say.COUNTED_ONLY(clause=_clause(clause)),
            (clause.start, clause.end),
        )
        for clause in reading.clauses
        if clause.what in _NARROWS
    )
