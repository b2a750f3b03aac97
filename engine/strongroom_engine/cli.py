"""The command line: the `Library` for people at a terminal and for other tools.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 an error that was said, 2
the command was not understood, 130 interrupted.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

from rich.text import Text

from strongroom_engine import __version__
from strongroom_engine.commands import away, output
from strongroom_engine.commands.batch import batch_command
from strongroom_engine.commands.conversations import (
    add_conversation,
    add_conversations,
    in_conversation,
)
from strongroom_engine.commands.library import add_caring
from strongroom_engine.commands.models import add_choosing
from strongroom_engine.commands.quality import add_measuring
from strongroom_engine.commands.reading import add_perusing
from strongroom_engine.commands.reviews import add_reviewing, add_reviews, is_review, review_command
from strongroom_engine.commands.sources import add_managing, say_rest
from strongroom_engine.commands.structured import add_structuring, schema_of, structured_json
from strongroom_engine.commands.tasks import add_prompts, add_task
from strongroom_engine.commands.terminal import (
    Bars,
    Commands,
    Options,
    command,
    err,
    library_folder,
    opened,
    out,
    say_error,
    stage_line,
    text_argument,
)
from strongroom_engine.commands.trusting import add_trusting
from strongroom_engine.commands.watching import add_watching
from strongroom_engine.doctor import examine
from strongroom_engine.errors import (
    NoLibrary,
    SourceError,
    SourceKnown,
    StrongroomError,
)
from strongroom_engine.library import Mode
from strongroom_engine.settings import load_settings
from strongroom_engine.store import header
from strongroom_engine.types import Asked, LibraryStatus


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
        say_error(exc)
        return 1
    except KeyboardInterrupt:
        err.print("Interrupted. What was indexed is kept.")
        return 130
    except BrokenPipeError:  # `strongroom search … | head`
        sys.stderr.close()
        return 1
    return code


# --- commands ------------------------------------------------------------------------------------


def _add(options: Options) -> int:
    refused = False
    with Bars() as bars, opened(options, "write", on_progress=bars.indexing) as library:
        for path in options.paths:
            try:
                library.add(path, options.collection or "")
            except SourceKnown as exc:
                err.print(Text(output.clean(str(exc))))
            except SourceError as exc:  # the other paths are indexed all the same
                say_error(exc)
                refused = True
        counts = library.status()
        stand = library.indexing.stand
    _say_outcome(counts)
    if stand.paused:
        say_rest(stand.why, counts.documents.get("pending", 0))
    return 1 if refused else 0


def _say_outcome(status: LibraryStatus) -> None:
    documents = status.documents
    text = Text(f"In the index: {output.count(documents.get('indexed', 0), 'document')}.")
    if readable := documents.get("readable", 0):
        text.append(f" Found by their words alone so far: {readable:,}.", "yellow")
    if status.problems:
        text.append(f" Left out: {len(status.problems):,}; 'strongroom status' says why.", "yellow")
    err.print(text)
    if status.next_embedding_model:
        err.print(Text(output.unfinished(status.next_embedding_model), "yellow"))


def _remove(options: Options) -> int:
    with opened(options, "write") as library:
        for path in options.paths:
            library.remove(path)
            err.print(Text(f"{output.clean(path)} is out of the library; its files are untouched."))
    return 0


def _doctor(options: Options) -> int:
    doctor = examine(library_folder(options), load_settings())
    if options.json:
        print(output.to_json(doctor))
    else:
        output.show_doctor(out, doctor)
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
        out.print(Text(f"Reranker: {output.clean(found.name) if found else 'none'}"))
    return 0


def _status(options: Options) -> int:
    with opened(options, "read") as library:
        status, sources = library.status(), library.sources()
    if options.json:
        told = {**output.status_json(status), "away": away.away_json(sources)}
        print(output.to_json(told))
    else:
        output.show_status(out, status)
        away.show_away(out, sources)
    return 0


def _embedding(options: Options) -> int:
    if options.name is not None:
        _re_embed(options)
    with opened(options, "read") as library:
        status = library.embedding()
    if options.json:
        print(output.to_json(output.embedding_json(status)))
    elif options.name is None:
        output.show_embedding(out, status)
    else:
        err.print(Text(f"Meaning is searched with {output.clean(status.model)} now."))
    return 0


def _re_embed(options: Options) -> None:
    if header(library_folder(options)) is None:
        raise NoLibrary(library=library_folder(options))
    with Bars() as bars, opened(options, "write", on_progress=bars.indexing) as library:
        library.choose_embedding_model(options.name)
        library.wait_re_embedded()


def _search(options: Options) -> int:
    with opened(options, "read") as library:
        result = library.search(
            options.question, options.k, _scope(options), everywhere=options.everywhere
        )
    if options.json:
        print(output.to_json(output.search_json(result)))
    else:
        output.show_search(out, result)
    return 0


def _ask(options: Options) -> int:
    if is_review(options):
        return review_command(options)
    if options.batch is not None:
        return batch_command(options)
    if options.question is None:
        options.usage("a question is missing, or --batch QUESTIONS.csv")
    schema = schema_of(options)
    asked = Asked(
        options.question,
        "structured" if schema else options.task,
        tuple(_scope(options)),
        tuple(options.document or ()),
        options.model or "",
        options.everywhere,
        schema,
    )
    mode: Mode = "read" if options.conversation is None else "write"
    with opened(options, mode) as library, stage_line(options) as line:
        answer = in_conversation(
            options,
            library,
            asked,
            lambda turns: library.answers.ask(
                asked.question,
                asked.collections,
                model=asked.model,
                everywhere=asked.everywhere,
                documents=asked.documents,
                turns=turns,
                task=asked.task,
                schema=schema,
                on_stage=line.stage,
                on_progress=line.progress,
            ),
        )
    if schema:
        print(output.to_json(structured_json(answer)))
    elif options.json:
        print(output.to_json(output.answer_json(answer)))
    else:
        output.show_answer(out, answer)
    return 0


def _scope(options: Options) -> list[str]:
    return [options.collection] if options.collection else []


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

    add = command(commands, "add", _add, "index folders or files and wait", json=False)
    add.add_argument("paths", nargs="+", metavar="PATH")
    add.add_argument("--collection", type=text_argument, metavar="NAME")

    remove = command(commands, "remove", _remove, "take sources out of the library", json=False)
    remove.add_argument("paths", nargs="+", metavar="PATH")

    add_managing(commands)
    add_trusting(commands)
    add_perusing(commands)
    add_watching(commands, say_rest)
    _add_reranker(commands)
    command(commands, "doctor", _doctor, "devices, memory, what was chosen and why")
    command(commands, "status", _status, "counts by state, and every problem with its reason")

    embedding = command(
        commands, "embedding", _embedding, "the library's embedding model, or choose another"
    )
    embedding.add_argument(
        "name",
        nargs="?",
        type=text_argument,
        metavar="NAME",
        help="re-embed the library with this model; interrupted, the same command goes on",
    )

    _add_questions(commands)
    add_conversations(commands)
    add_reviews(commands)
    add_prompts(commands)
    add_choosing(commands)
    add_measuring(commands)
    add_caring(commands)
    return parser


def _add_reranker(commands: Commands) -> None:
    reranker = command(
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
    reranker.add_argument(
        "--name", type=text_argument, metavar="NAME", help="default: the folder's name"
    )


def _add_questions(commands: Commands) -> None:
    search = command(commands, "search", _search, "find passages")
    search.add_argument("question", type=text_argument, metavar="QUESTION")
    search.add_argument("-k", type=_positive, default=10, help="how many (default: 10)")
    search.add_argument("--collection", type=text_argument, metavar="NAME")

    ask = command(commands, "ask", _ask, "answer a question, with citations")
    ask.set_defaults(usage=ask.error)
    ask.add_argument("question", nargs="?", type=text_argument, metavar="QUESTION")
    ask.add_argument("--collection", type=text_argument, metavar="NAME")
    ask.add_argument("--model", metavar="NAME", help="an answer model that 'doctor' names")
    add_task(ask)
    add_structuring(ask)
    add_conversation(ask)
    ask.add_argument(
        "--document", action="append", metavar="FILE", help="only this one; may be said again"
    )
    ask.add_argument(
        "--after",
        action="append",
        type=text_argument,
        metavar="QUESTION",
        help="what was asked before this question; may be said again, in order",
    )
    add_reviewing(ask)
    for each in (search, ask):
        each.add_argument(
            "--everywhere", action="store_true", help="whatever documents the question names"
        )


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("a number from 1 to 1000")
    return int(text)


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))
