"""The text of an exact answer, a line each, with what every line rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from strongroom_engine.answering.exact.mails import head_of
from strongroom_engine.answering.exact.selecting import Selected
from strongroom_engine.answering.exact.words import visible
from strongroom_engine.answering.text import Span
from strongroom_engine.errors import Cancelled
from strongroom_engine.store import Store
from strongroom_engine.types import Citation, Sentence, locate

OPENING = 160
"""Characters of a document's opening that are quoted, at most."""
READ = 2_000
"""Characters in which a document's first line with words is looked for."""
AROUND = 120
"""Characters of a line on either side of a mention that are quoted with it, at most."""
HEAD = 600
"""Characters of a mail's head that are quoted, at most."""


class Lines:
    """Grows a text line by line; every document is cited by one number."""

    def __init__(self, store: Store, cancelled: Callable[[], bool] = lambda: False) -> None:
        """`add` raises `Cancelled` when `cancelled`."""
        self._store, self._cancelled = store, cancelled
        self._lines: list[str] = []
        self._length = 0
        self._sentences: list[Sentence] = []
        self._citations: dict[str, Citation] = {}

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(self._sentences)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations.values())

    def add(self, line: str, documents: Iterable[Selected] = ()) -> None:
        """Add a line that rests on these documents; those without text are not cited."""
        if self._cancelled():
            raise Cancelled
        numbers = [one.n for each in documents if (one := self._cited(each))]
        start = self._length + bool(self._lines)
        self._lines.append(line)
        self._length = start + len(line)
        self._sentences.append(Sentence(start, self._length, True, tuple(numbers)))

    def _cited(self, document: Selected) -> Citation | None:
        known = self._citations.get(document.facts.path)
        if known is None and (made := self._made(document)):
            known = self._citations[document.facts.path] = made
        return known

    def _made(self, document: Selected) -> Citation | None:
        path = document.facts.path
        start, end = self._span(document)
        if start >= end:
            return None
        pages = self._store.page_starts(path)
        on_page = locate(start, end, pages, self._store.is_paged(path))
        quote = self._store.document_text(path, start, start + on_page.end - on_page.start)
        return Citation(
            len(self._citations) + 1,
            path,
            on_page.page,
            on_page.start,
            on_page.end,
            quote,
            document.facts.title,
            score=1.0,
        )

    def _span(self, document: Selected) -> Span:
        """What is quoted of the document: its head, the line with the mention, or its opening."""
        path = document.facts.path
        if document.span is None:
            text = visible(self._store.document_text(path, 0, READ), 0, document.facts.hidden)
            if document.mail:
                start, end = head_of(text)
                return start, min(end, HEAD)
            return _opening(text)
        start, end = document.span
        if document.mail and document.span == (document.mail.start, document.mail.end):
            return start, min(end, start + HEAD)
        left = max(start - AROUND, 0)
        text = self._store.document_text(path, left, end + AROUND)
        text = visible(text, left, document.facts.hidden)
        return _line_around(text, left, start, end)


def _opening(text: str) -> Span:
    """The first line that has words, cut at a word's end where it is long."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if end - start > OPENING:
        end = max(text.rfind(" ", start, start + OPENING), start + 1)
    return start, start + len(text[start:end].rstrip())


def _line_around(text: str, offset: int, start: int, end: int) -> Span:
    """The line with [start, end), as far as `text`, which begins at `offset`, holds it."""
    left = text.rfind("\n", 0, start - offset) + 1
    if left == 0 and offset:  # cut off there: from the next word on
        left = min(text.find(" ", 0, start - offset) + 1, start - offset)
    right = text.find("\n", end - offset)
    if right < 0:
        cut = text.rfind(" ", end - offset) if len(text) - (end - offset) >= AROUND else -1
        right = cut if cut >= end - offset else len(text)
    inside = text[left:right]
    left += len(inside) - len(inside.lstrip())
    return offset + left, offset + left + len(inside.strip())
