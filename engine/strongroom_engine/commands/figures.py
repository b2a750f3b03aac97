"""Question sets, runs and comparisons as text for people at a terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from strongroom_engine.commands.output import clean, count, place
from strongroom_engine.evaluation.compare import ALL, Comparison, Difference
from strongroom_engine.evaluation.definitions import title
from strongroom_engine.evaluation.estimates import Estimate
from strongroom_engine.evaluation.metrics import METRICS
from strongroom_engine.judging import Figure, Judgement, QualityRun

WIDE = 120
"""Columns from which intervals are shown beside the figures."""
_STYLES = {"better": "green", "worse": "red"}


def show_evaluation(console: Console, report: dict[str, Any]) -> None:
    """The report of one set or of several."""
    for each in report.get("sets", [report]):
        _show_set(console, each)
    if "mean" in report:
        _show_means(console, report["mean"])


def _show_set(console: Console, report: dict[str, Any]) -> None:
    name, questions = clean(report["set"]), count(report["questions"], "question")
    left_out = f", {report['left_out']:,} left out" if "left_out" in report else ""
    console.print(Text(f"{name}: {questions}{left_out}", "bold"))
    table = _table("", [*map(title, METRICS), "median ms"])
    for method, values in report["methods"].items():
        figures = [(values[metric], values["95%"][metric]) for metric in METRICS]
        cells = [_cell(figure, found, console.width) for figure, found in figures]
        table.add_row(Text(method), *cells, _number(values["median_ms"], 1))
    if report["methods"]:
        console.print(table)
    if "answered" in report:
        _show_answers(console, report)
    console.print()


def _show_answers(console: Console, report: dict[str, Any]) -> None:
    table = _table("Answers", ["", "95 %", "n"])
    for name, found in report["answers_95%"].items():
        interval = "-" if found is None else f"{found[0]:.3f}–{found[1]:.3f}"
        n = f"{report['answers_n'][name]:,}"
        table.add_row(Text(title(name)), _number(report[name], 3), interval, n)
    console.print(table)


def _show_means(console: Console, means: dict[str, dict[str, Estimate]]) -> None:
    table = _table(f"Mean {ALL.removeprefix('mean ')}", [*map(title, METRICS)])
    for part, found in means.items():
        if part != "answers":
            cells = [_of(found.get(metric), console.width) for metric in METRICS]
            table.add_row(Text(part), *cells)
    console.print(table)


def _of(found: Estimate | None, width: int) -> str:
    return _cell(found.mean, (found.low, found.high), width) if found else "-"


def _cell(figure: float | None, interval: tuple[float, float] | None, width: int) -> str:
    if figure is None or interval is None:
        return "-"
    beside = f" ({interval[0]:.3f}–{interval[1]:.3f})" if width >= WIDE else ""
    return f"{figure:.3f}{beside}"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(Text(title), no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def show_comparison(console: Console, comparison: Comparison) -> None:
    """What the second changes, and whether that is real."""
    first, second = clean(comparison.first), clean(comparison.second)
    console.print(Text(f"{second} against {first}", "bold"))
    for name, (before, after) in comparison.changed.items():
        console.print(Text(clean(f"  {name}: {before or '-'} -> {after or '-'}"), "dim"))
    if comparison.unshared:
        left_out = count(comparison.unshared, "question")
        console.print(Text(f"  {left_out} that only one of them has: left out", "dim"))
    for part in dict.fromkeys((each.part, each.set) for each in comparison.differences):
        console.print()
        table = _table(clean(", ".join(part)), ["before", "after", "change", "95 %", ""])
        for each in comparison.differences:
            if (each.part, each.set) == part:
                table.add_row(*_difference(each))
        console.print(table)


def _difference(each: Difference) -> tuple[Text | str, ...]:
    digits = 1 if each.metric in {"ms", "seconds"} else 3
    return (
        Text(title(each.metric)),
        f"{each.before:.{digits}f}",
        f"{each.after:.{digits}f}",
        f"{each.difference:+.{digits}f}",
        f"{each.low:+.{digits}f} to {each.high:+.{digits}f}",
        Text(each.verdict, _STYLES.get(each.verdict, "dim")),
    )


_COUNTED = {
    "found": "right page found",
    "kept": "answered",
    "cited": "right page cited",
    "said": "right answer said",
    "refused": "rightly not answered",
    "supported": "sentences supported",
    "seconds": "seconds",
}
"""The figures of a run over the user's own set, and the heads of their columns."""


def show_quality(console: Console, runs: Sequence[QualityRun]) -> None:
    """The user's own set over time, a line a run."""
    if not runs:
        console.print(Text("Your own set was not measured yet: 'strongroom quality --measure'."))
        return
    known = [name for name in _COUNTED if any(run.figure(name) for run in runs)]
    table = _table("", [_COUNTED[name] for name in known])
    for run in runs:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.when))
        table.add_row(when, *(_count_of(run.figure(name)) for name in known))
    console.print(table)


def _count_of(figure: Figure | None) -> str:
    """'10 of 12', or the mean where it counts no questions."""
    if figure is None:
        return ""
    if figure.name in {"seconds", "supported"}:
        return f"{figure.share:.2f}"
    return f"{figure.sum:.0f} of {figure.of}"


def show_judgements(console: Console, judgements: Sequence[Judgement]) -> None:
    """The user's own set."""
    if not judgements:
        console.print("Nothing judged yet. 'strongroom judge QUESTION --right FILE:PAGE' begins.")
    for each in judgements:
        console.print(Text(clean(each.question), "bold"))
        for line in _judged(each):
            console.print(line)


def _judged(each: Judgement) -> list[Text]:
    lines = [Text("    not in the documents", "yellow")] if each.absent else []
    for one in each.places:
        gone = " (gone)" if one.file in each.missing else ""
        quote = f"  “{clean(' '.join(one.quote.split()))}”" if one.quote else ""
        lines.append(
            Text.assemble(
                ("    right: ", "green"), place(one.file, one.page), (gone, "red"), (quote, "dim")
            )
        )
    for answer in each.answers:
        label = ("    right answer: ", "green") if answer.right else ("    wrong answer: ", "red")
        lines.append(Text.assemble(label, clean(answer.text)))
    if not each.absent and not each.places:
        lines.append(Text("    not measured yet: name a right place", "dim"))
    return lines
