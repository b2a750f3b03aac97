"""A file that lies in two places is embedded once, whatever it is called there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store

CLAUSES = "\n\n".join(
    f"{n}. The tenant keeps the garden of house {n} in order, and the landlord pays for the gate. "
    * 6
    for n in range(1, 9)
)


def indexed(store: Store, pool: ParserPool, folder: Path) -> list[str]:
    """What was embedded when the folder was indexed."""
    embedder = WordLengths()
    indexer = Indexer(store, pool, Only(embedder), Settings())
    try:
        indexer.sync(str(folder))
        indexer.wait_embedded()
    finally:
        indexer.close()
    return embedder.embedded


@pytest.mark.parametrize("later", [False, True])
def test_a_copy_with_another_name_costs_nothing(
    store: Store, pool: ParserPool, tmp_path: Path, later: bool
) -> None:
    folder = tmp_path / "papers"
    (folder / "old").mkdir(parents=True)
    (folder / "Lease of the mill.txt").write_text(CLAUSES, encoding="utf-8")
    store.add_source(str(folder), "Papers")
    embedded = indexed(store, pool, folder) if later else []
    shutil.copy(folder / "Lease of the mill.txt", folder / "old" / "Signed copy.txt")
    embedded += indexed(store, pool, folder)
    assert store.chunk_count() == 2 * len(embedded) > 4
    assert store.status().documents["indexed"] == 2
    titles = {text.splitlines()[0] for text in embedded}
    assert titles == {"Lease of the mill"} or (not later and titles == {"Signed copy"})


def test_another_text_with_the_same_opening_is_embedded(
    store: Store, pool: ParserPool, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(CLAUSES, encoding="utf-8")
    (folder / "b.txt").write_text(CLAUSES.replace("gate", "wall"), encoding="utf-8")
    store.add_source(str(folder), "Papers")
    assert len(indexed(store, pool, folder)) == store.chunk_count() > 4
