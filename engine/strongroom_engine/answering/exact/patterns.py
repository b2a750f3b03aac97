"""The wordings of `assets/questions` as regular expressions, for one language and library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from strongroom_engine.answering.exact.when import when_pattern
from strongroom_engine.answering.grammar import Grammar, grammars

if TYPE_CHECKING:
    from strongroom_engine.answering.exact.reading import Asks

_CAPITAL = r"(?-i:[^\W\d_a-zß-öø-ÿ][\w'’&-]*(?:\.(?=\w))?)"
_ADDRESS = r"[^\s,;?!\"“”„<>]+@[^\s,;?!\"“”„<>]+\w"
_SMALL = r"(?-i:[a-zß-öø-ÿ][\w'’-]+)"
"""A name as those write it who type in small letters; it has to be known."""
_NAME = rf"(?:{_ADDRESS}|{_CAPITAL}(?:(?: & | ){_CAPITAL})*|{_SMALL}(?: {_SMALL})?)"
_QUOTED = r"(?:\"[^\"]+\"|“[^”]+”|„[^“”]+[“”]|«[^»]+»)"
_WORDS = rf"(?:{_QUOTED}|[\w&][\w&.'’-]*(?: [\w&][\w&.'’-]*)*)"
_ENDS = " \t\n?.!,;:"


@dataclass(frozen=True, slots=True)
class Put:
    """What may be asked of each document, and how it is put to one: `question` with its {rest}.

    `wanted`: those that have it are asked for; `being`: the verb alone says little.
    """

    question: str
    pattern: re.Pattern[str]
    wanted: bool
    being: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the reader of a question looks for."""

    polite: re.Pattern[str]
    politely: re.Pattern[str]
    skipped: re.Pattern[str]
    opens: tuple[tuple[str, re.Pattern[str]], ...]
    wholes: tuple[tuple[str, re.Pattern[str]], ...]
    clauses: tuple[tuple[str, re.Pattern[str]], ...]
    each: tuple[Put, ...]
    articles: frozenset[str]
    asking: re.Pattern[str]
    """Words by which a question asks for more than yes or no."""

    def first(self, text: str) -> int:
        """Where the question begins, after what is only polite."""
        match = self.polite.match(text)
        return match.end() if match else 0

    def last(self, text: str) -> int:
        """Where it ends, before its marks and what is only polite."""
        end = len(text.rstrip(_ENDS))
        match = self.politely.search(text, 0, end)
        return match.start() if match else end

    def skip(self, text: str, at: int) -> int:
        """Where the next clause begins."""
        match = self.skipped.match(text, at)
        return match.end() if match else at

    def asks(self, what: str) -> Asks:
        """What a question with this opening, or of this kind, asks for."""
        if what.startswith("count"):
            return "count"
        if what in ("which", "which_of", "what", "all", "any"):
            return "list"
        return cast("Asks", what.replace("_", " "))


@cache
def patterns(language: str, collections: tuple[str, ...]) -> Patterns:
    """The expressions for the grammar of a language and a library with these collections."""
    grammar = next(each for each in grammars() if each.language == language)
    exact, fill = grammar.exact, _filler(grammar, collections)
    return Patterns(
        _compiled(rf"(?:[\s,]*(?:{'|'.join(exact.polite)})\b)*[\s,]*"),
        _compiled(rf"(?:[\s,]+(?:{'|'.join(exact.polite)}))+$"),
        _compiled(rf"[\s,]*(?:(?:{'|'.join(exact.joins)})\s+)?"),
        tuple(
            (name, _compiled(fill(rf"{form}\s+{{kind}}(?!\w)")))
            for name, forms in exact.opens.items()
            for form in forms
        ),
        _all(exact.wholes, fill),
        _all(exact.clauses, fill, without=() if collections else ("collection",)),
        tuple(_each(grammar)),
        frozenset((*grammar.definite, *grammar.indefinite)),
        _compiled(rf"\b(?:{_any(exact.asking)})\b"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _all(
    table: dict[str, tuple[str, ...]], fill: _Filler, without: Iterable[str] = ()
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, _compiled(rf"{fill(form)}(?!\w)"))
        for name, forms in table.items()
        if name not in without
        for form in forms
    )


def _each(grammar: Grammar) -> Iterable[Put]:
    exact = grammar.exact
    for table in (exact.puts_not, exact.puts, exact.puts_being):
        for put, question in table.items():
            for form in exact.each:
                pattern = form.replace("{put}", re.escape(put)).replace("{rest}", "(?P<rest>.+)")
                wanted, being = table is not exact.puts_not, table is exact.puts_being
                yield Put(question, _compiled(pattern), wanted, being)


class _Filler:
    """Puts expressions in place of the names in curly brackets."""

    def __init__(self, places: dict[str, str]) -> None:
        self._places = places

    def __call__(self, form: str) -> str:
        for name, pattern in self._places.items():
            form = form.replace(f"{{{name}}}", pattern)
        return form


def _filler(grammar: Grammar, collections: tuple[str, ...]) -> _Filler:
    exact = grammar.exact
    kinds = [word for words in exact.kinds.values() for word in words]
    genres = [word for words in exact.genres.values() for word in words]
    types = [w for name, words in exact.kinds.items() if name != "any" for w in words]
    orders = [form for forms in exact.orders.values() for form in forms]
    return _Filler(
        {
            "kind": f"(?P<kind>{_any([*kinds, *genres])})",
            "types": f"(?P<types>{_any(types)})",
            "order": f"(?P<order>{_any(orders)})",
            "number": rf"(?:(?P<number>\d{{1,3}}|{_any(exact.numbers)}) )?",
            "verb": f"(?:{_any(exact.changed)})",
            "when": f"(?P<when>{when_pattern(grammar.language)})",
            "name": f"(?P<name>{_NAME})",
            "to": f"(?P<to>{_NAME})",
            "words": f"(?P<words>{_WORDS})",
            "quoted": f"(?P<quoted>{_QUOTED})",
            "collection": f"(?P<collection>{_any(collections)})",
            "document": r"(?P<document>[^?!]+)",
        }
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
