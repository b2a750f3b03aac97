"""A `Generator` that hands every call to another one: what others add something to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from strongroom_engine.models.generator import Generator, State
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt


class Wrapped:
    """Does what the other one does."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self.plan: ModelPlan = generator.plan

    @property
    def keeps(self) -> bool:
        return self._generator.keeps

    def load(
        self, stable: Sequence[Message], cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        return self._generator.load(stable, cancelled)

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        return self._generator.generate(prompt, on_token, cancelled)

    def weigh(
        self,
        prompt: Prompt,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        ahead: bool = False,
    ) -> float:
        return self._generator.weigh(prompt, cancelled, ahead=ahead)

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
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
