"""A file that is too large is listed without being opened, and read when the limit is raised."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.engine.fakes import WordLengths

from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import DocumentRecord, State

opened: list[str] = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)


def looked_at(place: Path, key: LibraryKey, folder: Path, limit_mb: int) -> DocumentRecord:
    settings = Settings(max_file_mb=limit_mb)
    with Library(place, key, embedder=WordLengths(), settings=settings) as library:
        library.rescan() if library.sources() else library.add(str(folder))
        assert not library.status().documents["pending"]
        return next(one for one in library.documents() if one.path.endswith("large.txt"))


def test_a_limit_holds_for_what_is_known_already(tmp_path: Path, key: LibraryKey) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "small.txt").write_text("This is small.", encoding="utf-8")
    large = folder / "large.txt"
    large.write_text("Words and no end to them.\n" * 50_000, encoding="utf-8")
    place = tmp_path / "library"
    opened.clear()

    first = looked_at(place, key, folder, 1)
    assert (first.code, first.details) == ("too-large", {"size": "1 MB", "limit": "1 MB"})
    assert first.size == large.stat().st_size
    assert str(large) not in opened, "its size says it all"

    assert looked_at(place, key, folder, 2).state == State.INDEXED
    assert looked_at(place, key, folder, 2).state == State.INDEXED
    assert looked_at(place, key, folder, 1).code == "too-large"
