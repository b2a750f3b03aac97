"""A run, and a comparison of two, as one HTML file: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from strongroom_engine.evaluation.answers import ANSWER_METRICS
from strongroom_engine.evaluation.compare import ALL, Comparison, Difference, Pair
from strongroom_engine.evaluation.definitions import DEFINITIONS, title
from strongroom_engine.evaluation.estimates import Estimate, estimate
from strongroom_engine.evaluation.markup import Markup, joined, tag
from strongroom_engine.evaluation.metrics import METRICS
from strongroom_engine.evaluation.plots import bars, change, question_differences, rank_distribution
from strongroom_engine.evaluation.runs import Asked, Measured, Run, SetRun, Shown
from strongroom_engine.settings import assets_folder

WORST = 12
"""Questions of a set that are shown with what was found instead."""
CHANGED_MOST = 6
"""Questions of a set that are shown because they gained or lost most."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def run_page(run: Run, comparison: Comparison | None = None, pairs: Sequence[Pair] = ()) -> str:
    """The report of a run, and of what it changes where it was compared with another."""
    return _page(
        "How well Strongroom finds and answers",
        _made(run),
        _over_sets(run.sets) if len(run.sets) > 1 else None,
        *map(_set, run.sets),
        *(_comparison(comparison, pairs) if comparison else ()),
        _meanings(run.sets),
    )


def comparison_page(comparison: Comparison, pairs: Sequence[Pair]) -> str:
    """What one run changes against another, set by set and question by question."""
    return _page(
        "What one run changes against another",
        *_comparison(comparison, pairs),
        _meanings([one for one, _ in pairs]),
    )


def _comparison(comparison: Comparison, pairs: Sequence[Pair]) -> list[Markup | None]:
    parts = dict.fromkeys(each.part for each in comparison.differences)
    return [
        tag("h2", f"{comparison.second} against {comparison.first}"),
        tag("p", _unshared(comparison), class_="made"),
        _changes(comparison),
        *(_compared(part, comparison.differences) for part in parts),
        *(_question_changes(one, other) for one, other in pairs),
    ]


def _page(title: str, *body: object) -> str:
    style = Markup((assets_folder() / "report" / "report.css").read_text(encoding="utf-8"))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", style),
    )
    page = tag("html", head, tag("body", tag("h1", title), *body), lang="en")
    return f"<!doctype html>\n{page}\n"


# --- a run ---------------------------------------------------------------------------------------


def _made(run: Run) -> Markup:
    facts = [("Measured", run.made.replace("T", " ")), *run.configuration.items()]
    return tag("p", " · ".join(f"{name}: {value}" for name, value in facts), class_="made")


def _over_sets(sets: Sequence[SetRun]) -> Markup:
    said = f"{len(sets)} sets, each counting alike, with 95 % bootstrap intervals."
    return joined(
        tag("h2", "Over all sets"), tag("p", said, class_="soft"), *_figures(sets), _cards(sets)
    )


def _set(part: SetRun) -> Markup:
    asked = f"{len(part.questions):,} questions"
    if part.left_out:
        asked += f"; {part.left_out:,} left out, because their documents are gone or nobody said"
        asked += " what is right"
    ranks = [(name, measured) for name, measured in part.methods.items() if measured.ranks]
    return joined(
        tag("h2", part.name),
        tag("p", f"{asked}.", class_="soft"),
        *_figures([part]),
        _cards([part]),
        tag("h3", "Rank of the first right passage") if ranks else None,
        tag("div", *(_ranks(name, each, ranks) for name, each in ranks), class_="cards"),
        _worst(part),
    )


def _figures(sets: Sequence[SetRun]) -> list[Markup]:
    """The tables: retrieval, a row a method; answers, a row a figure."""
    methods = [name for name in sets[0].methods if all(name in part.methods for part in sets)]
    made = []
    if methods:
        rows = {name: [part.methods[name] for part in sets] for name in methods}
        made.append(_method_table(rows))
    answers = [part.answers for part in sets if part.answers]
    if answers:
        made.append(_answer_table(answers))
    return made


def _estimate(measured: Sequence[Measured], metric: str) -> Estimate | None:
    return estimate([each.of(metric) for each in measured])


