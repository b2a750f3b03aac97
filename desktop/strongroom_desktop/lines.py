"""A stream of bytes as lines, whatever the pieces in which it arrives."""

from __future__ import annotations

from collections import deque


class Lines:
    """Whole lines out of pieces of a stream. A line over the limit is dropped and shows as None."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._whole: deque[bytes | None] = deque()
        self._pieces: list[bytes] = []
        self._size = 0

    def __bool__(self) -> bool:
        return bool(self._whole)

    def next(self) -> bytes | None:
        return self._whole.popleft()

    def feed(self, data: bytes) -> None:
        *ends, rest = data.split(b"\n")
        for end in ends:
            self._add(end)
            whole = b"".join(self._pieces)
            if self._size > self._limit:
                self._whole.append(None)
            elif whole.strip():
                self._whole.append(whole)
            self._pieces, self._size = [], 0
        self._add(rest)

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            self._pieces = []  # its memory is not kept; only that it was too long
        elif piece:
            self._pieces.append(piece)
