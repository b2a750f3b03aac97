"""Questions put to one document after the other: a review, cell by cell.

The work goes document by document, a few questions at a time (`together`). Questions of one document
that need mostly the same passages share a prompt's beginning: the passages stand before the question
and are evaluated once.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import ClassVar

from strongroom_engine.answering.asking import Caller, Job, Request
from strongroom_engine.answering.excerpt import unwrapped
from strongroom_engine.answering.finding import passages_for
from strongroom_engine.answering.guarding.suspicion import neutral
from strongroom_engine.answering.headings import in_their_places
from strongroom_engine.answering.nearest import bearing, fitting, nearest_sentence
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.query import parse_query
from strongroom_engine.answering.reviewing.sureness import Signs, confidence
from strongroom_engine.answering.reviewing.turns import Turns
from strongroom_engine.answering.reviewing.verdict import asks_yes_no, verdict
from strongroom_engine.answering.template import Template, fill
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.together import Piece, Results, Stop, never, together
from strongroom_engine.answering.writing import Written, is_invented, write
from strongroom_engine.errors import (
    Bug,
    Cancelled,
    ModelMissing,
    NoModelFits,
    NotSearchable,
    QuestionError,
    StrongroomError,
)
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.generator import Generator
from strongroom_engine.sentences import known as say
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Cell, Citation, Progress

WHOLE_CHARACTERS = 4_000
"""A document that is no longer than this is read whole, once, for all its questions."""
WHOLE_PASSAGES = 12
"""As many passages as such a document may have."""
SHARED = 0.5
"""A question joins others when they read at least this share of its passages anyway."""
UNDECIDED = 0.4
"""The most that an answer to a yes-or-no question is worth that says neither."""

Work = Sequence[tuple[str, Sequence[str]]]
"""Documents, each with the questions that are put to it."""
OnReading = Callable[[str, str], None]
"""A document and a question that is put to it from now on, beside others of which there is no cell
yet."""


class ReviewTemplate(Template, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """See `assets/prompts/review.toml`. `yes_no` is asked where Yes or No is wanted."""

    required: ClassVar[Mapping[str, frozenset[str]]] = {
        **Template.required,
        "yes_no": frozenset({"question"}),
    }
    yes_no: str


def review_template() -> ReviewTemplate:
    """The prompt template: the user's, or the one that is shipped."""
    return template("review", ReviewTemplate)


def ask_document(job: Job, question: str, document: str, *, yes_no: bool | None = None) -> Cell:
    """What one document answers to one question. Raises `Cancelled`, and as `each_document`."""
    for cell in review(job, [(document, (question,))], yes_no=yes_no, most=1):
        return cell
    raise Cancelled


def each_document(
    job: Job, question: str, documents: Iterable[str], *, yes_no: bool | None = None
) -> Results[Cell]:
    """What each document answers to the question, as it is found; as `review`."""
    return review(job, [(document, (question,)) for document in documents], yes_no=yes_no)


def review(
    job: Job,
    work: Work,
    *,
    yes_no: bool | None = None,
    on_reading: OnReading = lambda _document, _question: None,
    most: int = 0,
    held: Stop = never,
) -> Results[Cell]:
    """A cell for each document and question, document by document, as they are answered: `most` at a
    time, 0 for as many as are good. The cells are the same however many. While `held` the model gets
    none of them to read.

    `yes_no` says whether Yes or No is wanted; None: by how each question begins. The text of such
    a cell is 'Yes' or 'No', where the model said either. A document that fails has a `problem`,
    and the rest go on. Ends early when cancelled, within a second, and so it does when it is closed.
    Without an answer model the nearest sentence is quoted, one after the other. `on_reading` gets
    what is put to which document, as it begins, in the calling thread.
    Raises `QuestionError`s before any work, and `ModelError`s.
    """
    known, longest = job.parts.store.collections(), job.parts.settings.max_question_characters
    for question in {question for _, questions in work for question in questions}:
        parse_query(question, longest, known)
    return _cells(job.caller, work, _Reader(job, yes_no, on_reading, Turns(held)), most)


def _cells(caller: Caller, work: Work, reader: _Reader, most: int) -> Results[Cell]:
    pace = _Pace(caller, sum(len(questions) for _, questions in work))

    def pieces() -> Iterator[Piece[Cell]]:
        for document, questions in work:
            for piece in reader.pieces(document, questions):
                pace.begin(document)
                yield piece

    most = most if reader.has_model else 1
    with closing(together(pieces(), caller.cancelled, most)) as cells:
        for cell in cells:
            pace.end()
            yield cell


