"""The real engine process, spoken to as the window does."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self, TypeVar

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.processes import command

WAIT_S = 180.0
Answer = TypeVar("Answer", bound=wire.Message)


class HostProcess:
    """An engine host over pipes; every event is kept in the order it came."""

    def __init__(
        self, *arguments: str, env: dict[str, str] | None = None, before: Sequence[str] = ()
    ) -> None:
        self.process = subprocess.Popen(
            [*before, *command("host", *arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
        )
        self.events: list[wire.Event] = []
        self._queue: queue.Queue[wire.Event | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._next = 0

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(wire.decode_event(line))  # an unknown line fails the test
        self._queue.put(None)

    def send(self, request: wire.Message) -> int:
        """Send with a new id; the id."""
        self._next += 1
        fields = {name: getattr(request, name) for name in request.__struct_fields__}
        self.send_raw(wire.encode(type(request)(**{**fields, "id": self._next})))
        return self._next

    def send_raw(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def wait_for(self, wanted: Callable[[wire.Event], bool]) -> wire.Event:
        """The next event that fits; those before it are kept in `events`."""
        while (event := self._queue.get(timeout=WAIT_S)) is not None:
            self.events.append(event)
            if wanted(event):
                return event
        raise AssertionError(f"the host ended: {self.stderr()}")

    def ask(self, request: wire.Message, answer: type[Answer]) -> Answer:
        """Send a request and wait for what closes it, which must be an `answer`."""
        number = self.send(request)
        open_ended = wire.Stage | wire.Token | wire.Progress
        event = self.wait_for(lambda e: e.id == number and not isinstance(e, open_ended))
        assert isinstance(event, answer), event
        return event

    def ready(self) -> Self:
        self.wait_for(lambda event: isinstance(event, wire.Ready) and event.plan is not None)
        return self

    def stderr(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode(errors="replace")

    def end(self) -> int:
        """Close stdin, as a window that goes away does; the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        code = self.process.wait(20)
        self._reader.join(20)
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@pytest.fixture
def start_host(tmp_path: Path) -> Iterator[Callable[..., HostProcess]]:
    """Start a host on this test's library, with a command `before` its own; all are gone at the
    end."""
    started: list[HostProcess] = []

    def start(
        *arguments: str, env: dict[str, str] | None = None, before: Sequence[str] = ()
    ) -> HostProcess:
        named = arguments or ("--key-file", str(tmp_path / "key"))
        host = HostProcess("--library", str(tmp_path / "library"), *named, env=env, before=before)
        started.append(host)
        return host

    yield start
    for host in started:
        if host.process.poll() is None:
            host.process.kill()
            host.end()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A small folder of documents in four formats."""
    import pymupdf

    folder = tmp_path / "papers"
    folder.mkdir()
    lease = pymupdf.open()
    for text in (
        "Lease of 14 Harbour Street between Quayside Estates and Holt Textiles.",
        "The yearly rent is 42,500 pounds. It is payable in four instalments.",
        "A break notice must be served at least six months before 31 March 2026.",
    ):
        lease.new_page().insert_textbox(pymupdf.Rect(72, 72, 523, 770), text, fontsize=11)
    lease.save(folder / "lease.pdf")
    (folder / "minutes.md").write_text(
        "# Minutes\n\nThe board elected Ingrid Solberg as its chair.\n", encoding="utf-8"
    )
    (folder / "note.txt").write_text("The boiler was replaced in 2021.", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder
