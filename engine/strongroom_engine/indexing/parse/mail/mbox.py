"""Mailboxes that keep their messages in one file (MBOX): each message is a document of its own.

A mailbox may be larger than the memory there is: it is read in blocks, and a message by itself. Its
name is made of when it was sent and of its subject, so that it stays what it is when others come or
go before it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import BinaryIO

from strongroom_engine.errors import NoText, TooLarge, Vanished
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.mail.eml import PARSER
from strongroom_engine.indexing.parse.mail.headers import Mime, said
from strongroom_engine.indexing.parse.mail.naming import Names, of_message
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE, human_size
from strongroom_engine.sentences import left_out as say
from strongroom_engine.types import Document, LeftOut, Member, Page, Place

MEDIA_TYPE = "application/mbox"
_BLOCK = 4 << 20
_OVERLAP = 4096
_HEAD_BYTES = 256 << 10
_HEAD_SAMPLE = 16 << 10
_MOST_INSIDE = 100
"""So many lines in a message may look as if another began."""
_SEPARATOR = re.compile(rb"\n(From [^\n]{0,1000}\n)(?=[!-9;-~]{1,200}[ \t]*:|>From )")
_TIME = re.compile(rb"\d\d?:\d\d")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_DATE = re.compile(rb"^Date:[ \t]*([^\r\n]+)\r?\n(?![ \t])", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^X-Mozilla-Status:[ \t]*([0-9a-f]{4})", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NEAR = 4
"""So many bytes may stand between the end that a message says it has, and the next one."""
_DELETED = 0x0008
_MARKS = re.compile(
    rb"^(?:X-Mozilla-[^:\n]*|X-Gmail-Labels|X-Status|Status):[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.IGNORECASE | re.MULTILINE,
)
"""What mail programs note of a message, and change in place: whether it was read, its labels."""
_INTERNAL = b"DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"
_MOST_PEOPLE = 10
_UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a message lies; `minute` as its name begins."""

    start: int
    end: int
    minute: str


@dataclass(frozen=True, slots=True)
class _Index:
    """What is remembered of a mailbox, whose messages are asked for one after the other. `named`
    are the messages of a minute by their names, for each minute that was asked for."""

    spans: tuple[_Span, ...]
    deleted: int
    named: dict[str, dict[str, _Span]] = field(default_factory=dict)


def parse(file: OpenFile) -> Document:
    index = _index(file)
    names, members = Names(), []
    people: Counter[str] = Counter()
    moments: list[datetime] = []
    for span in index.spans:
        head = _head(file.file, span)
        message = _headers(head)
        name = names.unique(_name(message))
        members.append(Member(name, _size(file.file, span), 0, _identity(file.file, span, head)))
        people.update(headers.people(message, "From")[:1])
        if moment := headers.sent(message):
            moments.append(moment)
    if not members:
        raise NoText
    left_out = (LeftOut(say.DELETED_MAILS(), index.deleted),) if index.deleted else ()
    mailbox = of_messages(file.stem, members, moments, people)
    return replace(mailbox, media_type=MEDIA_TYPE, parser=PARSER, left_out=left_out)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    minute = _UNDATED if inner.startswith(_UNDATED) else inner[: len("2024-03-02 17.30")]
    named = _named(file, minute)
    name = next((one for one in (inner, inner.partition("/")[0]) if one in named), None)
    if name is None:
        raise Vanished
    return name, _message(file, named[name])


def _named(file: OpenFile, minute: str) -> dict[str, _Span]:
    """The messages of a minute by their names."""
    index = _index(file)
    if minute not in index.named:
        names = Names()
        index.named[minute] = {
            names.unique(_name(_headers(_head(file.file, span)))): span
            for span in index.spans
            if span.minute == minute
        }
    return index.named[minute]


def _message(file: OpenFile, span: _Span) -> bytes:
    limit = file.settings.max_member_mb * MEGABYTE
    if span.end - span.start > limit:
        raise TooLarge(size=human_size(span.end - span.start), limit=human_size(limit))
    return _unquoted(_read(file.file, span.start, span.end))


def _unquoted(data: bytes) -> bytes:
    """Without the mark that keeps a line of the text from looking like the beginning of a message."""
    return _QUOTED_FROM.sub(rb"\1", data)


# --- the index -----------------------------------------------------------------------------------


def _index(file: OpenFile) -> _Index:
    if "mailbox" not in file.memo:
        size = file.file.seek(0, os.SEEK_END)
        file.memo["mailbox"] = _Index(*_living(file.file, list(_spans(file.file, size))))
    index: _Index = file.memo["mailbox"]
    return index


def _living(file: BinaryIO, spans: list[tuple[int, int]]) -> tuple[tuple[_Span, ...], int]:
    """The messages that are there, and how many were deleted."""
    found, deleted = [], 0
    for start, end, head in _whole(file, spans):
        status = _STATUS.search(head)
        if status and int(status[1], 16) & _DELETED:
            deleted += 1
        elif _INTERNAL not in head:
            found.append(_Span(start, end, _minute(file, start, end, head)))
    return tuple(found), deleted


