"""The engine process's answers about reviews."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.library import Library
from strongroom_engine.types import Review

ReviewRequest = (
    wire.RunReview
    | wire.GetReview
    | wire.ListReviews
    | wire.RemoveReview
    | wire.ExportReview
    | wire.ReadQuestions
)

CELLS_A_PART = 500

Send = Callable[[wire.Message], None]


def serve_review(
    library: Library, request: ReviewRequest, send: Send, stopped: Callable[[], bool]
) -> wire.Message:
    """The closing event; what comes before it is sent."""
    number, reviews = request.id, library.reviews
    match request:
        case wire.RunReview():
            return _run(library, request, send, stopped)
        case wire.GetReview():
            found = reviews.get(request.name)
            _send_opened(number, found, send)
            return wire.Reviewed(id=number, review=replace(found, cells=()))
        case wire.ListReviews():
            return wire.Reviews(id=number, names=reviews.names())
        case wire.ReadQuestions():
            columns = reviews.read_questions(Path(request.file))
            return wire.Questions(id=number, columns=columns)
        case wire.RemoveReview():
            reviews.remove(request.name)
        case wire.ExportReview():
            reviews.export(request.name, Path(request.file))
    return wire.Done(id=number)


def _run(
    library: Library, request: wire.RunReview, send: Send, stopped: Callable[[], bool]
) -> wire.Message:
    number = request.id
    done = library.reviews.run(
        request.name,
        request.columns,
        request.collections,
        request.documents,
        model=request.model,
        again=request.again,
        on_start=lambda review: _send_opened(number, review, send),
        on_cell=lambda cell: send(wire.ReviewCells(id=number, cells=(cell,))),
        on_progress=lambda progress: send(wire.Working(id=number, progress=progress)),
        cancelled=stopped,
    )
    return wire.Reviewed(id=number, review=replace(done, cells=()))


def _send_opened(number: int, review: Review, send: Send) -> None:
    """The review, and then its cells in parts: the window takes one in at a time."""
    send(wire.ReviewOpened(id=number, review=replace(review, cells=())))
    for start in range(0, len(review.cells), CELLS_A_PART):
        part = review.cells[start : start + CELLS_A_PART]
        send(wire.ReviewCells(id=number, cells=part))
