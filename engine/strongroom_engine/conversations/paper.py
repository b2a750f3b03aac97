"""A conversation as it is exported: the same parts in the same order, whatever the format."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from strongroom_engine.conversations.blocks import Block, Line, Noted, Run, blocks_of
from strongroom_engine.conversations.titles import title_of
from strongroom_engine.sentences import Saying, retold
from strongroom_engine.sentences.placing import placed
from strongroom_engine.types import (
    Answer,
    Cell,
    Citation,
    Conversation,
    ExportWords,
    KeptTurn,
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a number in brackets leads to: the document's title or file name, the place, the words."""

    number: int
    name: str
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its answer. `facts` is when it was asked and what answered; `remarks` are
    sentences about the answer, `warnings` those that a reader must not overlook."""

    question: str
    facts: str
    remarks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """`notes` are sentences under the title, `words` the headings and tags that the formats use."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    words: ExportWords

    def said(self, noted: Noted) -> tuple[str, ...]:
        """The tags of a sentence in words, without their brackets."""
        missing = self.words.not_found.format(what=", ".join(noted.not_found))
        return (
            *((missing,) if noted.not_found else ()),
            *((self.words.no_source,) if noted.unsupported else ()),
        )


def paper_of(conversation: Conversation, words: ExportWords, now: datetime) -> Paper:
    """The conversation, exported `now`; one turn bears its question as the title."""
    turns = conversation.turns
    alone = len(turns) == 1
    title = title_of(turns[0].asked.question) if alone else conversation.summary.title
    sections = tuple(_section(turn, words) for turn in turns)
    marked = any(_has_marks(section) for section in sections)
    made = words.made.format(date=_day(now))
    marks = words.marks.format(no_source=words.no_source)
    return Paper(title, (f"{made} {marks}" if marked else made,), sections, words)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


# --- a question and its answer -------------------------------------------------------------------


def _section(turn: KeptTurn, words: ExportWords) -> Section:
    answer = turn.answer
    asked = datetime.fromtimestamp(turn.asked_ms / 1000).astimezone()
    when = f"{_day(asked)} {asked:%H:%M}"
    if answer is None:
        why = words.unreadable if turn.unreadable else words.unanswered
        return Section(turn.asked.question, when, warnings=(why,))
    return Section(
        turn.asked.question,
        ", ".join(part for part in (when, answer.model_name or answer.model) if part),
        tuple(_remarks(answer, words)),
        tuple(_warnings(answer, words)),
        tuple(_blocks(answer, words)),
        tuple(_source(each, words) for each in answer.citations),
    )


def _blocks(answer: Answer, words: ExportWords) -> Iterator[Block]:
    if answer.abstained:
        yield Block("paragraph", (Run(words.does_not_say),))
    else:
        yield from blocks_of(answer)
    if answer.cells:
        yield _table(answer.cells, words)


def _table(cells: tuple[Cell, ...], words: ExportWords) -> Block:
    """What each document answered, where a question was put to each."""
    head: tuple[Line, ...] = ((Run(words.document),), (Run(words.answer),))
    rows = (((Run(PurePath(cell.document).name),), (Run(_said(cell, words)),)) for cell in cells)
    return Block("table", rows=(head, *rows))


def _said(cell: Cell, words: ExportWords) -> str:
    if cell.problem or cell.abstained or not cell.text:
        return _heard(cell.problem, words) or "–"
    places = dict.fromkeys(filter(None, (_where(each, words) for each in cell.citations)))
    return f"{cell.text} ({'; '.join(places)})" if places else cell.text


def _remarks(answer: Answer, words: ExportWords) -> Iterator[str]:
    if answer.standalone:
        yield words.understood.format(question=answer.standalone)
    told = (*(each.text for each in answer.understood), answer.searched, answer.coverage)
    yield from (_heard(each, words) for each in told if each)


def _heard(text: str, words: ExportWords) -> str:
    """A sentence that was kept in English, in the reader's language."""
    signs = str.maketrans(",.", words.digits)

    def say(saying: Saying, count: int | None) -> str:
        forms = words.sayings.get(saying.text) or (saying.one or saying.text, saying.text)
        return forms[0] if count == 1 else forms[-1]

    def figure(value: float, digits: int) -> str:
        return f"{value:,.{digits}f}".translate(signs)

    return (words.sayings and retold(text, say, figure)) or text


def _warnings(answer: Answer, words: ExportWords) -> Iterator[str]:
    if answer.stopped:
        yield words.stopped
    for text in dict.fromkeys(each.text for each in answer.suspicions):
        yield words.suspicious.format(text=f"“{text}”")


def _source(citation: Citation, words: ExportWords) -> Source:
    file, title = PurePath(citation.file).name, " ".join(citation.title.split())
    named = title and title not in (file, PurePath(file).stem)
    name = f"{title} ({file})" if named else file
    quote = " ".join(citation.quote.split())
    return Source(citation.n, name, _where(citation, words), quote)


def _where(citation: Citation, words: ExportWords) -> str:
    """'sheet Budget, row 40', 'p. 3'; '' for a document that has neither."""
    places = [_heard(place, words) for place in placed(citation.places)]
    if citation.page is not None:
        places.append(words.page.format(page=citation.page))
    return ", ".join(places)


def _has_marks(section: Section) -> bool:
    return bool(section.sources) or any(
        isinstance(each, Noted) and each.unsupported
        for block in section.blocks
        for each in block.line
    )


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
