"""The command line: the `Library` for people at a terminal and for other tools.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 an error that was said, 2
the command was not understood, 130 interrupted.
"""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from strongroom_engine import __version__, output
from strongroom_engine.doctor import examine
from strongroom_engine.errors import (
    Cancelled,
    NoLibrary,
    SourceError,
    SourceKnown,
    StrongroomError,
)
from strongroom_engine.evaluation.report import report
from strongroom_engine.library import Library, Mode
from strongroom_engine.settings import default_library, load_settings
from strongroom_engine.store import LibraryKey, header, obtain_key
from strongroom_engine.types import LibraryStatus, Progress

Options = argparse.Namespace

_out = Console(highlight=False, soft_wrap=False)
_err = Console(stderr=True, highlight=False)


def main(arguments: list[str]) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a stream that a test replaced
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    logging.basicConfig(level=logging.CRITICAL)
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except StrongroomError as exc:
        _say_error(exc)
        return 1
    except KeyboardInterrupt:
        _err.print("Interrupted. What was indexed is kept.")
        return 130
    except BrokenPipeError:  # `strongroom search … | head`
        sys.stderr.close()
        return 1
    return code


def _say_error(error: StrongroomError) -> None:
    _err.print(Text.assemble(("strongroom: ", "bold red"), output.clean(str(error))))


# --- commands ------------------------------------------------------------------------------------


def _add(options: Options) -> int:
    refused = False
    with _Bars() as bars, _opened(options, "write", on_progress=bars.indexing) as library:
        for path in options.paths:
            try:
                library.add(path, options.collection or "")
            except SourceKnown as exc:
                _err.print(Text(output.clean(str(exc))))
            except SourceError as exc:  # the other paths are indexed all the same
                _say_error(exc)
                refused = True
        counts = library.status()
    _say_outcome(counts)
    return 1 if refused else 0


def _say_outcome(status: LibraryStatus) -> None:
    documents = status.documents
    text = Text(f"In the index: {output.count(documents.get('indexed', 0), 'document')}.")
    if readable := documents.get("readable", 0):
        text.append(f" Found by their words alone so far: {readable:,}.", "yellow")
    if status.problems:
        text.append(f" Left out: {len(status.problems):,}; 'strongroom status' says why.", "yellow")
    _err.print(text)
    if status.next_embedding_model:
        _err.print(Text(output.unfinished(status.next_embedding_model), "yellow"))


def _remove(options: Options) -> int:
    with _opened(options, "write") as library:
        for path in options.paths:
            library.remove(path)
            _err.print(
                Text(f"{output.clean(path)} is out of the library; its files are untouched.")
            )
    return 0


def _sources(options: Options) -> int:
    with _opened(options, "read") as library:
        sources = library.sources()
    if options.json:
        print(output.to_json({"sources": sources}))
    else:
        output.show_sources(_out, sources)
    return 0


def _watch(options: Options) -> int:
    ended = threading.Event()
    with _opened(options, "write", on_progress=_say_rest()) as library:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: ended.set())
        library.watch()
        _err.print("Watching. Ctrl+C ends it.")
        with suppress(Cancelled):
            library.rescan(cancelled=ended.is_set)
        while not ended.wait(0.5):
            pass
    return 0


def _say_rest() -> Callable[[Progress | None], None]:
    def say(progress: Progress | None) -> None:
        if progress is None:
            _err.print("Up to date.")

    return say


def _doctor(options: Options) -> int:
    doctor = examine(_folder(options), load_settings())
    if options.json:
        print(output.to_json(doctor))
    else:
        output.show_doctor(_out, doctor)
    return 0


def _reranker(options: Options) -> int:
    from strongroom_engine.models.reranker import find_reranker
    from strongroom_engine.models.reranker_import import import_reranker, remove_reranker
    from strongroom_engine.settings import models_folder

    if options.source is not None:
        import_reranker(options.source, models_folder(), options.name or "")
    elif options.remove:
        remove_reranker(models_folder())
    found = find_reranker(models_folder())
    if options.json:
        print(output.to_json({"reranker": found and found.name}))
    else:
        _out.print(Text(f"Reranker: {output.clean(found.name) if found else 'none'}"))
    return 0


