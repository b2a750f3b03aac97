"""An exported conversation as a Word document, with styles of Word's own for its headings."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from strongroom_engine.conversations.blocks import Block, Line, Noted, Run
from strongroom_engine.conversations.paper import Paper, Section, Source, is_right_to_left

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_UNFIT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""XML takes no control characters; the others turn the direction of what stands around them."""
_TEXT, _SOFT, _GREEN, _AMBER = (
    RGBColor.from_string(value) for value in ("1A1F1C", "5B645F", "135039", "7A4D00")
)
_FONT, _MONO = "Calibri", "Consolas"
_STEP = Cm(0.63)
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What a paragraph's properties may have behind its direction (ECMA-376, 17.3.1.26)."""
DEEPEST = 4
"""Levels of headings that are used: questions stand at 1, an answer's own below them."""


def as_docx(paper: Paper) -> bytes:
    """The file's content."""
    document = docx.Document()
    _set_up(document, paper.title)
    writer = _Writer(document, paper)
    writer.title()
    alone = len(paper.sections) == 1
    for section in paper.sections:
        whole = not alone or " ".join(section.question.split()) != paper.title
        writer.section(section, titled=whole)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Document, title: str) -> None:
    """A4, calm type, and properties that name no one."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(title)[:255], "", ""
    properties.created = properties.modified = datetime.now(UTC)
    properties.last_modified_by = "Strongroom"
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    sizes = {"Normal": 11, "Title": 20, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11}
    for name, size in {**sizes, "Heading 4": 11}.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb, style.font.italic = _TEXT, False
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[key]  # a theme's font would win
        fonts.set(qn("w:cs"), _FONT)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    heading: Any = document.styles["Title"]
    for border in heading.element.pPr.findall(qn("w:pBdr")):
        heading.element.pPr.remove(border)


class _Writer:
    def __init__(self, document: Document, paper: Paper) -> None:
        self._document, self._paper = document, paper

    def title(self) -> None:
        heading = self._document.add_paragraph(_clean(self._paper.title), style="Title")
        _turn(heading, self._paper.title)
        for note in self._paper.notes:
            self._small(note)

    def section(self, section: Section, *, titled: bool) -> None:
        """A question, its answer and its sources."""
        if titled:
            question = " ".join(_clean(section.question).split())
            _turn(self._document.add_heading(question, 1), question)
        for said in (section.facts, *section.remarks):
            self._small(said)
        for warning in section.warnings:
            self._small(warning, warning=True)
        for block in section.blocks:
            self._block(block)
        if section.sources:
            self._document.add_heading(_clean(self._paper.words.sources), 3)
            for source in section.sources:
                self._source(source)

    def _small(self, text: str, *, warning: bool = False) -> None:
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(_clean(text))
        run.font.size, run.font.color.rgb = Pt(9), _AMBER if warning else _SOFT
        run.bold = warning or None
        paragraph.paragraph_format.space_after = Pt(2)
        _turn(paragraph, text)

    def _source(self, source: Source) -> None:
        paragraph = self._document.add_paragraph()
        _hang(paragraph, 0, Cm(0.95))
        number = paragraph.add_run(f"[{source.number}]\t")
        number.font.color.rgb, number.bold = _GREEN, True
        paragraph.add_run(_clean(source.name)).bold = True
        place = f", {source.place}" if source.place else ""
        paragraph.add_run(_clean(f"{place}: “{source.quote}”"))
        for run in paragraph.runs:
            run.font.size = Pt(9.5)

    # --- the answer ------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        if block.kind == "table":
            self._table(block)
            return
        paragraph = self._begun(block)
        self._fill(paragraph, block.line)
        _turn(paragraph, "".join(each.text for each in block.line if isinstance(each, Run)))

    def _begun(self, block: Block) -> Paragraph:
        if block.kind == "heading":
            level = min(block.level + 1, DEEPEST)
            heading: Paragraph = self._document.add_heading("", level)
            return heading
        paragraph: Paragraph = self._document.add_paragraph()
        if block.kind == "item":
            _hang(paragraph, block.level, _STEP)
            paragraph.add_run(f"{block.marker}\t")
            paragraph.paragraph_format.space_after = Pt(3)
        elif block.kind == "quote":
            paragraph.paragraph_format.left_indent = _STEP
        return paragraph

    def _table(self, block: Block) -> None:
        width = max(len(row) for row in block.rows)
        table = self._document.add_table(rows=0, cols=width, style="Table Grid")
        for number, row in enumerate(block.rows):
            cells = table.add_row().cells
            for cell, line in zip(cells, row, strict=False):
                self._fill(cell.paragraphs[0], line, bold=number == 0)
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        self._document.add_paragraph()

    def _fill(self, paragraph: Paragraph, line: Line, *, bold: bool = False) -> None:
        for each in line:
            if isinstance(each, Run):
                _add_run(paragraph, each, bold=bold)
            else:
                self._add_noted(paragraph, each)

    def _add_noted(self, paragraph: Paragraph, noted: Noted) -> None:
        for n in noted.numbers:
            run = paragraph.add_run(f"\u2060[{n}]")  # stays with its sentence
            run.font.size, run.font.color.rgb, run.bold = Pt(8.5), _GREEN, True
        for said in self._paper.said(noted):
            run = paragraph.add_run(_clean(f" ({said})"))
            run.font.size, run.font.color.rgb, run.italic = Pt(9), _AMBER, True


def _add_run(paragraph: Paragraph, run: Run, *, bold: bool) -> None:
    for place, piece in enumerate(_clean(run.text).split("\n")):
        made = paragraph.add_run()
        if place:
            made.add_break(WD_BREAK.LINE)
        made.add_text(piece)
        made.bold, made.italic = (run.bold or bold) or None, run.italic or None
        if run.code:
            made.font.name, made.font.size = _MONO, Pt(9.5)
        if run.gap or run.doubt:
            _underline(made)
        if run.doubt:
            made.font.color.rgb = _AMBER


def _underline(run: Any) -> None:
    """Dotted, in amber."""
    run.underline = WD_UNDERLINE.DOTTED
    run._r.rPr.find(qn("w:u")).set(qn("w:color"), "B47A14")  # noqa: SLF001 -- no other way


def _hang(paragraph: Paragraph, level: int, step: Any) -> None:
    """Indented, with what comes before the tab hanging out."""
    layout = paragraph.paragraph_format
    layout.left_indent = step * (level + 1)
    layout.first_line_indent = -step
    layout.tab_stops.add_tab_stop(step * (level + 1))


def _turn(paragraph: Paragraph, text: str) -> None:
    """From right to left, where the text is written so."""
    if is_right_to_left(text):
        layout = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx knows no direction
        layout.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the near side, in such a paragraph


def _clean(text: str) -> str:
    return _UNFIT.sub("", text)