def _method_table(rows: dict[str, list[Measured]]) -> Markup:
    shown = [
        metric
        for metric in (*METRICS, "ms")
        if any(_estimate(measured, metric) for measured in rows.values())
    ]
    head = [tag("th", "Method"), *(_heading(metric, rows) for metric in shown)]
    body = [
        tag(
            "tr",
            tag("th", name),
            *(_figure(_estimate(measured, metric), metric) for metric in shown),
            class_="first" if number == 0 else None,
        )
        for number, (name, measured) in enumerate(rows.items())
    ]
    return _table(head, body)


def _heading(metric: str, rows: dict[str, list[Measured]]) -> Markup:
    found = _estimate(next(iter(rows.values())), metric)
    n = tag("small", f"n = {found.n:,}") if found else None
    return tag("th", title(metric), n, class_="number")


def _answer_table(answers: Sequence[Measured]) -> Markup:
    found = {metric: _estimate(answers, metric) for metric in ANSWER_METRICS}
    body = [
        tag(
            "tr",
            tag("th", title(metric)),
            _figure(each, metric),
            tag("td", str(each.n), class_="number"),
        )
        for metric, each in found.items()
        if each
    ]
    head = [tag("th", "Answers"), tag("th", "Figure", class_="number")]
    return _table([*head, tag("th", "n", class_="number")], body)


def _table(head: Sequence[Markup], body: Sequence[Markup]) -> Markup:
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body))
    return tag("div", table, class_="wide")


def _figure(found: Estimate | None, metric: str) -> Markup:
    if found is None:
        return tag("td", "–", class_="number")
    digits = 1 if metric in {"ms", "seconds"} else 3
    interval = f"{found.low:.{digits}f} – {found.high:.{digits}f}"
    return tag("td", f"{found.mean:.{digits}f}", tag("small", interval), class_="number")


def _cards(sets: Sequence[SetRun]) -> Markup:
    methods = [name for name in sets[0].methods if all(name in part.methods for part in sets)]
    cards = []
    for metric in METRICS:
        found = [
            (name, _estimate([part.methods[name] for part in sets], metric)) for name in methods
        ]
        there = [(name, each) for name, each in found if each]
        if there:
            cards.append(tag("figure", tag("figcaption", title(metric)), bars(there)))
    return tag("div", *cards, class_="cards")


def _ranks(name: str, measured: Measured, all_of: Sequence[tuple[str, Measured]]) -> Markup:
    ranks = [rank for rank in measured.ranks if rank is not None]
    kind = "first" if name == all_of[0][0] else "other"
    return tag("figure", tag("figcaption", name), rank_distribution(ranks, kind))


def _worst(part: SetRun) -> Markup | None:
    """The questions whose right passage came last, with what was found first instead."""
    name, measured = next(iter(part.methods.items()), ("", Measured({})))
    missed = [
        (rank or 10**6, row) for row, rank in enumerate(measured.ranks) if rank not in {None, 1}
    ]
    if not missed:
        return None
    shown = [
        _question(part.questions[row], measured.found[row], _rank(measured.ranks[row]))
        for _, row in sorted(missed, key=lambda each: (-each[0], each[1]))[:WORST]
    ]
    return joined(tag("h3", f"What went worst ({name})"), *shown)


def _rank(rank: int | None) -> str:
    return f"at rank {rank}" if rank else "not found"


def _question(asked: Asked, found: Shown | None, outcome: str) -> Markup:
    return tag(
        "div",
        tag("p", tag("bdi", asked.question), class_="asked"),
        _place("Right", asked.wanted, outcome),
        _place("Found first", found, "") if found else tag("p", "Nothing was found."),
        class_="question",
    )


def _place(label: str, shown: Shown | None, outcome: str) -> Markup | None:
    if shown is None:
        return None
    page = f", p. {shown.page}" if shown.page is not None else ""
    return tag(
        "p",
        tag("span", label, class_="label"),
        tag("bdi", f"{Path(shown.file).name}{page}"),
        f" ({outcome})" if outcome else None,
        tag("span", " – ", tag("bdi", shown.text), class_="soft") if shown.text else None,
    )


