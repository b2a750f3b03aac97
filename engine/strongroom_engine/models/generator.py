"""The engine's side of the answer worker: start it, ask it, hear it, and survive its death.

A worker does what several threads ask of it at once. It can end at any moment (out of memory, a
driver's abort): that costs the answers it was writing and nothing else, for the next question starts
another. Cancelling is certain: a worker that has not stopped within CANCEL_LIMIT_S is killed, unless
it is at work for others.
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
    """What writes answers. Every call waits for its result, and may come from any thread: answers
    that are asked for at once are written together."""

    plan: ModelPlan

    @property
    def keeps(self) -> bool:
        """Whether it keeps passages that it has read, as is planned; that a model or a device does
        not allow it is known once the model is loaded."""
        ...

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

    def weigh(
        self,
        prompt: Prompt,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        ahead: bool = False,
    ) -> float:
        """How likely the model begins to refuse with `prompt.refusal`, 0 to 1; 0 when cancelled.

        The prompt is evaluated for it, and a `generate` of the same prompt need not do so again; of
        one that goes on otherwise, only what does. With `ahead`, before it is asked, whatever else
        is asked of the model goes first, and a later `weigh` or `read` ahead in place of it.
        """
        ...

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Read the passages of a prompt (`Prompt.passages`) ahead of it, the last first: when it, or
        another prompt with some of them, is evaluated, they need not be read again.

        How many are known then. What was read before it was cancelled is kept. Whatever else is
        asked of the model goes first.
        """
        ...

    def known(self, prompt: Prompt) -> tuple[bool, ...]:
        """Which of a prompt's passages have been read, or, if it is the last, are in hand and half
        read; starts nothing, and waits for nothing."""
        ...

    def forget(self, documents: Sequence[str]) -> None:
        """Drop what was read of these documents (`Prompt.documents`); starts nothing."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many of the model's tokens the text has, inside a message. Waits for no other call,
        but for the loading of the model."""
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
        self._starting = threading.Lock()
        """Held while a worker is started, loads, or is taken away."""
        self._ids = itertools.count(1)
        self._worker: _Worker | None = None
        self._can_keep = True

    @property
    def keeps(self) -> bool:
        return self._can_keep and self.plan.block_bytes > 0

    def load(
        self, stable: Sequence[Message], cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        return self._ready(tuple(stable), cancelled) is not None and not cancelled()

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        answer = _Answer(on_token)
        command = say.Generate(next(self._ids), prompt)
        return answer.ended(self._ask(command, cancelled, answer.add))

    def weigh(
        self,
        prompt: Prompt,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        ahead: bool = False,
    ) -> float:
        event = self._ask(say.Weigh(next(self._ids), prompt, ahead), cancelled)
        return event.refusal if isinstance(event, say.Weighed) else 0.0

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        event = self._ask(say.Read(next(self._ids), prompt), cancelled)
        return event.passages if isinstance(event, say.WasRead) else 0

    def known(self, prompt: Prompt) -> tuple[bool, ...]:
        worker = self._worker
        if worker is not None and () in worker.prepared and prompt.passages:
            with suppress(AnswerWorkerDied):  # then it knows nothing any more
                event = worker.carry_out(say.Known(next(self._ids), prompt), _never, None)
                if isinstance(event, say.WasKnown):
                    return event.passages
        return (False,) * len(prompt.passages)

    def forget(self, documents: Sequence[str]) -> None:
        worker = self._worker
        if worker is not None:
            with suppress(AnswerWorkerDied):  # then it knows nothing any more
                worker.send(say.Forget(next(self._ids), tuple(documents)))

    def count_tokens(self, text: str) -> int:
        event = self._ask(say.CountTokens(next(self._ids), text), _never)
        assert isinstance(event, say.Counted)
        return event.tokens

    @property
    def state(self) -> State:
        worker = self._worker
        if self._starting.locked() or (worker is not None and worker.busy):
            return "busy"
        return "away" if worker is None else "idle"

    def close(self) -> None:
        """End the worker; all its memory is free afterwards. A later question starts another."""
        mine = False
        while not mine:
            if (worker := self._worker) is not None:
                worker.child.kill()  # whoever waits for it learns that it ended
            # One that is started just now is there a moment later, and would load to its end.
            mine = self._starting.acquire(timeout=_POLL_S)
        try:
            self._drop(self._worker)
        finally:
            self._starting.release()

    # --- the worker ------------------------------------------------------------------------------

    def _ask(
        self,
        command: say.Command,
        cancelled: Callable[[], bool],
        on_text: Callable[[str], None] | None = None,
    ) -> say.Event | None:
        """Ask the worker, which is started and loaded first where there is none; None when cancelled
        before it began, or when it did not stop."""
        worker = self._ready((), cancelled)
        return None if worker is None else self._exchange(worker, command, cancelled, on_text)

    def _ready(self, stable: tuple[Message, ...], cancelled: Callable[[], bool]) -> _Worker | None:
        """A worker with the model loaded, and these messages evaluated; None when cancelled."""
        worker = self._worker
        if worker is not None and worker.is_well and stable in worker.prepared:
            return worker
        with self._taking_turn(cancelled) as mine:
            return self._load(stable, cancelled) if mine else None

    def _load(self, stable: tuple[Message, ...], cancelled: Callable[[], bool]) -> _Worker | None:
        if self._worker is not None and not self._worker.is_well:
            self._drop(self._worker)
        worker = self._worker
        if worker is not None and stable in worker.prepared:
            return worker
        if cancelled():
            return None
        if not self.plan.file or not Path(self.plan.file).exists():
            raise ModelMissing(model=self.plan.name or self.plan.model or "for this computer")
        if worker is None:
            worker = self._worker = _Worker(processes.start("answerer"))
        command = say.Load(next(self._ids), self.plan, stable)
        event = self._exchange(worker, command, cancelled)
        if not isinstance(event, say.Loaded):
            return None
        self._can_keep = event.keeps
        worker.prepared.add(())
        if event.stable_tokens:  # else it was cancelled before they were evaluated
            worker.prepared.add(stable)
        return worker

    @contextmanager
    def _taking_turn(self, cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Wait for other callers; false when cancelled meanwhile."""
        while not (mine := self._starting.acquire(timeout=_POLL_S)):
            if cancelled():
                break
        try:
            yield mine
        finally:
            if mine:
                self._starting.release()

    def _exchange(
        self,
        worker: _Worker,
        command: say.Command,
        cancelled: Callable[[], bool],
        on_text: Callable[[str], None] | None = None,
    ) -> say.Event | None:
        """Send a command and hear its events out; the last one, or None when it did not stop.

        However this ends otherwise, no worker is left in an unknown state.
        """
        try:
            event = worker.carry_out(command, cancelled, on_text)
        except _Hanging:
            if not worker.busy:  # else it is well, and stops this when it comes to it
                self._drop(worker)
            return None
        except BaseException:
            if worker.is_well and worker.busy:  # others are not to suffer
                worker.send(say.Cancel(command.id))
            else:
                self._drop(worker)
            raise
        if isinstance(event, say.Problem):
            problem = from_wire(event.code, event.details)
            if not isinstance(problem, QuestionError):  # then the worker is well
                self._drop(worker)
            raise problem
        if isinstance(event, say.Fault):  # the worker refused, and is well
            raise Bug(event.what)
        return event

    def _drop(self, worker: _Worker | None) -> None:
        if worker is not None:
            if self._worker is worker:
                self._worker = None
            worker.end()


class _Hanging(Exception):
    """The worker did not stop in time."""


class _Worker:
    """A running answer worker, and the thread that hears it."""

    def __init__(self, child: processes.Child) -> None:
        self.child = child
        self.prepared: set[tuple[Message, ...]] = set()
        """First messages that it has evaluated; none, too, once the model is loaded."""
        self._asked: dict[int, queue.SimpleQueue[say.Event | None]] = {}
        """Where the events of each command go that is not answered yet; None is the worker's death."""
        self._quiet: set[int] = set()
        """Of these, those that nobody waits for."""
        self._sending = threading.Lock()
        self._changing = threading.Lock()
        self._ending = threading.Lock()
        self._dead = False
        self._ear = threading.Thread(target=self._hear, name="answer-worker", daemon=True)
        self._ear.start()

    @property
    def is_well(self) -> bool:
        return not self._dead and self.child.returncode is None

    @property
    def busy(self) -> bool:
        """Whether something is asked of it that somebody waits for."""
        return len(self._asked) > len(self._quiet)

    def _hear(self) -> None:
        with suppress(processes.FrameTooLarge, ValueError, OSError):  # as bad as its death
            while (body := self.child.receive(say.EVENT_LIMIT_BYTES)) is not None:
                event = say.decode_event(body)
                if (heard := self._asked.get(event.id)) is not None:
                    heard.put(event)
        with self._changing:
            self._dead = True
            for heard in self._asked.values():
                heard.put(None)

    def carry_out(
        self,
        command: say.Command,
        cancelled: Callable[[], bool],
        on_text: Callable[[str], None] | None,
    ) -> say.Event:
        with self._listening(command) as heard:
            self.send(command)
            asked_to_stop: float | None = None
            while True:
                if asked_to_stop is None and cancelled():
                    asked_to_stop = time.monotonic()
                    self.send(say.Cancel(command.id))
                match self._next(heard):
                    case None if asked_to_stop and _passed(asked_to_stop) > CANCEL_LIMIT_S:
                        raise _Hanging
                    case say.Token(text=text):
                        if on_text:
                            on_text(text)
                    case event if event is not None:
                        return event

    @contextmanager
    def _listening(self, command: say.Command) -> Iterator[queue.SimpleQueue[say.Event | None]]:
        heard: queue.SimpleQueue[say.Event | None] = queue.SimpleQueue()
        with self._changing:
            if self._dead:
                heard.put(None)
            self._asked[command.id] = heard
            if say.is_ahead(command):
                self._quiet.add(command.id)
        try:
            yield heard
        finally:
            with self._changing:
                del self._asked[command.id]
                self._quiet.discard(command.id)

    def send(self, command: say.Command) -> None:
        try:
            with self._sending:
                self.child.send(say.encode(command))
        except (OSError, ValueError) as exc:  # it broke, or was closed by who ended it meanwhile
            raise self._death() from exc

    def _next(self, heard: queue.SimpleQueue[say.Event | None]) -> say.Event | None:
        """The next event, or None when none came for a moment."""
        try:
            event = heard.get(timeout=_POLL_S)
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
        with self._ending:  # all that wait for it do this
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


def _passed(since: float) -> float:
    return time.monotonic() - since


def _never() -> bool:
    return False
