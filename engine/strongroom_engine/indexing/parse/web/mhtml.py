"""Web pages that a browser saved as one file (MHTML): the page itself."""

from __future__ import annotations

import email
from collections.abc import Iterable
from dataclasses import replace
from email.message import Message
from io import BytesIO
from typing import cast

from strongroom_engine.errors import DamagedDocument, NoText
from strongroom_engine.indexing.parse.clean import TextBuilder
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.sentences.left_out import PICTURES
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "multipart/related"


def parse(file: OpenFile) -> Document:
    """Raises as `html.parse`, and `DamagedDocument` where no page is in it."""
    message = email.message_from_bytes(file.read())
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not parts:
        raise DamagedDocument(why="it does not have the structure of a web page")
    pages = (_page(file, part) for part in parts)
    page = next(pages) or _in_frames(pages)
    pictures = sum(part.get_content_maintype() == "image" for part in message.walk())
    left_out = (*page.left_out, LeftOut(PICTURES(), pictures)) if pictures else page.left_out
    return replace(page, media_type=MEDIA_TYPE, left_out=left_out)


def _page(file: OpenFile, part: Message) -> Document | None:
    """A page; None where it has no text."""
    data = cast(bytes, part.get_payload(decode=True) or b"")
    charset = part.get_content_charset() or ""
    try:
        return html.parse(replace(file, file=BytesIO(_marked(data, charset))))
    except NoText:
        return None


def _in_frames(pages: Iterable[Document | None]) -> Document:
    """The pages that one shows that has no text itself, as one. Raises `NoText`."""
    builder, first = TextBuilder(), None
    for page in pages:
        if page is not None:
            first = first or page
            builder.append(page)
    if first is None:
        raise NoText
    return replace(
        first,
        pages=(Page(1, builder.text),),
        headings=builder.headings,
        tables=builder.tables,
        lists=builder.lists,
        hidden=builder.hidden,
    )


def _marked(data: bytes, charset: str) -> bytes:
    """The page with the encoding that its envelope says, where it says none itself."""
    if not charset or b"charset" in data[:4096].lower():
        return data
    return b'<meta charset="%s">' % charset.encode("ascii", "ignore") + data
