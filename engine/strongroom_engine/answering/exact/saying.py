"""How a question was read, in words, so that whoever asked can check it."""

from __future__ import annotations

from functools import cache

from strongroom_engine.answering.exact.reading import Clause, Kind, Reading
from strongroom_engine.answering.exact.selecting import PLAIN, Selection
from strongroom_engine.answering.grammar import grammars
from strongroom_engine.answering.plain_filters import spoken_span
from strongroom_engine.types import Understood

_NARROWS = ("sender", "recipient", "dated", "changed", "collection", "typed")
"""Clauses that the user is told of as filters."""


def described(reading: Reading, number: int) -> str:
    """What is counted: 'mails from “Keller”, dated from 2023-01-01 to 2023-12-31'."""
    said = [words for clause in reading.clauses if (words := _clause(clause))]
    return " ".join([kind_said(reading.kind, number), *said])


def kind_said(kind: Kind, number: int) -> str:
    """The kind in the plural, or in the singular for one: '2 PDF files'."""
    end = "" if number == 1 else "s"
    match kind.name:
        case "mail":
            return f"mail{end}"
        case "type":
            return f"{' or '.join(each.upper() for each in kind.values)} file{end}"
        case "genre":
            return kind.values[0] if number == 1 else _genres()[kind.values[0]]
        case _:
            return f"document{end}"


@cache
def _genres() -> dict[str, str]:
    """Each genre in the plural; the names of genres are English words."""
    (english,) = (each for each in grammars() if each.language == "en")
    return {genre: plurals[0] for genre, plurals in english.exact.genres.items()}


_SAID = {
    "mention": "whose text holds {words}",
    "with": "with “{value}” in file name, title or opening",
    "sender": "from “{value}”",
    "recipient": "to “{value}”",
    "subject": "with {words} in the subject",
    "dated": "dated {span}",
    "changed": "last changed {span}",
    "collection": "in the collection {value}",
    "typed": "of type {value}",
    "unread": "that could not be read",
    "failed": "that failed",
    "skipped": "that were skipped",
    "readable": "whose text can be searched",
    "waiting": "that wait to be read",
}


def _clause(clause: Clause) -> str:
    span = spoken_span(*clause.bounds) if any(clause.bounds) else ""
    said = _SAID.get(clause.what, "")
    return said.format(value=clause.value, words=_words(clause), span=span)


def _words(clause: Clause) -> str:
    several = " " in clause.value
    forms = f", in any of {'their' if several else 'its'} forms" if clause.loose else ""
    return f"the word{'s' if several else ''} “{clause.value}”{forms}"


def searched(reading: Reading, found: Selection, where: str, scope: int) -> str:
    """A sentence or more: what was counted, how it was decided, and in which scope."""
    what = f"pages of “{reading.document}”" if reading.document else described(reading, 0)
    said = [f"Counted by the index itself: {what}; {where} ({scope} files)."]
    if reading.kind.name == "genre":
        said.append(
            "What a document is, its file name, title and first line say, else its folder and"
            " collection; leases count as contracts."
        )
    if reading.kind.name == "mail":
        said.append("Mails are what is saved as one, and what begins with the head of one.")
    if found.unread and not all(clause.what in PLAIN for clause in reading.clauses):
        said.append(f"{_files(found.unread)} without text could not be looked into.")
    if found.undated:
        said.append(f"{found.undated} of the mails had no date that could be read.")
    return " ".join(said)


def _files(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"


def understood(reading: Reading) -> tuple[Understood, ...]:
    """What of the question narrowed the list."""
    return tuple(
        Understood(
            "type" if clause.what == "typed" else clause.what,
            f"Counted only what is {_clause(clause)}.",
            (clause.start, clause.end),
        )
        for clause in reading.clauses
        if clause.what in _NARROWS
    )
