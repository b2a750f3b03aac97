"""The commands that measure: `eval` on question sets, `judge` for the user's own one, `quality`
for that one over time."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs
from rich.text import Text

from strongroom_engine.commands import figures, output
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
from strongroom_engine.errors import NoLibrary
from strongroom_engine.evaluation.compare import Comparison, compare_runs, shared_questions
from strongroom_engine.evaluation.files import refuse_unwritable, write_report
from strongroom_engine.evaluation.html import comparison_page, run_page
from strongroom_engine.evaluation.report import report
from strongroom_engine.evaluation.run import METHODS
from strongroom_engine.evaluation.runs import Run, load_run, save_run
from strongroom_engine.judging import Place
from strongroom_engine.library import Library
from strongroom_engine.settings import load_settings
from strongroom_engine.store import LibraryKey, header

# --- eval ----------------------------------------------------------------------------------------


def _eval(options: Options) -> int:
    for file in (options.save, options.html):
        if file is not None:
            refuse_unwritable(file)
    if options.compare:
        _compare(options)
    elif options.questions or options.own:
        _measure(options)
    else:
        options.usage("name a question set, or --own, or --compare")
    return 0


def _compare(options: Options) -> None:
    first, second = map(load_run, options.compare)
    comparison = _compared(first, second, *options.compare)
    if options.html:
        write_report(options.html, comparison_page(comparison, shared_questions(first, second)))
    if options.json:
        print(output.to_json(comparison))
    else:
        figures.show_comparison(out, comparison)


def _compared(first: Run, second: Run, before: Path, after: Path | str) -> Comparison:
    return compare_runs(first, second, (str(before), str(after)))


def _measure(options: Options) -> None:
    before = load_run(options.against) if options.against else None  # said before the work
    run = _run(options)
    if options.save:
        save_run(run, options.save)
    comparison = None
    if before is not None:
        comparison = _compared(before, run, options.against, options.save or "this run")
    if options.html:
        pairs = shared_questions(before, run) if before else ()
        write_report(options.html, run_page(run, comparison, pairs))
    _show(options, run, comparison)


def _show(options: Options, run: Run, comparison: Comparison | None) -> None:
    made = report(run)
    if options.json:
        print(output.to_json(made | ({"comparison": comparison} if comparison else {})))
        return
    figures.show_evaluation(out, made)
    if comparison:
        figures.show_comparison(out, comparison)


def _run(options: Options) -> Run:
    """The sets named, each in the library named or in one of their own; the user's in theirs."""
    runs = []
    if options.questions:
        with Bars() as bars, _library_for_sets(options, bars) as library:
            runs.append(_evaluated(options, library, bars, own=False))
    if options.own:
        with Bars() as bars, opened(options, "read") as library:
            runs.append(_evaluated(options, library, bars, own=True))
    return structs.replace(runs[0], sets=tuple(part for run in runs for part in run.sets))


def _evaluated(options: Options, library: Library, bars: Bars, *, own: bool) -> Run:
    return library.evaluate(
        () if own else options.questions,
        options.root,
        own=own,
        methods=tuple(dict.fromkeys(options.method or METHODS)),
        answers=options.answers,
        on_progress=bars.questions,
    )


@contextmanager
def _library_for_sets(options: Options, bars: Bars) -> Iterator[Library]:
    """The library named, or one that is gone afterwards: documents of a set are not the user's."""
    if options.library is not None and not options.own:
        with opened(options, "write", on_progress=bars.indexing) as library:
            yield library
        return
    with tempfile.TemporaryDirectory(prefix="strongroom-eval-") as folder:
        key = LibraryKey(secrets.token_bytes(32), "key file")
        with Library(
            Path(folder) / "library", key, settings=load_settings(), on_progress=bars.indexing
        ) as library:
            yield library


# --- judge ---------------------------------------------------------------------------------------


def _judge(options: Options) -> int:
    if header(library_folder(options)) is None:
        raise NoLibrary(library=library_folder(options))
    if options.export is not None:
        return _export(options)
    if options.question is None:
        return _list(options)
    if options.quote and len(options.right or ()) != 1:
        options.usage("--quote belongs to exactly one --right")
    with opened(options, "write") as library:
        if options.remove:
            library.own.forget(options.question)
            err.print(Text(f"Taken out of your own set: {output.clean(options.question)}"))
            return 0
        judged = library.own.judge(
            options.question,
            right=[_place(each, options.quote) for each in options.right or ()],
            wrong=[_place(each) for each in options.not_right or ()],
            right_answer=options.right_answer,
            wrong_answer=options.wrong_answer,
            absent=True if options.absent else None,
        )
    if options.json:
        print(output.to_json(judged))
    else:
        figures.show_judgements(out, [judged])
    return 0


