"""The engine's side of parsing: workers that are started, asked, timed, replaced and ended."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Self, TypeVar

import msgspec
import psutil

from strongroom_engine import processes, sandbox
from strongroom_engine.errors import (
    Cancelled,
    DocumentProblem,
    InvalidName,
    ParserDied,
    ParserOutOfMemory,
    ParserTimedOut,
    TooLarge,
)
from strongroom_engine.indexing.parse import messages
from strongroom_engine.indexing.parse.messages import (
    PageLines,
    Parse,
    Parsed,
    Problem,
    ReadLines,
    Recognise,
    Recognised,
    Render,
    RenderedPage,
)
from strongroom_engine.indexing.parse.overseeing import OWN_BYTES, Crowded, Overseer
from strongroom_engine.indexing.sizes import MEGABYTE, human_size
from strongroom_engine.processes import Child
from strongroom_engine.sentences import reasons
from strongroom_engine.settings import Settings
from strongroom_engine.types import FileFacts

log = logging.getLogger(__name__)

RENDER_TIMEOUT_S = 30.0
MAX_DOCUMENTS = 1_000
"""A worker is replaced after so many, since libraries keep what they should have let go; but not
between two documents of one container, whose directory it has in hand: that of a large mailbox takes
a look at all of it."""
RECYCLE_SHARE = 2 / 3
"""A worker that has grown to this share of its memory limit is replaced before the next file."""
REPLY_PER_TEXT = 4
"""A text may grow by so much, from the one byte of an old encoding to UTF-8."""
_KILLED = -9
_OUT_OF_TIME = -int(getattr(signal, "SIGXCPU", 0)) or None
"""The exit code of a worker that had all the time of the processor that it may have."""

Start = Callable[[], Child]
Answer = Parsed | RenderedPage | PageLines | Recognised | DocumentProblem
Kind = TypeVar("Kind", RenderedPage, PageLines, Recognised)
Passwords = Callable[[str], tuple[str, ...]]
"""The passwords that may open the document at a path, the likeliest first."""
Within = Callable[[str], str]
"""The folder that the document at a path may not lead out of by links; '' for none."""


class ParserPool:
    """Parses documents in `workers` processes; usable from any number of threads.

    Processes start when they are first needed. One more is kept for drawing pages, so that a page
    is shown while all others parse. All that parse have together no more memory than one may have:
    where they grow larger, the document that was begun last is read again, alone. `passwords` and
    `within` are asked with each document; `start` replaces the process that is started (tests).
    """

    def __init__(
        self,
        workers: int = 0,
        settings: Settings | None = None,
        start: Start | None = None,
        passwords: Passwords = lambda _path: (),
        within: Within = lambda _path: "",
    ) -> None:
        settings = settings or Settings()
        start = start or _starter(settings)
        count = workers or settings.parser_workers or max(1, (os.cpu_count() or 2) // 2)
        self._workers = [_Worker(start, settings, self._crowds) for _ in range(count)]
        self._painter = _Worker(start, settings)
        self._timeout_s = settings.parse_timeout_s
        self._passwords, self._within = passwords, within
        self._together_bytes = settings.parse_memory_mb * MEGABYTE + OWN_BYTES
        self._free = list(self._workers)
        self._alone = 0  # documents that are to be read alone
        self._changed = threading.Condition()
        self._closed = False

    def parse(
        self, facts: FileFacts, recognised: tuple[Recognised, ...] = ()
    ) -> Parsed | DocumentProblem:
        """Read a document, some pages of it as text recognition read them; blocks while all workers
        are busy. Raises `Cancelled` after `close`."""
        request = Parse(
            facts.path, self._passwords(facts.path), recognised, self._within(facts.path)
        )
        reply = self._work(request)
        if not isinstance(reply, (Parsed, DocumentProblem)):
            return ParserDied(why="it replied to another question")
        return reply

    def recognise(self, path: str, page: int) -> Recognised:
        """Read page `page` (from 1) by text recognition; blocks and raises as `parse` and `render`."""
        request = Recognise(path, page, self._passwords(path), self._within(path))
        return _of_kind(self._work(request), Recognised)

    def render(
        self, path: str, page: int, width_px: int, spans: tuple[tuple[int, int], ...] = ()
    ) -> RenderedPage:
        """Draw page `page` (from 1). Raises a `DocumentProblem`, or `Cancelled` after `close`."""
        request = Render(path, page, width_px, spans, self._passwords(path), self._within(path))
        return _of_kind(self._painter.ask(request, RENDER_TIMEOUT_S), RenderedPage)

    def lines(self, path: str, page: int) -> PageLines:
        """The text of page `page` (from 1) and its places. Raises as `render` does."""
        request = ReadLines(path, page, self._passwords(path), self._within(path))
        return _of_kind(self._painter.ask(request, RENDER_TIMEOUT_S), PageLines)

    def _work(self, request: messages.Request) -> Answer:
        try:
            return self._ask(request)
        except Crowded:
            return self._ask(request, alone=True)

    def _ask(self, request: messages.Request, *, alone: bool = False) -> Answer:
        worker = self._take(alone=alone)
        try:
            return worker.ask(request, self._timeout_s)
        finally:
            self._give_back(worker, alone=alone)

    def _crowds(self, worker: _Worker) -> bool:
        """Whether all together have too much memory, and this one, which began last, has to make
        room. Those that are idle go first."""
        at_work = [each for each in self._workers if each.since]
        if worker is not max(at_work, key=lambda each: each.since, default=None):
            return False
        if sum(each.resident_bytes for each in self._workers) <= self._together_bytes:
            return False
        idle = [each.rest() for each in self._workers if not each.since]
        return len(at_work) > 1 and not any(idle)

    def abandon(self) -> None:
        """Give up what is being parsed now: whoever waits for it gets `Cancelled` at once."""
        for worker in self._workers:
            worker.abandon()

    def close(self) -> None:
        """End all processes; whoever waits for one gets `Cancelled`."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        everyone = [*self._workers, self._painter]
        for worker in everyone:
            worker.stop()
        for worker in everyone:
            worker.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def workers(self) -> int:
        """How many documents are parsed at once."""
        return len(self._workers)

    @property
    def pids(self) -> list[int]:
        """The processes that run now."""
        return [pid for worker in [*self._workers, self._painter] if (pid := worker.pid)]

    def _take(self, *, alone: bool) -> _Worker:
        """A worker that is free; `alone`: when all are, and nobody else gets one until it is back."""
        with self._changed:
            self._alone += alone
            self._changed.wait_for(lambda: self._closed or self._may_take(alone=alone))
            if self._closed:
                raise Cancelled
            return self._free.pop()  # the one used last: others need not start

    def _may_take(self, *, alone: bool) -> bool:
        if alone:
            return len(self._free) == len(self._workers)
        return bool(self._free) and not self._alone

    def _give_back(self, worker: _Worker, *, alone: bool) -> None:
        with self._changed:
            self._free.append(worker)
            self._alone -= alone
            self._changed.notify_all()


