"""A `Generator` of which it is known what it was given to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from strongroom_engine.models.generator import Generator
from strongroom_engine.models.wrapped import Wrapped
from strongroom_engine.types import Generation, Prompt


class Noting(Wrapped):
    """`given` hears of the documents of each prompt (`Prompt.documents`) before the model does, and
    `closed` when all that it had read is gone."""

    def __init__(
        self,
        generator: Generator,
        *,
        given: Callable[[Sequence[str]], None],
        closed: Callable[[], None],
    ) -> None:
        super().__init__(generator)
        self._given, self._closed = given, closed

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        self._given(prompt.documents)
        return super().generate(prompt, on_token, cancelled)

    def weigh(
        self,
        prompt: Prompt,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        ahead: bool = False,
    ) -> float:
        self._given(prompt.documents)
        return super().weigh(prompt, cancelled, ahead=ahead)

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        self._given(prompt.documents)
        return super().read(prompt, cancelled)

    def close(self) -> None:
        super().close()
        self._closed()
