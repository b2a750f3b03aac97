"""A process that indexes a folder until it is killed; a test starts it, and kills it.

Its worker hangs at the file of that name, and reads others at once.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.engine.fakes import DIMENSIONS, Only, WordLengths

from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.processes import Child
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Store

ODD_WORKER = Path(__file__).parent / "parse" / "odd_worker.py"


def start_odd_worker() -> Child:
    return Child(
        subprocess.Popen(
            [sys.executable, str(ODD_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
    )


def sync(store: Store, source: str, timeout_s: float = 60.0) -> None:
    """Bring the source up to date by an odd worker."""
    settings = Settings(parse_timeout_s=timeout_s)
    with ParserPool(1, settings, start_odd_worker) as pool:
        indexer = Indexer(store, pool, Only(WordLengths()), settings)
        try:
            indexer.sync(source)
        finally:
            indexer.close()


if __name__ == "__main__":
    library, key, folder = sys.argv[1:]
    with Store.open(
        Path(library),
        LibraryKey(bytes.fromhex(key), "key file"),
        mode="write",
        model="word-lengths",
        dimensions=DIMENSIONS,
    ) as opened:
        if not opened.sources():
            opened.add_source(folder, "Papers")
        sync(opened, folder)
