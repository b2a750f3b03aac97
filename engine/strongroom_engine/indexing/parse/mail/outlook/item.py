"""A message, appointment or contact of Outlook as the MIME message that it would be.

So it is read by what reads every other message, and looks the same.
"""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import encoders
from email.errors import MessageError
from email.header import Header
from email.message import Message
from email.parser import BytesParser, HeaderParser
from email.policy import compat32
from email.utils import format_datetime, formataddr

from strongroom_engine.indexing.parse.clean import has_words, one_line
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.mail.headers import Mime
from strongroom_engine.indexing.parse.mail.outlook import rtf_body
from strongroom_engine.indexing.parse.mail.outlook.properties import (
    CLASS,
    Properties,
)
from strongroom_engine.indexing.parse.mail.outlook.telling import Told, told
from strongroom_engine.indexing.parse.office.rtf_tokens import of_page

MAX_DEPTH = 8
"""Messages attached to messages attached to messages."""
_SUBJECT, _HEADERS, _BODY, _HTML, _RTF = 0x0037, 0x007D, 0x1000, 0x1013, 0x1009
_DATA, _METHOD, _LONG_NAME, _NAME, _SHOWN_NAME = 0x3701, 0x3705, 0x3707, 0x3704, 0x3001
_OUTSIDE = (2, 3, 4, 7)
"""Ways to attach a file that tell only where it is."""
_MIME, _CONTENT_ID = 0x370E, 0x3712
_HTML_PAGE = 0x3FDE
_INDEX = 0x0071
_SENDERS = ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F)))
_RECIPIENTS = (("To", 1, 0x0E04), ("Cc", 2, 0x0E03), ("Bcc", 3, 0x0E02))
_IDS = (("Message-ID", 0x1035), ("In-Reply-To", 0x1042), ("References", 0x1039))
_BANNER = "Microsoft Mail Internet Headers"
_BLANK = re.compile(r"(?:[ \t\xa0]*\r?\n){3,}")
"""Outlook sets a blank line between all paragraphs, and keeps those that were there."""
_DOTS = ("\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85")


@dataclass(frozen=True, slots=True)
class Attached:
    """`message` is there where it is one of Outlook's own; `is_lost`: it is one that cannot be
    read."""

    properties: Properties
    message: Item | None = None
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    properties: Properties
    recipients: tuple[Properties, ...] = ()
    attachments: tuple[Attached, ...] = field(default=())


def as_message(item: Item, depth: int = 0) -> Mime:
    """The message, whole: what is attached is in it."""
    made = Message(policy=compat32)
    kind = told(item.properties, has_people=bool(item.recipients))
    for name, said in _head(item, kind):
        made[name] = said
    made["Content-Type"] = "multipart/mixed"
    parts = [*_signed(item)] or [*_said(item.properties, kind), *_attached(item, depth)]
    for part in parts:
        made.attach(part)
    if not made.get_payload():
        made.attach(_text("", "plain"))
    return made


def as_eml(item: Item) -> bytes:
    """The same as a file."""
    return as_message(item).as_bytes(policy=compat32)


def name_of(properties: Properties) -> str:
    """What the item is called: the subject, or whom it tells of."""
    return subject(properties) or one_line(properties.text(_SHOWN_NAME))


def subject(properties: Properties) -> str:
    said = next(iter(properties.texts(_SUBJECT)), "") or properties.text(0x0E1D, 0x0070)
    if said.startswith("\x01"):  # and the length of its 'Re: ', as PST has it
        said = said[2:]
    return one_line(said, 1000)


# --- the lines above it ----------------------------------------------------------------------------


def _head(item: Item, kind: Told) -> Iterator[tuple[str, str]]:
    properties = item.properties
    written = _transported(properties.text(_HEADERS))
    lines = [("From", "" if kind.content_class else _sender(properties, written))]
    for name, number, shown in _RECIPIENTS:
        people = _recipients(item, number) or _shown(properties.text(shown))
        lines.append((name, headers.listed(people or _written(written, name))))
    lines += [
        ("Subject", subject(properties) or kind.title),
        ("Date", _date(properties, written, kind)),
        ("Content-Class", kind.content_class),
        ("Thread-Index", b64encode(properties.data(_INDEX)).decode("ascii")),
    ]
    for name, number in _IDS:
        lines.append((name, properties.text(number) or str(written.get(name) or "")))
    yield from ((name, _encoded(said)) for name, said in lines if said)


def _transported(said: str) -> Mime:
    """The lines that the message had on its way through the network."""
    if said.startswith(_BANNER):
        said = said.partition("\n")[2]
    return HeaderParser(policy=compat32).parsestr(said.lstrip())


def _encoded(said: str) -> str:
    """A header's text as ASCII: what it says may be no sound header at all."""
    said = " ".join(said.split())
    return said if said.isascii() else Header(said, "utf-8", maxlinelen=10_000).encode()


def _sender(properties: Properties, written: Mime) -> str:
    """With an address, where one is told."""
    found = [_person(properties, name, addresses) for name, addresses in _SENDERS]
    found = [one for one in (*found, *_written(written, "From")) if one]
    return next((one for one in found if "@" in one), next(iter(found), ""))


def _written(written: Mime, name: str) -> list[str]:
    """The people in a line of the message's way through the network."""
    found = (one.rpartition(" <") for one in headers.people(written, name))
    return [_addressed(said, address.strip("<>")) for said, _, address in found]


