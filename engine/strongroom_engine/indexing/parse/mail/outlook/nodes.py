"""Messages of a mailbox of Outlook (PST) that libpff does not give, or without what lies in them:
those that are attached to others, and those of a class that it does not know.

An attached message lies below the node of its attachment. Nodes are read here as MS-PST has them:
blocks of bytes, heaps in these, and in a heap the properties of one thing or a table of several.
Mailboxes of Outlook 2003 and later, whose bytes are plain or permuted, can be read so; of others
nothing is raised but `Unknown`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from strongroom_engine.indexing.parse.mail.outlook.item import Attached, Item
from strongroom_engine.indexing.parse.mail.outlook.properties import (
    BOOLEAN,
    BROKEN,
    FIXED_BYTES,
    MANY,
    OBJECT,
    Name,
    Properties,
    Value,
    several,
    value,
)

MAX_DEPTH = 6
MAX_BYTES = 512 << 20
_VERSIONS = range(20, 36)
_PLAIN, _PERMUTED = 0, 1
_PAGE = 512
_MAX_LEVELS, _MAX_HEAP_LEVELS = 8, 3
_PEOPLE, _FILES, _DATA, _METHOD, _EMBEDDED = 0x692, 0x671, 0x3701, 0x3705, 5
_ROW = 0x67F2
_PERMUTATION = bytes.fromhex(
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a"
    "6b1df3fb8f2697ca911701c4322d6e3195ffd923d1005e79dc443b1a28c5615720903d83b943be67d2464276"
    "c06d5b7eb20f16293ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c879f74a4"
    "224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea40552551e57a"
    "893868527bfc27aed7bdfa07f4cc8e5fef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24"
    "afdeb836c8a180a69998a82f0e816573e4c2a28ad4e111d0088b2af2ed9a643fc16cf9ec"
)
"""Byte -> what it stands for."""

Node = tuple[int, int]
"""The block of its data, and that of the list of nodes below it; 0 for none."""


class Unknown(LookupError):
    """It is not there, or in none of the shapes that are known."""


class Nodes:
    """The nodes of a mailbox. What is broken raises `Unknown`."""

    def __init__(self, file: BinaryIO, names: dict[Name, int], page: str) -> None:
        self._file, self._names, self._page = file, names, page
        head = self._read(0, 564)
        (version,) = struct.unpack_from("<H", head, 10)
        self._cipher = head[513]
        if version not in _VERSIONS or self._cipher not in (_PLAIN, _PERMUTED):
            raise Unknown
        self._nodes, self._blocks = struct.unpack_from("<8xQ8xQ", head, 216)

    def message(self, number: int) -> Item:
        """The message with the number."""
        try:
            return self._item(self._node(number), 0)
        except BROKEN as exc:
            raise Unknown from exc

    def attached(self, message: int, attachment: int) -> Item:
        """The message that is the content of an attachment of a message, both by their numbers."""
        try:
            return self._embedded(self._below(self._node(message)[1])[attachment], 0)
        except BROKEN as exc:
            raise Unknown from exc

    def _node(self, number: int) -> Node:
        data, below = struct.unpack_from("<QQ", self._find(self._nodes, number, 32), 8)
        return data, below

    def _embedded(self, attachment: Node, depth: int) -> Item:
        place = self._properties(attachment).data(_DATA)
        if len(place) < 4 or depth > MAX_DEPTH:
            raise Unknown
        below = self._below(attachment[1])
        return self._item(below[int.from_bytes(place[:4], "little")], depth)

    def _item(self, node: Node, depth: int) -> Item:
        below = self._below(node[1])
        properties = self._properties(node)
        people = [self._made(cells) for cells in self._rows(below.get(_PEOPLE))]
        rows = self._rows(below.get(_FILES))
        numbers = (self._made(cells).number(_ROW) for cells in rows)
        files = (self._attached(below[number], depth) for number in numbers if number in below)
        return Item(properties, tuple(people), tuple(files))

    def _attached(self, node: Node, depth: int) -> Attached:
        properties = self._properties(node)
        if properties.number(_METHOD) != _EMBEDDED:
            return Attached(properties)
        try:
            return Attached(properties, self._embedded(node, depth + 1))
        except BROKEN:
            return Attached(properties, is_lost=True)

    def _made(self, values: dict[int, Value]) -> Properties:
        return Properties(values, self._names, self._page)

    # --- pages and blocks ----------------------------------------------------------------------------

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)

    def _find(self, root: int, key: int, size: int) -> bytes:
        """The entry with the key in a tree of pages."""
        for _ in range(_MAX_LEVELS):
            page = self._read(root, _PAGE)
            count, width, level = page[488], page[490], page[491]
            entries = [page[at : at + width] for at in range(0, count * width, width)]
            fitting = [one for one in entries if int.from_bytes(one[:8], "little") <= key]
            if not fitting:
                raise Unknown
            if level == 0:
                if int.from_bytes(fitting[-1][:8], "little") != key or width < size:
                    raise Unknown
                return fitting[-1]
            root = int.from_bytes(fitting[-1][16:24], "little")
        raise Unknown

    def _block(self, number: int) -> bytes:
        entry = self._find(self._blocks, number & ~1, 24)
        place, size = struct.unpack_from("<QH", entry, 8)
        data = self._read(place, size)
        is_data = not number & 2
        return data.translate(_PERMUTATION) if is_data and self._cipher == _PERMUTED else data

    def _pieces(self, number: int, level: int = 0) -> Iterator[bytes]:
        """The blocks of bytes of a node's data, which may be a list of blocks, or of such lists."""
        data = self._block(number) if number else b""
        if not number & 2:
            yield data
            return
        if level > 2 or data[0] != 1:
            raise Unknown
        (count,) = struct.unpack_from("<H", data, 2)
        for each in struct.unpack_from(f"<{count}Q", data, 8):
            yield from self._pieces(each, level + 1)

    def _data(self, number: int) -> bytes:
        made = bytearray()
        for piece in self._pieces(number):
            made += piece
            if len(made) > MAX_BYTES:
                raise Unknown
        return bytes(made)

    def _below(self, number: int, level: int = 0) -> dict[int, Node]:
        """The nodes of a list, by their numbers."""
        if not number:
            return {}
        data = self._block(number)
        inner, count = data[1], struct.unpack_from("<H", data, 2)[0]
        if data[0] != 2 or level > 1:
            raise Unknown
        found: dict[int, Node] = {}
        for place in range(count):
            if inner:
                (block,) = struct.unpack_from("<Q", data, 16 + 16 * place)
                found |= self._below(block, level + 1)
            else:
                nid, held, below = struct.unpack_from("<QQQ", data, 8 + 24 * place)
                found[nid & 0xFFFFFFFF] = held, below
        return found

    # --- heaps ---------------------------------------------------------------------------------------

    def _properties(self, node: Node) -> Properties:
        heap = _Heap(list(self._pieces(node[0])))
        values = {}
        for record in heap.tree(heap.root):
            number, kind, place = struct.unpack_from("<HHI", record)
            values[number] = self._value(kind, record[4:8], place, heap, node[1])
        return self._made(values)

    def _value(self, kind: int, cell: bytes, place: int, heap: _Heap, below: int) -> Value:
        """A small value stands for itself, another in the heap, a large one in a node."""
        size = FIXED_BYTES.get(kind, 0)
        if 0 < size <= len(cell):
            return value(kind, cell[:2] if kind == BOOLEAN else cell[:size])

        def read() -> bytes | Sequence[bytes]:
            if not place:
                return b""
            is_node = place & 0x1F
            data = self._data(self._below(below)[place][0]) if is_node else heap.item(place)
            return several(kind, data) if kind & MANY and kind != OBJECT else data

        return Value(kind, read)

    def _rows(self, node: Node | None) -> Iterator[dict[int, Value]]:
        """The rows of a table: the values of their columns."""
        if node is None:
            return
        heap = _Heap(list(self._pieces(node[0])))
        head = heap.item(heap.root)
        columns, (bits, width), place = head[1], struct.unpack_from("<HH", head, 6), head[14:18]
        for row in self._matrix(int.from_bytes(place, "little"), width, heap, node[1]):
            yield {
                number: self._value(kind, cell, int.from_bytes(cell[:4], "little"), heap, node[1])
                for number, kind, cell in _cells(head, columns, row, bits)
            }

    def _matrix(self, place: int, width: int, heap: _Heap, below: int) -> Iterator[bytes]:
        if not place or not width:
            return
        is_node = place & 0x1F
        pieces = self._pieces(self._below(below)[place][0]) if is_node else [heap.item(place)]
        for piece in pieces:  # no row goes over the end of a block
            for at in range(0, len(piece) - width + 1, width):
                yield piece[at : at + width]


