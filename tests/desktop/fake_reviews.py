"""How the fake engine host answers what concerns reviews: one after the other, as the real one."""

from __future__ import annotations

import os
import queue
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import made_reviews as made  # type: ignore[import-not-found]  # it lies beside this script

from strongroom_engine import protocol as p
from strongroom_engine.errors import ReviewNameTaken, UnknownReview
from strongroom_engine.types import Cell, Column, Review, ReviewSummary
from strongroom_engine.types import Progress as ProgressValue

if TYPE_CHECKING:
    from collections.abc import Callable

PART = 500
TOGETHER = 4
"""So many cells are read at a time."""


class Reviewing:
    """Mixed into the host. A question that holds 'die' ends the process after its first cell."""

    say: Callable[[p.Message], None]
    cancelled: set[int]
    delay_s: float

    def start_reviewing(self, *, with_one: bool) -> None:
        self.reviews: dict[str, Review] = {}
        self.cells: dict[tuple[str, str], Cell] = {}
        self.asked: dict[tuple[str, str], int] = {}
        if with_one:
            self._keep(made.done(cells=32))
            self._keep(replace(made.done("Half of it", cells=19)))
        self._queue: queue.SimpleQueue[tuple[p.Message, Callable[[], None]]] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    def _keep(self, review: Review) -> None:
        self.reviews[review.name] = replace(review, cells=())
        if review.name != "Half of it":
            self.cells |= {(c.document, c.question): c for c in review.cells if not c.problem}

    def _work(self) -> None:
        while True:
            request, then = self._queue.get()
            try:
                then()
            except (UnknownReview, ReviewNameTaken) as exc:
                self.say(p.failed(request.id, exc))

    def _review(self, name: str) -> Review:
        if name == "Large":
            large: Review = made.large()
            return large
        if name not in self.reviews:
            raise UnknownReview(name=name, known=", ".join(self.reviews))
        return self.reviews[name]

    def _known(self, review: Review) -> tuple[Cell, ...]:
        if review.cells:
            return review.cells
        places = [(d, c.question) for d in review.documents for c in review.columns]
        return tuple(self.cells[each] for each in places if each in self.cells)

    def _open(self, number: int, review: Review, cells: tuple[Cell, ...]) -> None:
        self.say(p.ReviewOpened(id=number, review=replace(review, cells=())))
        for start in range(0, len(cells), PART):
            self.say(p.ReviewCells(id=number, cells=cells[start : start + PART]))

    def _fill(self, number: int, review: Review, wanted: list[tuple[str, str]]) -> None:
        known = tuple(c for c in self._known(review) if (c.document, c.question) not in wanted)
        self._open(number, review, known)
        begun = 0
        for done, (document, question) in enumerate(wanted):
            if number in self.cancelled:
                break
            what = document.rpartition("/")[2]
            progress = ProgressValue(done, len(wanted), what, 1.0, 6.0 * (len(wanted) - done))
            self.say(p.Working(id=number, progress=progress))
            for read in wanted[begun : done + TOGETHER]:
                self.say(p.ReviewReading(id=number, document=read[0], question=read[1]))
            begun = done + TOGETHER
            time.sleep(self.delay_s)
            if "die" in question:
                os._exit(3)
            times = self.asked[document, question] = self.asked.get((document, question), 0) + 1
            cell = made.cell(document, question, times)
            if not cell.problem:
                self.cells[document, question] = cell
            self.say(p.ReviewCells(id=number, cells=(cell,)))
        self.say(p.Reviewed(id=number, review=review))

    def _open_places(self, review: Review) -> list[tuple[str, str]]:
        places = [(d, c.question) for d in review.documents for c in review.columns]
        return [each for each in places if each not in self.cells]

    # --- requests --------------------------------------------------------------------------------

    def on_runreview(self, request: p.RunReview) -> None:
        review = Review(request.name, request.columns, request.documents)
        self.reviews[request.name] = review
        self._queue.put(
            (request, lambda: self._fill(request.id, review, self._open_places(review)))
        )

    def on_goon(self, request: p.GoOn) -> None:
        def work() -> None:
            review = self._review(request.name)
            self._fill(request.id, review, self._open_places(review))

        self._queue.put((request, work))

    def on_askagain(self, request: p.AskAgain) -> None:
        def work() -> None:
            review = self._review(request.name)
            wanted = [
                (document, column.question)
                for document in review.documents
                for column in review.columns
                if (not request.documents or document in request.documents)
                and (not request.questions or column.question in request.questions)
            ]
            for place in wanted:
                self.asked[place] = max(self.asked.get(place, 0), 1)
            self._fill(request.id, review, wanted)

        self._queue.put((request, work))

    def on_putreview(self, request: p.PutReview) -> None:
        def work() -> None:
            review = Review(request.name, request.columns, request.documents)
            self.reviews[request.name] = review
            self._open(request.id, review, self._known(review))
            self.say(p.Reviewed(id=request.id, review=review))

        self._queue.put((request, work))

    def on_getreview(self, request: p.GetReview) -> None:
        review = self._review(request.name)
        self._open(request.id, review, self._known(review))
        self.say(p.Reviewed(id=request.id, review=replace(review, cells=())))

    def on_renamereview(self, request: p.RenameReview) -> None:
        if request.new_name in self.reviews:
            raise ReviewNameTaken(name=request.new_name)
        review = self.reviews.pop(request.name)
        self.reviews[request.new_name] = replace(review, name=request.new_name)
        self.say(p.Done(id=request.id))

    def on_judgecell(self, request: p.JudgeCell) -> None:
        place = (request.document, request.question)
        before = self.cells.get(place) or Cell(*place)
        text = request.text if request.verdict == "corrected" else ""
        cell = self.cells[place] = replace(before, verdict=request.verdict, correction=text)
        self.say(p.ReviewCells(id=request.id, cells=(cell,)))
        self.say(p.Done(id=request.id))

    def on_listreviews(self, request: p.ListReviews) -> None:
        found = tuple(
            ReviewSummary(
                each.name, len(each.documents), len(each.columns), len(self._known(each)),
                1_795_000_000_000,
            )
            for each in self.reviews.values()
        )  # fmt: skip
        self.say(p.Reviews(id=request.id, reviews=found))

    def on_removereview(self, request: p.RemoveReview) -> None:
        self.reviews.pop(request.name, None)
        self.say(p.Done(id=request.id))

    def on_exportreview(self, request: p.ExportReview) -> None:
        self._review(request.name)
        self.say(p.Done(id=request.id))

    def on_readquestions(self, request: p.ReadQuestions) -> None:
        self.say(
            p.Questions(id=request.id, columns=(Column("Who signed?", "Signed"), made.CONCERN))
        )
