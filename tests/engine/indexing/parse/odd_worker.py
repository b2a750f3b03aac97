"""A parser worker that does to its process what hostile files might do; a test starts it.

It speaks the real frames through the real loop; only what it makes of a file is made up.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from strongroom_engine import processes
from strongroom_engine.indexing.parse import messages, worker
from strongroom_engine.indexing.parse.messages import Parsed, Reply, Request
from strongroom_engine.settings import Settings
from strongroom_engine.types import Document, Page

LARGE_BYTES = 100 << 20


class Odd:
    """Makes trouble by the name of the file."""

    calls = 0

    def handle(self, request: Request) -> Reply:
        name = request.path.rpartition("/")[2]
        if name == "hangs":
            time.sleep(600)
        if name in {"crashes", f"crashes-{self.calls}"}:
            os.kill(os.getpid(), signal.SIGSEGV)
        if name == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "works":
            while True:
                pass
        if name == "grows":
            self.held = bytearray(b"x" * (600 << 20))
            time.sleep(600)
        if name.startswith("large"):  # for a while
            with Path(f"{request.path}.begun").open("a") as begun:
                begun.write("once more\n")
            held = bytearray(LARGE_BYTES)  # which is written to
            time.sleep(2)
            del held
        if name == "strange":
            return messages.Problem("no-such-code")
        self.calls += 1
        text = "x" * 3_000_000 if name == "floods" else f"{os.getpid()}"
        return Parsed(Document("t", "text/plain", (Page(1, text),), paged=False), "hash")


if __name__ == "__main__":
    worker.serve(sys.stdin.buffer, processes.own_stdout(), Odd().handle, Settings())
