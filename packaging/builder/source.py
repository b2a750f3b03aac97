"""The file that the model is made from: multilingual-e5-small in blocks of four bits.

Little-endian throughout. A head (`E5S1`, sizes, special ids), the vocabulary (offsets, scores,
texts), a normalization map that is not used here, a table of 197 tensors, their data. A tensor
is float32, or Q4_0 as llama.cpp defines it: blocks of 32 weights, a float16 scale and 16 bytes;
the low nibbles are the first 16 weights, the high ones the others; a weight is (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from bootstrap.says import Trouble

MAGIC = b"E5S1"
BLOCK = 32
_BLOCK_BYTES = 18
_FLOAT32, _Q4_0 = 0, 1
_PIECE_COUNT_AT, _TEXT_BYTES_AT, _OFFSETS_AT = 44, 64, 72


@dataclass(frozen=True)
class Tensor:
    kind: int
    elements: int
    offset: int
    bytes: int


class Source:
    """The parts of one such file. Raises `Trouble` for a file that is none or not whole."""

    def __init__(self, file: Path) -> None:
        self._data = file.read_bytes()
        self._damaged = Trouble(f"{file} is damaged.", "Fetch it again.")
        if self._data[:4] != MAGIC:
            raise self._damaged
        try:
            self.pieces, self.scores, at = self._vocabulary()
            self._tensors = self._table(at)
        except (struct.error, ValueError) as exc:
            raise self._damaged from exc
        if any(each.offset + each.bytes > len(self._data) for each in self._tensors.values()):
            raise self._damaged

    def vector(self, name: str) -> np.ndarray:
        """A float32 tensor, flat."""
        tensor = self._tensor(name, _FLOAT32)
        return np.frombuffer(self._data, "<f4", tensor.elements, tensor.offset)

    def blocks(self, name: str, columns: int) -> tuple[np.ndarray, np.ndarray]:
        """A matrix in Q4_0: codes 0 to 15, (rows, columns), uint8, and scales,
        (rows, columns / 32), float16."""
        tensor = self._tensor(name, _Q4_0)
        count = tensor.elements // BLOCK
        raw = np.frombuffer(self._data, np.uint8, count * _BLOCK_BYTES, tensor.offset)
        blocks = raw.reshape(count, _BLOCK_BYTES)
        packed = blocks[:, 2:]
        codes = np.concatenate([packed & 15, packed >> 4], axis=1).reshape(-1, columns)
        scales = np.ascontiguousarray(blocks[:, :2]).view("<f2")
        return codes, scales.reshape(-1, columns // BLOCK)

    def _vocabulary(self) -> tuple[list[str], np.ndarray, int]:
        """The pieces, their scores, and where the normalization map begins."""
        (count,) = struct.unpack_from("<i", self._data, _PIECE_COUNT_AT)
        (text_bytes,) = struct.unpack_from("<Q", self._data, _TEXT_BYTES_AT)
        offsets = np.frombuffer(self._data, "<u4", count + 1, _OFFSETS_AT).tolist()
        scores_at = _OFFSETS_AT + 4 * (count + 1)
        text_at = scores_at + 4 * count
        text = self._data[text_at : text_at + text_bytes]
        pieces = [text[a:b].decode("utf-8") for a, b in pairwise(offsets)]
        scores = np.frombuffer(self._data, "<f4", count, scores_at)
        return pieces, scores, text_at + text_bytes

    def _table(self, at: int) -> dict[str, Tensor]:
        _, map_bytes = struct.unpack_from("<iI", self._data, at)
        at += 8 + map_bytes
        (count,) = struct.unpack_from("<i", self._data, at)
        at += 4
        found = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = self._data[at + 2 : at + 2 + length].decode("ascii")
            found[name] = Tensor(*struct.unpack_from("<BIQQ", self._data, at + 2 + length))
            at += 2 + length + struct.calcsize("<BIQQ")
        return found

    def _tensor(self, name: str, kind: int) -> Tensor:
        tensor = self._tensors.get(name)
        if tensor is None or tensor.kind != kind:
            raise self._damaged
        return tensor
