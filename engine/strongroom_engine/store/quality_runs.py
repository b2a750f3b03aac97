"""Figures of the user's own question set over time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import apsw
import msgspec

from strongroom_engine.judging import QualityRun
from strongroom_engine.store.connection import fetch, fetch_sole

KEPT = 500
"""Runs; older ones go."""

Access = Callable[[], AbstractContextManager[apsw.Connection]]

_decode = msgspec.json.Decoder(QualityRun).decode


class QualityRuns:
    """The runs that one library keeps. Thread-safe, as the accesses are."""

    def __init__(self, write: Access, read: Access) -> None:
        self._write, self._read = write, read

    def add(self, run: QualityRun) -> QualityRun:
        """Keep a run; it has its number then."""
        with self._write() as db:
            db.execute(
                "INSERT INTO quality_runs (when_ms, run) VALUES (?, ?)",
                (round(run.when * 1000), msgspec.json.encode(run).decode()),
            )
            number = int(fetch_sole(db, "SELECT last_insert_rowid()")[0])
            db.execute("DELETE FROM quality_runs WHERE id <= ?", (number - KEPT,))
        return replace(run, id=number)

    def listed(self) -> tuple[QualityRun, ...]:
        """Every run, oldest first."""
        with self._read() as db:
            rows = fetch(db, "SELECT id, run FROM quality_runs ORDER BY id")
        return tuple(replace(_decode(run), id=number) for number, run in rows)