# --- a comparison --------------------------------------------------------------------------------


def _unshared(comparison: Comparison) -> str:
    said = "Only questions that both have are compared, question by question."
    if comparison.unshared:
        said += f" {comparison.unshared:,} that only one of them has are left out."
    return said


def _changes(comparison: Comparison) -> Markup:
    if not comparison.changed:
        return tag("p", "Both were configured alike, as far as a run says.")
    head = [tag("th", text) for text in ("Configured", comparison.first, comparison.second)]
    body = [
        tag("tr", tag("th", name), tag("td", before or "–"), tag("td", after or "–"))
        for name, (before, after) in comparison.changed.items()
    ]
    return _table(head, body)


def _compared(part: str, differences: Sequence[Difference]) -> Markup:
    """The table of one method, the mean over the sets first."""
    mine = [each for each in differences if each.part == part]
    mine.sort(key=lambda each: each.set != ALL)
    columns = ("Set", "Figure", "Before", "After", "Difference", "", "n", "")
    return joined(
        tag("h3", part), _table([tag("th", each) for each in columns], [*map(_row, mine)])
    )


def _row(each: Difference) -> Markup:
    digits = 1 if each.metric in {"ms", "seconds"} else 3
    kind = each.verdict if each.verdict in {"better", "worse"} else "same"
    reach = max(abs(each.low), abs(each.high), 0.1)
    interval = f"{each.low:+.{digits}f} – {each.high:+.{digits}f}"
    return tag(
        "tr",
        tag("td", each.set),
        tag("td", title(each.metric)),
        tag("td", f"{each.before:.{digits}f}", class_="number"),
        tag("td", f"{each.after:.{digits}f}", class_="number"),
        tag("td", f"{each.difference:+.{digits}f}", tag("small", interval), class_="number"),
        tag("td", change(each.low, each.difference, each.high, reach, kind)),
        tag("td", f"{each.n:,}", class_="number"),
        tag("td", each.verdict, class_=kind),
        class_="first" if each.set == ALL else None,
    )


def _question_changes(one: SetRun, other: SetRun) -> Markup | None:
    """How the first shared method changed each question's rank of the right passage."""
    name = next((name for name in one.methods if name in other.methods), None)
    if name is None:
        return None
    metric = "mrr@10" if one.methods[name].of("mrr@10") else next(iter(one.methods[name].values))
    before, after = one.methods[name].values[metric], other.methods[name].values.get(metric, ())
    rows = [
        (b - a, row)
        for row, (a, b) in enumerate(zip(before, after, strict=False))
        if a is not None and b is not None
    ]
    if not rows:
        return None
    figure = question_differences([difference for difference, _ in rows])
    most = sorted((each for each in rows if each[0]), key=lambda each: -abs(each[0]))[:CHANGED_MOST]
    return joined(
        tag("h3", f"{one.name}: question by question"),
        tag("figure", tag("figcaption", f"{name}, difference of {title(metric)}"), figure),
        *(
            _changed(one.questions[row], one.methods[name], other.methods[name], row)
            for _, row in most
        ),
    )


def _changed(asked: Asked, before: Measured, after: Measured, row: int) -> Markup:
    ranks = [measured.ranks[row] if measured.ranks else None for measured in (before, after)]
    outcome = f"before {_rank(ranks[0])}, after {_rank(ranks[1])}"
    return _question(asked, after.found[row] if after.found else None, outcome)


# --- both ----------------------------------------------------------------------------------------


def _meanings(sets: Sequence[SetRun]) -> Markup:
    """What each figure says."""
    shown = {
        metric
        for part in sets
        for measured in part.parts.values()
        for metric in measured.values
        if measured.of(metric)
    }
    rows = [
        tag("tr", tag("th", title(name)), tag("td", meaning))
        for name, meaning in DEFINITIONS.items()
        if name in shown
    ]
    note = (
        "Intervals are 95 % bootstrap intervals over the questions. Two configurations differ for"
        " real ('better', 'worse') where the interval of their difference leaves out zero; of"
        " twenty comparisons of equals, one looks real by chance."
    )
    return joined(
        tag("h2", "What the figures say"), tag("p", note), tag("table", tag("tbody", *rows))
    )
