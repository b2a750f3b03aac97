"""What months are called, in the languages of `assets/words/months.txt` (from CLDR)."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from strongroom_engine.settings import assets_folder

_CAPITAL = frozenset({"may", "march", "mar", "mars"})
"""Other words too: beside a day and a year months in any case, beside one of them in capitals."""
_OTHER_WORDS = """
ag ago ara avg bre des dub eki elo gen haz ian kas led lip lis mag marco mrz nis out pro set sie sty
sub tem uno
"""
_ABBREVIATED = frozenset(_OTHER_WORDS.split())
"""Other words too, and months beside a day and a year only."""
_ALSO = {"maerz": 3, "mrz": 3, "feber": 2}
"""Spellings that CLDR does not have."""


def month(name: str) -> int:
    """The number of the month that is called so, in any language, case and accents; 0 for none."""
    return _months().get(_plain(name), 0)


def is_month(name: str, *, day: bool, year: bool) -> bool:
    """Whether the month's name means the month, and not another word, beside what it stands."""
    plain = _plain(name)
    if day and year:
        return True
    if plain in _CAPITAL:
        return name[0].isupper()
    if plain in _ABBREVIATED:
        return False
    return name[0].isupper() or day or year


@cache
def english() -> frozenset[str]:
    """The twelve names in English, in small letters."""
    return frozenset(names[0] for names in _table())


@cache
def _months() -> dict[str, int]:
    named = {_plain(name): at for at, names in enumerate(_table(), 1) for name in names}
    return named | _ALSO


@cache
def _table() -> tuple[tuple[str, ...], ...]:
    lines = (assets_folder() / "words" / "months.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines)


@lru_cache(maxsize=1 << 14)
def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
