"""The engine process: the `Library` behind JSON lines on stdin and stdout (see `protocol`).

One thread reads requests; each kind of work has its own small pool, so that a page is drawn and a
search answered while documents are indexed and an answer is written. What only an open library
needs is imported after `Hello`, what only an answer needs after `Ready`. The process ends with its
stdin, so a window that dies takes its engine along and no engine is ever left behind.
"""

from __future__ import annotations

import argparse
import gc
import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import structs

from strongroom_engine import protocol as wire
from strongroom_engine.errors import (
    Bug,
    Cancelled,
    LibraryBusy,
    LibraryDamaged,
    LibraryReadOnly,
    ModelError,
    NoKey,
    StrongroomError,
)
from strongroom_engine.faults import trace_without_text
from strongroom_engine.processes import own_stdout, write_all
from strongroom_engine.settings import default_library, load_settings, log_folder
from strongroom_engine.store import LibraryKey, erase, obtain_key
from strongroom_engine.types import Progress

if TYPE_CHECKING:
    from strongroom_engine.library import Library, Mode

log = logging.getLogger(__name__)

CHANGED_EVERY_S = 0.4
"""A burst of changes is told as one."""
BUSY_RETRY_S = 2.0
AHEAD = 4
"""Of what is read ahead the newest is to begin at once, to tell the older ones to end: one has a
passage in hand, one finds out what to read, one waits for that."""
QUESTIONS = 2
"""A question does not wait for the end of the one before it, which may have been stopped."""
MAX_REQUEST_BYTES = 4 * 2**20


class _PassphraseWanted(Exception):
    """Raised through `obtain_key` to learn what the library needs."""

    def __init__(self, new: bool) -> None:
        super().__init__()
        self.new = new


