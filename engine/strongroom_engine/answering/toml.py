"""Reading words and prompts from TOML, from any thread.

msgspec finds out about a type when it is first decoded. Two threads that do so for the same type at
once end the process (a segmentation fault, msgspec 0.22), so they take turns.
"""

from __future__ import annotations

import threading
from typing import TypeVar

import msgspec

Kind = TypeVar("Kind")

_turn = threading.Lock()


def decode_toml(data: bytes, *, type: type[Kind]) -> Kind:  # noqa: A002 - as msgspec calls it
    """As `msgspec.toml.decode`, with its errors."""
    with _turn:
        return msgspec.toml.decode(data, type=type)
