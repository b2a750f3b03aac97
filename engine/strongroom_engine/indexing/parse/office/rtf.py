"""Rich text (RTF): what a word processor shows of it, in the order of the text.

Text of footnotes and comments follows its paragraph; headers and footers stand at the end, each
once. What a field shows is read and not its code, and what a tracked change deleted is not.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NoText
from strongroom_engine.indexing.parse.clean import (
    TextBuilder,
    as_hidden,
    has_words,
    one_line,
    sensible_title,
    without_marks,
)
from strongroom_engine.indexing.parse.office import objects
from strongroom_engine.indexing.parse.office.rtf_tokens import Token, of_charset, of_page, tokens
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, PICTURES
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "application/rtf"
PARSER = "Strongroom's reader of rich text"
MAX_DEPTH = 5_000
"""Groups in groups; nobody writes a hundredth of it."""
MAX_LEVEL = 9

# fmt: off
_UNREAD = frozenset({
    "colortbl", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator",
    "pict", "objdata", "objclass", "objname", "nonshppict", "fldinst", "xe", "tc", "bkmkstart",
    "bkmkend", "themedata", "colorschememapping", "datastore", "latentstyles", "ftnsep", "ftnsepc",
    "ftncn", "aftnsep", "aftnsepc", "aftncn", "atnid", "atnauthor", "atntime", "atndate",
    "atnref", "atnparent", "sn", "sv", "shprslt", "nesttableprops", "nonesttables", "operator",
    "company", "pnseclvl", "xmlnstbl", "mmathPr", "template", "do", "formfield", "datafield",
    "private", "keycode", "background", "blipuid", "pn", "docvar", "oldcprops", "oldpprops",
    "factoidname", "pgdsctbl", "userprops", "wgrffmtfilter", "fontemb",
})
_MARGINS = frozenset({
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
})
_AFTER = frozenset({"footnote", "annotation", "shptxt"})
_READ_THOUGH_NEW = frozenset({
    "annotation", "footnote", "shpinst", "shptxt", "ud", "listtext", "pntext",
})
"""Destinations that are marked as such that old programs pass over, and are read here."""
_LETTERS = {
    "line": "\n", "lbr": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "~": "\u00a0", "_": "-", "-": "", "softline": "\n", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f", "\t": "\t",
}
# fmt: on
_OLD_PAGES = {"mac": 10000, "pc": 437, "pca": 850}
_ENDS = frozenset({"par", "sect", "page", "column", "\n", "\r", "softpage"})
_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_TOO_SMALL = 4
"""In half points, as in `docx_hidden`."""


@dataclass(slots=True)
class _Look:
    """What holds until its group ends."""

    destination: str = "body"
    encoding: str = ""
    skipped: int = 1
    """Characters after one in Unicode that stand there for programs which do not know it."""
    is_hidden: bool = False
    is_small: bool = False
    is_deleted: bool = False
    in_table: bool = False
    is_item: bool = False
    style: int = 0
    outline: int | None = None
    font: int = 0
    before: str = ""
    """The destination in which the same text stands twice, as bytes and in Unicode."""


@dataclass(slots=True)
class _Flow:
    """A text of its own: the body, a footnote, a header."""

    parts: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    """Of a flow that is not the body, those that have ended."""


def parse(file: OpenFile) -> Document:
    reader, data = Reader(), file.read()
    reader.read(data)
    inside, _ = objects.members(objects.of_rtf(data))
    text = objects.text(reader.builder, inside)
    if not has_words(text):
        raise NoText if reader.pictures else EmptyDocument
    found = reader.builder.headings
    counts = ((PICTURES, reader.pictures), (EMBEDDED_FILES, max(reader.objects - len(inside), 0)))
    return Document(
        title=sensible_title(reader.title) or (found[0].text if found else one_line(file.stem)),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found,
        tables=reader.builder.tables,
        lists=reader.builder.lists,
        hidden=reader.builder.hidden,
        members=inside,
        parser=PARSER,
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
    )


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """See `opening.parser`."""
    limit_bytes = file.settings.max_member_mb * MEGABYTE
    return objects.member(objects.of_rtf(file.read()), inner, limit_bytes)


class Reader:
    """Reads one text; what came of it is in `builder`."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.title = ""
        self.pictures = 0
        self.objects = 0
        self._encoding = "cp1252"
        self._default_font = 0
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._names: dict[int, str] = {}
        self._look = _Look()
        self._stack: list[tuple[_Look, _Flow]] = []
        self._body = _Flow()
        self._flow = self._body
        self._bytes = bytearray()
        self._to_skip = 0
        self._begins = False
        """Whether the group has only begun."""
        self._is_new = False
        """Whether the control word that comes names a destination which old programs pass over."""
        self._said = ""
        """What a destination says that is no text of the document: a font's name, a title."""
        self._cells: list[str] = []
        self._cell: list[str] = []
        self._is_header_row = False
        self._row_gap = "\n\n"
        self._after: list[str] = []
        self._margins: list[str] = []

    def read(self, data: bytes) -> None:
        for token in tokens(data):
            self._take(token)
        self._decode()
        while self._stack:
            self._close()
        self._end_paragraph()
        self._end_table()
        self._add_after()
        for margin in dict.fromkeys(self._margins):
            self.builder.add(margin)

    def _take(self, token: Token) -> None:
        begins, self._begins = self._begins, token.name == "{"
        if token.name == "*":
            self._is_new = begins
        elif token.text:
            self._take_bytes(token)
        elif token.name == "{":
            self._decode()
            self._open()
        elif token.name == "}":
            self._decode()
            self._close()
        else:
            self._take_word(token)

    # --- bytes and characters --------------------------------------------------------------------

    def _take_bytes(self, token: Token) -> None:
        text = token.text
        if self._to_skip:
            count = min(self._to_skip, len(text))
            self._to_skip -= count
            text = text[count:]
        if self._look.destination != "unread":
            self._bytes += text
        self._is_new = False

    def _decode(self) -> None:
        """The bytes that have gathered, in the encoding of their font."""
        self._to_skip = 0
        if self._bytes:
            encoding = self._look.encoding or self._encoding
            said = self._bytes.decode(encoding, "replace")
            self._bytes.clear()
            self._say(said)

    def _say(self, text: str) -> None:
        look = self._look
        if look.destination in {"fonttbl", "stylesheet", "title"}:
            self._said += text
        elif look.destination == "body" and not look.is_deleted:
            text = without_marks(text)
            self._flow.parts.append(
                as_hidden(text) if (look.is_hidden or look.is_small) and text.strip() else text
            )

    # --- groups ----------------------------------------------------------------------------------

    def _open(self) -> None:
        if len(self._stack) > MAX_DEPTH:
            raise DamagedDocument(why="its elements are nested too deeply")
        self._stack.append((self._look, self._flow))
        self._look = replace(self._look)
        self._is_new = False

    def _close(self) -> None:
        if not self._stack:
            return
        ended, flow = self._look, self._flow
        self._look, self._flow = self._stack.pop()
        if ended.destination in {"fonttbl", "stylesheet", "title"}:
            self._end_name(ended)
        elif flow is not self._flow:
            self._end_flow(flow)
        elif ended.destination == "item" and self._look.destination != "item":
            self._look.is_item = True

    def _end_name(self, ended: _Look) -> None:
        if ended.destination == "title":
            self.title = self.title or self._said
        elif ended.destination == "stylesheet":
            self._end_style(ended)
        self._said = ""

    def _end_style(self, ended: _Look) -> None:
        name = self._said.rstrip("; ").strip()
        match = _HEADING.match(name)
        if match:
            self._levels[ended.style] = int(match[1])
        elif name.lower() == "title":
            self._levels[ended.style] = 1
        elif ended.outline is not None and ended.outline < MAX_LEVEL:
            self._levels[ended.style] = ended.outline + 1

    def _end_flow(self, flow: _Flow) -> None:
        if last := _joined(flow.parts).strip():
            flow.paragraphs.append(last)
        said = self._margins if isinstance(flow, _Margin) else self._after
        said.append("\n".join(flow.paragraphs))

    # --- control words ---------------------------------------------------------------------------

    def _take_word(self, token: Token) -> None:
        name, number = token.name, token.number
        if name == "u":
            self._unicode(number or 0)
            return
        if self._to_skip and len(name) == 1 and not name.isalpha():
            self._to_skip -= 1
            return
        self._decode()
        is_new, self._is_new = self._is_new, False
        if self._look.destination == "unread":
            return
        if is_new and name not in _READ_THOUGH_NEW:
            self.pictures += name == "shppict"
            self._look.destination = "unread"
            return
        if not self._destination(name) and not self._shape(name, number):
            self._text_word(name)

    def _unicode(self, number: int) -> None:
        if self._look.destination == "unread":
            return
        self._decode()
        # Numbers above 32,767 are written as negative ones.
        self._say(chr(number if 0 <= number <= sys.maxunicode else number & 0xFFFF))
        self._to_skip = self._look.skipped

    def _destination(self, name: str) -> bool:
        look = self._look
        if name in _UNREAD:
            self.pictures += name == "pict"
            look.destination = "unread"
        elif name in {"fonttbl", "stylesheet"}:
            look.destination, self._said = name, ""
        elif name == "info":
            look.destination = "info"
        elif name == "title" and look.destination == "info":
            look.destination, self._said = "title", ""
        elif name in {"listtext", "pntext"}:
            look.destination = "item"
        elif name == "upr":
            look.before, look.destination = look.destination, "said twice"
        elif name == "ud":
            look.destination = look.before or look.destination
        elif name == "object":
            self.objects += 1
        elif name in _MARGINS or name in _AFTER:
            self._begin_flow(name)
        else:
            return False
        return True

    def _begin_flow(self, name: str) -> None:
        self._look = replace(self._look, destination="body", in_table=False, is_deleted=False)
        self._flow = _Margin() if name in _MARGINS else _Flow()

    def _shape(self, name: str, number: int | None) -> bool:
        """What changes how the text after it is read."""
        is_on = number != 0
        return (
            self._encoding_shape(name, number)
            or self._character_shape(name, number, is_on)
            or self._paragraph_shape(name, number, is_on)
        )

    def _encoding_shape(self, name: str, number: int | None) -> bool:
        look = self._look
        if name == "f":
            self._font(number or 0)
        elif name in {"fcharset", "cpg"} and look.destination == "fonttbl":
            found = of_charset(number or 0) if name == "fcharset" else of_page(number or 0)
            self._fonts[look.font] = found or ""
        elif name == "ansicpg" or name in _OLD_PAGES:
            page = _OLD_PAGES.get(name, number or 1252)
            self._encoding = of_page(page) or self._encoding
        elif name == "deff":
            self._default_font = number or 0
        elif name == "uc":
            look.skipped = min(max(number if number is not None else 1, 0), 8)
        else:
            return False
        return True

    def _character_shape(self, name: str, number: int | None, is_on: bool) -> bool:
        look = self._look
        if name == "v":
            look.is_hidden = is_on
        elif name == "fs":
            look.is_small = number is not None and number < _TOO_SMALL
        elif name == "deleted":
            look.is_deleted = is_on
        elif name == "plain":
            look.is_hidden = look.is_small = look.is_deleted = False
            self._font(self._default_font)
        else:
            return False
        return True

    def _paragraph_shape(self, name: str, number: int | None, is_on: bool) -> bool:
        look = self._look
        if name == "pard":
            look.in_table = look.is_item = False
            look.style, look.outline = 0, None
        elif name == "s":
            look.style = number or 0
        elif name == "outlinelevel":
            look.outline = number
        elif name in {"intbl", "itap"}:
            look.in_table = is_on
        elif name == "ls":
            look.is_item = is_on
        elif name == "trhdr":
            self._is_header_row = True
        else:
            return False
        return True

    def _font(self, number: int) -> None:
        self._look.font = number
        if self._look.destination != "fonttbl":
            self._look.encoding = self._fonts.get(number, "")

    def _text_word(self, name: str) -> None:
        if self._look.destination != "body":
            return
        if name in _LETTERS:
            self._say(_LETTERS[name])
        elif name in _ENDS:
            self._end_paragraph()
        elif name in {"cell", "nestcell", "nestrow"}:
            self._end_cell(is_nested=name != "cell")
        elif name == "row":
            self._end_row()

    # --- paragraphs and tables -------------------------------------------------------------------

    def _end_paragraph(self) -> None:
        text = _joined(self._flow.parts).strip()
        self._flow.parts.clear()
        if self._flow is not self._body:
            if text:
                self._flow.paragraphs.append(text)
        elif self._look.in_table:
            self._cell.append(text)
        else:
            self._end_table()
            look = self._look
            level = self._levels.get(look.style, 0)
            if look.outline is not None:
                level = look.outline + 1 if look.outline < MAX_LEVEL else 0
            self.builder.add(text, level=level, is_item=look.is_item)
            self._add_after()

    def _add_after(self) -> None:
        for note in self._after:
            self.builder.add(note)
        self._after.clear()

    def _end_cell(self, *, is_nested: bool) -> None:
        text = _joined(self._flow.parts)
        self._flow.parts.clear()
        if self._flow is not self._body:
            self._flow.parts.append(f"{text} ")
            return
        self._cell.append(text)
        if not is_nested:
            said = (" ".join(part.split()) for part in self._cell)
            self._cells.append(" ".join(part for part in said if part))
            self._cell.clear()

    def _end_row(self) -> None:
        if self._flow is not self._body:
            self._end_paragraph()
            return
        if any(self._cells):
            self.builder.add_row(self._cells, gap=self._row_gap, is_header=self._is_header_row)
            self._row_gap = "\n"
        self._cells = []
        self._is_header_row = False

    def _end_table(self) -> None:
        if self._cell or self._cells:
            self._cells += [text for part in self._cell if (text := " ".join(part.split()))]
            self._cell.clear()
            self._end_row()
        self.builder.end_table()
        self._row_gap = "\n\n"


class _Margin(_Flow):
    """A header or a footer."""


def _joined(parts: list[str]) -> str:
    """The text with the halves of pairs (surrogates) joined."""
    text = "".join(parts)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
