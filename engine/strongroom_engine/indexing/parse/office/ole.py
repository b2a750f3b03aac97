"""The container of Office before 2007 (OLE, a file system in a file): its streams and its title."""

from __future__ import annotations

import struct
from typing import Any

from strongroom_engine.errors import DamagedDocument

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""With what such a file begins."""
_SUMMARY = "\x05SummaryInformation"
_SECTION = 44
"""Where in the properties the place of the first section stands."""
_ENCODING, _TITLE = 1, 2
_BYTES, _WIDE = 30, 31
MAX_PROPERTIES = 100
MAX_TITLE_BYTES = 1000


def stream(container: Any, name: str, structure: str) -> bytes:
    """The bytes of a stream; `structure` is the reason where it is not there."""
    if not container.exists(name):
        raise DamagedDocument(why=structure)
    content: bytes = container.openstream(name).read()
    return content


def title(container: Any) -> str:
    """What the properties of the document call it; '' where they are broken, too.

    olefile reads all of them, and a hostile one can say that it has four thousand million values.
    """
    try:
        data = container.openstream(_SUMMARY).read() if container.exists(_SUMMARY) else b""
        places = dict(_properties(data))
        encoding = 1252
        if _ENCODING in places:
            (encoding,) = struct.unpack_from("<H", data, places[_ENCODING] + 4)
        return _string(data, places[_TITLE], encoding)
    except (OSError, LookupError, struct.error, ValueError):
        return ""


def _properties(data: bytes) -> list[tuple[int, int]]:
    """The number of each property, and its place."""
    (section,) = struct.unpack_from("<I", data, _SECTION)
    (count,) = struct.unpack_from("<I", data, section + 4)
    pairs = [
        struct.unpack_from("<II", data, section + 8 + 8 * number)
        for number in range(min(count, MAX_PROPERTIES))
    ]
    return [(name, section + place) for name, place in pairs]


def _string(data: bytes, place: int, encoding: int) -> str:
    kind, length = struct.unpack_from("<II", data, place)
    size = min(length * (2 if kind == _WIDE else 1), MAX_TITLE_BYTES)
    said = data[place + 8 : place + 8 + size]
    if kind not in {_BYTES, _WIDE}:
        return ""
    if kind == _WIDE or encoding == 1200:
        return said.decode("utf-16-le", "replace").partition("\0")[0]
    name = {65001: "utf-8", 10000: "mac_roman"}.get(encoding, f"cp{encoding}")
    return said.decode(name, "replace").partition("\0")[0]
