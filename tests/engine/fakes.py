"""Fakes that come in by the front door: an embedder and a generator whose results are plain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.generator import State
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt

DIMENSIONS = 16


class WordLengths:
    """Embeds a text as the lengths of its words: deterministic, and checked by eye."""

    model = "word-lengths"
    dimensions = DIMENSIONS
    max_tokens = 256
    languages: tuple[str, ...] = ("en",)
    unrelated_cosine = 0.0

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return np.array([self._vector(text) for text in texts], np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        return self._vector(text)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]

    @staticmethod
    def _vector(text: str) -> np.ndarray:
        lengths = [len(word) for word in text.split()][:DIMENSIONS]
        vector = np.array(lengths + [0] * (DIMENSIONS - len(lengths)), np.float32)
        vector[-1] += 1  # no text is the null vector
        return vector / np.float32(np.linalg.norm(vector))


class Only:
    """The models of a library that has one, for the indexer."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def wanted(self) -> Embedder:
        return self._embedder

    def measuring(self) -> Embedder:
        return self._embedder


class Scripted:
    """Writes the answers it was given, word by word, and keeps the prompts it was asked."""

    def __init__(self, *answers: str, plan: ModelPlan | None = None, refusal: float = 0.0) -> None:
        self.plan = plan or made_plan()
        self.can_keep = True
        self.refusal = refusal
        self.weighed: list[Prompt] = []
        self.weighed_ahead: list[Prompt] = []
        self.have_read: set[str] = set()
        """The passages that it has read."""
        self.forgotten: list[str] = []
        self.prompts: list[Prompt] = []
        self._answers = list(answers)

    @property
    def keeps(self) -> bool:
        return self.can_keep and self.plan.block_bytes > 0

    def load(
        self, stable: Sequence[Message], cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        self.stable = tuple(stable)
        return not cancelled()

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        self.prompts.append(prompt)
        written = ""
        for piece in re.findall(r"\S+\s*", self._answers.pop(0)):
            if cancelled():
                return Generation(written, 10, 0, 1, 1.0, 2.0, stopped=True)
            written += piece
            on_token(piece)
        likely = self.refusal if prompt.refusal else None
        return Generation(
            written, 10, 0, len(written.split()), 1.0, 2.0, refusal_probability=likely
        )

    def weigh(
        self,
        prompt: Prompt,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        ahead: bool = False,
    ) -> float:
        (self.weighed_ahead if ahead else self.weighed).append(prompt)
        return 0.0 if cancelled() else self.refusal

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        if not cancelled():
            self.have_read.update(prompt.passages)
        return sum(self.known(prompt))

    def known(self, prompt: Prompt) -> tuple[bool, ...]:
        return tuple(passage in self.have_read for passage in prompt.passages)

    def forget(self, documents: Sequence[str]) -> None:
        self.forgotten += documents

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    @property
    def state(self) -> State:
        return "idle" if self.prompts else "away"

    def close(self) -> None: ...


class Knowing(Scripted):
    """Answers by what stands in a prompt, whoever asks first: the first answer for which it holds all
    of the words, `{("1,200", "How high"): "1,200 euros"}`."""

    def __init__(
        self, answers: Mapping[tuple[str, ...], str], plan: ModelPlan | None = None
    ) -> None:
        super().__init__(plan=plan)
        self._by_words = answers

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        self.prompts.append(prompt)
        asked = prompt.messages[-1].content
        written = next(
            text for words, text in self._by_words.items() if all(each in asked for each in words)
        )
        if cancelled():
            return Generation("", 10, 0, 0, None, 2.0, stopped=True)
        on_token(written)
        return Generation(written, 10, 0, len(written.split()), 1.0, 2.0)


def made_plan(model: str = "scripted") -> ModelPlan:
    return ModelPlan(
        model=model,
        name="Scripted",
        quantization="",
        file=f"/models/{model}.gguf",
        context=4096,
        gpu_layers=0,
        layers=1,
        device="cpu",
        memory_needed=1,
        threads=1,
        why="It was given.",
    )
