"""An answer as a text document: blocks, chips behind the sentences they support, marked gaps."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from strongroom_desktop.conversation.chips import (
    OBJECT,
    WORD_JOINER,
    chip_format,
    no_source,
    not_found,
    tag_format,
    unsupported,
)
from strongroom_desktop.conversation.markdown import Block, Kind, Run, Style
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip
from strongroom_engine.types import Answer, Doubt, Sentence

_BOXED = (Kind.TABLE, Kind.CODE)
"""What is a table of the document."""
INDENT = 20
"""How far a list item's words stand from the edge, at each level."""


class Mark(Enum):
    """Why words are marked: nothing supports their sentence, or they stand in no source."""

    NONE = auto()
    GAP = auto()
    DOUBT = auto()


@dataclass(frozen=True)
class Notes:
    """What is put into the text: after which offset which citations (0 is 'no source'), which
    spans nothing supports, and which numbers and names stand in no source."""

    after: dict[int, tuple[int, ...]] = field(default_factory=dict)
    gaps: tuple[tuple[int, int], ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()

    def cuts(self) -> set[int]:
        """Offsets at which a run must be cut."""
        edges = {edge for span in (*self.gaps, *self.doubts) for edge in span}
        return {place + 1 for place in self.after} | edges

    def mark(self, place: int) -> Mark:
        if any(start <= place < end for start, end in self.doubts):
            return Mark.DOUBT
        return Mark.GAP if any(start <= place < end for start, end in self.gaps) else Mark.NONE


def notes(
    sentences: Sequence[Sentence], blocks: Sequence[Block], doubts: Sequence[Doubt] = ()
) -> Notes:
    """Where chips and tags belong: behind the last character shown of each sentence."""
    places = [place for block in blocks for place in _shown(block)]
    after: dict[int, tuple[int, ...]] = {}
    gaps: list[tuple[int, int]] = []
    for sentence in sentences:
        last = bisect_left(places, sentence.end) - 1
        if last < 0 or places[last] < sentence.start:
            continue
        numbers = sentence.citations if sentence.supported else (0,)
        after[places[last]] = tuple(dict.fromkeys((*after.get(places[last], ()), *numbers)))
        if not sentence.supported:
            gaps.append((sentence.start, places[last] + 1))
    return Notes(after, tuple(gaps), tuple((each.start, each.end) for each in doubts))


def _shown(block: Block) -> Iterator[int]:
    for run in block.runs:
        yield from (run.start + i for i, letter in enumerate(run.text) if not letter.isspace())


class Writer:
    """Writes blocks into a document with the theme's fonts, fixed line heights and margins."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self._ends: list[int] = []
        """Where each block ends: a table is more than one of the document's blocks."""
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font("reading"))

    def write(self, blocks: Sequence[Block], remarks: Notes, keep: int = 0) -> None:
        """Replaces the document's blocks from index `keep` on by blocks[keep:]."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._cut(cursor, keep)
        for index in range(keep, len(blocks)):
            before = blocks[index - 1] if index else None
            if blocks[index].kind in _BOXED:
                self._box(cursor, blocks[index], before, remarks)
            else:
                self._start(cursor, blocks[index], before)
                for run in blocks[index].runs:
                    self._run(cursor, run, blocks[index].kind, remarks)
            self._ends[index:] = [cursor.position()]
        if blocks and blocks[-1].kind in _BOXED:
            cursor.setBlockFormat(_thin())
        cursor.endEditBlock()

    def _cut(self, cursor: QTextCursor, keep: int) -> None:
        """Removes everything from block `keep` on."""
        if keep:
            cursor.setPosition(self._ends[keep - 1])
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _box(self, cursor: QTextCursor, block: Block, before: Block | None, remarks: Notes) -> None:
        """A table, rows with hairlines between them, or code as one cell on a ground. Qt keeps an
        empty block before what begins a document or follows another one, and one behind each."""
        if before is None or before.kind in _BOXED:
            cursor.setBlockFormat(_thin())
        rows = block.rows if block.kind is Kind.TABLE else ((block.runs,),)
        columns = max(len(row) for row in rows)
        table = cursor.insertTable(len(rows), max(columns, 1), self._table_format())
        for row, cells in enumerate(rows):
            head = block.headed and row == 0
            for column in range(columns):
                cell = table.cellAt(row, column)
                cell.setFormat(self._cell_format(block.kind, head))
                inside = cell.firstCursorPosition()
                inside.setBlockFormat(self._block_format(block, None))
                for run in cells[column] if column < len(cells) else ():
                    self._run(inside, _strong(run) if head else run, block.kind, remarks)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _table_format(self) -> QTextTableFormat:
        look = QTextTableFormat()
        look.setBorder(0)
        look.setCellSpacing(0)
        look.setCellPadding(0)
        look.setTopMargin(self._theme.space(2))
        look.setBottomMargin(self._theme.space(2))
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return look

    def _cell_format(self, kind: Kind, head: bool) -> QTextTableCellFormat:
        look, space = QTextTableCellFormat(), self._theme.space
        if kind is Kind.CODE:
            look.setBackground(self._theme.color("sunken"))
            look.setPadding(space(3))
            return look
        look.setBottomBorder(1)
        look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBottomBorderBrush(self._theme.color("line_strong" if head else "line"))
        look.setLeftPadding(0)
        look.setRightPadding(space(2))
        look.setTopPadding(space(1))
        look.setBottomPadding(space(1))
        return look

    def _start(self, cursor: QTextCursor, block: Block, before: Block | None) -> None:
        layout = self._block_format(block, before)
        plain = QTextCharFormat()
        if before is not None and before.kind not in _BOXED:
            cursor.insertBlock(layout, plain)
        else:
            cursor.setBlockFormat(layout)
        if block.kind is Kind.ITEM:
            marker = self._char_format(Style.PLAIN, block.kind)
            marker.setForeground(self._theme.color("text_2"))
            cursor.insertText(f"{block.marker}\t", marker)

    def _block_format(self, block: Block, before: Block | None) -> QTextBlockFormat:
        layout = QTextBlockFormat()
        role = "ui" if block.kind in (Kind.CODE, Kind.TABLE) else "reading"
        layout.setLineHeight(
            self._theme.line_height(role), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        if before is not None:
            list_goes_on = block.kind is Kind.ITEM and before.kind is Kind.ITEM
            steps = {Kind.ITEM: 1 if list_goes_on else 2, Kind.HEADING: 4}
            layout.setTopMargin(self._theme.space(steps.get(block.kind, 3)))
        if block.kind is Kind.HEADING:
            layout.setHeadingLevel(2)
        if block.kind is Kind.QUOTE:
            layout.setLeftMargin(INDENT)
            layout.setRightMargin(INDENT)
        if block.kind is Kind.ITEM:
            layout.setLeftMargin(INDENT * (block.level + 1))
            layout.setTextIndent(-INDENT + 4)
            layout.setTabPositions([QTextOption.Tab(INDENT - 4, QTextOption.TabType.LeftTab)])
        return layout

    def _run(self, cursor: QTextCursor, run: Run, kind: Kind, remarks: Notes) -> None:
        for piece in _pieces(run, remarks.cuts()):
            text_format = self._char_format(piece.style, kind, remarks.mark(piece.start))
            if piece.href:
                self._link(text_format, piece.href)
            cursor.insertText(piece.text, text_format)
            for n in remarks.after.get(piece.end - 1, ()):
                cursor.insertText(WORD_JOINER, text_format)
                cursor.insertText(OBJECT, chip_format(n) if n else tag_format())

    def _link(self, text_format: QTextCharFormat, href: str) -> None:
        """It looks like a link and says where it goes; nothing is opened by it alone."""
        text_format.setAnchor(True)
        text_format.setAnchorHref(href)
        text_format.setForeground(self._theme.color("accent"))
        text_format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        text_format.setUnderlineColor(self._theme.color("accent"))
        text_format.setToolTip(as_tooltip(href))

    def _char_format(self, style: Style, kind: Kind, mark: Mark = Mark.NONE) -> QTextCharFormat:
        text_format = QTextCharFormat()
        coded = kind is Kind.CODE or Style.CODE in style
        role = "ui" if kind is Kind.TABLE else "reading"
        font = self._theme.mono_font() if coded else self._theme.font(role)
        if Style.BOLD in style or kind is Kind.HEADING:
            font.setWeight(QFont.Weight.DemiBold)
        elif Style.EMPHASIS in style:
            font.setWeight(QFont.Weight.Medium)
        text_format.setFont(font)
        text_format.setForeground(self._theme.color("text_2" if kind is Kind.QUOTE else "text"))
        if mark is not Mark.NONE:
            doubt = mark is Mark.DOUBT
            text_format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            text_format.setUnderlineColor(self._theme.color("warn" if doubt else "warn_line"))
            text_format.setToolTip(not_found() if doubt else unsupported())
            if doubt:
                text_format.setForeground(self._theme.color("warn"))
        return text_format


def _pieces(run: Run, cuts: set[int]) -> Iterator[Run]:
    edges = sorted({run.start, run.end} | {cut for cut in cuts if run.start < cut < run.end})
    for start, end in itertools.pairwise(edges):
        yield Run(run.text[start - run.start : end - run.start], start, run.style, run.href)


def _strong(run: Run) -> Run:
    return replace(run, style=run.style | Style.BOLD)


def _thin() -> QTextBlockFormat:
    """Of a block that is empty, and stands where Qt wants one."""
    thin = QTextBlockFormat()
    thin.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return thin


def with_citations(answer: Answer, names: dict[int, str]) -> str:
    """The answer as plain text with [n] behind its sentences, what is doubtful marked in words,
    and what each n is beneath."""
    put: list[tuple[int, int, str]] = []
    for order, sentence in enumerate(sorted(answer.sentences, key=lambda each: each.end)):
        end = len(answer.text[: sentence.end].rstrip())
        numbers = [f" [{n}]" for n in sentence.citations if n in names]
        said = numbers if sentence.supported else [f" [{no_source()}]"]
        put.append((max(end, sentence.start), order + 1, "".join(said)))
    put += [(each.end, 0, f" [{not_found()}]") for each in answer.doubts]
    text, position = "", 0
    for place, _, mark in sorted(put):
        text += answer.text[position:place] + mark
        position = place
    text += answer.text[position:]
    quoted = [
        f"[{each.n}] {names[each.n]}: \u201c{each.quote}\u201d"
        for each in answer.citations
        if each.n in names
    ]
    return "\n".join([text.strip(), *([""] if quoted else []), *quoted]) + "\n"
