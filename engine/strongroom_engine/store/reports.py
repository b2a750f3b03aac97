"""How each document was read, and what belongs to it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

import apsw

from strongroom_engine.store import attempts, documents, places, signatures
from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.lexicon.languages import language_of
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.store.soundness import checking, mending
from strongroom_engine.store.soundness.rounds import Rounds
from strongroom_engine.types import Document, FileFacts, Kin, LeftOut, Report

Borrow = Callable[[], AbstractContextManager[apsw.Connection]]

MOST_KIN = 50
SAMPLED = 40
"""Chunks of which the language is looked at."""
LANGUAGE_SHARE = 0.15
"""A language is told of that so many of them are in."""


class Reports:
    """The reports of a store's documents."""

    def __init__(self, read: Borrow, write: Borrow) -> None:
        self._read, self._write = read, write
        self.rounds = Rounds(read, write)
        """Looking whether the parts of the index agree."""

    def of(self, path: str) -> Report | None:
        """How the document at the path was read; None where there is none."""
        with self._read() as db:
            record = documents.record(db, path)
            row = documents.find(db, path)
            if record is None or row is None:
                return None
            return _report(db, row, record)

    def copies(self, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each document the other files with the same bytes, in order."""
        with self._read() as db:
            return _copies(db, paths)

    def check(self, path: str) -> None:
        """Look anew whether the document is findable, if every chunk of it has its vector."""
        with self._write() as db:
            row = documents.find(db, path)
            if row is not None:
                documents.settle_state(db, row)

    def mend(self, source: str) -> tuple[int, tuple[str, ...]]:
        """Look for a moment whether the parts of the index agree for the documents of a source
        (`rounds`), and mend them: how many did not, and the paths of those that have to be read
        again for it."""
        count, again, _ = self.rounds.look(source)
        with self._read() as db:
            return count, (*again, *mending.incomplete(db, source))

    # --- attempts --------------------------------------------------------------------------------

    def renew(self, version: str) -> None:
        """Let what parsers of another version than this could not read be read again."""
        with self._write() as db:
            attempts.renew(db, version)

    def begin(self, facts: FileFacts) -> None:
        """Note that a document is being read."""
        with self._write() as db:
            attempts.begin(db, facts)

    def end(self, path: str) -> None:
        """Note that the document at the path is not being read any more."""
        with self._write() as db:
            attempts.end(db, path)

    def without_end(self, source: str) -> dict[FileFacts, int]:
        """The documents of a source that were being read when Strongroom ended, as they were then,
        and how often that came to pass."""
        with self._read() as db:
            return attempts.without_end(db, source)


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep how the document in row `row` was read now."""
    reading = {
        "parser": document.parser,
        "with_password": document.with_password,
        "took_ms": document.took_ms,
        "characters": len(document.text),
        "left_out": [asdict(one) for one in document.left_out],
        "recognised": [
            [page.number, round(page.confidence, 3)]
            for page in document.pages
            if page.confidence is not None
        ],
    }
    db.execute(
        "UPDATE documents SET read_ms = ?, reading = ?, checked = NULL WHERE id = ?",
        (int(time.time() * 1000), json.dumps(reading, ensure_ascii=False), row),
    )


def _report(db: apsw.Connection, row: int, record: Any) -> Report:
    content, read_ms, kept, checked, outline = fetch_sole(
        db,
        "SELECT content_hash, read_ms, reading, checked, outline FROM documents WHERE id = ?",
        (row,),
    )
    reading: dict[str, Any] = json.loads(kept) if kept else {}
    structure = json.loads(outline) if outline else [[], [], []]
    unit, pages = _pages(db, row, record.paged, record.pages)
    held = checking.count(db, row)
    kin = list(_kin(db, row, content))
    return Report(
        document=record,
        content_hash=content or "",
        parser=reading.get("parser", ""),
        page_unit=unit,
        pages=pages,
        members=int(fetch_sole(db, _MEMBERS, (row,))[0]),
        recognised=tuple((page, sure) for page, sure in reading.get("recognised", ())),
        waiting=tuple(page for (page,) in fetch(db, _WAITING, (row,))),
        characters=int(fetch_sole(db, _LENGTH, (row,))[0] or 0),
        headings=len(structure[0]),
        tables=len(structure[1]),
        sheets=int(fetch_sole(db, "SELECT count(*) FROM sheets WHERE document = ?", (row,))[0]),
        languages=_languages(db, row),
        left_out=tuple(LeftOut(**one) for one in reading.get("left_out", ())),
        with_password=bool(reading.get("with_password")),
        words=held.words,
        vectors=held.vectors,
        findable=None if checked is None else bool(checked),
        read_ms=read_ms,
        took_ms=reading.get("took_ms", 0),
        kin=tuple(kin[:MOST_KIN]),
        more_kin=max(len(kin) - MOST_KIN, 0),
    )


_MEMBERS = "SELECT count(*) FROM documents WHERE container = ?"
_WAITING = "SELECT page FROM scanned WHERE document = ? ORDER BY page"
_LENGTH = 'SELECT max("end") FROM chunks WHERE document = ?'


def _pages(db: apsw.Connection, row: int, paged: bool, pages: int) -> tuple[str, int]:
    """What its pages are called, and how many there are."""
    if paged:
        return "page", pages
    found: dict[str, int] = dict(
        fetch(db, "SELECT kind, count(*) FROM places WHERE document = ? GROUP BY kind", (row,))
    )
    return next(((unit, found[unit]) for unit in places.UNITS if unit in found), ("", 0))


def _languages(db: apsw.Connection, row: int) -> tuple[str, ...]:
    """The languages that much of the document is in, the commonest first."""
    texts = fetch(
        db,
        "SELECT text FROM chunks JOIN texts ON chunk = id WHERE document = ?"
        " ORDER BY chunks.hash LIMIT ?",  # as good as drawn at random, and the same every time
        (row, SAMPLED),
    )
    counts: dict[str, int] = {}
    for (text,) in texts:
        if language := language_of(text):
            counts[language] = counts.get(language, 0) + 1
    often = [name for name, count in counts.items() if count >= LANGUAGE_SHARE * len(texts)]
    return tuple(sorted(often, key=lambda name: -counts[name]))


def _kin(db: apsw.Connection, row: int, content: str | None) -> Iterator[Kin]:
    """What belongs to the document, the nearest first."""
    container = fetch_one(
        db,
        "SELECT path, title FROM documents"
        " WHERE id = (SELECT container FROM documents WHERE id = ?)",
        (row,),
    )
    if container:
        yield Kin(load_path(container[0]), "container", container[1])
    rows = fetch(
        db, "SELECT path, title FROM documents WHERE container = ? ORDER BY member", (row,)
    )
    yield from (Kin(load_path(path), "member", title) for path, title in rows)
    if content:
        rows = fetch(
            db,
            "SELECT path, title FROM documents WHERE content_hash = ? AND id <> ? ORDER BY path",
            (content, row),
        )
        yield from (Kin(load_path(path), "copy", title) for path, title in rows)
    for path, likeness in signatures.of(db, row).items():
        yield Kin(path, "version", _title(db, path), likeness)
    rows = fetch(
        db,
        "SELECT d.path, d.title FROM mails own JOIN mails m ON m.thread = own.thread"
        " JOIN documents d ON d.id = m.document"
        " WHERE own.document = ?1 AND m.document <> ?1 AND own.thread <> '' ORDER BY m.sent_ms",
        (row,),
    )
    yield from (Kin(load_path(path), "thread", title) for path, title in rows)


def _title(db: apsw.Connection, path: str) -> str:
    sql = "SELECT title FROM documents WHERE path = ?"
    return str(fetch_sole(db, sql, (store_path(path),))[0])


def _copies(db: apsw.Connection, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in set(paths):
        rows = fetch(
            db,
            "SELECT other.path FROM documents d JOIN documents other"
            " ON other.content_hash = d.content_hash AND other.id <> d.id WHERE d.path = ?",
            (store_path(path),),
        )
        found[path] = tuple(sorted(load_path(other) for (other,) in rows))
    return found
