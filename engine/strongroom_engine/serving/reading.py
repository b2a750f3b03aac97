"""Answers for the reader: pages and texts."""

from __future__ import annotations

from strongroom_engine import protocol as wire
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _show(call: Call, request: wire.ShowPage) -> wire.Message:
    if request.page is None:
        return _text(call, request)
    drawn = call.library.page(request.file, request.page, request.width_px, request.spans)
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
    part = call.library.excerpt(request.file, request.spans)
    return wire.PageText(
        file=part.file,
        media_type=part.media_type,
        offset=part.offset,
        total=part.total,
        text=part.text,
        spans=part.spans,
    )


HANDLERS: Handlers = {
    wire.ShowPage: Handler("page", _show),
}
