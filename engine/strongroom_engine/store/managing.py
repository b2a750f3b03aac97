"""What the user decides about the sources: collections, exclusions, and whether indexing rests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager

import apsw

from strongroom_engine.errors import TooLarge
from strongroom_engine.sentences import left_out
from strongroom_engine.store import documents, drives, exclusions, members, sources
from strongroom_engine.store.connection import fetch_one
from strongroom_engine.store.documents import KnownFile
from strongroom_engine.types import Exclusion

Lend = Callable[[], AbstractContextManager[apsw.Connection]]

_PAUSED = "indexing paused"
_LIMITS = "limits of size"
_CUT = left_out.LONG_TEXT.forms[-1].longest
"""By this the report of a text is known that was read as far as the limit goes."""


class Managing:
    """`read` lends a connection that sees one state of the library, `write` one for a transaction."""

    def __init__(self, read: Lend, write: Lend) -> None:
        self._read, self._write = read, write

    # --- collections -----------------------------------------------------------------------------

    def rename_collection(self, name: str, new_name: str) -> None:
        """Give it another name; one that there is takes its sources in. `UnknownCollection`."""
        with self._write() as db:
            sources.rename_collection(db, name, new_name)

    def move_source(self, path: str, collection: str) -> None:
        """Put a source into a collection, which is made if need be. Raises `NotASource`."""
        with self._write() as db:
            sources.move(db, path, collection)

    # --- sources ---------------------------------------------------------------------------------

    def source_paths(self) -> set[str]:
        """Where the sources are; quicker than all that is known of them."""
        with self._read() as db:
            return sources.paths(db)

    def note_seen(self, path: str, when_ms: int) -> None:
        """Note when all of a source was looked at, in milliseconds since 1970."""
        with self._write() as db:
            sources.note_seen(db, path, when_ms)

    def sizes(self) -> dict[str, int]:
        """The bytes of all documents of each source, by its path."""
        with self._read() as db:
            return sources.sizes(db)

    def drives(self, source: str) -> dict[str, str]:
        """The volume at each place where something was mounted when the source was last looked at;
        raises `NotASource`."""
        with self._read() as db:
            return drives.of(db, source)

    def note_here(
        self, source: str, on: Mapping[str, str], away: Collection[str], when_ms: int
    ) -> None:
        """Note that a source is here `on` these drives, but for those `away`; raises `NotASource`."""
        with self._write() as db:
            drives.note_here(db, source, on, away, when_ms)

    def note_away(self, source: str, why: str, when_ms: int) -> bool:
        """Note that a source is away, and why (an `Away`); whether that is news."""
        with self._write() as db:
            return drives.note_away(db, source, why, when_ms)

    def note_unread(self, paths: Iterable[str]) -> None:
        """Let these documents wait to be read again; those that are not there are passed over."""
        with self._write() as db:
            documents.note_unread(db, paths)

    def use_limits(self, file_bytes: int, text_bytes: int, member_bytes: int) -> None:
        """Where other limits hold than before, let what they let in or keep out by now wait to be
        read again."""
        said = f"{file_bytes} {text_bytes} {member_bytes}"
        with self._write() as db:
            if fetch_one(db, "SELECT 1 FROM meta WHERE key = ? AND value = ?", (_LIMITS, said)):
                return
            db.execute(
                # Without its hash, else it would count as read.
                "UPDATE documents SET state = 'pending', content_hash = NULL"
                " WHERE problem = ? OR reading LIKE ? OR container IS NULL"
                " AND (size > ? OR media_type LIKE 'text/%' AND size > ?)",
                (TooLarge.code, f"%{_CUT}%", file_bytes, text_bytes),
            )
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_LIMITS, said))

    def forget(self, paths: Iterable[str]) -> None:
        """Forget the documents at these paths."""
        with self._write() as db:
            for path in paths:
                documents.remove(db, path)

    def files_of_sizes(self, sizes: Collection[int]) -> list[KnownFile]:
        """The files of all sources that were read, as they were then, and have one of these sizes
        in bytes."""
        with self._read() as db:
            return documents.of_sizes(db, sizes)

    def leave_out(self, paths: Iterable[str]) -> None:
        """Forget the documents at these paths, which the user leaves out; containers that they lie
        in say so in their report."""
        with self._write() as db:
            for path in paths:
                members.left_out_of(db, path, left_out.EXCLUDED_MEMBERS.text)
                documents.remove(db, path)

    def delete_some(self) -> bool:
        """Delete some of what removed sources have left; False where nothing is left."""
        with self._write() as db:
            return sources.delete_some(db)

    # --- exclusions ------------------------------------------------------------------------------

    def exclude(self, exclusion: Exclusion) -> None:
        with self._write() as db:
            exclusions.add(db, exclusion)
            if exclusion.pattern.startswith("!"):
                members.withheld(db, left_out.EXCLUDED_MEMBERS.text)

    def include(self, exclusion: Exclusion) -> None:
        with self._write() as db:
            exclusions.remove(db, exclusion)
            members.withheld(db, left_out.EXCLUDED_MEMBERS.text)

    def read_withheld(self) -> None:
        """Let what has members that were left out wait to be read anew: other rules hold now."""
        with self._write() as db:
            members.withheld(db, left_out.EXCLUDED_MEMBERS.text)

    def exclusions(self) -> tuple[Exclusion, ...]:
        """Every one, those of all sources first."""
        with self._read() as db:
            return exclusions.listed(db)

    # --- resting ---------------------------------------------------------------------------------

    def paused(self) -> bool:
        """Whether the user has paused indexing."""
        with self._read() as db:
            return fetch_one(db, "SELECT 1 FROM meta WHERE key = ?", (_PAUSED,)) is not None

    def pause(self, paused: bool) -> None:
        with self._write() as db:
            if paused:
                db.execute("INSERT OR REPLACE INTO meta VALUES (?, 'yes')", (_PAUSED,))
            else:
                db.execute("DELETE FROM meta WHERE key = ?", (_PAUSED,))
