"""Sentences in a document that speak to a machine, as `assets/suspicion` knows them by language.

A sentence is one when it holds a strong pattern, or two different weak ones together with its
neighbours; with it the sentences behind it that go on giving orders. What is looked for is the
imperative ('Ignore all previous instructions'), not the word: contracts, manuals and forms are
full of instructions, to people. Measured on the texts of contracts, annual reports, encyclopaedia
articles and abstracts; looking for the words 'instructions' or 'send this to' marked hundreds of
ordinary sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import msgspec

from strongroom_engine.answering.guarding.disguise import spelled
from strongroom_engine.answering.text import Span, sentences, trimmed
from strongroom_engine.answering.toml import decode_toml
from strongroom_engine.settings import assets_folder

FULL_LINE = 0.75
"""A line of this share of the longest one beside it was wrapped, and goes on in the next."""
WRAPPED_LINE = 40
"""Characters; where no line is longer, none was wrapped."""
MAX_UNIT = 2_000
"""Characters; a longer sentence (a table, a list) is looked at in parts."""
MAX_FOLLOWING = 6
"""So many orders behind an instruction are taken for part of it."""

_START = r"(?:^\W*|[.!?:;,–—…\"'“”„«»‹(\[*>|#}}-]\s*)(?:(?:{lead})\b[\s,:!]*){{0,4}}|\b(?:{lead})\b[\s,:]+"
_MENTION = -1, -1
"""The weak sign that a machine is spoken of, whichever language names it."""
_FIELD = re.compile(r"\{([a-z]+)\}")
_STOPS = tuple(".!?:;。！？")
_MARKED_LINE = re.compile(r"\s*(?:[-*•▪◦–>#|]|\(?\w{1,3}[.)]\s)")
_LINE_END = re.compile(r"\n")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    mention: str
    follow: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    strong: re.Pattern[str]
    weak: tuple[re.Pattern[str], ...]
    mention: re.Pattern[str]
    follow: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Unit:
    span: Span
    strong: bool
    weak: frozenset[tuple[int, int]]
    follows: bool


@lru_cache(maxsize=512)
def instructions(text: str) -> tuple[Span, ...]:
    """The spans of what reads like an instruction to a machine, in order."""
    plain = spelled(text)
    units = [_judged(plain.text, span) for span in _units(plain.text)]
    found: list[Span] = []
    left = 0
    for index, unit in enumerate(units):
        if unit.strong or _weighs(units, index):
            left = MAX_FOLLOWING + 1
        left = left - 1 if left and (unit.strong or unit.follows or left > MAX_FOLLOWING) else 0
        if left:
            found.append(plain.span(*unit.span))
    return tuple(found)


def _weighs(units: Sequence[_Unit], index: int) -> bool:
    """Whether weak signs come together in this sentence and the next one."""
    here = units[index].weak
    after = units[index + 1].weak if index + 1 < len(units) else frozenset()
    before = units[index - 1].weak if index else frozenset()
    return bool(here) and max(len(here | after), len(here | before)) > 1


def _judged(text: str, span: Span) -> _Unit:
    said = text[slice(*span)]
    strong = any(patterns.strong.search(said) for patterns in _tables())
    weak = frozenset(
        (language, number)
        for language, patterns in enumerate(_tables())
        for number, pattern in enumerate(patterns.weak)
        if not strong and pattern.search(said)
    )
    if any(patterns.mention.search(said) for patterns in _tables()):
        weak |= {_MENTION}
    return _Unit(span, strong, weak, any(p.follow.match(said) for p in _tables()))


def _units(text: str) -> Iterator[Span]:
    """Sentences; where lines stand for themselves, each of them."""
    for start, end in sentences(text):
        for left, right in _lines(text, start, end):
            for at in range(left, right, MAX_UNIT):
                unit = trimmed(text, at, min(at + MAX_UNIT, right))
                if unit[0] < unit[1]:
                    yield unit


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a sentence, those joined that are one wrapped text."""
    breaks = [match.start() for match in _LINE_END.finditer(text, start, end)]
    spans = list(pairwise([start, *breaks, end]))
    longest = max(right - left for left, right in spans)
    begin = start
    for (left, right), (_, after) in pairwise(spans):
        if not _goes_on(text[left:right].strip(), text[right:after].strip(), longest):
            yield begin, right
            begin = right
    yield begin, end


def _goes_on(line: str, following: str, longest: int) -> bool:
    if line.endswith(_STOPS) or _MARKED_LINE.match(following):
        return False
    wrapped = longest >= WRAPPED_LINE and len(line) >= FULL_LINE * longest
    return following[:1].islower() or wrapped


# --- tables ------------------------------------------------------------------------------------


@cache
def _tables() -> tuple[_Patterns, ...]:
    files = sorted((assets_folder() / "suspicion").glob("??.toml"))
    return tuple(_patterns(decode_toml(file.read_bytes(), type=_Table)) for file in files)


def _patterns(table: _Table) -> _Patterns:
    words = table.words | {"start": f"(?:{_START.format(lead=table.words['lead'])})"}
    strong = "|".join(f"(?:{_expression(pattern, words)})" for pattern in table.strong)
    return _Patterns(
        strong=_compiled(strong),
        mention=_compiled(_expression(table.mention, words)),
        weak=tuple(_compiled(_expression(pattern, words)) for pattern in table.weak),
        follow=_compiled(_expression(table.follow, words)),
    )


def _expression(pattern: str, words: dict[str, str]) -> str:
    """With its {names} filled in; a space is any white space."""
    filled = _FIELD.sub(lambda match: words[match[1]].replace(" ", r"\s+"), pattern)
    return filled.replace(" ", r"\s+")


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.DOTALL)
