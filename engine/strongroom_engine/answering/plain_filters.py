"""Filters in plain words: 'in the PDFs', 'mails from Keller', 'files changed since May'.

Only wordings that can hardly mean anything else are taken for a filter; which, the grammars say. A
year alone is about the content ('the rent in 2023') and never about the time of a file's change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from strongroom_engine.answering.grammar import Grammar, grammars
from strongroom_engine.sentences import known as say
from strongroom_engine.store import Scope
from strongroom_engine.types import Understood

_AFTERWARDS = r"(?=\s*(?:[.,;:?!]|$|about\b|on\b|regarding\b|über\b|zu\b|zum\b|zur\b))"
"""What may follow a kind of files: its end, or what is looked for in them."""
_NAME = r"(?P<name>[^\W\d_][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,2})"


@dataclass(frozen=True, slots=True)
class PlainFilter:
    """A filter that was read from a question.

    `only` says that the words at `span` mean nothing else, so that they are not looked for;
    `sender` are words that stand in the head of the mails.
    """

    understood: Understood
    narrow: Callable[[Scope], Scope]
    only: bool = True
    sender: str = ""
    headers: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        return self.understood.span


def plain_filters(
    question: str, collections: Sequence[str], today: date | None = None
) -> tuple[PlainFilter, ...]:
    """The filters that stand in the question; those that overlap an earlier one are left out."""
    found = [
        one
        for grammar in grammars()
        for one in _of_language(question, grammar, collections, today or _today())
    ]
    kept: list[PlainFilter] = []
    for one in sorted(found, key=lambda each: (each.span[0], -each.span[1])):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return tuple(kept)


def _grammar(language: str) -> Grammar:
    return next(each for each in grammars() if each.language == language)


def _only_in(kind: str, place: str, match: re.Match[str]) -> Understood:
    return Understood(kind, say.ONLY_IN(place=place), match.span())


def _today() -> date:
    return datetime.now().astimezone().date()


def _of_language(
    question: str, grammar: Grammar, collections: Sequence[str], today: date
) -> Iterator[PlainFilter]:
    yield from _senders(question, grammar)
    yield from _types(question, grammar)
    yield from _collections(question, grammar, collections)
    yield from _changed(question, grammar, today)


# --- kinds of files ----------------------------------------------------------------------------------


def _types(question: str, grammar: Grammar) -> Iterator[PlainFilter]:
    for extensions, pattern in _type_patterns(grammar.language):
        for match in pattern.finditer(question):
            kinds = ", ".join(extensions.split())
            known = match["kind"].lower() in (extensions, f"{extensions}s")
            place = match["kind"] if known else f"{match['kind']} ({kinds})"
            yield PlainFilter(
                _only_in("type", place, match), _with_types(tuple(extensions.split()))
            )


@cache
def _type_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Of each kind of files its extensions, and how it is spoken of."""
    grammar = _grammar(language)
    lead = rf"\b{_group(grammar.places)} {_group(grammar.definite_plural)}"
    return tuple(
        (extensions, re.compile(rf"{lead} (?P<kind>{_any(names)}){_AFTERWARDS}", re.IGNORECASE))
        for extensions, names in grammar.types.items()
    )


def _with_types(extensions: tuple[str, ...]) -> Callable[[Scope], Scope]:
    return lambda scope: replace(scope, types=(*scope.types, *extensions))


def _senders(question: str, grammar: Grammar) -> Iterator[PlainFilter]:
    """'mails from Keller': the name begins with a capital, or is an address."""
    words = grammar.senders
    for match in _sender_pattern(grammar.language).finditer(question):
        name = match["name"]
        if not name[0].isupper() or name.lower() in grammar.times.months:
            continue
        place = say.MAILS_FROM(name=name)
        narrow = _with_types(words.extensions)
        # The name is looked for, too: it stands in other mails as well, but tells them apart.
        yield PlainFilter(_only_in("sender", place, match), narrow, True, name, words.headers)


@cache
def _sender_pattern(language: str) -> re.Pattern[str]:
    words = _grammar(language).senders
    return re.compile(rf"\b(?i:{_group(words.mails)}) (?i:{_group(words.from_)}) {_NAME}")


# --- collections -------------------------------------------------------------------------------------


def _collections(
    question: str, grammar: Grammar, collections: Sequence[str]
) -> Iterator[PlainFilter]:
    """'in the collection Letters'; 'in Contracts' where the name says that it is a collection."""
    for name in collections:
        for match in _collection_pattern(grammar.language, name).finditer(question):
            place = say.THE_COLLECTION(name=name)
            yield PlainFilter(_only_in("collection", place, match), _with_collection(name))