class Host:
    """Serves one library over a pair of streams until the requests end."""

    def __init__(
        self,
        folder: Path,
        key_file: Path | None,
        requests: IO[bytes],
        events: IO[bytes],
    ) -> None:
        self._folder, self._key_file = folder, key_file
        self._requests, self._events = requests, events
        self._writing = threading.Lock()
        self._library: Library | None = None
        self._key: LibraryKey | None = None
        self._refusal: StrongroomError = NoKey(why="it is still locked")
        """Why the library is not open, as long as it is not."""
        self._jobs: dict[int, threading.Event] = {}
        self._newest_search = 0
        self._settled = threading.Event()  # the library is open, or it is known why it is not
        self._changed = threading.Event()
        self._ending = threading.Event()
        # A page never waits for a search. Of the sources one is indexed at a time, but each is in
        # the library as soon as it is added, and what waits for its turn can be cancelled.
        self._pools = {
            kind: ThreadPoolExecutor(size, thread_name_prefix=kind)
            for kind, size in (
                ("index", 8),
                ("ask", QUESTIONS),
                ("ahead", AHEAD),
                ("review", 1),
                ("page", 1),
                ("look", 2),
                ("start", 1),
            )
        }
        self._teller = threading.Thread(target=self._tell_changes, daemon=True)

    def run(self) -> None:
        """Serve until stdin ends or `Shutdown` is asked for."""
        self._teller.start()
        self._hello()
        gc.freeze()  # what was imported stays
        gc.enable()
        try:
            while line := self._requests.readline(MAX_REQUEST_BYTES):
                if not self._handle_line(line):
                    break
        finally:
            self._end()

    def _handle_line(self, line: bytes) -> bool:
        from strongroom_engine.serving import HANDLERS

        try:
            request = wire.decode_request(line)
        except StrongroomError as exc:
            self.send(wire.failed(0, exc))
            return True
        if isinstance(request, wire.Shutdown):
            return False
        if isinstance(request, wire.Cancel):
            if job := self._jobs.get(request.target):
                job.set()
            return True
        self._jobs[request.id] = threading.Event()
        if isinstance(request, wire.Search):
            self._type_over(request.id)
        own = isinstance(request, (wire.Unlock, wire.EraseLibrary, wire.RebuildLibrary))
        pool = "start" if own else HANDLERS[type(request)].pool
        self._pools[pool].submit(self._answer, request)
        return True

    def _type_over(self, newest: int) -> None:
        """Only the newest search is wanted: the one before it need not begin."""
        if job := self._jobs.get(self._newest_search):
            job.set()
        self._newest_search = newest

    def _end(self) -> None:
        self._ending.set()
        self._settled.set()
        self._changed.set()
        for job in list(self._jobs.values()):
            job.set()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        if self._library is not None:
            with suppress(LibraryDamaged):  # that it says again what it said when it was met
                self._library.close()

    def send(self, event: wire.Message) -> None:
        with self._writing, suppress(OSError):  # the window is gone: stdin will end too
            write_all(self._events, wire.encode(event))

    # --- opening ---------------------------------------------------------------------------------

    def _hello(self) -> None:
        """Say hello, and open the library if no passphrase is needed for it."""

        def wanted(new: bool) -> str:
            raise _PassphraseWanted(new)

        try:
            key = obtain_key(self._folder, key_file=self._key_file, ask_passphrase=wanted)
        except _PassphraseWanted as exc:
            locked = "new-passphrase" if exc.new else "passphrase"
            self._settled.set()
            self.send(wire.Hello(library=str(self._folder), locked=locked))
            return
        except StrongroomError as exc:
            self._refusal = exc
            self._settled.set()
            self.send(wire.Hello(library=str(self._folder)))
            self.send(wire.failed(0, exc))
            return
        self.send(wire.Hello(library=str(self._folder)))
        self._begin(lambda: self._open(key))

    def _unlock(self, request: wire.Unlock) -> wire.Message:
        if self._library is None:
            key = obtain_key(
                self._folder,
                ask_passphrase=lambda _new: request.passphrase,
                create=request.create,
            )
            self._open(key)
        return wire.Done(id=request.id)

    def _open(self, key: LibraryKey) -> None:
        """Open the library and serve it: one that another process writes to, when it is free, and one
        that cannot be written, for reading."""
        why: StrongroomError | None = None
        self._key = key
        try:
            library = self._make(key)
        except LibraryBusy:
            self._begin(lambda: self._open_when_free(key))
            raise
        except LibraryReadOnly as exc:
            library, why = self._make(key, "read"), exc
        finally:
            self._settled.set()
        self._serve(library)
        if why is not None:  # said when it is open: all can be read, and that is no failure
            self.send(wire.failed(0, why))

    def _open_when_free(self, key: LibraryKey) -> None:
        while not self._ending.wait(BUSY_RETRY_S):
            with suppress(LibraryBusy):
                self._serve(self._make(key))
                return

    def _make(self, key: LibraryKey, mode: Mode = "write") -> Library:
        from strongroom_engine.library import Library

        try:
            self._library = Library(
                self._folder,
                key,
                mode=mode,
                settings=load_settings(),
                on_progress=self._on_progress,
                on_change=self._changed.set,
                on_trouble=lambda error: self.send(wire.failed(0, error)),
                on_stand=lambda stand: self.send(wire.Indexing(paused=stand.paused, why=stand.why)),
            )
        except StrongroomError as exc:
            self._refusal = exc
            raise
        return self._library

    def _erase(self, request: wire.EraseLibrary) -> wire.Message:
        """Delete the library, whether it is open or not, and go on with an empty one."""
        self._settled.clear()  # what is asked meanwhile is asked of the empty one
        try:
            self._close_library()
            erase(self._folder)
        finally:
            self._begin(self._hello)
        return wire.Done(id=request.id)

    def _rebuild(self, request: wire.RebuildLibrary) -> wire.Message:
        """Rebuild the library, whether it is open or not, and go on with it; when that fails, with
        the one that there was."""
        from strongroom_engine.parts.rebuilding import rebuild_library

        stopped = self._stopped(request.id)
        key = self._key or obtain_key(self._folder, key_file=self._key_file, create=False)
        self._settled.clear()  # what is asked meanwhile is asked of the new one
        try:
            with suppress(LibraryDamaged):  # all is let go of, though it says so
                self._close_library(but=request.id)
            made = rebuild_library(
                self._folder,
                key,
                load_settings(),
                lambda done, total: self._send_for(
                    request.id, wire.Rebuilding(done=done, total=total)
                ),
                stopped,
            )
        finally:
            self._begin(lambda: self._open(key))
        return wire.RebuiltLibrary(rebuilt=made)

    def _close_library(self, but: int = 0) -> None:
        library, self._library = self._library, None
        self._refusal = NoKey(why="it is still locked")
        for number, job in list(self._jobs.items()):
            if number != but:
                job.set()
        if library is not None:
            library.close()

    @contextmanager
    def _unless_closed(self, library: Library) -> Iterator[None]:
        """Work on a library that is closed meanwhile was stopped by that, and is no fault."""
        try:
            yield
        except Bug as exc:
            if self._library is library and not self._ending.is_set():
                raise
            raise Cancelled from exc

    def _serve(self, library: Library) -> None:
        """Say that it is ready, then look for changes and start watching."""
        model = library.embedding_model
        self.send(wire.Ready(embedding_model=model))
        library.prepare_search()
        if library.is_writable:
            self._begin(lambda: self._keep_true(library), pool="index")
        try:
            plan = library.answers.plan()
        except ModelError as exc:
            self.send(wire.failed(0, exc))
        else:
            self.send(wire.Ready(plan=plan, embedding_model=model))
        library.answers.prepare()

    def _keep_true(self, library: Library) -> None:
        with self._unless_closed(library):
            library.watch()
            library.rescan(cancelled=self._ending.is_set)
            library.checking.at_leisure(self._ending.is_set)

    # --- telling ---------------------------------------------------------------------------------

    def _on_progress(self, progress: Progress | None) -> None:
        self.send(wire.Progress(progress=progress))

    def _tell_changes(self) -> None:
        while not self._ending.is_set():
            self._changed.wait()
            self._changed.clear()
            if not self._ending.is_set():
                self.send(wire.Changed(sources=True, documents=True))
            self._ending.wait(CHANGED_EVERY_S)

    # --- answering requests ----------------------------------------------------------------------

    def _answer(self, request: wire.Request) -> None:
        try:
            self._guard(request.id, lambda: self._send_for(request.id, self._do(request)))
        finally:
            self._jobs.pop(request.id, None)

    def _guard(self, request: int, work: Callable[[], object]) -> None:
        """Do it; whatever goes wrong becomes an event, never a dead thread."""
        try:
            work()
        except StrongroomError as exc:
            self.send(wire.failed(request, exc))
        except Exception as exc:
            trace = trace_without_text(exc)
            log.error("fault: %s", trace)  # noqa: TRY400 - the message may hold document text
            self.send(wire.Failed(id=request, code="bug", details={"trace": trace}))

    def _do(self, request: wire.Request) -> wire.Message:
        from strongroom_engine.serving import HANDLERS, Call

        if isinstance(request, wire.Unlock):
            return self._unlock(request)
        if isinstance(request, wire.EraseLibrary):
            return self._erase(request)
        if isinstance(request, wire.RebuildLibrary):
            return self._rebuild(request)
        self._settled.wait()  # what is asked while the library opens is answered when it is open
        library = self._library
        if library is None:
            raise self._refusal
        call = Call(
            library,
            send=lambda event: self._send_for(request.id, event),
            stopped=self._stopped(request.id),
            later=self._begin,
        )
        with self._unless_closed(library):
            return HANDLERS[type(request)].serve(call, request)

    def _send_for(self, request: int, event: wire.Message) -> None:
        self.send(structs.replace(event, id=request))

    def _begin(self, work: Callable[[], object], pool: str = "start") -> None:
        """Let a pool do what nobody waits for; not when all ends."""
        try:
            self._pools[pool].submit(self._guard, 0, work)
        except RuntimeError:
            if not self._ending.is_set():
                raise

    def _stopped(self, request: int) -> Callable[[], bool]:
        job = self._jobs[request]
        return lambda: job.is_set() or self._ending.is_set()


def _log_to_file() -> None:
    folder = log_folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "engine.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root = logging.getLogger("strongroom_engine")
        root.addHandler(handler)
        root.setLevel(logging.INFO)


def main(arguments: list[str]) -> int:
    """The process of the role 'host'."""
    parser = argparse.ArgumentParser(prog="strongroom-engine")
    parser.add_argument("--library", type=Path, default=default_library())
    parser.add_argument("--key-file", type=Path, default=None)
    options = parser.parse_args(arguments)
    events = own_stdout()
    _log_to_file()
    code = 0
    try:
        Host(options.library.absolute(), options.key_file, sys.stdin.buffer, events).run()
    except Exception as exc:
        log.error("fault: %s", trace_without_text(exc))  # noqa: TRY400 - as above
        code = 1
    os._exit(code)  # what threads are still at, in native code, too, may not keep the process
