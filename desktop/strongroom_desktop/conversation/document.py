"""An answer as a text document: blocks, chips behind the sentences they support, marked gaps."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
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
from strongroom_desktop.theme import Theme
from strongroom_engine.types import Answer, Doubt, Sentence

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
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font("reading"))

    def write(self, blocks: Sequence[Block], remarks: Notes, keep: int = 0) -> None:
        """Replaces the document's blocks from index `keep` on by blocks[keep:]."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._cut(cursor, keep)
        for index in range(keep, len(blocks)):
            before = blocks[index - 1] if index else None
            self._start(cursor, blocks[index], before, fresh=index > 0)
            for run in blocks[index].runs:
                self._run(cursor, run, blocks[index].kind, remarks)
        cursor.endEditBlock()

    def _cut(self, cursor: QTextCursor, keep: int) -> None:
        """Removes everything from block `keep` on."""
        if keep:
            block = self._document.findBlockByNumber(keep - 1)
            cursor.setPosition(block.position() + block.length() - 1)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _start(self, cursor: QTextCursor, block: Block, before: Block | None, fresh: bool) -> None:
        layout = self._block_format(block, before)
        plain = QTextCharFormat()
        if fresh:
            cursor.insertBlock(layout, plain)
        else:
            cursor.setBlockFormat(layout)
        if block.kind is Kind.ITEM:
            marker = self._char_format(Style.PLAIN, block.kind)
            marker.setForeground(self._theme.color("text_2"))
            cursor.insertText(f"{block.marker}\t", marker)

    def _block_format(self, block: Block, before: Block | None) -> QTextBlockFormat:
        layout = QTextBlockFormat()
        role = "ui" if block.kind is Kind.CODE else "reading"
        layout.setLineHeight(
            self._theme.line_height(role), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        if before is not None:
            tight = block.kind is Kind.ITEM
            layout.setTopMargin(self._theme.space(1 if tight else 3))
        if block.kind is Kind.ITEM:
            layout.setLeftMargin(INDENT * (block.level + 1))
            layout.setTextIndent(-INDENT + 4)
            layout.setTabPositions([QTextOption.Tab(INDENT - 4, QTextOption.TabType.LeftTab)])
        if block.kind is Kind.CODE:
            layout.setBackground(self._theme.color("sunken"))
            layout.setNonBreakableLines(False)
        return layout

    def _run(self, cursor: QTextCursor, run: Run, kind: Kind, remarks: Notes) -> None:
        for piece in _pieces(run, remarks.cuts()):
            text_format = self._char_format(piece.style, kind, remarks.mark(piece.start))
            cursor.insertText(piece.text, text_format)
            for n in remarks.after.get(piece.end - 1, ()):
                cursor.insertText(WORD_JOINER, text_format)
                cursor.insertText(OBJECT, chip_format(n) if n else tag_format())

    def _char_format(self, style: Style, kind: Kind, mark: Mark = Mark.NONE) -> QTextCharFormat:
        text_format = QTextCharFormat()
        coded = kind is Kind.CODE or Style.CODE in style
        font = self._theme.mono_font() if coded else self._theme.font("reading")
        if Style.BOLD in style or kind is Kind.HEADING:
            font.setWeight(QFont.Weight.DemiBold)
        elif Style.EMPHASIS in style:
            font.setWeight(QFont.Weight.Medium)
        text_format.setFont(font)
        text_format.setForeground(self._theme.color("text"))
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
        yield Run(run.text[start - run.start : end - run.start], start, run.style)


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
