"""What every message is."""

from __future__ import annotations

import msgspec

VERSION = 2


class Message(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    id: int = 0
