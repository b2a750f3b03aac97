"""The tokenizer's file, as SentencePiece reads it: a `ModelProto` of Protocol Buffers.

The committed head holds how text is normalized (nmt_nfkc) and which ids are special; here the
pieces are put before it, each a message of three fields. Fields may stand in any order, and a
message is written by joining its fields, so no library is needed for it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .source import Source

NORMAL, UNKNOWN, CONTROL = 1, 2, 3
UNKNOWN_PIECE = "<unk>"
CONTROL_PIECES = frozenset({"<s>", "<pad>", "</s>", "<mask>"})
"""Never found in a text: a document that says '</s>' means these four characters."""
_PIECES, _TEXT, _SCORE, _TYPE = b"\x0a", b"\x0a", b"\x15", b"\x18"


def tokenizer(source: Source, head: bytes) -> bytes:
    """The whole file: every piece with its score, then the head."""
    return b"".join(_messages(source)) + head


def _messages(source: Source) -> Iterator[bytes]:
    for piece, score in zip(source.pieces, source.scores.tolist(), strict=True):
        text = piece.encode("utf-8")
        fields = _TEXT + _length(len(text)) + text + _SCORE + struct.pack("<f", score)
        message = fields + _TYPE + bytes([_type(piece)])
        yield _PIECES + _length(len(message)) + message


def _type(piece: str) -> int:
    if piece in CONTROL_PIECES:
        return CONTROL
    return UNKNOWN if piece == UNKNOWN_PIECE else NORMAL


def _length(value: int) -> bytes:
    """A varint."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
