"""Answers for the reader: pages and texts, places of words, facts."""

from __future__ import annotations

from strongroom_engine import protocol as wire
from strongroom_engine.errors import Cancelled
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _show(call: Call, request: wire.ShowPage) -> wire.Message:
    _still_wanted(call)
    if request.page is None or request.as_text:
        return _text(call, request)
    drawn = call.library.reading.page(request.file, request.page, request.width_px, request.spans)
    return wire.PageImage(
        file=request.file,
        page=request.page,
        pages=drawn.pages,
        label=drawn.label,
        width_px=drawn.width_px,
        height_px=drawn.height_px,
        png=drawn.png,
        rectangles=drawn.rectangles,
    )


def _text(call: Call, request: wire.ShowPage) -> wire.Message:
    part = call.library.reading.excerpt(
        request.file,
        request.spans,
        page=request.page,
        offset=request.offset,
        until=request.until,
    )
    return wire.PageText(
        file=part.file,
        media_type=part.media_type,
        offset=part.offset,
        total=part.total,
        text=part.text,
        spans=part.spans,
        headings=part.headings,
        tables=part.tables,
        items=part.items,
        places=part.places,
    )


def _lines(call: Call, request: wire.GetPageLines) -> wire.Message:
    _still_wanted(call)
    read = call.library.reading.lines(request.file, request.page)
    return wire.PageLines(file=request.file, page=read.page, text=read.text, lines=read.lines)


def _find(call: Call, request: wire.FindInDocument) -> wire.Message:
    _still_wanted(call)
    found = call.library.reading.find(request.file, request.words, call.stopped)
    return wire.FoundInDocument(
        file=found.file, words=found.words, places=found.places, more=found.more
    )


def _facts(call: Call, request: wire.GetDocument) -> wire.Message:
    return wire.DocumentTold(file=request.file, facts=call.library.reading.facts(request.file))


def _report(call: Call, request: wire.GetReport) -> wire.Message:
    return wire.ReportTold(file=request.file, report=call.library.reading.report(request.file))


def _check(call: Call, request: wire.CheckDocument) -> wire.Message:
    return wire.ReportTold(file=request.file, report=call.library.reading.check(request.file))


def _still_wanted(call: Call) -> None:
    """Whoever flips through pages wants the last of them only."""
    if call.stopped():
        raise Cancelled


HANDLERS: Handlers = {
    wire.ShowPage: Handler("page", _show),
    wire.GetPageLines: Handler("page", _lines),
    wire.FindInDocument: Handler("look", _find),
    wire.GetDocument: Handler("look", _facts),
    wire.GetReport: Handler("look", _report),
    wire.CheckDocument: Handler("look", _check),
}
