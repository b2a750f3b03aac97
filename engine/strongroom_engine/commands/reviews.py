"""`strongroom ask --batch --per-document` and `strongroom reviews`: many questions over many
documents."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.table import Table
from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.commands.interrupting import INTERRUPTED, interruptible
from strongroom_engine.commands.terminal import (
    Bars,
    Commands,
    Options,
    command,
    err,
    library_folder,
    opened,
    out,
    text_argument,
)
from strongroom_engine.errors import LibraryBusy, NoLibrary, ReviewNeedsLibrary
from strongroom_engine.evaluation.files import refuse_unwritable
from strongroom_engine.library import Library
from strongroom_engine.reviews.running import Asking
from strongroom_engine.reviews.tables import refuse_unknown_format, shown, write_table
from strongroom_engine.store import header
from strongroom_engine.types import Cell, Review

SHOWN_CHARACTERS = 80
"""Of an answer in the terminal's table."""


def review_command(options: Options) -> int:
    """Ask, keep every answer at once, and write or show the table as far as it came."""
    _refuse_unusable(options)
    with Bars() as bars, _writable(options) as library, interruptible() as ended:
        review = library.reviews.run(
            str(options.batch.expanduser().absolute()),
            library.reviews.read_questions(options.batch),
            [options.collection] if options.collection else [],
            options.document or (),
            again=options.again,
            asking=Asking(options.model or "", on_progress=bars.answers, cancelled=ended.is_set),
        )
    _give(options, review)
    return INTERRUPTED if review.stopped else 0


def is_review(options: Options) -> bool:
    """Whether `ask` asks each document; what belongs to that alone is refused otherwise."""
    if options.per_document and options.batch is not None:
        return True
    given = {"--per-document": options.per_document, "--out": options.out, "--again": options.again}
    for name, value in given.items():
        if value:
            options.usage(f"{name} belongs to --batch QUESTIONS.csv --per-document")
    return False


def _refuse_unusable(options: Options) -> None:
    """Say before hours of work what could not be done after them."""
    if options.question is not None:
        options.usage("the questions are those of --batch; ask a single one without it")
    if options.task != "answer":
        options.usage("--batch answers questions; --task is for a single one")
    if options.out:
        refuse_unknown_format(options.out)
        refuse_unwritable(options.out)
    if header(library_folder(options)) is None:
        raise NoLibrary(library=library_folder(options))


@contextmanager
def _writable(options: Options) -> Iterator[Library]:
    """The library, open for writing: answers are kept in it."""
    entered = False
    try:
        with opened(options, "write") as library:
            entered = True
            yield library
    except LibraryBusy as exc:
        if entered:
            raise
        raise ReviewNeedsLibrary(library=library_folder(options)) from exc


# --- what is given -------------------------------------------------------------------------------


def _give(options: Options, review: Review) -> None:
    if options.out:
        write_table(review, options.out)
    if options.json:
        print(output.to_json(review))
    elif not options.out:
        out.print(_table(review))
    err.print(Text(_outcome(review, options.out)))


def _outcome(review: Review, file: Path | None) -> str:
    """What was done, and how to go on."""
    answered, wanted = len(review.cells), review.wanted
    where = f" Written to {output.clean(str(file))}." if file else ""
    failed = sum(bool(cell.problem) for cell in review.cells)
    problems = f" {output.count(failed, 'cell')} could not be answered." if failed else ""
    low = sum(cell.doubtful and not cell.problem for cell in review.cells)
    check = f" {low:,} should be checked." if low else ""
    quoted = any(not cell.model and not cell.problem for cell in review.cells)
    model = " There is no answer model: sentences are quoted." if quoted else ""
    if review.stopped:
        done = f"Interrupted: {answered:,} of {output.count(wanted, 'cell')} done and kept."
        return f"{done}{where} The same command goes on."
    return f"{output.count(answered, 'cell')}.{check}{problems}{model}{where}"


def _table(review: Review) -> Table:
    table = Table("Document")
    for column in review.columns:
        table.add_column(Text(output.clean(column.title)))
    cells = review.by_place()
    for document in review.documents:
        answers = [cells.get((document, each.question)) for each in review.columns]
        name = Text(output.clean(Path(document).name))
        table.add_row(name, *map(_field, answers))
    return table


