"""A document that takes minutes to cut and to store: whoever wants it to end does not wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.errors import Cancelled
from strongroom_engine.indexing import dividing
from strongroom_engine.indexing import progress as progress_module
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.store.soundness import checking
from strongroom_engine.types import Document, Page, Progress, State

PARAGRAPHS = 3_000


class Counted(WordLengths):
    """Says when the first texts are measured, and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.measured = 0
        self.begun = threading.Event()

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        self.measured += 1
        if self.measured > 20:
            self.begun.set()
        return super().token_offsets(text)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "ledger.txt"
    path.parent.mkdir()
    lines = (
        f"Entry {number}. The rent of house {number * 7} is paid." for number in range(PARAGRAPHS)
    )
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, key: LibraryKey, file: Path) -> Iterator[Store]:
    with Store.open(
        tmp_path / "library", key, mode="write", model="word-lengths", dimensions=16
    ) as opened:
        opened.add_source(str(file.parent), "Papers")
        yield opened


@contextmanager
def telling(
    store: Store, pool: ParserPool, tell: Callable[[Progress | None], None]
) -> Iterator[Indexer]:
    indexer = Indexer(store, pool, Only(WordLengths()), Settings(), on_progress=tell)
    try:
        yield indexer
    finally:
        indexer.close()


def sync(store: Store, pool: ParserPool, embedder: WordLengths, file: Path, **how: object) -> None:
    indexer = Indexer(store, pool, Only(embedder), Settings())
    try:
        indexer.sync(str(file.parent), **how)  # type: ignore[arg-type]
    finally:
        indexer.close()


def state(store: Store, file: Path) -> State:
    return next(one.state for one in store.documents() if one.path == str(file))


def faults(store: Store) -> dict[str, int]:
    with store._alone() as db:
        return checking.faults(db)


def test_cutting_it_ends_when_the_work_does(store: Store, pool: ParserPool, file: Path) -> None:
    whole = Counted()
    sync(store, pool, whole, file)
    assert state(store, file) in (State.READABLE, State.INDEXED)
    store.remove_document(str(file))
    ended = Counted()
    with pytest.raises(Cancelled):
        sync(store, pool, ended, file, cancelled=ended.begun.is_set)
    assert ended.measured < whole.measured / 2
    assert state(store, file) is State.PENDING
    sync(store, pool, WordLengths(), file)  # taken up again
    assert state(store, file) in (State.READABLE, State.INDEXED)
    assert faults(store) == {}


def test_storing_it_ends_when_the_work_does(
    store: Store, pool: ParserPool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strongroom_engine.store import lexical

    begun, stored = threading.Event(), []
    insert = lexical.insert

    def noted(db: object, chunks: object) -> None:
        begun.set()
        insert(db, chunks)  # type: ignore[arg-type]
        stored.append(chunks)

    monkeypatch.setattr(lexical, "insert", noted)
    with pytest.raises(Cancelled):
        sync(store, pool, WordLengths(), file, cancelled=begun.is_set)
    assert begun.is_set()
    assert stored == []  # not to its end
    assert (state(store, file), store.chunk_count(), faults(store)) == (State.PENDING, 0, {})
    begun.clear()
    monkeypatch.undo()
    sync(store, pool, WordLengths(), file)
    assert state(store, file) in (State.READABLE, State.INDEXED)
    assert faults(store) == {}


def test_how_much_of_it_is_divided_is_told(
    store: Store, pool: ParserPool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dividing, "TOLD_CHARACTERS", 20_000)
    monkeypatch.setattr(progress_module, "PROGRESS_EVERY_S", 0.0)
    told: list[Progress] = []
    with telling(store, pool, lambda one: told.append(one) if one else None) as indexer:
        indexer.sync(str(file.parent))
    cut = [one.cut for one in told if one.what == str(file)]
    first = cut.index(1.0)
    assert cut[0] == 0.0
    assert sorted(cut[:first]) == cut[:first]
    assert len(set(cut[:first])) > 4
    assert told[-1].cut == 0.0  # nothing is read any more


def test_of_a_short_text_nothing_is_told() -> None:
    told: list[float] = []
    document = Document("Note", "text/plain", (Page(1, "The rent is 7."),), paged=False)
    found = dividing.divided(document, WordLengths(), 50, ended=lambda: False, tell=told.append)
    assert ([one.text for one in found], told) == (["The rent is 7."], [])


def test_one_huge_document_at_a_time_has_its_turn_and_a_small_one_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dividing, "HUGE_CHARACTERS", 10)
    small, huge = (Document("", "", (Page(1, "x" * size),), paged=False) for size in (9, 10))
    one_huge = dividing.OneHuge()
    with one_huge.turn(huge, lambda: False):
        with one_huge.turn(small, lambda: True):
            pass
        with pytest.raises(Cancelled), one_huge.turn(huge, lambda: True):
            pass
    with one_huge.turn(huge, lambda: True):  # it is free again
        pass
