"""Web pages that a browser saved as one file (MHTML): the page itself."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from io import BytesIO
from typing import cast

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.sentences.left_out import PICTURES
from strongroom_engine.types import Document, LeftOut

MEDIA_TYPE = "multipart/related"


def parse(file: OpenFile) -> Document:
    """Raises as `html.parse`, and `DamagedDocument` where no page is in it."""
    message = email.message_from_bytes(file.read(), policy=email.policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise DamagedDocument(why="it does not have the structure of a web page")
    data = cast(bytes, pages[0].get_payload(decode=True) or b"")
    charset = pages[0].get_content_charset() or ""
    page = html.parse(replace(file, file=BytesIO(_marked(data, charset))))
    pictures = sum(part.get_content_maintype() == "image" for part in message.walk())
    left_out = (*page.left_out, LeftOut(PICTURES(), pictures)) if pictures else page.left_out
    return replace(page, media_type=MEDIA_TYPE, left_out=left_out)


def _marked(data: bytes, charset: str) -> bytes:
    """The page with the encoding that its envelope says, where it says none itself."""
    if not charset or b"charset" in data[:4096].lower():
        return data
    return b'<meta charset="%s">' % charset.encode("ascii", "ignore") + data
