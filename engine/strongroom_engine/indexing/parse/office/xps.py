"""Documents as they are printed (XPS): made a PDF in memory, and read and drawn as such."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pymupdf

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.messages import PageLines, RenderedPage
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf import document
from strongroom_engine.types import Document

MEDIA_TYPE = "application/vnd.ms-xpsdocument"
STRUCTURE = "it does not have the structure of an XPS document"


def parse(file: OpenFile) -> Document:
    with _as_pdf(file) as made:
        return replace(document.parse(made), media_type=MEDIA_TYPE)


def render(
    file: OpenFile, page: int, width_px: int, spans: tuple[tuple[int, int], ...]
) -> RenderedPage:
    with _as_pdf(file) as made:
        return document.render(made, page, width_px, spans)


def lines(file: OpenFile, page: int) -> PageLines:
    with _as_pdf(file) as made:
        return document.lines(made, page)


@contextmanager
def _as_pdf(file: OpenFile) -> Iterator[OpenFile]:
    try:
        with document.mupdf_errors(), pymupdf.open(stream=file.read(), filetype="xps") as found:
            content = found.convert_to_pdf()
    except DamagedDocument as exc:
        raise DamagedDocument(why=STRUCTURE) from exc
    yield replace(file, file=io.BytesIO(content))
