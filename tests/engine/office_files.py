"""Office documents made for tests, as small as they may be: packages, old containers, their streams."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import msoffcrypto.format.ooxml

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
    "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' "
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
    f"xmlns:r='{RELATIONS}'"
)
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 0x800
"""Where in the stream 'WordDocument' of a made document its text begins."""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def relations(**targets: str) -> str:
    """'slide_1="slides/slide1.xml"': what a part is related to, the kind before the '_' of its id."""
    inside = "".join(
        f"<Relationship Id='{number}' Type='{RELATIONS}/{number.partition('_')[0]}' Target='{target}'/>"
        for number, target in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f"<Relationships xmlns='{space}'>{inside}</Relationships>"


def encrypted(document: bytes, password: str) -> bytes:
    """A document since 2007 with a password, as Office encrypts it."""
    content = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(document)).encrypt(password, content)
    return content.getvalue()


# --- presentations since 2007 --------------------------------------------------------------------


def presentation(*slides: str, **parts: str | bytes) -> bytes:
    """`slides` are what stands in each; the slide 'hidden:…' is a hidden one. The names of parts
    have '__' for '/' and '_dot_' for '.'."""
    numbers = range(1, len(slides) + 1)
    ids = "".join(f"<p:sldId id='{255 + n}' r:id='slide_{n}'/>" for n in numbers)
    made: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument_1="ppt/presentation.xml"),
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"slide_{n}": f"slides/slide{n}.xml" for n in numbers}
        ),
    }
    for number, slide in zip(numbers, slides, strict=True):
        shapes = slide.removeprefix("hidden:")
        show = " show='0'" if shapes != slide else ""
        tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        made[f"ppt/slides/slide{number}.xml"] = f"<p:sld {SPACES}{show}>{tree}</p:sld>"
    for name, data in parts.items():
        made[name.replace("__", "/").replace("_dot_", ".")] = data
    return zipped(made)


def shape(
    *paragraphs: str, kind: str = "", box: tuple[int, int, int, int] | None = None, more: str = ""
) -> str:
    """A shape with text; `kind` of placeholder; `box` is left, top, width, height."""
    holder = f"<p:nvPr><p:ph type='{kind}'/></p:nvPr>" if kind else "<p:nvPr/>"
    place = (
        f"<p:spPr><a:xfrm><a:off x='{box[0]}' y='{box[1]}'/><a:ext cx='{box[2]}' cy='{box[3]}'/></a:xfrm></p:spPr>"
        if box
        else "<p:spPr/>"
    )
    text = "".join(f"<a:p><a:r><a:t>{one}</a:t></a:r></a:p>" for one in paragraphs)
    known = f"<p:nvSpPr><p:cNvPr id='1' name='x'{more}/>{holder}</p:nvSpPr>"
    return f"<p:sp>{known}{place}<p:txBody>{text}</p:txBody></p:sp>"


# --- containers of Office before 2007 ------------------------------------------------------------


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams, each filled up so that none lies in the small sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    directory_sectors = (len(padded) + 1 + 3) // 4
    table = [_FAT, *_chain(1, directory_sectors)]
    body, entries = b"", list[bytes]()
    for name, data in padded.items():
        count = -(-len(data) // _SECTOR)
        right = len(entries) + 2 if len(entries) + 1 < len(padded) else _FREE
        entries.append(_entry(name, 2, len(table), len(data), right=right))
        table += _chain(len(table), count)
        body += data.ljust(count * _SECTOR, b"\0")
    assert len(table) <= _SECTOR // 4
    root = _entry("Root Entry", 5, _END, 0, right=_FREE, child=1)
    directory = b"".join([root, *entries]).ljust(directory_sectors * _SECTOR, b"\0")
    fat = struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff")
    return _header() + fat + directory + body


def native(name: str, data: bytes, wide: str = "") -> bytes:
    """A file as it is put into a document as it is."""
    inside = (
        b"\2\0" + name.encode() + b"\0" + name.encode() + b"\0" + bytes(8) + name.encode() + b"\0"
    )
    inside += len(data).to_bytes(4, "little") + data
    for said in ("C:\\temp", wide) if wide else ():
        inside += len(said).to_bytes(4, "little") + said.encode("utf-16-le")
    return len(inside).to_bytes(4, "little") + inside


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108)


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _entry(
    name: str, kind: int, sector: int, size: int, *, right: int, child: int = _FREE
) -> bytes:
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1)
    return head + struct.pack("<III36xIQ", _FREE, right, child, sector, size)


# --- Word before 2007 ----------------------------------------------------------------------------


class Word:
    """A Word document of 1997 to 2003, put together paragraph by paragraph."""

    def __init__(self, flags: int = 0x0200, width: int = 2) -> None:
        """`width`: bytes of a character."""
        self.text = ""
        self.notes = ""
        self.references: list[int] = []
        self._flags = flags
        self._width = width
        self._paragraphs: list[tuple[int, int, bytes]] = []
        self._runs: list[tuple[int, int, bytes]] = []

    def add(self, text: str, *, style: int = 0, look: bytes = b"", mark: str = "\r") -> Word:
        start = len(self.text)
        self.text += text + mark
        self._paragraphs.append((start, len(self.text), struct.pack("<H", style) + look))
        return self

    def mark(self, words: str, look: bytes) -> Word:
        """Let words look so."""
        start = self.text.index(words)
        self._runs.append((start, start + len(words), look))
        return self

    def note(self, text: str) -> Word:
        """A footnote at the end of what there is."""
        self.references.append(len(self.text) - 2)
        self.notes += f"\2 {text}\r"
        return self

    def made(self) -> bytes:
        return container(self.streams())

    def streams(self) -> dict[str, bytes]:
        whole = self.text + self.notes + ("\r" if self.notes else "")
        end = len(whole)
        text = whole.encode("utf-16-le" if self._width == 2 else "cp1252")
        page = -(-(TEXT_AT + len(text)) // _SECTOR)
        paragraphs = [*self._paragraphs, (len(self.text), end, b"\0\0")]
        word = text.ljust((page * _SECTOR) - TEXT_AT, b"\0")
        word += _page(paragraphs, self._width, is_paragraphs=True)
        word += _page(self._whole_runs(end), self._width, is_paragraphs=False)
        bounds = struct.pack("<II", TEXT_AT, TEXT_AT + self._width * end)
        piece = struct.pack("<IIHIH", 0, end, 0, self._place(), 0)
        notes = [0, *_ends(self.notes), len(self.notes) + 1]
        references = [*self.references, end]
        tables = {
            1: _styles(),
            2: struct.pack(f"<{len(references)}I", *references) + bytes(2 * len(self.references)),
            3: struct.pack(f"<{len(notes)}I", *notes),
            12: bounds + struct.pack("<I", page + 1),
            13: bounds + struct.pack("<I", page),
            33: b"\2" + struct.pack("<I", len(piece)) + piece,
        }
        head, table = self._head(tables)
        return {"WordDocument": head + word, "1Table": table}

    def _place(self) -> int:
        return TEXT_AT if self._width == 2 else 0x40000000 | 2 * TEXT_AT

    def _whole_runs(self, end: int) -> list[tuple[int, int, bytes]]:
        runs, reached = list[tuple[int, int, bytes]](), 0
        for start, stop, look in sorted(self._runs):
            runs += [(reached, start, b""), (start, stop, look)]
            reached = stop
        return [*runs, (reached, end, b"")]

    def _head(self, tables: Mapping[int, bytes]) -> tuple[bytes, bytes]:
        head = bytearray(TEXT_AT)
        struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
        struct.pack_into("<H", head, 0x0A, self._flags)
        notes = len(self.notes) + 1 if self.notes else 0
        struct.pack_into("<II", head, 0x4C, len(self.text), notes)
        table = b"\0" * 4
        for number, data in tables.items():
            struct.pack_into("<II", head, 0x9A + 8 * number, len(table), len(data))
            table += data
        return bytes(head), table


def _ends(notes: str) -> list[int]:
    return [place + 1 for place, letter in enumerate(notes) if letter == "\r"]


def _page(runs: list[tuple[int, int, bytes]], width: int, *, is_paragraphs: bool) -> bytes:
    page = bytearray(_SECTOR)
    page[-1] = len(runs)
    bounds = [TEXT_AT + width * runs[0][0], *(TEXT_AT + width * end for _, end, _ in runs)]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    place = _SECTOR - 2
    for number, (_, _, look) in enumerate(runs):
        if not look:
            continue
        # Of paragraphs the size is in words, and the first byte says so.
        size = bytes([0, (len(look) + 1) // 2]) if is_paragraphs else bytes([len(look)])
        data = size + look
        place = (place - len(data)) // 2 * 2
        page[place : place + len(data)] = data
        page[4 * len(bounds) + (13 if is_paragraphs else 1) * number] = place // 2
    return bytes(page)


def _styles() -> bytes:
    """0 is 'Normal', 1 'heading 1', 2 a style of somebody's based on it."""
    made = struct.pack("<HHH", 18, 3, 10) + bytes(14)
    for number, base, name in ((0, 0xFFF, "Normal"), (1, 0, "heading 1"), (0xFFE, 1, "Own")):
        std = struct.pack("<HHHHH", number, 1 | base << 4, 0, 0, 0)
        std += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        made += struct.pack("<H", len(std)) + std
    return made


