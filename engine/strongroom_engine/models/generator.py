"""The engine's side of the answer worker: start it, ask it, hear it, and survive its death.

A worker answers one command at a time. It can end at any moment (out of memory, a driver's
abort): that costs the answer it was writing and nothing else, for the next question starts
another. Cancelling is certain: a worker that has not stopped within CANCEL_LIMIT_S is killed.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, Protocol

from strongroom_engine import processes
from strongroom_engine.errors import (
    AnswerWorkerDied,
    Bug,
    ModelMissing,
    QuestionError,
    from_wire,
)
from strongroom_engine.models import messages as say
from strongroom_engine.models.endings import cause
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt

CANCEL_LIMIT_S = 1.0
"""How long a worker may take to stop before it is killed."""
_POLL_S = 0.05


State = Literal["away", "idle", "busy"]
"""Whether the model is not in memory, is in memory, or is at work (or being loaded)."""


class Generator(Protocol):
    """What writes answers. `generate` blocks; everything may be called from any thread."""

    plan: ModelPlan

    def load(
        self, stable: Sequence[Message], cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        """Start, load the model and evaluate the messages that all prompts share; idempotent.

        False when cancelled meanwhile.
        """
        ...

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        """Write an answer; `on_token` gets its text as it grows, from the calling thread."""
        ...

    def weigh(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> float:
        """How likely the model begins to refuse with `prompt.refusal`, 0 to 1; 0 when cancelled.

        The prompt is evaluated for it, and a `generate` of the same prompt need not do so again.
        """
        ...

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Read the passages of a prompt (`Prompt.passages`) ahead of it, the last first: when it, or
        another prompt with some of them, is evaluated, they need not be read again.

        How many are known then. What was read before it was cancelled is kept. Whatever else is
        asked of the model goes first.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """How many of the model's tokens the text has, inside a message."""
        ...

    @property
    def state(self) -> State: ...

    def close(self) -> None: ...


