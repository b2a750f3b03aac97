"""The container of Office before 2007 (OLE, a file system in a file): its streams and its title."""

from __future__ import annotations

from typing import Any

from strongroom_engine.errors import DamagedDocument


def stream(container: Any, name: str, structure: str) -> bytes:
    """The bytes of a stream; `structure` is the reason where it is not there."""
    if not container.exists(name):
        raise DamagedDocument(why=structure)
    content: bytes = container.openstream(name).read()
    return content


def title(container: Any) -> str:
    """What the properties of the document call it."""
    try:
        facts = container.get_metadata()
        said = facts.title or b""
        # The number of an encoding is kept with its sign.
        encoding = f"cp{(facts.codepage or 1252) % 65536}".replace("cp65001", "utf-8")
        return said.decode(encoding, "replace") if isinstance(said, bytes) else str(said)
    except (OSError, LookupError, ValueError, TypeError, AttributeError):
        return ""
