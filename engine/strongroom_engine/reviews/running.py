"""The reviews of an open library: asked, kept as they are answered, and gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.query import clean_question
from strongroom_engine.answering.reviewing import review as asking
from strongroom_engine.errors import (
    ModelMissing,
    NoModelFits,
    NothingToReview,
    NotSearchable,
    UnknownCollection,
    UnknownReview,
)
from strongroom_engine.reviews.questions import read_questions
from strongroom_engine.reviews.tables import write_table
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.trees import absolute_path
from strongroom_engine.types import Cell, Column, Progress, Review, State

_SEARCHABLE = (State.READABLE, State.INDEXED)


class LibraryReviews:
    """Every method may be called from any thread; `run` and `remove` need a writable library."""

    def __init__(self, store: Store, parts: Callable[[str], Parts], settings: Settings) -> None:
        """`parts` gives what answers, for the name of an answer model or ''."""
        self._store, self._parts, self._settings = store, parts, settings

    def run(
        self,
        name: str,
        columns: Sequence[Column],
        collections: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        model: str = "",
        again: bool = False,
        on_start: Callable[[Review], None] = lambda _review: None,
        on_cell: Callable[[Cell], None] = lambda _cell: None,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Review:
        """Put every question to every document, and keep each answer at once under this name.

        The documents are those named, or all that can be searched, of the collections or of the
        library. What is known is not asked again, unless `again`: so an interrupted review goes
        on, and after a change only what is new is asked. A sentence quoted for want of a model is
        asked again when there is one. `on_start` gets the review with the cells that are known,
        `on_cell` each new one. Raises `QuestionError`s before any work, and `ModelError`s;
        `stopped` tells that it was cancelled.
        """
        asked = tuple(dict.fromkeys(map(_cleaned, columns)))
        rows = self._rows(collections, documents)
        parts = self._parts(model)
        with_model = _has_model(parts)
        job = Job(Request(""), parts, Caller(on_progress=on_progress, cancelled=cancelled))
        questions = [column.question for column in asked]
        known = {} if again else self._known(questions, rows, with_model=with_model)
        work = [(row, [each for each in questions if (row, each) not in known]) for row in rows]
        cells = asking.review(job, [(row, wanted) for row, wanted in work if wanted])
        self._store.put_review(Review(name, asked, rows))
        on_start(Review(name, asked, rows, tuple(known.values())))
        found = dict(known)
        for cell in self._kept(cells, rows):
            found[cell.document, cell.question] = cell
            on_cell(cell)
        made = tuple(found[row, each] for row in rows for each in questions if (row, each) in found)
        return Review(name, asked, rows, made, len(made) < len(rows) * len(questions))

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

    def _rows(self, collections: Sequence[str], documents: Sequence[str]) -> tuple[str, ...]:
        """The documents to ask; raises `QuestionError`s where one cannot be asked, or none is."""
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
            if path not in there:
                raise NotSearchable(file=path)
        rows = tuple(
            path for path in named or there if not wanted or there[path].casefold() in wanted
        )
        if not rows:
            raise NothingToReview
        return rows

    def _known(
        self, questions: Sequence[str], rows: Sequence[str], *, with_model: bool
    ) -> dict[tuple[str, str], Cell]:
        """What need not be asked again: not what was quoted, where there is a model now."""
        cells = self._store.cells(questions, rows)
        usable = (cell for cell in cells if cell.model or not with_model)
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


def _cleaned(column: Column) -> Column:
    return replace(column, question=clean_question(column.question).strip())
