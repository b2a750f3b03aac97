"""What parsers share: characters that may not leave them, and building a text with headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from strongroom_engine.indexing.parse.structure import MAX_HEADER_LINES, header_end, item_list
from strongroom_engine.types import Heading, ItemList, Table

# NUL and other controls break SQLite's and terminals' strings, lone surrogates cannot be encoded
# at all, U+FFFE and U+FFFF are no characters. Tab, line feed, form feed and carriage return stay.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PRESENTATION = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
_PROGRAM_NAME = re.compile(
    r"^microsoft \w+ - |\.(docx?|pdf|rtf|odt|indd|dvi|tex|qxd|html?|xlsx?|pptx?|txt|wpd)$|"
    r"^(untitled|document|slide|unknown|title|print|word document|powerpoint presentation)\W?\d*$|^(file|https?):",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")

REPLACEMENT = "\ufffd"
HIDDEN_START, HIDDEN_END = "\ufdd0", "\ufdd1"
"""Noncharacters, which Unicode keeps for use inside programs: a parser puts them around text that
a reader does not see, and `TextBuilder` takes them out again and knows where they stood."""
_HIDDEN_MARK = re.compile(f"[{HIDDEN_START}{HIDDEN_END}]")
_HIDDEN = re.compile(f"({HIDDEN_START}[^{HIDDEN_END}]*)")
MAX_TITLE = 200
CELL_SEPARATOR = " | "
"""Between the cells of a table's row."""


def clean(text: str) -> str:
    """The text with every unfit character replaced by U+FFFD: its length stays the same."""
    return _UNFIT.sub(REPLACEMENT, text)


def plain(text: str) -> str:
    """As `clean`, and presentation forms (of Arabic, Hebrew, Latin ligatures) spelled out.

    They are shapes that a PDF's font chose, not what was written. Each character is replaced on
    its own, so that `plain(a + b) == plain(a) + plain(b)`.
    """
    return _PRESENTATION.sub(_spell_out, clean(text))


def _spell_out(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def as_hidden(text: str) -> str:
    """The text with marks around it that say that a reader does not see it."""
    return f"{HIDDEN_START}{text}{HIDDEN_END}" if text.strip() else text


def without_marks(text: str) -> str:
    """The text without marks of hidden text; what a file holds of them means nothing."""
    return _HIDDEN_MARK.sub("", text)


def has_words(text: str) -> bool:
    """True when there is at least one letter or digit."""
    return any(character.isalnum() for character in text)


def one_line(text: str, limit: int = MAX_TITLE) -> str:
    """The text with runs of white space as one space, cut at `limit` characters."""
    return _SPACES.sub(" ", clean(text)).strip()[:limit].rstrip()


def sensible_title(named: str) -> str:
    """A title from a file's metadata; '' where a program filled it in."""
    named = one_line(named)
    return named if is_wording(named) and not _PROGRAM_NAME.search(named) else ""


def is_wording(text: str) -> bool:
    """False for numbers, codes and what a font's broken table made of a title."""
    letters = sum(character.isalpha() for character in text)
    return letters >= 2 and letters > 0.4 * len(text) and REPLACEMENT not in text


class Structured(Protocol):
    """A text of which is known where what stands: a document, another builder."""

    @property
    def text(self) -> str: ...
    @property
    def headings(self) -> tuple[Heading, ...]: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...
    @property
    def lists(self) -> tuple[ItemList, ...]: ...
    @property
    def hidden(self) -> tuple[tuple[int, int], ...]: ...


class TextBuilder:
    """Gathers paragraphs into one text, and knows where each heading, table and list is."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._tables: list[Table] = []
        self._lists: list[ItemList] = []
        self._rows: list[tuple[int, Sequence[str]]] = []
        self._header = 0
        """How many of the rows are said to be header rows."""
        self._table_start = 0
        self._items: list[int] = []
        self._hidden: list[tuple[int, int]] = []

    def add(
        self, paragraph: str, *, level: int = 0, gap: str = "\n\n", is_item: bool = False
    ) -> None:
        """Append a paragraph after a `gap`; `level` above 0 makes it a heading."""
        paragraph = clean(paragraph)
        if not paragraph.strip():
            return
        self.end_table()
        if level or (not is_item and gap != "\n"):
            self._end_list()
        if self._parts:
            self._append(gap)
        if level:
            self._headings.append(Heading(self._length, level, one_line(without_marks(paragraph))))
        elif is_item:
            self._items.append(self._length)
        self._append(paragraph)

    def add_row(self, cells: Sequence[str], *, gap: str = "\n", is_header: bool = False) -> None:
        """Append the row of a table as a line. Rows at the beginning may be its header."""
        self._end_list()
        if self._parts:
            self._append(gap)
        if not self._rows:
            self._table_start = self._length
        self._append(clean(CELL_SEPARATOR.join(cells)))
        if is_header and self._header == len(self._rows):
            self._header += 1
        told = (
            [without_marks(cell) for cell in cells] if len(self._rows) <= MAX_HEADER_LINES else ()
        )
        self._rows.append((self._length, told))

    def append(self, other: Structured) -> int:
        """Append a text as it is, with what is known of it; returns where it begins now."""
        self.end_table()
        self._end_list()
        if self._parts:
            self._append("\n\n")
        start, text = self._length, other.text
        self._parts.append(text)
        self._length += len(text)
        self._headings += [replace(one, start=one.start + start) for one in other.headings]
        self._tables += [
            Table(one.start + start, one.header_end + start, one.end + start)
            for one in other.tables
        ]
        self._lists += [
            ItemList(tuple(item + start for item in one.items), one.end + start)
            for one in other.lists
        ]
        self._hidden += [(first + start, last + start) for first, last in other.hidden]
        return start

    def end_table(self) -> None:
        """What is added as a row from here on belongs to another table."""
        if len(self._rows) > 1:
            start, end = self._table_start, self._rows[-1][0]
            said = self._rows[self._header - 1][0] if self._header else 0
            self._tables.append(Table(start, said or header_end(self._rows, start), end))
        self._rows, self._header = [], 0

    def _end_list(self) -> None:
        if found := item_list(self._items, self._length):
            self._lists.append(found)
        self._items = []

    def _append(self, part: str) -> None:
        """Append without the marks of hidden text; what is not ended ends with the part."""
        if part.isascii():
            self._parts.append(part)
            self._length += len(part)
            return
        for piece in _HIDDEN.split(part):
            text = without_marks(piece)
            if piece.startswith(HIDDEN_START):
                self._hidden.append((self._length, self._length + len(text)))
            self._parts.append(text)
            self._length += len(text)

    def next_start(self, gap: str = "\n\n") -> int:
        """Where what is added next, after the gap, will begin."""
        return self._length + (len(gap) if self._parts else 0)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def hidden(self) -> tuple[tuple[int, int], ...]:
        """The spans of what a reader does not see, neighbours joined."""
        text, joined = self.text, list[tuple[int, int]]()
        for start, end in self._hidden:
            if joined and not has_words(text[joined[-1][1] : start]):
                joined[-1] = joined[-1][0], end
            elif has_words(text[start:end]):
                joined.append((start, end))
        return tuple(joined)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(self._headings)

    @property
    def tables(self) -> tuple[Table, ...]:
        self.end_table()
        return tuple(self._tables)

    @property
    def lists(self) -> tuple[ItemList, ...]:
        self._end_list()
        return tuple(self._lists)
