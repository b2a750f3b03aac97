"""Names of columns and the words of a question for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from strongroom_engine.answering.sheets.atoms import words
from strongroom_engine.answering.sheets.words import tongues
from strongroom_engine.answering.text import form

Key = tuple[str, ...]

_PART = re.compile(r"[A-ZÄÖÜ]+(?![a-zäöüß])|[A-ZÄÖÜ]?[^\W\d_A-ZÄÖÜ]+|[^\W\d_]+|\d+|[%#€$£]")
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
MIN_COMPOUND = 4
"""Letters that a word has at least, to be sought at the end of a longer one."""
MIN_STEM = 3
STEMMED = 0.01
"""What it costs to take another ending for a name."""
PART, SYNONYM, COMPOUND, SYNONYM_PART, ABBREVIATED = 0.4, 0.3, 0.55, 0.7, 0.5
"""What it costs to take words for a name that they do not spell whole."""


@lru_cache(maxsize=65_536)
def parts(name: str) -> Key:
    """The words of a name, in lower case: 'unitPrice_EUR' -> unit, price, eur."""
    return tuple(part.casefold() for part in _PART.findall(name))


@cache
def _canonical(language: str) -> dict[str, str]:
    tongue = next(one for one in tongues() if one.language == language)
    return {stem(word): stem(same[0]) for same in tongue.names.same for word in same}


@cache
def _small(language: str) -> frozenset[str]:
    return frozenset(next(o for o in tongues() if o.language == language).names.small)


def key(said: Iterable[str], language: str) -> Key:
    """The words without their endings, and without those that say nothing in a name."""
    small = _small(language)
    return tuple(stem(word) for word in said if word not in small)


def stem(word: str) -> str:
    """The word without its endings: 'names' and 'name' are one, and so are 'ä' and 'ae'."""
    made = form(word)
    made = made.removesuffix("e") if len(made) > MIN_STEM else made
    return made.translate(_PLAIN)


def canonical(forms: Key, language: str) -> Key:
    """The forms with one word for all that mean the same."""
    same = _canonical(language)
    return tuple(same.get(each, each) for each in forms)


@dataclass(frozen=True, slots=True)
class Said:
    """Words in the forms by which names are found. `same`: with one word for all synonyms;
    `joined`: as one word, also as they are `spelled`."""

    forms: Key
    same: Key
    joined: str
    spelled: str = ""

    @classmethod
    def of(cls, said: Sequence[str], language: str) -> Said:
        forms = key(said, language)
        return cls(forms, canonical(forms, language), "".join(forms), "".join(said))


@dataclass(frozen=True, slots=True)
class Name:
    """A column's name: whole, and without what is in brackets."""

    column: int
    whole: Said
    bare: Said

    @classmethod
    def of(cls, column: int, name: str, language: str) -> Name:
        return cls(column, *_whole_and_bare(name, language))


@lru_cache(maxsize=16_384)
def _whole_and_bare(name: str, language: str) -> tuple[Said, Said]:
    whole, without = Said.of(parts(name), language), Said.of(parts(bare(name)), language)
    return whole, without if without.forms else whole


def cost(name: Name, said: Said) -> float | None:
    """How far the words are from the name: 0 where they spell it; None where they do not name it."""
    bare = name.bare
    if said.spelled in (bare.spelled, name.whole.spelled):
        return 0.0
    if said.joined in (bare.joined, name.whole.joined):
        return STEMMED
    if said.same == bare.same:
        return SYNONYM
    if _within(said.forms, bare.forms):
        return PART
    if _abbreviates(bare.forms, said.forms):
        return ABBREVIATED
    return _loosely(bare, said)


def _loosely(bare: Said, said: Said) -> float | None:
    if len(said.forms) == 1 and any(_ends(part, said.forms[0]) for part in bare.forms):
        return COMPOUND
    return SYNONYM_PART if _within(said.same, bare.same) else None


def _within(few: Key, many: Key) -> bool:
    """Whether the words stand in a row in a longer name."""
    size = len(few)
    return 0 < size < len(many) and any(
        many[at : at + size] == few for at in range(len(many) - size + 1)
    )


def _abbreviates(short: Key, long: Key) -> bool:
    """'pop' is 'population', 'life exp' is 'life expectancy'."""
    return (
        len(short) == len(long)
        and short != long
        and all(
            one == other
            or (len(one) >= MIN_STEM and len(other) > len(one) + 1 and other.startswith(one))
            for one, other in zip(short, long, strict=True)
        )
    )


def _ends(compound: str, word: str) -> bool:
    """'kaltmiete' ends with 'miete'."""
    return (
        len(word) >= MIN_COMPOUND
        and len(compound) >= len(word) + 3
        and (compound.endswith(word) or compound.startswith(word))
    )


def bare(name: str) -> str:
    """The name without what stands in brackets, unless that is all."""
    return _BRACKETS.sub(" ", name).strip() or name


def in_brackets(name: str) -> Key:
    """The words of a name that stand in brackets: its unit, mostly."""
    return tuple(part for found in _BRACKETS.findall(name) for part in words(found))


def any_of(name: str, said: Sequence[str], language: str) -> bool:
    """Whether one of the words, which may be of several, stands in the name."""
    whole = key(parts(name), language)
    return any(
        one == whole or _within(one, whole) for one in (key(w.split(), language) for w in said)
    )


def ends_with(name: str, said: Sequence[str]) -> bool:
    """Whether a word of the name ends with one of these: 'Rechnungsbetrag' with 'betrag'."""
    return any(part != word and part.endswith(word) for part in parts(name) for word in said)
