"""Requests answered as the engine process answers them, without the process."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from strongroom_engine import protocol as wire
from strongroom_engine.library import Library
from strongroom_engine.serving import HANDLERS, Call
from strongroom_engine.serving.calls import Pool


def served(
    library: Library,
    request: wire.Request,
    *,
    stop_when: Callable[[list[wire.Event]], bool] = lambda _events: False,
) -> list[wire.Event]:
    """Every event that answers it, the closing one last, after all of them went over the wire.

    The request is cancelled as soon as `stop_when` the events so far. Errors are raised.
    """
    events: list[wire.Event] = []

    def send(event: wire.Message) -> None:
        numbered = structs.replace(event, id=request.id)
        events.append(wire.decode_event(wire.encode(numbered)))

    def at_once(work: Callable[[], object], _pool: Pool = "start", /) -> None:
        work()

    call = Call(library, send, stopped=lambda: stop_when(events), later=at_once)
    send(HANDLERS[type(request)].serve(call, wire.decode_request(wire.encode(request))))
    return events