class WorkerGenerator:
    """A `Generator` in an answer worker process.

    Raises `ModelMissing`, `ModelDamaged`, `AnswerWorkerDied`; `SchemaUnusable` for a schema of
    which no grammar can be made; `Bug` for a prompt that exceeds the plan's context.
    """

    def __init__(self, plan: ModelPlan) -> None:
        self.plan = plan
        self._turn = threading.Lock()
        self._ids = itertools.count(1)
        self._worker: _Worker | None = None
        self._stable: tuple[Message, ...] = ()

    def load(
        self, stable: Sequence[Message], cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        with self._taking_turn(cancelled) as mine:
            return mine and self._ready(tuple(stable), cancelled) and not cancelled()

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        answer = _Answer(on_token)
        with self._taking_turn(cancelled) as mine:
            if not mine or not self._ready(self._stable, cancelled):
                return answer.ended(None)
            command = say.Generate(next(self._ids), prompt)
            return answer.ended(self._exchange(command, cancelled, answer.add))

    def weigh(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> float:
        with self._taking_turn(cancelled) as mine:
            if not mine or not self._ready(self._stable, cancelled):
                return 0.0
            event = self._exchange(say.Weigh(next(self._ids), prompt), cancelled)
        return event.refusal if isinstance(event, say.Weighed) else 0.0

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        with self._taking_turn(cancelled) as mine:
            if not mine or not self._ready(self._stable, cancelled):
                return 0
            event = self._exchange(say.Read(next(self._ids), prompt), cancelled)
        return event.passages if isinstance(event, say.WasRead) else 0

    def count_tokens(self, text: str) -> int:
        with self._turn:
            self._ready(self._stable, _never)
            event = self._exchange(say.CountTokens(next(self._ids), text), _never)
        assert isinstance(event, say.Counted)
        return event.tokens

    @property
    def state(self) -> State:
        if self._turn.locked():
            return "busy"
        return "away" if self._worker is None else "idle"

    def close(self) -> None:
        """End the worker; all its memory is free afterwards. A later question starts another."""
        mine = False
        while not mine:
            if (worker := self._worker) is not None:
                worker.child.kill()  # whoever waits for it learns that it ended
            # One that is started just now is there a moment later, and would load to its end.
            mine = self._turn.acquire(timeout=_POLL_S)
        try:
            self._drop()
        finally:
            self._turn.release()

    @contextmanager
    def _taking_turn(self, cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Wait for other callers; false when cancelled meanwhile."""
        while not (mine := self._turn.acquire(timeout=_POLL_S)):
            if cancelled():
                break
        try:
            yield mine
        finally:
            if mine:
                self._turn.release()

    def _ready(self, stable: tuple[Message, ...], cancelled: Callable[[], bool]) -> bool:
        """See to a worker with the model loaded; false when cancelled meanwhile."""
        if self._worker is not None and self._worker.child.returncode is not None:
            self._drop()
        if self._worker is not None and stable == self._stable:
            return True
        if cancelled():
            return False
        if not self.plan.file or not Path(self.plan.file).exists():
            raise ModelMissing(model=self.plan.name or self.plan.model or "for this computer")
        if self._worker is None:
            self._worker = _Worker(processes.start("answerer"))
        self._stable = stable
        command = say.Load(next(self._ids), self.plan, stable)
        return self._exchange(command, cancelled) is not None

    def _exchange(
        self,
        command: say.Command,
        cancelled: Callable[[], bool],
        on_text: Callable[[str], None] | None = None,
    ) -> say.Event | None:
        """Send a command and hear its events out; the last one, or None when it had to be killed.

        However this ends otherwise, no worker is left in an unknown state.
        """
        assert self._worker is not None
        try:
            event = self._worker.carry_out(command, cancelled, on_text)
        except _Killed:
            self._drop()
            return None
        except BaseException:
            self._drop()
            raise
        if isinstance(event, say.Problem):
            problem = from_wire(event.code, event.details)
            if not isinstance(problem, QuestionError):  # then the worker is well
                self._drop()
            raise problem
        if isinstance(event, say.Fault):  # the worker refused, and is well
            raise Bug(event.what)
        return event

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Killed(Exception):
    """The worker did not stop in time."""


class _Worker:
    """A running answer worker, and the thread that hears it."""

    def __init__(self, child: processes.Child) -> None:
        self.child = child
        self._heard: queue.SimpleQueue[say.Event | None] = queue.SimpleQueue()
        self._ear = threading.Thread(target=self._hear, name="answer-worker", daemon=True)
        self._ear.start()

    def _hear(self) -> None:
        with suppress(processes.FrameTooLarge, ValueError, OSError):  # as bad as its death
            while (body := self.child.receive(say.EVENT_LIMIT_BYTES)) is not None:
                self._heard.put(say.decode_event(body))
        self._heard.put(None)

    def carry_out(
        self,
        command: say.Command,
        cancelled: Callable[[], bool],
        on_text: Callable[[str], None] | None,
    ) -> say.Event:
        self._send(command)
        asked_to_stop: float | None = None
        while True:
            if asked_to_stop is None and cancelled():
                asked_to_stop = time.monotonic()
                self._send(say.Cancel(command.id))
            match self._next():
                case None if asked_to_stop and time.monotonic() - asked_to_stop > CANCEL_LIMIT_S:
                    raise _Killed
                case say.Token(id=command.id, text=text) if on_text:
                    on_text(text)
                case event if event is not None and event.id == command.id:
                    return event

    def _send(self, command: say.Command) -> None:
        try:
            self.child.send(say.encode(command))
        except OSError as exc:
            raise self._death() from exc

    def _next(self) -> say.Event | None:
        """The next event, or None when none came for a moment."""
        try:
            event = self._heard.get(timeout=_POLL_S)
        except queue.Empty:
            return None
        if event is None:
            raise self._death()
        return event

    def _death(self) -> AnswerWorkerDied:
        limit = time.monotonic() + processes.TERMINATE_TIMEOUT_S
        while self.child.returncode is None and time.monotonic() < limit:
            time.sleep(_POLL_S)  # its pipe closes a little before it is gone
        return AnswerWorkerDied(why=cause(self.end()))

    def end(self) -> int | None:
        self.child.kill()
        code = self.child.end()
        self._ear.join(timeout=processes.KILL_TIMEOUT_S)
        return code


class _Answer:
    """What has been written so far, and when it began."""

    def __init__(self, on_token: Callable[[str], None]) -> None:
        self._started = time.monotonic()
        self._on_token = on_token
        self._texts: list[str] = []
        self._first_ms: float | None = None

    def add(self, text: str) -> None:
        if self._first_ms is None:
            self._first_ms = self._passed_ms()
        self._texts.append(text)
        self._on_token(text)

    def ended(self, event: say.Event | None) -> Generation:
        """`event` is None when it was stopped before the worker could say anything about it."""
        end = event if isinstance(event, say.Finished) else say.Finished(0, 0, 0, 0, stopped=True)
        return Generation(
            text="".join(self._texts),
            prompt_tokens=end.prompt_tokens,
            reused_tokens=end.reused_tokens,
            tokens=end.tokens,
            first_token_ms=self._first_ms,
            total_ms=self._passed_ms(),
            stopped=end.stopped,
            cut=end.cut,
            refusal_probability=end.refusal,
        )

    def _passed_ms(self) -> float:
        return (time.monotonic() - self._started) * 1000


def _never() -> bool:
    return False
