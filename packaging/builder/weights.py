"""The graph's external data: what the file holds, in the form that ONNX Runtime computes with.

The word table stays in four bits (`GatherBlockQuantized`). The other matrices become int8, one
scale an output: ONNX Runtime multiplies those twice as fast as four-bit blocks (`MatMulNBits`).
Their weights take seven bits: with eight, the products of processors without VNNI instructions
saturate, and a library would mean something else on each kind of computer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from .source import BLOCK, Source

HIDDEN, FEED_FORWARD, LAYERS, POSITIONS = 384, 1536, 12, 512
ALIGNED = 4096
"""Offsets are multiples of a page, so that ONNX Runtime maps the file instead of reading it."""
_LARGEST = np.float32(63)


@dataclass(frozen=True)
class Placed:
    """One array, and where in the file of the weights it stands, in bytes."""

    name: str
    offset: int
    array: np.ndarray


def placed(source: Source) -> Iterator[Placed]:
    """All arrays of the graph, in the order of the file."""
    at = 0
    for name, array in _arrays(source):
        yield Placed(name, at, array)
        at += -(-array.nbytes // ALIGNED) * ALIGNED


def write(arrays: Iterable[Placed], file: IO[bytes]) -> None:
    for each in arrays:
        file.write(bytes(each.offset - file.tell()))
        file.write(each.array.tobytes())


def _arrays(source: Source) -> Iterator[tuple[str, np.ndarray]]:
    yield from _words(source)
    types = source.vector("emb.type").reshape(-1, HIDDEN)
    yield "positions", source.vector("emb.pos").reshape(POSITIONS, HIDDEN) + types[0]
    yield from _norm(source, "norm", "emb.ln")
    for layer in range(LAYERS):
        yield from _layer(source, f"layer{layer}", f"l{layer}")


def _words(source: Source) -> Iterator[tuple[str, np.ndarray]]:
    codes, scales = source.blocks("emb.word", HIDDEN)
    count = len(source.pieces)  # the table has more rows than there are pieces
    signed = codes[:count] ^ 8  # two's complement: what GatherBlockQuantized takes as INT4
    yield "words.codes", signed[:, 0::2] | (signed[:, 1::2] << 4)
    yield "words.scales", scales[:count]


def _layer(source: Source, name: str, tensor: str) -> Iterator[tuple[str, np.ndarray]]:
    yield from _linear(source, f"{name}.qkv", [f"{tensor}.{part}" for part in "qkv"], HIDDEN)
    yield from _linear(source, f"{name}.attended", [f"{tensor}.ao"], HIDDEN)
    yield from _norm(source, f"{name}.attended.norm", f"{tensor}.aln")
    yield from _linear(source, f"{name}.inner", [f"{tensor}.fi"], HIDDEN)
    yield from _linear(source, f"{name}.outer", [f"{tensor}.fo"], FEED_FORWARD)
    yield from _norm(source, f"{name}.outer.norm", f"{tensor}.oln")


def _norm(source: Source, name: str, tensor: str) -> Iterator[tuple[str, np.ndarray]]:
    yield f"{name}.scale", source.vector(f"{tensor}.w")
    yield f"{name}.bias", source.vector(f"{tensor}.b")


def _linear(
    source: Source, name: str, tensors: list[str], columns: int
) -> Iterator[tuple[str, np.ndarray]]:
    """One linear map, or several of the same input side by side."""
    whole = np.concatenate([matrix(source, f"{each}.w", columns) for each in tensors])
    scales = np.abs(whole).max(axis=1) / _LARGEST
    weights = np.rint(whole / scales[:, np.newaxis]).astype(np.int8)
    yield f"{name}.weights", np.ascontiguousarray(weights.T)
    yield f"{name}.scales", scales
    yield f"{name}.bias", np.concatenate([source.vector(f"{each}.b") for each in tensors])


def matrix(source: Source, name: str, columns: int) -> np.ndarray:
    """The matrix in float32, (outputs, inputs)."""
    codes, scales = source.blocks(name, columns)
    values = codes.astype(np.float32) - np.float32(8)
    by_block: np.ndarray = values.reshape(len(codes), -1, BLOCK) * scales[..., np.newaxis].astype(
        np.float32
    )
    return by_block.reshape(codes.shape)
