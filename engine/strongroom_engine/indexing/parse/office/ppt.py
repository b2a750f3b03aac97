"""Presentations of 1997 to 2003 (PPT): records in records, read slide by slide.

A save appends to the file, so the newest version of each part is found by a directory, and the
directories of earlier saves stand behind it. What a slide says in its placeholders stands in the
outline of the presentation, everything else in the shapes of its drawing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
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
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office import objects, slides
from strongroom_engine.indexing.parse.office.decrypting import decrypted
from strongroom_engine.indexing.parse.office.ole import stream, title
from strongroom_engine.indexing.parse.office.reading_order import Box, in_reading_order
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, PICTURES
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "application/vnd.ms-powerpoint"
STRUCTURE = "it does not have the structure of a presentation"

_ENCRYPTED = 0xF3D1C4DF
_USER_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_LAST_EDIT = struct.pack("<HI", _USER_EDIT, 28)
_LIST, _IN_LIST = 0x0FF0, 0x03F3
_SLIDES, _MASTERS, _NOTES = 0, 1, 2
_FACTS, _PLACEHOLDER = 0xF011, 0x0BC3
_NOTES_OF, _SLIDE_SHOW = 0x03F1, 0x03F9
_IS_HIDDEN = 0x04
_DRAWING, _GROUP, _SHAPE = 0x040C, 0xF003, 0xF004
_SHAPE_KIND, _LINE, _PICTURE_FRAME = 0xF00A, 20, 75
_ANCHOR, _CHILD_ANCHOR, _TEXT_BOX = 0xF010, 0xF00F, 0xF00D
_MORE_PROPERTIES, _IS_TABLE = 0xF122, 0x039F
_TEXT_KIND, _WIDE_TEXT, _TEXT, _IN_OUTLINE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E
_TAGS, _TAG, _TAG_DATA, _COMMENT, _STRING = 0x1388, 0x138A, 0x138B, 0x2EE0, 0x0FBA
_OBJECTS, _OBJECT, _OBJECT_FACTS, _OBJECT_KEPT = 0x0409, 0x0FCC, 0x0FC3, 0x1011
_PACKED = 1
_TITLES, _BODIES = frozenset({0, 6}), frozenset({1, 5, 7, 8})
_CONTAINERS = frozenset({_TAG_DATA, _TEXT_BOX})
"""They hold records, though they do not say so."""
MAX_DEPTH = 24
MAX_SAVES = 10_000


@dataclass(slots=True)
class _Record:
    kind: int
    instance: int
    data: memoryview
    is_container: bool

    def children(self) -> Iterator[_Record]:
        return _records(self.data) if self.is_container else iter(())

    def below(self, *path: int) -> Iterator[_Record]:
        """The records that a path of kinds leads to."""
        for child in self.children():
            if child.kind == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.below(*path[1:])

    def number(self, place: int = 0) -> int:
        return int(struct.unpack_from("<I", self.data, place)[0])


@dataclass(slots=True)
class _Text:
    kind: int
    paragraphs: list[str]


@dataclass(slots=True)
class _Listed:
    """A slide or a page of notes as the presentation lists it, with its texts of the outline."""

    place: int
    number: int
    texts: list[_Text] = field(default_factory=list)


@contextmanager
def ppt_errors() -> Iterator[None]:
    """What olefile raises, and reading numbers where there are none, as ours."""
    try:
        yield
    except objects.ERRORS as exc:
        raise DamagedDocument(why=STRUCTURE) from exc


def parse(file: OpenFile) -> Document:
    import olefile

    opened = _unlocked(file)
    is_encrypted = opened is not file
    try:
        with ppt_errors():
            return _document(opened, olefile.OleFileIO(opened.file), with_password=is_encrypted)
    except DamagedDocument as exc:
        # Some saves are encrypted in ways that come out of decrypting in pieces.
        raise NeedsPassword if is_encrypted else exc from exc


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """See `opening.parser`."""
    import olefile

    limit_bytes = file.settings.max_member_mb * MEGABYTE
    opened = _unlocked(file)
    with ppt_errors():
        reader = _opened(opened, olefile.OleFileIO(opened.file))
        return objects.member(reader.inside(limit_bytes), inner, limit_bytes)


def _unlocked(file: OpenFile) -> OpenFile:
    """The presentation as it is without its password; itself where it has none."""
    import olefile

    file.file.seek(0)
    with ppt_errors():
        user = stream(olefile.OleFileIO(file.file), "Current User", STRUCTURE)
        is_encrypted = struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED
    opened = decrypted(file) if is_encrypted else file
    if is_encrypted and opened is file:
        raise NeedsPassword
    return opened


def _opened(file: OpenFile, container: Any) -> _Reader:
    data = stream(container, "PowerPoint Document", STRUCTURE)
    return _Reader(data, stream(container, "Current User", STRUCTURE), file.text_limit_bytes)


def _document(file: OpenFile, container: Any, *, with_password: bool) -> Document:
    import olefile

    reader = _opened(file, container)
    reader.read()
    builder = reader.builder
    inside, unopened = objects.members(reader.inside(file.settings.max_member_mb * MEGABYTE))
    text = objects.text(builder, inside)
    if not has_words(text):
        raise NoText if reader.pictures else EmptyDocument
    counts = ((PICTURES, reader.pictures), (EMBEDDED_FILES, unopened))
    return Document(
        title=sensible_title(title(container)) or reader.first_title or one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=builder.headings,
        tables=builder.tables,
        lists=builder.lists,
        hidden=builder.hidden,
        places=tuple(reader.places),
        members=inside,
        parser=f"olefile {olefile.__version__}",
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
        with_password=with_password,
    )


class _Reader:
    def __init__(self, data: bytes, user: bytes, limit_bytes: int) -> None:
        self.builder = TextBuilder()
        self.places: list[Place] = []
        self.pictures = 0
        self.first_title = ""
        self._data = memoryview(data)
        self._limit = limit_bytes
        self._parts: dict[int, int] = {}
        """Where the newest version of each part begins, by its number."""
        self._document = self._read_saves(struct.unpack_from("<I", user, 16)[0])
        self._outline: list[_Text] = []
        self._used: set[int] = set()
        """Which texts of the outline shapes have said."""
        self._is_hidden = False

    def _read_saves(self, place: int) -> _Record:
        """Follow the saves from the last to the first; what a later one says holds."""
        document = None
        if place + 8 > len(self._data):  # not where it is said to be: the last one there is
            place = bytes(self._data).rfind(_LAST_EDIT) - 2
        for _ in range(MAX_SAVES):
            edit = self._record(max(place, 0))
            if edit.kind != _USER_EDIT:
                raise DamagedDocument(why=STRUCTURE)
            earlier, directory, number = struct.unpack_from("<III", edit.data, 8)
            document = number if document is None else document
            self._read_directory(self._record(directory))
            if not earlier or earlier >= place:
                break
            place = earlier
        return self._record(self._parts[document or 0])

    def _read_directory(self, directory: _Record) -> None:
        if directory.kind != _DIRECTORY:
            raise DamagedDocument(why=STRUCTURE)
        place = 0
        while place + 4 <= len(directory.data):
            said = directory.number(place)
            first, count = said & 0xFFFFF, said >> 20
            places = struct.unpack_from(f"<{count}I", directory.data, place + 4)
            for number, where in enumerate(places, first):
                self._parts.setdefault(number, where)
            place += 4 + 4 * count

    def _record(self, place: int) -> _Record:
        found = next(_records(self._data[place:]), None)
        if found is None:
            raise DamagedDocument(why=STRUCTURE)
        return found

    def read(self) -> None:
        notes = dict(self._notes())
        for number, listed in enumerate(self._listed(_SLIDES), 1):
            slide = self._part(listed.place)
            if slide is not None:
                self._read_slide(number, slide, listed, notes.get(listed.number))
            check_size(4 * self.builder.next_start(), self._limit)

    def inside(self, limit_bytes: int) -> Iterator[objects.Carried | None]:
        """The documents in the objects of its slides."""
        return objects.of_parts(self._objects(limit_bytes))

    def _objects(self, limit_bytes: int) -> Iterator[bytes]:
        for facts in self._document.below(_OBJECTS, _OBJECT, _OBJECT_FACTS):
            kept = self._part(facts.number(16)) if len(facts.data) >= 20 else None
            if kept is None or kept.kind != _OBJECT_KEPT:
                yield b""
            elif kept.instance == _PACKED:
                try:
                    yield objects.unpacked(bytes(kept.data[4:]), limit_bytes)
                except objects.ERRORS:
                    yield b""
            else:
                yield bytes(kept.data)

    def _part(self, number: int) -> _Record | None:
        place = self._parts.get(number, len(self._data))
        return self._record(place) if place + 8 <= len(self._data) else None

    def _listed(self, instance: int) -> Iterator[_Listed]:
        for found in self._document.below(_LIST):
            if found.instance == instance:
                yield from _in_list(found)

    def _notes(self) -> Iterator[tuple[int, tuple[_Record, _Listed]]]:
        """The notes by the number of the slide that they are for."""
        for listed in self._listed(_NOTES):
            notes = self._part(listed.place)
            if notes is not None:
                for facts in notes.below(_NOTES_OF):
                    yield facts.number(), (notes, listed)

    def _read_slide(
        self, number: int, slide: _Record, listed: _Listed, notes: tuple[_Record, _Listed] | None
    ) -> None:
        self._outline, self._used = listed.texts, set()
        self._is_hidden = any(
            struct.unpack_from("<H", show.data, 10)[0] & _IS_HIDDEN
            for show in slide.below(_SLIDE_SHOW)
        )
        start, count = self.builder.next_start(), len(self.places)
        shapes = list(_shapes(slide))
        texts = [self._text(shape) for shape in shapes]
        titles = " ".join(" ".join(text.paragraphs) for text in texts if text.kind in _TITLES)
        self.places.append(slides.begin(self.builder, number, titles, self._shown))
        self.first_title = self.first_title or self.places[-1].name
        self._read_shapes(shapes)
        for index, text in enumerate(self._outline):
            if index not in self._used:
                self._add_text(text)
        if number == 1:
            self._read_masters()
        self._read_comments(slide)
        if notes is not None:
            self._read_notes(*notes)
        if self.builder.next_start() == start:  # a picture alone
            del self.places[count:]

    def _read_shapes(self, shapes: list[_Record], depth: int = 0) -> None:
        boxes = [_box(shape) for shape in shapes]
        for index in in_reading_order(boxes):
            shape = shapes[index]
            if shape.kind == _GROUP and depth < MAX_DEPTH:
                self._read_group(shape, depth + 1)
            elif shape.kind == _SHAPE:
                self._read_shape(shape)

    def _read_group(self, group: _Record, depth: int) -> None:
        own, *shapes = [*_drawn(group)] or [group]
        if not any(_is_table(facts) for facts in own.below(_MORE_PROPERTIES)):
            self._read_shapes(shapes, depth)
            return
        cells = [
            (box, shape)
            for shape in shapes
            if (box := _box(shape)) is not None and not _is_a(shape, _LINE)  # its borders
        ]
        cells.sort(key=lambda cell: (cell[0][1], cell[0][0]))
        gap = "\n\n"
        for _, row in groupby(cells, key=lambda cell: cell[0][1]):
            said = [" ".join(self._text(shape).paragraphs) for _, shape in row]
            if any(said):
                self.builder.add_row([self._shown(one) for one in said], gap=gap)
                gap = "\n"
        self.builder.end_table()

    def _read_shape(self, shape: _Record) -> None:
        if _is_a(shape, _PICTURE_FRAME):
            self.pictures += 1
        text = self._text(shape)
        if text.kind not in _TITLES:
            self._add_text(text)

    def _add_text(self, text: _Text) -> None:
        are_items = text.kind in _BODIES and len(text.paragraphs) > 1
        for number, paragraph in enumerate(text.paragraphs):
            gap = "\n" if number else "\n\n"
            self.builder.add(self._shown(paragraph), gap=gap, is_item=are_items)

    def _text(self, shape: _Record) -> _Text:
        """The text of a shape, also where it stands in the outline."""
        found = _Text(-1, [])
        for box in shape.below(_TEXT_BOX):
            for record in box.children():
                if record.kind == _IN_OUTLINE:
                    number = record.number()
                    self._used.add(number)
                    return self._outline[number] if number < len(self._outline) else found
            found = next(iter(_texts(box.children())), found)
        return found

    def _shown(self, text: str) -> str:
        return as_hidden(text) if self._is_hidden else text

    def _read_masters(self) -> None:
        """What masters show on each slide is said with the first."""
        self._outline = []
        said: set[str] = set()
        for listed in self._listed(_MASTERS):
            master = self._part(listed.place)
            for shape in _shapes(master) if master is not None else ():
                is_own = not any(True for _ in shape.below(_FACTS, _PLACEHOLDER))
                for paragraph in self._text(shape).paragraphs if is_own else ():
                    if paragraph not in said:
                        self.builder.add(paragraph)
                    said.add(paragraph)

    def _read_comments(self, slide: _Record) -> None:
        for comment in slide.below(_TAGS, _TAG, _TAG_DATA, _COMMENT):
            strings = {one.instance: _wide(one.data) for one in comment.below(_STRING)}
            if has_words(said := strings.get(1, "")):
                start = self.builder.next_start()
                self.builder.add(said)
                self.places.append(Place(start, 2, "annotation", one_line(strings.get(0, ""))))

    def _read_notes(self, notes: _Record, listed: _Listed) -> None:
        self._outline, self._is_hidden = listed.texts, False
        start = self.builder.next_start()
        for shape in _shapes(notes):
            if shape.kind == _SHAPE:
                for paragraph in self._text(shape).paragraphs:
                    self.builder.add(paragraph)
        if self.builder.next_start() > start:
            self.places.append(Place(start, 2, "notes"))


def _records(data: memoryview) -> Iterator[_Record]:
    place = 0
    while place + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, place)
        is_container = head & 0xF == 0xF or kind in _CONTAINERS
        yield _Record(kind, head >> 4, data[place + 8 : place + 8 + size], is_container)
        place += 8 + size


def _in_list(found: _Record) -> Iterator[_Listed]:
    """The slides of a list, each with the texts that follow it."""
    current: _Listed | None = None
    following: list[_Record] = []
    for record in found.children():
        if record.kind != _IN_LIST:
            following.append(record)
            continue
        if current is not None:
            current.texts = _texts(following)
            yield current
        current, following = _Listed(record.number(), record.number(12)), []
    if current is not None:
        current.texts = _texts(following)
        yield current


def _texts(records: Iterator[_Record] | list[_Record]) -> list[_Text]:
    """The texts among records, each of which begins with its kind; an empty one has no more."""
    found: list[_Text] = []
    for record in records:
        if record.kind == _TEXT_KIND:
            found.append(_Text(record.number(), []))
        elif record.kind in {_WIDE_TEXT, _TEXT}:
            if not found:
                found.append(_Text(-1, []))
            is_wide = record.kind == _WIDE_TEXT
            said = _wide(record.data) if is_wide else bytes(record.data).decode("latin-1")
            found[-1].paragraphs = _paragraphs(said)
    return found


def _paragraphs(said: str) -> list[str]:
    parts = without_marks(said).replace("\v", "\n").split("\r")
    return [part.strip() for part in parts if has_words(part)]


def _wide(data: memoryview) -> str:
    return bytes(data).decode("utf-16-le", "replace")


def _shapes(slide: _Record) -> Iterator[_Record]:
    """The shapes and groups that lie on a slide; the first shape is the slide itself."""
    for drawing in slide.below(_DRAWING):
        for part in drawing.children():
            for group in part.below(_GROUP):
                yield from list(_drawn(group))[1:]


def _drawn(group: _Record) -> Iterator[_Record]:
    return (child for child in group.children() if child.kind in {_GROUP, _SHAPE})


def _box(shape: _Record) -> Box | None:
    """Where a shape stands; of a group its first shape says so."""
    own = next(_drawn(shape), shape) if shape.kind == _GROUP else shape
    for anchor in own.children():
        if anchor.kind == _CHILD_ANCHOR and len(anchor.data) >= 16:
            left, top, right, bottom = struct.unpack_from("<4i", anchor.data)
            return left, top, right, bottom
        if anchor.kind == _ANCHOR and len(anchor.data) >= 8:
            shape_of = "<4i" if len(anchor.data) >= 16 else "<4h"
            top, left, right, bottom = struct.unpack_from(shape_of, anchor.data)
            return left, top, right, bottom
    return None


def _is_a(shape: _Record, kind: int) -> bool:
    return any(facts.instance == kind for facts in shape.below(_SHAPE_KIND))


def _is_table(properties: _Record) -> bool:
    names = [
        struct.unpack_from("<H", properties.data, place)[0] & 0x3FFF
        for place in range(0, min(6 * properties.instance, len(properties.data) - 5), 6)
    ]
    return _IS_TABLE in names
