"""Runs made for tests."""

from __future__ import annotations

from collections.abc import Sequence

from strongroom_engine.evaluation.runs import FORMAT, Asked, Measured, Run, SetRun, Shown


def measured(values: Sequence[float | None], metric: str = "mrr@10") -> Measured:
    ranks = tuple(None if v is None else (round(1 / v) if v else 0) for v in values)
    found = tuple(Shown(f"/docs/found{n}.pdf", 3, f"found {n}") for n in range(len(values)))
    return Measured({metric: tuple(values)}, ranks, found)


def set_run(values: Sequence[float | None], name: str = "one", first: int = 0) -> SetRun:
    questions = tuple(
        Asked(f"{name}-{first + n}", f"question {first + n}?", Shown("right.pdf", 1, "the quote"))
        for n in range(len(values))
    )
    return SetRun(name, questions, {"hybrid": measured(values)})


def run(*sets: SetRun, **configuration: str) -> Run:
    return Run(FORMAT, "2026-11-25T10:00:00+00:00", configuration, sets)
