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

from strongroom_engine.answering.tasks.labels import ALONE, ITEM, LABEL, written
from strongroom_engine.answering.tasks.margins import flowing, margins
from strongroom_engine.answering.text import Span, is_unsegmented, sentences
from strongroom_engine.errors import Bug, NotSearchable
from strongroom_engine.sentences import known as say
from strongroom_engine.store import Store, StoredChunk
from strongroom_engine.types import PAGE_BREAK
from strongroom_engine.written.dates import dates

HEADING_WORDS = 10
"""A paragraph of at most so many words that ends like no sentence is a heading."""
TITLE_WORDS = 6
"""So many words at most, and a full stop, after a clause's number are its title."""
TITLE_CHARACTERS = 60

_TOKEN = re.compile(
    # An item's letter is form wherever it stands; in 'Section 4 (b)' it is not an item's.
    rf"(?P<item>(?:(?<=[,;:.]\s)|(?<=\band\s)|(?<=\bor\s)|(?<=\bund\s)|(?<=\boder\s))(?:{ITEM}|[a-h]\.)(?=\s))"
    r"|(?P<number>(?<![\w)])[-−]?\d+(?:[.,:/]\d+)*|\d+(?:[.,:/]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:(?:[-‐‑\u00ad]\s*|['’])[^\W\d_]+)*)"
    r"|(?P<sign>[%$€£¥§&+=<>±×°])"
    r"|(?P<stop>[,;:?!()/])"
)
_DROPPED = re.compile(r"[-‐‑\u00ad\s]")

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_START = re.compile(r"\n[^\S\n]*(?=\S)")
_DAY = re.compile(r"\b\d{1,2}\.\Z")
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
        return say.COVERED(read=say.PAGES_READ(done=pages, n=pages))
    return say.READ_TO_THE_END(done=documents, n=documents)


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
        number = written(label)
        if label is not None and number and label.lastgroup in ("named", "dotted", "number"):
            self._clause, self._part, self._title = number, "", title
        elif number:
            self._part = number
        elif title and label is None:
            self._clause, self._part, self._title = "", "", title

    def __str__(self) -> str:
        parts = (self._clause, self._title, self._part)
        return " ".join(part for part in parts if part)


def _units(text: str) -> Iterator[Unit]:
    places = _Places()
    index = 0
    begin: int | None = None
    label: re.Match[str] | None = None
    for paragraph in _paragraphs(text):
        spans = _sentences(text, paragraph)
        for left, right in spans:
            if ALONE.fullmatch(text, left, right):  # what it names is the next sentence
                label, begin = ALONE.fullmatch(text, left, right), left
                continue
            own = LABEL.match(text, left, right)
            inside = own.end() if own else left
            label, begin = own or label, left if own or begin is None else begin
            is_whole = (left, right) == (spans[0][0], spans[-1][1])
            title = _title(text[inside:right], is_whole=is_whole, numbered=bool(written(label)))
            places.enter(label, title)
            if found := tuple(tokens_of(text, inside, right)):
                yield Unit(index, begin, right, written(label), str(places), found)
                index += 1
            label = begin = None


def _sentences(text: str, paragraph: Span) -> list[Span]:
    """The lines of a paragraph are wrapped; rows of a table stand for themselves."""
    start, inside = paragraph[0], text[slice(*paragraph)]
    if "\t" in inside:
        found = sentences(inside, lines=True, rows=True)
    else:
        found = sentences(inside.replace("\n", " "))
    return _with_days([(start + left, start + right) for left, right in found], text)


def _with_days(spans: Sequence[Span], text: str) -> list[Span]:
    """'Am 12.' and 'Dezember 2020 kam er.' are one sentence."""
    joined: list[Span] = []
    for span in spans:
        day = _DAY.search(text, joined[-1][0], joined[-1][1]) if joined else None
        following = dates(text[day.start() : span[1]]) if day else []
        if day and following and following[0].end > span[0] - day.start() > following[0].start:
            joined[-1] = joined[-1][0], span[1]
        else:
            joined.append(span)
    return joined


def _title(sentence: str, *, is_whole: bool, numbered: bool) -> str:
    """What a clause is called, where a sentence says that. `is_whole`: it is all of a paragraph."""
    first = " ".join(sentence.split())
    words = len(first.split())
    if "\t" in sentence or not any(map(str.isalpha, first)):
        return ""
    alone = is_whole and words <= HEADING_WORDS and not first.endswith((*_ENDED, ","))
    leads = numbered and words <= TITLE_WORDS and first.endswith((".", ":"))
    return first.rstrip(".:")[:TITLE_CHARACTERS] if alone or leads else ""


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
    label = LABEL.match(text, at)
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
