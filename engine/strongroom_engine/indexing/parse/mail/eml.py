"""Messages in files of their own: EML, those of a Maildir, and Apple's EMLX."""

from __future__ import annotations

import platform
import re

from strongroom_engine.indexing.parse.decode import decode
from strongroom_engine.indexing.parse.mail import letter, parts
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document

PARSER = f"Python {platform.python_version()} email"
_COUNTED = re.compile(rb"\s{0,8}(\d{1,12})[ \t]*\r?\n")
"""What EMLX has above the message: how many bytes it is long. After it comes a property list."""
_ENVELOPE = re.compile(rb"(?:>?From [^\n]*\n)+")


def parse(file: OpenFile) -> Document:
    read = parts.read(message_of(file.read()))
    return letter.document(read, file.stem, PARSER)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    return letter.open_attachment(parts.read(message_of(file.read())), inner)


def message_of(data: bytes) -> bytes:
    """The message itself, without what a mail program has put around it."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if counted := _COUNTED.match(data):
        return data[counted.end() : counted.end() + int(counted[1])]
    if data[:400].count(0) > 100 or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data).encode("utf-8", "replace")  # saved as text by an editor
    data = data.lstrip(b"\r\n")
    envelope = _ENVELOPE.match(data)
    return data[envelope.end() :] if envelope else data