# --- PowerPoint before 2007 ----------------------------------------------------------------------


def record(kind: int, data: bytes, *, instance: int = 0, is_container: bool = False) -> bytes:
    head = instance << 4 | (0xF if is_container else 0)
    return struct.pack("<HHI", head, kind, len(data)) + data


def holder(kind: int, *parts: bytes, instance: int = 0) -> bytes:
    return record(kind, b"".join(parts), instance=instance, is_container=True)


def old_text(text: str, kind: int) -> bytes:
    """A text with its kind: 0 a title, 1 a body, 4 another."""
    return record(0x0F9F, struct.pack("<I", kind)) + record(0x0FA0, text.encode("utf-16-le"))


def old_shape(text: bytes, box: tuple[int, int, int, int] = (0, 0, 10, 10)) -> bytes:
    """`box` is left, top, right, bottom."""
    anchor = record(0xF010, struct.pack("<4h", box[1], box[0], box[2], box[3]))
    return holder(0xF004, record(0xF00A, bytes(8), instance=1), anchor, record(0xF00D, text))


def old_slide(*shapes: bytes, more: bytes = b"", is_hidden: bool = False) -> bytes:
    own = holder(0xF004, record(0xF00A, bytes(8)))
    drawing = holder(0x040C, holder(0xF002, holder(0xF003, own, *shapes)))
    show = record(0x03F9, bytes(10) + struct.pack("<H", 4 if is_hidden else 0) + bytes(4))
    return holder(0x03EE, record(0x03EF, bytes(24)), show, drawing, more)


