"""Reading more than once of one state of the library, and being interrupted at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.engine.store.conftest import KEY

from strongroom_engine.errors import Cancelled
from strongroom_engine.store import Scope, Store, connection
from strongroom_engine.store.connection import STEPS, Readers, fetch_sole

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

LONG = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
"""It never ends."""


@pytest.fixture
def readers(store: Store) -> Readers:
    return Readers(lambda: connection.connect(store.folder, KEY.raw, write=False))


def at_call(number: int, calls: list[None]) -> Callable[[], bool]:
    """What says stop when it is asked for the so many-th time."""

    def stopped() -> bool:
        calls.append(None)
        return len(calls) >= number

    return stopped


def test_a_steady_reader_sees_nothing_of_what_is_written_meanwhile(
    store: Store, papers: Papers
) -> None:
    papers.put(store, "one.pdf", "A passage.")
    with store.steady():
        assert store.document_count() == 1
        papers.put(store, "two.pdf", "Another one.")
        assert store.document_count() == 1
        with store.steady():
            assert store.document_count() == 1
        assert store.document_count() == 1
    assert store.document_count() == 2


def test_a_query_ends_when_its_reader_is_stopped(readers: Readers) -> None:
    calls: list[None] = []
    with pytest.raises(Cancelled), readers.hold(at_call(3, calls)), readers.lend() as db:
        fetch_sole(db, LONG)
    assert len(calls) == 3, "it is asked again and again, and the first yes ends it"
    readers.close()


def test_who_reads_next_on_the_connection_is_not_stopped(readers: Readers) -> None:
    with pytest.raises(Cancelled), readers.hold(lambda: True), readers.lend() as db:
        fetch_sole(db, LONG)
    with readers.lend() as again:
        assert again is db
        counting = LONG.replace("FROM n)", f"FROM n LIMIT {STEPS})")
        assert fetch_sole(again, counting) == (STEPS,)
    readers.close()


def test_what_virtual_tables_do_is_stopped_too(
    store: Store, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STEPS", 1)
    papers.put(store, "one.pdf", *(f"Passage {number}." for number in range(50)))
    papers.embed_all(store)
    wanted = papers.vector("Passage 7.")
    for ask in (
        lambda: store.lexical('"passag"', 10, Scope()),
        lambda: store.dense(wanted, 10, Scope()),
        lambda: store.vectors(range(50)),
    ):
        with pytest.raises(Cancelled), store.steady(lambda: True):
            ask()
        assert ask()
