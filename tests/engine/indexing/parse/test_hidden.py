"""What cannot be seen in a document is marked; what can be seen never is."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pymupdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from tests.engine.parsing import in_memory, on_disk

from strongroom_engine.indexing.parse.markup import markdown
from strongroom_engine.indexing.parse.office import docx as word
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.types import Document

WHITE = (1, 1, 1)
WORDS = "Rent of the old mill"


def _hidden(document: Document) -> list[str]:
    return [document.text[start:end].strip() for start, end in document.hidden]


def _pdf(folder: Path, draw: Callable[[pymupdf.Page], None]) -> Document:
    file = pymupdf.open()
    page = file.new_page()
    page.insert_text((72, 72), "What can be read by all")
    draw(page)
    file.save(folder / "a.pdf")
    file.close()
    return pdf.parse(on_disk(folder / "a.pdf"))


def _scan(page: pymupdf.Page, part: pymupdf.Rect | None = None) -> pymupdf.Pixmap:
    """A picture of a page (or a part of it) with the words on it, as a scanner makes it."""
    with pymupdf.open() as file:
        drawn = file.new_page(width=page.rect.width, height=page.rect.height)
        drawn.insert_text((72, 200), WORDS, fontsize=14)
        picture: pymupdf.Pixmap = drawn.get_pixmap(clip=part)
        return picture


def _white_on_blue(page: pymupdf.Page) -> None:
    page.draw_rect((60, 180, 400, 220), fill=(0, 0, 0.6))
    page.insert_text((72, 200), WORDS, color=WHITE)


def _text_layer_over_a_scan(page: pymupdf.Page) -> None:
    page.insert_image(page.rect, pixmap=_scan(page))
    page.insert_text((72, 200), WORDS, fontsize=14, render_mode=3)


def _text_layer_under_a_scan(page: pymupdf.Page) -> None:
    page.insert_text((72, 200), WORDS, fontsize=14)
    page.insert_image(page.rect, pixmap=_scan(page))


def _text_layer_over_a_part(page: pymupdf.Page) -> None:
    part = pymupdf.Rect(60, 170, 300, 220)
    page.insert_image(part, pixmap=_scan(page, part))
    page.insert_text((72, 200), WORDS, fontsize=14, render_mode=3)


def _highlighted(page: pymupdf.Page) -> None:
    page.insert_text((72, 200), WORDS)
    page.add_highlight_annot((70, 185, 200, 205))


def _boxed(page: pymupdf.Page) -> None:
    page.draw_rect((60, 180, 400, 220), fill=(0.9, 0.9, 0.9))
    page.insert_text((72, 200), WORDS)


def _shadow(page: pymupdf.Page) -> None:
    page.insert_text((73, 201), WORDS, color=WHITE)
    page.insert_text((72, 200), WORDS)


def _small_print(page: pymupdf.Page) -> None:
    page.insert_text((72, 200), WORDS, fontsize=4)


def _outlined(page: pymupdf.Page) -> None:
    page.insert_text((72, 200), WORDS, render_mode=1)


@pytest.mark.parametrize(
    "draw",
    [
        _white_on_blue,
        _text_layer_over_a_scan,
        _text_layer_under_a_scan,
        _text_layer_over_a_part,
        _highlighted,
        _boxed,
        _shadow,
        _small_print,
        _outlined,
    ],
)
def test_what_is_seen_in_a_pdf_is_not_marked(
    tmp_path: Path, draw: Callable[[pymupdf.Page], None]
) -> None:
    document = _pdf(tmp_path, draw)
    assert WORDS in document.text
    assert _hidden(document) == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_only_the_unseen_words_of_a_line_are_marked(tmp_path: Path, rotation: int) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.insert_text((72, 200), "Seen, ")
        page.insert_text((104, 200), "unseen", color=WHITE)
        page.insert_text((150, 200), "and seen")
        page.set_rotation(rotation)

    document = _pdf(tmp_path, draw)
    assert _hidden(document) == ["unseen"]


def test_a_blackened_text_is_marked_on_its_page(tmp_path: Path) -> None:
    file = pymupdf.open()
    file.new_page().insert_text((72, 72), "The first page")
    page = file.new_page()
    page.insert_text((72, 72), "Name of the witness")
    page.insert_text((72, 100), WORDS)
    page.draw_rect((60, 85, 400, 110), fill=(0, 0, 0))
    file.save(tmp_path / "b.pdf")
    file.close()
    document = pdf.parse(on_disk(tmp_path / "b.pdf"))
    assert _hidden(document) == [WORDS]
    assert document.hidden[0][0] >= document.page_starts[1]


def _docx(make: Callable[[docx.document.Document], None]) -> Document:
    made = docx.Document()
    made.add_paragraph("What can be read by all")
    make(made)
    data = io.BytesIO()
    made.save(data)
    data.seek(0)
    return word.parse(OpenFile("a.docx", data))


def _white_in_a_dark_cell(made: docx.document.Document) -> None:
    cell = made.add_table(1, 1).cell(0, 0)
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "1F3864")
    cell._tc.get_or_add_tcPr().append(shading)
    cell.paragraphs[0].add_run(WORDS).font.color.rgb = RGBColor(255, 255, 255)


def _shown_again(made: docx.document.Document) -> None:
    made.add_paragraph().add_run(WORDS).font.hidden = False


def _grey(made: docx.document.Document) -> None:
    run = made.add_paragraph().add_run(WORDS)
    run.font.color.rgb, run.font.size = RGBColor(160, 160, 160), Pt(6)


@pytest.mark.parametrize("make", [_white_in_a_dark_cell, _shown_again, _grey])
def test_what_is_seen_in_a_word_document_is_not_marked(
    make: Callable[[docx.document.Document], None],
) -> None:
    document = _docx(make)
    assert WORDS in document.text
    assert document.hidden == ()


def test_the_hidden_runs_of_a_word_document_are_marked() -> None:
    def make(made: docx.document.Document) -> None:
        heading = made.add_heading("Rent", 1)
        heading.add_run(" secret").font.hidden = True
        paragraph = made.add_paragraph("The rent is 900 euros")
        paragraph.add_run(", not 800,").font.hidden = True
        paragraph.add_run(" a month.")

    document = _docx(make)
    assert "The rent is 900 euros, not 800, a month." in document.text
    assert _hidden(document) == ["secret", ", not 800,"]
    assert [heading.text for heading in document.headings] == ["Rent secret"]


@pytest.mark.parametrize(
    "body",
    [
        '<div style="background:#003"><p style="color:white">{}</p></div>',
        '<table bgcolor="#000080"><tr><td><font color="#ffffff">{}</font></td></tr></table>',
        '<p style="font-size:12px; opacity:0.8">{}</p>',
        "<style>@media print {{ p {{ display: none }} }}</style><p>{}</p>",
        '<style>.hero {{ background: url(x.png) }}</style><p class="hero" style="color:#fff">{}</p>',
        '<p style="position:absolute; left:10px">{}</p>',
    ],
)
def test_what_is_seen_in_a_web_page_is_not_marked(body: str) -> None:
    document = html.parse(in_memory("a.html", body.format(WORDS).encode()))
    assert WORDS in document.text
    assert document.hidden == ()


def test_the_hidden_words_of_a_web_page_are_marked_where_they_stand() -> None:
    page = (
        "<style>.x, #y {font-size: 0} .z {display: none}</style><h1>Rent</h1>"
        "<p>It is 900 <span class=x>or 800</span> euros.</p><div class=z><p>One</p><p>Two</p></div>"
        "<p>A noncharacter: \ufdd0 is none of ours.</p>"
    )
    document = html.parse(in_memory("a.html", page.encode()))
    assert "It is 900 or 800 euros." in document.text
    assert _hidden(document) == ["or 800", "One\n\nTwo"]


def test_comments_of_markdown_are_marked_and_code_is_not() -> None:
    text = (
        "# Rent\n\n<!-- one\n\ntwo -->\n\n[//]: # (three)\n\n```html\n<!-- shown -->\n```\n\n"
        "<span hidden>four</span> and <b style='color:red'>five</b>\n"
    )
    document = markdown.parse(in_memory("a.md", text.encode()))
    assert _hidden(document) == [
        "<!-- one\n\ntwo -->",
        "[//]: # (three)",
        "<span hidden>four</span>",
    ]
