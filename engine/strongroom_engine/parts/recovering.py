"""Going on by itself after what nobody but time mends: a full disk, a library that another program
holds.

Whoever met it has stopped, and what was indexed is whole. From then on it is tried from time to
time whether there is room and the library can be written; then all is taken up where it stood.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from strongroom_engine.errors import DiskFull, LibraryLocked, StrongroomError
from strongroom_engine.faults import trace_without_text
from strongroom_engine.store import Store

log = logging.getLogger(__name__)

TRIED_EVERY_S = 10.0
PASSING = (DiskFull, LibraryLocked)


class Recovering:
    """`go_on` is called, from a thread of its own, when the library can be written again; not before
    `start`."""

    def __init__(self, store: Store, go_on: Callable[[], None]) -> None:
        self._store, self._go_on = store, go_on
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._waits = True

    def start(self) -> None:
        """Wait from now on for what passes."""
        self._waits = False

    @contextmanager
    def heeding(self) -> Iterator[None]:
        """Note what ends the block, and let it pass."""
        try:
            yield
        except StrongroomError as exc:
            self.note(exc)
            raise

    def note(self, error: Exception) -> None:
        """Hear of trouble; of other kinds there is nothing to wait for."""
        with self._guard:
            if not isinstance(error, PASSING) or self._waits:
                return
            self._waits = True
        threading.Thread(target=self._wait, name="recover", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _wait(self) -> None:
        while not self._stopped.wait(TRIED_EVERY_S):
            try:
                if not self._store.upkeep.can_write():
                    continue
                with self._guard:
                    self._waits = False  # what is met from now on is waited for anew
                self._go_on()
            except StrongroomError as exc:
                self.note(exc)
            except Exception as exc:
                if not self._stopped.is_set():  # else the library was closed meanwhile
                    log.error("could not go on: %s", trace_without_text(exc))  # noqa: TRY400 - a message may hold names
            return