@lru_cache(maxsize=1_000)
def _collection_pattern(language: str, name: str) -> re.Pattern[str]:
    grammar = _grammar(language)
    called = rf"(?:{_group(grammar.definite)} )?{_group(grammar.collections.words)} [\"„“]?"
    named = rf"(?i:{_group(grammar.places)}) (?:(?i:{called}){re.escape(name)}[\"“”]?"
    if name.lower() in grammar.collections.plurals and name[:1].isupper():
        named += rf"|{re.escape(name)}"
    return re.compile(rf"\b{named})(?!\w)")


def _with_collection(name: str) -> Callable[[Scope], Scope]:
    return lambda scope: replace(scope, collections=(*scope.collections, name))


# --- times of change -----------------------------------------------------------------------------------


def _changed(question: str, grammar: Grammar, today: date) -> Iterator[PlainFilter]:
    for pattern in _change_patterns(grammar.language):
        for match in pattern.finditer(question):
            if bounds := _bounds(match, grammar, today):
                place = say.LAST_CHANGED(when=spoken_span(*bounds))
                yield PlainFilter(_only_in("changed", place, match), _within(*bounds))


@cache
def _change_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    grammar = _grammar(language)
    times = grammar.times
    relative = rf"(?P<relative>{_any(times.relative)})"
    day = r"\d{4}(?:-\d{1,2}){0,2}"
    months = _any(times.months)
    moment = rf"(?:(?P<month>{months})(?: (?P<year>\d{{4}}))?|(?P<day>{day})|(?P<since>{_any(times.relative)}))"
    how = "|".join(
        rf"(?P<{name}>{_any(words)})"
        for name, words in (
            ("after", times.after),
            ("before", times.before),
            ("within", times.within),
        )
    )
    when = rf"(?:{relative}|(?:{how}) {moment})"
    files, verbs = _group(grammar.changed.files), _group(grammar.changed.verbs)
    patterns = (
        r"\b"
        + pattern.replace("{when:relative}", relative)
        .replace("{when}", when)
        .replace("{files}", files)
        .replace("{verb}", verbs)
        + r"(?!\w)"
        for pattern in grammar.changed.patterns
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


Bounds = tuple[date | None, date | None]
"""The first day, and the first that is too late."""


def _bounds(match: re.Match[str], grammar: Grammar, today: date) -> Bounds | None:
    groups = match.groupdict()
    spoken = groups.get("relative") or groups.get("since")
    try:
        first, after = (
            relative_span(*grammar.times.relative[spoken.lower()], today)
            if spoken
            else calendar_span(groups, grammar.times.months, today)
        )
    except ValueError:  # there is no such day
        return None
    if groups.get("after"):
        return first, None
    if groups.get("before"):
        return None, first
    return first, after


def relative_span(unit: str, ago: str, today: date) -> tuple[date, date]:
    """The day, week, month or year so many before today's."""
    first, after = span_around(unit, today)
    for _ in range(int(ago)):
        first, after = span_around(unit, first - timedelta(days=1))
    return first, after


def span_around(unit: str, day: date) -> tuple[date, date]:
    """The unit that the day lies in."""
    if unit == "day":
        return day, day + timedelta(days=1)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if unit == "month":
        return day.replace(day=1), _next_month(day)
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def calendar_span(
    groups: dict[str, str | None], months: Sequence[str], today: date
) -> tuple[date, date]:
    """A year, month or day by its name; a month without a year is the last one there was."""
    if month := groups.get("month"):
        number = months.index(month.lower()) + 1
        year = int(groups.get("year") or today.year - (number > today.month))
        return span_around("month", date(year, number, 1))
    parts = [int(part) for part in (groups.get("day") or "").split("-")]
    first = date(*(*parts, 1, 1)[:3])
    return span_around(("year", "month", "day")[len(parts) - 1], first)


def _within(first: date | None, after: date | None) -> Callable[[Scope], Scope]:
    return lambda scope: replace(
        scope,
        after_ns=start_ns(first) if first else scope.after_ns,
        before_ns=start_ns(after) if after else scope.before_ns,
    )


def start_ns(day: date) -> int:
    """The day's first moment in local time, in ns since 1970."""
    return int(datetime(day.year, day.month, day.day).astimezone().timestamp()) * 1_000_000_000


def spoken_span(first: date | None, after: date | None) -> str:
    """The days in words; `after` is the first that is too late."""
    if first is None:
        return say.BEFORE(day=after)
    if after is None:
        return say.SINCE(day=first)
    last = after - timedelta(days=1)
    return say.ON(day=first) if first == last else say.FROM_TO(day=first, last_day=last)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _group(words: Iterable[str]) -> str:
    return f"(?:{_any(words)})"
