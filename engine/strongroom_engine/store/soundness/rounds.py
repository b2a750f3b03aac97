"""Looking in rounds whether the parts of the index agree, and mending them (`mending`).

To look at a million passages takes ten seconds, so each look at a source goes on for a moment where
the one before it ended, and every document has its turn. Where it stands is in `meta`: a round
that is longer than the looks of a day goes on the next day.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import apsw

from strongroom_engine.store import sources
from strongroom_engine.store.connection import fetch_one
from strongroom_engine.store.soundness import mending
from strongroom_engine.store.soundness.mending import Apart

Lend = Callable[[], AbstractContextManager[apsw.Connection]]

LOOK_S = 0.3
"""Time of the processor that one look takes, at most; of this a third for what belongs to no
passage."""
WAITING = 3
"""A look ends as well when it has lasted so many times as long: others want the machine."""
AT_ONCE = 16
"""Documents that are looked at between two looks at the clock."""
SPOTS = 24
"""So many documents of one look, the first ones and then some by lot, are looked for by a sentence
from them. Where one is not found, all the others are, too, until the round has ended."""
MENDED_AT_ONCE = 20
"""Documents that are mended in one transaction."""
IDS_AT_ONCE = 5_000
_DONE = -1


@dataclass(slots=True)
class Look:
    """One look: what it found, and where the next one goes on. `every` document is looked for by a
    sentence from it."""

    found: list[Apart] = field(default_factory=list)
    strays: list[tuple[str, int]] = field(default_factory=list)
    """Tables and rows that belong to no passage."""
    after: int = 0
    """The last document that was looked at; 0 at the end of a round."""
    every: bool = False
    ids: dict[str, int] = field(default_factory=dict)
    """Likewise, for each table that has rows of passages, the last that was looked at; `_DONE` for
    one that is not looked at any more in this round."""


class Rounds:
    """`read` lends a connection that sees one state of the library, `write` one for a transaction."""

    def __init__(self, read: Lend, write: Lend) -> None:
        self._read, self._write = read, write

    def look(
        self, source: str, lasting_s: float = LOOK_S, stops: Callable[[], bool] = lambda: False
    ) -> tuple[int, tuple[str, ...], bool]:
        """Go on with the round of a source: how many documents had come apart, the paths of those
        that have to be read again for it, and whether the round has ended.

        It lasts a moment longer than `lasting_s`, and where something has to be mended. Raises
        `NotASource`.
        """
        with self._read() as db:
            row = sources.source_id(db, source)
            before = _kept(db, row)
            look = _look(db, row, before, lasting_s, stops)
        again = self._mend(look, stops)
        if stops():
            return 0, again, False  # the next one begins where this one did
        if look.after != before.after or look.every != before.every or look.ids != before.ids:
            with self._write() as db:
                _keep(db, row, look)
        return len(_rows(look.found)), again, not look.after and not look.ids

    def _mend(self, look: Look, stops: Callable[[], bool]) -> tuple[str, ...]:
        again: list[str] = []
        if look.strays:
            with self._write() as db:
                mending.drop_strays(db, look.strays)
        for rows in _parts(_rows(look.found)):
            if stops():
                break
            with self._write() as db:  # something may have changed in between
                again += mending.mend(db, mending.apart(db, rows, every=True))
        return tuple(again)


def _rows(found: list[Apart]) -> list[int]:
    return sorted({row for one in found for row in (*one.passages, *one.words, *one.vectors)})


def _parts(rows: list[int]) -> Iterator[list[int]]:
    return (rows[at : at + MENDED_AT_ONCE] for at in range(0, len(rows), MENDED_AT_ONCE))


# --- a look --------------------------------------------------------------------------------------


def _look(
    db: apsw.Connection, source: int, before: Look, lasting_s: float, stops: Callable[[], bool]
) -> Look:
    began, worked = time.monotonic(), time.thread_time()

    def over(share: float) -> bool:
        lasts_s, works_s = time.monotonic() - began, time.thread_time() - worked
        return stops() or works_s > lasting_s * share or lasts_s > WAITING * lasting_s * share

    look = Look(after=before.after, every=before.every, ids=dict(before.ids))
    look.found.append(mending.apart(db, mending.not_findable(db, source), every=True))
    _look_for_strays(db, look, lambda: over(1 / 3))
    _look_at_documents(db, source, look, lambda: over(1))
    return look


def _look_at_documents(
    db: apsw.Connection, source: int, look: Look, over: Callable[[], bool]
) -> None:
    looked_for = 0
    while True:
        rows = mending.following(db, source, look.after, AT_ONCE)
        spot = rows if not looked_for else random.sample(rows, min(len(rows), 1))
        looked_for += len(spot)
        found = mending.apart(
            db, rows, every=look.every, looked_for=spot if looked_for < SPOTS else ()
        )
        if not look.every and found.words:
            look.every = True
            found = mending.apart(db, rows, every=True)
        if found:
            look.found.append(found)
        look.after = rows[-1] if len(rows) == AT_ONCE else 0
        if not look.after:
            look.every = False
            if all(each == _DONE for each in look.ids.values()):
                look.ids = {}
        if not look.after or over():
            return


def _look_for_strays(db: apsw.Connection, look: Look, over: Callable[[], bool]) -> None:
    for table in mending.tables(db):
        while look.ids.get(table, 0) != _DONE:
            last, stray = mending.strays(db, table, look.ids.get(table, 0), IDS_AT_ONCE)
            look.strays += [(table, row) for row in stray]
            look.ids[table] = last or _DONE
            if over():
                return


# --- where it stands -----------------------------------------------------------------------------

_DOCUMENTS, _IDS = "looked at of source {}", "looked at of passages"


def _kept(db: apsw.Connection, source: int) -> Look:
    after, every = _meta(db, _DOCUMENTS.format(source)) or (0, False)
    return Look(after=after, every=every, ids=_meta(db, _IDS) or {})


def _keep(db: apsw.Connection, source: int, look: Look) -> None:
    _set_meta(db, _DOCUMENTS.format(source), look.after and [look.after, look.every])
    _set_meta(db, _IDS, look.ids)


def _meta(db: apsw.Connection, key: str) -> Any:
    row = fetch_one(db, "SELECT value FROM meta WHERE key = ?", (key,))
    return json.loads(row[0]) if row else None


def _set_meta(db: apsw.Connection, key: str, value: object) -> None:
    """Keep what says something."""
    db.execute("DELETE FROM meta WHERE key = ?", (key,))
    if value:
        db.execute("INSERT INTO meta VALUES (?, ?)", (key, json.dumps(value)))
