"""Numbers as people write them -> their value and unit.

'1,200,000', '1.200.000' and '1.2 million' are the same; so are 'twelve', '12' and '12th'. Words
for small numbers in English, German, French and Spanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from strongroom_engine.written.figures import matches

_COUNTED = {
    2: "two zwei deux dos second zweite deuxième segundo twice",
    3: "three drei trois tres third dritte troisième tercero thrice",
    4: "four vier quatre cuatro fourth vierte quatrième cuarto",
    5: "five fünf cinq cinco fifth fünfte cinquième quinto",
    6: "six sechs seis sixth sechste sixième sexto",
    7: "seven sieben sept siete seventh siebte septième",
    8: "eight acht huit ocho eighth achte huitième octavo",
    9: "nine neun neuf nueve ninth neunte neuvième",
    10: "ten zehn dix diez tenth zehnte dixième décimo",
    11: "eleven elf onze once eleventh elfte",
    12: "twelve zwölf douze doce twelfth zwölfte dozen",
    13: "thirteen dreizehn treize trece thirteenth",
    14: "fourteen vierzehn quatorze catorce fourteenth",
    15: "fifteen fünfzehn quinze quince fifteenth",
    16: "sixteen sechzehn seize dieciséis sixteenth",
    17: "seventeen siebzehn diecisiete seventeenth",
    18: "eighteen achtzehn dieciocho eighteenth",
    19: "nineteen neunzehn diecinueve nineteenth",
    20: "twenty zwanzig vingt veinte twentieth",
    30: "thirty dreißig trente treinta thirtieth",
    40: "forty vierzig quarante cuarenta fortieth",
    50: "fifty fünfzig cinquante cincuenta fiftieth",
    60: "sixty sechzig soixante sesenta sixtieth",
    70: "seventy siebzig setenta seventieth",
    80: "eighty achtzig ochenta eightieth",
    90: "ninety neunzig noventa ninetieth",
    100: "hundred hundert cent cien hundredth",
    1000: "thousand tausend mille mil thousandth",
}
WORDS = {word: number for number, words in _COUNTED.items() for word in words.split()}
_AMBIGUOUS = frozenset(
    [
        "second",
        "sept",
        "once",
        "elf",
        "mille",
        "mil",
        "cent",
        "segundo",
        "cuarto",
        "quinto",
        "sexto",
        "acht",
    ]
)
"""Words that mean something else as well: read as numbers in a source, not doubted in an answer."""
_ONES = {word: number for word, number in WORDS.items() if number < 10} | {"one": 1, "first": 1}

_POWERS = {
    2: "hundred",
    3: "thousand tausend tsd mille mil mila duizend tys k",
    6: "million millions millionen mio millón millones milione milioni milhão milhões miljoen"
    " miljoner milion miliony milionów mln mm mn m",
    9: "billion billions bn b milliarde milliarden mrd milliard milliards miliardo miliardi miljard"
    " miljarder miliard miliardy miliardów mld",
    12: "trillion trillions billionen",
}
_POWER_OF = {word: power for power, words in _POWERS.items() for word in words.split()}
_SHORTENED = frozenset(["mio", "mrd", "tsd", "mln", "mld", "tys"])
"""A full stop after one of them belongs to it."""
_SHORT = frozenset(["k", "m", "b", "mm", "mn"])

_UNITS = {
    "%": "% percent prozent pourcent v.h.",
    "EUR": "€ eur euro euros",
    "USD": "$ usd dollar dollars us$ dólares",
    "GBP": "£ gbp pound pounds sterling",
    "JPY": "¥ jpy yen",
    "CHF": "chf francs franken",
    "PLN": "pln zł złotych zloty",
    "SEK": "sek kronor",
    "NOK": "nok",
    "DKK": "dkk",
    "CZK": "czk kč",
    "CAD": "cad",
    "AUD": "aud",
    "day": "day days tag tage tagen jour jours día días",
    "week": "week weeks woche wochen semaine semaines semana semanas",
    "month": "month months monat monate monaten mois mes meses",
    "year": "year years jahr jahre jahren an ans année année año años",
    "hour": "hour hours stunde stunden heure heures hora horas",
    "minute": "minute minutes minuten minuto minutos",
    "km": "km kilometre kilometres kilometer kilometers kilometern",
    "mile": "mile miles meilen",
    "kg": "kg kilogram kilograms kilogramm",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_CODES = "EUR|USD|GBP|CHF|JPY|PLN|SEK|NOK|DKK|CZK|CAD|AUD"
MONEY = frozenset(_CODES.split("|"))

_DIGITS = (
    r"\d(?:\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['’\u00a0\u202f\u2009 ]\d{3})+)(?!\d)(?:[.,]\d+)?"
    r"|\d*(?:[.,]\d+)*)"
)
"""From the digit on, which is quickly found."""
_LETTER = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""A letter of a script that parts its words."""
_ATTACHED = "bn|mn|mm|m|k|b|mio|mrd|km|kg"
_WORD = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<before>US\$|[€$£¥]|\b(?:{_CODES}))?\s?(?<!{_LETTER})(?<!\d)(?<!\d[.,])(?P<digits>{_DIGITS})"
    rf"(?P<ordinal>st|nd|rd|th|er|ème|º|ª)?(?=(?:{_ATTACHED})?(?!{_LETTER}))"
    rf"|(?<!\w)(?P<tens>(?:twen|thir|for|fif|six|seven|eigh|nine)ty)-(?P<ones>\w+)\b"
    rf"|(?<!\w)(?P<word>{_WORD})(?!\w)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:\s?\(\d+\)|\))?[\s-]?(%|€|\$|£|¥|[^\W\d_]+(?:\.h\.)?)")
