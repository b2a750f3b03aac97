"""The report's plots, as small inline SVG. Colours are the style sheet's (by class)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from strongroom_engine.evaluation.estimates import Estimate
from strongroom_engine.evaluation.markup import Markup, joined, tag

ROW = 22
LABEL = 74
BAR = 150
VALUE = 46

BUCKETS: tuple[tuple[str, range], ...] = (
    ("1", range(1, 2)),
    ("2", range(2, 3)),
    ("3", range(3, 4)),
    ("4–5", range(4, 6)),
    ("6–10", range(6, 11)),
    ("11–20", range(11, 21)),
    ("21–50", range(21, 51)),
    ("51+", range(51, 1_000_000)),
    ("none", range(1)),
)
"""Ranks of the right passage, as they are counted together; 0 is 'not found'."""


def bars(rows: Sequence[tuple[str, Estimate]], top: float = 1.0) -> Markup:
    """A bar a row from 0 to `top`, with its interval; the first row is the one in question."""

    def x(value: float) -> float:
        return round(LABEL + BAR * min(max(value / top, 0), 1), 1)

    height = ROW * len(rows) + 2
    drawn = [
        _bar(number, name, found, x, "first" if number == 0 else "other")
        for number, (name, found) in enumerate(rows)
    ]
    axis = tag("line", x1=LABEL, x2=LABEL, y1=0, y2=height, class_="axis")
    label = ", ".join(f"{name} {found.mean:.3f}" for name, found in rows)
    return _svg(LABEL + BAR + VALUE, height, label, *drawn, axis)


def _bar(number: int, name: str, found: Estimate, x: Callable[[float], float], kind: str) -> Markup:
    top, middle = ROW * number + 4, ROW * number + ROW / 2 + 0.5
    width = max(x(found.mean) - LABEL, 0.5)
    said = f"{name}: {found.mean:.3f}, 95 % {found.low:.3f} to {found.high:.3f}, n = {found.n}"
    return tag(
        "g",
        tag("title", said),
        tag("text", name, x=LABEL - 6, y=middle + 4, class_="name"),
        tag("rect", x=LABEL, y=top, width=width, height=ROW - 7, rx=2, class_=kind),
        _interval(x(found.low), x(found.high), middle),
        tag("text", f"{found.mean:.3f}", x=LABEL + BAR + 6, y=middle + 4, class_="value"),
    )


def _interval(low: float, high: float, y: float) -> Markup:
    ends = [tag("line", x1=x, x2=x, y1=y - 3, y2=y + 3, class_="interval") for x in (low, high)]
    return joined(tag("line", x1=low, x2=high, y1=y, y2=y, class_="interval"), *ends)


def rank_distribution(ranks: Sequence[int], kind: str) -> Markup:
    """How often the right passage came at which rank, as shares of the questions."""
    counts = [sum(rank in bucket for rank in ranks) for _, bucket in BUCKETS]
    width, height = 36, 72
    total = max(len(ranks), 1)
    drawn = []
    for number, ((name, _), count) in enumerate(zip(BUCKETS, counts, strict=True)):
        tall = round(height * count / total, 1)
        left, share = number * width + 3, count / total
        missed = "missed" if name == "none" else kind
        drawn += [
            tag("title", f"rank {name}: {count} of {total}"),
            tag(
                "rect",
                x=left,
                y=16 + height - tall,
                width=width - 6,
                height=tall,
                rx=2,
                class_=missed,
            ),
            tag("text", name, x=left + width / 2 - 3, y=height + 30, class_="tick"),
            tag("text", f"{share:.0%}", x=left + width / 2 - 3, y=12 + height - tall, class_="tick")
            if count
            else None,
        ]
    base = tag("line", x1=0, x2=width * len(BUCKETS), y1=16 + height, y2=16 + height, class_="axis")
    label = ", ".join(f"rank {name}: {n}" for (name, _), n in zip(BUCKETS, counts, strict=True))
    return _svg(width * len(BUCKETS), height + 36, label, *drawn, base)


def change(low: float, middle: float, high: float, reach: float, kind: str) -> Markup:
    """One interval around zero, of a scale from -`reach` to `reach`."""
    half = 70

    def x(value: float) -> float:
        return round(half + 6 + half * min(max(value / reach, -1), 1), 1)

    zero = tag("line", x1=x(0), x2=x(0), y1=0, y2=18, class_="axis")
    dot = tag("circle", cx=x(middle), cy=9, r=3.5, class_=kind)
    said = f"{middle:+.3f}, 95 % {low:+.3f} to {high:+.3f}"
    return _svg(2 * half + 12, 18, said, zero, _interval(x(low), x(high), 9), dot)


def question_differences(differences: Sequence[float]) -> Markup:
    """A bar for each question, from the one that lost most to the one that gained most."""
    ordered = sorted(differences)
    reach = max((abs(value) for value in ordered), default=0) or 1.0
    width, half = 560, 56
    step = width / max(len(ordered), 1)
    drawn = [
        tag(
            "rect",
            x=round(number * step, 2),
            y=round(half - half * max(value, 0) / reach, 2),
            width=round(max(step - 0.4, 0.4), 2),
            height=round(half * abs(value) / reach, 2),
            class_="gain" if value > 0 else "loss",
        )
        for number, value in enumerate(ordered)
        if value
    ]
    lost, gained = sum(v < 0 for v in ordered), sum(v > 0 for v in ordered)
    said = f"{lost} questions lost, {gained} gained, {len(ordered) - lost - gained} are the same"
    axis = tag("line", x1=0, x2=width, y1=half, y2=half, class_="axis")
    return _svg(width, 2 * half, said, *drawn, axis)


def _svg(width: float, height: float, label: str, *children: object) -> Markup:
    return tag(
        "svg",
        *children,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_label=label,
    )
