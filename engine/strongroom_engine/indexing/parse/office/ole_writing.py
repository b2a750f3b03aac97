"""A part of an OLE container as a container of its own, so that what reads such files reads it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from strongroom_engine.indexing.parse.office.ole import MAGIC

_SECTOR, _SMALL_SECTOR, _SMALL = 4096, 64, 4096
"""In bytes; a stream shorter than the last is kept in small sectors."""
_END, _FREE, _IS_TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_ROOT, _STORAGE, _STREAM = 5, 1, 2
_TABLES_IN_HEAD = 109
MOST_BYTES = 400 << 20
"""So much the tables that stand in the head can say."""


@dataclass(slots=True)
class _Node:
    name: str
    kind: int
    size: int = 0
    start: int = _END
    below: dict[str, _Node] = field(default_factory=dict)
    number: int = 0
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE


@dataclass(slots=True)
class _Chains:
    """Sectors behind each other, and for each which one comes next."""

    sector: int
    data: bytearray = field(default_factory=bytearray)
    next: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Where the data begins now."""
        count = -(-len(data) // self.sector)
        if not count:
            return _END
        start = len(self.next)
        self.next += [*range(start + 1, start + count), _END]
        self.data += data.ljust(count * self.sector, b"\0")
        return start


def standalone(container: Any, storage: Sequence[str]) -> bytes:
    """The storage at the path inside an open container (of olefile). Raises `ValueError` where it
    is too large, and what olefile raises."""
    paths = [path for path in container.listdir() if path[: len(storage)] == list(storage)]
    if sum(container.get_size(path) for path in paths) > MOST_BYTES:
        raise ValueError(storage)
    root = _Node("Root Entry", _ROOT)
    large, small = _Chains(_SECTOR), _Chains(_SMALL_SECTOR)
    for path in paths:
        data = container.openstream(path).read()
        node = _node(root, path[len(storage) :])
        node.kind, node.size = _STREAM, len(data)
        node.start = (small if len(data) < _SMALL else large).add(data)
    root.start, root.size = large.add(bytes(small.data)), len(small.data)
    small_table = large.add(_numbers(small.next))
    entries = _entries(root)
    directory = large.add(b"".join(entries))
    return _written(large, directory, len(entries), small_table, len(small.next))


def _node(root: _Node, path: Sequence[str]) -> _Node:
    node = root
    for name in path:
        node = node.below.setdefault(name, _Node(name, _STORAGE))
    return node


def _entries(root: _Node) -> list[bytes]:
    """The directory: what lies in a storage is a tree in the order of names."""
    nodes = [root]
    for node in nodes:  # which grows
        below = sorted(node.below.values(), key=lambda one: (len(one.name), one.name.upper()))
        for number, one in enumerate(below, len(nodes)):
            one.number = number
        nodes += below
        node.child = _tree(below)
    return [_entry(node) for node in nodes]


def _tree(nodes: Sequence[_Node]) -> int:
    """Let each be above those on its left and those on its right; the number of the topmost."""
    if not nodes:
        return _FREE
    middle = len(nodes) // 2
    nodes[middle].left = _tree(nodes[:middle])
    nodes[middle].right = _tree(nodes[middle + 1 :])
    return nodes[middle].number


def _entry(node: _Node) -> bytes:
    name = node.name.encode("utf-16-le")[:62] + b"\0\0"
    start = 0 if node.kind == _STORAGE else node.start
    family = node.left, node.right, node.child
    head = struct.pack("<64sHBBIII", name, len(name), node.kind, 1, *family)
    return head + bytes(36) + struct.pack("<IQ", start, node.size)


def _numbers(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers).ljust(
        -(-4 * len(numbers) // _SECTOR) * _SECTOR, b"\xff"
    )


def _written(
    chains: _Chains, directory: int, entries: int, small_table: int, small_sectors: int
) -> bytes:
    per_table = _SECTOR // 4
    used = len(chains.next)
    tables = -(-used // (per_table - 1))
    whole = _numbers([*chains.next, *[_IS_TABLE] * tables])
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        MAGIC,
        0x3E,
        4,
        0xFFFE,
        12,
        6,
        -(-entries * 128 // _SECTOR),
        tables,
        directory,
        0,
        _SMALL,
        small_table,
        -(-4 * small_sectors // _SECTOR),
        _END,
        0,
    )
    places = [*range(used, used + tables), *[_FREE] * (_TABLES_IN_HEAD - tables)]
    head += struct.pack(f"<{_TABLES_IN_HEAD}I", *places)
    return head.ljust(_SECTOR, b"\0") + bytes(chains.data) + whole.ljust(tables * _SECTOR, b"\xff")
