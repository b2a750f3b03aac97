"""The answering side of a library: what is asked, and the answer model that writes.

The answer model is chosen when it is first needed, and another one when another is asked for. What
answers is imported then too: an open library lists its sources sooner for it (see `prepare`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from strongroom_engine.answering.reading_ahead import Foreseen, ReadingAhead
from strongroom_engine.doctor import plan_answers
from strongroom_engine.errors import Cancelled, ModelError, StrongroomError
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.generator import Generator, State
from strongroom_engine.models.speeds import Company, Speeds, Timed
from strongroom_engine.parts.embedding import LibraryEmbedding
from strongroom_engine.parts.search import LibrarySearch
from strongroom_engine.settings import Settings, data_folder
from strongroom_engine.store import Store
from strongroom_engine.trees import absolute_path
from strongroom_engine.types import Answer, Hardware, ModelPlan, Progress, Task, Turn

if TYPE_CHECKING:
    from strongroom_engine.answering.asking import Parts
    from strongroom_engine.models.remembering import Remembering

log = logging.getLogger(__name__)

Stop = Callable[[], bool]
SAME_BLOCKS = 0.75
"""The share of the memory for passages that may go to other programs before the model is loaded anew."""


def _never() -> bool:
    return False


class LibraryAnswers:
    """Answers from one library. Every method may be called from any thread."""

    def __init__(
        self,
        store: Store,
        search: LibrarySearch,
        embedding: LibraryEmbedding,
        settings: Settings,
        *,
        hardware: Callable[[], Hardware],
        make_generator: Callable[[ModelPlan], Generator],
        answering: Callable[[], AbstractContextManager[None]] = nullcontext,
        spares: Stop = _never,
    ) -> None:
        """`answering` makes what surrounds each answer, so that other work holds back for it;
        while the computer `spares` its battery nothing is read ahead."""
        self._store, self._search, self._embedding = store, search, embedding
        self._settings, self._hardware = settings, hardware
        self._make_generator = make_generator
        self._answering, self._spares = answering, spares
        self._generator: Generator | None = None
        self._choosing = threading.Lock()
        self._closed = False
        self._ahead = ReadingAhead()
        self._remembering: tuple[Embedder, Remembering] | None = None
        self._company = Company()
        self.speeds = Speeds(data_folder())
        """How quick each model was here lately."""

    def prepare(self) -> None:
        """Import what answers, so that the first question does not wait for it."""
        from strongroom_engine.answering import pipeline  # noqa: F401 - that it is there

    def close(self) -> None:
        """End the answer worker; none is made from then on: whoever wants one meets `Cancelled`."""
        self._closed = True
        if self._generator is not None:
            self._generator.close()

    def ask(
        self,
        question: str,
        collections: Sequence[str] = (),
        *,
        model: str = "",
        everywhere: bool = False,
        task: Task = "answer",
        documents: Sequence[str] = (),
        turns: Sequence[Turn] = (),
        schema: str = "",
        on_stage: Callable[[str, int], None] = lambda _name, _passages: None,
        on_token: Callable[[str], None] = lambda _text: None,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        on_taken: Callable[[str], None] = lambda _standalone: None,
        cancelled: Stop = _never,
    ) -> Answer:
        """An answer that rests on the documents, each sentence with what supports it.

        `task`, `documents`, `turns` and `schema` are those of a `Request`. Raises
        `QuestionError`s and `ModelError`s. `on_taken` hears how a follow-up was understood. When
        `cancelled`, what was written so far is returned, marked as stopped.
        """
        from strongroom_engine.answering import pipeline
        from strongroom_engine.answering.asking import Caller, Job, Request

        request = Request(
            question,
            tuple(collections),
            everywhere,
            task,
            tuple(map(absolute_path, documents)),
            tuple(turns),
            schema,
        )
        caller = Caller(on_stage, on_token, on_progress, cancelled, on_taken)
        with self._answering(), self._ahead.answering(), self._company.joined() as alone:
            made = pipeline.answer(Job(request, self._own_parts(model), caller))
        if alone():
            self._note(made)
        return self._named(made)

    def read_ahead(
        self,
        question: str,
        collections: Sequence[str] = (),
        *,
        everywhere: bool = False,
        documents: Sequence[str] = (),
        turns: Sequence[Turn] = (),
        on_read: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Stop = _never,
    ) -> None:
        """Let the answer model read the passages from which this question, which is still being
        typed, would be answered if it was asked now.

        Returns when all have been read, when a later text is to be read for, and at once where
        nothing is to be read, no model can be used, or the computer spares its battery. `on_read`
        hears how many passages have been read, and of how many. A question that is asked meanwhile
        goes first.
        """
        from strongroom_engine.answering import pipeline
        from strongroom_engine.answering.asking import Caller, Job, Request

        if self._spares():
            return
        request = Request(
            question,
            tuple(collections),
            everywhere,
            documents=tuple(map(absolute_path, documents)),
            turns=tuple(turns),
        )
        most = max(self._settings.passages, self._settings.passages_gpu)
        typed = self._search.found_while_typing(question, most, collections, everywhere=everywhere)

        def foresee(ended: Stop) -> Foreseen | None:
            caller = Caller(cancelled=ended)
            return pipeline.foreseen(Job(request, self._own_parts(), caller), typed)

        try:
            self._ahead.read(foresee, lambda: self._closed or cancelled(), on_read)
        except StrongroomError as exc:  # whoever asks hears of it
            log.info("nothing is read ahead: %s", exc.code)

    def _named(self, made: Answer) -> Answer:
        """With what people call the model that wrote it."""
        plan = self._generator.plan if self._generator is not None else None
        return replace(made, model_name=plan.name) if plan and plan.model == made.model else made

    def _note(self, made: Answer) -> None:
        """Keep how long the first word of a plain answer took, for the page of models."""
        first_ms, generator = made.timings.first_token_ms, self._generator
        plain = made.task == "answer" and made.route == "passages" and not made.stopped
        if plain and first_ms and generator is not None and made.model == generator.plan.model:
            self.speeds.note_first_word(Path(generator.plan.file).name, first_ms / 1000)

    def parts(self, model: str = "") -> Parts:
        """What does the work: for ways of answering that are not one question at a time."""
        from strongroom_engine.answering.asking import Parts
        from strongroom_engine.models.remembering import Remembering

        embedder = self._embedding.answering()
        return Parts(
            self._store,
            self._search.searcher(),
            Remembering(embedder) if embedder else None,
            lambda: self._generator_for(model),
            self._settings,
        )

    def _own_parts(self, model: str = "") -> Parts:
        """Those of one question at a time: what was embedded while it was typed is known when it is
        asked, and when another is asked about the same passages."""
        from strongroom_engine.models.remembering import Remembering

        parts, embedder = self.parts(model), self._embedding.answering()
        if embedder is None:
            return parts
        if self._remembering is None or self._remembering[0] is not embedder:
            self._remembering = embedder, Remembering(embedder)
        return replace(parts, embedder=self._remembering[1])

    def warm(self) -> None:
        """Load the answer model ahead of a question; harmless when there is none."""
        from strongroom_engine.answering import pipeline

        try:
            pipeline.warm(self._generator_for(""), lambda: self._closed)
        except (ModelError, Cancelled) as exc:
            log.info("no answer model yet: %s", exc.code)

    def plan(self, model: str = "") -> ModelPlan:
        """Which answer model runs here, and why. Raises `ModelError`s."""
        return plan_answers(self._settings, self._hardware(), model)

    # --- the answer model ------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Answer by these from the next question on."""
        self._settings = settings

    @property
    def loaded(self) -> tuple[str, State]:
        """The path of the model file that is in use, and whether it is in memory and at work."""
        generator = self._generator
        return (generator.plan.file, generator.state) if generator is not None else ("", "away")

    def let_go(self) -> None:
        """Free the answer model's memory; the next question loads it again."""
        with self._choosing:
            if self._generator is not None:
                self._generator.close()
                self._generator = None

    def _generator_for(self, model: str) -> Generator:
        with self._choosing:
            plan = self.plan(model)
            made = self._generator
            if made is not None and _differ(made.plan, plan):
                made.close()
                self._generator = None
            if self._generator is None:
                self._generator = Timed(self._make_generator(plan), self.speeds)
            if self._closed:  # looked at last: `close` may have come in between, and found none
                self._generator.close()
                raise Cancelled
            return self._generator


def _differ(one: ModelPlan, other: ModelPlan) -> bool:
    """Whether a worker that was started for one cannot serve the other. A little more or less memory
    for what it has read is not worth to forget that."""
    if (one.file, one.context) != (other.file, other.context):
        return True
    less, more = sorted((one.block_bytes, other.block_bytes))
    return less < more * SAME_BLOCKS
