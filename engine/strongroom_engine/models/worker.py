"""The answer worker: the one process that loads GGUF models (role 'answerer').

Two threads. One reads commands, so that Cancel is heard whatever llama.cpp is doing, and ends
the process when the engine is gone. The other, the main one, carries commands out, one after the
other. A mistake of llama.cpp's own ends the process: its state is not to be trusted then, and the
engine starts a new one for the next question.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TYPE_CHECKING

import msgspec

from strongroom_engine.errors import AnswerWorkerDied, Bug, Cancelled, StrongroomError
from strongroom_engine.models import messages as say
from strongroom_engine.models.text_stream import TextStream
from strongroom_engine.processes import FrameTooLarge, own_stdout, read_frame, write_frame
from strongroom_engine.sentences import reasons

if TYPE_CHECKING:
    from strongroom_engine.models.llama import LlamaModel


def main(arguments: list[str]) -> int:
    del arguments  # everything comes as commands
    # OpenMP's threads spin while they wait for each other, which ruins everything as soon as
    # something else wants the processors: with indexing under way on two cores, answers came 10
    # to 20 times slower. Read when OpenMP is loaded, so it must be set before llama.cpp is.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    commands = sys.stdin.buffer
    return Worker(own_stdout()).run(commands)


class Worker:
    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._waiting: queue.SimpleQueue[say.Command] = queue.SimpleQueue()
        self._cancelled = 0
        self._model: LlamaModel | None = None

    def run(self, commands: IO[bytes]) -> int:
        threading.Thread(target=self._listen, args=(commands,), daemon=True).start()
        while True:
            command = self._waiting.get()
            try:
                self._carry_out(command)
            except StrongroomError as exc:
                self._send(say.Problem(command.id, exc.code, exc.details))
            except Bug as exc:
                self._send(say.Fault(command.id, str(exc)))
            except Exception as exc:  # llama.cpp reports its troubles as it likes
                why = reasons.REPORTED(report=exc or type(exc).__name__)
                self._send(say.Problem(command.id, AnswerWorkerDied.code, {"why": why}))
                return 1

    def _listen(self, commands: IO[bytes]) -> None:
        with suppress(FrameTooLarge, msgspec.DecodeError, OSError):
            while (body := read_frame(commands, say.COMMAND_LIMIT_BYTES)) is not None:
                command = say.decode_command(body)
                if isinstance(command, say.Cancel):
                    self._cancelled = command.id
                else:
                    self._waiting.put(command)
        os._exit(0)  # the engine is gone, and the main thread may be deep in llama.cpp

    def _carry_out(self, command: say.Command) -> None:
        match command:
            case say.Load():
                self._load(command)
            case say.Generate():
                self._generate(command)
            case say.Weigh():
                self._weigh(command)
            case say.Read():
                self._read(command)
            case say.CountTokens():
                tokens = self._loaded().count_tokens(command.text)
                self._send(say.Counted(command.id, tokens))

    def _load(self, command: say.Load) -> None:
        if self._model is None:
            from strongroom_engine.models.llama import LlamaModel

            self._model = LlamaModel(command.plan)
        tokens = 0
        with suppress(Cancelled):  # then the next prompt evaluates what is missing
            tokens = self._model.prepare(command.stable, lambda: self._cancelled >= command.id)
        self._send(say.Loaded(command.id, tokens))

    def _read(self, command: say.Read) -> None:
        known = 0
        with suppress(Cancelled):  # what was read until then is kept
            known = self._loaded().read(command.prompt, self._cancelling(command))
        self._send(say.WasRead(command.id, known))

    def _weigh(self, command: say.Weigh) -> None:
        model, cancelled = self._loaded(), self._cancelling(command)
        likely = 0.0
        with suppress(Cancelled):
            pieces, _ = model.evaluate(command.prompt, cancelled)
            likely = model.weigh(pieces, command.prompt.refusal, cancelled)
        self._send(say.Weighed(command.id, likely))

    def _generate(self, command: say.Generate) -> None:
        model, prompt, cancelled = self._loaded(), command.prompt, self._cancelling(command)
        refusal = None
        try:
            pieces, reused = model.evaluate(prompt, cancelled)
            if prompt.refusal:
                refusal = model.weigh(pieces, prompt.refusal, cancelled)
        except Cancelled:
            self._send(say.Finished(command.id, 0, 0, 0, stopped=True))
            return
        read = len(pieces.tokens)
        written, ended = self._write(command, read, cancelled)
        stopped = cancelled()
        cut = not (ended or stopped)
        self._send(say.Finished(command.id, read, reused, written, stopped, cut, refusal))

    def _write(
        self, command: say.Generate, read: int, cancelled: Callable[[], bool]
    ) -> tuple[int, bool]:
        """How many tokens were written, and whether the answer came to its end."""
        written, ended = 0, False
        stream = TextStream(command.prompt.stop)
        for piece in self._loaded().written(read, command.prompt):
            if piece is None:
                ended = True
                break
            written += 1
            self._send_text(command.id, stream.add(piece))
            if stream.stopped or cancelled():
                ended = stream.stopped
                break
        self._send_text(command.id, stream.finish())
        return written, ended

    def _cancelling(self, command: say.Command) -> Callable[[], bool]:
        return lambda: self._cancelled >= command.id

    def _loaded(self) -> LlamaModel:
        if self._model is None:
            raise Bug("the answer worker was asked before a model was loaded")
        return self._model

    def _send_text(self, number: int, text: str) -> None:
        if text:
            self._send(say.Token(number, text))

    def _send(self, event: say.Event) -> None:
        write_frame(self._pipe, say.encode(event))
