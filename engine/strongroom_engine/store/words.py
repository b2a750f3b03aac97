"""What goes into the full-text index, of documents and of questions alike.

FTS5's tokenizer (porter, unicode61) splits at spaces and punctuation. `index_words` prepares
text for it: compatibility forms are made plain, words cut at a line's end are joined, and runs
of scripts that are written without spaces become overlapping pairs of characters (Chinese and
Japanese retrieval by character bigrams; with single words of such runs nothing would be found).
The text that is shown stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

TEXT_WEIGHT = 1.0
HEADING_WEIGHT = 0.3
TITLE_WEIGHT = 0.2
NAME_WEIGHT = 0.2
"""How much a word counts in BM25, by the column in which it stands."""

_INVISIBLE = re.compile(
    "[\u00ad\u2060\ufeff"  # soft hyphen, word joiner, byte order mark
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
    # Arabic points and the stroke that stretches a word; most writers leave them out
)
_CUT = re.compile(r"[-\u2010][ \t]*\r?\n")
_CUT_WORD = re.compile(rf"(?<![^\W\d_])([^\W\d_]+){_CUT.pattern}\s*([^\W\d_]+)")
_UNSEGMENTED = re.compile(
    "["
    "\u0e00-\u0e7f\u0e80-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # Hiragana, Katakana, iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "]+"
)


def index_words(text: str) -> str:
    """The words of `text`, separated as FTS5's tokenizer separates them."""
    if text.isascii():  # most are, and have none of the rest
        return _join_cut_words(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _UNSEGMENTED.sub(_pairs, _join_cut_words(text))


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
