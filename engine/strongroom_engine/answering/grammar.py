"""How documents, kinds of files and times are spoken of, a table for each language.

The tables lie in `assets/questions/`, one file a language; another language is another file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from strongroom_engine.settings import assets_folder

Words = tuple[str, ...]


class Collections(msgspec.Struct, frozen=True):
    words: Words
    """What a collection is called, before its name."""
    plurals: Words
    """Names of collections that are common words, and yet are one after 'in', capitalised."""


class Senders(msgspec.Struct, frozen=True):
    mails: Words
    from_: Words = msgspec.field(name="from")
    headers: Words
    """What stands before the sender at the head of a mail."""
    extensions: Words


class Changed(msgspec.Struct, frozen=True):
    """How one speaks of the time at which files changed."""

    files: Words
    verbs: Words
    patterns: Words


class Times(msgspec.Struct, frozen=True):
    after: Words
    before: Words
    within: Words
    months: Words
    relative: dict[str, tuple[str, str]]
    """'last week' -> the unit ('day', 'week', 'month', 'year') and how many of it ago."""


class Grammar(msgspec.Struct, frozen=True):
    """One language's words, all in lower case."""

    language: str
    capitalises_nouns: bool
    definite: Words
    definite_plural: Words
    inside: Words
    places: Words
    """Before a kind of files or a collection."""
    says: Words
    linkers: Words
    common: Words
    """More words by which the language is known."""
    asking: Words
    indefinite: Words
    marks: Words
    documents: dict[str, Words]
    """The nouns for documents, those with the same meaning together."""
    collections: Collections
    types: dict[str, Words]
    """File extensions -> what files of that kind are called."""
    senders: Senders
    changed: Changed
    times: Times


@cache
def grammars() -> tuple[Grammar, ...]:
    """Every language's grammar, in the order of their files' names."""
    return tuple(map(_load, sorted((assets_folder() / "questions").glob("*.toml"))))


def _load(file: Path) -> Grammar:
    return msgspec.toml.decode(file.read_bytes(), type=Grammar)


def nouns(grammar: Grammar) -> dict[str, Words]:
    """Each noun for a document -> all nouns with the same meaning."""
    return {noun: same for same in grammar.documents.values() for noun in same}
