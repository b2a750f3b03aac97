"""Whole documents -> their summary, point by point, each with what bears it out.

    every passage -> (the sentences that say most) -> groups -> notes -> (one summary) -> Answer

A model on two cores reads some hundred tokens a second, an hour for 300 pages. So it reads the
whole document only where `summary_calls` groups suffice; of a longer one every passage is looked
at without it, and it condenses the sentences that say most. Points that the document does not bear
out are dropped. Without a model the sentences themselves are the summary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.grounding.evidence import evidence
from strongroom_engine.answering.grounding.ground import citation_of
from strongroom_engine.answering.guarding.suspicion import suspicions
from strongroom_engine.answering.tasks.central import central_sentences
from strongroom_engine.answering.tasks.chosen import chosen_or_named
from strongroom_engine.answering.tasks.citing import Writer, shown
from strongroom_engine.answering.tasks.condensing import Reader, SummaryTemplate
from strongroom_engine.answering.tasks.coverage import Coverage, told
from strongroom_engine.answering.tasks.points import Point, Points
from strongroom_engine.answering.templates import template
from strongroom_engine.errors import ModelError, NoDocumentChosen, NotSearchable, UnknownModel
from strongroom_engine.sentences import known as say
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Progress, Suspicion

QUOTED = 8
"""Sentences that a summary without a model has."""
MOST_POINTS = 8
"""Points of one document's summary, about: each group has an equal share."""
FEWEST_OF_A_GROUP = 2
"""Points noted of each group. Where that makes too many, one more call sums up the notes. Where it
does not, that call only cost time: the 1.5B copied the first notes and left out the last."""
FEWEST_POINTS = 3
"""A summary made of notes that has fewer points than this takes them from the notes."""
CHARACTERS_A_TOKEN = 6
"""A text with more characters for each token that there is room for is surely too long."""
SENTENCE_TOKENS = 45
"""What a chosen sentence takes of a prompt, about."""


def summarise(job: Job) -> Answer:
    """The summary of the documents that were chosen, or that the question names.

    Every page of them is looked at; `coverage` says what was read and how. When cancelled, the
    points so far are kept. Raises `NoDocumentChosen`, `NotSearchable`, `PromptUnusable`,
    `PromptTooLong` and `UnknownModel`; without an answer model sentences are quoted, and `searched` says why.
    """
    documents = chosen_or_named(job)
    if not documents:
        raise NoDocumentChosen
    job.caller.on_stage("searching", 0)
    texts = [_chunks(job, path) for path in documents]
    job.clock.searched()
    summary = _Summary(job, template("summary", SummaryTemplate), len(texts))
    for chunks in texts:
        summary.add(chunks)
    return summary.answer()


def _chunks(job: Job, path: str) -> list[StoredChunk]:
    chunks = job.parts.store.chunks_of(path)
    if not chunks:
        raise NotSearchable(file=path)
    return chunks


