"""What the model wrote -> what is shown: without its own citation marks, abstentions recognised.

The model is not asked for citations; out of habit it writes some. They are taken off, and kept as
a hint for `ground`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from strongroom_engine.answering.text import WORD, sentences

_NUMBERS = r"\d{1,2}(?:\s*(?:,|;|&|and)\s*(?:sources?\s*)?\[?\d{1,2}\]?)*"
_MARK = re.compile(
    rf"\s*\[\s*(?:sources?:?\s*)?{_NUMBERS}\s*\]|\s*\(\s*(?:see\s+)?sources?:?\s*{_NUMBERS}\s*\)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?:^|(?<=[.!?]\s))(?:according to|as stated in|based on|from|in)\s+(?:the\s+)?sources?"
    rf"(?:\s+\[?{_NUMBERS}\]?)?\s*,\s*(\w)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^\s*answer:\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")

_WHERE = (
    r"(?:(?:the|these|any of the|none of the|given|provided|available)\s+)*"
    r"(?:sources?|documents?|texts?|passages?|context|information|excerpts?)"
    r"(?:\s+(?:provided|given|above))?"
)
_SAY = (
    r"(?:say|mention|contain|provide|specify|state|include|hold|give|have|answer|indicate|discuss|"
    r"describe|explain|disclose|address)s?"
)
_SAID = "(?:mentioned|stated|specified|said|given|provided|described|included)"
_REFUSALS = (
    rf"^{_WHERE}\s+(?:does not|do not|did not|doesn't|don't)\s+(?:\w+ly\s+)?{_SAY}\b",
    rf"^none of {_WHERE}\s+{_SAY}",
    rf"^there is no (?:information|mention|answer)\b.*\b{_WHERE}",
    rf"^[^.?!;]{{0,200}}\b(?:is|are|was|were) not (?:\w+ly )?{_SAID} (?:in|by) {_WHERE}\b",
    r"^(?:i|we) (?:do not|don't|cannot|can't) (?:know|find|answer)\b",
)
_REFUSAL = re.compile("|".join(f"(?:{refusal})" for refusal in _REFUSALS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark of the model's own: after how much of the cleaned text, and which source."""

    position: int
    source: int


def cleaned(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without citation marks, and where they stood."""
    text = _LEAD.sub(lambda match: match[1].upper(), _PREFIX.sub("", text))
    kept: list[str] = []
    marks: list[Mark] = []
    length = last = 0
    for match in _MARK.finditer(text):
        kept.append(text[last : match.start()])
        length += match.start() - last
        last = match.end()
        marks += [Mark(length, int(number)) for number in _DIGITS.findall(match.group())]
    kept.append(text[last:])
    return "".join(kept).strip(), tuple(marks)


def is_abstention(text: str, abstention: str) -> bool:
    """Whether the text is, or begins with, a statement that the sources do not hold the answer; so
    is a text without a word: that is what a model makes of a forbidden refusal."""
    spans = sentences(text, lines=True)
    if not spans or not WORD.search(text):
        return True
    first = text[slice(*spans[0])]
    return _plain(first) == _plain(abstention) or bool(_REFUSAL.match(first.strip("\"'* ")))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


class AnswerStream:
    """Passes an answer's text on as it grows, without marks and without half an abstention.

    What may still turn out to be a mark or an abstention is held back.
    """

    def __init__(
        self,
        on_token: Callable[[str], None],
        abstention: str,
        safe: Callable[[str], str] = str,
    ) -> None:
        """`safe` takes off what may not be shown; it is given text without half an address."""
        self._on_token = on_token
        self._safe = safe
        self._abstention = abstention
        self._text = ""
        self._shown = ""

    def feed(self, piece: str) -> None:
        self._text += piece
        if not self._undecided():
            self._show(self._safe(cleaned(self._text[: self._settled()])[0]))

    def finish(self, text: str) -> None:
        """Pass on what is still missing of the final text; nothing where it begins otherwise."""
        self._show(text)

    def _show(self, text: str) -> None:
        if len(text) > len(self._shown) and text.startswith(self._shown):
            self._on_token(text[len(self._shown) :])
            self._shown = text

    def _undecided(self) -> bool:
        """Whether this may become an abstention: its first sentence began like one."""
        start = self._text.lstrip().lower()
        ended = len(sentences(self._text + " x", lines=True)) > 1
        opening = any(
            start.startswith(word) or word.startswith(start) for word in _OPENINGS
        ) or self._abstention.lower().startswith(start[: len(self._abstention)])
        return opening and not ended and len(start) < _UNDECIDED_LEAST

    def _settled(self) -> int:
        """How much of the text no mark, link or element can begin in any more."""
        if open_ended := _OPEN_ENDED.search(self._text):
            return open_ended.start()
        tail = max(len(self._text) - _MARK_LENGTH, 0)
        opened = max(self._text.rfind("[", tail), self._text.rfind("(", tail))
        closed = max(self._text.rfind("]", tail), self._text.rfind(")", tail))
        end = opened if opened > closed else len(self._text)
        return len(self._text[:end].rstrip())


_OPENINGS = (
    "the source",
    "the document",
    "the text",
    "the context",
    "the provided",
    "the given",
    "the information",
    "none of the",
    "there is no",
    "according to",
    "based on",
    "as stated in",
    "in source",
    "in the source",
    "from source",
    "from the source",
    "answer:",
    "i do",
    "i cannot",
)
"""How an abstention or a lead-in that is taken off may begin."""
_OPEN_ENDED = re.compile(r"(?:!?\[[^\]\n]*(?:\](?:\([^)\n]*)?)?|<[^>\n]*|\w+:[^\s]*|!)\Z")
"""A link, an image, an element of markup or an address that may go on."""
_UNDECIDED_LEAST = 60
"""Characters after which an opening has become an abstention or will not."""
_MARK_LENGTH = 24