def _field(cell: Cell | None) -> Text:
    """The answer, its page and how sure it is; what should be checked in yellow."""
    text = " ".join(output.clean(shown(cell)).split())
    short = text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"
    field = Text(short, "yellow" if cell and cell.doubtful else "")
    if cell and not cell.problem:
        page = cell.citations[0].page if cell.citations else None
        where = "" if page is None else f"p. {page}, "
        field.append(f"  {where}{cell.confidence:.0%}", "dim")
    return field


# --- those that are kept -------------------------------------------------------------------------


def _list(options: Options) -> int:
    with opened(options, "read") as library:
        found = library.reviews.summaries()
    if options.json:
        print(output.to_json(found))
        return 0
    table = Table("Review", "Documents", "Questions", "Answered", "Changed")
    for each in found:
        wanted = each.documents * each.questions
        changed = datetime.fromtimestamp(each.changed_ms / 1000).astimezone()
        table.add_row(
            Text(output.clean(each.name)),
            f"{each.documents:,}",
            f"{each.questions:,}",
            f"{each.done:,} of {wanted:,}",
            f"{changed:%Y-%m-%d %H:%M}",
        )
    out.print(table if found else "No review is kept.")
    return 0


def _show(options: Options) -> int:
    with opened(options, "read") as library:
        review = library.reviews.get(options.name)
    if options.json:
        print(output.to_json(review))
    else:
        out.print(_table(review))
    return 0


def _export(options: Options) -> int:
    with opened(options, "read") as library:
        library.reviews.export(options.name, options.file)
    return 0


def _go_on(options: Options) -> int:
    """Ask what is missing, or with --again these questions or documents anew."""
    with Bars() as bars, _writable(options) as library, interruptible() as ended:
        asking = Asking(options.model or "", on_progress=bars.answers, cancelled=ended.is_set)
        if options.again:
            questions, documents = options.question or (), options.document or ()
            review = library.reviews.ask_again(options.name, questions, documents, asking)
        else:
            review = library.reviews.go_on(options.name, asking)
    _give(options, review)
    return INTERRUPTED if review.stopped else 0


def _rename(options: Options) -> int:
    with _writable(options) as library:
        library.reviews.rename(options.name, options.new_name)
    return 0


def _remove(options: Options) -> int:
    with _writable(options) as library:
        library.reviews.remove(options.name)
    return 0


# --- grammar -------------------------------------------------------------------------------------


def add_reviewing(ask: argparse.ArgumentParser) -> None:
    """The options of `ask` that are about many questions."""
    ask.add_argument(
        "--batch",
        type=Path,
        metavar="QUESTIONS.csv",
        help="answer each question of a file, a line or a row each; with --json a line of JSON each",
    )
    ask.add_argument(
        "--per-document",
        action="store_true",
        help="with --batch: put each question to each document; interrupted, the same command goes on",
    )
    ask.add_argument(
        "--out", type=Path, metavar="TABLE", help="with --per-document: write a .csv or .xlsx file"
    )
    ask.add_argument(
        "--again", action="store_true", help="with --per-document: also what was answered before"
    )


def add_reviews(commands: Commands) -> None:
    """The grammar of the command about reviews that are kept."""
    about = "the reviews that are kept: list, show, export, go on, rename, remove"
    actions = command(commands, "reviews", _list, about).add_subparsers(
        metavar="ACTION", title="actions"
    )
    command(actions, "list", _list, "every review, the one asked last first")
    _named(command(actions, "show", _show, "its table"))
    export = _named(command(actions, "export", _export, "write its table", json=False))
    export.add_argument("file", type=Path, metavar="FILE", help=".csv or .xlsx")
    go_on = _named(command(actions, "go-on", _go_on, "ask what has no answer yet"))
    go_on.set_defaults(out=None)
    go_on.add_argument("--model", metavar="NAME", help="an answer model that 'doctor' names")
    go_on.add_argument("--again", action="store_true", help="ask anew what is answered already")
    go_on.add_argument(
        "--question", action="append", type=text_argument, help="with --again: only this one"
    )
    go_on.add_argument(
        "--document", action="append", metavar="FILE", help="with --again: only of this one"
    )
    rename = _named(command(actions, "rename", _rename, "give it another name", json=False))
    rename.add_argument("new_name", type=text_argument, metavar="NEW-NAME")
    _named(command(actions, "remove", _remove, "remove it and its answers", json=False))


def _named(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("name", type=text_argument, metavar="NAME")
    return parser
