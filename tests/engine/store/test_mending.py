"""What comes apart in the index is noticed, told, and mended: a document is done when it is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import NotFindable
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.store.soundness import mending
from strongroom_engine.types import State

HURT = "(SELECT id FROM documents WHERE path LIKE '%lease.txt')"
CHUNK = f"(SELECT id FROM chunks WHERE document = {HURT} AND ordinal = {{}})"
LAST = f"(SELECT max(ordinal) FROM chunks WHERE document = {HURT})"
FAULTS = {
    "a vector": f"DELETE FROM vectors WHERE rowid = {CHUNK.format(1)}",
    "every vector": "DELETE FROM vectors",
    "words": f"DELETE FROM words WHERE rowid = {CHUNK.format(1)}",
    "all words": "DELETE FROM words",
    "a chunk": f"DELETE FROM chunks WHERE document = {HURT} AND ordinal = 1",
    "the last chunk": f"DELETE FROM chunks WHERE document = {HURT} AND ordinal = {LAST}",
    "every chunk": f"DELETE FROM chunks WHERE document = {HURT}",
    "a text": f"DELETE FROM texts WHERE chunk = {CHUNK.format(0)}",
    "a vector's mark": f"UPDATE chunks SET embedded = 0 WHERE document = {HURT}",
    "other words": (
        "INSERT OR REPLACE INTO words (rowid, text, heading, title, name)"
        f" SELECT id, 'nothing', '', '', '' FROM chunks WHERE document = {HURT}"
    ),
}
STRAYS = {
    "words": "INSERT INTO words (rowid, text, heading, title, name) VALUES (9999, 'zebra', '', '', '')",
    "a vector": (
        "INSERT INTO vectors (rowid, collection, embedding)"
        " VALUES (9999, 1, vec_int8((SELECT embedding FROM vectors LIMIT 1)))"
    ),
}


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    folder = tmp_path / "Papers"
    folder.mkdir()
    clauses = (f"Clause {number}. The tenant pays {number} euros a month." for number in range(60))
    (folder / "lease.txt").write_text("\n\n".join(clauses), "utf-8")
    (folder / "pets.txt").write_text("No pets may be kept in the flat.", "utf-8")
    settings = Settings(chunk_tokens=64)
    with Library(tmp_path / "library", key, embedder=WordLengths(), settings=settings) as opened:
        opened.add(str(folder))
        yield opened


def hurt(library: Library, sql: str) -> None:
    with library._store._write() as db:
        db.execute(sql)


def counts(library: Library) -> tuple[int, ...]:
    """Documents and chunks of the index, words and vectors of both."""

    def one(db: apsw.Connection, table: str) -> int:
        ((found,),) = db.execute(f"SELECT count(*) FROM {table}")
        return int(found)

    with library._store._read() as db:
        return tuple(one(db, table) for table in ("chunks", "texts", "words", "vectors"))


def apart(db: apsw.Connection) -> mending.Apart:
    """What has come apart of all documents."""
    return mending.apart(db, mending.following(db, 1, 0, 100), every=True)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_lost_is_noticed_and_made_anew(
    library: Library, tmp_path: Path, fault: str
) -> None:
    lease = str(tmp_path / "Papers" / "lease.txt")
    whole = counts(library)
    assert whole[0] > 4
    hurt(library, FAULTS[fault])
    with library._store._read() as db:
        assert apart(db)
    library.rescan()
    assert counts(library) == whole
    status = library.status()
    assert (status.documents[State.INDEXED], status.problems) == (2, ())
    assert status.chunks == status.embedded == whole[0]
    report = library.reading.report(lease)
    assert report.findable
    assert report.words == report.vectors == report.document.chunks
    assert library.search("Clause 33", method="lexical").hits[0].file == lease
    with library._store._read() as db:
        assert not apart(db)


@pytest.mark.parametrize("fault", ["a vector", "words", "other words"])
def test_it_is_told_of_a_document_that_is_looked_at(
    library: Library, tmp_path: Path, fault: str
) -> None:
    lease = str(tmp_path / "Papers" / "lease.txt")
    hurt(library, FAULTS[fault])
    assert not library.reading.check(lease).findable
    (told,) = library.status().problems
    assert (told.path, told.code) == (lease, NotFindable.code)
    library.rescan()
    assert library.status().problems == ()
    assert library.reading.report(lease).findable


@pytest.mark.parametrize("stray", STRAYS)
def test_what_belongs_to_no_passage_goes(library: Library, stray: str) -> None:
    whole = counts(library)
    hurt(library, STRAYS[stray])
    assert counts(library) != whole
    library.rescan()
    assert counts(library) == whole


def test_a_whole_library_is_left_alone(library: Library) -> None:
    assert library._store.reports.mend(library.sources()[0].path) == (0, ())


def test_a_sheet_of_bars_and_signs_is_found(library: Library, tmp_path: Path) -> None:
    sheet = tmp_path / "Papers" / "ticks.csv"
    rows = "\n".join(f"{'x' if row == 3 else ''};;×;○;;;;" for row in range(60))
    sheet.write_text(f"Name;A;B;C;D;E;F;G\n{rows}\n", "utf-8")
    library.rescan()
    assert library.reading.report(str(sheet)).findable
    assert library.status().problems == ()
