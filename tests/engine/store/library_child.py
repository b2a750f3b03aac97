"""A second process for the tests of the store: `python -m tests.engine.store.library_child`."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from tests.engine.store.conftest import DIMENSIONS, KEY, MODEL, Papers

from strongroom_engine.errors import LibraryBusy
from strongroom_engine.store import Scope, Store


def write_once(folder: Path) -> None:
    """Say whether the library can be opened for writing."""
    try:
        Store.open(folder, KEY, mode="write", model=MODEL, dimensions=DIMENSIONS).close()
    except LibraryBusy as busy:
        print(busy.code)
    else:
        print("done")


def count_on_demand(folder: Path) -> None:
    """Answer each line with the number of documents, and of passages that match."""
    with Store.open(folder, KEY, mode="read", model=MODEL, dimensions=DIMENSIONS) as store:
        for _ in sys.stdin:
            matches, _ = store.count_matches("document", Scope())
            print(len(store.documents()), matches, flush=True)


def write_for_ever(folder: Path) -> None:
    """Put, replace, embed and remove documents until killed, saying what is committed."""
    papers = Papers()
    store = Store.open(folder, KEY, mode="write", model=MODEL, dimensions=DIMENSIONS)
    for number in count(sum(r.path.endswith(".pdf") for r in store.documents())):
        papers.put(store, f"{number}.pdf", *(f"Document {number} word {n}." for n in range(8)))
        print(number, flush=True)
        papers.put(store, f"{number // 2}.pdf", *(f"Again {number} word {n}." for n in range(5)))
        if number % 3 == 0:
            papers.embed_all(store)
        papers.put(store, "passing.txt", f"Document in passing {number}.")
        store.remove_document(papers.facts("passing.txt").path)


if __name__ == "__main__":
    {"once": write_once, "count": count_on_demand, "forever": write_for_ever}[sys.argv[1]](
        Path(sys.argv[2])
    )
