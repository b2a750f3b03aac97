"""Bytes -> text, whatever encoding they are in; and whether bytes are text at all.

The text is kept exactly: no line end is changed, so offsets in it are offsets in the file's
decoded text. Only a byte order mark is dropped.
"""

from __future__ import annotations

import codecs
from contextlib import suppress

SAMPLE_BYTES = 64 * 1024
MAX_CONTROLS = 0.01
"""Share of control characters above which bytes are no text."""
MAX_CONTROLS_NAMED = 0.05
"""The same where something else says that they are: a web page that a mail program's bytes got into
is read. Of any bytes about a tenth are control characters."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Tab, line feed, form feed, carriage return, backspace (man pages), escape (ISO-2022, colours).
_TEXT_CONTROLS = frozenset(b"\t\n\x0c\r\x08\x1b")
_CONTROLS = bytes(byte for byte in range(32) if byte not in _TEXT_CONTROLS)
# Hardly in use, and by statistics easily taken for what is.
_RARE = [
    "cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140", "cp1125", "kz1048", "ptcp154",
    "mac_cyrillic", "mac_greek", "mac_latin2", "mac_turkish", "iso8859_4", "iso8859_10",
    "iso8859_13", "iso8859_16", "johab", "utf_7",
]  # fmt: skip
_MANY_ZEROS = 0.4
_FEW_ZEROS = 0.05


class NotText(Exception):
    """These bytes are not text in any encoding."""


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file looks like text."""
    return _by_mark(head) is not None or _wide(head) != "" or not _is_binary(head)


def decode(data: bytes, declared: str = "", max_controls: float = MAX_CONTROLS) -> str:
    """The text; `declared` is what the file says of its own encoding, tried after UTF-8.

    Raises `NotText`.
    """
    if (marked := _by_mark(data)) is not None:
        mark, encoding = marked
        return data[len(mark) :].decode(encoding, errors="replace")
    if wide := _wide(data[:SAMPLE_BYTES]):
        return data.decode(wide, errors="replace")
    if _is_binary(data, max_controls):
        raise NotText
    for encoding in (_escaped(data), "utf-8", declared):
        with suppress(UnicodeDecodeError, LookupError):
            if encoding:
                return data.decode(encoding)
    return data.decode(_guess(data), errors="replace")


def _by_mark(data: bytes) -> tuple[bytes, str] | None:
    return next((pair for pair in _BOMS if data.startswith(pair[0])), None)


def _escaped(data: bytes) -> str:
    """ISO-2022-JP is ASCII to the eye of UTF-8; its escape sequences tell."""
    return "iso2022_jp_2" if b"\x1b$" in data and b"\x1b(" in data else ""


def _is_binary(data: bytes, max_controls: float = MAX_CONTROLS) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > max_controls * len(data)


def _wide(sample: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where the zero bytes of their ASCII characters stand."""
    sample = sample[: len(sample) // 4 * 4]
    if not sample:
        return ""
    quarter = len(sample) // 4
    zeros = [sample[place::4].count(0) / quarter for place in range(4)]
    few, many = [share < _FEW_ZEROS for share in zeros], [share > _MANY_ZEROS for share in zeros]
    if few[0] and many[1] and many[2] and many[3]:
        return _if_sound(sample, "utf-32-le")
    if few[3] and many[0] and many[1] and many[2]:
        return _if_sound(sample, "utf-32-be")
    if few[0] and few[2] and many[1] and many[3]:
        return _if_sound(sample, "utf-16-le")
    if few[1] and few[3] and many[0] and many[2]:
        return _if_sound(sample, "utf-16-be")
    return ""


def _if_sound(sample: bytes, encoding: str) -> str:
    """The encoding, unless what it gives is full of control characters or no text at all."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)
    odd = sum((ord(c) < 32 and ord(c) not in _TEXT_CONTROLS) or c == "\ufffd" for c in text)
    return encoding if odd <= MAX_CONTROLS * len(text) else ""


def _guess(data: bytes) -> str:
    """The likeliest of the encodings from before Unicode."""
    if _is_western(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    found = from_bytes(data[:SAMPLE_BYTES], cp_exclusion=_RARE).best()
    return found.encoding if found else "cp1252"


def _is_western(data: bytes) -> bool:
    """Windows-1252 and Latin-1, which guessing by statistics confuses when there is little text:

    here and there an accented letter among ASCII letters.
    """
    sample = data[:SAMPLE_BYTES]
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    letters = sum(sample.count(byte) for byte in b"aeinorstAEINORST")
    with suppress(UnicodeDecodeError):
        text = sample.decode("cp1252")
        accented = sum(character.isalpha() for character in text if character > "\x7f")
        return high <= 0.5 * letters and accented >= 0.6 * high
    return False
