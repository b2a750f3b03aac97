"""Word -> the form under which its inflections are found together.

A script that one language dominates has one stemmer, whatever the language (Cyrillic: Russian;
Arabic, Persian and Urdu: the light stemmer of Larkey, Ballesteros and Connell, 'Light Stemming for
Arabic Information Retrieval', 2007; Greek, Armenian, Devanagari, Tamil). Words in Latin letters are
stemmed in their passage's language (Snowball), English ones by FTS5's own Porter stemmer, which
goes over the others' stems as well: so a name has mostly one form in all of them.

MRR@10 of the right passage (XQuAD, by words alone), before and with what is here: German .924 ->
.941, Spanish .917 -> .929, Russian .822 -> .940, Chinese .968 both, Arabic .900 -> .927; English
sets unchanged. What did not help: Snowball's Arabic stemmer, words cut after six letters in place
of stems or in a column of their own, pieces of five letters (German .89, English .81), one list of
endings for all languages (English .84). A column of stems beside one of plain words is a larger
index, and gained on some sets (SQuAD .860, FinanceBench .538) what it lost on others (CUAD .609,
Russian .921, German .928).
"""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache

import Stemmer

from strongroom_engine.store.lexicon.languages import ENGLISH

_RUSSIAN_LETTERS = str.maketrans("ёіїєґў", "еииегу")
"""As Russian has them: so Ukrainian and Belarusian words find their endings too."""
_ARABIC_LETTERS = str.maketrans(
    "\u0623\u0625\u0622\u0671\u0649\u06cc\u0626\u0624\u0629\u06a9\u06c1\u06c0\u06be",
    "\u0627\u0627\u0627\u0627\u064a\u064a\u064a\u0648\u0647\u0643\u0647\u0647\u0647",
)
"""Alef without hamza, ya for its other forms, ha for ta marbuta; Persian and Urdu letters."""
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"ı": "i", "İ": "I", "ħ": "h", "Ħ": "H", "ŋ": "n", "ŧ": "t", "ς": "σ"}
)
"""Letters that are written otherwise on other keyboards; marks on letters are FTS5's business."""

_PLAIN_FIRST = frozenset({"spanish", "portuguese", "italian", "french", "catalan"})
"""Their marks go before the stem: they are left out in questions, and the figures are the same."""

_own = threading.local()  # a stemmer may not be used by two threads at once


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The stem of a word (as `words.index_words` spells it) in lower case.

    `language` matters to words in Latin letters only; '' and English leave these to FTS5.
    """
    word = word.lower()
    first = word[:1]
    if first < "\u0250":
        return _latin(word, language)
    for last, script in _SCRIPTS:
        if first <= last:
            return script(word)
    return word


def _latin(word: str, language: str) -> str:
    if language in ("", ENGLISH) or not word[:1].isalpha():
        return word.translate(LETTERS)
    if language in _PLAIN_FIRST:
        word = without_marks(word)
    return without_marks(_snowball(language, word)).translate(LETTERS)


def _cyrillic(word: str) -> str:
    return _snowball("russian", word.translate(_RUSSIAN_LETTERS))


def _arabic(word: str) -> str:
    word = word.translate(_ARABIC_LETTERS)
    if word.startswith("و") and len(word) >= 4:
        word = word[1:]
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word


def _greek(word: str) -> str:
    return without_marks(_snowball("greek", word)).translate(LETTERS)


def _armenian(word: str) -> str:
    return _snowball("armenian", word)


def _devanagari(word: str) -> str:
    return _snowball("hindi", word)


def _tamil(word: str) -> str:
    return _snowball("tamil", word)


def _as_it_is(word: str) -> str:
    return word


_SCRIPTS = (
    ("\u036f", _as_it_is),
    ("\u03ff", _greek),
    ("\u052f", _cyrillic),
    ("\u058f", _armenian),
    ("\u05ff", _as_it_is),
    ("\u06ff", _arabic),
    ("\u08ff", _as_it_is),
    ("\u097f", _devanagari),
    ("\u0b7f", _as_it_is),
    ("\u0bff", _tamil),
    ("\u1eff", _as_it_is),
    ("\u1fff", _greek),
)
"""The last character of each block, in order, and what stems its words."""


def _snowball(language: str, word: str) -> str:
    made: dict[str, Stemmer.Stemmer] = _own.__dict__
    if language not in made:
        made[language] = Stemmer.Stemmer(language)
    return str(made[language].stemWord(word))


def porter(word: str) -> str:
    """What FTS5 makes of a word in Latin letters: its key, to tell equal terms."""
    plain = without_marks(word)
    return _snowball("porter", plain) if plain.isascii() else word


def without_marks(word: str) -> str:
    """The word without accents and other marks on its letters."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