def _cells(head: bytes, count: int, row: bytes, bits: int) -> Iterator[tuple[int, int, bytes]]:
    """Number, type and bytes of the columns that the row has."""
    for column in range(count):
        kind, number, start, width, bit = struct.unpack_from("<HHHBB", head, 22 + 8 * column)
        if row[bits + bit // 8] & 0x80 >> bit % 8:
            yield number, kind, row[start : start + width]


class _Heap:
    """Pieces of bytes with numbers, in the blocks of one node."""

    def __init__(self, blocks: list[bytes]) -> None:
        self._blocks = blocks
        if blocks[0][2] != 0xEC:
            raise Unknown
        (self.root,) = struct.unpack_from("<I", blocks[0], 4)

    def item(self, number: int) -> bytes:
        block, place = self._blocks[number >> 16], (number >> 5 & 0x7FF) - 1
        (at,) = struct.unpack_from("<H", block)
        (count,) = struct.unpack_from("<H", block, at)
        if not 0 <= place < count:
            raise Unknown
        start, end = struct.unpack_from("<HH", block, at + 4 + 2 * place)
        return block[start:end]

    def tree(self, number: int) -> Iterator[bytes]:
        """The records of a tree in the heap."""
        _, key, size, levels, root = struct.unpack_from("<BBBBI", self.item(number))
        if levels > _MAX_HEAP_LEVELS:
            raise Unknown
        yield from self._leaves(root, key, size, levels)

    def _leaves(self, number: int, key: int, size: int, levels: int) -> Iterator[bytes]:
        data = self.item(number) if number else b""
        width = key + (4 if levels else size)
        for at in range(0, len(data) - width + 1, width):
            record = data[at : at + width]
            if levels:
                (inner,) = struct.unpack_from("<I", record, key)
                yield from self._leaves(inner, key, size, levels - 1)
            else:
                yield record