def _status(options: Options) -> int:
    with _opened(options, "read") as library:
        status = library.status()
    if options.json:
        print(output.to_json(output.status_json(status)))
    else:
        output.show_status(_out, status)
    return 0


def _embedding(options: Options) -> int:
    if options.name is not None:
        _re_embed(options)
    with _opened(options, "read") as library:
        status = library.embedding()
    if options.json:
        print(output.to_json(output.embedding_json(status)))
    elif options.name is None:
        output.show_embedding(_out, status)
    else:
        _err.print(Text(f"Meaning is searched with {output.clean(status.model)} now."))
    return 0


def _re_embed(options: Options) -> None:
    if header(_folder(options)) is None:
        raise NoLibrary(library=_folder(options))
    with _Bars() as bars, _opened(options, "write", on_progress=bars.indexing) as library:
        library.choose_embedding_model(options.name)
        library.wait_re_embedded()


def _search(options: Options) -> int:
    with _opened(options, "read") as library:
        result = library.search(options.question, options.k, _scope(options))
    if options.json:
        print(output.to_json(output.search_json(result)))
    else:
        output.show_search(_out, result)
    return 0


def _ask(options: Options) -> int:
    with _opened(options, "read") as library, _stage_line(options) as on_stage:
        answer = library.ask(
            options.question, _scope(options), model=options.model or "", on_stage=on_stage
        )
    if options.json:
        print(output.to_json(output.answer_json(answer)))
    else:
        output.show_answer(_out, answer)
    return 0


def _eval(options: Options) -> int:
    with _Bars() as bars, _eval_library(options, bars) as library:
        run = library.evaluate(
            [options.questions], options.root, answers=options.answers, on_progress=bars.questions
        )
    if options.json:
        print(output.to_json(report(run)))
    else:
        output.show_evaluation(_out, report(run))
    return 0


def _scope(options: Options) -> list[str]:
    return [options.collection] if options.collection else []


# --- opening -------------------------------------------------------------------------------------


def _folder(options: Options) -> Path:
    named: Path = options.library or default_library()
    return named.expanduser().absolute()


@contextmanager
def _opened(
    options: Options,
    mode: Mode,
    *,
    on_progress: Callable[[Progress | None], None] = lambda _progress: None,
) -> Iterator[Library]:
    folder = _folder(options)
    key = obtain_key(
        folder,
        key_file=options.key_file,
        ask_passphrase=_ask_passphrase(),
        create=mode == "write",
    )
    with Library(
        folder,
        key,
        mode=mode,
        settings=load_settings(),
        on_progress=on_progress,
        on_trouble=lambda error: _err.print(Text(output.clean(str(error)))),
    ) as library:
        yield library


def _ask_passphrase() -> Callable[[bool], str] | None:
    """Ask at the terminal, twice for a new library; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None

    def ask(new: bool) -> str:
        while True:
            first = getpass.getpass("Passphrase of the library: ")
            if not new or first == getpass.getpass("Once more: "):
                return first
            _err.print("The two differ; type it again.")

    return ask


@contextmanager
def _eval_library(options: Options, bars: _Bars) -> Iterator[Library]:
    """The library named, or one that is gone afterwards: questions of a set are not the user's."""
    if options.library is not None:
        with _opened(options, "write", on_progress=bars.indexing) as library:
            yield library
        return
    with tempfile.TemporaryDirectory(prefix="strongroom-eval-") as folder:
        key = LibraryKey(secrets.token_bytes(32), "key file")
        with Library(
            Path(folder) / "library", key, settings=load_settings(), on_progress=bars.indexing
        ) as library:
            yield library


# --- showing what goes on ------------------------------------------------------------------------