def old_notes(slide: int, text: str) -> bytes:
    own = holder(0xF004, record(0xF00A, bytes(8)))
    drawing = holder(0x040C, holder(0xF002, holder(0xF003, own, old_shape(old_text(text, 2)))))
    return holder(0x03F0, record(0x03F1, struct.pack("<II", slide, 0)), drawing)


def old_presentation(
    slides: list[tuple[bytes, bytes]],
    notes: list[bytes] | None = None,
    objects: tuple[bytes, ...] = (),
) -> bytes:
    """`slides` are each with its texts of the outline; the slides have the numbers 256, 257, …
    `objects` are packed."""
    notes = notes or []
    data, places = b"", list[int]()
    kept = [
        record(0x1011, struct.pack("<I", len(one)) + zlib.compress(one), instance=1)
        for one in objects
    ]
    for part in (*(slide for slide, _ in slides), *notes, *kept):
        places.append(len(data))
        data += part
    listed = b"".join(
        record(0x03F3, struct.pack("<IIiII", number + 2, 0, 0, 256 + number, 0)) + texts
        for number, (_, texts) in enumerate(slides)
    )
    listed_notes = b"".join(
        record(0x03F3, struct.pack("<IIiII", len(slides) + number + 2, 0, 0, 300 + number, 0))
        for number in range(len(notes))
    )
    first = len(slides) + len(notes) + 2
    listed_objects = b"".join(
        holder(0x0FCC, record(0x0FC3, struct.pack("<6I", 1, 0, number, 0, first + number, 0)))
        for number in range(len(objects))
    )
    document = holder(
        0x03E8,
        holder(0x0FF0, listed),
        holder(0x0FF0, listed_notes, instance=2),
        holder(0x0409, listed_objects),
    )
    places = [len(data), *places]
    data += document
    directory = struct.pack("<I", 1 | len(places) << 20) + struct.pack(f"<{len(places)}I", *places)
    at = len(data)
    data += record(0x1772, directory)
    edit = len(data)
    data += record(0x0FF5, struct.pack("<IIIIIIHH", 256, 3, 0, at, 1, len(places) + 1, 0, 0))
    user = record(0x0FF6, struct.pack("<IIIHHBBH", 20, 0xE391C05F, edit, 0, 1012, 3, 0, 0))
    return container({"Current User": user, "PowerPoint Document": data})