@dataclass
class _Summary:
    """A summary that grows, document by document."""

    job: Job
    form: SummaryTemplate
    documents: int
    writer: Writer = field(default_factory=Writer)
    covered: list[Coverage] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    suspected: list[Suspicion] = field(default_factory=list)
    why_quoted: str = ""
    """Why no model was asked, or not to the end."""
    reader: Reader | None = None
    stopped: bool = False

    def add(self, chunks: Sequence[StoredChunk]) -> None:
        """Read a document, and write what matters in it."""
        self.covered.append(Coverage.of(chunks))
        self.names.append(PurePath(chunks[0].path).name)
        self.suspected += suspicions(chunks)
        if self._cancelled():
            return
        if self.documents > 1:
            self._line(f"{self.names[-1]}:")
        written = Points(self._point)
        try:
            self._condense(chunks, written)
        except UnknownModel:  # a name that was mistyped is no reason to go on without
            raise
        except ModelError as exc:
            self.why_quoted = exc.sentence
        if not written.points and not self._cancelled():
            self._quote(chunks)

    # --- with the model --------------------------------------------------------------------------

    def _reader(self) -> Reader | None:
        """The answer model, loaded; None when it was cancelled meanwhile."""
        if self.reader is None:
            self.job.caller.on_stage("loading", 0)
            generator = self.job.parts.generator()
            if not generator.load(self.form.stable, self.job.caller.cancelled):
                self.stopped = True
                return None
            self.reader = Reader(self.job, self.form, generator)
        return self.reader

    def _condense(self, chunks: Sequence[StoredChunk], written: Points) -> None:
        reader = self._reader()
        if reader is None:
            return
        groups = self._groups(reader, chunks)
        share = max(FEWEST_OF_A_GROUP, -(-MOST_POINTS // len(groups)))
        too_many = share * len(groups) > MOST_POINTS + share
        notes = Points() if too_many else written
        total = len(groups) + too_many
        for done, group in enumerate(groups):
            self._tell(done, total)
            self.job.caller.on_stage("reading", len(group))
            reader.note(group, share, notes)
            if self._cancelled():
                break
            self._count(group)
            self._tell(done + 1, total)
        if too_many:
            self._together(reader, groups, notes, written)

    def _together(
        self,
        reader: Reader,
        groups: Sequence[Sequence[StoredChunk]],
        notes: Points,
        written: Points,
    ) -> None:
        """One summary of all notes; notes from all parts, where none was written."""
        if not self._cancelled():
            passages = [passage for group in groups for passage in group]
            reader.together(notes, passages, written)
            self._tell(len(groups) + 1, len(groups) + 1)
        if len(written.points) < FEWEST_POINTS:
            step = -(-len(notes.points) // MOST_POINTS) or 1
            for point in notes.points[::step]:
                written.add(point)

    def _groups(self, reader: Reader, chunks: Sequence[StoredChunk]) -> list[list[StoredChunk]]:
        """The document as the model reads it: whole, or the sentences that say most."""
        calls = max(self.job.parts.settings.summary_calls // self.documents, 1)
        # With more notes than a summary has, the last call is for all of them together.
        most = calls - 1 if calls * FEWEST_OF_A_GROUP > MOST_POINTS + FEWEST_OF_A_GROUP else calls
        characters = sum(len(chunk.text) for chunk in chunks)
        if characters <= most * reader.room * CHARACTERS_A_TOKEN:
            whole = reader.grouped(chunks)
            if len(whole) <= most:
                return whole
        return self._fitting(reader, chunks, most)

    def _fitting(
        self, reader: Reader, chunks: Sequence[StoredChunk], most: int
    ) -> list[list[StoredChunk]]:
        """As many sentences as make at most so many groups: fewer where they are long."""
        wanted = max(most * reader.room // SENTENCE_TOKENS, 1)
        groups = reader.grouped(self._chosen(chunks, wanted))
        while len(groups) > most and wanted > 1:
            wanted = max(min(self.covered[-1].chosen, wanted) * most // len(groups), 1)
            groups = reader.grouped(self._chosen(chunks, wanted))
        self.covered[-1].condensed = 0
        return groups

    def _count(self, group: Sequence[StoredChunk]) -> None:
        """The group was read to its end."""
        covered = self.covered[-1]
        if covered.condensed is None:
            covered.read_to(group[-1], covered.passages_read + len(group))
        else:
            covered.condensed += len(group)

    # --- without -----------------------------------------------------------------------------------

    def _chosen(
        self, chunks: Sequence[StoredChunk], wanted: int, *, whole: bool = False
    ) -> list[StoredChunk]:
        """The sentences of a document that say most; every passage of it is looked at."""
        vectors = self.job.parts.store.vectors([chunk.id for chunk in chunks])
        chosen = central_sentences(chunks, vectors, wanted, self.job.parts.embedder, whole=whole)
        self.covered[-1].read_all()
        self.covered[-1].chosen = len(chosen)
        return chosen

    def _quote(self, chunks: Sequence[StoredChunk]) -> None:
        """The sentences themselves, word for word."""
        self.covered[-1].condensed = None
        for passage in self._chosen(chunks, QUOTED, whole=True):
            self._point(_quoted(passage))

    # --- writing -----------------------------------------------------------------------------------

    def _point(self, point: Point) -> None:
        numbers = [self.writer.keep(citation) for citation in point.citations]
        self._line(point.text, numbers, mark="- ")

    def _line(self, text: str, numbers: Sequence[int] | None = None, *, mark: str = "") -> None:
        before = len(self.writer.text)
        self.writer.line(text, numbers, mark=mark)
        if self.job.clock.first_token():
            self.job.caller.on_stage("writing", 0)
        self.job.caller.on_token(self.writer.text[before:])

    def _tell(self, done: int, total: int) -> None:
        self.job.caller.on_progress(Progress(done, total, self.names[-1]))

    def _cancelled(self) -> bool:
        read = self.reader is not None and self.reader.stopped
        self.stopped = self.stopped or read or self.job.caller.cancelled()
        return self.stopped

    def answer(self) -> Answer:
        writer, nothing = self.writer, not self.writer.sentences and not self.stopped
        if nothing:
            self.job.caller.on_token(self.form.abstention_shown)
        searched = say.READ_NAMED(names=" and ".join(self.names))
        if self.why_quoted:
            searched += f" {say.QUOTED_BECAUSE(why=self.why_quoted)}"
        return Answer(
            question=self.job.question,
            text=self.form.abstention_shown if nothing else writer.text,
            abstained=nothing,
            sentences=() if nothing else tuple(writer.sentences),
            citations=tuple(writer.citations),
            hits=(),
            model=self.reader.generator.plan.model if self.reader else "",
            timings=self.job.clock.timings(),
            prompt="\n\n".join(self.reader.prompts) if self.reader else "",
            prompt_tokens=self.reader.prompt_tokens if self.reader else 0,
            stopped=self.stopped,
            task="summary",
            route="documents",
            searched=searched,
            coverage=told(self.covered),
            confidence=0.0 if nothing else 1.0,
            suspicions=tuple(dict.fromkeys(self.suspected)),
        )


def _quoted(passage: StoredChunk) -> Point:
    """A sentence of the document as a point that rests on itself."""
    citation = citation_of(passage, (0, len(passage.text)), 1.0, 0)
    return Point(shown(passage.text), (citation,), evidence(passage.text))
