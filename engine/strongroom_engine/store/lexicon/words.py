"""What goes into the full-text index, of passages and of questions alike.

FTS5's tokenizer (porter, unicode61) splits at spaces and punctuation. `index_words` spells a text
for it, and `passage_words` stems that for a passage's language. Every word of the passage stands in
its place, so that phrases hold; other spellings of some follow at the end. The text that is shown
stays as it is.

Scripts that are written without spaces, and Korean, whose particles cling to its words, become
overlapping pairs of characters (single words of such runs would never be found).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from strongroom_engine.settings import assets_folder
from strongroom_engine.store.lexicon.languages import ENGLISH
from strongroom_engine.store.lexicon.normal import Spelling, normal_forms
from strongroom_engine.store.lexicon.stems import LETTERS, stem

VERSION = "3"
"""Raised when the same text gives other words; `renewal` then indexes older libraries again."""

TEXT_WEIGHT = 1.0
HEADING_WEIGHT = 0.3
TITLE_WEIGHT = 0.2
NAME_WEIGHT = 0.2
"""How much a word counts in BM25, by the column in which it stands."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963"
    "\u0966-\u0dff\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86-\u0fbc\u135d-\u135f"
    "\u1712-\u1734\u180b-\u180f\u1920-\u193b\u1a17-\u1a1b\u1b00-\u1b44\u1dc0-\u1dff\u20d0-\u20f0"
)
_VOWELS = (  # marks of scripts without spaces; a pair of characters may begin with one
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059"
    "\u17b4-\u17d3"
)
WORD = re.compile(rf"(?:[^\W_]|[{_VOWELS}])(?:[^\W_]|[{_MARKS}{_VOWELS}])*")
"""A run of letters, digits and the marks on them, as FTS5's tokenizer is told to see it."""

UNSEGMENTED = re.compile(
    "["
    "\u0e00-\u0e7f\u0e80-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u1100-\u11ff\uac00-\ud7a3"  # Hangul
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Hiragana, Katakana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "]+"
)
"""A run that is indexed as pairs of its characters."""

_INVISIBLE = re.compile(
    "[\u00ad\u2060\ufeff"  # soft hyphen, word joiner, byte order mark
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
    # Arabic points and the stroke that stretches a word; most writers leave them out
)
_CUT = re.compile(r"[-\u2010][ \t]*\r?\n")
_CUT_WORD = re.compile(rf"(?<![^\W\d_])([^\W\d_]+){_CUT.pattern}\s*([^\W\d_]+)")
_OTHER_LETTERS = re.compile(f"[{''.join(map(chr, LETTERS))}]")
_HAN = re.compile("[\u3400-\u9fff]")
_STEMMED_SCRIPTS = re.compile(
    rf"[\u0370-\u08ff\u0900-\u097f\u0b80-\u0bff\u1f00-\u1fff][\w{_MARKS}]*"
)
"""Words that are stemmed in every passage."""

_GROUPED = re.compile(
    r"(\d\d{0,2}([.,'’ \u00a0\u202f])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,]\d+)?(?![\w'’]|[.,]\d)"
)
_GOES_ON = re.compile(r"[\w.,'’]")
_HYPHEN = re.compile(r"[-\u2010\u2011](?=[^\W\d_])")
_FIRST_PART = re.compile(r"(?<![\w-])[^\W\d_]+\Z")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+){1,2}(?![\w-])")
LONGEST_PART = 40
_SIGNED = re.compile(r"(?<!\w)([a-zA-Z])(\+\+|#)(?!\w)|§\s*(\d+)")
_SIGN = re.compile("[+#§]")
_SIGNS = {"++": "plusplus", "#": "sharp"}


