"""A question put to every document in scope: which of them have what is asked for.

Each document is asked the same yes-or-no question (`review.each_document`); what each said is kept
in `Answer.cells`, and those that are wanted are listed, with what they rest on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePath

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.exact.listing import where
from strongroom_engine.answering.exact.saying import kind_said, understood
from strongroom_engine.answering.reviewing.review import each_document
from strongroom_engine.answering.reviewing.verdict import verdict
from strongroom_engine.answering.route import Routed
from strongroom_engine.sentences import known as say
from strongroom_engine.types import Answer, Cell, Citation, Sentence

AskEach = Callable[[Job, str, Iterable[str]], Iterable[Cell]]
"""Puts a question to each document, in order, and tells the caller how far it is; ends early when
cancelled."""


def ask_each(job: Job, question: str, documents: Iterable[str]) -> Iterator[Cell]:
    """Each document's Yes or No."""
    return each_document(job, question, documents, yes_no=True)


def every_document(job: Job, routed: Routed, each: AskEach = ask_each) -> Answer:
    """Look into every document of the route; when cancelled, what was found so far is kept.

    Raises `QuestionError`s and `ModelError`s.
    """
    total = len(routed.documents)
    job.caller.on_stage("reading", total)
    cells = tuple(each(job, routed.question, routed.documents))
    stopped = len(cells) < total
    told = _told(cells, routed, stopped)
    job.caller.on_token(told.text)
    return Answer(
        question=job.question,
        text=told.text,
        abstained=False,
        sentences=tuple(told.sentences),
        citations=tuple(told.citations),
        hits=(),
        model=_model(cells),
        timings=job.clock.timings(),
        stopped=stopped,
        understood=understood(routed.reading),
        route="documents",
        searched=say.PUT_TO_EACH(
            question=routed.question,
            n=total,
            kind=kind_said(routed.reading.kind, total),
            where=where(routed.scope),
        ),
        coverage=_coverage(cells, total),
        confidence=min((cell.confidence for cell in cells), default=0.0),
        cells=cells,
    )


def _model(cells: tuple[Cell, ...]) -> str:
    return next((cell.model for cell in cells if cell.model), "")


def _several(number: int, routed: Routed) -> str:
    return f"{number} {kind_said(routed.reading.kind, number)}"


def _coverage(cells: tuple[Cell, ...], total: int) -> str:
    read = sum(not cell.problem for cell in cells)
    return say.LOOKED_INTO(done=read, n=total)


# --- what is said --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Told:
    text: str
    sentences: list[Sentence]
    citations: list[Citation]

    def add(self, line: str, citations: Iterable[Citation] = (), *, supported: bool = True) -> None:
        numbers = count(len(self.citations) + 1)
        own = [replace(each, n=number) for each, number in zip(citations, numbers, strict=False)]
        self.citations += own
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text}\n{line}" if self.text else line
        said = tuple(each.n for each in own)
        self.sentences.append(Sentence(start, len(self.text), supported, said))


def _told(cells: tuple[Cell, ...], routed: Routed, stopped: bool) -> _Told:
    """The documents that are wanted, then those of which it is not clear."""
    wanted = [cell for cell in cells if says(cell) == ("Yes" if routed.reading.wanted else "No")]
    unclear = [cell for cell in cells if says(cell) == ""]
    told = _Told("", [], [])
    said = "say yes to" if routed.reading.wanted else "say no to, or nothing about,"
    of = f"{len(wanted)} of {_several(len(cells), routed)} looked into {said} “{routed.question}”"
    told.add(f"Stopped early. {of}" if stopped else of)
    for cell in wanted:
        # A No is what was not found: nothing shows it.
        shown = bool(cell.citations) or not routed.reading.wanted
        told.add(f"- {PurePath(cell.document).name}", cell.citations, supported=shown)
    if unclear:
        told.add(f"Not clear in {len(unclear)}:")
    for cell in unclear:
        found = cell.problem or cell.text or "nothing near the question was found"
        told.add(f"- {PurePath(cell.document).name}: {found}", cell.citations)
    return told


def says(cell: Cell) -> str:
    """'Yes', 'No' (a document that says nothing of it has it not), or '' where it is not clear.

    Without an answer model nothing is: what was found is only what is nearest to the question.
    """
    if cell.problem or not cell.model:
        return ""
    if cell.abstained:
        return "No"
    found = verdict(cell.text)
    return found[0] if found else ""
