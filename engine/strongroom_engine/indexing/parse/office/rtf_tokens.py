"""Rich text (RTF) as what it is written in: groups, control words, bytes and characters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"([^\\{}\r\n]+)|([{}])|\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\(.)|[\r\n]+|\\",
    re.DOTALL,
)
_LATIN = "cp1252"
# What \fcharset says of the bytes of a font.
_CHARSETS = {
    0: _LATIN, 2: _LATIN, 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gbk", 81: "cp950",
    83: "mac_greek", 85: "mac_turkish", 88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932",
    129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac_roman", 65001: "utf-8", 936: "gbk", 10007: "mac_cyrillic", 1361: "johab"}


@dataclass(slots=True)
class Token:
    """One of: an opening or closing brace (`name` is it), a control word with its number (`name`
    without the backslash), bytes of text, or a byte that is written as a number (`is_byte`)."""

    name: str = ""
    number: int | None = None
    text: bytes = b""
    is_byte: bool = False


def tokens(data: bytes) -> Iterator[Token]:
    """What does not follow the rules is passed over."""
    place = 0
    while (match := _TOKEN.match(data, place)) is not None:
        place = match.end()
        text, brace, word, number, byte, symbol = match.groups()
        if text is not None:
            yield Token(text=text)
        elif brace is not None:
            yield Token(brace.decode("ascii"))
        elif word is not None:
            value = int(number) if number is not None else None
            if word == b"bin":  # so many bytes follow that mean nothing here
                place += max(value or 0, 0)
            else:
                yield Token(word.decode("ascii"), value)
        elif byte is not None:
            yield Token(text=bytes([int(byte, 16)]), is_byte=True)
        elif symbol is not None and symbol in b"{}\\":
            yield Token(text=symbol)
        elif symbol is not None:
            yield Token(symbol.decode("latin-1"))


def of_charset(number: int) -> str | None:
    """The encoding of a font's bytes; None: that of the document."""
    return _CHARSETS.get(number)


def of_page(number: int) -> str | None:
    """The encoding with the number that Windows gives it."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
