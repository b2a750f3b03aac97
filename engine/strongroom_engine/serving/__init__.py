"""The engine process's answers, a module a family of requests (as in `protocol`).

A handler says in which pool of the host it runs and answers with the closing event; the host fills
in the request's id, in that one and in every event that is sent before it.
"""

from __future__ import annotations

from strongroom_engine.serving import (
    answering,
    conversations,
    indexing,
    machine,
    quality,
    reading,
    reviews,
    settings,
)
from strongroom_engine.serving.calls import Call, Handler, Handlers

HANDLERS: Handlers = {
    **answering.HANDLERS,
    **conversations.HANDLERS,
    **indexing.HANDLERS,
    **machine.HANDLERS,
    **quality.HANDLERS,
    **reading.HANDLERS,
    **reviews.HANDLERS,
    **settings.HANDLERS,
}

__all__ = ["HANDLERS", "Call", "Handler"]