def _of_kind(reply: Answer, kind: type[Kind]) -> Kind:
    if isinstance(reply, DocumentProblem):
        raise reply
    if not isinstance(reply, kind):
        raise ParserDied(why="it replied to another question")
    return reply


def _starter(settings: Settings) -> Start:
    """What starts a worker; it is logged once what that does not give up on this system."""
    argument = msgspec.json.encode(settings).decode()
    if missing := sandbox.missing():
        log.info("this system does not keep parsers from: %s", ", ".join(missing))
    return lambda: processes.start("parser", argument)


class _Worker:
    """One process at a time, asked by one thread at a time."""

    def __init__(
        self,
        start: Start,
        settings: Settings,
        crowds: Callable[[_Worker], bool] = lambda _worker: False,
    ) -> None:
        self._start = start
        self._settings = settings
        self._crowds = crowds
        self.since = 0.0
        """When it began with what it is at; 0 while it is idle."""
        self._child: Child | None = None
        self._documents = 0
        self._folder = ""
        self._died = False
        self._asking = threading.Lock()
        self._state = threading.Lock()  # guards the four below against overseer, `abandon`, `stop`
        self._stopped = False
        self._abandoned = False
        self._given_up: DocumentProblem | Crowded | None = None
        self._waiting = False

    @property
    def pid(self) -> int | None:
        child = self._child
        return child.pid if child is not None and child.returncode is None else None

    @property
    def resident_bytes(self) -> int:
        """The memory that its process has now."""
        with suppress(psutil.Error):
            return int(psutil.Process(pid).memory_info().rss) if (pid := self.pid) else 0
        return 0

    def ask(self, request: messages.Request, timeout_s: float) -> Answer:
        """Raises `Cancelled` after `stop` or `abandon`, and `Crowded`."""
        with self._asking:
            if self._documents >= MAX_DOCUMENTS and not self._is_in_hand(request.path):
                self._discard()
            self._folder = _folder(request.path)
            fresh = self.pid is None
            reply = self._ask_once(request, timeout_s)
            if self._died and not fresh:
                # It may have died of what it read before: a new one says whether it was this.
                reply = self._ask_once(request, timeout_s)
            return reply

    def stop(self) -> None:
        """Kill the process; the thread that waits for it gets `Cancelled`."""
        with self._state:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def abandon(self) -> None:
        """Kill the process if it is at work; the thread that waits for it gets `Cancelled`."""
        with self._state:
            if self._waiting and self._child is not None:
                self._abandoned = True
                self._child.kill()

    def rest(self) -> bool:
        """End the process if it is idle; whether there was one."""
        if not self._asking.acquire(blocking=False):
            return False
        try:
            was_there = self.pid is not None
            self._discard()
            return was_there
        finally:
            self._asking.release()

    def join(self) -> None:
        """Wait until nobody asks any more, and clear up."""
        with self._asking:
            self._discard()

    # --- one request ---------------------------------------------------------------------------

    def _ask_once(self, request: messages.Request, timeout_s: float) -> Answer:
        child = self._ready()
        with self._state:
            self._waiting, self._given_up, self._abandoned = True, None, False
        self._died = False
        self.since = time.monotonic()
        try:
            with Overseer(
                child.pid,
                timeout_s,
                self._settings.parse_memory_mb,
                lambda problem: self._give_up(child, problem),
                lambda: self._crowds(self),
            ):
                reply = self._exchange(child, request)
        finally:
            self.since = 0.0
            with self._state:
                self._waiting = False
        return self._judge(reply)

    def _exchange(
        self, child: Child, request: messages.Request
    ) -> messages.Reply | DocumentProblem | None:
        """The reply, or None when the process died."""
        limit_bytes = REPLY_PER_TEXT * self._settings.max_text_mb * MEGABYTE
        try:
            child.send(messages.encode(request))
            frame = child.receive(limit_bytes)
            return None if frame is None else messages.decode_reply(frame)
        except UnicodeEncodeError:
            return InvalidName()
        except processes.FrameTooLarge as exc:
            child.kill()
            return TooLarge(size=human_size(exc.args[0]), limit=human_size(limit_bytes))
        except msgspec.DecodeError:
            child.kill()
            return ParserDied(why="its reply could not be understood")
        except OSError:
            return None

    def _judge(self, reply: messages.Reply | DocumentProblem | None) -> Answer:
        """What a reply or its absence means, and whether the process may go on."""
        if self._stopped:
            raise Cancelled
        if self._abandoned:
            self._discard()
            raise Cancelled
        if self._given_up is not None:
            self._discard()
            if isinstance(self._given_up, Crowded):
                raise self._given_up
            return self._given_up
        if reply is None:
            self._died = True
            return self._obituary(self._discard())
        result = reply.error if isinstance(reply, Problem) else reply
        self._documents += 1
        if isinstance(result, (ParserOutOfMemory, TooLarge)) or self._is_worn:
            self._discard()
        return result

    def _obituary(self, returncode: int | None) -> DocumentProblem:
        if returncode == _KILLED:  # SIGKILL, and not by us: the system needed the memory
            limit = human_size(self._settings.parse_memory_mb * MEGABYTE)
            return ParserOutOfMemory(limit=limit)
        if returncode == _OUT_OF_TIME:
            return ParserTimedOut(seconds=f"{self._settings.parse_timeout_s:g}")
        return ParserDied(why=reasons.EXIT_CODE(code=str(returncode)))

    def _give_up(self, child: Child, problem: DocumentProblem | Crowded) -> None:
        """Called by the overseer: it has taken too much."""
        with self._state:
            if self._waiting and child is self._child:
                self._given_up = problem
                child.kill()

    # --- the process -----------------------------------------------------------------------------

    def _ready(self) -> Child:
        """A process that lives."""
        if self._child is not None and self._child.returncode is not None:
            self._discard()
        with self._state:
            if self._stopped:
                raise Cancelled
            if self._child is None:
                self._child, self._documents = self._start(), 0
            return self._child

    def _discard(self) -> int | None:
        """End the process for certain; its exit code."""
        child = self._child
        if child is None:
            return None
        code = child.end()
        with self._state:
            self._child = None
        return code

    def _is_in_hand(self, path: str) -> bool:
        """Whether it lies in the container that the document before it lay in."""
        return self._folder == (folder := _folder(path)) and not os.path.isdir(folder)  # noqa: PTH112 - a str that Path might not accept

    @property
    def _is_worn(self) -> bool:
        return self.resident_bytes > RECYCLE_SHARE * self._settings.parse_memory_mb * MEGABYTE


def _folder(path: str) -> str:
    return os.path.dirname(path)  # noqa: PTH120 - likewise
