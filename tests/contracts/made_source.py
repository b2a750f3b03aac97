"""A small file in the layout of the one that multilingual-e5-small is made from."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁rent", "s", "é", "<mask>")
ROWS = len(PIECES) + 3  # the table has more rows than there are pieces
HIDDEN, FEED_FORWARD, POSITIONS, BLOCK = 384, 1536, 512, 32


def write(file: Path, layers: int = 1) -> dict[str, np.ndarray]:
    """Write the file with made-up weights; what each tensor holds, in float32, flat."""
    dice = np.random.default_rng(7)
    values: dict[str, np.ndarray] = {}
    data: dict[str, tuple[int, int, bytes]] = {}
    for name, shape in _shapes(layers).items():
        count = int(np.prod(shape))
        if name.endswith(("word", ".w")) and "ln" not in name:
            values[name], raw = _q4(dice, count)
            data[name] = (1, count, raw)
        else:
            values[name] = dice.normal(size=count).astype("<f4")
            data[name] = (0, count, values[name].tobytes())
    file.write_bytes(_head() + _with_table(data))
    return values


def _shapes(layers: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (ROWS, HIDDEN),
        "emb.pos": (POSITIONS, HIDDEN),
        "emb.type": (2, HIDDEN),
        "emb.ln.w": (HIDDEN,),
        "emb.ln.b": (HIDDEN,),
    }
    outputs = dict.fromkeys(("q", "k", "v", "ao", "fo"), HIDDEN) | {"fi": FEED_FORWARD}
    for layer in range(layers):
        for part, rows in outputs.items():
            columns = FEED_FORWARD if part == "fo" else HIDDEN
            shapes[f"l{layer}.{part}.w"] = (rows, columns)
            shapes[f"l{layer}.{part}.b"] = (rows,)
        for part in ("aln", "oln"):
            shapes[f"l{layer}.{part}.w"] = shapes[f"l{layer}.{part}.b"] = (HIDDEN,)
    return shapes


def _q4(dice: np.random.Generator, count: int) -> tuple[np.ndarray, bytes]:
    """Weights, and the same as blocks: said as the format says it, one element at a time."""
    values, raw = np.empty(count, np.float32), bytearray()
    codes = dice.integers(0, 16, count)
    scales = dice.uniform(0.01, 0.1, count // BLOCK).astype("<f2")
    half = BLOCK // 2
    for block, scale in enumerate(scales):
        here = codes[block * BLOCK : (block + 1) * BLOCK]
        values[block * BLOCK : (block + 1) * BLOCK] = (here - 8) * np.float32(scale)
        raw += scale.tobytes() + bytes(int(here[j]) | int(here[j + half]) << 4 for j in range(half))
    return values, bytes(raw)


def _head() -> bytes:
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = -np.arange(len(PIECES), dtype="<f4")
    sizes = struct.pack("<7i", HIDDEN, 12, 12, FEED_FORWARD, ROWS, POSITIONS, 2)
    special = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1]))
    start = b"E5S1" + struct.pack("<I", 1) + sizes + struct.pack("<fi", 1e-12, BLOCK) + special
    normalization = struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xA0, 1, 0x20)
    return start + ends.tobytes() + scores.tobytes() + b"".join(texts) + normalization


def _with_table(data: dict[str, tuple[int, int, bytes]]) -> bytes:
    table_bytes = 4 + sum(2 + len(name) + 21 for name in data)
    table, at = bytearray(struct.pack("<i", len(data))), len(_head()) + table_bytes
    for name, (kind, count, raw) in data.items():
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", kind, count, at, len(raw))
        at += len(raw)
    return bytes(table) + b"".join(raw for _, _, raw in data.values())
