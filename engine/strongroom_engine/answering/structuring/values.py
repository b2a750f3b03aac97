"""The values of a structured answer -> where each stands in what was read, word for word.

Texts may differ from their source in white space, capital letters and hyphens at line ends, dates
and numbers in how they are written. Whether something is true, and which of a list of choices it is,
the model judges: such a value is never supported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from strongroom_engine.answering.grounding.evidence import QUOTE_CHARACTERS, passage_evidence
from strongroom_engine.answering.grounding.ground import citation_of
from strongroom_engine.answering.structuring.fitting import leaves
from strongroom_engine.answering.structuring.schemas import Node, is_choice
from strongroom_engine.answering.tasks.cells import Source
from strongroom_engine.answering.text import Span
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Citation, Value
from strongroom_engine.written.numbers import numbers

_PARTS = re.compile(r"\s*(?:[,;\n/&]|\band\b|\bund\b)\s*", re.IGNORECASE)

Place = tuple[int, Span]
"""The number of a passage, and a span of its text."""


class Citing:
    """Finds values in passages and numbers the quotes that hold them, in order of first use."""

    def __init__(self, passages: Sequence[StoredChunk]) -> None:
        self._passages = passages
        self._sources = [Source(passage.text) for passage in passages]
        self._units = [
            [span for span, _ in passage_evidence(passage, rows=True).sentences]
            for passage in passages
        ]
        self._numbers: dict[tuple[str, int | None, int, int], int] = {}
        self.citations: list[Citation] = []

    def values(self, item: Any, wanted: Node, pointer: str, first: Sequence[int]) -> list[Value]:
        """The values of one item of an answer, each with its citations; nulls and empty texts have none.

        `wanted` is the item's schema. What belongs together is looked for near its longest text.
        `first` are the passages that it was written from, which are looked into before all others.
        """
        found = [(at, value) for at, value in leaves(item) if value not in (None, "")]
        order = list(dict.fromkeys((*first, *range(len(self._passages)))))
        longest = max((value for _, value in found if isinstance(value, str)), key=len, default="")
        if anchors := self._find(longest, order, 0):
            order = list(dict.fromkeys((anchors[0][0], *order)))
        near = anchors[0][1][0] if anchors else 0
        return [
            Value(pointer + at, said(value), supported=False)
            if is_judged(value, wanted, at)
            else self._value(pointer + at, value, order, near)
            for at, value in found
        ]

    def _value(self, pointer: str, value: Any, order: Sequence[int], near: int) -> Value:
        places = self._find(value, order, near)
        cited = [number for place in places if (number := self._cite(*place)) is not None]
        whole = bool(places) and len(cited) == len(places)
        return Value(pointer, said(value), whole, tuple(dict.fromkeys(cited)) if whole else ())

    def _find(self, value: Any, order: Sequence[int], near: int) -> list[Place]:
        """Where a value stands: at one place, or those of its parts where it lists several.

        As it is written in any of the passages, before written differently in the first.
        """
        ways: tuple[Callable[[Any, int, int], Sequence[Span]], ...] = (self._counted,)
        if isinstance(value, str):
            ways = (self._exactly, self._loosely)
        for find in ways:
            for at, passage in enumerate(order):
                if spans := find(value, passage, near if at == 0 else 0):
                    return [(passage, span) for span in spans]
        return []

    def _exactly(self, value: str, passage: int, near: int) -> Sequence[Span]:
        return _nearest(_literal(value, self._passages[passage].text), near)

    def _counted(self, value: float, passage: int, near: int) -> Sequence[Span]:
        return _nearest(_counted(value, self._passages[passage].text), near)

    def _loosely(self, value: str, passage: int, near: int) -> Sequence[Span]:
        """A date or a hyphenated word in another spelling, or all that a text lists, close
        together."""
        parts = [part for part in _PARTS.split(value) if part]
        found = [self._sources[passage].find(part, near) for part in parts]
        if not found or not all(found):
            return ()
        spans = [span for part in found for span in part]
        reach = max(end for _, end in spans) - min(start for start, _ in spans)
        return spans if reach <= QUOTE_CHARACTERS else ()

    def _cite(self, passage: int, span: Span) -> int | None:
        """The number of the quote that holds a span; None where that runs over pages."""
        chunk = self._passages[passage]
        quote = self._quote(passage, span)
        made = citation_of(chunk, quote, 1.0, len(self.citations) + 1)
        if quote[0] + len(made.quote) < span[1]:
            return None
        key = made.file, made.page, made.start, made.end
        if key not in self._numbers:
            self._numbers[key] = made.n
            self.citations.append(made)
        return self._numbers[key]

    def _quote(self, passage: int, span: Span) -> Span:
        """The sentence around a span, or the sentences, as far as they are short enough."""
        around = [unit for unit in self._units[passage] if unit[0] < span[1] and span[0] < unit[1]]
        if not around:
            return span
        start, end = min(around[0][0], span[0]), max(around[-1][1], span[1])
        chunk = self._passages[passage]
        parted = any(start < turn - chunk.start < end for turn in chunk.page_starts)
        return span if parted or end - start > QUOTE_CHARACTERS else (start, end)


def is_judged(value: Any, wanted: Node, pointer: str) -> bool:
    """Whether a value is no word of a source but what the model makes of one."""
    return isinstance(value, bool) or is_choice(wanted, pointer)


def said(value: Any) -> str:
    """A value as a person reads it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _nearest(spans: Iterable[Span], near: int) -> tuple[Span, ...]:
    best = min(spans, key=lambda span: abs(span[0] - near), default=None)
    return (best,) if best else ()


def _literal(value: str, text: str) -> Iterator[Span]:
    """Where a text stands as it is, between words."""
    pattern = r"\s+".join(re.escape(word) for word in value.split())
    if pattern:
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            yield match.span()


def _counted(value: float, text: str) -> Iterator[Span]:
    """Where a number stands, with or without unit and multiplier; digits of dates count."""
    wanted = Decimal(str(value))
    for number in numbers(text):
        if wanted in number.values:
            yield number.start, number.end
    digits = re.escape(format(wanted.normalize(), "f"))
    for match in re.finditer(rf"(?<![\w.,]){digits}(?![.,]?\d|\w)", text):
        yield match.span()
