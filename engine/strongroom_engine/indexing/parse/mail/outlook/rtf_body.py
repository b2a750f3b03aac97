"""The body of a message of Outlook that is kept as rich text (RTF): packed (MS-OXRTFCP), and often
only the wrapping of a web page or of a plain text (MS-OXRTFEX)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from strongroom_engine.errors import DocumentProblem
from strongroom_engine.indexing.parse.office.rtf_tokens import Token, of_charset, of_page, tokens
from strongroom_engine.indexing.parse.runs import say_again

Shape = Literal["html", "plain", ""]

MAX_BYTES = 64 << 20
_DICTIONARY = 4096
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What stands in the dictionary of the packer at its beginning."""
_PACKED, _UNPACKED = b"LZFu", b"MELA"
_WRAPPED = re.compile(rb"\\from(html|text)")
_UNREAD = frozenset({"colortbl", "stylesheet", "info", "pict", "generator"})
_LETTERS = {
    "par": "\n", "line": "\n", "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—", "~": "\u00a0", "_": "\u00ad",
}  # fmt: skip


def read(packed: bytes) -> tuple[Shape, str]:
    """What the body is, and its text; ('', '') where there is none."""
    data = unpacked(packed).rstrip(b"\0")
    if not data:
        return "", ""
    wrapped = _WRAPPED.search(data[:1000])
    if wrapped is None:
        return "plain", _rich(data)
    return ("html" if wrapped[1] == b"html" else "plain"), _Unwrapping(data).text()


def _rich(data: bytes) -> str:
    from strongroom_engine.indexing.parse.office.rtf import Reader

    reader = Reader()
    try:
        reader.read(data)
    except DocumentProblem:
        return ""
    return reader.builder.text


def unpacked(data: bytes) -> bytes:
    """The rich text; as much of it as is there."""
    if len(data) < 16:
        return b""
    size, length, kind = *struct.unpack_from("<II", data), data[8:12]
    content = data[16 : size + 4]
    if kind == _UNPACKED:
        return content[:length]
    return _unpack(content)[: min(length, MAX_BYTES)] if kind == _PACKED else b""


def _unpack(data: bytes) -> bytes:
    """Runs of what came before (LZ77) in a window that begins with `_START`."""
    made = bytearray(_START)
    at = 0
    while at < len(data) and len(made) < MAX_BYTES:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                made += data[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(data[at : at + 2], "big")
            at += 2
            place = len(made) % _DICTIONARY
            distance = (place - (reference >> 4)) % _DICTIONARY
            if at > len(data) or distance == 0:  # its mark of the end, or it is cut off
                return bytes(made[len(_START) :])
            say_again(made, max(len(made) - distance, 0), (reference & 15) + 2)
    return bytes(made[len(_START) :])


# --- unwrapping ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Look:
    """What holds until its group ends."""

    is_unread: bool = False
    is_markup: bool = False
    is_for_rtf: bool = False
    """Text that only readers of rich text see."""
    is_fonts: bool = False
    font: int = 0
    skipped: int = 1
    """Characters after one in Unicode that stand for programs which do not know it."""


class _Unwrapping:
    """Takes the page or text out of the rich text around it."""

    def __init__(self, data: bytes) -> None:
        self._tokens: Iterator[Token] = tokens(data)
        self._look = _Look()
        self._stack: list[_Look] = []
        self._fonts: dict[int, str] = {}
        self._page = "cp1252"
        self._bytes = bytearray()
        self._said: list[str] = []
        self._to_skip = 0
        self._is_new = False

    def text(self) -> str:
        for token in self._tokens:
            if token.text:
                self._take(token.text)
                continue
            self._decode()
            if token.name != "'":
                self._word(token.name, token.number)
        self._decode()
        said = "".join(self._said)
        return said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _take(self, text: bytes) -> None:
        count = min(self._to_skip, len(text))
        self._to_skip -= count
        if self._is_shown:
            self._bytes += text[count:]

    @property
    def _is_shown(self) -> bool:
        look = self._look
        return not (look.is_unread or look.is_fonts or look.is_for_rtf) or (
            look.is_markup and not look.is_unread
        )

    def _decode(self) -> None:
        if self._bytes:
            page = "" if self._look.is_markup else self._fonts.get(self._look.font, "")
            self._said.append(self._bytes.decode(page or self._page, "replace"))
            self._bytes.clear()

    def _word(self, name: str, number: int | None) -> None:
        is_new, self._is_new = self._is_new, name == "*"
        if name == "{":
            self._stack.append(replace(self._look))
        elif name == "}":
            self._look = self._stack.pop() if self._stack else _Look()
        elif is_new:
            self._look.is_markup = name == "htmltag"
            self._look.is_unread = not self._look.is_markup
        elif name == "u":
            self._unicode(number or 0)
        elif name in _LETTERS:
            if self._is_shown and not self._look.is_markup:
                self._said.append(_LETTERS[name])
        else:
            self._shape(name, number)
        if name in ("{", "}"):
            self._to_skip = 0

    def _unicode(self, number: int) -> None:
        if self._is_shown:
            self._said.append(chr(number & 0xFFFF))
        self._to_skip = self._look.skipped

    def _shape(self, name: str, number: int | None) -> None:
        look = self._look
        if name == "htmlrtf":
            look.is_for_rtf = number != 0
        elif name == "fonttbl":
            look.is_fonts = True
        elif name in _UNREAD:
            look.is_unread = True
        elif name == "f":
            look.font = number or 0
        elif name == "fcharset" and look.is_fonts:
            self._fonts[look.font] = of_charset(number or 0) or ""
        elif name == "ansicpg":
            self._page = of_page(number or 1252) or self._page
        elif name == "uc":
            look.skipped = min(max(number if number is not None else 1, 0), 8)
