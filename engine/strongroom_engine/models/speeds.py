"""How quick each model was here lately: kept in the data folder, without a word of any answer."""

from __future__ import annotations

import statistics
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from strongroom_engine.models.generator import Generator
from strongroom_engine.models.wrapped import Wrapped
from strongroom_engine.types import Generation, ModelSpeed, Prompt

FILE = "speeds.json"
KEPT = 9
"""Of the latest answers; their median is told, so that a first one, which loads the model, does
not matter."""
LEAST_TOKENS = 8
"""An answer of fewer says nothing of how quickly a model writes."""


class Measured(msgspec.Struct):
    """The latest measurements of one model file, the newest last."""

    first_word_s: list[float] = []
    tokens_per_s: list[float] = []


class Speeds:
    """Thread-safe. A file that cannot be read or written costs the figures and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._changing = threading.Lock()

    def of(self, model: str) -> ModelSpeed:
        """What was measured of the model file with this name."""
        known = self._load().get(model, Measured())
        return ModelSpeed(_median(known.first_word_s), _median(known.tokens_per_s))

    def note_first_word(self, model: str, seconds: float) -> None:
        self._note(model, lambda one: one.first_word_s.append(round(seconds, 2)))

    def note_writing(self, model: str, written: Generation) -> None:
        """Note how quickly it wrote, where it wrote enough to tell."""
        writing_ms = written.total_ms - (written.first_token_ms or 0)
        if written.tokens >= LEAST_TOKENS and written.first_token_ms and writing_ms > 0:
            rate = round((written.tokens - 1) / writing_ms * 1000, 1)
            self._note(model, lambda one: one.tokens_per_s.append(rate))

    def _note(self, model: str, change: Callable[[Measured], None]) -> None:
        with self._changing, suppress(OSError):
            known = self._load()
            one = known.setdefault(model, Measured())
            change(one)
            del one.first_word_s[:-KEPT], one.tokens_per_s[:-KEPT]
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(".new")
            fresh.write_bytes(msgspec.json.encode(known))
            fresh.replace(self._file)

    def _load(self) -> dict[str, Measured]:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Measured])
        return {}


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 2) if values else 0.0


class Company:
    """Whether something was done alone, or beside others of its kind: how long it took says nothing
    then. Thread-safe."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._there: list[list[bool]] = []
        """Of each that is under way, whether it is alone so far."""

    @contextmanager
    def joined(self) -> Iterator[Callable[[], bool]]:
        """Be there during the block; what is given says whether nobody else was."""
        mine = [True]
        with self._changing:
            self._there.append(mine)
            if len(self._there) > 1:
                for each in self._there:
                    each[0] = False
        try:
            yield lambda: mine[0]
        finally:
            with self._changing:
                self._there = [each for each in self._there if each is not mine]


class Timed(Wrapped):
    """A `Generator` whose writing is noted, where it wrote nothing else meanwhile."""

    def __init__(self, generator: Generator, speeds: Speeds) -> None:
        super().__init__(generator)
        self._speeds = speeds
        self._company = Company()

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        with self._company.joined() as alone:
            written = super().generate(prompt, on_token, cancelled)
        if alone() and not written.stopped:
            self._speeds.note_writing(Path(self.plan.file).name, written)
        return written
