"""Office documents with a password, made such without one: in memory, never on the disk."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from strongroom_engine.errors import DamagedDocument, NeedsPassword
from strongroom_engine.indexing.parse.opening import OpenFile

EXCELS_OWN = "VelvetSweatshop"
"""With this Excel encrypts what shall only not be changed, and opens it without asking."""
MAX_ROUNDS = 10_000_000
"""How often a password may be hashed; Office does it 100,000 times, and a hostile file may ask for
four thousand million."""


def decrypted(file: OpenFile) -> OpenFile:
    """The document without its password; the file itself where it is not encrypted.

    Raises `NeedsPassword` where none of the file's passwords fits.
    """
    office = _encrypted(file)
    if office is None:
        return file
    for password in (*file.passwords, EXCELS_OWN):
        content = _opened_with(office, password)
        if content is not None:
            return replace(file, file=content)
    raise NeedsPassword


def _encrypted(file: OpenFile) -> Any | None:
    """What opens the file; None where it has no password, or cannot be told."""
    import msoffcrypto

    file.file.seek(0)
    try:
        office = msoffcrypto.OfficeFile(file.file)
        found = office.is_encrypted()
    except Exception:  # of a foreign library, for a file that may be anything
        return None
    facts = getattr(office, "info", None)
    if isinstance(facts, dict) and facts.get("spinValue", 0) > MAX_ROUNDS:
        raise DamagedDocument(why="its archive is cut off or broken")
    return office if found else None


def _opened_with(office: Any, password: str) -> io.BytesIO | None:
    content = io.BytesIO()
    try:
        # Of documents before 2007 the password is always checked.
        checked = {"verify_password": True} if office.format == "ooxml" else {}
        office.load_key(password=password, **checked)
        office.decrypt(content)
    except Exception:  # a wrong password, and what a wrong one makes of the content
        return None
    content.seek(0)
    return content
