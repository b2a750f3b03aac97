"""The reviews of an open library: asked, kept as they are answered, and gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from strongroom_engine.errors import (
    ModelMissing,
    NoModelFits,
    NothingToReview,
    NotSearchable,
    ReviewNameTaken,
    UnknownCollection,
    UnknownReview,
)
from strongroom_engine.reviews.questions import read_questions
from strongroom_engine.reviews.tables import write_table
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.trees import absolute_path
from strongroom_engine.types import (
    Cell,
    Column,
    Progress,
    Review,
    ReviewSummary,
    State,
    Verdict,
)

if TYPE_CHECKING:
    from strongroom_engine.answering.asking import Parts

_SEARCHABLE = (State.READABLE, State.INDEXED)

Place = tuple[str, str]
"""A cell's place: its document and its question."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and what is told: the review with the cells that are known (`on_start`), a document
    and a question that is put to it from now on, beside others, each new cell, and how far it is."""

    model: str = ""
    on_start: Callable[[Review], None] = lambda _review: None
    on_reading: Callable[[str, str], None] = lambda _document, _question: None
    on_cell: Callable[[Cell], None] = lambda _cell: None
    on_progress: Callable[[Progress], None] = lambda _progress: None
    cancelled: Callable[[], bool] = lambda: False


class LibraryReviews:
    """Every method may be called from any thread; what asks or changes needs a writable library."""

    def __init__(
        self,
        store: Store,
        parts: Callable[[str], Parts],
        settings: Settings,
        *,
        held: Callable[[], bool] = lambda: False,
    ) -> None:
        """`parts` gives what answers, for the name of an answer model or ''. While `held`, a
        question of a person's goes first."""
        self._store, self._parts, self._settings = store, parts, settings
        self._held = held

    def run(
        self,
        name: str,
        columns: Sequence[Column],
        collections: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        again: bool = False,
        asking: Asking | None = None,
    ) -> Review:
        """Put every question to every document, and keep each answer at once under this name.

        The documents are those named, or all that can be searched, of the collections or of the
        library. What is known is not asked again, unless `again`: so an interrupted review goes
        on, and after a change only what is new is asked. A sentence quoted for want of a model is
        asked again when there is one. Raises `QuestionError`s before any work, and `ModelError`s;
        `stopped` tells that it was cancelled.
        """
        table = Review(name, _asked(columns), self._rows(collections, documents))
        return self._fill(table, asking or Asking(), anew=_places(table) if again else frozenset())

    def go_on(self, name: str, asking: Asking | None = None) -> Review:
        """Ask what a kept review has no answer for; as `run`, and raises `UnknownReview`. A document
        of it that cannot be read any more fails by itself."""
        return self._fill(self.get(name), asking or Asking())

    def ask_again(
        self,
        name: str,
        questions: Sequence[str] = (),
        documents: Sequence[str] = (),
        asking: Asking | None = None,
    ) -> Review:
        """Ask these questions anew in these documents (none: in all, or all), and nothing else.

        What a person corrected stays, unless it is the one cell that is asked. As `go_on`.
        """
        kept = self.get(name)
        cells = kept.by_place()
        anew = {
            (row, question)
            for row, question in _places(kept)
            if (not documents or row in documents) and (not questions or question in questions)
        }
        if len(anew) > 1:
            anew -= {place for place, cell in cells.items() if cell.verdict == "corrected"}
        return self._fill(kept, asking or Asking(), anew=frozenset(anew), only=True)

    def change(
        self,
        name: str,
        columns: Sequence[Column],
        collections: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Review:
        """Give a review, a kept one or a new one, these questions and documents; nothing is asked.

        Documents that it has already may stay though they cannot be read any more. Raises
        `QuestionError`s.
        """
        found = self._store.review(name)
        had = frozenset(found.documents) if found else frozenset()
        rows = self._rows(collections, documents, had)
        self._store.put_review(Review(name, _asked(columns), rows))
        return self.get(name)

    def rename(self, name: str, new_name: str) -> None:
        """Give a review another name; raises `UnknownReview` and `ReviewNameTaken`."""
        self.get(name)
        if new_name != name and new_name in self.names():
            raise ReviewNameTaken(name=new_name)
        self._store.rename_review(name, new_name)

    def judge(self, document: str, question: str, verdict: Verdict, text: str = "") -> Cell:
        """Keep what a person says of a cell, with their own text where they correct it; '' takes it
        back. It goes, as every answer, with the content of the document."""
        found = self._store.cells([question], [document])
        cell = found[0] if found else Cell(document, question)
        correction = text if verdict == "corrected" else ""
        judged = replace(cell, verdict=verdict, correction=correction)
        if judged == Cell(document, question):
            self._store.forget_cells([question], [document])  # there was nothing but the person's
        else:
            self._store.put_cell(judged, self._store.content_hash(document))
        return judged

    def summaries(self) -> tuple[ReviewSummary, ...]:
        """The reviews that are kept with their counts, the one that was asked last first."""
        return self._store.review_summaries()

    def names(self) -> tuple[str, ...]:
        """The reviews that are kept, the one that was asked last first."""
        return self._store.review_names()

    def get(self, name: str) -> Review:
        """A review with the answers it has by now; raises `UnknownReview`."""
        found = self._store.review(name)
        if found is None:
            raise UnknownReview(name=name, known=", ".join(self.names()) or "none")
        return found

    def remove(self, name: str) -> None:
        """Forget a review and its answers; raises `UnknownReview`."""
        self.get(name)
        self._store.remove_review(name)

    def export(self, name: str, file: Path) -> None:
        """Write a review as CSV or XLSX; raises `UnknownReview` and `ReportUnwritable`."""
        write_table(self.get(name), file)

    def read_questions(self, file: Path) -> tuple[Column, ...]:
        """The questions in a file; raises `ReviewQuestionsUnusable`."""
        return read_questions(file, self._settings.max_question_characters)

    # --- parts -----------------------------------------------------------------------------------

    def _fill(
        self,
        table: Review,
        asking: Asking,
        *,
        anew: frozenset[Place] = frozenset(),
        only: bool = False,
    ) -> Review:
        """Ask what is not known, and `anew`; `only` that."""
        from strongroom_engine.answering.asking import Caller, Job, Request
        from strongroom_engine.answering.reviewing import review

        parts = self._parts(asking.model)
        with_model = _has_model(parts)
        caller = Caller(on_progress=asking.on_progress, cancelled=asking.cancelled)
        questions = [column.question for column in table.columns]
        known = self._known(questions, table.documents, with_model=with_model and not only)
        known = {place: cell for place, cell in known.items() if place not in anew}
        wanted = anew if only else _places(table) - known.keys()
        work = [
            (row, [each for each in questions if (row, each) in wanted]) for row in table.documents
        ]
        cells = review.review(
            Job(Request(""), parts, caller),
            [(row, asked) for row, asked in work if asked],
            on_reading=asking.on_reading,
            held=self._held,
        )
        self._store.put_review(table)
        asking.on_start(replace(table, cells=tuple(known.values())))
        with closing(cells):  # where one cannot be kept, the others end
            for cell in self._kept(cells, table.documents):
                known[cell.document, cell.question] = cell
                asking.on_cell(cell)
        made = tuple(
            known[row, each]
            for row in table.documents
            for each in questions
            if (row, each) in known
        )
        return replace(table, cells=made, stopped=len(made) < table.wanted)

    def _rows(
        self,
        collections: Sequence[str],
        documents: Sequence[str],
        had: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """The documents to ask; raises `QuestionError`s where one cannot be asked, or none is.
        Those that it `had` are not looked at."""
        wanted = {name.casefold() for name in collections}
        known = self._store.collections()
        for name in collections:
            if name.casefold() not in {each.casefold() for each in known}:
                raise UnknownCollection(collection=name, known=", ".join(known) or "none")
        there = {
            record.path: record.collection
            for record in self._store.documents("")
            if record.state in _SEARCHABLE
        }
        named = tuple(dict.fromkeys(map(absolute_path, documents)))
        for path in named:
            if path not in there and path not in had:
                raise NotSearchable(file=path)
        rows = tuple(
            path
            for path in named or there
            if not wanted or path in had or there[path].casefold() in wanted
        )
        if not rows:
            raise NothingToReview
        return rows

    def _known(
        self, questions: Sequence[str], rows: Sequence[str], *, with_model: bool
    ) -> dict[tuple[str, str], Cell]:
        """What need not be asked again: not what was quoted, where there is a model now."""
        cells = self._store.cells(questions, rows)
        usable = (cell for cell in cells if cell.model or cell.verdict or not with_model)
        return {(cell.document, cell.question): cell for cell in usable}

    def _kept(self, cells: Iterator[Cell], rows: Sequence[str]) -> Iterator[Cell]:
        """The cells, each kept as it comes; one with a problem is asked again the next time.

        The content is noted before a document is read, so that no answer is kept for another one.
        """
        before = {row: self._store.content_hash(row) for row in rows}
        for cell in cells:
            if not cell.problem:
                self._store.put_cell(cell, before[cell.document])
            yield cell


def _has_model(parts: Parts) -> bool:
    """Whether there is an answer model here; raises `UnknownModel` for one that is named wrongly."""
    try:
        parts.generator()
    except (NoModelFits, ModelMissing):
        return False
    return True


def _asked(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The questions, none twice."""
    found: dict[str, Column] = {}
    for column in map(_cleaned, columns):
        found.setdefault(column.question, column)
    return tuple(found.values())


def _places(table: Review) -> frozenset[Place]:
    return frozenset((row, column.question) for row in table.documents for column in table.columns)


def _cleaned(column: Column) -> Column:
    from strongroom_engine.answering.query import clean_question

    return replace(column, question=clean_question(column.question).strip())
