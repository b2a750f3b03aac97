"""Books of Mobipocket, Kindle and PalmDOC (MOBI, AZW, AZW3, PRC), without a protection only."""

from __future__ import annotations

from collections.abc import Iterator

from strongroom_engine.errors import NoText, UnsupportedFormat
from strongroom_engine.indexing.parse.books import kf8
from strongroom_engine.indexing.parse.books.palm import Database
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line, sensible_title
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.types import Document, Heading, Page, Place

MEDIA_TYPE = "application/x-mobipocket-ebook"


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`."""
    database = Database(file.read())
    builder = TextBuilder()
    for found in _texts(database, database.text(file.text_limit_bytes)):
        if has_words(found.text):
            builder.append(found)
    if not has_words(builder.text):
        raise NoText
    return Document(
        title=sensible_title(database.header.name) or one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        headings=builder.headings,
        tables=builder.tables,
        lists=builder.lists,
        hidden=builder.hidden,
        places=_chapters(builder.headings),
        parser="KF8" if database.header.version >= kf8.VERSION else "Mobipocket",
    )


def _texts(database: Database, text: bytes) -> Iterator[TextBuilder]:
    for page in kf8.pages(database, text):
        said = _decoded(page, database.header.encoding)
        is_plain = not database.header.version and not said.lstrip().startswith("<")
        yield _plain(said) if is_plain else html.read(said.encode())[2]


def _decoded(text: bytes, encoding: str) -> str:
    try:
        return text.decode(encoding, "replace") if encoding else decode(text)
    except NotText as exc:
        raise UnsupportedFormat(kind="data without text") from exc


def _plain(text: str) -> TextBuilder:
    builder = TextBuilder()
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        builder.add(paragraph.strip("\n"))
    return builder


def _chapters(headings: tuple[Heading, ...]) -> tuple[Place, ...]:
    """The headings of the outermost level that there is."""
    outermost = min((heading.level for heading in headings), default=1)
    found = [heading for heading in headings if heading.level == outermost]
    return tuple(
        Place(heading.start, 1, "chapter", heading.text, number)
        for number, heading in enumerate(found, 1)
    )
