"""What the lines above a message say, however they are written.

Mail programs have broken every rule of these lines for forty years: bytes of some encoding where
only ASCII may stand, encoded words cut in the middle of a character, dates of all sorts. Nothing
here raises; what cannot be understood is kept as it is written.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from email._parseaddr import (  # type: ignore[import-not-found]
    AddressList,  # `getaddresses` gives up on a line with one fault
)
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.decode import NotText, decode

Mime = Message
"""A message, or a part of one, as the standard library's older policy reads it: that one never
raises on what is broken."""

_ID = re.compile(r"<\s*([^<>\s]+?)\s*>")
_BARE_ID = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
_MAX_HEADER = 20_000
"""Characters of one line that are looked at: what is longer is an attack, or a list of thousands."""
_MAX_IDS = 500
_INDEX_BYTES = 22
"""Of an index of Outlook's those that all messages of an exchange share."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def said(part: Mime, name: str) -> str:
    """What a line says, as text on one line; '' where there is none."""
    return text_of(part.get(name))


def text_of(value: object) -> str:
    """A header's value as text on one line."""
    written = "" if value is None else str(value)[:_MAX_HEADER]
    return one_line(_words(_unescaped(written)), _MAX_HEADER)


def _unescaped(written: str) -> str:
    """Bytes that are no ASCII, which the standard library hides in surrogates, as characters."""
    try:
        data = written.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return written
    if data.isascii():
        return written
    with suppress(NotText):
        return decode(data)
    return data.decode("latin-1")


def _words(written: str) -> str:
    if "=?" not in written:
        return written
    try:
        pieces = decode_header(re.sub(r"\r?\n[ \t]*", " ", written))
    except (ValueError, LookupError, MessageError):
        return written
    return "".join(_piece(data, charset) for data, charset in pieces)


def _piece(data: bytes | str, charset: str | None) -> str:
    if isinstance(data, str):
        return data
    if charset is None:  # what stands between encoded words
        return data.decode("latin-1")
    return decoded(data, charset)


def decoded(data: bytes, charset: str) -> str:
    """The text of bytes in the encoding that they are said to be in, or rather in another one."""
    charset = charset.lower()
    if charset in _WESTERN and not data.isascii():  # said by programs that send UTF-8 all the same
        with suppress(UnicodeDecodeError):
            return data.decode()
    if charset not in ("", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default"):
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            return data.decode(_WIDER.get(charset, charset))
    with suppress(NotText):
        return decode(data, charset)
    return data.decode("latin-1")


_WESTERN = frozenset({"iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "latin-1", "latin1"})
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "ks_c_5601-1987": "cp949",
          "shift_jis": "cp932", "iso-8859-8-i": "iso-8859-8", "cp-850": "cp850"}  # fmt: skip
"""What is written under a name that says too little, as mail programs have it."""


def people(part: Mime, *names: str) -> tuple[str, ...]:
    """'Ana Keller <ana@example.org>', one for each address in these lines."""
    found = []
    for name in names:
        for value in part.get_all(name, []):
            found += _addresses(_unescaped(str(value)[:_MAX_HEADER]))
    return tuple(dict.fromkeys(found))


def _addresses(written: str) -> list[str]:
    try:
        pairs = AddressList(re.sub(r"\r?\n[ \t]*", " ", written)).addresslist
    except (ValueError, IndexError, AttributeError, RecursionError):
        pairs = []
    found = [person(one_line(_words(name)), _words(address)) for name, address in pairs]
    found = [one for one in found if one]
    return found or [one for one in [one_line(_words(written))] if one]


def person(name: str, address: str) -> str:
    """Name and address as mail programs show them."""
    address = one_line(address.strip(" <>'\""))
    name = one_line(name.strip(" '\""))
    if not name or name.casefold() == address.casefold():
        return address
    return f"{name} <{address}>" if address else name


def ids(value: object) -> tuple[str, ...]:
    """The ids of messages in a line, without their angle brackets, in their order."""
    written = "" if value is None else str(value)[: 5 * _MAX_HEADER]
    found = _ID.findall(written) or _BARE_ID.findall(written)
    return tuple(dict.fromkeys(one_line(one, 500) for one in found))[-_MAX_IDS:]


def references(part: Mime) -> tuple[str, ...]:
    """The ids of the messages that this one answers, oldest first."""
    before = ids(part.get("References"))
    answered = ids(part.get("In-Reply-To"))
    found = dict.fromkeys((*(one for one in before if one not in answered), *answered))
    return tuple(found) or _exchange(part)


def _exchange(part: Mime) -> tuple[str, ...]:
    """What Outlook calls the exchange that a message belongs to: its first message has it, too."""
    with suppress(ValueError):
        written = "".join(str(part.get("Thread-Index") or "").split())
        index = b64decode(written, validate=True)
        if len(index) >= _INDEX_BYTES:
            return (f"{index[:_INDEX_BYTES].hex()}@thread-index",)
    return ()


def sent(part: Mime) -> datetime | None:
    """When the message was sent, with the sender's time zone where it is known."""
    written = [part.get("Date"), part.get("Resent-Date"), part.get("Delivery-Date")]
    stations = [str(one).rpartition(";")[2] for one in reversed(part.get_all("Received", []))]
    for one in (*written, *stations):
        if one is not None and (moment := moment_of(str(one))):
            return moment
    return None


def moment_of(written: str) -> datetime | None:
    """A date as mail programs write it, or as ISO 8601 has it."""
    written = one_line(_unescaped(written), 200)
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError, TypeError, IndexError, OverflowError, AttributeError):
            moment = read(written)
            if 1970 <= moment.year <= 2200:
                return moment
    return None


def milliseconds(moment: datetime | None) -> int:
    """Since 1970; 0 where it is not known. A moment without a time zone is taken as UTC."""
    if moment is None:
        return 0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


def as_written(moment: datetime | None) -> int:
    """Milliseconds since 1970 that tell in UTC the day and hour that the sender wrote, whatever the
    zone; 0 where there is none."""
    return milliseconds(moment and moment.replace(tzinfo=UTC))


def moment_line(moment: datetime) -> str:
    """'Sat, 2 March 2024 17:30 +0100', as a person reads it and a program still understands."""
    zone = moment.strftime(" %z")[:6].rstrip()
    return f"{weekday(moment)}, {day(moment)} {moment:%H:%M}{zone}"


def weekday(moment: date) -> str:
    """'Sat'."""
    return _DAYS[moment.weekday()]


def day(moment: date) -> str:
    """'2 March 2024'."""
    return f"{moment.day} {month(moment.month)} {moment.year}"


def month(number: int) -> str:
    """'March'; '' for none that there is."""
    return _MONTHS[number - 1] if 1 <= number <= 12 else ""


def listed(names: Iterable[str]) -> str:
    """People in one line."""
    return ", ".join(names)
