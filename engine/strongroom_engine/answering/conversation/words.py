"""How questions point back to earlier ones, a table for each language.

English and German are taken apart (`Words`); for other languages there are lists of the words
that point back (`Pointing`). The tables lie in `assets/followups/`.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from strongroom_engine.answering.text import WORD
from strongroom_engine.answering.toml import decode_toml
from strongroom_engine.settings import assets_folder
from strongroom_engine.store import FUNCTION_WORDS

Listed = tuple[str, ...]


class Previous(msgspec.Struct, frozen=True):
    """How one speaks of the answer before; `{how}` and `{language}` stand for what is listed."""

    polite: Listed
    patterns: Listed
    how: Listed
    languages: Listed


class Words(msgspec.Struct, frozen=True):
    """One language's words, all in lower case."""

    language: str
    """As `store.FUNCTION_WORDS` calls it."""
    capitalises_nouns: bool
    asking_people: Listed
    asking_things: Listed
    asking_other: Listed
    asking_with: Listed
    """After a question word, a part of it: 'how many'."""
    copulas: Listed
    auxiliaries: Listed
    definite: Listed
    indefinite: Listed
    prepositions: Listed
    places: Listed
    """Prepositions before a place."""
    boundaries: Listed
    """Between clauses."""
    people: Listed
    things: Listed
    several: Listed
    """Pronouns for several, or for anyone."""
    subjects: Listed
    objects: Listed
    possessives: Listed
    nearby: Listed
    """Demonstratives: before a noun or alone."""
    nearby_several: Listed
    """Of these, those for several."""
    distant: Listed
    """Of these, those before a time that was spoken of: 'that year'."""
    there: Listed
    last: Listed
    """Words that point back where the question ends with them."""
    substitutes: Listed
    """'the former', 'the other one'."""
    now: Listed
    """'this year' speaks of today."""
    calendar: Listed
    """Months and days of the week: no names."""
    empty: Listed
    """Patterns in which a pronoun stands for nothing ('is it possible')."""
    openers: Listed
    abouts: Listed
    verbs: str
    names_of: Listed
    """Nouns that are about what follows: 'the name of the ship'."""
    naming: Listed
    """Words in questions that ask for a name."""
    of: str
    previous: Previous
    asking_alone: Listed = ()
    """Question words for things that no noun follows ('was')."""
    kinds: Listed = ()
    """Nouns for what bears a name, which may stand before it: 'the company Boeing'."""
    alone: Listed = ()
    """Articles that point back where no noun follows."""
    articles: dict[str, str] = {}
    """Pronoun -> the article of the noun that it stands for."""

    @property
    def asking(self) -> frozenset[str]:
        return frozenset((*self.asking_people, *self.asking_things, *self.asking_other))

    @property
    def pronouns(self) -> frozenset[str]:
        return frozenset((*self.subjects, *self.objects, *self.possessives))


class Pointing(msgspec.Struct, frozen=True):
    """The words of another language that point back."""

    pointing: Listed
    opening: Listed
    endings: Listed = ()
    """Endings that are pronouns."""


@cache
def tables() -> tuple[Words, ...]:
    """English and German."""
    folder = assets_folder() / "followups"
    return tuple(
        decode_toml((folder / f"{name}.toml").read_bytes(), type=Words) for name in ("en", "de")
    )


@cache
def others() -> dict[str, Pointing]:
    """Language -> its words that point back."""
    file = assets_folder() / "followups" / "others.toml"
    return decode_toml(file.read_bytes(), type=dict[str, Pointing])


@cache
def table_of(language: str) -> Words | None:
    """The table of a language that is taken apart; None for others."""
    return next((table for table in tables() if table.language == language), None)


@cache
def verbs_of(language: str) -> frozenset[str]:
    """The commonest verbs of a language with a table."""
    table = table_of(language)
    return frozenset(table.verbs.split() if table else ())


@cache
def function_words_of(language: str) -> frozenset[str]:
    """The words that say how something is asked, of a language with a table."""
    table = table_of(language)
    return FUNCTION_WORDS[language] | (_all(table) if table else frozenset())


@cache
def empty_of(language: str) -> re.Pattern[str]:
    """Where a pronoun stands for nothing."""
    table = table_of(language)
    return re.compile(rf"\b(?:{'|'.join(table.empty if table else ())})", re.IGNORECASE)


def language_of_question(question: str, before: str) -> str:
    """The language of a question, which may be a few words long; in doubt that of the one before.

    '' for a language of which nothing is known.
    """
    for text in (question, f"{question} {before}"):
        known = _known(text)
        best = max(known, key=lambda name: known[name])
        if known[best] > _second(known, best):
            return best
    return ""


def _second(known: dict[str, float], best: str) -> float:
    return max((count for name, count in known.items() if name != best), default=0)


def _known(text: str) -> dict[str, float]:
    """How many of the text's words each language knows."""
    words = [match.group().lower() for match in WORD.finditer(text)]
    found: dict[str, float] = {}
    names = [*(table.language for table in tables()), *others()]
    for name in names:
        if name == "chinese":
            found[name] = len(re.findall(r"[\u4e00-\u9fff]", text))
            continue
        found[name] = sum(word in function_words_of(name) for word in words)
    return found


def _all(table: Words) -> frozenset[str]:
    lists = (table.asking, table.copulas, table.auxiliaries, table.definite, table.indefinite)
    more = (table.prepositions, table.pronouns, table.nearby, table.there)
    return frozenset().union(*lists, *more, table.alone)