class _Pace:
    """Counts cells, and tells how many come a second, how long the rest takes, and which document the
    next one is of."""

    def __init__(self, caller: Caller, total: int) -> None:
        self._caller, self._total = caller, total
        self._done = 0
        self._started = time.monotonic()
        self._begun: deque[str] = deque()  # the documents of the cells that are not done
        self._told = ""

    def begin(self, document: str) -> None:
        self._begun.append(document)
        if self._begun[0] != self._told:
            self._tell(self._begun[0])

    def end(self) -> None:
        """The first of the cells that have begun is done."""
        last = self._begun.popleft()
        self._done += 1
        self._tell(self._begun[0] if self._begun else last)

    def _tell(self, document: str) -> None:
        self._told = document
        rate = self._done / max(time.monotonic() - self._started, 1e-6)
        left = (self._total - self._done) / rate if rate else None
        what = PurePath(document).name
        self._caller.on_progress(Progress(self._done, self._total, what, rate, left))


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions that read the same passages of a document, best first."""

    questions: list[str]
    passages: list[StoredChunk]


class _Reader:
    """Answers the questions of a document, each as a piece of work for any thread.

    What is read of it is found before, in the calling thread.
    """

    def __init__(self, job: Job, yes_no: bool | None, on_reading: OnReading, turns: Turns) -> None:
        self._job, self._yes_no, self._on_reading = job, yes_no, on_reading
        self._turns = turns
        self._template = review_template()
        self._generator = _generator(job)

    @property
    def has_model(self) -> bool:
        return self._generator is not None

    def pieces(self, document: str, questions: Sequence[str]) -> Iterator[Piece[Cell]]:
        try:
            groups = self._groups(document, questions)
        except QuestionError as exc:
            yield from (_done(_failed(document, question, exc)) for question in questions)
            return
        for group in groups:
            for question in group.questions:
                self._on_reading(document, question)
                yield Piece(
                    partial(self._cell, document, question, group.passages),
                    partial(_failed, document, question),
                )

    def _cell(
        self, document: str, question: str, passages: list[StoredChunk], stopped: Stop
    ) -> Cell:
        try:
            cell = self._answered(document, question, passages, stopped)
            return replace(cell, citations=in_their_places(self._job.parts.store, cell.citations))
        except (QuestionError, Bug) as exc:
            return _failed(document, question, exc)

    def _answered(
        self, document: str, question: str, passages: list[StoredChunk], stopped: Stop
    ) -> Cell:
        parts = self._job.parts
        found = fitting(parts.store, question, passages, parts.embedder)
        cell = Cell(document, question, model=_model(self._generator))
        if not passages:
            return replace(cell, abstained=True, confidence=confidence(Signs("nothing")))
        if self._generator is None:
            return self._quoted(cell, passages, found)
        written = self._written(self._generator, question, passages, stopped)
        if written.generation.stopped:
            raise Cancelled
        if written.refused or is_invented(written, passages):
            signs = Signs("nothing", found=found if written.refused else 1.0)
            return replace(cell, abstained=True, confidence=confidence(signs))
        if self._wants_yes_no(question):
            return _with_verdict(cell, written, found, parts.embedder)
        return _cited(cell, written.text, written.grounded.citations, found)

    def _quoted(self, cell: Cell, passages: Sequence[StoredChunk], found: float) -> Cell:
        near = nearest_sentence(cell.question, passages, self._job.parts.embedder)
        if near is None:
            return replace(cell, abstained=True, confidence=confidence(Signs("nothing")))
        sure = confidence(Signs("quoted", found=found))
        return replace(cell, text=near.quote, citations=(near,), confidence=sure)

    def _written(
        self, generator: Generator, question: str, passages: Sequence[StoredChunk], stopped: Stop
    ) -> Written:
        """`passages` best first: the prompt has them the other way round."""
        if not generator.load(self._template.stable, stopped):
            raise Cancelled
        asked = fill(self._template.yes_no, question=question.strip())
        safe = [neutral(passage) for passage in passages]
        prompt, count = build_prompt(
            self._template,
            asked if self._wants_yes_no(question) else question,
            [Source(label(one), unwrapped(one.text), one.path) for one in safe],
            generator.count_tokens,
            generator.plan.context,
        )
        with self._turns.taken(stopped) as begun:
            caller = Caller(on_stage=lambda _writing, _count: begun(), cancelled=stopped)
            own = Job(Request(question), self._job.parts, caller)
            return write(own, generator, self._template, prompt, passages[:count][::-1])

    def _wants_yes_no(self, question: str) -> bool:
        return asks_yes_no(question) if self._yes_no is None else self._yes_no

    # --- what is read ----------------------------------------------------------------------------

    def _groups(self, document: str, questions: Sequence[str]) -> list[_Group]:
        """The questions, put together where they read mostly the same; raises `NotSearchable`."""
        _, length = self._job.parts.store.outline(document)
        if not length:
            raise NotSearchable(file=document)
        most = WHOLE_PASSAGES if length <= WHOLE_CHARACTERS else self._most
        groups: list[list[tuple[str, list[StoredChunk]]]] = []
        for question in questions:
            found = self._job.parts.searcher.within(question, (document,), most)
            group = next((one for one in groups if _shares(one, found, 2 * most)), None)
            if group is None:
                groups.append(group := [])
            group.append((question, found))
        return [_Group([asked for asked, _ in one], _together(one)) for one in groups]

    @property
    def _most(self) -> int:
        """The passages that are read for one question."""
        if self._generator is None:
            return self._job.parts.settings.passages
        return passages_for(self._job, self._generator)


def _done(cell: Cell) -> Piece[Cell]:
    """A cell of which there is nothing to find out."""
    return Piece(lambda _stopped: cell, lambda _error: cell)


def _generator(job: Job) -> Generator | None:
    """The answer model; None where there is none that could be used here."""
    try:
        return job.parts.generator()
    except (NoModelFits, ModelMissing):
        return None


def _model(generator: Generator | None) -> str:
    return generator.plan.model if generator else ""


def _shares(
    group: Sequence[tuple[str, list[StoredChunk]]], found: Sequence[StoredChunk], most: int
) -> bool:
    """Whether the group reads enough of these passages, and stays within `most` with the rest."""
    read = {passage.id for _, passages in group for passage in passages}
    wanted = {passage.id for passage in found}
    return len(wanted & read) >= SHARED * len(wanted) and len(wanted | read) <= most


def _together(group: Sequence[tuple[str, list[StoredChunk]]]) -> list[StoredChunk]:
    """The passages of all of the group's questions, those first that rank best over all."""
    worth: dict[int, float] = {}
    passages: dict[int, StoredChunk] = {}
    for _, found in group:
        for rank, passage in enumerate(found, 1):
            passages[passage.id] = passage
            worth[passage.id] = worth.get(passage.id, 0.0) + 1 / rank
    return [passages[row] for row in sorted(worth, key=lambda row: -worth[row])]


