"""Lines of an answer made by code, each with the citations that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strongroom_engine.answering.tasks.body import Body, Token, Unit
from strongroom_engine.types import Citation, Sentence, locate

QUOTE_CHARACTERS = 400
"""A quote is no longer; of a longer sentence it is the part that matters."""


class Writer:
    """An answer that grows line by line."""

    def __init__(
        self,
        text: str = "",
        sentences: Sequence[Sentence] = (),
        citations: Sequence[Citation] = (),
    ) -> None:
        """Goes on with what an answer has already."""
        self.text = text
        self.sentences = list(sentences)
        self.citations = list(citations)
        self._numbers = {_place(one): one.n for one in citations}

    def line(self, text: str, citations: Sequence[int] | None = None, *, mark: str = "") -> None:
        """Add a line; one with `citations` is a statement, one without is a heading. `mark` stands
        before it and is no part of the statement."""
        self.text += ("\n" if self.text else "") + mark
        start = len(self.text)
        self.text += text
        if citations is not None:
            cited = tuple(dict.fromkeys(citations))
            self.sentences.append(Sentence(start, len(self.text), bool(cited), cited))

    def cite(self, body: Body, start: int, end: int) -> int:
        """The number of the citation of [start, end) of a document, as far as it is on the page on
        which it begins."""
        place = locate(start, end, body.page_starts, body.paged)
        return self.keep(
            Citation(
                n=0,
                file=body.path,
                page=place.page,
                start=place.start,
                end=place.end,
                quote=body.text[start : start + place.end - place.start],
                title=body.title,
                score=1.0,
            )
        )

    def keep(self, citation: Citation) -> int:
        """The citation's number here: the next one, or that of the same place."""
        key = _place(citation)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.citations.append(replace(citation, n=self._numbers[key]))
        return self._numbers[key]


def _place(citation: Citation) -> tuple[str, int | None, int, int]:
    return citation.file, citation.page, citation.start, citation.end


def quoted(
    body: Body, units: Sequence[Unit], words: tuple[int, int], most: int = QUOTE_CHARACTERS
) -> tuple[int, int]:
    """The span of the sentences around some of their tokens: on one page, not too long."""
    tokens = [token for unit in units for token in unit.tokens]
    focus = min(words[0], len(tokens) - 1)
    left, right = body.page_span(tokens[focus].start)
    first = last = focus

    def fits(begin: int, end: int) -> bool:
        """Whether the quote may reach from one token to another."""
        if begin < 0 or end >= len(tokens):
            return False
        span = tokens[begin].start, tokens[end].end
        return left <= span[0] and span[1] <= right and span[1] - span[0] <= most

    while last + 1 < words[1] and fits(first, last + 1):
        last += 1
    grown = True
    while grown:
        grown = False
        if fits(first - 1, last):
            first, grown = first - 1, True
        if fits(first, last + 1):
            last, grown = last + 1, True
    return _with_ends(units, tokens, first, last, (left, right))


def _with_ends(
    units: Sequence[Unit], tokens: Sequence[Token], first: int, last: int, page: tuple[int, int]
) -> tuple[int, int]:
    """With the clause's number before the first word and the full stop behind the last one."""
    start, end = tokens[first].start, tokens[last].end
    if first == 0 and units[0].start >= page[0]:
        start = units[0].start
    if last == len(tokens) - 1 and units[-1].end <= page[1]:
        end = units[-1].end
    return start, end


def shown(text: str, most: int = 0) -> str:
    """A passage in one line; what is longer than `most` characters is cut at a word."""
    line = " ".join(text.split())
    if not most or len(line) <= most:
        return line
    cut = line.rfind(" ", 0, most)
    return line[: cut if cut > 0 else most].rstrip(" ,;:") + " …"
