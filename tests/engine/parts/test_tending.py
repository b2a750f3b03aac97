"""Drives that come and go while the library is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from strongroom_engine.parts.tending import Tending, glanced_at
from strongroom_engine.types import Away, Source


class Told:
    """Sources as the store has them, and which are looked at."""

    def __init__(self, *sources: Source) -> None:
        self.sources = list(sources)
        self.looked: list[str] = []
        self.tending = Tending(lambda: self.sources, self._look, every_s=0.0)

    def _look(self, path: str) -> None:
        self.looked.append(path)

    def tend(self) -> list[str]:
        self.looked.clear()
        self.tending.tend()
        return self.looked


def test_a_source_that_goes_or_comes_is_looked_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    source = Source(str(folder), "Papers")
    told = Told(source)
    assert told.tend() == []
    folder.rename(tmp_path / "unplugged")
    assert told.tend() == [str(folder)]
    told.sources[:] = [replace(source, present=False, away=Away.MISSING, away_ms=1)]
    assert told.tend() == []
    (tmp_path / "unplugged").rename(folder)
    assert told.tend() == [str(folder)]
    told.sources[:] = [source]
    assert told.tend() == []


def test_what_was_away_when_the_library_was_closed_is_looked_at(tmp_path: Path) -> None:
    away = Source(str(tmp_path), "Papers", present=False, away=Away.MISSING, away_ms=1)
    assert Told(away).tend() == [str(tmp_path)]
    gone = Source(str(tmp_path / "gone"), "Papers")
    assert Told(gone).tend() == [str(tmp_path / "gone")]


def test_what_is_there_and_away_all_the_same_is_looked_at_more_and_more_seldom(
    tmp_path: Path,
) -> None:
    failing = Source(str(tmp_path), "Papers", present=False, away=Away.FAILING, away_ms=1)
    told = Told(failing)
    told.tending = Tending(lambda: told.sources, told._look, every_s=60.0)
    assert told.tend() == [str(tmp_path)]
    assert told.tend() == []  # not yet


def test_a_glance_shows_what_has_gone_since_the_last_look(tmp_path: Path) -> None:
    here = Source(str(tmp_path), "Papers")
    assert glanced_at(here) == here
    gone = glanced_at(replace(here, path=str(tmp_path / "gone")))
    assert (gone.present, gone.away) == (False, Away.MISSING)
    back = glanced_at(replace(here, present=False, away=Away.MISSING, away_ms=1))
    assert (back.present, back.away, back.away_ms) == (True, "", 0)
    replaced = replace(here, present=False, away=Away.REPLACED, away_ms=1)
    assert glanced_at(replaced) == replaced  # only a look tells
