"""What every command needs: the library it is meant for, and a terminal to talk to.

Results go to stdout, everything else to stderr.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Self, TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Task, TaskID, TextColumn
from rich.progress import Progress as Bar
from rich.status import Status
from rich.table import Column
from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.errors import LibraryDamaged, StrongroomError
from strongroom_engine.library import Library, Mode
from strongroom_engine.settings import default_library, load_settings
from strongroom_engine.store import LibraryKey, obtain_key
from strongroom_engine.types import Happening, Progress

Options = argparse.Namespace
# The type that `add_subparsers` gives; it has no public name, and cannot be subscripted.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

LONG_S = 20
"""A document that is read for so long is said to be."""

_ENDLESS = 100_000
"""Columns of what is not a terminal: a path or a reason that is cut into lines cannot be searched."""


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console = Console(stderr=stderr, highlight=False, width=_ENDLESS)
    return console


out = _console()
err = _console(stderr=True)


def say_error(error: StrongroomError) -> None:
    err.print(Text.assemble(("strongroom: ", "bold red"), output.clean(str(error))))


# --- opening -------------------------------------------------------------------------------------


def library_folder(options: Options) -> Path:
    named: Path = options.library or default_library()
    return named.expanduser().absolute()


def key_of(options: Options, *, create: bool) -> LibraryKey:
    """The key of the library; of one that is not there a new one, if `create` says so."""
    return obtain_key(
        library_folder(options),
        key_file=options.key_file,
        ask_passphrase=_ask_passphrase(),
        create=create,
    )


@contextmanager
def opened(
    options: Options,
    mode: Mode,
    *,
    on_progress: Callable[[Progress | None], None] = lambda _progress: None,
    on_document: Callable[[Happening], None] = lambda _happening: None,
) -> Iterator[Library]:
    with Library(
        library_folder(options),
        key_of(options, create=mode == "write"),
        mode=mode,
        settings=load_settings(),
        on_progress=on_progress,
        on_document=on_document,
        on_trouble=lambda error: _say_trouble(error, mode),
    ) as library:
        yield library


def _say_trouble(error: StrongroomError, mode: Mode) -> None:
    """Say what does not stop the command; whoever only reads meets damage by themselves."""
    if mode == "write" or not isinstance(error, LibraryDamaged):
        err.print(Text(output.clean(str(error))))


def _ask_passphrase() -> Callable[[bool], str] | None:
    """Ask at the terminal, twice for a new library; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None

    def ask(new: bool) -> str:
        while True:
            first = getpass.getpass("Passphrase of the library: ")
            if not new or first == getpass.getpass("Once more: "):
                return first
            err.print("The two differ; type it again.")

    return ask


# --- showing what goes on ------------------------------------------------------------------------


class _Note(TextColumn):
    """What stands behind a bar: as text, not markup, and cut where the line ends; the only column
    that gives way, so that counts stay however long the name of a file is."""

    def render(self, task: Task) -> Text:
        return Text(task.fields["note"], no_wrap=True, overflow="ellipsis")


class Bars:
    """Progress bars on stderr, each begun when it has something to show; none without a terminal."""

    def __init__(self) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Note("", table_column=Column(no_wrap=False)),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._tasks:
            self._bar.stop()

    def indexing(self, progress: Progress | None) -> None:
        """Count, rate and time left of indexing."""
        if progress is None:
            return
        left = "" if progress.left_s is None else f", {_duration(progress.left_s)} left"
        if progress.model:
            what = f"Re-embedding with {output.clean(progress.model)}"
            self._show(what, progress.done, progress.total, f"{progress.rate:.1f}/s{left}")
            return
        many = (
            (progress.pages_read, "page", " read"),
            (progress.chunks_waiting, "passage", " to go"),
        )
        counts = "".join(f", {output.count(n, what)}{end}" for n, what, end in many if n)
        note = f"{progress.rate:.1f}/s{left}{_reading(progress)}{counts}"
        self._show("Documents", progress.done, progress.total, note)

    def rebuilding(self, done: int, total: int) -> None:
        self._show("Documents", done, total, "")

    def questions(self, progress: Progress) -> None:
        self._show("Questions", progress.done, progress.total, progress.what)

    def megabytes(self, progress: Progress) -> None:
        """A file that is copied; its progress counts bytes."""
        done, total = progress.done >> 20, progress.total >> 20
        self._show("MB", done, total, output.clean(progress.what))

    def answers(self, progress: Progress) -> None:
        """Cells of a review, the document that is read, and the time left."""
        left = "" if progress.left_s is None else f", {_duration(progress.left_s)} left"
        self._show("Answers", progress.done, progress.total, f"{output.clean(progress.what)}{left}")

    def _show(self, name: str, done: int, total: int, note: str) -> None:
        if not self._tasks:
            self._bar.start()  # not before: a passphrase may be asked for until then
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(name, note="")
        self._bar.update(self._tasks[name], completed=done, total=total, note=note)


def _reading(progress: Progress) -> str:
    """', reading Deeds.pdf (page 3 of 40)', ', reading Deeds.pdf for 40 s', ', reading Deeds.pdf
    (40 % divided into passages)'."""
    if not progress.what:
        return ""
    said = f", reading {output.clean(Path(progress.what).name)}"
    if progress.pages:
        return f"{said} (page {progress.page:,} of {progress.pages:,})"
    if progress.reading_s < LONG_S:
        return said
    if progress.cut >= 1:
        return f"{said} (storing its passages)"
    if progress.cut:
        return f"{said} ({progress.cut:.0%} divided into passages)"
    return f"{said} for {_duration(progress.reading_s)}"


def _duration(seconds: float) -> str:
    """'40 s', '12 min', '3.5 h'."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6_000 else f"{seconds / 3600:.1f} h"


class StageLine:
    """One line that says where an answer stands; nothing without a `status` to say it in."""

    WORDS: ClassVar = {
        "searching": "Searching",
        "loading": "Loading the answer model",
        "writing": "Writing",
    }

    def __init__(self, status: Status | None = None) -> None:
        self._status = status
        self._said = ""
        self._how_far = ""

    def stage(self, name: str, passages: int) -> None:
        reading = f"{passages} passages read" if name == "read" else f"Reading {passages} passages"
        self._said = self.WORDS.get(name, reading)
        self._show()

    def progress(self, progress: Progress) -> None:
        of = f"{progress.done:,} of {progress.total:,}"
        self._how_far = f" ({of}, {output.clean(Path(progress.what).name)})"
        self._show()

    def _show(self) -> None:
        if self._status is not None:
            self._status.update(Text(f"{self._said}{self._how_far}"))


@contextmanager
def stage_line(options: Options) -> Iterator[StageLine]:
    """Where the answer stands, on a terminal."""
    if options.json or not err.is_terminal:
        yield StageLine()
        return
    with err.status("Searching") as status:
        yield StageLine(status)


# --- grammar -------------------------------------------------------------------------------------


def command(
    commands: Commands,
    name: str,
    run: Callable[[Options], int],
    text: str,
    *,
    json: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run)
    if json:
        parser.add_argument("--json", action="store_true", help="for other tools")
    return parser


def text_argument(argument: str) -> str:
    """An argument without the lone surrogates that stand for bytes that are no text."""
    return argument.encode("utf-8", "replace").decode()
