"""The answer model lets go of what it has read of documents that have changed, or are gone.

What happens in the library is not followed document by document: which documents the model was given
is kept, each with the reading that it came from, and after changes those few are looked up, at most
once in EVERY_S. So a hundred thousand documents can be taken in or removed meanwhile, in whatever
way, and it costs no more than one.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence

from strongroom_engine.errors import StrongroomError
from strongroom_engine.models.generator import Generator
from strongroom_engine.models.noting import Noting
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store

EVERY_S = 1.0
"""Between two looks, while documents change one after the other."""
MOST = 4_000
"""Documents of which it is known that the model was given them. Passages of more are not kept
(`models.memory`): those of the documents that it was given first are gone by then."""

log = logging.getLogger(__name__)


class Forgetting:
    """Thread-safe. No model is started for it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._memory_mb = settings.passage_memory_mb
        self._changing = threading.Lock()
        self._generator: Generator | None = None
        self._given: OrderedDict[str, int | None] = OrderedDict()
        """The documents that it was given, and the reading of each; None: it was gone already."""
        self._all = False
        """Whether nothing is to be kept."""
        self._due, self._ended = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def heeded_by(self, generator: Generator) -> Generator:
        """The generator, which forgets from now on; one that was there before is closed."""
        with self._changing:
            self._generator = generator
            self._given.clear()
        return Noting(generator, given=self._note, closed=lambda: self._closed(generator))

    def look_soon(self) -> None:
        """Documents may have changed, or be gone. Returns at once."""
        with self._changing:
            if not self._given or self._ended.is_set():
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="forgetting", daemon=True)
                self._thread.start()
        self._due.set()

    def use_settings(self, settings: Settings) -> None:
        """With less memory for passages than before, what is kept goes at once."""
        less = settings.passage_memory_mb < self._memory_mb
        self._memory_mb = settings.passage_memory_mb
        if less:
            self._all = True
            self.look_soon()

    def close(self) -> None:
        with self._changing:
            self._ended.set()
        self._due.set()
        if self._thread is not None:
            self._thread.join()

    # --- what the model was given ----------------------------------------------------------------

    def _note(self, documents: Sequence[str]) -> None:
        with self._changing:
            new = [path for path in dict.fromkeys(documents) if path not in self._given]
        known = self._readings(new) if new else {}
        with self._changing:
            for path in documents:
                self._given.setdefault(path, known.get(path))
                self._given.move_to_end(path)
            while len(self._given) > MOST:
                self._given.popitem(last=False)
        if any(path not in known for path in new):  # it has gone since it was found
            self.look_soon()

    def _closed(self, generator: Generator) -> None:
        with self._changing:
            if self._generator is generator:
                self._generator = None
                self._given.clear()

    def _readings(self, documents: Sequence[str]) -> dict[str, int]:
        try:
            return self._store.reading.numbers(documents)
        except StrongroomError as exc:  # whoever asks hears of it
            log.info("documents are not looked up: %s", exc.code)
            return {}

    # --- looking ---------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ended.is_set():
            self._due.wait()
            self._due.clear()
            if not self._ended.is_set():
                self._look()
            self._ended.wait(EVERY_S)

    def _look(self) -> None:
        with self._changing:
            generator, given = self._generator, dict(self._given)
            everything, self._all = self._all, False
        now = {} if everything else self._readings(list(given))
        gone = [path for path, known in given.items() if known is None or now.get(path) != known]
        if generator is None or not gone:
            return
        with self._changing:  # first: what it is given of them from now on is noted anew
            for path in gone:
                self._given.pop(path, None)
        try:
            generator.forget(gone)
        except StrongroomError as exc:  # its process has ended, and with it all that it had read
            log.info("nothing is to be forgotten: %s", exc.code)
