"""Words and sentences of a text, and where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from strongroom_engine.store import UNSEGMENTED, index_words, stem
from strongroom_engine.store import WORD as INDEXED_WORD

Span = tuple[int, int]

WORD = INDEXED_WORD
"""A run of letters, digits and the marks on them, as FTS5's tokenizer is told to see it."""

PLAIN_WORD = re.compile("[A-Za-z0-9]+")
"""`WORD` in plain letters, which most texts are in: several times as quick."""
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


class Word(NamedTuple):
    """A word of a text, with a form that is the same for its inflections, as far as a few rules
    of spelling go. In scripts without spaces each pair of characters is a word."""

    start: int
    end: int
    form: str


def words(text: str) -> list[Word]:
    return [Word(start, end, form(text[start:end])) for start, end in word_spans(text)]


def word_spans(text: str) -> list[Span]:
    """Where the words stand."""
    if text.isascii():  # most are, and hits are looked through while somebody types
        return [match.span() for match in PLAIN_WORD.finditer(text)]
    found: list[Span] = []
    for match in WORD.finditer(text):
        run = match[0]
        if run.isascii() or not is_unsegmented(run):
            found.append(match.span())
        else:
            found += _cut(run, match.start())
    return found


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _cut(run: str, start: int) -> Iterator[Span]:
    """A run of letters as the index cuts it: pairs of characters where words are not separated,
    and what stands between such runs whole."""
    at = 0
    for part in UNSEGMENTED.finditer(run):
        yield from _whole(start, at, part.start())
        yield from _pairs(start, part.start(), part.end())
        at = part.end()
    yield from _whole(start, at, len(run))


def _whole(start: int, left: int, right: int) -> Iterator[Span]:
    if right > left:
        yield start + left, start + right


def _pairs(start: int, left: int, right: int) -> Iterator[Span]:
    for at in range(left, max(right - 1, left + 1)):
        yield start + at, start + min(at + 2, right)


@lru_cache(maxsize=4096)
def is_unsegmented(run: str) -> bool:
    """Whether the index cuts the run of letters into pairs of characters."""
    return UNSEGMENTED.search(unicodedata.normalize("NFKC", run)) is not None


@lru_cache(maxsize=65_536)
def form(word: str) -> str:
    """The word in lower case, without marks, and without the commonest English endings; in other
    scripts as it is indexed, pairs of characters and stems."""
    if word.isascii():
        return _without_ending(word.lower()) if len(word) > 3 else word.lower()
    spelled = index_words(word).strip()
    if not spelled or " " in spelled or UNSEGMENTED.match(spelled):
        return spelled.lower()
    decomposed = unicodedata.normalize("NFKD", stem(spelled, ""))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _without_ending(plain) if plain.isascii() and len(plain) > 3 else plain


def _without_ending(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: -len(ending)] + instead)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _undoubled(word: str) -> str:
    """'runn' -> 'run', as in 'running'; 'fall' stays."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word.removesuffix("e") if len(word) > 4 else word


# --- sentences ---------------------------------------------------------------------------------

_CLOSING = "\"'”’»)\\]」』）】*_"
_STOP = re.compile(
    rf"[.!?…]+[{_CLOSING}]*(?=\s)|[。！？｡]+[{_CLOSING}]*|\n[^\S\n]*\n\s*|"
    r"\n(?=[^\S\n]*(?:[-*•▪◦–]|\(?\w{1,3}[.)])\s)"
)
_LINE = re.compile(r"\n+")
_ROW = re.compile(r"^[^\n]*\t[^\n]*\n?", re.MULTILINE)
_BEFORE = re.compile(r"(\S+)$")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*(\w+)")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEVER_LAST = _listed(
    "mr mrs ms dr prof st mt vs cf approx ca e.g i.e gen col lt sgt capt rev hon gov sen rep "
    "z.b d.h bzw usw ggf bd hrsg mme mlle sr sra т.е т.д"
)
"""Abbreviations that a sentence goes on after."""
_BEFORE_NUMBER = _listed(
    "no nos nr fig figs art sec ch vol pp para jan feb mar apr jun jul aug sep sept oct nov dec "
    "ej им ст abs"
)
"""Abbreviations that a sentence goes on after when a number follows."""
_SELDOM_LAST = _listed("inc ltd co corp llc plc u.s u.k u.n d.c a.m p.m etc jr sr ph.d b.c")
"""Abbreviations that may end a sentence: it ends when a word follows that begins one."""
_BEGINS = _listed(
    "the this that these those it its he she they we you i in on at by for from to as if when "
    "while after before although however but and or there here such each all both no not a an "
    "according during since under upon our their his her what who which how why where"
)


def sentences(text: str, *, lines: bool = False, rows: bool = False) -> list[Span]:
    """The spans of the sentences, in order, without the white space around them.

    `lines`: a line break ends a sentence (a model's answer); otherwise only a blank line or a
    list mark after it does, because the lines of a page are wrapped. `rows`: each row of a table
    (its cells are parted by tabs) is a sentence of its own, so that it can be cited; otherwise a
    table stays whole, so that it can be understood.
    """
    bounds = {match.end() for match in _STOP.finditer(text) if _ends_sentence(text, match)}
    if rows:
        bounds |= {edge for row in _ROW.finditer(text) for edge in row.span()}
    if lines:
        bounds |= {match.end() for match in _LINE.finditer(text)}
    edges = [0, *sorted(bounds - {0, len(text)}), len(text)]
    spans = (trimmed(text, start, end) for start, end in pairwise(edges))
    return [(start, end) for start, end in spans if end > start]


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    inside = text[start:end]
    left = start + len(inside) - len(inside.lstrip())
    return left, max(left, start + len(inside.rstrip()))


_AFTER_ORDINAL = _listed(
    "januar februar märz april mai juni juli august september oktober november dezember "
    "jahrhundert jahrhunderts quartal"
)
"""Words that go on after a German ordinal: 'am 28. Mai', 'im 19. Jahrhundert'."""


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    if not stop.group().startswith("."):
        return True
    following = _NEXT.match(text, stop.end())
    next_word = following[1] if following else ""
    if next_word[:1].islower():
        return False
    before = _BEFORE.search(text, max(stop.start() - 40, 0), stop.start())
    last = before[1].lstrip("([\"'“‘").lower() if before else ""
    if last in _BEFORE_NUMBER and next_word[:1].isdigit():
        return False
    if last.isdigit() and len(last) < 3 and next_word.lower() in _AFTER_ORDINAL:
        return False
    if last in _NEVER_LAST or _is_initial_or_number(text, stop.start(), last):
        return False
    return last not in _SELDOM_LAST or next_word.lower() in _BEGINS


def _is_initial_or_number(text: str, stop: int, last: str) -> bool:
    """'J. Smith', and '2. Term' at the start of a line."""
    if len(last) == 1 and last.isalpha():
        return True
    line_start = text.rfind("\n", 0, stop) + 1
    is_whole_line = text[line_start:stop].strip().lower() == last
    return is_whole_line and bool(re.fullmatch(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,4})", last))
