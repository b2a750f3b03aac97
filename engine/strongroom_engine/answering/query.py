"""What a user typed -> words, phrases and filters, and a safe FTS5 expression.

Filters are `file:lease`, `type:pdf`, `after:2023-01-31`, `before:2024` and `in:Contracts`; a value
may stand in quotes. `after:` and `before:` speak of a file's last change, in local time: `after`
from the first moment of the named year, month or day, `before` until the first moment of it.
Words in quotes are phrases that a passage must hold; the other words are wanted, not required.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from strongroom_engine.answering.stopwords import stopwords_of
from strongroom_engine.answering.terms import expression
from strongroom_engine.answering.text import PLAIN_WORD, WORD
from strongroom_engine.errors import BadFilter, EmptyQuestion, QuestionTooLong, UnknownCollection
from strongroom_engine.store import Scope, index_words

MAX_TERMS = 64
"""More different words than this add time to a search and nothing to its hits."""

_FILTER = re.compile(r'(?<!\S)(file|type|after|before|in):(?:"([^"]*)"|([^\s"]\S*))', re.IGNORECASE)
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart. `text` is what is left without filters and quotation marks."""

    text: str
    words: tuple[str, ...]
    """The words to look for, as they are indexed, in order; without words that say nothing."""
    phrases: tuple[str, ...]
    """What must stand verbatim in a passage, as it is indexed."""
    verbatim: str
    """All of the text's words in order, as they are indexed."""
    scope: Scope = field(default_factory=Scope)

    def about(self, part: str) -> Query:
        """The same filters and phrases with a part of the text."""
        return replace(
            self, text=part, words=_words(part, everything=False), verbatim=_indexed(part)
        )

    @property
    def match(self) -> str:
        """The FTS5 expression; '' where there is no word that could be found."""
        return expression(self.text, self.words, self.phrases)


def parse_query(
    question: str,
    max_characters: int,
    known_collections: Sequence[str],
    collections: Iterable[str] = (),
) -> Query:
    """Take a question apart.

    `collections` narrow the question from outside (a choice in the window, `--collection`).
    Raises EmptyQuestion, QuestionTooLong, BadFilter and UnknownCollection.
    """
    if len(question) > max_characters:
        raise QuestionTooLong(length=len(question), limit=max_characters)
    question = clean_question(question)
    scope = Scope(collections=tuple(_known(name, known_collections) for name in collections))
    for match in _FILTER.finditer(question):
        scope = _narrow(scope, match, known_collections)
    rest = _FILTER.sub(" ", question)
    phrases = tuple(filter(None, map(_indexed, _quotations(rest))))
    text = " ".join(_PHRASE.sub(lambda match: f" {_inside(match)} ", rest).split())
    words = _words(_PHRASE.sub(" ", rest), everything=not phrases)
    if not words and not phrases:
        raise EmptyQuestion
    return Query(text, words, phrases, _indexed(text), scope)


def tokens(text: str) -> list[str]:
    """The words of a text as they are indexed: runs of letters and digits, bigrams where a
    script does not separate words."""
    spelled = index_words(text)
    return (PLAIN_WORD if spelled.isascii() else WORD).findall(spelled)


def typed_filters(question: str) -> list[str]:
    """The filters that stand in a question, as they were typed."""
    return [match[0] for match in _FILTER.finditer(question)]


def without_filters(question: str) -> str:
    """The question with spaces in place of its typed filters: what is left keeps its place."""
    return _FILTER.sub(lambda match: " " * len(match[0]), question)


def clean_question(question: str) -> str:
    """Without what no encoder takes: lone surrogates, as some terminals and pipes produce."""
    well_formed = question.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", well_formed)


def _quotations(text: str) -> list[str]:
    return [_inside(match) for match in _PHRASE.finditer(text)]


def _inside(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group is not None), "")


def _indexed(phrase: str) -> str:
    return " ".join(tokens(phrase))


def _words(text: str, *, everything: bool) -> tuple[str, ...]:
    """The words to look for. A question of nothing but stopwords ('to be or not to be') keeps
    them, where `everything` says that there is nothing else to look for."""
    found = list({token.lower(): token for token in tokens(text)}.items())
    stopwords = stopwords_of([lower for lower, _ in found])
    telling = [token for lower, token in found if lower not in stopwords]
    chosen = telling or ([token for _, token in found] if everything else [])
    return tuple(chosen[:MAX_TERMS])


def _narrow(scope: Scope, match: re.Match[str], known_collections: Sequence[str]) -> Scope:
    """The scope with one more filter; several of a kind are alternatives, dates narrow."""
    value = (match[2] if match[2] is not None else match[3]).strip()
    if not value:
        raise BadFilter(filter=match[0])
    match match[1].lower():
        case "file":
            return replace(scope, files=(*scope.files, value))
        case "type":
            return replace(scope, types=(*scope.types, value.lstrip(".").lower()))
        case "in":
            name = _known(value, known_collections)
            return replace(scope, collections=(*scope.collections, name))
        case "after":
            return replace(scope, after_ns=_moment_ns(value, match[0]))
        case _:
            return replace(scope, before_ns=_moment_ns(value, match[0]))


def _known(name: str, known_collections: Sequence[str]) -> str:
    """The collection as it is written in the library, whatever the case it is asked for in."""
    for known in known_collections:
        if known.casefold() == name.casefold():
            return known
    raise UnknownCollection(collection=name, known=", ".join(known_collections) or "none")


def _moment_ns(value: str, written: str) -> int:
    """The first moment of a year, month or day in local time, in ns since 1970."""
    found = _DATE.fullmatch(value)
    if found is None:
        raise BadFilter(filter=written)
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return int(datetime(year, month, day).astimezone().timestamp()) * 1_000_000_000
    except (ValueError, OverflowError, OSError) as exc:
        raise BadFilter(filter=written) from exc
