"""Documents inside documents: files of archives, messages of mailboxes, attachments.

Each is a document like any other, at the path of its container with its name there, and goes when
its container goes or does not have it any more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import apsw

from strongroom_engine.store import documents
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.types import Document, FileFacts, Member, State

Lend = Callable[[], AbstractContextManager[apsw.Connection]]

MOST_IN_CHAIN = 64
"""More containers around one document there cannot be: `max_depth` is smaller by far."""


@dataclass(frozen=True, slots=True)
class Contained:
    """A document of a chain or a container. `number` is which one of its container it is, from 1;
    None for a file of its own."""

    path: str
    title: str
    media_type: str
    number: int | None
    state: State


@dataclass(frozen=True, slots=True)
class Inside:
    """How large a document is itself, and how many documents of how many bytes lie inside it,
    however deep. Sizes in bytes."""

    own: int
    count: int
    size: int


class Members:
    """`read` lends a connection that sees one state of the library, `write` one for a transaction."""

    def __init__(self, read: Lend, write: Lend) -> None:
        self._read, self._write = read, write

    def of(self, path: str) -> tuple[Contained, ...]:
        """The documents directly inside the one at the path, in their order there."""
        with self._read() as db:
            row = documents.find(db, path)
            rows = fetch(db, f"SELECT {_CONTAINED} WHERE container = ? ORDER BY member", (row,))
            return tuple(map(_contained, rows))

    def around(self, path: str) -> tuple[Contained, ...]:
        """The containers that the document lies in, the outermost first; none of a file."""
        with self._read() as db:
            row = documents.find(db, path)
            return tuple(map(_contained, reversed(_chain(db, row)[1:]))) if row else ()

    def count(self, path: str) -> int:
        """How many documents lie directly inside the one at the path."""
        with self._read() as db:
            row = documents.find(db, path)
            (found,) = fetch_sole(db, "SELECT count(*) FROM documents WHERE container = ?", (row,))
            return int(found)

    def inside(self, path: str) -> Inside:
        """What lies inside the document at the path; nothing where there is none."""
        with self._read() as db:
            row = documents.find(db, path)
            if row is None:
                return Inside(0, 0, 0)
            (own,) = fetch_sole(db, "SELECT size FROM documents WHERE id = ?", (row,))
            return Inside(int(own), *_inside(db, row))

    def paths(self, source: str) -> list[str]:
        """Every member in the source."""
        with self._read() as db:
            return [load_path(path) for (path,) in fetch(db, _OF_SOURCE, (store_path(source),))]

    def pending(self, source: str) -> list[FileFacts]:
        """The members in the source that wait to be read, container by container."""
        with self._read() as db:
            rows = fetch(
                db,
                "SELECT d.path, d.size, d.mtime_ns, d.identity FROM documents d"
                " WHERE d.container IS NOT NULL AND d.state = 'pending'"
                " AND d.source = (SELECT id FROM sources WHERE path = ?)"
                " ORDER BY d.container, d.member",
                (store_path(source),),
            )
            return [FileFacts(load_path(path), *facts) for path, *facts in rows]

    def pending_in(self, path: str) -> list[FileFacts]:
        """The members of the container at the path that wait to be read, in their order there."""
        with self._read() as db:
            rows = fetch(
                db,
                "SELECT path, size, mtime_ns, identity FROM documents"
                " WHERE container = ? AND state = 'pending' ORDER BY member",
                (documents.find(db, path),),
            )
            return [FileFacts(load_path(inner), *facts) for inner, *facts in rows]


_CONTAINED = "path, title, media_type, member, state FROM documents"
_OF_SOURCE = (
    "SELECT path FROM documents WHERE container IS NOT NULL"
    " AND source = (SELECT id FROM sources WHERE path = ?)"
)


def _contained(row: tuple[Any, ...]) -> Contained:
    path, title, media_type, number, state = row[-5:]
    return Contained(load_path(path), title, media_type, number, State(state))


def _chain(db: apsw.Connection, row: int) -> list[tuple[Any, ...]]:
    """(id, container, path, title, media type, number, state) of the document and of what it lies
    in, itself first."""
    found: list[tuple[Any, ...]] = []
    at: int | None = row
    while at is not None and len(found) < MOST_IN_CHAIN:
        one = fetch_sole(db, f"SELECT id, container, {_CONTAINED} WHERE id = ?", (at,))
        found.append(one)
        at = one[1]
    return found


def _inside(db: apsw.Connection, row: int) -> tuple[int, int]:
    """How many documents of how many bytes lie inside the one in the row, however deep."""
    count, size = fetch_sole(
        db,
        "WITH RECURSIVE inside (id, size) AS ("
        " SELECT id, size FROM documents WHERE container = ?"
        " UNION ALL SELECT d.id, d.size FROM documents d JOIN inside i ON d.container = i.id)"
        " SELECT count(*), coalesce(sum(size), 0) FROM inside",
        (row,),
    )
    return int(count), int(size)


# --- what a container holds ------------------------------------------------------------------------


def path_of(container: str, member: Member) -> str:
    """The path of a document inside another."""
    return f"{container}{os.sep}{member.name.replace('/', os.sep)}"


def facts_of(container: str, member: Member) -> FileFacts:
    """A document inside another, as one of its own."""
    return FileFacts(path_of(container, member), member.size, member.mtime_ns, member.identity)


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Let the document in the row hold these members: new and changed ones wait to be read, those
    that are as they were are left as they are, and what is not there any more goes."""
    path, source = fetch_sole(db, "SELECT path, source FROM documents WHERE id = ?", (row,))
    container = load_path(path)
    known = {
        load_path(inner): (id_, FileFacts(load_path(inner), *facts))
        for inner, id_, *facts in fetch(
            db,
            "SELECT path, id, size, mtime_ns, identity FROM documents WHERE container = ?",
            (row,),
        )
    }
    for number, member in enumerate(document.members, 1):
        facts = facts_of(container, member)
        before = known.pop(facts.path, None)
        if before is not None and before[1] == facts and (facts.mtime_ns or facts.identity):
            db.execute("UPDATE documents SET member = ? WHERE id = ?", (number, before[0]))
        else:
            documents.note_member(db, source, facts, row, number)
    _remove(db, (id_ for id_, _ in known.values()))


def _remove(db: apsw.Connection, rows: Iterable[int]) -> None:
    db.executemany("DELETE FROM documents WHERE id = ?", [(row,) for row in rows])


def left_out_of(db: apsw.Connection, path: str, saying: str) -> None:
    """Let the report of the container around the path say, in the words of the `saying`, that it
    is not in it."""
    container = documents.container_of(db, path)
    db.execute(
        "UPDATE documents SET reading = json_insert(reading, '$.left_out[#]',"
        " json_object('what', ?, 'count', 1)) WHERE id = ? AND NOT instr(reading, ?)",
        (saying, container, saying),
    )


def withheld(db: apsw.Connection, saying: str) -> None:
    """Let every document wait to be read anew of whose members some were left out, as its report
    has it in the words of the `saying`."""
    db.execute(
        "UPDATE documents SET state = 'pending', content_hash = NULL"
        " WHERE instr(reading, ?) AND state IN ('indexed', 'readable')",
        (saying,),
    )