def _shown(said: str) -> list[str]:
    """People as Outlook lists them, without addresses."""
    return [formataddr((name.strip(), "")) for name in said.split(";") if name.strip()]


def _recipients(item: Item, number: int) -> list[str]:
    people = [
        _person(each, _SHOWN_NAME, (0x39FE, 0x3003))
        for each in item.recipients
        if each.number(0x0C15) & 0xF == number
    ]
    return [one for one in people if one]


def _person(properties: Properties, name: int, addresses: tuple[int, ...]) -> str:
    """Name and address; what Exchange calls people by is no address."""
    found = (properties.text(each) for each in addresses)
    address = next((one for one in found if "@" in one and not one.startswith("/")), "")
    said = one_line(properties.text(name), 500)
    said = said.removesuffix(f"<{address}>").strip() if address else said
    if said.strip("'\"").casefold() == address.casefold():
        said = ""
    return _addressed(said, one_line(address, 500)) if said or address else ""


def _addressed(name: str, address: str) -> str:
    """As a header has it, where an address has to be ASCII."""
    if address.isascii():
        return formataddr((name, address))
    return formataddr((f"{name} {address}".strip(), ""))


def _date(properties: Properties, written: Mime, kind: Told) -> str:
    """With the sender's zone, where the message came through the network."""
    sent = headers.sent(written) if written.get("Date") else None
    moment = kind.moment or sent or properties.moment(0x0039, 0x0E06)
    return format_datetime(moment) if moment else ""


# --- what it says ----------------------------------------------------------------------------------


def _said(properties: Properties, kind: Told) -> Iterator[Mime]:
    if kind.lines:
        yield _text("\n".join(kind.lines), "plain")
    plain, html = _BLANK.sub("\n\n", properties.text(_BODY)), _html(properties)
    if not html and not has_words(plain):
        shape, said = rtf_body.read(properties.data(_RTF))
        plain, html = (plain, said) if shape == "html" else (said or plain, "")
    texts = ((plain, "plain"), (html, "html"))
    bodies = [_text(said, shape) for said, shape in texts if has_words(said)]
    if len(bodies) < 2:
        yield from bodies
        return
    both = Message(policy=compat32)
    both["Content-Type"] = "multipart/alternative"
    for one in bodies:
        both.attach(one)
    yield both


def _html(properties: Properties) -> str:
    """It is kept as bytes, mostly."""
    if said := properties.text(_HTML):
        return said
    data = properties.data(_HTML).rstrip(b"\0")
    page = of_page(properties.number(_HTML_PAGE)) if properties.has(_HTML_PAGE) else ""
    return headers.decoded(data, page or properties.page) if data else ""


def _text(said: str, shape: str) -> Mime:
    for one in _DOTS:
        said = said.replace(one, "\n")
    part = Message(policy=compat32)
    part["Content-Type"] = f'text/{shape}; charset="utf-8"'
    return _filled(part, said.encode("utf-8", "replace"))


def _filled(part: Mime, data: bytes) -> Mime:
    part.set_payload(data)
    encoders.encode_base64(part)
    return part


def _signed(item: Item) -> Iterator[Mime]:
    """The one part of a message that is signed or encrypted, which lies in it as a file."""
    if ".smime" not in item.properties.text(CLASS).lower() or len(item.attachments) != 1:
        return
    data = item.attachments[0].properties.data(_DATA)
    if data[:20].lower().startswith(b"content-type:"):
        yield BytesParser(policy=compat32).parsebytes(data)
    elif data:
        part = Message(policy=compat32)
        part["Content-Type"] = "application/pkcs7-mime"
        yield _filled(part, data)


# --- what lies in it -------------------------------------------------------------------------------


def _attached(item: Item, depth: int) -> Iterator[Mime]:
    for one in item.attachments:
        name = one_line(one.properties.text(_LONG_NAME, _NAME, _SHOWN_NAME), 300)
        if one.is_lost:
            yield _message(Message(policy=compat32))
        elif one.properties.number(_METHOD) in _OUTSIDE:
            part = Message(policy=compat32)
            part["Content-Type"] = "message/external-body"
            yield part
        elif one.message is not None and depth < MAX_DEPTH:
            yield _message(as_message(one.message, depth + 1))
        else:
            yield _file(name, one.properties)


def _message(message: Mime) -> Mime:
    part = Message(policy=compat32)
    part["Content-Type"] = "message/rfc822"
    part.set_payload([message])
    return part


def _file(name: str, properties: Properties) -> Mime:
    """A file; where it cannot be read, an empty message stands for it, which none is."""
    data = properties.content(_DATA)
    if data is None:
        return _message(Message(policy=compat32))
    kind = one_line(properties.text(_MIME)).lower()
    if not kind or kind.startswith(("multipart/", "message/")) or not _is_kind(kind):
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    part = Message(policy=compat32)
    part["Content-Type"] = kind
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name or "file"))
    if content_id := one_line(properties.text(_CONTENT_ID)):
        part["Content-ID"] = _encoded(f"<{content_id}>")
    return _filled(part, data)


def _is_kind(kind: str) -> bool:
    part = Message(policy=compat32)
    part["Content-Type"] = _encoded(kind)
    try:
        return part.get_content_type() == kind
    except MessageError:
        return False