def _list(options: Options) -> int:
    with opened(options, "read") as library:
        judgements = library.own.judgements()
    if options.json:
        print(output.to_json({"judgements": judgements}))
    else:
        figures.show_judgements(out, judgements)
    return 0


def _export(options: Options) -> int:
    with opened(options, "read") as library:
        text = library.own.export(options.root)
    if str(options.export) == "-":
        print(text, end="")
        return 0
    write_report(options.export, text)
    lines = output.count(text.count("\n"), "question")
    err.print(Text(f"{lines} written to {output.clean(str(options.export))}"))
    return 0


def _place(argument: str, quote: str = "") -> Place:
    """FILE or FILE:PAGE; a file that is really called so comes first."""
    file, _, page = argument.rpartition(":")
    if file and page.isascii() and page.isdecimal() and not Path(argument).exists():
        return Place(file, int(page), quote=quote)
    return Place(argument, quote=quote)


# --- quality -------------------------------------------------------------------------------------


def _quality(options: Options) -> int:
    if options.measure:
        with Bars() as bars, opened(options, "write") as library:
            library.quality.run(answers=options.answers, on_progress=bars.questions)
            runs = library.quality.runs()
    else:
        with opened(options, "read") as library:
            runs = library.quality.runs()
    if options.json:
        print(output.to_json({"runs": runs}))
    else:
        figures.show_quality(out, runs)
    return 0


# --- grammar -------------------------------------------------------------------------------------


def add_measuring(commands: Commands) -> None:
    """The grammar of the three commands."""
    measure = command(commands, "eval", _eval, "measure retrieval and answers on question sets")
    measure.set_defaults(usage=measure.error)
    measure.add_argument("questions", nargs="*", type=Path, metavar="QUESTIONS.jsonl")
    measure.add_argument("--own", action="store_true", help="your own set ('judge'), as it is now")
    measure.add_argument("--root", type=Path, metavar="DOCS", help="default: docs beside each file")
    measure.add_argument(
        "--method", action="append", choices=METHODS, help="only this one; may be said again"
    )
    measure.add_argument("--answers", action="store_true", help="ask the answer model, too")
    measure.add_argument(
        "--save", type=Path, metavar="RUN", help="keep each question's figures to compare with"
    )
    measure.add_argument(
        "--against", type=Path, metavar="RUN", help="say what is different from a run kept before"
    )
    measure.add_argument(
        "--compare", nargs=2, type=Path, metavar="RUN", help="of two kept runs, and measure nothing"
    )
    measure.add_argument("--html", type=Path, metavar="FILE", help="a report with plots")
    _add_judge(commands)
    _add_quality(commands)


def _add_quality(commands: Commands) -> None:
    quality = command(
        commands, "quality", _quality, "how well your own set was answered, over time"
    )
    quality.add_argument("--measure", action="store_true", help="now, and keep the figures")
    quality.add_argument("--answers", action="store_true", help="ask the answer model, too")


def _add_judge(commands: Commands) -> None:
    judge = command(commands, "judge", _judge, "keep what is right: your own question set")
    judge.set_defaults(usage=judge.error)
    judge.add_argument(
        "question", nargs="?", type=text_argument, metavar="QUESTION", help="without: list them all"
    )
    judge.add_argument(
        "--right", action="append", metavar="FILE[:PAGE]", help="this place answers it"
    )
    judge.add_argument(
        "--quote", type=text_argument, default="", help="words that stand there and answer it"
    )
    judge.add_argument(
        "--not-right", action="append", metavar="FILE[:PAGE]", help="it does not after all"
    )
    judge.add_argument("--right-answer", type=text_argument, default="", metavar="TEXT")
    judge.add_argument("--wrong-answer", type=text_argument, default="", metavar="TEXT")
    judge.add_argument("--absent", action="store_true", help="the documents do not answer it")
    judge.add_argument("--remove", action="store_true", help="take the question out again")
    judge.add_argument(
        "--export", type=Path, metavar="FILE", help="write them all as a question set (- prints it)"
    )
    judge.add_argument("--root", type=Path, metavar="DOCS", help="paths there are relative to this")
