"""Books in Mobipocket's format (MOBI, AZW, PRC): MuPDF unpacks them, without a protection only."""

from __future__ import annotations

import struct
from contextlib import suppress

import pymupdf

from strongroom_engine.errors import DamagedDocument, NoText, UnsupportedFormat
from strongroom_engine.indexing.parse.books.parts import Parts
from strongroom_engine.indexing.parse.clean import has_words, one_line, sensible_title
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf.document import mupdf_errors
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.types import Document, Heading, Page, Place

MEDIA_TYPE = "application/x-mobipocket-ebook"
STRUCTURE = "it does not have the structure of a book"

_RECORDS = 76
"""Where the number of records stands, and behind it the places of each."""
_COMPRESSIONS = frozenset({1, 2})
"""None, and PalmDOC's; the third kind, of old dictionaries, MuPDF does not know."""
_FIRST_KF8 = 8
"""From this version on the text is kept in fragments whose order only Kindles know."""
_WIDTH, _HEIGHT = 600.0, 20_000.0
"""Of a page on which it is laid out, in points: so high that few paragraphs are cut by its end."""


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`."""
    data = file.read()
    named = _checked(data, file.text_limit_bytes)
    parts = Parts()
    try:
        with mupdf_errors(), pymupdf.open(stream=data, filetype="mobi") as book:
            book.layout(width=_WIDTH, height=_HEIGHT, fontsize=10)
            for page in book:
                flags = pymupdf.TEXTFLAGS_XHTML & ~pymupdf.TEXT_PRESERVE_IMAGES
                found = html.read(page.get_text("xhtml", flags=flags).encode())[2]
                if has_words(found.text):
                    parts.add(found)
    except DamagedDocument as exc:
        raise DamagedDocument(why=STRUCTURE) from exc
    if not has_words(parts.text):
        raise NoText
    return Document(
        title=sensible_title(named) or one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, parts.text),),
        paged=False,
        headings=tuple(parts.headings),
        tables=tuple(parts.tables),
        lists=tuple(parts.lists),
        hidden=tuple(parts.hidden),
        places=_chapters(parts.headings),
        parser=f"MuPDF {pymupdf.VersionBind}",
    )


def _chapters(headings: list[Heading]) -> tuple[Place, ...]:
    """The headings of the outermost level that there is."""
    outermost = min((heading.level for heading in headings), default=1)
    found = [heading for heading in headings if heading.level == outermost]
    return tuple(
        Place(heading.start, 1, "chapter", heading.text, number)
        for number, heading in enumerate(found, 1)
    )


def _checked(data: bytes, limit_bytes: int) -> str:
    """What the book is called. Refuses what MuPDF would read wrongly or not at all."""
    try:
        (count,) = struct.unpack_from(">H", data, _RECORDS)
        first, second = (struct.unpack_from(">I", data, _RECORDS + 2 + 8 * n)[0] for n in (0, 1))
        compression, size, encryption = struct.unpack_from(">H2xI4xH", data, first)
        (version,) = struct.unpack_from(">I", data, first + 0x24)
    except struct.error as exc:
        raise DamagedDocument(why=STRUCTURE) from exc
    if encryption:
        raise UnsupportedFormat(kind="a book with copy protection (DRM)")
    if compression not in _COMPRESSIONS or _FIRST_KF8 <= version < 0xFF:
        raise UnsupportedFormat(kind="a book in a newer format of Kindle (AZW3)")
    if not count or second <= first:
        raise DamagedDocument(why=STRUCTURE)
    check_size(size, limit_bytes)
    with suppress(struct.error):
        place, length = struct.unpack_from(">II", data, first + 0x54)
        return data[first + place : first + place + min(length, 1000)].decode("utf-8", "replace")
    return ""
