"""What a model wrote under a schema -> a value that satisfies it.

The model's output parses unless it was cut off; then what is whole of it is kept. Fields that the
sources do not give are null where the schema allows it, and are left out otherwise.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from strongroom_engine.answering.structuring.schemas import Node, allows_null, problems
from strongroom_engine.errors import AnswerUnfit
from strongroom_engine.sentences import reasons
from strongroom_engine.written.dates import dates

_NOTHING = (
    {"", "-", "–", "null", "none", "n/a", "na", "unknown", "text", "text or null"}
    | {"not stated", "not specified", "not given", "not mentioned", "not provided"}
    | {"not available", "keine", "keine angabe", "nicht angegeben", "unbekannt"}
)
"""What models write for what they do not find."""
_OF_DATES = re.compile(r"(?:^|[\W_])(?:dates?|datum|daten)(?:$|[\W_])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MOST_REPAIRS = 200


def whole(text: str) -> Iterator[Any]:
    """The JSON of `text`, or of what is whole of it, the longest first."""
    for end, closing in _endings(text):
        try:
            yield json.loads(text[:end] + closing, parse_float=_finite)
        except ValueError:
            continue


def _finite(written: str) -> float | None:
    number = float(written)
    return number if math.isfinite(number) else None


def _endings(text: str) -> Iterator[tuple[int, str]]:
    """Where the text could end, from the last such place on, and what closes it there."""
    found: list[tuple[int, str]] = []
    closing: list[str] = []
    quoted = escaped = False
    for at, char in enumerate(text):
        if quoted:
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
            continue
        if char == ",":  # what stands before it is whole
            found.append((at, "".join(reversed(closing))))
        quoted = char == '"'
        if char in "{[":
            closing.append("}" if char == "{" else "]")
        elif char in "}]" and closing:
            closing.pop()
        if char in "{[}]":
            found.append((at + 1, "".join(reversed(closing))))
    return reversed([*found, (len(text), "")])


def fitted(value: Any, wanted: Node) -> Any:
    """The value with its nulls as `wanted` has them; it may still not satisfy it."""
    if choices := wanted.get("anyOf") or wanted.get("oneOf"):
        tried = (fitted(value, choice) for choice in choices)
        pairs = zip(tried, choices, strict=True)
        return next((one for one, choice in pairs if not any(problems(one, choice))), value)
    if isinstance(value, list):
        return [fitted(each, wanted.get("items", {})) for each in value]
    if isinstance(value, dict):
        return dict(_properties(value, wanted))
    return value


def _properties(value: dict[str, Any], wanted: Node) -> Iterator[tuple[str, Any]]:
    known = wanted.get("properties", {})
    for name, each in value.items():
        part = known.get(name, {})
        if not (_is_nothing(each, part) or _is_no_date(name, each)):
            yield name, fitted(each, part)
        elif allows_null(part):
            yield name, None
        elif name in wanted.get("required", ()):
            yield name, each


def _is_nothing(value: Any, part: Node) -> bool:
    if isinstance(value, str) and value not in part.get("enum", ()):
        plain = value.strip(" .").casefold()
        return plain in _NOTHING or plain == str(part.get("description", "")).strip(" .").casefold()
    return value is None


def _is_no_date(name: str, value: Any) -> bool:
    """Whether a field is called a date and holds none: small models put any words there."""
    if not isinstance(value, str) or not _OF_DATES.search(name):
        return False
    return not (dates(value) or _YEAR.search(value))


def satisfying(value: Any, wanted: Node) -> Any:
    """The value without what keeps it from satisfying `wanted`; `AnswerUnfit` where that cannot be
    taken out."""
    value = json.loads(json.dumps(value))
    for _ in range(_MOST_REPAIRS):
        error = next(problems(value, wanted), None)
        if error is None:
            return value
        if not _taken_out(value, wanted, list(error.absolute_path), str(error.validator)):
            raise AnswerUnfit(why=" ".join(error.message.split())[:200])
    raise AnswerUnfit(why=reasons.TOO_MUCH())


def _taken_out(value: Any, wanted: Node, path: Sequence[str | int], broken: str) -> bool:
    """Take the innermost thing on the path out that may be missing; whether there was one."""
    above = [value]
    for step in path:
        above.append(above[-1][step])
    if broken == "maxItems":
        above[-1].pop()
        return True
    for depth in reversed(range(len(path))):
        holder, step = above[depth], path[depth]
        if isinstance(holder, list) or _is_optional(wanted, path[:depth], step):
            del holder[step]
            return True
    return False


def _is_optional(wanted: Node, path: Sequence[str | int], name: str | int) -> bool:
    part = wanted
    for step in path:
        if isinstance(step, int):
            part = part.get("items", {})
        else:
            part = part.get("properties", {}).get(step, {})
    return name not in part.get("required", ())


# --- several answers in one ----------------------------------------------------------------------


def merged(first: Any, second: Any) -> Any:
    """What two answers say together: what the first one lacks is taken from the second."""
    if isinstance(first, dict) and isinstance(second, dict):
        names = dict.fromkeys((*first, *second))
        return {name: merged(first.get(name), second.get(name)) for name in names}
    if isinstance(first, list) and isinstance(second, list):
        return distinct([*first, *second])
    return second if first is None else first


def distinct(items: Sequence[Any]) -> list[Any]:
    """The items without those that say nothing beyond another one, in order."""
    return [items[at] for at in distinct_places(items)]


def distinct_places(items: Sequence[Any]) -> list[int]:
    """Where the items stand that say something beyond every other one."""
    said = [_said(item) for item in items]
    order = sorted(range(len(items)), key=lambda at: -len(said[at]))
    kept: list[int] = []
    for at in order:
        if said[at] and not any(said[at] <= said[other] for other in kept):
            kept.append(at)
    return sorted(kept)


def _said(item: Any) -> frozenset[tuple[str, str]]:
    """What an item states: its values, each with where it stands."""
    return frozenset(
        (pointer, " ".join(str(value).split()).casefold())
        for pointer, value in leaves(item)
        if value is not None
    )


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """The values that hold no others, each with its JSON Pointer (RFC 6901)."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, f"{pointer}/{_escaped(name)}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, f"{pointer}/{number}")
    else:
        yield pointer, value


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed; names of fields stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [with_texts(each, change) for each in value]
    if isinstance(value, dict):
        return {name: with_texts(each, change) for name, each in value.items()}
    return value


def without(value: Any, pointers: Collection[str], at: str = "") -> Any:
    """The value without the items of lists that stand at these JSON Pointers."""
    if isinstance(value, list):
        places = [(f"{at}/{number}", each) for number, each in enumerate(value)]
        return [without(each, pointers, place) for place, each in places if place not in pointers]
    if isinstance(value, dict):
        return {
            name: without(each, pointers, f"{at}/{_escaped(name)}") for name, each in value.items()
        }
    return value


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
