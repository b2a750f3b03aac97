"""Office documents since 2007 with a password: what is inside is read by the parser of its format."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from strongroom_engine.errors import NeedsPassword
from strongroom_engine.indexing.parse.office.decrypting import decrypted
from strongroom_engine.indexing.parse.opening import OpenFile, parser
from strongroom_engine.types import Document


def parse(file: OpenFile) -> Document:
    """Raises `NeedsPassword` where no password fits, and what the inner format's parser raises."""
    module, inner = _inner(file)
    return replace(cast(Document, module.parse(inner)), with_password=True)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    module, opened = _inner(file)
    return cast(tuple[str, bytes], module.open_member(opened, inner))


def _inner(file: OpenFile) -> tuple[Any, OpenFile]:
    from strongroom_engine.indexing.parse.formats import detect

    inner = decrypted(file)
    if inner is file:  # it says that it is encrypted, and how cannot be told
        raise NeedsPassword
    found = detect(inner.path, inner.file)
    inner.file.seek(0)
    return parser(found.parser), inner
