"""The text as it is read on: page ends and the margins around them taken out of the way.

`flowing` gives a text of the same length, so that what is found in it has the same place in the
document. Where a text runs over the end of a page, the running foot, the page's end and the running
head are the end of a line and spaces; where none does, a blank line stands there instead.

Where a paragraph begins, a parser that knows the layout says; else it is a page that begins after
the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

_SENTENCE_ENDS = tuple(".!?:;…。！？")
_CLOSING = "\"'”’)]» \n\t\r\f"
_PAGE_NUMBER = re.compile(r"[\W\d_]*(page)?[\W\d_]*(of)?[\W\d_]*|\W*[ivxlc]+\W*", re.IGNORECASE)
_FOOT_CHARACTERS = 200
"""So far from a page's end a page number is looked for that no margin says."""
_SPACE = re.compile(r"\s+")


def flowing(text: str, margins: Iterable[tuple[int, int]], paragraphs: Collection[int]) -> str:
    """The text to read, of a document whose paragraphs are known: where each begins."""
    begins = frozenset(paragraphs)

    def gap(match: re.Match[str]) -> str:
        if "\n" not in match[0]:
            return match[0]
        length = match.end() - match.start()
        return _blank_line(length) if match.end() in begins else _line_end(length)

    return _SPACE.sub(gap, _without(text, margins))


def flowing_as_told_by_sentences(
    text: str, page_starts: Sequence[int], margins: Iterable[tuple[int, int]]
) -> tuple[str, tuple[int, ...]]:
    """The text to read of a document without a known layout, and the page starts over which
    nothing runs."""
    text = _without(text, margins)
    parts: list[str] = []
    fresh: list[int] = []
    done = 0
    for start in page_starts[1:]:
        foot = max(_foot(text, start), done)
        parts.append(text[done:foot])
        if ends_sentence(text[max(foot - _FOOT_CHARACTERS, 0) : foot]):
            fresh.append(start)
            done = max(start, done)
            parts.append(_blank_line(done - foot))
        else:
            done = max(_next_text(text, start), done)
            parts.append(_line_end(done - foot))
    return "".join([*parts, text[done:]]), tuple(fresh)


def ends_sentence(text: str) -> bool:
    """Whether it ends a sentence, closing quotes aside; a blank one does."""
    before = text.rstrip(_CLOSING)
    return not before or before.endswith(_SENTENCE_ENDS)


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


def _blank_line(length: int) -> str:
    return "\n" + " " * (length - 2) + "\n" if length > 1 else "\n" * length


def _line_end(length: int) -> str:
    return "\n" + " " * (length - 1) if length else ""
