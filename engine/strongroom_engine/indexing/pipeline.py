"""The only module that knows the order of the indexing stages.

    scan -> (what changed) -> parse in workers -> chunk -> store         words are searchable now
                                                  store -> embed -> store

The two lines run side by side: parsing commits each document whole as soon as it is read, and one
thread embeds what is not embedded yet (`embedding`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from strongroom_engine.errors import Cancelled, DocumentProblem, NotASource, StrongroomError
from strongroom_engine.indexing.attempts import Attempts
from strongroom_engine.indexing.dividing import OneHuge, divided
from strongroom_engine.indexing.embedding import Embedding, Models
from strongroom_engine.indexing.holding import Holding
from strongroom_engine.indexing.looking.comparing import Comparing
from strongroom_engine.indexing.looking.drives import Drives
from strongroom_engine.indexing.looking.ruling import Ruling
from strongroom_engine.indexing.looking.scan import Changes
from strongroom_engine.indexing.looking.taking_over import Arrivals
from strongroom_engine.indexing.manners import Manners
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.progress import Meter
from strongroom_engine.indexing.recognising import with_recognised
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.indexing.steady import at_rest
from strongroom_engine.indexing.turns import LOOK, POLL_S, READ, RECOGNISE, Ended, Turns, until
from strongroom_engine.processes import lower_thread_priority
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Exclusion, FileFacts, Happening, Progress

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Read:
    """What waits when a document was read: those inside it, and itself for text recognition."""

    inside: list[FileFacts] = field(default_factory=list)
    scans: list[FileFacts] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """What one turn has to read, what is being read, and what is left for another turn."""

    todo: deque[FileFacts]
    scans: deque[FileFacts] = field(default_factory=deque)
    """Last, since a page takes seconds."""
    running: dict[Future[_Read], FileFacts] = field(default_factory=dict)
    left: list[FileFacts] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        return bool(self.todo or self.scans or self.running)

    def put_off(self) -> None:
        """Leave for another turn what was not begun."""
        self.left += [*self.todo, *self.scans]
        self.todo.clear()
        self.scans.clear()

    def not_read(self) -> list[FileFacts]:
        """What was given up."""
        given_up = [facts for future, facts in self.running.items() if future.cancelled()]
        return [*self.todo, *self.scans, *given_up]


class Indexer:
    """Keeps a library true to its sources. One per library, owned by its one writer.

    `on_progress` is called from several threads, at most every `PROGRESS_EVERY_S`, and with None
    when everything has come to rest; `on_change` after documents have changed; `on_trouble` when
    embedding stopped, which goes on with the next `sync`; `on_document` of each document as it is
    taken in or goes; `on_restless` of a source's file that changed or went while it was read and has
    to be looked at once more. The `manners` say when nothing is read and embedded: what has changed
    is noted all the same, and waits; by the `ruling` is left out what the user does not want.
    """

    def __init__(
        self,
        store: Store,
        pool: ParserPool,
        models: Models,
        settings: Settings,
        *,
        manners: Manners | None = None,
        ruling: Ruling | None = None,
        parallel: int = 1,
        on_progress: Callable[[Progress | None], None] = lambda _progress: None,
        on_change: Callable[[], None] = lambda: None,
        on_trouble: Callable[[StrongroomError], None] = lambda _error: None,
        on_document: Callable[[Happening], None] = lambda _happening: None,
        on_restless: Callable[[str, str], None] = lambda _source, _path: None,
    ) -> None:
        self._store = store
        self._pool = pool
        self._models = models
        self._settings = settings
        self._holding = Holding(store, settings)
        self._one_huge = OneHuge()
        self._at_once = parallel + 1  # while one is put into the store, the parsers read on
        self._on_change = on_change
        self._on_document = on_document
        self._on_restless = on_restless
        self._manners = manners or Manners(settings)
        self._meter = Meter(store, on_progress, lambda: self._manners.rests)
        self._stopping = threading.Event()
        self._turns = Turns()
        self._attempts = Attempts(store)
        self._drives = Drives(store, on_change, self._stopping)
        hidden = settings.index_hidden
        self._ruling = ruling or Ruling(store.managing.exclusions, hidden=hidden)
        self._comparing = Comparing(
            store,
            self._drives,
            self._ruling,
            most_bytes=settings.max_file_mb * MEGABYTE,
            on_document=on_document,
        )
        self._removed: set[str] = set()
        self._embedding = Embedding(
            store,
            models,
            self._manners,
            self._meter,
            stopping=self._stopping,
            on_change=on_change,
            on_trouble=on_trouble,
        )

    # --- parsing ---------------------------------------------------------------------------------

    def sync(
        self,
        source: str,
        *,
        under: Collection[str] = (),
        but: Collection[str] = (),
        again: Collection[str] = (),
        cancelled: Ended = lambda: False,
        arrivals: Arrivals | None = None,
    ) -> None:
        """Bring one source, or only the paths `under` it, up to date; returns when all is parsed,
        or, while indexing rests, when it is known what waits.

        What lies in the paths of `but` is not looked at. What is read `again` is taken in anew
        although its content is what it was. One who syncs several sources in a row hands the same
        `arrivals` to each. A sync that begins later goes before what is still to be read: what has
        changed last is searchable soon, however much waits. Raises `SourceMissing` when the source
        is away: its documents stay as they are. `Cancelled` also when the source is removed
        meanwhile.
        """

        def ended() -> bool:
            return cancelled() or self._stopping.is_set() or source in self._removed

        self._removed.discard(source)
        if under:
            self._drives.want(again)
        left: list[FileFacts] = []
        try:
            with self._turn_to_sync(source, ended, LOOK):
                wanted = frozenset(again) | (frozenset() if under else self._mended(source))
                changes = self._comparing.changes(source, under, but, ended, arrivals or Arrivals())
                left = self._sync(source, changes, under, wanted, ended)
            while left:  # others have their turn
                with self._turn_to_sync(source, ended, self._level(source, left)):
                    going, left = self._still_waiting(source, left), []
                    left = self._parse_all(source, going, wanted, ended)
            for facts, problem in self._drives.blamed(source):
                self._put_problem(facts, problem)
        finally:
            self._meter.drop(left)

    @contextmanager
    def _turn_to_sync(self, source: str, ended: Ended, level: int) -> Iterator[None]:
        """One source at a time; raises `Cancelled` when the work has ended before its turn, or the
        source is removed in it."""
        with self._turns.take(ended, level), self._drives.noting(source):
            try:
                with self._store.ending(ended):
                    yield
            except NotASource as exc:
                if source in self._removed:
                    raise Cancelled from exc
                raise
            finally:
                if self._embedding.rests:
                    self._meter.rest()

    def _level(self, source: str, left: list[FileFacts]) -> int:
        """How soon it is its turn: scanned pages, which take long, let all else go first."""
        scanned = {facts.path for facts in self._store.recognised.waiting(source)}
        return RECOGNISE if scanned.issuperset(facts.path for facts in left) else READ

    def _still_waiting(self, source: str, left: list[FileFacts]) -> list[FileFacts]:
        """What of it nobody has read meanwhile, moved or taken out of the library."""
        waiting = self._comparing.still_waiting(source)
        still = [facts for facts in left if facts.path in waiting]
        self._meter.drop([facts for facts in left if facts.path not in waiting])
        return still

    def _sync(
        self,
        source: str,
        changes: Changes,
        under: Collection[str],
        again: frozenset[str],
        ended: Ended,
    ) -> list[FileFacts]:
        self._comparing.apply(changes, ended)
        waiting = [*changes.new, *changes.changed]
        self._store.note_pending(source, waiting)
        waiting += self._comparing.left_waiting(source, under, waiting)
        waiting, aside = self._attempts.sorted(source, waiting, again)
        for facts, problem in until(ended, [*changes.problems, *aside]):
            self._put_problem(facts, problem)
        if changes.any:
            self._on_change()
        if not under:
            self._comparing.note_seen(source)
        if self._embedding.failure is not None:
            self.embed_more()
        self._meter.add(waiting)
        return self._parse_all(source, waiting, again, ended)

    def _mended(self, source: str) -> frozenset[str]:
        """Mend what has come apart in the index; what has to be read again for it."""
        self._attempts.renew()
        count, again = self._store.reports.mend(source)
        if count:
            log.info("mended what the index had of %d documents", count)
            self._on_change()
            self.embed_more()
        return frozenset(again)

    def _parse_all(
        self,
        source: str,
        files: Iterable[FileFacts],
        again: frozenset[str],
        ended: Ended,
    ) -> list[FileFacts]:
        """What is left, since another sync goes first; it stays counted as what is to be read."""
        work = _Work(deque(files))
        threads = ThreadPoolExecutor(self._at_once, "parse", lower_thread_priority)
        try:
            while work.goes_on and not ended():
                if self._turns.awaited(LOOK if work.todo else READ):
                    work.put_off()
                self._begin(work, threads, source, again, ended)
                if work.running:
                    self._hear(work)
                elif self._manners.rests:
                    break
                else:
                    self._manners.wait(POLL_S)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            self._give_up(work.running)
            self._meter.drop(work.not_read())
        if work.running or ((work.goes_on or work.left) and ended()):
            self._meter.drop(work.left)
            raise Cancelled
        return work.left

    def _begin(
        self,
        work: _Work,
        threads: ThreadPoolExecutor,
        source: str,
        again: frozenset[str],
        ended: Ended,
    ) -> None:
        """Begin as much of it as may be read at once now."""
        while (work.todo or work.scans) and len(work.running) < self._manners.slots(self._at_once):
            read = self._parse_one if work.todo else self._recognise_one
            facts = work.todo.popleft() if work.todo else work.scans.popleft()
            work.running[threads.submit(read, ended, source, facts, again)] = facts

    def _hear(self, work: _Work) -> None:
        """Wait a moment for what is being read; what it has in it is to be read, too."""
        done, _ = wait(work.running, timeout=0.5, return_when=FIRST_COMPLETED)
        for finished in done:
            del work.running[finished]
            found = finished.result()
            work.todo.extendleft(reversed(found.inside))  # while their container is open
            work.scans.extend(found.scans)
            self._meter.add([*found.inside, *found.scans])

    def _give_up(self, running: Collection[Future[_Read]]) -> None:
        """Wait for what was begun; a parser that is still at work is killed."""
        while not all(future.done() for future in running):
            self._pool.abandon()
            time.sleep(POLL_S)

    def _parse_one(
        self, ended: Ended, source: str, facts: FileFacts, again: frozenset[str]
    ) -> _Read:
        """Read a document into the store; what of it waits now."""
        with self._attempts.one(facts), self._store.ending(ended):
            return self._read_one(source, facts, again, lambda: self._pool.parse(facts), ended)

    def _recognise_one(
        self,
        ended: Ended,
        source: str,
        facts: FileFacts,
        again: frozenset[str],
    ) -> _Read:
        """Read the scanned pages of a document that was read as far as it has a text. It waits on
        when another sync has to go first."""
        stopped = False

        def stops() -> bool:
            nonlocal stopped
            stopped = self._turns.awaited(READ) or ended()
            return stopped

        def outcome() -> Parsed | DocumentProblem:
            parsed = self._pool.parse(facts)
            if isinstance(parsed, DocumentProblem):
                return parsed
            tell = self._meter.recognising
            return with_recognised(self._store, self._pool, facts, parsed, stops, tell=tell)

        with self._store.ending(ended):
            found = self._read_one(source, facts, again | {facts.path}, outcome, ended)
        # Once, if nothing stopped it; what was not read is so at the next look.
        return _Read(found.inside, [facts] if stopped else [])

    def _read_one(
        self,
        source: str,
        facts: FileFacts,
        again: frozenset[str],
        read: Callable[[], Parsed | DocumentProblem],
        ended: Ended,
    ) -> _Read:
        if not self._drives.may_read(source, facts.path) or self._ruling.of(source).leave_out_below(
            facts.path  # excluded while it waited
        ):
            self._meter.drop([facts])
            return _Read()
        chunks = pages = 0
        known = facts
        self._meter.reading(known.path)
        try:
            facts, outcome = at_rest(facts, read, self._stopping.wait)
            if outcome is None:
                self._on_restless(source, known.path)
            if outcome is None or self._drives.keeps_from(source, facts, outcome):
                return _Read()
            with suppress(NotASource):  # removed while this was read: nothing is wanted of it
                chunks = self._keep(source, facts, outcome, again, ended)
                pages = _pages(outcome)
            if self._ruling.of(source).leave_out_below(facts.path):  # excluded while it was read
                self._store.remove_document(facts.path)
        finally:
            self._meter.parsed(known, chunks, pages)
        self._on_change()
        if isinstance(outcome, DocumentProblem):
            return _Read()
        held = outcome.document.members
        waits = bool(outcome.scanned)
        return _Read(
            inside=self._store.members.pending_in(facts.path) if held else [],
            scans=[facts] if waits else [],
        )

    def _keep(
        self,
        source: str,
        facts: FileFacts,
        outcome: Parsed | DocumentProblem,
        again: frozenset[str],
        ended: Ended,
    ) -> int:
        """Put it into the store; how many of its chunks are still to be embedded. Raises `Cancelled`
        when the work has ended before: nothing of it is kept then."""
        if isinstance(outcome, DocumentProblem):
            self._put_problem(facts, outcome)
            return 0
        known = self._store.content_hash(facts.path)
        if outcome.content_hash == known and facts.path not in again:
            self._store.touch(facts)
            return 0
        if not outcome.document.text.strip():  # all of it is scanned; it waits
            return 0
        rules = self._ruling.of(source)
        document, beyond = self._holding.allowed(facts.path, outcome.document, rules)
        with self._one_huge.turn(document, ended):
            chunks = divided(
                document,
                self._models.measuring(),
                self._settings.chunk_tokens,
                ended=ended,
                tell=partial(self._meter.cut, facts.path),
            )
            waiting = self._store.put_document(facts, outcome.content_hash, document, chunks)
        self._on_document(Happening("read", facts.path))
        for first in beyond:
            self._put_problem(first, self._holding.problem())
        self.embed_more()
        return waiting

    def _put_problem(self, facts: FileFacts, problem: DocumentProblem) -> None:
        self._store.put_problem(facts, problem)
        self._on_document(Happening("problem", facts.path, reason=str(problem)))

    # --- leaving out -----------------------------------------------------------------------------

    def exclude(self, exclusion: Exclusion) -> None:
        """Leave it out from now on; what the library has of it goes at once, and what is being
        read of it when it is read."""
        self._store.managing.exclude(exclusion)
        for source in self._store.sources():
            if exclusion.source in ("", source.path):
                self.drop_left_out(source.path)
        self._on_change()

    def drop_left_out(self, source: str) -> None:
        """Let go what the library has of a source and the user leaves out by now."""
        if self._comparing.drop_left_out(source):
            self._on_change()

    def remove(self, source: str) -> None:
        """Take a source out of the library, ending what is being read of it."""
        self._removed.add(source)
        self._store.remove_source(source)
        self._on_change()

    # --- embedding -------------------------------------------------------------------------------

    def wait_embedded(
        self,
        cancelled: Ended = lambda: False,
        enough: Ended = lambda: False,
    ) -> None:
        """Return when every chunk has its embedding, or indexing rests, or that is `enough`.

        Raises what stopped the embedding.
        """
        self._embedding.wait(cancelled, enough)

    def stands_otherwise(self) -> None:
        """Indexing rests now, or goes on: embed what waits, and tell what holds when at rest."""
        if self._manners.rests:
            if self._embedding.rests:
                self._meter.rest()
        else:
            self.embed_more()

    def embed_more(self) -> None:
        """Embed what waits now."""
        self._embedding.more()

    def stop(self) -> None:
        """Begin to end: whoever parses or waits gets `Cancelled`."""
        self._stopping.set()
        self._embedding.wake()

    def close(self) -> None:
        """Stop within a second; what is not embedded yet is taken up at the next start."""
        self.stop()
        self._embedding.join()


def _pages(outcome: Parsed | DocumentProblem) -> int:
    """How many pages were read; what has none of its own has none."""
    if isinstance(outcome, DocumentProblem) or not outcome.document.paged:
        return 0
    return len(outcome.document.pages)
