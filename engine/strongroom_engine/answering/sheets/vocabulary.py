"""The words of a language, as they stand in questions: phrases, endings, numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from strongroom_engine.answering.grammar import grammars
from strongroom_engine.answering.sheets.atoms import atoms
from strongroom_engine.answering.sheets.words import Tongue, phrases, tongues


def inflections(said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words with another ending of the last one: 'laptops', 'laptop'."""
    *before, last = said
    if len(last) <= 3:  # no ending stands on so little
        return ()
    others = [f"{last}s", f"{last}es"]
    if last.endswith("ies"):
        others.append(f"{last[:-3]}y")
    if last.endswith("y"):
        others.append(f"{last[:-1]}ies")
    others += [last.removesuffix(end) for end in ("s", "es", "en", "n", "e") if last.endswith(end)]
    return tuple((*before, other) for other in others)


@lru_cache
def phrases_by_atoms(
    language: str,
) -> dict[tuple[str, ...], tuple[tuple[str, str, tuple[str, ...]], ...]]:
    made: dict[tuple[str, ...], tuple[tuple[str, str, tuple[str, ...]], ...]] = {}
    for said, meanings in phrases(language).items():
        spelled = tuple(atom.text for atom in atoms(" ".join(said)))
        made[spelled] = (*made.get(spelled, ()), *meanings)
    return made


@lru_cache
def _words_of_phrases_in(language: str) -> frozenset[str]:
    return frozenset(word for phrase in phrases_by_atoms(language) for word in phrase)


def words_of_phrases(tongue: Tongue) -> frozenset[str]:
    """Every word that may be one of the language's: phrases, times, units, numbers."""
    return _words_of_phrases_in(tongue.language) | _words_of_times(tongue.language)


@lru_cache
def _words_of_times(language: str) -> frozenset[str]:
    tongue = next(one for one in tongues() if one.language == language)
    grammar = next((one for one in grammars() if one.language == language), None)
    values, said = tongue.values, [word for same in tongue.values.months for word in same]
    said += [*values.units, *values.numbers, *values.thousand, *values.million, *values.billion]
    said += [*values.quarters, *re.findall(r"[^\W\d_]+", values.quarter)]
    if grammar:
        forms = [form for kind in grammar.exact.times.values() for form in kind]
        said += [*grammar.times.relative, *grammar.times.months, *forms]
    return frozenset(atom.text for one in said for atom in atoms(one))


@lru_cache
def _number_of(thousands: str, decimal: str, times: tuple[str, ...]) -> re.Pattern[str]:
    t, d = re.escape(thousands), re.escape(decimal)
    short = "|".join(
        re.escape(word) for word in times if len(word) < 3
    )  # '5k', but '5 m' is metres
    long = "|".join(re.escape(word) for word in times if len(word) > 2)
    return re.compile(
        rf"(?P<sign>[€$£¥])?\s?(?P<digits>\d{{1,3}}(?:{t}\d{{3}})+(?:{d}\d+)?|\d+(?:{d}\d+)?)"
        rf"(?P<times>(?:{short})|\s(?:{long}))?(?![\w])(?!{d}\d)(?!{t}\d)",
        re.IGNORECASE,
    )


def number_pattern(tongue: Tongue) -> re.Pattern[str]:
    values = tongue.values
    return _number_of(
        tongue.thousands, tongue.decimal, (*values.thousand, *values.million, *values.billion)
    )
