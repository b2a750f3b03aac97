"""A whole document as it is compared and read through: its sentences, each with its words and the
clause that it stands in.

What is only form is left out of the words: line breaks, hyphens (those at a line's end cannot be
told from others), capital letters, quotation marks, bullets, clause numbers, margins.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from strongroom_engine.answering.tasks.margins import flowing, margins
from strongroom_engine.answering.text import Span, is_unsegmented, sentences
from strongroom_engine.errors import Bug, NotSearchable
from strongroom_engine.store import Store, StoredChunk
from strongroom_engine.types import PAGE_BREAK

HEADING_WORDS = 10
"""A paragraph of at most so many words that ends like no sentence is a heading."""
TITLE_WORDS = 6
"""So many words at most, and a full stop, after a clause's number are its title."""
TITLE_CHARACTERS = 60

_ITEM = r"\((?:\d{1,2}|[a-zA-Z]{1,2}|[ivx]{1,5})\)"
_TOKEN = re.compile(
    # An item's letter is form wherever it stands; in 'Section 4 (b)' it is not an item's.
    rf"(?P<item>(?:(?<=[,;:.]\s)|(?<=\band\s)|(?<=\bor\s)|(?<=\bund\s)|(?<=\boder\s)){_ITEM}(?=\s))"
    r"|(?P<number>(?<![\w)])[-−]?\d+(?:[.,:/]\d+)*|\d+(?:[.,:/]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:(?:[-‐‑\u00ad](?:[^\S\n]*\n\s*)?|['’])[^\W\d_]+)*)"
    r"|(?P<sign>[%$€£¥§&+=<>±×°])"
    r"|(?P<stop>[,;:?!()/])"
)
_DROPPED = re.compile(r"[-‐‑\u00ad\s]")

