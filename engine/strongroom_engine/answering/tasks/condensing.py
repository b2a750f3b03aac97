"""The model reads a document, group by group, and notes what matters; each note is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from msgspec import structs

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.cleaning import is_abstention
from strongroom_engine.answering.guarding.suspicion import neutral
from strongroom_engine.answering.prompt import MESSAGE_TOKENS, Source, build_prompt, label
from strongroom_engine.answering.tasks.points import Lines, Points, Remembering, points_of
from strongroom_engine.answering.template import Template, fill
from strongroom_engine.answering.writing import shown
from strongroom_engine.models.generator import Generator
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Message, Prompt

GROUP_TOKENS = 1_500
"""Tokens that a processor reads at a time: ten seconds on two cores. A GPU fills the context."""
SOURCE_TOKENS = 12
"""What a passage's number and the line around it take besides its heading and text."""

CountTokens = Callable[[str], int]


class SummaryTemplate(Template, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """See `assets/prompts/summary.toml`. `together` is asked about the notes on all parts."""

    required: ClassVar[Mapping[str, frozenset[str]]] = {
        **Template.required,
        "question": frozenset({"sources", "question", "points"}),
        "together": frozenset({"sources", "question"}),
    }

    together: str


@dataclass
class Reader:
    """Lets the model read what belongs to one question."""

    job: Job
    form: SummaryTemplate
    generator: Generator
    prompts: list[str] = field(default_factory=list)
    prompt_tokens: int = 0
    stopped: bool = False
    _room: int = 0

    def __post_init__(self) -> None:
        embedder = self.job.parts.embedder
        self._embedder = Remembering(embedder) if embedder is not None else None

    @property
    def room(self) -> int:
        """The tokens of passages that are read at a time. Raises `PromptTooLong`."""
        if not self._room:
            plan, count = self.generator.plan, self.generator.count_tokens
            bare, _ = build_prompt(self.form, self.job.question, [], count, plan.context)
            taken = sum(count(message.content) + MESSAGE_TOKENS for message in bare.messages)
            free = max(plan.context - self.form.max_tokens - taken, 1)
            self._room = free if plan.gpu_layers > 0 else min(free, GROUP_TOKENS)
        return self._room

    def grouped(self, passages: Sequence[StoredChunk]) -> list[list[StoredChunk]]:
        """The passages in groups that are read at a time, of about equal length."""
        costs = [self._cost(passage) for passage in passages]
        count = -(-sum(costs) // self.room)
        aim = min(sum(costs) / max(count, 1) + max(costs, default=0) / 2, self.room)
        groups: list[list[StoredChunk]] = []
        used = aim
        for passage, cost in zip(passages, costs, strict=True):
            if used + cost > aim:
                groups.append([])
                used = 0
            groups[-1].append(passage)
            used += cost
        return groups

    def _cost(self, passage: StoredChunk) -> int:
        return self.generator.count_tokens(f"{label(passage)}\n{passage.text}") + SOURCE_TOKENS

    def note(self, passages: Sequence[StoredChunk], share: int, points: Points) -> None:
        """At most `share` points that the model makes of a group."""
        sources = list(_sources(passages))[::-1]  # so that they stand in the document's order
        form = structs.replace(self.form, question=fill(self.form.question, points=str(share)))
        prompt, _ = build_prompt(
            form,
            self.job.question,
            sources,
            self.generator.count_tokens,
            self.generator.plan.context,
        )
        taken = Points(points.add, share)
        self._ask(prompt, passages, taken)

    def together(self, notes: Points, passages: Sequence[StoredChunk], points: Points) -> None:
        """One summary of the notes, as far as what was read bears it out."""
        listed = "\n".join(f"- {point.text}" for point in notes.points)
        asked = fill(self.form.together, sources=listed, question=self.job.question).strip()
        stable = self.form.stable
        messages = (*stable, Message("user", asked))
        prompt = Prompt(messages, len(stable), self.form.temperature, self.form.max_tokens)
        if listed:
            self._ask(prompt, passages, points)

    def _ask(self, prompt: Prompt, passages: Sequence[StoredChunk], points: Points) -> None:
        def receive(line: str) -> None:
            if line.strip() and not is_abstention(line, self.form.abstention):
                for point in points_of(line, passages, self._embedder):
                    points.add(point)

        lines = Lines(receive)
        self.prompts.append(shown(prompt))
        generation = self.generator.generate(prompt, lines.feed, self.job.caller.cancelled)
        lines.finish(cut=generation.stopped or generation.tokens >= prompt.max_tokens)
        self.prompt_tokens += generation.prompt_tokens
        self.stopped = self.stopped or generation.stopped


def _sources(passages: Sequence[StoredChunk]) -> Iterator[Source]:
    """What the model reads: parts of one passage under one heading."""
    for _, parts in groupby(map(neutral, passages), key=lambda passage: passage.id):
        listed = list(parts)
        texts = (" ".join(part.text.split()) for part in listed)
        yield Source(label(listed[0]), " … ".join(texts))
