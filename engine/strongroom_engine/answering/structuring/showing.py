"""The data of a structured answer -> lines that a person can read, with what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from strongroom_engine.types import Doubt, Sentence, Value
from strongroom_engine.written.dates import dates
from strongroom_engine.written.numbers import numbers


@dataclass(frozen=True, slots=True)
class Shown:
    """A line for each item of a list and for each field of an object; values that stand in no
    source are doubted."""

    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def shown_data(data: Any, values: Sequence[Value]) -> Shown:
    """`values` are those of the data, in order."""
    text = ""
    sentences: list[Sentence] = []
    doubts: list[Doubt] = []
    for head, group in groupby(values, key=lambda value: _line_of(data, value.pointer)):
        together = list(group)
        text += "\n" if text else ""
        start = len(text)
        text += _headed(head, together)
        for part, value in _parts(head, together):
            text += part
            if not value.supported:
                end = len(text)
                doubts.append(Doubt(end - len(_flat(value.text)), end, _kind(value.text)))
        sentences.append(_sentence(start, len(text), together))
    return Shown(text, tuple(sentences), tuple(doubts))


def _sentence(start: int, end: int, values: Sequence[Value]) -> Sentence:
    numbers_ = dict.fromkeys(number for value in values for number in value.citations)
    return Sentence(start, end, all(value.supported for value in values), tuple(numbers_))


def _line_of(data: Any, pointer: str) -> str:
    """The pointer of the item or field that a value's line is about."""
    steps = pointer.split("/")
    inner = data.get(_name(steps[1])) if isinstance(data, dict) and len(steps) > 1 else None
    return "/".join(steps[: 3 if isinstance(inner, list) else 2])


def _headed(head: str, values: Sequence[Value]) -> str:
    """What stands before a line's values: the number of a list's item, the name of a field."""
    said = _label(head)
    alone = len(values) == 1 and values[0].pointer == head
    if head.count("/") == 1 and head[1:].isdigit():
        return f"{int(head[1:]) + 1}. "
    return f"{said}: " if said and (alone or head) else ""


def _parts(head: str, values: Sequence[Value]) -> Iterator[tuple[str, Value]]:
    for number, value in enumerate(values):
        inner = _label(value.pointer[len(head) :])
        before = "; " if number else ""
        yield f"{before}{f'{inner}: ' if inner else ''}{_flat(value.text)}", value


def _label(pointer: str) -> str:
    """'/party/name' as 'party name'; the numbers of items are left out."""
    return " ".join(_name(step) for step in pointer.split("/")[1:] if not step.isdigit())


def _name(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _kind(text: str) -> str:
    if dates(text):
        return "date"
    found = numbers(text)
    if any(number.unit for number in found):
        return "amount"
    return "number" if found or text in {"true", "false"} else "name"