_KIND = (
    r"(?i:article|section|clause|paragraph|schedule|exhibit|annex|appendix|part|chapter|artikel|"
    r"abschnitt|ziffer|anlage|anhang|teil|kapitel)"
)
_BEGINS = r"(?=\s+[^\Wa-zß-öø-ÿ\d_]|\s+[\"“„(\[])"
_LABEL = re.compile(
    rf"[#*\s]*(?:(?P<named>(?:{_KIND}\s+(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}}|[A-Z])"
    rf"|§§?\s*\d{{1,4}}[a-z]?)\b)[.):]?(?:[^\S\n]*(?=\n|$)|{_BEGINS})"
    rf"|(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}})+[a-z]?)[.)]?{_BEGINS}"
    rf"|(?P<number>\d{{1,3}})[.)]{_BEGINS}"
    rf"|(?P<lettered>{_ITEM})(?=\s)"
    rf"|(?P<letter>[a-zA-Z]|[ivx]{{2,5}})[.)]{_BEGINS}"
    r"|[-*•▪◦–—](?=\s))"
)
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_START = re.compile(r"\n[^\S\n]*(?=\S)")
_ENDED = (".", ";", ":", "!", "?", "。")
_AND = re.compile(r"\b(?:and|or|und|oder)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, sign or stop of a document, at [start, end) of it; `norm` is compared."""

    start: int
    end: int
    norm: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a heading or a row of a table: what is compared as one.

    `number` is the number of the clause that begins with it, as written, '' for none; `place`
    says where it stands: '4.2 Rent'.
    """

    index: int
    start: int
    end: int
    number: str
    place: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Body:
    """A whole document. Positions are document coordinates."""

    text: str
    page_starts: tuple[int, ...] = (0,)
    paged: bool = False
    path: str = ""
    title: str = ""
    first: StoredChunk | None = None
    """The first of its chunks, from which passages of it can be made; None for a bare text."""

    @cached_property
    def flow(self) -> str:
        """The text as it is read on, of the same length."""
        return flowing(self.text, self.page_starts, margins(self.text, self.page_starts))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(_units(self.flow))

    def page_span(self, at: int) -> Span:
        """The page that holds a place, [start, end)."""
        index = max(bisect_right(self.page_starts, at) - 1, 0)
        last = index + 1 == len(self.page_starts)
        end = len(self.text) if last else self.page_starts[index + 1] - len(PAGE_BREAK)
        return self.page_starts[index], end

    def passage(self, start: int, end: int, heading: str) -> StoredChunk:
        """[start, end) of the document as a passage that a model can be given."""
        if self.first is None:
            raise Bug("a text that is in no library has no passages")
        text = self.text[start:end]
        return replace(self.first, start=start, end=end, heading=heading, text=text)

    def page(self, at: int) -> int | None:
        """The number of the page that holds a place; None where there are no pages."""
        return max(bisect_right(self.page_starts, at), 1) if self.paged else None


def read_body(store: Store, path: str) -> Body | None:
    """The document at `path`, or None where there is none that can be read."""
    chunks = store.chunks_of(path)
    if not chunks:
        return None
    first = chunks[0]
    text = "".join(chunk.text for chunk in chunks)
    return Body(text, first.page_starts or (0,), first.paged, path, first.title, first)


def read_bodies(store: Store, paths: Sequence[str]) -> list[Body]:
    """The documents, in their order. Raises `NotSearchable` for one that cannot be read."""
    bodies = []
    for path in paths:
        body = read_body(store, path)
        if body is None:
            raise NotSearchable(file=path)
        bodies.append(body)
    return bodies


def coverage(bodies: Sequence[Body]) -> str:
    """A sentence: how much was read. Every page is, or the task fails."""
    pages = sum(len(body.page_starts) for body in bodies if body.paged)
    documents = len(bodies)
    if len([body for body in bodies if body.paged]) == documents and documents:
        return f"Read {pages} of {pages} pages."
    return f"Read {documents} of {documents} documents to their end."


def tokens_of(text: str, start: int, end: int) -> Iterator[Token]:
    """What is compared of [start, end) of a text."""
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == "item":
            continue
        if kind == "word" and not match.group().isascii() and is_unsegmented(match.group()):
            for at in range(match.start(), match.end()):
                yield Token(at, at + 1, _norm(text[at]), kind)
        else:
            yield Token(match.start(), match.end(), _norm(match.group()), kind)


def _norm(written: str) -> str:
    if written[0] in "-−" and len(written) > 1:
        return "-" + written[1:]
    plain = unicodedata.normalize("NFKC", written).casefold().replace("’", "'")
    return _DROPPED.sub("", plain)


# --- where what begins -----------------------------------------------------------------------------


class _Places:
    """Where the sentence that is read stands: the last numbers and titles above it."""

    def __init__(self) -> None:
        self._clause = ""
        self._part = ""
        self._title = ""

    def enter(self, label: re.Match[str] | None, title: str) -> None:
        """A paragraph begins, with its label and its title, as far as it has them."""
        number = _number(label)
        if label is not None and number and label.lastgroup in ("named", "dotted", "number"):
            self._clause, self._part, self._title = number, "", title
        elif number:
            self._part = number
        elif title and label is None:
            self._clause, self._part, self._title = "", "", title

    def __str__(self) -> str:
        parts = (self._clause, self._title, self._part)
        return " ".join(part for part in parts if part)


def _number(label: re.Match[str] | None) -> str:
    group = label.lastgroup if label is not None else None
    return " ".join(label[group].split()) if label is not None and group else ""


def _units(text: str) -> Iterator[Unit]:
    places = _Places()
    index = 0
    for start, end in _paragraphs(text):
        label = _LABEL.match(text, start, end)
        inside = label.end() if label else start
        spans = [(inside + a, inside + b) for a, b in _sentences(text[inside:end])]
        title = _title(text, spans, numbered=bool(_number(label)))
        places.enter(label, title)
        for at, (left, right) in enumerate(spans):
            found = tuple(tokens_of(text, left, right))
            if found:
                number = _number(label) if at == 0 else ""
                begin = _first_mark(text, start, left) if at == 0 else left
                yield Unit(index, begin, right, number, str(places), found)
                index += 1


def _first_mark(text: str, start: int, end: int) -> int:
    """Where the label before a sentence begins."""
    return end - len(text[start:end].lstrip())


def _sentences(paragraph: str) -> list[Span]:
    """The lines of a paragraph are wrapped; rows of a table stand for themselves."""
    if "\t" in paragraph:
        return sentences(paragraph, lines=True, rows=True)
    return sentences(paragraph.replace("\n", " "))


def _title(text: str, spans: Sequence[Span], *, numbered: bool) -> str:
    """What a paragraph is called, where it begins with that or is nothing else."""
    if not spans:
        return ""
    first = " ".join(text[slice(*spans[0])].split())
    words = len(first.split()) if any(map(str.isalpha, first)) else HEADING_WORDS + 1
    alone = len(spans) == 1 and words <= HEADING_WORDS and not first.endswith((*_ENDED, ","))
    leads = numbered and words <= TITLE_WORDS and first.endswith((".", ":"))
    return first.rstrip(".:")[:TITLE_CHARACTERS] if (alone or leads) and "\t" not in first else ""


def _paragraphs(text: str) -> Iterator[Span]:
    """Parted by empty lines, and where a line begins with the number of a clause."""
    bounds = {match.end() for match in _BREAK.finditer(text)}
    for match in _LINE_START.finditer(text):
        at = match.end()
        if at not in bounds and _begins_clause(text, match.start(), at):
            bounds.add(at)
    for start, end in pairwise([0, *sorted(bounds - {0, len(text)}), len(text)]):
        if not text[start:end].isspace():
            yield start, end


def _begins_clause(text: str, line_end: int, at: int) -> bool:
    """Whether a line that begins with a label is a new paragraph, and not '(by March' + '15. The'."""
    label = _LABEL.match(text, at)
    if label is None:
        return False
    before = text[max(line_end - 80, 0) : line_end].rstrip()
    if label.lastgroup in (None, "lettered", "letter") and (
        before.endswith(",") or _AND.search(before)
    ):
        return True
    last_line = before.rpartition("\n")[2]
    is_heading = bool(last_line) and last_line.upper() == last_line
    return is_heading or before.endswith(_ENDED)
