"""What the command line says of drives that are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text

from strongroom_engine.commands.output import clean
from strongroom_engine.types import Away, Source

_WHY = {
    Away.MISSING.value: "is not there",
    Away.REPLACED.value: "is not there; another drive or an empty folder is in its place",
    Away.SILENT.value: "does not answer",
    Away.FAILING.value: "gives errors instead of files",
}


def show_away(console: Console, sources: Sequence[Source]) -> None:
    """A line for each source that is away, and for each drive inside one."""
    for source in sources:
        if not source.present:
            why = _WHY.get(source.away, _WHY[Away.MISSING.value])
            _show(console, source.path, f"{why}{_since(source.away_ms)}")
        for place in source.places_away:
            _show(console, place, f"{_WHY[Away.MISSING.value]}")


def _show(console: Console, path: str, why: str) -> None:
    console.print(
        Text.assemble(
            ("away    ", "yellow"),
            clean(path),
            (f"\n        It {why}. What is known of it is still searched.", "dim"),
        )
    )


def _since(when_ms: int) -> str:
    if not when_ms:
        return ""
    return f" (since {datetime.fromtimestamp(when_ms / 1000).astimezone():%Y-%m-%d %H:%M})"


def away_json(sources: Sequence[Source]) -> list[dict[str, object]]:
    """The same for programs; `since_ms` is 0 where it is not known."""
    found: list[dict[str, object]] = [
        {"path": one.path, "why": one.away or Away.MISSING.value, "since_ms": one.away_ms}
        for one in sources
        if not one.present
    ]
    for source in sources:
        found += [
            {"path": place, "why": Away.MISSING.value, "since_ms": 0}
            for place in source.places_away
        ]
    return found
