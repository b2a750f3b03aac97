"""Answers about reviews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.reviews.running import Asking
from strongroom_engine.serving.calls import Call, Handler, Handlers
from strongroom_engine.types import Review

CELLS_A_PART = 500


def _run(call: Call, request: wire.RunReview) -> wire.Message:
    done = call.library.reviews.run(
        request.name,
        request.columns,
        request.collections,
        request.documents,
        again=request.again,
        asking=_asking(call, request.model),
    )
    return _closed(done)


def _go_on(call: Call, request: wire.GoOn) -> wire.Message:
    return _closed(call.library.reviews.go_on(request.name, _asking(call, request.model)))


def _ask_again(call: Call, request: wire.AskAgain) -> wire.Message:
    asking = _asking(call, request.model)
    reviews = call.library.reviews
    return _closed(reviews.ask_again(request.name, request.questions, request.documents, asking))


def _put(call: Call, request: wire.PutReview) -> wire.Message:
    changed = call.library.reviews.change(
        request.name, request.columns, request.collections, request.documents
    )
    _send_opened(call, changed)
    return _closed(changed)


def _get(call: Call, request: wire.GetReview) -> wire.Message:
    found = call.library.reviews.get(request.name)
    _send_opened(call, found)
    return _closed(found)


def _asking(call: Call, model: str) -> Asking:
    return Asking(
        model=model,
        on_start=lambda review: _send_opened(call, review),
        on_reading=lambda document, question: call.send(
            wire.ReviewReading(document=document, question=question)
        ),
        on_cell=lambda cell: call.send(wire.ReviewCells(cells=(cell,))),
        on_progress=lambda progress: call.send(wire.Working(progress=progress)),
        cancelled=call.stopped,
    )


def _closed(review: Review) -> wire.Message:
    return wire.Reviewed(review=replace(review, cells=()))


def _send_opened(call: Call, review: Review) -> None:
    """The review, and then its cells in parts: the window takes one in at a time."""
    call.send(wire.ReviewOpened(review=replace(review, cells=())))
    for start in range(0, len(review.cells), CELLS_A_PART):
        part = review.cells[start : start + CELLS_A_PART]
        call.send(wire.ReviewCells(cells=part))


def _list(call: Call, _request: wire.ListReviews) -> wire.Message:
    return wire.Reviews(reviews=call.library.reviews.summaries())


def _rename(call: Call, request: wire.RenameReview) -> wire.Message:
    call.library.reviews.rename(request.name, request.new_name)
    return wire.Done()


def _judge(call: Call, request: wire.JudgeCell) -> wire.Message:
    judged = call.library.reviews.judge(
        request.document, request.question, request.verdict, request.text
    )
    call.send(wire.ReviewCells(cells=(judged,)))
    return wire.Done()


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
    wire.GoOn: Handler("review", _go_on),
    wire.AskAgain: Handler("review", _ask_again),
    wire.PutReview: Handler("review", _put),  # not while its old questions are being asked
    wire.RenameReview: Handler("look", _rename),
    wire.JudgeCell: Handler("look", _judge),
    wire.GetReview: Handler("look", _get),
    wire.ListReviews: Handler("look", _list),
    wire.RemoveReview: Handler("look", _remove),
    wire.ExportReview: Handler("look", _export),
    wire.ReadQuestions: Handler("look", _read_questions),
}
