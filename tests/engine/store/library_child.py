"""A second process for the tests of the store: `python -m tests.engine.store.library_child`."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import numpy as np
from tests.engine.store.conftest import DIMENSIONS, KEY, MODEL, Papers

from strongroom_engine.errors import LibraryBusy
from strongroom_engine.store import Scope, Store
from strongroom_engine.store.damage import rebuilding


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


def model_on_demand(folder: Path) -> None:
    """Answer each line with the model that answers, and how many vectors it has."""
    with Store.open(folder, KEY, mode="read") as store:
        for _ in sys.stdin:
            index = store.embedding_model()
            question = np.eye(1, index.dimensions, dtype=np.float32)[0]
            print(index.model, len(store.dense(question, 99, Scope())), flush=True)


def re_embed_for_ever(folder: Path) -> None:
    """Choose one model after the other and embed with it, until killed."""
    with Store.open(folder, KEY, mode="write") as store:
        while True:
            building = store.next_embedding_model()
            if building is None:
                old = store.embedding_model().model
                store.choose_embedding_model(*(("words-8", 8) if old == MODEL else (MODEL, 16)))
            print(old := store.wanted_embedding_model().model, flush=True)
            papers = Papers()
            while waiting := store.waiting(7):
                vectors = papers.embed([passage for _, passage in waiting])
                if old != MODEL:
                    vectors = vectors[:, :8] / np.linalg.norm(vectors[:, :8], axis=1)[:, np.newaxis]
                store.put_embeddings([row for row, _ in waiting], vectors, old)


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


def rebuild(folder: Path) -> None:
    """Rebuild the library."""
    print("begun", flush=True)
    rebuilding.rebuild(folder, KEY, model=MODEL, dimensions=DIMENSIONS)


if __name__ == "__main__":
    run = {
        "once": write_once,
        "count": count_on_demand,
        "forever": write_for_ever,
        "model": model_on_demand,
        "re-embed": re_embed_for_ever,
        "rebuild": rebuild,
    }[sys.argv[1]]
    run(Path(sys.argv[2]))
