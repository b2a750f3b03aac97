"""`strongroom watch`: keeps the index true without a window, and says what became of each document."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import msgspec

from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import Commands, Options, command, err, opened
from strongroom_engine.errors import Cancelled
from strongroom_engine.types import Happening, Progress

SayRest = Callable[[str, int], None]
"""Says that indexing rests, why, and how much waits for it."""


def add_watching(commands: Commands, say_rest: SayRest) -> None:
    """Its grammar."""
    text = "keep the index true until interrupted, and say what is taken in and what goes"
    watch = command(commands, "watch", _watch, text, json=False)
    watch.add_argument("--json", action="store_true", help="for other tools: an object a line")
    watch.set_defaults(say_rest=say_rest)


def _watch(options: Options) -> int:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ended.set())
    tell = _as_json if options.json else _as_line
    with opened(
        options, "write", on_progress=_say_rest(options.say_rest), on_document=tell
    ) as library:
        library.watch()
        err.print("Watching. Ctrl+C ends it.")
        with suppress(Cancelled):
            library.rescan(cancelled=ended.is_set)
        while not ended.wait(0.5):
            pass
    return 0


def _as_json(happening: Happening) -> None:
    _print(msgspec.json.encode(happening).decode())


def _as_line(happening: Happening) -> None:
    path = output.clean(happening.path)
    match happening.what:
        case "read":
            _print(f"Read: {path}")
        case "moved":
            _print(f"Moved: {output.clean(happening.before)} is {path} now")
        case "gone":
            _print(f"Gone: {path}")
        case "problem":
            _print(f"Not in the index: {path}. {output.clean(happening.reason)}")


def _print(line: str) -> None:
    with suppress(BrokenPipeError):  # nobody listens any more; the index is kept true all the same
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _say_rest(say_rest: SayRest) -> Callable[[Progress | None], None]:
    def say(progress: Progress | None) -> None:
        if progress is None:
            err.print("Up to date.")
        elif progress.paused:
            say_rest(progress.paused, progress.total - progress.done)

    return say
