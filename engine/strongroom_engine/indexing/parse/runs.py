"""Runs of bytes that are said again, as packers of the LZ77 family write them."""

from __future__ import annotations


def say_again(made: bytearray, start: int, length: int) -> None:
    """Append `length` bytes of what was made from `start` on, over and over where that is less."""
    if run := bytes(made[start : start + length]):
        made += (run * (length // len(run) + 1))[:length]
