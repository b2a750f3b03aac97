"""What is common to archives: which of its files are documents, and the text that lists them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from strongroom_engine.errors import DocumentProblem, EmptyDocument, Vanished
from strongroom_engine.indexing.parse import files
from strongroom_engine.indexing.parse.archives.names import Unique, harmless
from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.sentences import left_out
from strongroom_engine.settings import Settings
from strongroom_engine.types import Document, LeftOut, Member, Page

NAMES_IN_TEXT = 300
"""So many of its names are the text of an archive: what it is about is told by fewer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, as the archive says; `key` is by what its module finds it."""

    name: str
    size: int
    mtime_ns: int
    identity: str
    key: Any


@dataclass(slots=True)
class Contents:
    """The documents of an archive by their name, and how much of it is none."""

    entries: dict[str, Entry] = field(default_factory=dict)
    beyond: int = 0
    """Documents that are beyond the limits of count and size."""
    damaged: int = 0

    def find(self, inner: str) -> tuple[str, Entry]:
        """The document that a path inside the archive begins with; raises `Vanished`."""
        name = inner
        while name not in self.entries:
            name = name.rpartition("/")[0]
            if not name:
                raise Vanished
        return name, self.entries[name]


def gathered(entries: Iterable[Entry], settings: Settings) -> Contents:
    """The entries that are documents, as many as may be, under names of their own."""
    found, unique, room = Contents(), Unique(), settings.max_unpacked_mb * MEGABYTE
    for entry in entries:
        if not (name := harmless(entry.name)):
            continue
        if len(found.entries) >= settings.max_members or entry.size > room:
            found.beyond += 1
            continue
        room -= max(entry.size, 0)
        found.entries[unique(name)] = entry
    return found


def document(
    file: OpenFile, found: Contents, media_type: str, parser: str, *, with_password: bool = False
) -> Document:
    """The archive as a document: what is in it. Raises `EmptyDocument`."""
    if not found.entries and not found.beyond and not found.damaged:
        raise EmptyDocument
    names = [one_line(name, 300) for name in list(found.entries)[:NAMES_IN_TEXT]]
    return Document(
        title=file.name,
        media_type=media_type,
        # Its own name only where it has nothing else: it does not change when the file is renamed.
        pages=(Page(1, "\n".join(names or [file.name])),),
        paged=False,
        members=tuple(
            Member(name, entry.size, entry.mtime_ns, entry.identity)
            for name, entry in found.entries.items()
        ),
        parser=parser,
        left_out=tuple(_left_out(found)),
        with_password=with_password,
    )


def _left_out(found: Contents) -> Iterator[LeftOut]:
    if found.beyond:
        yield LeftOut(left_out.TOO_MANY_MEMBERS(), found.beyond)
    if found.damaged:
        yield LeftOut(left_out.DAMAGED_MEMBERS(), found.damaged)


def check_size(entry: Entry, settings: Settings) -> None:
    """Raise `TooLarge` for what may not be unpacked."""
    files.check_size(entry.size, settings.max_member_mb * MEGABYTE)


def read(unpacked: IO[bytes] | io.BufferedIOBase, entry: Entry, settings: Settings) -> bytes:
    """All of a document, and never more than a document may be, whatever the archive says."""
    limit = settings.max_member_mb * MEGABYTE
    data = unpacked.read(min(entry.size, limit) + 1)
    files.check_size(len(data), limit)
    return data


@contextmanager
def refusals(problem: DocumentProblem, *kinds: type[Exception]) -> Iterator[None]:
    """What a library raises over a broken archive, as ours."""
    try:
        yield
    except kinds as exc:
        raise problem from exc
