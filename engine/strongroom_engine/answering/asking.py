"""What the ways of answering share: the request, who asked, the parts that do the work, the clock.

Each way of answering is a function of them all, `(Job) -> Answer`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Progress, Task, Timings, Turn

OnStage = Callable[[str, int], None]
"""Where an answer stands: 'searching', 'loading', 'reading' (with the passages that are still to be
read) or 'read' (with those that all have been), 'writing' (with those written from, where known)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question, what is to be done with it, and where.

    `documents` are paths: a task that is about whole documents is about these, a question is
    searched in them. `turns` is the conversation so far, oldest first. `schema` is a JSON Schema.
    """

    question: str
    collections: tuple[str, ...] = ()
    everywhere: bool = False
    task: Task = "answer"
    documents: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asked: what is reported to, and whether it still wants to know."""

    on_stage: OnStage = lambda _name, _passages: None
    on_token: Callable[[str], None] = lambda _text: None
    on_progress: Callable[[Progress], None] = lambda _progress: None
    cancelled: Callable[[], bool] = lambda: False
    on_taken: Callable[[str], None] = lambda _standalone: None
    """How a question was understood within its conversation, where that differs."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What does the work. `generator` makes the answer model when it is first needed; it raises
    `ModelError`s where none can be used."""

    store: Store
    searcher: Searcher
    embedder: Embedder | None
    generator: Callable[[], Generator]
    settings: Settings


@dataclass(slots=True)
class Clock:
    """Milliseconds from the start of the question."""

    _started: float = field(default_factory=time.perf_counter)
    _search_ms: float = 0.0
    _first_token_ms: float | None = None

    def searched(self) -> None:
        self._search_ms = self._passed_ms()

    def first_token(self) -> bool:
        """Note that text comes; whether this is the first."""
        if self._first_token_ms is not None:
            return False
        self._first_token_ms = self._passed_ms()
        return True

    def timings(self) -> Timings:
        return Timings(self._search_ms, self._first_token_ms, self._passed_ms())

    def _passed_ms(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)


@dataclass(frozen=True, slots=True)
class Job:
    """A question that is being answered."""

    request: Request
    parts: Parts
    caller: Caller = field(default_factory=Caller)
    clock: Clock = field(default_factory=Clock)

    @property
    def question(self) -> str:
        return self.request.question
