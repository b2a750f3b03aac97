"""A part of a text written into Qt's document as what it is: headings, lists, tables, code.

Signs that only mark things up (a heading's '#', a table's bars) are left out, so a `Written` knows
for each stretch of the text where it stands in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from strongroom_desktop.files import is_code
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.dividers import divided, title, write
from strongroom_desktop.reader.written import Written
from strongroom_engine.protocol import PageText

MARKDOWN = "text/markdown"
_UNSHOWN = str.maketrans({"\ufffc": "\ufffd", "\x00": "\ufffd", "\u2028": " ", "\u2029": " ",
                          "\r": " ", "\x0c": " "})  # fmt: skip
"""What Qt would take for objects or line ends; one character for one, so that places keep."""
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_BULLET = re.compile(r"([ \t]*)([-*+•])(?=[ \t])")
_INLINE = re.compile(r"\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*|`(?P<code>[^`\n]+)`")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_RULE_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:\\\||[^|\n\t])+")
_FIGURE = re.compile(r"[-+(\u2212]?[€$£]?[ ]?\d[\d.,'\u2019\u202f\u00a0]*[ ]?[%€$£)]?")
_FAR = Qt.AlignmentFlag.AlignTrailing
_HEADINGS = {1: "title", 2: "question"}
_MOST_ROWS = 300
_MOST_COLUMNS = 16
_MOST_CELLS = 2_500
"""What has more is shown as lines: a part of a text is to stand there at once."""
_INDENT = 20
_GAP = 12

Cells = list[tuple[int, int]]


class Writer:
    """Writes one part at a cursor. `zoom` enlarges the type."""

    def __init__(self, theme: Theme, page: PageText, file: str, zoom: float) -> None:
        self._theme = theme
        self._page = page
        self._text = page.text.translate(_UNSHOWN)
        self._zoom = zoom
        self._code = is_code(file)
        self._fenced = False
        self._markdown = page.media_type == MARKDOWN
        self._headings = {start: (end, level) for start, end, level in page.headings}
        self._items = set(page.items)
        self._places = divided(page)
        self._written = Written(page)
        self._origin = 0

    def write(self, cursor: QTextCursor) -> Written:
        self._origin = cursor.position()
        at = 0
        for start, header, end in sorted(self._page.tables):
            rows = list(self._rows(start, end))
            if start >= at and self._is_table(rows):
                self._lines(cursor, at, start)
                self._divide(cursor, start)
                self._tables(cursor, rows, header)
                at = end + 1 if self._text[end : end + 1] == "\n" else end
        self._lines(cursor, at, len(self._text))
        self._written.length = cursor.position() - self._origin
        if not self._code:
            self._narrow_gaps(cursor)
        return self._written

    def _narrow_gaps(self, cursor: QTextCursor) -> None:
        """Empty lines between paragraphs are lower than lines."""
        gap = QTextBlockFormat()
        height = round(self._theme.px(_GAP) * self._zoom)
        gap.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block = cursor.document().findBlock(self._origin)
        while block.isValid() and block.position() < self._origin + self._written.length:
            if block.length() == 1 and block.next().isValid():
                QTextCursor(block).setBlockFormat(gap)
            block = block.next()

    # --- lines -----------------------------------------------------------------------------------

    def _lines(self, cursor: QTextCursor, start: int, end: int) -> None:
        """Lines in [start, end), those that are nothing special in one go."""
        plain = at = start
        while at < end:
            line_end = self._text.find("\n", at, end)
            stop = end if line_end < 0 else line_end
            if self._is_special(at, stop):
                self._plain(cursor, plain, at)
                self._special(cursor, at, stop)
                if line_end >= 0:
                    self._new_line(cursor)
                plain = stop + 1
            at = stop + 1
        if plain < end:
            self._plain(cursor, plain, end)

    def _is_special(self, start: int, end: int) -> bool:
        begins = (self._headings, self._items, self._places)
        if self._fenced or any(start in each for each in begins):
            return True
        return self._markdown and bool(
            _FENCE.match(self._text, start, end) or _BULLET.match(self._text, start, end)
        )

    def _divide(self, cursor: QTextCursor, start: int) -> None:
        """The strips of what begins in the line that starts there."""
        line = self._text[start:].partition("\n")[0] if start in self._places else ""
        for place in self._places.pop(start, ()):
            write(cursor, self._theme, title(place, line), self._zoom)

    def _special(self, cursor: QTextCursor, start: int, end: int) -> None:
        text = self._text
        self._divide(cursor, start)
        if self._markdown and _FENCE.match(text, start, end):
            self._fenced = not self._fenced
            look = self._look("text_3", mono=True)
            self._insert(cursor, start, end, look, block=self._block(code=True))
        elif self._fenced:
            self._insert(cursor, start, end, self._look(mono=True), block=self._block(code=True))
        elif start in self._headings:
            level = self._headings[start][1]
            hashes = _HASHES.match(text, start, end) if self._markdown else None
            begin = hashes.end() if hashes else start
            self._insert(
                cursor, begin, end, self._heading_look(level), block=self._block(level=level)
            )
        else:
            self._item_or_plain(cursor, start, end)

    def _item_or_plain(self, cursor: QTextCursor, start: int, end: int) -> None:
        bullet = _BULLET.match(self._text, start, end)
        if start in self._items or (self._markdown and bullet):
            block = self._block(item=True)
            self._insert(cursor, start, end, self._look(), block=block, bullet=bullet)
        else:
            self._plain(cursor, start, end)

    def _plain(self, cursor: QTextCursor, start: int, end: int) -> None:
        if start < end:
            look = self._look(mono=self._code)
            self._insert(cursor, start, end, look, block=self._block(code=self._code))

    def _insert(
        self,
        cursor: QTextCursor,
        start: int,
        end: int,
        look: QTextCharFormat,
        *,
        block: QTextBlockFormat | None = None,
        bullet: re.Match[str] | None = None,
    ) -> None:
        cursor.setBlockFormat(block or self._block())
        for begin, stop, own in self._stretches(start, end, look):
            self._written.runs.append((begin, stop, cursor.position() - self._origin))
            text = self._text[begin:stop]
            if bullet and begin <= bullet.start(2) < stop:
                sign = bullet.start(2) - begin
                text = f"{text[:sign]}\u2022{text[sign + 1 :]}"
            cursor.insertText(text, own)

    def _stretches(
        self, start: int, end: int, look: QTextCharFormat
    ) -> Iterator[tuple[int, int, QTextCharFormat]]:
        """Markdown's strong words and code within lines as what they are, without their signs."""
        at = start
        for match in _INLINE.finditer(self._text, start, end) if self._marked_up else ():
            yield at, match.start(), look
            own = QTextCharFormat(look)
            strong = match["strong"] is not None
            font = look.font() if strong else self._look(mono=True).font()
            if strong:
                font.setWeight(QFont.Weight.DemiBold)
            own.setFont(font)
            yield (*match.span("strong" if strong else "code"), own)
            at = match.end()
        if at < end:
            yield at, end, look

    @property
    def _marked_up(self) -> bool:
        return self._markdown and not self._fenced

    @staticmethod
    def _new_line(cursor: QTextCursor) -> None:
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())

    # --- tables ----------------------------------------------------------------------------------

    def _rows(self, start: int, end: int) -> Iterator[Cells]:
        """The cells of each row, as spans; the row of dashes of Markdown is none."""
        at = start
        while at < end:
            stop = self._text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if not _RULE_ROW.fullmatch(self._text, at, stop):
                cells = [
                    _trimmed(self._text, *m.span()) for m in _CELL.finditer(self._text, at, stop)
                ]
                if any(a < b for a, b in cells):
                    yield [cell for cell in cells if cell[0] < cell[1] or not self._markdown]
            at = stop + 1

    @staticmethod
    def _is_table(rows: list[Cells]) -> bool:
        columns = max((len(row) for row in rows), default=0)
        cells = columns * len(rows)
        return len(rows) > 1 and 1 < columns <= _MOST_COLUMNS and cells <= _MOST_CELLS

    def _tables(self, cursor: QTextCursor, rows: list[Cells], header: int) -> None:
        """A table; a long one in several, one beneath the other: Qt lays out each as a whole."""
        columns = max(len(row) for row in rows)
        for first in range(0, len(rows), _MOST_ROWS):
            self._table(cursor, rows[first : first + _MOST_ROWS], header, columns)

    def _table(self, cursor: QTextCursor, rows: list[Cells], header: int, columns: int) -> None:
        cursor.setBlockFormat(self._block())
        table = cursor.insertTable(len(rows), columns, self._table_look())
        for number, row in enumerate(rows):
            for column, (start, end) in enumerate(row):
                inner = table.cellAt(number, column).firstCursorPosition()
                look, block = self._look(), self._block()
                if _FIGURE.fullmatch(self._text, start, end) and start >= header:
                    block.setAlignment(_FAR)
                if start < header:
                    font = look.font()
                    font.setWeight(QFont.Weight.DemiBold)
                    look.setFont(font)
                self._insert(inner, start, end, look, block=block)
        cursor.setPosition(table.lastPosition() + 1)

    def _table_look(self) -> QTextTableFormat:
        look = QTextTableFormat()
        look.setBorder(1)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(self._theme.color("line_strong"))
        look.setBorderCollapse(True)
        look.setCellPadding(4)
        look.setTopMargin(8)
        look.setBottomMargin(8)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return look

    # --- looks -----------------------------------------------------------------------------------

    def _look(self, role: str = "text", *, mono: bool = False) -> QTextCharFormat:
        look = QTextCharFormat()
        font = self._theme.mono_font() if mono else self._theme.font("reading")
        look.setFont(self._zoomed(font))
        look.setForeground(self._theme.color(role))
        return look

    def _heading_look(self, level: int) -> QTextCharFormat:
        look = QTextCharFormat()
        role = _HEADINGS.get(level, "reading")
        look.setFont(self._zoomed(self._theme.font(role, weight=600)))
        look.setForeground(self._theme.color("text"))
        return look

    def _zoomed(self, font: QFont) -> QFont:
        font.setPixelSize(max(round(font.pixelSize() * self._zoom), 6))
        return font

    def _block(self, *, level: int = 0, item: bool = False, code: bool = False) -> QTextBlockFormat:
        block = QTextBlockFormat()
        role = "ui" if code else _HEADINGS.get(level, "reading")
        line = round(self._theme.line_height(role) * self._zoom)
        block.setLineHeight(line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if level:
            block.setTopMargin(round(8 * self._zoom))
        if item:
            block.setLeftMargin(round(_INDENT * self._zoom))
            block.setTextIndent(-round(_INDENT * self._zoom * 0.7))
        return block


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
