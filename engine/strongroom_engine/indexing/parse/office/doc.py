"""Word documents from before 2007 (DOC): their text in order, with notes after their paragraphs.

What a field shows is read and not what it computes it from; what a tracked change deleted is not
read, and what is hidden is marked. Pictures are counted; documents inside are members.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NeedsPassword, NoText
from strongroom_engine.indexing.parse.clean import (
    TextBuilder,
    as_hidden,
    has_words,
    one_line,
    sensible_title,
    without_marks,
)
from strongroom_engine.indexing.parse.office import objects, word_binary
from strongroom_engine.indexing.parse.office.decrypting import decrypted
from strongroom_engine.indexing.parse.office.ole import stream, title
from strongroom_engine.indexing.parse.office.word_95 import Word95File
from strongroom_engine.indexing.parse.office.word_binary import Paragraph, WordFile
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "application/msword"

_OBJECTS = "ObjectPool"
_ENCRYPTED = 0x0100
_TABLE_STREAM = 0x0200
_FIELD_START, _FIELD_MIDDLE, _FIELD_END = "\x13", "\x14", "\x15"
_FIELD = re.compile("[\x13-\x15]")
# East Asian characters with how they are read above them: only the characters are the text.
_READING = re.compile(r"\x13\s*EQ [^()]*\(\\s\\up [^()]*\([^()]*\)[,;]([^()]*)\)", re.IGNORECASE)
_SAID = {
    "\x0b": "\n",  # a line's end within a paragraph
    "\x0e": "\n",  # a column's end
    "\x1e": "-",  # a hyphen at which no line ends
    "\x1f": "",  # one that is only shown where a line ends
    "\t": "\t",
}
_PICTURES = frozenset("\x01\x08")
_REFERENCES = (word_binary.FOOTNOTES, word_binary.ENDNOTES, word_binary.COMMENTS)
_REFERENCE_BYTES = {word_binary.FOOTNOTES: 2, word_binary.ENDNOTES: 2, word_binary.COMMENTS: 30}


@contextmanager
def doc_errors() -> Iterator[None]:
    """What olefile raises, and reading numbers where there are none, as ours."""
    try:
        yield
    except objects.ERRORS as exc:
        raise DamagedDocument(why=word_binary.STRUCTURE) from exc


def parse(file: OpenFile) -> Document:
    import olefile

    opened = _unlocked(file)
    with doc_errors():
        return _document(opened, olefile.OleFileIO(opened.file), with_password=opened is not file)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """See `opening.parser`."""
    import olefile

    limit_bytes = file.settings.max_member_mb * MEGABYTE
    with doc_errors():
        container = olefile.OleFileIO(_unlocked(file).file)
        return objects.member(objects.of_pool(container, _OBJECTS), inner, limit_bytes)


def _unlocked(file: OpenFile) -> OpenFile:
    """The document as it is without its password; itself where it has none."""
    import olefile

    file.file.seek(0)
    with doc_errors():
        container = olefile.OleFileIO(file.file)
        word = stream(container, "WordDocument", word_binary.STRUCTURE)
        flags = word_binary.check_header(word)
    opened = file
    if flags & _ENCRYPTED and not word_binary.is_older(word):
        opened = decrypted(file)
        if opened is file:
            raise NeedsPassword
    return opened


def _document(file: OpenFile, container: Any, *, with_password: bool) -> Document:
    import olefile

    reader = _Reader(_opened(file, container))
    reader.read()
    inside, unopened = objects.members(objects.of_pool(container, _OBJECTS))
    counts = (
        (PICTURES, reader.pictures),
        (MACROS, int(container.exists("Macros"))),
        (EMBEDDED_FILES, unopened),
    )
    builder = reader.builder
    text = objects.text(builder, inside)
    if not has_words(text):
        raise NoText if reader.pictures else EmptyDocument
    named = sensible_title(title(container))
    found = builder.headings
    return Document(
        title=named or (found[0].text if found else one_line(file.stem)),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found,
        tables=builder.tables,
        lists=builder.lists,
        hidden=builder.hidden,
        members=inside,
        parser=f"olefile {olefile.__version__}",
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
        with_password=with_password,
    )


def _opened(file: OpenFile, container: Any) -> WordFile | Word95File:
    word = stream(container, "WordDocument", word_binary.STRUCTURE)
    flags = word_binary.check_header(word)
    if word_binary.is_older(word):
        return Word95File(word)
    name = "1Table" if flags & _TABLE_STREAM else "0Table"
    return WordFile(word, stream(container, name, word_binary.STRUCTURE), file.text_limit_bytes)


class _Reader:
    def __init__(self, word: WordFile | Word95File) -> None:
        self.builder = TextBuilder()
        self.pictures = 0
        self._word = word
        self._starts = word_binary.offsets(word.lengths)
        self._codes = _codes(word.text)
        self._notes = sorted(self._read_notes(), reverse=True)
        self._cells: list[str] = []
        self._cell: list[str] = []
        self._row_gap = "\n\n"

    def read(self) -> None:
        main, footnotes = self._starts[:2]
        for paragraph in self._word.paragraphs(main, footnotes):
            self._add(paragraph)
        self._end_table()
        boxes, end = self._starts[6:8]
        for paragraph in self._word.paragraphs(boxes, end):
            self.builder.add(self._said(paragraph.start, paragraph.end))
        self._margins()

    def _margins(self) -> None:
        """Headers and footers, each wording once, after the text."""
        said: set[str] = set()
        for start, end in (self._starts[2:4], self._starts[7:9]):
            for paragraph in self._word.paragraphs(start, end):
                text = self._said(paragraph.start, paragraph.end)
                if text not in said:
                    self.builder.add(text)
                said.add(text)

    def _add(self, paragraph: Paragraph) -> None:
        text = self._said(paragraph.start, paragraph.end)
        if not paragraph.look.in_table:
            self._end_table()
            self.builder.add(text, level=paragraph.level, is_item=paragraph.is_item)
        elif paragraph.look.is_row_end:
            self._end_row(is_header=bool(paragraph.look.is_header_row))
        else:
            self._cell.append(" ".join(text.split()))
            if paragraph.mark == "\x07":
                self._cells.append(" ".join(part for part in self._cell if part))
                self._cell = []
            return
        for note in self._notes_of(paragraph):
            self.builder.add(note)

    def _end_row(self, *, is_header: bool = False) -> None:
        if any(self._cells):
            self.builder.add_row(self._cells, gap=self._row_gap, is_header=is_header)
            self._row_gap = "\n"
        self._cells = []

    def _end_table(self) -> None:
        """A row that has no end ends with its table."""
        if self._cell or self._cells:
            self._cells += [part for part in self._cell if part]
            self._cell = []
            self._end_row()
        self.builder.end_table()
        self._row_gap = "\n\n"

    def _said(self, start: int, end: int) -> str:
        """What is shown of [start, end), with marks around what is hidden."""
        parts = []
        for first, last, is_hidden in self._shown(start, end):
            said = _joined("".join(map(self._letter, self._word.text[first:last])))
            parts.append(as_hidden(said) if is_hidden else said)
        return "".join(parts).strip()

    def _letter(self, character: str) -> str:
        if character in _PICTURES:
            self.pictures += 1
        return _SAID.get(character, character if character >= " " else "")

    def _shown(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """The parts of a range that are neither deleted nor codes of fields."""
        for first, last in _without(start, end, self._codes):
            for begin, finish in _without(first, last, self._word.deleted):
                reached = begin
                for hidden in _within(begin, finish, self._word.hidden):
                    yield reached, hidden[0], False
                    yield *hidden, True
                    reached = hidden[1]
                yield reached, finish, False

    def _read_notes(self) -> Iterator[tuple[int, str]]:
        """The notes and comments by the place of their reference."""
        parts = self._starts[1], self._starts[5], self._starts[4]
        for (references, texts), origin in zip(_REFERENCES, parts, strict=True):
            size = _REFERENCE_BYTES[references, texts]
            places = word_binary.ranges(self._word.table(references), size)[:-1]
            bounds = word_binary.ranges(self._word.table(texts), 0)
            for place, start, end in zip(places, bounds, bounds[1:], strict=False):
                said = (
                    self._said(one.start, one.end)
                    for one in self._word.paragraphs(origin + start, origin + end)
                )
                yield place, "\n".join(text for text in said if text)

    def _notes_of(self, paragraph: Paragraph) -> Iterator[str]:
        """Those that were not said yet: also of the cells of a row, after the row."""
        while self._notes and self._notes[-1][0] <= paragraph.end:
            yield self._notes.pop()[1]


def _codes(text: str) -> list[tuple[int, int]]:
    """The ranges of what fields are computed from, and of the marks around what they show."""
    found = []
    open_fields: list[tuple[int, int | None]] = []
    for match in _FIELD.finditer(text):
        place, character = match.start(), match[0]
        if character == _FIELD_START:
            open_fields.append((place, None))
        elif character == _FIELD_MIDDLE and open_fields:
            open_fields[-1] = open_fields[-1][0], place
        elif character == _FIELD_END and open_fields:
            start, middle = open_fields.pop()
            if middle is None and (reading := _READING.match(text, start, place)):
                found += [(start, reading.start(1)), (reading.end(1), place + 1)]
            else:
                found.append((start, (place if middle is None else middle) + 1))
                found.append((place, place + 1))
    return _united(found)


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


def _within(start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of spans, which are in order, that lie in [start, end)."""
    index = max(bisect_right(spans, (start, start)) - 1, 0)
    while index < len(spans) and spans[index][0] < end:
        first, last = max(spans[index][0], start), min(spans[index][1], end)
        if first < last:
            yield first, last
        index += 1


def _without(start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of [start, end) that lie in none of the spans."""
    for first, last in _within(start, end, spans):
        if start < first:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _joined(text: str) -> str:
    """The text with the halves of pairs (surrogates) joined."""
    text = without_marks(text)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
