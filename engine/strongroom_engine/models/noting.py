"""A `Generator` of which it is known what it was given to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from strongroom_engine.models.generator import Generator, State
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt


class Noting:
    """`given` hears of the documents of each prompt (`Prompt.documents`) before the model does, and
    `closed` when all that it had read is gone."""

    def __init__(
        self,
        generator: Generator,
        *,
        given: Callable[[Sequence[str]], None],
        closed: Callable[[], None],
    ) -> None:
        self._generator, self._given, self._closed = generator, given, closed
        self.plan: ModelPlan = generator.plan

    def load(
        self, stable: Sequence[Message], cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        return self._generator.load(stable, cancelled)

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        self._given(prompt.documents)
        return self._generator.generate(prompt, on_token, cancelled)

    def weigh(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> float:
        self._given(prompt.documents)
        return self._generator.weigh(prompt, cancelled)

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        self._given(prompt.documents)
        return self._generator.read(prompt, cancelled)

    def known(self, prompt: Prompt) -> tuple[bool, ...]:
        return self._generator.known(prompt)

    def forget(self, documents: Sequence[str]) -> None:
        self._generator.forget(documents)

    def count_tokens(self, text: str) -> int:
        return self._generator.count_tokens(text)

    @property
    def state(self) -> State:
        return self._generator.state

    def close(self) -> None:
        self._generator.close()
        self._closed()
