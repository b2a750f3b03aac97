"""The only module that knows the order of the answering stages.

    question -> search -> excerpt -> prompt -> generate -> ground -> Answer

The answer model is made and loaded only after the search, and not at all when nothing was found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from strongroom_engine.answering.cleaning import AnswerStream, cleaned, is_abstention
from strongroom_engine.answering.excerpt import excerpts
from strongroom_engine.answering.ground import Grounded, ground
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.stopwords import same_language
from strongroom_engine.answering.template import Template, load_template
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import Settings, assets_folder
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Generation, Hit, SearchResult, Timings

OnStage = Callable[[str, int], None]
"""Where an answer stands: 'searching', 'loading', 'reading' (with passages), 'writing'."""


class Searching(Protocol):
    def search(
        self, question: str, k: int, collections: Sequence[str], *, everywhere: bool
    ) -> SearchResult: ...
    def passages(self, hits: Sequence[Hit]) -> list[StoredChunk]: ...


@cache
def answer_template() -> Template:
    """The prompt template that is shipped."""
    return load_template(assets_folder() / "prompts" / "answer.toml")


class AnswerPipeline:
    """Answers questions from one library. `generator` gives the answer model, made when needed."""

    def __init__(
        self,
        searcher: Searching,
        embedder: Embedder | None,
        generator: Callable[[], Generator],
        settings: Settings,
    ) -> None:
        self._searcher = searcher
        self._embedder = embedder
        self._generator = generator
        self._settings = settings

    @staticmethod
    def warm(generator: Generator) -> None:
        """Load the model and evaluate what all prompts share, ahead of a question."""
        generator.load(answer_template().stable)

    def ask(
        self,
        question: str,
        collections: Sequence[str] = (),
        *,
        everywhere: bool = False,
        on_stage: OnStage = lambda _name, _passages: None,
        on_token: Callable[[str], None] = lambda _text: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Search, let the model write, check what it wrote.

        Raises `QuestionError`s and `ModelError`s. When cancelled, the text so far is kept.
        """
        clock = _Clock()
        on_stage("searching", 0)
        most = max(self._settings.passages, self._settings.passages_gpu)
        found = self._searcher.search(question, most, collections, everywhere=everywhere)
        clock.searched()
        if not found.hits or cancelled():
            return _without_model(question, found, clock, on_token)
        on_stage("loading", 0)
        generator = self._generator()
        if not generator.load(answer_template().stable, cancelled):
            return _without_model(question, found, clock, on_token)
        return self._write(
            question, found, generator, clock, _Caller(on_stage, on_token, cancelled)
        )

    def _write(
        self,
        question: str,
        found: SearchResult,
        generator: Generator,
        clock: _Clock,
        caller: _Caller,
    ) -> Answer:
        template = answer_template()
        passages = self._searcher.passages(found.hits[: self._most(generator)])
        texts = excerpts(question, passages, self._embedder)
        sources = [
            Source(label(passage), text) for passage, text in zip(passages, texts, strict=True)
        ]
        prompt, count = build_prompt(
            template, question, sources, generator.count_tokens, generator.plan.context
        )
        read = {passage.id for passage in passages[:count]}
        caller.on_stage("reading", count)
        stream = AnswerStream(caller.on_token, template.abstention)

        def receive(text: str) -> None:
            if clock.first_token():
                caller.on_stage("writing", 0)
            stream.feed(text)

        generation = generator.generate(prompt, receive, caller.cancelled)
        # Numbered as in the prompt: the best passage is the last.
        checked = self._check(question, generation, passages[:count][::-1])
        stream.finish(checked.text)
        return Answer(
            question=question,
            text=checked.text,
            abstained=checked.abstained,
            sentences=checked.grounded.sentences,
            citations=checked.grounded.citations,
            hits=tuple(hit for hit in found.hits if hit.chunk in read),
            understood=found.understood,
            model=generator.plan.model,
            timings=clock.timings(),
            prompt="\n\n".join(f"{m.role}: {m.content}" for m in prompt.messages),
            prompt_tokens=generation.prompt_tokens,
            stopped=generation.stopped,
        )

    def _check(
        self, question: str, generation: Generation, read: Sequence[StoredChunk]
    ) -> _Checked:
        """The text that is shown, with what it rests on; an abstention in its own words."""
        template = answer_template()
        refused = _Checked(template.abstention_shown, True, Grounded())
        text, marks = cleaned(generation.text)
        if not generation.stopped and is_abstention(text, template.abstention):
            return refused
        grounded = ground(text, question, read, self._embedder, marks)
        if not generation.stopped and _is_invented(text, grounded, read):
            return refused
        return _Checked(text, False, grounded)

    def _most(self, generator: Generator) -> int:
        """How many passages the model reads."""
        on_gpu = generator.plan.gpu_layers > 0
        return self._settings.passages_gpu if on_gpu else self._settings.passages


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who asked: what is reported to, and whether it still wants to know."""

    on_stage: OnStage
    on_token: Callable[[str], None]
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Checked:
    text: str
    abstained: bool
    grounded: Grounded


def _is_invented(text: str, grounded: Grounded, read: Sequence[StoredChunk]) -> bool:
    """Whether an answer is better refused: nothing of it has any ground in the sources.

    A bare 'Yes, there is.' is shown, marked; so is an answer in another language than its
    sources', which cannot be compared word by word.
    """
    return grounded.invented and same_language(text, " ".join(passage.text for passage in read))


def _without_model(
    question: str, found: SearchResult, clock: _Clock, on_token: Callable[[str], None]
) -> Answer:
    """Nothing was found: the documents do not say. Or it was cancelled: then nothing is said."""
    stopped = bool(found.hits)
    text = "" if stopped else answer_template().abstention_shown
    if text:
        on_token(text)
    return Answer(
        question,
        text,
        not stopped,
        sentences=(),
        citations=(),
        hits=(),
        model="",
        timings=clock.timings(),
        stopped=stopped,
        understood=found.understood,
    )


class _Clock:
    """Milliseconds from the start of the question."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._search_ms = 0.0
        self._first_token_ms: float | None = None

    def searched(self) -> None:
        self._search_ms = self._passed_ms()

    def first_token(self) -> bool:
        """Whether this is the first one."""
        if self._first_token_ms is not None:
            return False
        self._first_token_ms = self._passed_ms()
        return True

    def timings(self) -> Timings:
        return Timings(self._search_ms, self._first_token_ms, self._passed_ms())

    def _passed_ms(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)
