"""A question -> what the index is to count or list; None where a word of it is not understood.

The whole question has to be understood: a word that is left over may change what is asked, and
nothing but the question itself is ever answered exactly. The wordings are in `assets/questions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from strongroom_engine.answering.exact.patterns import Patterns, patterns
from strongroom_engine.answering.exact.when import Bounds, is_relative, read_when
from strongroom_engine.answering.grammar import Grammar, grammars
from strongroom_engine.answering.stopwords import stopwords_of

Asks = Literal["list", "count", "most", "pages", "all pages", "formats", "senders", "collections"]
MOST_CLAUSES = 6
NEEDS_CLAUSE = ("which", "which_of", "what", "count_in", "count_of", "any")
"""Openings that ask for nothing on their own: 'which documents?'."""
OF_MAILS = ("sender", "recipient", "subject", "attached", "unattached")
"""Clauses that say something of mails only."""
OF_THESE = ("which_of", "count_of")
OF_EACH = (*OF_THESE, "which", "what", "list", "count")
"""Openings of questions that are put to each document; 'all leases are …' states something."""
LONGEST = 300
"""Characters; whoever writes more than that tells more than what is to be listed."""
LOOSE_WORDS = 3
"""Words in small letters that may be looked for as they stand, without quotation marks."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which documents: 'any', 'mail', 'type' (`values` are extensions) or 'genre' (one value)."""

    name: str
    said: str = "documents"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """What narrows them. `value` is a name, words or a collection; [start, end) is in the
    question. `loose`: the words may stand in any of their forms; `quoted`: just as they are."""

    what: str
    start: int
    end: int
    value: str = ""
    loose: bool = False
    quoted: bool = False
    bounds: Bounds = (None, None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, understood whole.

    `order` and `number` say which of them ('newest', 1) where it `asks` for the 'most'. `put` is
    what is asked of each document, of which those are wanted that have it, or that have it `not`.
    """

    asks: Asks
    kind: Kind = field(default_factory=lambda: Kind("any"))
    clauses: tuple[Clause, ...] = ()
    order: str = ""
    number: int = 1
    document: str = ""
    put: str = ""
    wanted: bool = True

    def having(self, what: str) -> tuple[Clause, ...]:
        """The clauses of a sort."""
        return tuple(clause for clause in self.clauses if clause.what == what)


def readings(question: str, collections: Sequence[str], today: date) -> Iterator[Reading]:
    """Every way to understand the whole question, likeliest first; mostly none."""
    if len(question) > LONGEST:
        return
    for grammar in grammars():
        known = patterns(grammar.language, tuple(collections))
        yield from _Reader(question, grammar, known, today).readings()


class _Reader:
    def __init__(self, question: str, grammar: Grammar, known: Patterns, today: date) -> None:
        self.text, self.grammar, self.known, self.today = question, grammar, known, today
        self.end = known.last(question)

    def readings(self) -> Iterator[Reading]:
        start = self.known.first(self.text)
        yield from self._wholes(start)
        for opening, pattern in self.known.opens:
            for match in _matches(pattern, self.text, start):
                kind = self._kind(match["kind"])
                for clauses, at in self._clauses(match.end(), kind, ()):
                    yield from self._ended(opening, kind, clauses, at)

    def _ended(
        self, opening: str, kind: Kind, clauses: tuple[Clause, ...], at: int
    ) -> Iterator[Reading]:
        """The reading where the question ends here, or goes on with what is asked of each."""
        asks = self.known.asks(opening)
        if at >= self.end:
            if clauses or opening not in NEEDS_CLAUSE:
                yield Reading(asks, kind, clauses)
            return
        if opening not in OF_EACH:
            return
        for put in self.known.each:
            if put.being and not self._clear(opening, kind, clauses):
                continue
            if match := put.pattern.fullmatch(self.text, self.known.skip(self.text, at), self.end):
                rest = match["rest"].strip()
                if not self.known.asking.search(rest):
                    question = put.question.replace("{rest}", rest)
                    yield Reading(asks, kind, clauses, put=question, wanted=put.wanted)

    def _clear(self, opening: str, kind: Kind, clauses: tuple[Clause, ...]) -> bool:
        """Whether the library's own documents are meant: 'which of the letters', 'which contracts',
        'which letters from …', and not 'what letters are silent in French'."""
        own = opening == "which" and kind.values[:1] and kind.values[0] in self.grammar.exact.own
        return bool(opening in OF_THESE or own or any(one.what != "there" for one in clauses))

    # --- questions of their own ------------------------------------------------------------------

    def _wholes(self, start: int) -> Iterator[Reading]:
        for what, pattern in self.known.wholes:
            for match in _matches(pattern, self.text, start):
                said = match.groupdict()
                kind = self._kind(said.get("kind") or "")
                if what == "pages":
                    if match.end() >= self.end:
                        yield Reading("pages", document=said["document"].strip(" \"'„“”"))
                    continue
                if what == "senders":
                    kind = Kind("mail", "mails", self.grammar.senders.extensions)
                if what == "most" and not self._says_how_many(kind, said):
                    continue
                for clauses, at in self._clauses(match.end(), kind, ()):
                    if at >= self.end:
                        yield self._whole(what, kind, clauses, said)

    def _says_how_many(self, kind: Kind, said: dict[str, str | None]) -> bool:
        """Whether it is clear how many of the newest are meant; what of a genre is newest, the
        time of a file's change does not say."""
        one = kind.said.lower() in self.grammar.exact.one
        return kind.name != "genre" and (one or bool(said.get("number")))

    def _whole(
        self, what: str, kind: Kind, clauses: tuple[Clause, ...], said: dict[str, str | None]
    ) -> Reading:
        spoken = (said.get("order") or "").lower()
        order = next((n for n, forms in self.grammar.exact.orders.items() if spoken in forms), "")
        digits = (said.get("number") or "").strip().lower()
        number = self.grammar.exact.numbers.get(digits) or int(digits or 1)
        return Reading(self.known.asks(what), kind, clauses, order, number)

    def _kind(self, said: str) -> Kind:
        lower, exact = said.lower(), self.grammar.exact
        for name, words in exact.kinds.items():
            if lower in words and name in ("any", "mail"):
                values = self.grammar.senders.extensions if name == "mail" else ()
                return Kind(name, said, values)
            if lower in words:
                return Kind("type", said, tuple(name.split()))
        for name, words in exact.genres.items():
            if lower in words:
                return Kind("genre", said, (name,))
        return Kind("any")

    # --- clauses ---------------------------------------------------------------------------------

    def _clauses(
        self, at: int, kind: Kind, before: tuple[Clause, ...]
    ) -> Iterator[tuple[tuple[Clause, ...], int]]:
        """Every way to go on from `at`, those that understand the most first."""
        if at < self.end and len(before) < MOST_CLAUSES:
            start = self.known.skip(self.text, at)
            for what, pattern in self.known.clauses:
                for match in _matches(pattern, self.text, start):
                    more = self._understood(what, match, kind)
                    if more is not None and match.end() <= self.end:
                        yield from self._clauses(match.end(), kind, before + more)
        yield before, at

    def _understood(self, what: str, match: re.Match[str], kind: Kind) -> tuple[Clause, ...] | None:
        """What a clause says; None where it says nothing of this kind of documents."""
        said, span = match.groupdict(), match.span()
        found: list[Clause | None] = []
        if when := said.get("when"):
            found.append(self._dated(what, when, span, kind))
        if what in OF_MAILS and kind.name != "mail":
            return None
        if what == "with" and kind.name != "genre":
            return None
        if name := said.get("name"):
            found.append(self._named(what, name.strip(" .,"), span))
        if name := said.get("to"):
            found.append(self._named("recipient", name.strip(" .,"), span))
        if words := said.get("words") or said.get("quoted"):
            found.append(self._worded(what, words, span))
        if collection := said.get("collection"):
            found.append(Clause(what, *span, collection))
        if types := said.get("types"):
            found.append(Clause(what, *span, " ".join(self._kind(types).values)))
        if not any(said.values()):
            found.append(Clause(what, *span))
        return None if None in found else tuple(one for one in found if one)

    def _named(self, what: str, name: str, span: tuple[int, int]) -> Clause | None:
        """A name, or what may be one in small letters: months and function words are none."""
        parts = name.lower().split()
        small = not name[0].isupper() and "@" not in name
        none = {*self.grammar.times.months, *self.known.articles, *self.grammar.linkers}
        none |= stopwords_of([word.lower() for word in self.text.split()])
        if parts[0] in none or (small and not none.isdisjoint(parts)):
            return None
        return Clause(what, *span, name, loose=small)

    def _dated(self, what: str, when: str, span: tuple[int, int], kind: Kind) -> Clause | None:
        """Mails have a date; of other documents only the time of their change is known."""
        bounds = read_when(when, self.grammar.language, self.today)
        if bounds is None:
            return None
        if what != "changed" and kind.name == "mail":
            return Clause("dated", *span, when, bounds=bounds)
        plain = kind.name in ("any", "type") and is_relative(when, self.grammar.language)
        return Clause("changed", *span, when, bounds=bounds) if what == "changed" or plain else None

    def _worded(self, what: str, words: str, span: tuple[int, int]) -> Clause | None:
        """Words to look for: quoted, a name, or a few words that all say something."""
        bare = words.strip(" \"'“”„«»‘’")
        if words[:1] in '"“„«':
            return Clause(what, *span, bare, quoted=True)
        parts = bare.split()
        article = len(parts) > 1 and parts[0] in self.known.articles
        if article and (parts[1][0].isupper() or len(parts) == 2):  # 'the Mill Yard', 'the roof'
            parts = parts[1:]
        if not parts or parts[0].lower() in self.known.articles:
            return None
        bare = " ".join(parts)
        named = all(part[0].isupper() or part in ("&", "of", "von") for part in parts)
        if named and not self.grammar.capitalises_nouns:
            return Clause(what, *span, bare)
        telling = stopwords_of([part.lower() for part in parts]).isdisjoint(map(str.lower, parts))
        if len(parts) > LOOSE_WORDS or not telling:
            return None
        return Clause(what, *span, bare, loose=True)


def _matches(pattern: re.Pattern[str], text: str, start: int) -> Iterator[re.Match[str]]:
    """The longest match at `start`, and then those that end earlier, at the ends of words."""
    end = len(text)
    while match := pattern.match(text, start, end):
        yield match
        shorter = text.rfind(" ", start, match.end())
        if shorter <= start:
            return
        end = shorter
