"""Answers about reviews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.serving.calls import Call, Handler, Handlers
from strongroom_engine.types import Review

CELLS_A_PART = 500


def _run(call: Call, request: wire.RunReview) -> wire.Message:
    done = call.library.reviews.run(
        request.name,
        request.columns,
        request.collections,
        request.documents,
        model=request.model,
        again=request.again,
        on_start=lambda review: _send_opened(call, review),
        on_cell=lambda cell: call.send(wire.ReviewCells(cells=(cell,))),
        on_progress=lambda progress: call.send(wire.Working(progress=progress)),
        cancelled=call.stopped,
    )
    return wire.Reviewed(review=replace(done, cells=()))


def _get(call: Call, request: wire.GetReview) -> wire.Message:
    found = call.library.reviews.get(request.name)
    _send_opened(call, found)
    return wire.Reviewed(review=replace(found, cells=()))


def _send_opened(call: Call, review: Review) -> None:
    """The review, and then its cells in parts: the window takes one in at a time."""
    call.send(wire.ReviewOpened(review=replace(review, cells=())))
    for start in range(0, len(review.cells), CELLS_A_PART):
        part = review.cells[start : start + CELLS_A_PART]
        call.send(wire.ReviewCells(cells=part))


def _list(call: Call, _request: wire.ListReviews) -> wire.Message:
    return wire.Reviews(names=call.library.reviews.names())


def _read_questions(call: Call, request: wire.ReadQuestions) -> wire.Message:
    return wire.Questions(columns=call.library.reviews.read_questions(Path(request.file)))


def _remove(call: Call, request: wire.RemoveReview) -> wire.Message:
    call.library.reviews.remove(request.name)
    return wire.Done()


def _export(call: Call, request: wire.ExportReview) -> wire.Message:
    call.library.reviews.export(request.name, Path(request.file))
    return wire.Done()


HANDLERS: Handlers = {
    wire.RunReview: Handler("review", _run),  # it takes hours: questions are answered meanwhile
    wire.GetReview: Handler("look", _get),
    wire.ListReviews: Handler("look", _list),
    wire.RemoveReview: Handler("look", _remove),
    wire.ExportReview: Handler("look", _export),
    wire.ReadQuestions: Handler("look", _read_questions),
}
