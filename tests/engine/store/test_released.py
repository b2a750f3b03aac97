"""Libraries that every earlier Strongroom has written, opened by this one.

`released/` holds libraries made by the code of then (`make_released.py`). Of some schemas no commit
can make one: 4, and 8 to 10, came and went while several parts were being built. Such a library
is what an interrupted migration leaves of an older one, and made so here.
"""

from __future__ import annotations

import json
import lzma
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
import pytest
from tests.engine.store.conftest import KEY
from tests.engine.store.released.make_released import QUESTIONS, RENT, Lengths

from strongroom_engine.library import Library
from strongroom_engine.store import Store, connection, schema
from strongroom_engine.store.access import headers
from strongroom_engine.store.connection import transaction
from strongroom_engine.store.damage import rebuilding
from strongroom_engine.store.soundness.checking import faults

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore

RELEASED = Path(__file__).parent / "released"
MADE = sorted(int(file.stem) for file in RELEASED.glob("*.json"))
UNMADE = (4, 8, 9, 10)
VERSIONS = range(1, schema.current_version())
LEASE = "/tmp/strongroom-released/leases/Heron lease.pdf"


def unpack(folder: Path, version: int) -> dict[str, Any]:
    """Put the library of this schema into the folder; what it holds."""
    source = max(made for made in MADE if made <= version)
    told: dict[str, Any] = json.loads((RELEASED / f"{source}.json").read_text())
    folder.mkdir(mode=0o700)
    (folder / headers.FILE).write_text(told["header"])
    (folder / connection.FILE).write_bytes(
        lzma.decompress((RELEASED / f"{source}.db.xz").read_bytes())
    )
    _encrypt(folder)
    with closing(connection.connect(folder, KEY.raw, write=True)) as db:
        assert schema.version(db) == source
        _migrate_up_to(db, version)
    return {**told["holds"], "made by": source}


def _encrypt(folder: Path) -> None:
    with closing(apsw.Connection(str(folder / connection.FILE))) as db:
        db.pragma("cipher", "aegis")
        db.pragma("hexrekey", KEY.raw.hex())


def _migrate_up_to(db: apsw.Connection, version: int) -> None:
    for number in range(schema.version(db) + 1, version + 1):
        with transaction(db):
            db.execute(schema.MIGRATIONS[number - 1])
            db.pragma("user_version", number)


def check_kept(library: Library, holds: dict[str, Any]) -> None:
    """Everything that the user made with the Strongroom of then is there."""
    store, made_by = library._store, holds["made by"]
    assert {one.path: one.collection for one in store.sources()} == holds["sources"]
    if made_by >= 5:
        (judged,) = store.judgements()
        assert (judged.question, judged.answers[0].text) == (RENT, "1,200 euros")
        assert judged.places[0].file == LEASE
    if made_by >= 7:
        review = store.review("Leases")
        assert review
        assert [(cell.document, cell.text) for cell in review.cells] == [(LEASE, "1,200 euros")]
    if made_by >= 11:
        first, second = store.conversations.turns("talk", 0, 10**9)
        assert first.answer
        assert (first.answer.text, first.answer.citations[0].file) == ("It is 1,200 euros.", LEASE)
        assert (second.asked.question, second.answer) == ("And the roof?", None)
        assert [one.id for one in store.quality_runs.listed()] == [1]
        patterns = {one.pattern for one in store.managing.exclusions()}
        assert patterns == {"*.tmp", "/tmp/strongroom-released/letters/old"}
    if made_by >= 12:
        assert store.passwords.paths() == (LEASE,)
        assert store.recognised.of("0" * 64) == {1: b"\x90"}


def check_found(library: Library, holds: dict[str, Any]) -> None:
    """Every document is what it was, and found as it was."""
    documents = {one.path: str(one.state) for one in library.documents()}
    assert documents.keys() == holds["documents"].keys()
    # What could not be read then may be read by the parsers of now.
    others = {path for path, state in documents.items() if state != holds["documents"][path]}
    assert all(holds["documents"][path] == "failed" for path in others)
    assert {documents[path] for path in others} <= {"pending"}
    texts = {path: library._store.document_text(path) for path in documents}
    assert texts == holds["texts"]
    for question in QUESTIONS:
        assert library.search(question, 3).hits[0].file == holds["best"][question], question


def renewed(library: Library) -> None:
    """What is made anew in the background, at once."""
    while library._store.renew():
        pass


def test_every_released_schema_has_its_library() -> None:
    """When a schema is defined, the one before it was released: make its library then."""
    assert sorted([*MADE, *UNMADE]) == list(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_migrated_and_nothing_is_lost(folder: Path, version: int) -> None:
    holds = unpack(folder, version)
    with Library(folder, KEY, embedder=Lengths()) as library:
        check_kept(library, holds)
        check_found(library, holds)  # before anything was made anew
        renewed(library)
        check_found(library, holds)
        library.rescan()  # its sources are away
        check_found(library, holds)
        check_kept(library, holds)
        assert library._store.waiting_count() == 0
    with closing(connection.connect(folder, KEY.raw, write=False)) as db:
        assert schema.version(db) == schema.current_version()
        assert faults(db, thorough=True) == {}


@pytest.mark.parametrize("version", [1, 7, 12])
def test_opened_for_reading_it_is_migrated_too(folder: Path, version: int) -> None:
    holds = unpack(folder, version)
    with Library(folder, KEY, mode="read", embedder=Lengths()) as library:
        check_kept(library, holds)
        check_found(library, holds)


@pytest.mark.parametrize("version", [1, 7, 11])
def test_a_migration_that_is_interrupted_goes_on(
    folder: Path, version: int, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each step in turn; what the step had done by then is as if it had not been."""
    holds = unpack(folder, version)
    for number in range(version + 1, schema.current_version() + 1):
        steps = list(schema.MIGRATIONS)
        steps[number - 1] += "; SELECT * FROM unmade;"
        with monkeypatch.context() as patched:
            patched.setattr(schema, "MIGRATIONS", tuple(steps))
            with pytest.raises(BaseException, match="no such table: unmade"):
                open_store()
        with closing(connection.connect(folder, KEY.raw, write=False)) as db:
            assert schema.version(db) == number - 1
    with Library(folder, KEY, embedder=Lengths()) as library:
        check_kept(library, holds)
        check_found(library, holds)


@pytest.mark.parametrize("version", [1, 5, 7, 11, 12, 13])
def test_damaged_before_it_was_migrated_it_is_rebuilt(folder: Path, version: int) -> None:
    holds = unpack(folder, version)
    rebuilding.rebuild(folder, KEY, model=Lengths.model, dimensions=Lengths.dimensions)
    with Library(folder, KEY, embedder=Lengths()) as library:
        check_kept(library, holds)
        check_found(library, holds)
    with closing(connection.connect(folder, KEY.raw, write=False)) as db:
        assert faults(db, thorough=True) == {}


def test_the_store_alone_opens_the_oldest(folder: Path, open_store: OpenStore) -> None:
    holds = unpack(folder, 1)
    store: Store = open_store(model="", dimensions=0)
    assert {one.path for one in store.documents()} == set(holds["documents"])
    assert store.embedding_model().model == Lengths.model
