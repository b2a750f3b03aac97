"""The text as it is read on: page ends and the margins around them taken out of the way.

`flowing` gives a text of the same length, so that what is found in it has the same place in the
document. Where a sentence runs over the end of a page, the running foot, the page's end and the
running head are spaces; where none does, a blank line stands there instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SENTENCE_ENDS = tuple(".!?:;…。！？")
_CLOSING = "\"'”’)]» \n\t\r\f"
_PAGE_NUMBER = re.compile(r"[\W\d_]*(page)?[\W\d_]*(of)?[\W\d_]*|\W*[ivxlc]+\W*", re.IGNORECASE)
_FOOT_CHARACTERS = 200
"""So far from a page's end a page number is looked for that no margin says."""


def flowing(
    text: str, page_starts: Sequence[int], margins: Iterable[tuple[int, int]]
) -> tuple[str, tuple[int, ...]]:
    """The text to read, and the page starts over which nothing runs."""
    text = _without(text, margins)
    parts: list[str] = []
    fresh: list[int] = []
    done = 0
    for start in page_starts[1:]:
        foot = max(_foot(text, start), done)
        parts.append(text[done:foot])
        if _ends_sentence(text, foot):
            fresh.append(start)
            done = max(start, done)
            parts.append(_blank_line(done - foot))
        else:
            done = max(_next_text(text, start), done)
            parts.append(" " * (done - foot))
    return "".join([*parts, text[done:]]), tuple(fresh)


def _without(text: str, margins: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in margins:
        parts += text[done:start], " " * (end - start)
        done = end
    return "".join([*parts, text[done:]])


def _foot(text: str, start: int) -> int:
    """Where the text before a page's end ends; a page number at its foot is none of it."""
    least = max(start - _FOOT_CHARACTERS, 0)
    end = least + len(text[least:start].rstrip())
    while (line := text.rfind("\n", least, end) + 1) > least:
        last = text[line:end]
        if not _PAGE_NUMBER.fullmatch(last) or last.endswith(_SENTENCE_ENDS):
            break
        end = least + len(text[least:line].rstrip())
    return end


def _next_text(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, end: int) -> bool:
    """Whether what stands before `end` ends a sentence; closing quotes aside."""
    before = text[max(end - _FOOT_CHARACTERS, 0) : end].rstrip(_CLOSING)
    return not before or before.endswith(_SENTENCE_ENDS)


def _blank_line(length: int) -> str:
    return "\n" + " " * (length - 2) + "\n" if length > 1 else "\n" * length
