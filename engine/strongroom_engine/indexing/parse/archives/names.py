"""The names of what is in an archive: as text, harmless, and each another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from strongroom_engine.indexing.ignore import ignored
from strongroom_engine.indexing.parse.clean import clean

_DRIVE = re.compile(r"^[A-Za-z]:")
MAX_NAME = 1_000
_ENCODINGS = ("cp437", "cp1252", "cp932", "gb18030", "cp866", "cp1251", "euc-kr", "cp1250")
"""In which programs wrote names before they wrote UTF-8; of equals the first is taken."""
_SCRIPTS = ("LATIN", "CYRILLIC", "HIRAGANA", "KATAKANA", "CJK", "HANGUL", "GREEK")
_EAST_ASIAN = frozenset({"HIRAGANA", "KATAKANA", "CJK"})
_RUN = re.compile(r"[^\W\d_]+")
_COMMON = frozenset("äöüÄÖÜßéèêëàâáãåæçñíìîïóòôõøœúùûýÉÈÀÁÅÆØÇÑ")
"""Letters that the names of files in Western Europe have."""


def decoded(raw: bytes, encoding: str) -> str:
    """A name in the encoding, or in UTF-8 where it is that by its bytes."""
    for each in ("utf-8", encoding):
        try:
            return raw.decode(each)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def guessed(names: Iterable[bytes]) -> str:
    """The encoding that the names of an archive are most likely in, where it is not UTF-8."""
    odd = [name for name in names if not name.isascii() and not _is_utf8(name)]
    sample = odd[:200]
    return max(_ENCODINGS, key=lambda encoding: _likely(sample, encoding))


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _likely(names: Sequence[bytes], encoding: str) -> float:
    """How much like names they look in this encoding."""
    score = 0.0
    for name in names:
        try:
            score += _looks(name.decode(encoding))
        except UnicodeDecodeError:
            score -= 50
    return score


def _looks(text: str) -> float:
    """Letters that stand among their like speak for a text, signs and mixed scripts against it."""
    score = 0.0
    for character in text:
        if not character.isascii():
            score += _weight(character)
    for run in _RUN.findall(text):
        scripts = {_script(character) for character in run}
        if len(scripts) > 1 and not scripts <= _EAST_ASIAN:
            score -= 4 * (len(scripts) - 1)
        if scripts == {"LATIN"} and len(run) > 2 and not any(map(str.isascii, run)):
            score -= 4 * len(run)  # a word of accented letters only is one of another script
        score -= sum(2 for a, b in pairwise(run) if a.islower() and b.isupper())
    return score


def _weight(character: str) -> float:
    if character in _COMMON:
        return 3
    script = _script(character)
    if script in _EAST_ASIAN:
        return 4 if "\u3040" <= character <= "\u30ff" or _is_common_ideograph(character) else 1
    if script in ("CYRILLIC", "HANGUL"):
        return 2
    return 0.5 if script == "LATIN" else -3


def _is_common_ideograph(character: str) -> bool:
    """Those that the old encodings of both countries have first, being the commonest."""
    try:
        return character.encode("gb2312") < b"\xd8" or character.encode("cp932") < b"\x98"
    except UnicodeEncodeError:
        try:
            return character.encode("cp932") < b"\x98"
        except UnicodeEncodeError:
            return False


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")


# --- harmless --------------------------------------------------------------------------------------


def harmless(name: str) -> str:
    """The name as a path that stays inside its archive, '/' between its parts; '' where nothing of
    it is left, or what it names is nobody's document."""
    plain = _DRIVE.sub("", clean(name).replace("\\", "/").replace("\n", " "))
    parts = [part for part in plain.split("/") if part.strip() not in ("", ".", "..")]
    if not parts or any(map(ignored, parts)):
        return ""
    whole = "/".join(parts)
    return whole if len(whole) <= MAX_NAME else _shortened(whole)


def _shortened(name: str) -> str:
    """A name of a thousand characters, with its ending."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:
        return name[:MAX_NAME].rstrip("/")
    return f"{stem[: MAX_NAME - len(ending) - 1].rstrip('/')}.{ending}"


class Unique:
    """Gives each name once, and none that lies inside another as if that were a folder."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._next: dict[str, int] = {}

    def __call__(self, name: str) -> str:
        """The name, or the next one like it that is free."""
        parts = name.split("/")
        for depth in range(1, len(parts)):
            if "/".join(parts[:depth]) in self._files:
                parts[depth - 1] = self._free("/".join(parts[:depth])).rpartition("/")[2]
            self._folders.add("/".join(parts[:depth]))
        name = self._free("/".join(parts))
        self._files.add(name)
        return name

    def _free(self, name: str) -> str:
        folder, slash, last = name.rpartition("/")
        stem, dot, ending = last.rpartition(".")
        stem, ending = (stem, dot + ending) if stem else (last, "")
        key = name
        number = self._next.get(key, 1)
        while name in self._files or name in self._folders:
            number += 1
            name = f"{folder}{slash}{stem} ({number}){ending}"
        self._next[key] = number
        return name