class _Bars:
    """Progress bars on stderr, each begun when it has something to show; none without a terminal."""

    def __init__(self) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            console=_err,
            transient=True,
            disable=not _err.is_terminal,
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
        left = "" if progress.left_s is None else f", {progress.left_s:.0f} s left"
        if progress.model:
            what = f"Re-embedding with {output.clean(progress.model)}"
            self._show(what, progress.done, progress.total, f"{progress.rate:.1f}/s{left}")
            return
        waiting = f"{progress.chunks_waiting:,} passages to embed"
        note = f"{progress.rate:.1f}/s, {waiting}{left}"
        self._show("Documents", progress.done, progress.total, note)

    def questions(self, progress: Progress) -> None:
        self._show("Questions", progress.done, progress.total, progress.what)

    def _show(self, name: str, done: int, total: int, note: str) -> None:
        if not self._tasks:
            self._bar.start()  # not before: a passphrase may be asked for until then
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(name, note="")
        self._bar.update(self._tasks[name], completed=done, total=total, note=note)


@contextmanager
def _stage_line(options: Options) -> Iterator[Callable[[str, int], None]]:
    """One line that says where the answer stands."""
    if options.json or not _err.is_terminal:
        yield lambda _name, _passages: None
        return
    with _err.status("Searching") as status:
        words = {
            "searching": "Searching",
            "loading": "Loading the answer model",
            "writing": "Writing",
        }

        def on_stage(name: str, passages: int) -> None:
            status.update(words.get(name, f"Reading {passages} passages"))

        yield on_stage


# --- grammar -------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="strongroom",
        description="Ask your documents, offline. Without arguments: the window.",
    )
    parser.add_argument("--version", action="version", version=f"strongroom {__version__}")
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="the library's folder (default: your own)"
    )
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        default=None,
        help="the library's key (also STRONGROOM_KEY_FILE); made when the library is new",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    add = _command(commands, "add", _add, "index folders or files and wait", json=False)
    add.add_argument("paths", nargs="+", metavar="PATH")
    add.add_argument("--collection", type=_text, metavar="NAME")

    remove = _command(commands, "remove", _remove, "take sources out of the library", json=False)
    remove.add_argument("paths", nargs="+", metavar="PATH")

    _command(commands, "sources", _sources, "what is in the library")
    _command(commands, "watch", _watch, "keep the index true until interrupted", json=False)
    reranker = _command(
        commands, "reranker", _reranker, "the imported reranker, or import or remove one"
    )
    change = reranker.add_mutually_exclusive_group()
    change.add_argument(
        "--import",
        dest="source",
        type=Path,
        metavar="FOLDER",
        help="a cross-encoder as it was published: model.onnx, tokenizer.json, config.json",
    )
    change.add_argument("--remove", action="store_true", help="delete the one that was imported")
    reranker.add_argument("--name", type=_text, metavar="NAME", help="default: the folder's name")

    _command(commands, "doctor", _doctor, "devices, memory, what was chosen and why")
    _command(commands, "status", _status, "counts by state, and every problem with its reason")

    embedding = _command(
        commands, "embedding", _embedding, "the library's embedding model, or choose another"
    )
    embedding.add_argument(
        "name",
        nargs="?",
        type=_text,
        metavar="NAME",
        help="re-embed the library with this model; interrupted, the same command goes on",
    )

    search = _command(commands, "search", _search, "find passages")
    search.add_argument("question", type=_text, metavar="QUESTION")
    search.add_argument("-k", type=_positive, default=10, help="how many (default: 10)")
    search.add_argument("--collection", type=_text, metavar="NAME")

    ask = _command(commands, "ask", _ask, "answer a question, with citations")
    ask.add_argument("question", type=_text, metavar="QUESTION")
    ask.add_argument("--collection", type=_text, metavar="NAME")
    ask.add_argument("--model", metavar="NAME", help="an answer model that 'doctor' names")

    measure = _command(commands, "eval", _eval, "measure retrieval and answers on a question set")
    measure.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    measure.add_argument("--root", type=Path, metavar="DOCS", help="default: docs beside the file")
    measure.add_argument("--answers", action="store_true", help="ask the answer model, too")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
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


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("a number from 1 to 1000")
    return int(text)


def _text(argument: str) -> str:
    """An argument without the lone surrogates that stand for bytes that are no text."""
    return argument.encode("utf-8", "replace").decode()


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))
