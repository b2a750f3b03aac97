"""What Outlook sends along with a message, as a file of its own (winmail.dat): its text with its
looks, and the attachments, which nobody else sees otherwise."""

from __future__ import annotations

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.mail import letter, parts
from strongroom_engine.indexing.parse.mail.letter import Letter
from strongroom_engine.indexing.parse.mail.outlook import tnef
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document

MEDIA_TYPE = "application/vnd.ms-tnef"
PARSER = "Strongroom's reader of TNEF"


def parse(file: OpenFile) -> Document:
    return letter.document(_letter(file), file.stem, PARSER, MEDIA_TYPE)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    return letter.open_attachment(_letter(file), inner)


def _letter(file: OpenFile) -> Letter:
    found = tnef.message(file.read())
    if found is None:
        raise DamagedDocument(why="it is cut off or broken, and nothing in it can be read")
    return parts.letter(found)