def index_words(text: str) -> str:
    """The text as FTS5's tokenizer shall see it, every word in its place, none stemmed.

    Compatibility forms are made plain, points and soft hyphens go, words cut at a line's end are
    joined (their parts follow at the end), letters like 'ß' and traditional Chinese characters are
    written in one way, and unsegmented runs become pairs.
    """
    if text.isascii():  # most are, and have none of the rest
        return _join_cut_words(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return UNSEGMENTED.sub(_pairs, _join_cut_words(one_spelling(text)))


def one_spelling(text: str) -> str:
    """With one character where writers use several for the same."""
    if _OTHER_LETTERS.search(text):
        text = text.translate(LETTERS)
    return text.translate(_simplified()) if _HAN.search(text) else text


def passage_words(text: str, language: str) -> str:
    """The terms of a passage, or a title or name beside one: stems in order, then spellings."""
    return f"{stemmed(text, language)} {' '.join(other_spellings(text))}"


def stemmed(text: str, language: str) -> str:
    """The terms of a text, every one in its place, stemmed as in passages in `language`."""

    def in_place(match: re.Match[str]) -> str:
        return stem(match.group(), language)

    if language in ("", ENGLISH):
        words = index_words(text)
        return words if words.isascii() else _STEMMED_SCRIPTS.sub(in_place, words)
    return WORD.sub(in_place, index_words(text))


def other_spellings(text: str, joined: int = LONGEST_PART, *, asked: bool = False) -> Iterator[str]:
    """Words that are found under another spelling as well, in that one.

    '1,234.50', '1.234,50' and '1 234' give 1234; 'e-mail' gives email, where the first part has
    at most `joined` letters; '§ 5', 'C++' and 'C#' give a word that keeps the sign; dates, amounts
    and reference numbers give their normal forms. The parts stand in the text as well. `asked`:
    the text is a question.
    """
    return (spelling for _, _, spelling in spellings(text, joined, asked=asked))


def spellings(
    text: str, joined: int = LONGEST_PART, *, asked: bool = False, figures: bool = True
) -> Iterator[Spelling]:
    """Likewise, with the span of what is spelled otherwise; without `figures`, only words."""
    if figures:
        yield from normal_forms(text, asked=asked)
        yield from _grouped(text)
    yield from _hyphenated(text, joined)
    for match in _SIGNED.finditer(text) if _SIGN.search(text) else ():
        letter, sign, section = match.groups()
        word = f"section{section}" if section else f"{letter}{_SIGNS[sign]}"
        yield *match.span(), word


def _grouped(text: str) -> Iterator[Spelling]:
    for match in _GROUPED.finditer(text):
        if not _GOES_ON.match(text[max(match.start() - 1, 0) : match.start()]):
            yield *match.span(1), re.sub(r"\D", "", match[1])


def _hyphenated(text: str, joined: int) -> Iterator[Spelling]:
    """Looked for from the hyphen on: every word might be the first part of one."""
    for hyphen in _HYPHEN.finditer(text):
        first = _FIRST_PART.search(text, max(hyphen.start() - joined - 1, 0), hyphen.start())
        if (
            first
            and len(first.group()) <= joined
            and (whole := _HYPHENATED.match(text, first.start()))
        ):
            yield *whole.span(), index_words(re.sub(r"\W", "", whole.group())).strip()


def _join_cut_words(text: str) -> str:
    r"""Join 'contrac-\ntual' where it stands, so that phrases hold; its parts follow at the end.

    The hyphen may be the word's own ('well-\nknown'), and then the parts are looked for.
    """
    if not _CUT.search(text):
        return text
    parts: list[str] = []

    def join(match: re.Match[str]) -> str:
        before, after = match.groups()
        if not after[0].islower():
            return match.group()
        parts.extend((before, after))
        return before + after

    joined = _CUT_WORD.sub(join, text)
    return "\n".join((joined, *parts)) if parts else joined


def _pairs(match: re.Match[str]) -> str:
    run = match.group()
    pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return f" {' '.join(pairs)} "


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional Chinese characters in simplified form, one for one (from OpenCC's tables)."""
    file = assets_folder() / "words" / "traditional.txt"
    traditional, simplified = file.read_text(encoding="utf-8").split()
    return dict(zip(map(ord, traditional), simplified, strict=True))
