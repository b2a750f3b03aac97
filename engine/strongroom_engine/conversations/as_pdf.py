"""An exported conversation as a PDF: the page of `as_html`, laid out by MuPDF.

Everywhere else MuPDF reads documents that nobody has vetted, and does so in a process of its own.
Here it reads nothing but the page that was made from escaped text, so it may run in this one.
"""

from __future__ import annotations

import io
import re
import threading
from typing import Any

import pymupdf

from strongroom_engine.conversations.as_html import body
from strongroom_engine.conversations.paper import Paper
from strongroom_engine.settings import assets_folder

A4 = pymupdf.Rect(0, 0, 595, 842)
MARGIN = 62
"""Points around the text."""
LONG_WORD = 40
"""Longer words are broken where they must: paths and addresses have no spaces."""

_WORD = re.compile(rf"(?<![^\s>])[^\s<>&]{{{LONG_WORD},}}")
_PIECE = re.compile(r".{1,30}[-_/.,;:?=\\]|.{1,40}")
_BREAK = "\u200b"
_one_at_a_time = threading.Lock()
"""MuPDF takes one thread at a time."""


def as_pdf(paper: Paper) -> bytes:
    """The file's content: A4, with an outline of the questions and links to the sources."""
    style = (assets_folder() / "export" / "pdf.css").read_text(encoding="utf-8")
    page = f"<html><body>{_breakable(body(paper))}</body></html>"
    with _one_at_a_time:
        return _laid_out(page, style, paper)


def _laid_out(page: str, style: str, paper: Paper) -> bytes:
    places: list[Any] = []
    laid = io.BytesIO()
    writer = pymupdf.DocumentWriter(laid)
    pymupdf.Story(page, user_css=style).write(writer, _rectangle, positionfn=places.append)
    writer.close()
    # MuPDF tells of each link twice, first with no width.
    wide = [place for place in places if not place.href or place.rect[0] < place.rect[2]]
    document = pymupdf.Story.add_pdf_links(laid, wide)
    try:
        _number(document)
        _outline(document, places, paper)
        document.subset_fonts()
        document.set_metadata({"title": paper.title, "producer": "Strongroom"})
        out = io.BytesIO()
        document.ez_save(out)
        return out.getvalue()
    finally:
        document.close()


def _rectangle(_number: int, _filled: Any) -> tuple[Any, Any, None]:
    """A page, and where its text goes."""
    return A4, pymupdf.Rect(MARGIN, MARGIN, A4.width - MARGIN, A4.height - MARGIN), None


def _number(document: Any) -> None:
    """'2 / 5' at each page's foot."""
    for page in document:
        foot = pymupdf.Rect(MARGIN, A4.height - 44, A4.width - MARGIN, A4.height - 28)
        said = f"{page.number + 1} / {document.page_count}"
        grey = (0.36, 0.39, 0.37)
        page.insert_textbox(foot, said, fontsize=8, color=grey, align=pymupdf.TEXT_ALIGN_CENTER)


def _outline(document: Any, places: list[Any], paper: Paper) -> None:
    """The questions, each with its page."""
    pages = {place.id: place.page_num for place in places if place.id and place.open_close & 1}
    found = [
        (" ".join(section.question.split()), pages.get(f"q{number}"))
        for number, section in enumerate(paper.sections, 1)
    ]
    document.set_toc([[1, question, page] for question, page in found if page])


def _breakable(page: str) -> str:
    """Long words with places to break them at; tags and entities are left alone."""
    return _WORD.sub(lambda match: _BREAK.join(_PIECE.findall(match[0])), page)
