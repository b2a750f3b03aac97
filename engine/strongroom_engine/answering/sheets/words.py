"""How one asks of tables, a table of words for each language.

The tables lie in `assets/tables/`, one file a language; another language is another file.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from strongroom_engine.answering.toml import decode_toml
from strongroom_engine.settings import assets_folder

Words = tuple[str, ...]

TAGS = {
    "how_many": "#",
    "how_much": "$",
    "which": "w",
    "who": "W",
    "when": "T",
    "where": "P",
    "list": "L",
    "sum": "s",
    "average": "a",
    "median": "m",
    "maximum": "+",
    "minimum": "-",
    "more": ">",
    "less": "<",
    "more_of": "}",
    "less_of": "{",
    "at_least": "]",
    "at_most": "[",
    "equals": "=",
    "between": "B",
    "not": "!",
    "without": "x",
    "empty": "e",
    "and": "&",
    "or": "|",
    "by": "b",
    "distinct": "i",
    "share": "p",
    "difference": "d",
    "contains": "c",
    "sorted": "o",
    "descending": "v",
    "ascending": "^",
    "rows": "r",
    "table": "t",
    "spent": "k",
    "noise": ".",
    "year": "u",
    "month": "u",
    "quarter": "u",
    "day": "u",
}
"""A character for each kind of words, so that a question can be read by regular expressions.
Besides: C a column, V a value, N a number, D a time, Q a quotation, F a filter."""


class Names(msgspec.Struct, frozen=True):
    """What columns are called."""

    same: tuple[Words, ...]
    small: Words
    amount: Words
    counted: Words
    """What is counted, and is no money."""
    tally: Words
    """How often there was what a row tells of."""
    pieces: Words
    """How many there are of it."""
    rates: Words
    per: Words
    """What makes a rate of an amount."""
    numbering: Words
    """With what a name begins that tells how many of something there are."""
    naming: Words
    """Words of a name that say only that it names or numbers something."""
    whole: Words
    """With what texts begin that stand for all the others."""
    identifying: Words
    years: Words
    months: Words
    quarters: Words
    dates: Words
    events: Words
    """What beside 'date' names the day on which something happened."""
    people: Words
    places: Words


class Values(msgspec.Struct, frozen=True):
    """What stands in cells and in questions as a value."""

    yes: Words
    no: Words
    total: Words
    versions: Words
    """What sheets are called that hold other figures of the same, and are not to be added up."""
    months: tuple[Words, ...]
    quarter: str
    """A regular expression for a quarter of a year, with the groups q, word and year."""
    quarters: Words
    thousand: Words
    million: Words
    billion: Words
    units: Words
    numbers: dict[str, int]


class Tongue(msgspec.Struct, frozen=True):
    """One language's words, all in lower case."""

    language: str
    thousands: str
    decimal: str
    unit_first: Words
    """Units that stand before their figure."""
    quotes: str
    """The marks before and after a quotation."""
    after_conditions: str
    """What parts the conditions from the figure."""
    compound: int
    """So many letters has a word at least that is sought at the end of a longer one."""
    asking_which: Words
    """Of the words that ask, those that ask for rows."""
    tags: dict[str, Words]
    adding: Words
    """Superlatives that speak of all together: 'the most sales' are the highest sum of them."""
    most: dict[str, Words]
    """A superlative -> names of the columns that it speaks of."""
    least: dict[str, Words]
    over: dict[str, Words]
    under: dict[str, Words]
    names: Names
    values: Values
    says: dict[str, str]

    def say(self, what: str, /, **values: Any) -> str:
        """The sentence or phrase, filled in."""
        return self.says[what].format(
            **{k: self.whole(v) if isinstance(v, int) else v for k, v in values.items()}
        )

    def quoted(self, text: str) -> str:
        return f"{self.quotes[0]}{text}{self.quotes[1]}"

    def whole(self, number: int) -> str:
        """A whole number with its groups of digits."""
        return f"{number:,}".replace(",", self.thousands)


@cache
def tongues() -> tuple[Tongue, ...]:
    """Every language's words, English first."""
    files = sorted((assets_folder() / "tables").glob("*.toml"))
    made = [decode_toml(file.read_bytes(), type=Tongue) for file in files]
    return tuple(sorted(made, key=lambda one: one.language != "en"))


@cache
def phrases(language: str) -> dict[Words, tuple[tuple[str, str, Words], ...]]:
    """The words of each phrase -> what it may be: its tag, the name of that, and hints (names of
    columns)."""
    tongue = next(one for one in tongues() if one.language == language)
    found: dict[Words, list[tuple[str, str, Words]]] = {}
    for name, said in tongue.tags.items():
        for phrase in said:
            found.setdefault(tuple(phrase.split()), []).append((TAGS[name], name, ()))
    hinted = (("+", tongue.most), ("-", tongue.least), (">", tongue.over), ("<", tongue.under))
    for tag, table in hinted:
        for phrase, hints in table.items():
            found.setdefault(tuple(phrase.split()), []).append((tag, "hinted", hints))
    return {phrase: tuple(one) for phrase, one in found.items()}