def _whole(file: BinaryIO, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, bytes]]:
    """The messages with the beginning of each. One that says how long it is (MBOXCL) may hold lines
    that look as if another began; it is believed where it ends with one."""
    said_end = 0
    for number, (start, end) in enumerate(spans):
        if start < said_end:
            continue
        head = _read(file, start, min(end, start + _HEAD_SAMPLE))
        ending, length = _END_OF_HEAD.search(head), _LENGTH.search(head)
        if ending and length and length.start() < ending.start():
            until = start + ending.end() + int(length[1])
            later = (one for _, one in spans[number : number + _MOST_INSIDE])
            said_end = next((one for one in later if 0 <= one - until <= _NEAR), 0)
        yield start, max(end, said_end), head


def _minute(file: BinaryIO, start: int, end: int, head: bytes) -> str:
    ending = _END_OF_HEAD.search(head)
    dated = _DATE.search(head[: ending.start() + 2] if ending else head)
    moment = headers.moment_of(dated[1].decode("latin-1")) if dated else None
    if moment is None:
        moment = headers.sent(_headers(_head(file, _Span(start, end, ""))))
    return f"{moment:%Y-%m-%d %H.%M}" if moment else _UNDATED


def _spans(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Where each message begins (after its line 'From …') and ends."""
    start = -1
    for separator, after in _separators(file, size):
        if start >= 0 and separator > start:
            yield start, separator
        start = after
    if 0 <= start < size:
        yield start, size


def _separators(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Where each line begins that separates messages, and where it ends."""
    file.seek(0)
    buffer, origin, last = b"\n", -1, -1
    while block := file.read(_BLOCK):
        buffer += block
        at_end = origin + len(buffer) >= size
        for match in _SEPARATOR.finditer(buffer):
            begins = origin + match.start(1)
            if begins > last and (at_end or match.end() < len(buffer) - 300):
                if _is_separator(buffer, match):
                    yield begins, origin + match.end(1)
                last = begins
        kept = min(len(buffer), _OVERLAP)
        origin += len(buffer) - kept
        buffer = buffer[len(buffer) - kept :]


def _is_separator(buffer: bytes, match: re.Match[bytes]) -> bool:
    """Whether it is no line of a text that happens to begin so."""
    before = (
        buffer[: match.start()].rstrip(b"\r")
        if match.start() < 3
        else (buffer[match.start() - 2 : match.start()].rstrip(b"\r"))
    )
    return not before or before.endswith(b"\n") or bool(_TIME.search(match[1]))


# --- one message ---------------------------------------------------------------------------------


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _head(file: BinaryIO, span: _Span) -> bytes:
    """The lines above the text of a message."""
    size = 8192
    while True:
        head = _read(file, span.start, min(span.end, span.start + size))
        if (ending := _END_OF_HEAD.search(head)) is not None:
            return head[: ending.end()]
        if size >= _HEAD_BYTES or span.start + size >= span.end:
            return head
        size *= 4


def _headers(head: bytes) -> Mime:
    return BytesHeaderParser(policy=compat32).parsebytes(head)


def _name(message: Mime) -> str:
    return of_message(headers.sent(message), said(message, "Subject"))


def _size(file: BinaryIO, span: _Span) -> int:
    """How long the message is, without the blank line that comes with the next one."""
    tail = _read(file, max(span.start, span.end - 8), span.end)
    return span.end - span.start - (len(tail) - len(tail.rstrip(b"\r\n")))


def _identity(file: BinaryIO, span: _Span, head: bytes) -> str:
    """What changes with the message, but not with what a mail program notes of it."""
    digest = hashlib.blake2b(_MARKS.sub(b"", head), digest_size=12)
    at = span.start + len(head)
    while at < span.end:
        block = _read(file, at, min(at + _BLOCK, span.end))
        if not block:
            break
        at += len(block)
        # The blank line that separates it from the next one comes with that one.
        digest.update(block.rstrip(b"\r\n") if at >= span.end else block)
    return digest.hexdigest()


def of_messages(
    name: str, members: list[Member], moments: list[datetime], people: Counter[str]
) -> Document:
    """The document of a mailbox of any kind: what it says of itself, and its messages."""
    text = _summary(name, len(members), moments, people)
    return Document(
        title=name,
        media_type="",
        pages=(Page(1, text),),
        paged=False,
        places=(Place(0, 1, "mailbox", name),),
        members=tuple(members),
    )


def _summary(name: str, number: int, moments: list[datetime], people: Counter[str]) -> str:
    lines = [f"Mailbox {name}: {number:,} message{'' if number == 1 else 's'}."]
    if moments:
        ordered = sorted(moments, key=headers.milliseconds)
        first, last = headers.day(ordered[0]), headers.day(ordered[-1])
        lines.append(f"Sent on {first}." if first == last else f"From {first} to {last}.")
    most = [f"{one} ({count:,})" for one, count in people.most_common(_MOST_PEOPLE)]
    if most:
        lines.append(f"Mostly from {', '.join(most)}.")
    return "\n".join(lines)
