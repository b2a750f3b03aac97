"""What a container may hold: what the user has not left out, and no more than its whole file may.

An archive in an archive in an archive is small at every step and without end in all. So what lies
inside one file on the disk is counted together, however deep it lies.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import replace

from strongroom_engine.errors import TooMuchInside
from strongroom_engine.indexing.looking.excluding import Rules
from strongroom_engine.indexing.sizes import MEGABYTE, human_size
from strongroom_engine.sentences.left_out import EXCLUDED_MEMBERS, TOO_MANY_MEMBERS
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.store.members import Inside, facts_of, path_of
from strongroom_engine.types import Document, FileFacts, LeftOut, Member

NESTED_RATIO = 200
"""What lies in containers inside a file may be so many times as large as the file. Documents that
are packed twice reach 20; DEFLATE alone packs emptiness 1,032 times."""
NESTED_FREE = 64 * MEGABYTE
"""So much may lie in them in any case."""


class Holding:
    """Counts what lies inside each file, as its containers are read, from several threads. Where
    limits of size have changed, what they let in or keep out by now is read again."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        sizes = (settings.max_file_mb, settings.max_text_mb, settings.max_member_mb)
        store.managing.use_limits(*(size * MEGABYTE for size in sizes))
        self._inside: dict[str, Inside] = {}
        """By the file, what is inside it at any depth; only of files with containers in them."""
        self._lock = threading.Lock()

    def allowed(
        self, path: str, document: Document, rules: Rules
    ) -> tuple[Document, tuple[FileFacts, ...]]:
        """The document at the path with the members that it may have; its report says how many
        others are left out. Of those that are beyond the limits of its file the first is among
        them, and given: it stands for all in the list of problems."""
        members, excluded = _parted(path, document.members, rules)
        kept, beyond = self._within_limits(path, members) if members else ([], [])
        left_out = [
            LeftOut(saying(), count)
            for saying, count in ((EXCLUDED_MEMBERS, excluded), (TOO_MANY_MEMBERS, len(beyond)))
            if count
        ]
        if not left_out:
            return document, ()
        whole = replace(
            document,
            members=(*kept, *beyond[:1]),
            left_out=(*document.left_out, *left_out),
        )
        return whole, tuple(facts_of(path, member) for member in beyond[:1])

    def problem(self) -> TooMuchInside:
        """Why a document that is beyond the limits of its file is not read."""
        return TooMuchInside(
            count=f"{self._settings.max_members:,}",
            size=human_size(self._settings.max_unpacked_mb * MEGABYTE),
        )

    def _within_limits(self, path: str, members: list[Member]) -> tuple[list[Member], list[Member]]:
        around = self._store.members.around(path)
        with self._lock:
            if not around:  # what its own module lets through; what lies deeper is counted anew
                self._inside.pop(path, None)
                return members, []
            return self._nested(around[0].path, path, members)

    def _nested(
        self, file: str, path: str, members: list[Member]
    ) -> tuple[list[Member], list[Member]]:
        inside = self._inside.get(file) or self._store.members.inside(file)
        own = self._store.members.inside(path)
        count, size = inside.count - own.count, inside.size - own.size
        most = min(
            self._settings.max_unpacked_mb * MEGABYTE, max(NESTED_FREE, NESTED_RATIO * inside.own)
        )
        kept: list[Member] = []
        beyond: list[Member] = []
        for member in members:
            if count < self._settings.max_members and size + member.size <= most:
                kept.append(member)
                count, size = count + 1, size + member.size
            else:
                beyond.append(member)
        self._inside[file] = Inside(inside.own, count, size)
        return kept, beyond


def _parted(path: str, members: Iterable[Member], rules: Rules) -> tuple[list[Member], int]:
    """The members that the user has not left out, and how many are."""
    found = list(members)
    kept = [one for one in found if not _is_left_out(path, one, rules)]
    return kept, len(found) - len(kept)


def _is_left_out(path: str, member: Member, rules: Rules) -> bool:
    """Whether it or a folder of the container that it lies in is; the container itself is not."""
    inner = path_of(path, member)
    while len(inner) > len(path):
        if rules.leave_out(inner):
            return True
        inner = inner.rpartition(os.sep)[0]
    return False
