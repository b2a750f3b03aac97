"""How documents, kinds of files and times are spoken of, a table for each language.

The tables lie in `assets/questions/`, one file a language; another language is another file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from strongroom_engine.answering.toml import decode_toml
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


class Exact(msgspec.Struct, frozen=True):
    """How one asks what the index itself can answer; regular expressions, without case.

    {kind} stands for documents of a kind, {name} and {to} for a name or an address, {words}
    for a name, a quotation or a few words, {quoted} for a quotation alone, {when} for a time,
    {collection} for a collection's name, {types} for a kind of files, {verb} for those of
    `changed`, participles, {order} for one of `orders`, {number} for a number, {document} for what is left.
    """

    polite: Words
    """What may stand before a question, and after it."""
    joins: Words
    """Between two clauses."""
    opens: dict[str, Words]
    """'count', 'count_of', 'count_in', 'list', 'which', 'which_of', 'what', 'all' or 'any' -> how
    such a question begins, right before {kind}."""
    one: Words
    """Kinds in the singular."""
    changed: Words
    own: Words
    """Genres whose nouns mean documents that one has, and nothing else that texts tell of."""
    kinds: dict[str, Words]
    """'any', 'mail', or file extensions -> what such documents are called."""
    genres: dict[str, Words]
    """A kind of `documents` -> its nouns in the plural."""
    clauses: dict[str, Words]
    """What narrows a kind of documents."""
    wholes: dict[str, Words]
    """Questions of their own: about pages, formats, senders, collections, and the most or least."""
    orders: dict[str, Words]
    times: dict[str, Words]
    """A span of time -> how it is said of {one} moment, or of {one} and {two}."""
    numbers: dict[str, int]
    asking: Words
    """Words by which a question asks for more than yes or no."""
    each: Words
    """What is asked of each document: a {put} and {rest}."""
    puts: dict[str, str]
    """The verb of such a question in the plural -> how the question is put to one document."""
    puts_being: dict[str, str]
    """Likewise for verbs that many other questions have, too ('are')."""
    puts_not: dict[str, str]
    """Likewise for what a document does not have."""
    headers: dict[str, Words]
    """A field of a mail's head -> what its line begins with."""


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
    exact: Exact


@cache
def grammars() -> tuple[Grammar, ...]:
    """Every language's grammar, in the order of their files' names."""
    return tuple(map(_load, sorted((assets_folder() / "questions").glob("*.toml"))))


def _load(file: Path) -> Grammar:
    return decode_toml(file.read_bytes(), type=Grammar)


def nouns(grammar: Grammar) -> dict[str, Words]:
    """Each noun for a document -> all nouns with the same meaning."""
    return {noun: same for same in grammar.documents.values() for noun in same}
