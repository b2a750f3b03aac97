"""How the engine process answers one kind of request: which pool does it, and what it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from strongroom_engine.library import Library
from strongroom_engine.protocol import Message

Pool = Literal["index", "ask", "ahead", "review", "page", "look", "start"]
"""Index work may take hours; a page never waits for a search; 'start' loads what takes long, 'look'
is for what is quick and for what must not wait for indexing, 'ahead' for what is read while a question
is typed."""


class Later(Protocol):
    def __call__(self, work: Callable[[], object], pool: Pool = "start", /) -> object: ...


@dataclass(frozen=True, slots=True)
class Call:
    """What the answer to one request works with.

    `send` sends an event ahead of the closing one, `stopped` says whether the window has cancelled
    the request (or all is ending), `later` does something in the background afterwards.
    """

    library: Library
    send: Callable[[Message], None]
    stopped: Callable[[], bool]
    later: Later


@dataclass(frozen=True, slots=True)
class Handler:
    """`serve` takes the call and the request, and returns the closing event without its id."""

    pool: Pool
    serve: Callable[[Call, Any], Message]


Handlers = dict[type[Message], Handler]
