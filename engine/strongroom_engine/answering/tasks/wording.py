"""Differences -> lines that can be read, by their place, each cited in both documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from strongroom_engine.answering.tasks.body import Body, Token, Unit
from strongroom_engine.answering.tasks.citing import Writer, quoted, shown
from strongroom_engine.answering.tasks.differences import (
    Change,
    Comparison,
    Difference,
    by_kind,
    is_rewritten,
    tokens,
)

BEFORE, BEHIND = 3, 2
"""Words around a change that are shown with it."""
SENTENCE_CHARACTERS = 320
"""So much is shown of a sentence that is new, gone or written anew."""
MOVED_CHARACTERS = 90
MOST_LINES = 200
"""More differences than this are counted, not listed; `data` has them all."""
FACTS_FROM = 7
"""From so many lines on the numbers, dates and amounts that changed are also listed first."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The two documents that are compared."""

    old: Body
    new: Body

    def names(self) -> tuple[str, str]:
        """What the two are called: their file names, with the folder where these are the same."""
        paths = PurePath(self.old.path), PurePath(self.new.path)
        if paths[0].name != paths[1].name:
            return paths[0].name, paths[1].name
        return tuple("/".join(path.parts[-2:]) for path in paths)  # type: ignore[return-value] # two


def write_differences(writer: Writer, versions: Versions, comparison: Comparison) -> None:
    """All of it: how many differences there are, the facts first, then each in its place."""
    found = comparison.differences
    writer.line(summary(versions, comparison))
    lines = [(one, _line(one, versions)) for one in found]
    facts = [(one, change) for one in found for change in one.changes if change.fact]
    if facts and len(lines) >= FACTS_FROM:
        writer.line("")
        writer.line("Numbers, dates and amounts that changed:")
        for one, change in facts[:MOST_LINES]:
            text = f"{_place(one, versions)}: {_words(one, change, versions)}"
            writer.line(text, _cited(writer, one, versions, [change]), mark="- ")
        writer.line("")
        writer.line("All differences, in their order:")
    for one, text in lines[:MOST_LINES]:
        writer.line(text, _cited(writer, one, versions, one.changes), mark="- ")
    if len(lines) > MOST_LINES:
        writer.line(f"{len(lines) - MOST_LINES} more differences are not listed here.")


def summary(versions: Versions, comparison: Comparison) -> str:
    """How many differences there are, in one line."""
    old, new = versions.names()
    if not comparison.differences:
        return f"{old} and {new} say the same: no difference in {comparison.same} passages."
    counts = by_kind(comparison.differences)
    order = ("changed", "added", "removed", "moved", "renumbered")
    said = ", ".join(f"{counts[kind]} {kind}" for kind in order if kind in counts)
    total = len(comparison.differences)
    many = "1 difference" if total == 1 else f"{total} differences"
    return f"{many} from {old} to {new}: {said}. {comparison.same} passages are the same."


def data(versions: Versions, comparison: Comparison) -> str:
    """The differences as JSON, positions in document coordinates."""
    return json.dumps(
        {
            "documents": [versions.old.path, versions.new.path],
            "same": comparison.same,
            "differences": [_record(one, versions) for one in comparison.differences],
        },
        ensure_ascii=False,
    )


def _record(one: Difference, versions: Versions) -> dict[str, object]:
    return {
        "kind": one.kind,
        "place": one.place,
        "old": _side(one.old, versions.old),
        "new": _side(one.new, versions.new),
        "words": [
            {
                "old": _text(versions.old, tokens(one.old)[slice(*change.old)]),
                "new": _text(versions.new, tokens(one.new)[slice(*change.new)]),
                "fact": change.fact,
            }
            for change in one.changes
        ],
    }


def _side(units: Sequence[Unit], body: Body) -> dict[str, object] | None:
    if not units:
        return None
    start, end = units[0].start, units[-1].end
    return {
        "page": body.page(start),
        "start": start,
        "end": end,
        "text": shown(body.flow[start:end]),
    }


# --- one line ------------------------------------------------------------------------------------


def _line(one: Difference, versions: Versions) -> str:
    place = _place(one, versions)
    match one.kind:
        case "added":
            return f"{place}, added: {_sentence(one.new, versions.new)}"
        case "removed":
            return f"{place}, removed: {_sentence(one.old, versions.old)}"
        case "renumbered":
            return f"{one.old[0].number} is now {one.new[0].number}: {_begin(one, versions)}"
        case "moved":
            was, now = _behind(one.old, versions.old), _behind(one.new, versions.new)
            changed = f"; changed: {_changes(one, versions)}" if one.changes else ""
            return f"{place}, moved: {_begin(one, versions)} was {was}, is {now}{changed}"
        case "changed":
            return f"{place}: {_changes(one, versions)}"


def _place(one: Difference, versions: Versions) -> str:
    return _at(one.new, versions.new) if one.new else _at(one.old, versions.old)


def _at(units: Sequence[Unit], body: Body) -> str:
    page = body.page(units[0].start)
    return units[0].place or (f"Page {page}" if page else f"Passage {units[0].index + 1}")


def _behind(units: Sequence[Unit], body: Body) -> str:
    index = units[0].index
    return f"behind {_at(body.units[index - 1 : index], body)}" if index else "at the beginning"


def _begin(one: Difference, versions: Versions) -> str:
    return _sentence(one.new, versions.new, MOVED_CHARACTERS)


def _sentence(units: Sequence[Unit], body: Body, most: int = SENTENCE_CHARACTERS) -> str:
    return f"“{shown(body.flow[units[0].start : units[-1].end], most)}”"


def _changes(one: Difference, versions: Versions) -> str:
    if is_rewritten(one):
        return f"{_sentence(one.old, versions.old)} → {_sentence(one.new, versions.new)}"
    said = "; ".join(_words(one, change, versions) for change in one.changes)
    return f"{said} (punctuation only)" if one.minor else said


def _words(one: Difference, change: Change, versions: Versions) -> str:
    """The words that changed, old and new, with a few around them that did not."""
    old = _around(versions.old, tokens(one.old), change.old)
    new = _around(versions.new, tokens(one.new), change.new)
    return f"“{old}” → “{new}”"


def _around(body: Body, found: Sequence[Token], words: tuple[int, int]) -> str:
    first = max(words[0] - BEFORE, 0)
    last = min(max(words[1], words[0]) + BEHIND, len(found))
    return _text(body, found[first:last])


def _text(body: Body, found: Sequence[Token]) -> str:
    return shown(body.flow[found[0].start : found[-1].end]) if found else ""


def _cited(
    writer: Writer, one: Difference, versions: Versions, changes: Sequence[Change]
) -> list[int]:
    """Citations into the old document and the new one, around what changed."""
    numbers = []
    for change in changes or (None,):
        old = change.old if change else (0, len(tokens(one.old)))
        new = change.new if change else (0, len(tokens(one.new)))
        if one.old:
            numbers.append(writer.cite(versions.old, *quoted(versions.old, one.old, old)))
        if one.new:
            numbers.append(writer.cite(versions.new, *quoted(versions.new, one.new, new)))
    return numbers
