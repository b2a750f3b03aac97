"""Sees when drives come and go, so that what is away is looked at as soon as it is here again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from strongroom_engine.errors import SourceMissing
from strongroom_engine.indexing.looking import presence
from strongroom_engine.indexing.looking.away import Standing, stand
from strongroom_engine.indexing.looking.presence import Silent, ask
from strongroom_engine.indexing.watching.watcher import TEND_EVERY_S
from strongroom_engine.types import Away, Source

GLANCE_S = 1.0
"""A glance at a source whose state is asked for takes no longer."""
LONGEST_S = 300.0
"""What is there and away all the same (it gave errors) is looked at after ever longer pauses, up to
this."""

Stood = Standing | str
"""How a source stood, or the code of the error that said that it does not."""


@dataclass(slots=True)
class _Tended:
    """One source: how it stood, and when it is looked at again where it is away."""

    stood: Stood
    due_s: float
    pause_s: float


class Tending:
    """Calls `look_at` with each source at which something has changed since it was asked the last
    time (`tend`): its drive is here again or has gone, or another one was mounted in it. Used by
    one thread, which no drive holds up for longer than it may take to answer; `stop` may be called
    from others."""

    def __init__(
        self,
        sources: Callable[[], Iterable[Source]],
        look_at: Callable[[str], None],
        every_s: float = TEND_EVERY_S,
    ) -> None:
        self._sources, self._look_at, self._every_s = sources, look_at, every_s
        self._tended: dict[str, _Tended] = {}
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ask after no more sources."""
        self._stopped.set()

    def tend(self) -> None:
        """Look once at every source."""
        sources = {source.path: source for source in self._sources()}
        for path in self._tended.keys() - sources.keys():
            del self._tended[path]
        for path, source in sources.items():
            if self._stopped.is_set():
                return
            if self._is_news(source, _stand(path)):
                self._look_at(path)

    def _is_news(self, source: Source, stood: Stood) -> bool:
        now = time.monotonic()
        before = self._tended.get(source.path)
        if before is None or before.stood != stood:
            self._tended[source.path] = _Tended(stood, now + self._every_s, self._every_s)
            # At the start all is looked at anyway; but not what was away and has come since.
            return before is not None or source.present is isinstance(stood, str)
        if source.present or isinstance(stood, str) or now < before.due_s:
            return False
        before.pause_s = min(2 * before.pause_s, LONGEST_S)
        before.due_s = now + before.pause_s
        return True


def _stand(path: str) -> Stood:
    try:
        return stand(path)
    except SourceMissing as exc:
        return exc.code


def glanced_at(source: Source) -> Source:
    """The source as it was left, and as far as a glance shows otherwise."""
    try:
        ask(source.path, presence.seen, GLANCE_S)
    except Silent:
        return replace(source, present=False, away=source.away or Away.SILENT)
    except (OSError, ValueError):
        return replace(source, present=False, away=source.away or Away.MISSING)
    if source.away in (Away.MISSING, Away.SILENT):  # it has come, and is looked at next
        return replace(source, present=True, away="", away_ms=0)
    return source
