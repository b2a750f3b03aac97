"""The engine process without a process: a host that is spoken to as the window speaks to it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.host import Host


class Talk:
    """A host in this process, spoken to as the window does."""

    def __init__(self, folder: Path, key_file: Path) -> None:
        there, self._write = os.pipe()
        ear, back = os.pipe()
        self._events = os.fdopen(ear, "rb")
        self._streams = os.fdopen(there, "rb"), os.fdopen(back, "wb", buffering=0)
        self._host = Host(folder, key_file, *self._streams)
        self._thread = threading.Thread(target=self._host.run)
        self._thread.start()

    def say(self, request: wire.Message) -> None:
        os.write(self._write, wire.encode(request))

    def hear(self, kind: type[wire.Message], number: int = 0) -> wire.Message:
        """The next event of a kind that answers the request `number`."""
        while line := self._events.readline():
            event = wire.decode_event(line)
            assert not (isinstance(event, wire.Failed) and event.code == "bug"), event
            if isinstance(event, kind) and event.id == number:
                return event
        raise AssertionError(kind)

    def end(self) -> None:
        os.close(self._write)
        self._thread.join()
        for pool in self._host._pools.values():
            pool.shutdown()
        self._host._teller.join()
        for stream in (self._events, *self._streams):
            stream.close()