_FIGURE = re.compile(rf"(?P<digits>{_DIGITS})(?=(?:{_ATTACHED})?(?!{_LETTER}))", re.IGNORECASE)
_CLINGING = re.compile(rf"(?:{_LETTER}|\d|\d[.,])\Z")
LONGEST_MONEY = 4
"""Characters before a figure that may name its currency, with a space."""
_MONEY_BEFORE = re.compile(rf"(?P<before>US\$|[€$£¥]|\b(?:{_CODES}))\s?\Z", re.IGNORECASE)
_TABLE_SCALE = re.compile(r"\bin (thousands|millions|billions)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A number in a text. `values`: its readings ('1,200' may be 1.2 in German), likeliest first."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    unit: str = ""
    doubtful: bool = False
    """Whether it may be no number at all."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that says more than its digits. `scaled`: a word multiplies it ('1.2 million')."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    unit: str
    scaled: bool


def numbers(text: str) -> list[Written]:
    """The numbers in a text, with units and multipliers, in order; digits within words are none."""
    return list(_numbers(text))


def _numbers(text: str) -> Iterator[Written]:
    for match in _NUMBER.finditer(text):
        values = _values(match)
        if not values:
            continue
        start, end = match.start(), match.end()
        while text[start].isspace():
            start += 1
        power, end = _power(text, end)
        unit, end = _unit(match["before"], text, end)
        scaled = tuple((value.scaleb(power)).normalize() for value in values)
        yield Written(start, end, scaled, unit, (match["word"] or "").lower() in _AMBIGUOUS)


def amounts(text: str) -> Iterator[Amount]:
    """The figures that say more than their digits: fractions, and those with a multiplier, a
    currency or a per cent sign. Quicker than all `numbers`."""
    for match in matches(_FIGURE, text):
        start, end = match.span()
        before = _MONEY_BEFORE.search(text, max(start - LONGEST_MONEY, 0), start)
        if not before and _CLINGING.search(text, max(start - 2, 0), start):
            continue
        power, end = _power(text, end)
        unit, end = _unit(before and before["before"], text, end)
        if power and unit not in MONEY and _is_short(text, match.end()):
            power, unit, end = 0, "", match.end()
        if power or unit in MONEY or unit == "%" or not match["digits"].isdigit():
            values = tuple(value.scaleb(power) for value in _readings(match["digits"]))
            yield Amount(before.start() if before else start, end, values, unit, power > 0)


def _is_short(text: str, end: int) -> bool:
    """Whether what multiplies the figure is millions only of money: '8k filing', '5 mm'."""
    match = _AFTER.match(text, end)
    return match is not None and match[1].lower() in _SHORT


def _values(match: re.Match[str]) -> tuple[Decimal, ...]:
    if match["digits"]:
        return _readings(match["digits"])
    if match["tens"]:
        ones = _ONES.get(match["ones"].lower())
        return (Decimal(WORDS[match["tens"].lower()] + ones),) if ones else ()
    return (Decimal(WORDS[match["word"].lower()]),)


def _readings(digits: str) -> tuple[Decimal, ...]:
    """'1,200' -> 1200, 1.2; '1.200,50' -> 1200.5; '3.1.2' (a section) -> none."""
    plain = re.sub(r"['’\s]", "", digits)
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return (Decimal(plain),)
    whole, rest, mark = plain[:last], plain[last + 1 :], plain[last]
    as_point = Decimal(f"{re.sub('[.,]', '', whole)}.{rest}")
    as_whole = Decimal(re.sub("[.,]", "", plain))
    if mark in whole:  # the same mark twice groups thousands, or parts a section's number
        return (as_whole,) if all(len(part) == 3 for part in plain.split(mark)[1:]) else ()
    if len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0":
        return (as_whole, as_point) if mark == "," else (as_point, as_whole)
    return (as_point,)


def _power(text: str, end: int) -> tuple[int, int]:
    """The power of ten that a word after the number adds, and where that ends."""
    match = _AFTER.match(text, end)
    word = match[1].lower() if match else ""
    if not match or word not in _POWER_OF:
        return 0, end
    if len(word) == 1 and match.start(1) > end:  # '5 m' are metres
        return 0, end
    abbreviated = word in _SHORTENED and text[match.end() : match.end() + 1] == "."
    return _POWER_OF[word], _past(match) + abbreviated


def _unit(before: str | None, text: str, end: int) -> tuple[str, int]:
    if before:
        return _UNIT_OF[before.lower()], end
    match = _AFTER.match(text, end)
    word = match[1].lower() if match else ""
    if word == "per" and re.match(r"\s?per cent\b", text[end:], re.IGNORECASE):
        return "%", end + len(" per cent")
    return (_UNIT_OF[word], _past(match)) if match and word in _UNIT_OF else ("", end)


def _past(match: re.Match[str]) -> int:
    """Where a number ends with its unit: of 'thirty (30) days' before the bracket, which holds a
    number of its own."""
    return match.start() if set("()") & set(match.group()) else match.end()


def table_powers(text: str) -> tuple[int, ...]:
    """The powers of ten that a table's figures are in ('in millions'), where it says so."""
    return tuple({_POWER_OF[match[1].lower().rstrip("s")] for match in _TABLE_SCALE.finditer(text)})
