"""Mailboxes of Outlook (PST), made byte by byte: nodes, their heaps, and tables of rows.

As MS-PST has it, in Unicode and without encryption.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from zlib import crc32

from tests.engine.outlook_files import Made, Said, name_streams, names_in, typed

_STORE, _NAMES, _ROOT, _TREE = 0x21, 0x61, 0x122, 0x8022
_HIERARCHY, _CONTENTS, _ASSOCIATED = 0x0D, 0x0E, 0x0F
_PEOPLE, _FILES = 0x692, 0x671
_LARGEST = 3580
_BLOCK = 8176

Folders = Mapping[str, "Sequence[Made] | Folders"]


def pst(folders: Folders) -> bytes:
    """A mailbox with these folders below the one that Outlook shows."""
    return _Writer(folders).file()


class _Writer:
    def __init__(self, folders: Folders) -> None:
        self._blocks: list[tuple[int, bytes]] = []
        self._nodes: list[tuple[int, int, int, int]] = []
        self._next = 0x8042 >> 5
        self._names = list(dict.fromkeys(_names_in(folders)))
        entry = bytes(20) + struct.pack("<I", _TREE)
        self._node(_STORE, self._properties({0x35E0: entry, 0x3001: "Made"}), 0)
        self._node(_NAMES, self._properties(_streams(self._names)), 0)
        self._folder(_ROOT, "", {}, 0, inner=[_TREE])
        self._folder(_TREE, "Top", folders, _ROOT)

    # --- what is in it -----------------------------------------------------------------------------

    def _folder(
        self, nid: int, name: str, held: Folders, parent: int, inner: Sequence[int] = ()
    ) -> None:
        found: list[int] = [*inner]
        messages: list[int] = []
        for each, content in held.items():
            number = self._new(0x02)
            found.append(number)
            if isinstance(content, Mapping):
                self._folder(number, each, content, nid)
            else:
                self._with_messages(number, each, content, nid)
        self._finish(nid, name, found, messages, parent)

    def _with_messages(self, nid: int, name: str, held: Sequence[Made], parent: int) -> None:
        numbers = [self._new(0x04) for _ in held]
        self._finish(nid, name, [], numbers, parent)
        for number, made in zip(numbers, held, strict=True):
            self._node(number, *self._message(made), nid)

    def _finish(
        self, nid: int, name: str, inner: Sequence[int], messages: Sequence[int], parent: int
    ) -> None:
        says: dict[int, Said] = {0x3001: name, 0x3602: len(messages), 0x360A: bool(inner)}
        self._node(nid, self._properties(says), 0, parent or nid)
        for kind, rows in ((_HIERARCHY, inner), (_CONTENTS, messages), (_ASSOCIATED, ())):
            self._node(nid & ~0x1F | kind, self._table([(row, {}) for row in rows]), 0)

    def _message(self, made: Made) -> tuple[int, int]:
        """The blocks of a message: its properties, and what lies below it."""
        numbered = {0x8000 + self._names.index(name): said for name, said in made.names.items()}
        below: list[tuple[int, int, int]] = []
        data = self._properties({**made.says, **numbered}, below)
        if made.people:
            rows = [(place, person) for place, person in enumerate(made.people)]
            below.append((_PEOPLE, self._table(rows), 0))
        if made.files:
            numbers = [self._new(0x05) for _ in made.files]
            below.append((_FILES, self._table([(number, {}) for number in numbers]), 0))
            for number, one in zip(numbers, made.files, strict=True):
                below.append((number, *self._attachment(one)))
        return data, self._below(below)

    def _attachment(self, one: Mapping[int, Said] | Made) -> tuple[int, int]:
        below: list[tuple[int, int, int]] = []
        if not isinstance(one, Made):
            return self._properties({0x3705: 1, **one}, below), self._below(below)
        number = self._new(0x04)
        below.append((number, *self._message(one)))
        return self._properties({0x3705: 5, 0x3701: number}, below), self._below(below)

    def _new(self, kind: int) -> int:
        self._next += 1
        return self._next << 5 | kind

    # --- nodes and blocks ----------------------------------------------------------------------------

    def _node(self, nid: int, data: int, below: int, parent: int = 0) -> None:
        self._nodes.append((nid, data, below, parent))

    def _block(self, data: bytes, *, is_internal: bool = False) -> int:
        bid = (len(self._blocks) + 1) << 2 | (2 if is_internal else 0)
        self._blocks.append((bid, data))
        return bid

    def _data(self, data: bytes) -> int:
        """One block, or the list of several."""
        if len(data) <= _BLOCK:
            return self._block(data)
        parts = [self._block(data[at : at + _BLOCK]) for at in range(0, len(data), _BLOCK)]
        listed = struct.pack("<BBHI", 1, 1, len(parts), len(data))
        return self._block(listed + struct.pack(f"<{len(parts)}Q", *parts), is_internal=True)

    def _below(self, nodes: list[tuple[int, int, int]]) -> int:
        if not nodes:
            return 0
        listed = b"".join(struct.pack("<QQQ", *one) for one in sorted(nodes))
        return self._block(struct.pack("<BBHI", 2, 0, len(nodes), 0) + listed, is_internal=True)

    # --- heaps ---------------------------------------------------------------------------------------

    def _properties(
        self, says: Mapping[int, Said], below: list[tuple[int, int, int]] | None = None
    ) -> int:
        heap, records = [b"", b""], b""
        for number, said in sorted(says.items()):
            kind, held = typed(said)
            data = _listed(held) if isinstance(held, list) else held
            if kind == 3 and number == 0x3701:  # a message of Outlook's own
                kind, data = 0x0D, data + struct.pack("<I", 1000)
            if len(data) > _LARGEST:
                assert below is not None
                place = self._new(0x1F)
                below.append((place, self._data(data), 0))
            elif len(data) <= 4 and kind not in (0x1F, 0x102, 0x101F):
                place = int.from_bytes(data.ljust(4, b"\0"), "little")
            else:
                heap.append(data)
                place = len(heap) << 5 if data else 0
            records += struct.pack("<HHI", number, kind, place)
        heap[0] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, 2 << 5)
        heap[1] = records
        return self._block(_heap(0xBC, heap))

    def _table(self, rows: Sequence[tuple[int, Mapping[int, Said]]]) -> int:
        """Rows with their numbers; every column is as wide as a reference into the heap."""
        columns = [0x67F2, 0x67F3]
        columns += sorted({number for _, says in rows for number in says})
        kinds = {number: typed(said)[0] for _, says in rows for number, said in says.items()}
        heap: list[bytes] = [b"", b"", b"", b""]
        wide = 4 * len(columns)
        matrix = index = b""
        for place, (row, says) in enumerate(rows):
            index += struct.pack("<II", row, place)
            cells = [row, 1] + [self._cell(says.get(number), heap) for number in columns[2:]]
            bits = sum(
                0x80 >> at % 8 << 8 * (at // 8)
                for at, number in enumerate(columns)
                if at < 2 or number in says
            )
            matrix += struct.pack(f"<{len(cells)}I", *cells)
            matrix += bits.to_bytes(-(-len(columns) // 8), "little")
        end = wide + -(-len(columns) // 8)
        heap[0] = struct.pack(
            "<BB4HIII", 0x7C, len(columns), wide, wide, wide, end, 2 << 5, 4 << 5 if rows else 0, 0
        )
        for at, number in sorted(enumerate(columns), key=lambda pair: pair[1]):
            heap[0] += struct.pack("<HHHBB", kinds.get(number, 3), number, 4 * at, 4, at)
        heap[1] = struct.pack("<BBBBI", 0xB5, 4, 4, 0, 3 << 5 if rows else 0)
        heap[2], heap[3] = index, matrix
        return self._block(_heap(0x7C, heap))

    def _cell(self, said: Said | None, heap: list[bytes]) -> int:
        if said is None:
            return 0
        kind, data = typed(said)
        assert isinstance(data, bytes)
        if kind not in (0x1F, 0x102):
            return int.from_bytes(data, "little")
        heap.append(data)
        return len(heap) << 5

    # --- the file ------------------------------------------------------------------------------------

    def file(self) -> bytes:
        body, at, known = bytearray(), 0x4600, list[bytes]()
        for bid, data in self._blocks:
            known.append(struct.pack("<QQHHI", bid, at + len(body), len(data), 2, 0))
            room = -(-(len(data) + 16) // 64) * 64
            trailer = struct.pack("<HHIQ", len(data), _signed(at + len(body), bid), _crc(data), bid)
            body += data.ljust(room - 16, b"\0") + trailer
        body += bytes(-len(body) % 512)
        nodes = [struct.pack("<QQQII", *one, 0) for one in sorted(self._nodes)]
        tree, node_root = _pages(0x81, nodes, 32, at + len(body))
        body += tree
        tree, block_root = _pages(0x80, known, 24, at + len(body))
        body += tree
        return _header(at + len(body), node_root, block_root).ljust(at, b"\0") + bytes(body)


def _names_in(folders: Folders) -> list[int | str]:
    found: list[int | str] = []
    for held in folders.values():
        if isinstance(held, Mapping):
            found += _names_in(held)
        else:
            found += [name for made in held for name in names_in(made)]
    return found


def _streams(known: list[int | str]) -> dict[int, Said]:
    streams = [held for held in name_streams(known).values() if isinstance(held, bytes)]
    _, entries, texts = streams
    return {1: 251, 2: bytes(16 * 8), 3: entries or bytes(8), 4: texts or bytes(8)}


def _listed(values: list[bytes]) -> bytes:
    """Several values: how many, where each begins, and they themselves."""
    start = 4 + 4 * len(values)
    starts = [start + sum(map(len, values[:at])) for at in range(len(values))]
    return struct.pack(f"<I{len(values)}I", len(values), *starts) + b"".join(values)


def _heap(kind: int, items: Sequence[bytes]) -> bytes:
    body, starts = b"", [12]
    for item in items:
        body += item
        starts.append(12 + len(body))
    pad = len(body) % 2
    place = 12 + len(body) + pad
    head = struct.pack("<HBBII", place, 0xEC, kind, 1 << 5, 0)
    listed = struct.pack(f"<HH{len(starts)}H", len(items), 0, *starts)
    return head + body + bytes(pad) + listed


def _pages(kind: int, entries: list[bytes], size: int, at: int) -> tuple[bytes, tuple[int, int]]:
    """A tree of pages, and where its root stands."""
    body, level, number = b"", 0, 0
    while True:
        room = 488 // size
        above: list[bytes] = []
        for start in range(0, len(entries), room):
            held = entries[start : start + room]
            bid = 0x1000 * kind + number * 4
            place = at + len(body)
            body += _page(kind, held, size, level, (bid, place))
            above.append(held[0][:8] + struct.pack("<QQ", bid, place))
            number += 1
        if len(above) == 1:
            return body, (bid, place)
        entries, size, level = above, 24, level + 1


def _page(kind: int, entries: list[bytes], size: int, level: int, at: tuple[int, int]) -> bytes:
    """`at` is its number, and where it stands."""
    data = b"".join(entries).ljust(488, b"\0")
    data += struct.pack("<BBBBI", len(entries), 488 // size, size, level, 0)
    return data + struct.pack("<BBHIQ", kind, kind, _signed(at[1], at[0]), _crc(data), at[0])


def _signed(at: int, bid: int) -> int:
    both = (at ^ bid) & 0xFFFFFFFF
    return both >> 16 ^ both & 0xFFFF


def _crc(data: bytes) -> int:
    """CRC-32 that begins with nothing and is not turned round at the end."""
    return crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _header(size: int, nodes: tuple[int, int], blocks: tuple[int, int]) -> bytes:
    root = struct.pack("<IQQQQQQQQBBH", 0, size, 0x4400, 0, 0, *nodes, *blocks, 2, 0, 0)
    body = struct.pack("<2sHHBBIIQQI", b"SM", 23, 19, 1, 1, 0, 0, 0, 0x10000, 1)
    body += bytes(128 + 8) + root + bytes(4) + b"\xff" * 256
    body += struct.pack("<BBHQ", 0x80, 0, 0, 0x10000)
    head = b"!BDN" + struct.pack("<I", _crc(body[:471])) + body
    return head + struct.pack("<I", _crc(body[:516])) + bytes(36)
