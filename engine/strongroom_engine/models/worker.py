"""The answer worker: the one process that loads GGUF models (role 'answerer').

Two threads. One hears commands, so that Cancel and a count of tokens wait for nothing, and ends the
process when the engine is gone. The other, the main one, does the work, a part after another:

* prompts are read one after the other, in the order in which they came;
* all answers that are being written go on together, a token each, in one batch, between the parts
  of those prompts (Yu et al. 2022, "Orca": iteration-level scheduling);
* what is read ahead of a question has what time is left, and stops for anything else.

A mistake of llama.cpp's own ends the process: its state is not to be trusted then, and the engine
starts a new one for the next question.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import msgspec

from strongroom_engine.errors import AnswerWorkerDied, Bug, Cancelled, StrongroomError
from strongroom_engine.models import messages as say
from strongroom_engine.processes import FrameTooLarge, own_stdout, read_frame, write_frame
from strongroom_engine.sentences import reasons

if TYPE_CHECKING:
    from strongroom_engine.models.llama import LlamaModel
    from strongroom_engine.models.reading import Pieces, Steps
    from strongroom_engine.models.slots import Slot
    from strongroom_engine.models.writing import Writing

_NOT_LOADED = "the answer worker was asked before a model was loaded"
MOST_TOGETHER = 8
"""Answers that are written at once; more of them wait."""


def main(arguments: list[str]) -> int:
    del arguments  # everything comes as commands
    # OpenMP's threads spin while they wait for each other, which ruins everything as soon as
    # something else wants the processors: with indexing under way on two cores, answers came 10
    # to 20 times slower. Read when OpenMP is loaded, so it must be set before llama.cpp is.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    commands = sys.stdin.buffer
    return Worker(own_stdout()).run(commands)


@dataclass(eq=False)
class _Task:
    """A command that is being carried out, part after part."""

    command: say.Command
    steps: Steps = field(init=False)
    pieces: Pieces | None = None
    """The tokens of what is read ahead of a question, once they are known."""
    passage: str = ""
    """What of it is being read."""


@dataclass(eq=False)
class _Answer:
    """A command whose answer is being written."""

    command: say.Generate
    writing: Writing
    reused: int
    refusal: float | None


@dataclass
class _Heard:
    """What the engine has asked for. Filled by one thread, emptied by the other."""

    commands: deque[say.Command] = field(default_factory=deque)
    cancelled: set[int] = field(default_factory=set)
    news: threading.Event = field(default_factory=threading.Event)


class Worker:
    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe, self._sending = pipe, threading.Lock()
        self._heard = _Heard()
        self._model: LlamaModel | None = None
        self._tasks: deque[_Task] = deque()
        self._ahead: _Task | None = None
        """What is read ahead of a question."""
        self._answers: list[_Answer] = []

    def run(self, commands: IO[bytes]) -> int:
        threading.Thread(target=self._listen, args=(commands,), daemon=True).start()
        while True:
            self._take_in()
            try:
                self._go_on()
            except Exception as exc:  # llama.cpp reports its troubles as it likes
                why = reasons.REPORTED(report=exc or type(exc).__name__)
                for number in self._open():
                    self._send(say.Problem(number, AnswerWorkerDied.code, {"why": why}))
                return 1

    # --- hearing ---------------------------------------------------------------------------------

    def _listen(self, commands: IO[bytes]) -> None:
        with suppress(FrameTooLarge, msgspec.DecodeError, OSError):
            while (body := read_frame(commands, say.COMMAND_LIMIT_BYTES)) is not None:
                self._hear(say.decode_command(body))
        os._exit(0)  # the engine is gone, and the main thread may be deep in llama.cpp

    def _hear(self, command: say.Command) -> None:
        match command:
            case say.Cancel():
                self._heard.cancelled.add(command.id)
            case say.CountTokens():
                self._count(command)
                return
            case say.Known():
                self._tell_known(command)
                return
            case _:
                self._heard.commands.append(command)
        self._heard.news.set()

    def _count(self, command: say.CountTokens) -> None:
        if self._model is None:
            self._send(say.Fault(command.id, _NOT_LOADED))
        else:
            self._send(say.Counted(command.id, self._model.count_tokens(command.text)))

    def _tell_known(self, command: say.Known) -> None:
        if self._model is None:
            self._send(say.Fault(command.id, _NOT_LOADED))
            return
        try:
            known = self._model.known(command.prompt)
        except (Bug, StrongroomError):  # which is said when it is asked
            known = [False] * len(command.prompt.passages)
        self._send(say.WasKnown(command.id, tuple(known)))

    # --- what is done next -----------------------------------------------------------------------

    def _take_in(self) -> None:
        """Begin what was asked for meanwhile; wait for it where there is nothing to do."""
        if not (self._tasks or self._answers or self._ahead):
            self._heard.news.wait()
        self._heard.news.clear()
        while self._heard.commands:
            self._begin(self._heard.commands.popleft())

    def _begin(self, command: say.Command) -> None:
        task = _Task(command)
        match command:
            case say.Load():
                task.steps = self._load(command)
            case say.Generate():
                task.steps = self._generate(command)
            case _ if say.is_ahead(command):
                task.steps = self._read_ahead(task)
                self._end_ahead()  # a later one is what is wanted
                self._ahead = task
                return
            case say.Weigh():
                task.steps = self._weigh(command)
            case say.Forget():
                if self._model is not None:
                    self._model.reading.forget(command.documents)
                return
        self._tasks.append(task)

    def _go_on(self) -> None:
        """Do a part of what there is to do."""
        self._drop_cancelled()
        if self._tasks:
            task = self._tasks[0]
            if self._step(task, lambda: task.command.id in self._heard.cancelled):
                self._tasks.popleft()
        elif not self._answers and self._ahead and self._step(self._ahead, self._gives_way):
            self._ahead = None
        if self._answers:
            self._write()

    def _step(self, task: _Task, stops: Callable[[], bool]) -> bool:
        """Do a part of a task; whether it has come to its end. `stops` is asked while llama.cpp
        computes."""
        try:
            with self._model.context.abortable(stops) if self._model else nullcontext():
                next(task.steps)
            return False
        except StopIteration:
            return True
        except Cancelled:
            if task is self._ahead and not self._is_cancelled(task.command):
                task.steps = self._read_ahead(task)  # it gave way, and is gone on with
                return False
            self._close(task)
        except StrongroomError as exc:
            self._send(say.Problem(task.command.id, exc.code, exc.details))
        except Bug as exc:
            self._send(say.Fault(task.command.id, str(exc)))
        return True

    def _gives_way(self) -> bool:
        """Whether what is read ahead has to stop: something waits that does not want it."""
        assert self._ahead is not None
        if self._is_cancelled(self._ahead.command):
            return True
        passage, waiting = self._ahead.passage, tuple(self._heard.commands)
        return any(passage not in _passages(command) for command in waiting)

    def _drop_cancelled(self) -> None:
        # A model is loaded to its end: the engine would not know what it has else.
        begun = self._tasks if self._model is not None else ()
        for task in [task for task in begun if self._is_cancelled(task.command)]:
            self._tasks.remove(task)
            self._close(task)
        if self._ahead is not None and self._is_cancelled(self._ahead.command):
            self._end_ahead()
        for answer in [each for each in self._answers if self._is_cancelled(each.command)]:
            self._finish(answer, stopped=True)

    def _end_ahead(self) -> None:
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            self._close(ahead)

    def _close(self, task: _Task) -> None:
        """Stop a task, and say so."""
        task.steps.close()
        match task.command:
            case say.Load(id=number):
                self._say_loaded(number, 0)  # the next prompt evaluates what is missing
            case say.Weigh(id=number):
                self._send(say.Weighed(number, 0.0))
            case say.Generate(id=number):
                self._send(say.Finished(number, 0, 0, 0, stopped=True))
            case say.Read(id=number):
                self._send(say.WasRead(number, self._known(task)))

    def _is_cancelled(self, command: say.Command) -> bool:
        return command.id in self._heard.cancelled

    # --- commands --------------------------------------------------------------------------------

    def _load(self, command: say.Load) -> Steps:
        if self._model is None:
            from strongroom_engine.models.llama import LlamaModel

            self._model = LlamaModel(command.plan)
            yield  # from here on it can be aborted
        tokens = 0
        if command.stable:
            pieces = self._model.beginning(command.stable)
            tokens = len(pieces.tokens)
            with self._placed(slot := (yield from self._place(pieces))):
                yield from self._model.reading.bring(slot, pieces)
        self._say_loaded(command.id, tokens)

    def _say_loaded(self, number: int, stable_tokens: int) -> None:
        self._send(say.Loaded(number, stable_tokens, self._loaded().reading.joins))

    def _read_ahead(self, task: _Task) -> Steps:
        match task.command:
            case say.Read():
                yield from self._read(task.command, task)
            case say.Weigh():
                yield from self._weigh(task.command)

    def _weigh(self, command: say.Weigh) -> Steps:
        model, prompt = self._loaded(), command.prompt
        pieces = model.pieces(prompt)
        if not command.ahead:
            slot = yield from self._place(pieces)
        elif (free := model.take(pieces, ahead=True)) is not None:
            slot = free
        else:  # nobody needs it so much
            self._send(say.Weighed(command.id, 0.0))
            return
        with self._placed(slot):
            likely = yield from model.evaluate(slot, pieces, prompt.refusal)
        self._send(say.Weighed(command.id, likely))

    def _read(self, command: say.Read, task: _Task) -> Steps:
        model, prompt = self._loaded(), command.prompt
        pieces = task.pieces = model.pieces(prompt)
        slot = model.take_before(pieces) if model.reading.joins else None
        if slot is not None:
            with self._placed(slot):
                for index in reversed(range(len(prompt.passages))):
                    task.passage = prompt.passages[index]
                    yield from model.reading.read(slot, pieces, index)
        self._send(say.WasRead(command.id, self._known(task)))

    def _known(self, task: _Task) -> int:
        """How many of its passages are known; also of one that was cancelled before it began."""
        if task.pieces is None and isinstance(task.command, say.Read):
            with suppress(Bug):
                task.pieces = self._loaded().pieces(task.command.prompt)
        return sum(self._loaded().reading.which(task.pieces)) if task.pieces else 0

    def _generate(self, command: say.Generate) -> Steps:
        model, prompt = self._loaded(), command.prompt
        pieces = model.pieces(prompt)
        slot = yield from self._place(pieces, prompt.max_tokens)
        try:
            reused = model.reading.known(pieces, slot)
            likely = yield from model.evaluate(slot, pieces, prompt.refusal)
            writing = model.begin(slot, prompt)
        except BaseException:
            model.give_back(slot)
            raise
        answer = _Answer(command, writing, reused, likely if prompt.refusal else None)
        self._answers.append(answer)
        self._send_text(answer, model.first(writing))

    def _place(self, pieces: Pieces, answer_tokens: int = 0) -> Generator[None, None, Slot]:
        """A slot for a prompt, as soon as there is room."""
        model = self._loaded()
        while (
            len(self._answers) == MOST_TOGETHER
            or (slot := model.take(pieces, answer_tokens)) is None
        ):
            if not self._answers:  # nothing but this can make room
                self._end_ahead()
            yield
        return slot

    @contextmanager
    def _placed(self, slot: Slot) -> Iterator[None]:
        try:
            yield
        finally:
            self._loaded().give_back(slot)

    # --- answers ---------------------------------------------------------------------------------

    def _write(self) -> None:
        """Let every answer grow by a token or more."""
        going = [answer for answer in self._answers if not answer.writing.done]
        if going:
            texts = self._loaded().go_on([answer.writing for answer in going])
            for answer, text in zip(going, texts, strict=True):
                self._send_text(answer, text)
        for answer in [each for each in self._answers if each.writing.done]:
            self._finish(answer)

    def _finish(self, answer: _Answer, *, stopped: bool = False) -> None:
        writing = answer.writing
        self._answers.remove(answer)
        self._send_text(answer, writing.finish())
        self._send(
            say.Finished(
                answer.command.id,
                writing.prompt_tokens,
                answer.reused,
                len(writing.tokens),
                stopped,
                cut=not (writing.ended or stopped),
                refusal=answer.refusal,
            )
        )
        writing.close()
        self._loaded().give_back(writing.slot)

    def _loaded(self) -> LlamaModel:
        if self._model is None:
            raise Bug(_NOT_LOADED)
        return self._model

    def _open(self) -> list[int]:
        """What is not answered yet."""
        tasks = [*self._tasks, *([self._ahead] if self._ahead else [])]
        answers = [answer.command for answer in self._answers]
        return [command.id for command in (*(task.command for task in tasks), *answers)]

    def _send_text(self, answer: _Answer, text: str) -> None:
        if text:
            self._send(say.Token(answer.command.id, text))

    def _send(self, event: say.Event) -> None:
        with self._sending:
            write_frame(self._pipe, say.encode(event))


def _passages(command: say.Command) -> tuple[str, ...]:
    """What a command wants read."""
    match command:
        case say.Generate() | say.Weigh() | say.Read():
            return command.prompt.passages
    return ()
