"""A message as every format of mail gives it, and the document that it makes.

MIME, Outlook's files and mailboxes differ in how they keep a message; from here on they are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from strongroom_engine.errors import DamagedDocument, NoText, UnsupportedFormat
from strongroom_engine.indexing.parse.clean import TextBuilder, clean, has_words, one_line
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.mail.naming import member_of
from strongroom_engine.types import (
    Document,
    Heading,
    ItemList,
    LeftOut,
    MailFacts,
    Member,
    Page,
    Place,
    PlaceKind,
    Table,
)

MEDIA_TYPE = "message/rfc822"
_STUB = 5
"""So many times longer an HTML body is than a plain one that only says that there is an HTML one."""
_SHORT = 300


@dataclass(frozen=True, slots=True)
class Body:
    """What is read of a body. Offsets count from its own beginning."""

    text: str = ""
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    lists: tuple[ItemList, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()

    def moved(self, by: int) -> Body:
        return replace(
            self,
            headings=tuple(replace(one, start=one.start + by) for one in self.headings),
            tables=tuple(
                Table(one.start + by, one.header_end + by, one.end + by) for one in self.tables
            ),
            lists=tuple(
                ItemList(tuple(item + by for item in one.items), one.end + by) for one in self.lists
            ),
            hidden=tuple((start + by, end + by) for start, end in self.hidden),
        )


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that lies in the message; `name` is unique there."""

    name: str
    size: int
    data: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Letter:
    """`sent` is None where it is not known."""

    subject: str = ""
    sender: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    """Who had a copy that the others do not know of: in the mail of its sender only."""
    sent: datetime | None = None
    written_date: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    kind: PlaceKind = "message"
    """What mail programs keep with their messages: an 'event', a 'contact', an 'entry' (a note).
    `sent` is then when it begins."""

    @property
    def facts(self) -> MailFacts:
        return MailFacts(
            message_id=self.message_id,
            references=self.references,
            subject=self.subject,
            sender=headers.listed(self.sender[:1]),
            recipients=tuple(dict.fromkeys((*self.to, *self.copies, *self.blind))),
            sent_ms=headers.milliseconds(self.sent),
        )


def plain(text: str) -> Body:
    """The body that is text; its line ends become the library's."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (line.rstrip() for line in text.split("\n"))
    return Body("\n".join(lines).strip("\n"))


def html(source: str) -> Body:
    """The body that is a web page; empty where it has no structure that can be read."""
    from strongroom_engine.indexing.parse.web.html import read

    try:
        text, _, found = read(source.encode("utf-8", "replace"))
    except (DamagedDocument, UnsupportedFormat, NoText):
        return Body()
    return _built(text, found)


def _built(text: str, found: TextBuilder) -> Body:
    return Body(text, found.headings, found.tables, found.lists, found.hidden)


def better(text: Body, page: Body) -> Body:
    """Of a body that is there as text and as a web page the text, which its sender's program made
    for readers like this one; but not where it only says that there is another."""
    if not has_words(text.text):
        return page if has_words(page.text) else text
    is_stub = len(text.text) < _SHORT and len(page.text) > _STUB * len(text.text)
    return page if is_stub else text


def document(letter: Letter, stem: str, parser: str, media_type: str = MEDIA_TYPE) -> Document:
    """The document of a message; raises `NoText` where it says nothing at all."""
    head = _head(letter)
    if not has_words(head) and not any(has_words(body.text) for body in letter.bodies):
        raise NoText
    text, bodies = _joined(head, letter.bodies)
    is_message = letter.kind == "message"
    above = () if is_message or not letter.subject else (Heading(0, 1, one_line(letter.subject)),)
    moment = headers.as_written(letter.sent) if letter.kind in ("message", "event") else 0
    return Document(
        title=one_line(letter.subject or stem),
        media_type=media_type,
        pages=(Page(1, text),),
        paged=False,
        headings=(*above, *(one for body in bodies for one in body.headings)),
        tables=tuple(one for body in bodies for one in body.tables),
        lists=tuple(one for body in bodies for one in body.lists),
        hidden=tuple(one for body in bodies for one in body.hidden),
        places=(Place(0, 1, letter.kind, letter.subject, moment or None),),
        members=tuple(Member(one.name, one.size) for one in letter.attachments),
        mail=letter.facts if is_message else None,
        parser=parser,
        left_out=letter.left_out,
    )


def _head(letter: Letter) -> str:
    is_message = letter.kind == "message"
    date = headers.moment_line(letter.sent) if letter.sent else letter.written_date
    lines = (
        ("From", headers.listed(letter.sender)),
        ("To", headers.listed(letter.to)),
        ("Cc", headers.listed(letter.copies)),
        ("Bcc", headers.listed(letter.blind)),
        ("Date", date if is_message else ""),
        ("Subject", letter.subject if is_message else ""),
        ("Attachments", ", ".join(one.name for one in letter.attachments)),
    )
    said = (_lines(lines),) if is_message else (letter.subject, _lines(lines))
    return clean("\n".join(filter(None, said)))


def _lines(said: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {text}" for name, text in said if text)


def _joined(head: str, bodies: Sequence[Body]) -> tuple[str, list[Body]]:
    """The text of head and bodies, a blank line between them, and the bodies as they stand in it."""
    text, moved = head, []
    for body in bodies:
        if body.text.strip():
            text += "\n\n" if text else ""
            moved.append(body.moved(len(text)))
            text += body.text
    return text, moved


def open_attachment(letter: Letter, inner: str) -> tuple[str, bytes]:
    """What a path inside the message leads to; raises `Vanished`."""
    name = member_of((one.name for one in letter.attachments), inner)
    return name, next(one for one in letter.attachments if one.name == name).data()
