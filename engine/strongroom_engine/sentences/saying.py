"""A sentence with places that are filled, and the way back from the filled sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

COUNTS = frozenset({"n", "done", "total", "picked", "needed", "free", "kept"})
"""Places that hold a figure; `{n}` is the one that a form for one goes by."""
PHRASES = frozenset(
    {
        *("what", "where", "place", "when", "why", "reason", "device", "kind", "documents"),
        *("names", "others", "collections", "clause", "words", "types", "found", "claimed"),
        *("read", "chosen", "quoted", "condensed", "placed", "left_out"),
    }
)
"""Places that may hold what is itself made from a saying."""
ALWAYS_PHRASES = frozenset({"read", "chosen", "quoted", "condensed"})
"""Those that hold nothing else."""
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_PATTERNS = {
    **dict.fromkeys(COUNTS, _FIGURE),
    "day": r"\d{4}-\d\d-\d\d",
    "last_day": r"\d{4}-\d\d-\d\d",
    "file": r".+?\.\w{1,5}",  # 'Terms and conditions.pdf' is one file
    "type": r"[A-Z\d]+",
}


@dataclass(frozen=True)
class Saying:
    """`text` has named places in braces; `one` is how it is said where `{n}` is 1.

    Called with what fills the places it gives the English sentence; figures get groups of digits.
    `within` are the places in which alone it is looked for; none: anywhere.
    """

    text: str
    one: str = ""
    within: frozenset[str] = frozenset()
    figures: bool = True
    """False where a place that is called like a figure may hold anything."""

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Its wordings, as they are recognised; made when that is first wanted."""
        single = (Form(self.one, 1, self.figures),) if self.one else ()
        return (*single, Form(self.text, 2 if self.one else None, self.figures))

    def __call__(self, **values: object) -> str:
        text = self.one if self.one and values.get("n") == 1 else self.text
        return text.format(
            **{k: f"{v:,}" if isinstance(v, int) else str(v) for k, v in values.items()}
        )

    def values(self, text: str) -> dict[str, str]:
        """What fills the places of a text that this saying gave. ValueError for another text."""
        for form in self.forms:
            if (found := form.values(text, 0, len(text))) is not None:
                return found
        raise ValueError(text)


class Form:
    """One wording of a saying, as it is recognised. `count`: a number that it goes with, if it
    goes with any."""

    def __init__(self, text: str, count: int | None, figures: bool) -> None:
        self.count = count
        self._parts = parts = tuple(_parts(text))
        self.places = tuple(place for _, place in parts if place)
        self.head = parts[0][0] if parts else ""
        self.longest = max((literal for literal, _ in parts), key=len, default="")
        self._figures = figures
        self._alone = count == 1

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        seen: set[str] = set()
        pattern = (re.escape(literal) + self._place(place, seen) for literal, place in self._parts)
        return re.compile("".join(pattern), re.DOTALL)

    def _place(self, name: str, seen: set[str]) -> str:
        if not name or name in seen:
            return f"(?P={name})" if name else ""
        seen.add(name)
        pattern = _PATTERNS.get(name, ".*?") if self._figures else ".*?"
        return f"(?P<{name}>{'1' if name == 'n' and self._alone else pattern})"

    def values(self, text: str, start: int, end: int) -> dict[str, str] | None:
        """What fills the places of the text's part; None where it is made otherwise."""
        found = self._pattern.fullmatch(text, start, end)
        return found.groupdict() if found else None

    def is_figure(self, place: str) -> bool:
        return self._figures and place in COUNTS


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each literal, with the place after it."""
    for literal, place, _, _ in Formatter().parse(text):
        yield literal, place or ""