# --- what becomes of an answer -------------------------------------------------------------------


def _failed(document: str, question: str, error: Exception) -> Cell:
    said = error.sentence if isinstance(error, StrongroomError) else say.FAULT(fault=error)
    return Cell(document, question, problem=said)


def _with_verdict(cell: Cell, written: Written, found: float, embedder: Embedder | None) -> Cell:
    """'Yes' or 'No' with the quote that shows it. A 'Yes' without a quote, or with one that has
    nothing to do with the question, is one to check; a 'No' without one is as sure as that the
    document says nothing."""
    said = verdict(written.text)
    if said is None:
        undecided = _cited(cell, written.text, written.grounded.citations, found)
        return replace(undecided, confidence=min(undecided.confidence, UNDECIDED))
    word, reason = said
    numbers = {
        number
        for sentence in written.grounded.sentences
        if sentence.end > reason  # 'Yes.' alone rests on nothing
        for number in sentence.citations
    }
    shown = [
        replace(each, score=round(each.score * bearing(cell.question, each.quote, embedder), 4))
        for each in written.grounded.citations
        if each.n in numbers
    ]
    if word == "No" and not shown:
        return replace(cell, text=word, confidence=confidence(Signs("nothing", found=found)))
    return _cited(cell, word, shown, found)


def _cited(cell: Cell, text: str, citations: Sequence[Citation], found: float) -> Cell:
    numbered = tuple(replace(each, n=number) for number, each in enumerate(citations, 1))
    support = max((each.score for each in numbered), default=0.0)
    sure = confidence(Signs("answered", support, found))
    return replace(cell, text=text, citations=numbered, confidence=sure)
