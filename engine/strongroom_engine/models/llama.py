"""A GGUF model in this process, through llama-cpp-python. Only the answer worker imports this.

How it is loaded: `context`. How little of a prompt is evaluated, and from what: `reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from strongroom_engine.errors import Bug, ModelDamaged, ModelMissing
from strongroom_engine.models.context import Context
from strongroom_engine.models.grammar import grammar_of
from strongroom_engine.models.reading import Pieces, Reading
from strongroom_engine.models.sampling import Sampler, probability
from strongroom_engine.sentences import reasons
from strongroom_engine.types import Message, ModelPlan, Prompt

_MAGIC = b"GGUF"
_CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""For the rare file that brings no chat template: the form most models know."""
_OPENING_WORDS = 2
"""So many words of a refusal tell it from other answers ('The sources …'), and so few that their
probability says how likely the refusal is, however it goes on."""
_OPENING_TOKENS = 4
_BLANK_LINE = "\n\n"
_MARK = "\ue000{}\ue001"
"""Stands for a message's content while the template is rendered; from the private use area."""


class LlamaModel:
    """A loaded model. Not thread-safe; `cancelled` callbacks may be answered by any thread."""

    def __init__(self, plan: ModelPlan) -> None:
        _check_file(plan)
        try:
            self._context = Context(plan)
        except ValueError as exc:
            why = reasons.NOT_ACCEPTED()
            raise ModelDamaged(file=plan.file, why=why) from exc
        self._room = plan.context
        self._reading = Reading(self._context, plan.block_bytes)
        self._formatter = _formatter(self._context)
        self._weighed: tuple[Pieces, str, float] | None = None

    def count_tokens(self, text: str) -> int:
        return len(self._context.tokens(text))

    def prepare(self, stable: Sequence[Message], cancelled: Callable[[], bool]) -> int:
        """Evaluate what every prompt with these first messages begins with; its tokens."""
        if not stable:
            return 0
        follower = "assistant" if stable[-1].role == "user" else "user"
        parts = self._parts((*stable, Message(follower, "")))
        tokens = [token for part in parts[: 2 * len(stable) + 1] for token in part]
        self._reading.bring(Pieces(tokens), cancelled)
        return len(tokens)

    def read(self, prompt: Prompt, cancelled: Callable[[], bool]) -> int:
        """Read the prompt's passages for when it, or another with some of them, is evaluated."""
        return self._reading.read(self._pieces(prompt), cancelled)

    def evaluate(self, prompt: Prompt, cancelled: Callable[[], bool]) -> tuple[Pieces, int]:
        """The prompt's tokens, and how many of them had been evaluated before.

        `Bug` when there is no room for an answer: whoever built the prompt had to count.
        `Cancelled` when it was stopped; what was evaluated until then is kept.
        """
        pieces = self._pieces(prompt)
        if len(pieces.tokens) >= self._room:
            raise Bug(f"a prompt of {len(pieces.tokens)} tokens for a context of {self._room}")
        return pieces, self._reading.bring(pieces, cancelled)

    def weigh(self, pieces: Pieces, refusal: str, cancelled: Callable[[], bool]) -> float:
        """How likely the answer to an evaluated prompt begins as the refusal does, 0 to 1.

        Afterwards the prompt is evaluated again: but for its last token it is kept.
        """
        if self._weighed is not None and self._weighed[:2] == (pieces, refusal):
            return self._weighed[2]
        likely = 1.0
        opening = self._opening(refusal)[: 1 if self._context.recurrent else None]
        for number, token in enumerate(opening, 1):
            likely *= probability(self._context.ctx, self._context.vocabulary, token)
            if number < len(opening):
                self._reading.step([token], cancelled)
        if len(opening) > 1:
            self._reading.bring(pieces, cancelled)
        self._weighed = pieces, refusal, likely
        return likely

    def written(self, read: int, prompt: Prompt) -> Iterator[bytes | None]:
        """The answer to an evaluated prompt of so many tokens, a token's bytes at a time; None when
        the model ends.

        Raises `SchemaUnusable`.
        """
        room = min(prompt.max_tokens, self._room - read)
        banned = self._opening(prompt.refusal) if prompt.refuse is False else []
        endings = self._beginnings(banned[-1]) if banned else ()
        grammar = grammar_of(prompt.schema) if prompt.schema else ""
        written: list[int] = []
        with Sampler(self._context, prompt.temperature, grammar) as sampler:
            for _ in range(room):
                if written:
                    self._reading.step(written[-1:], _never)
                is_refusal = bool(banned) and written == banned[:-1]
                token = sampler.next(endings if is_refusal else ())
                if token is None or llama_cpp.llama_vocab_is_eog(self._context.vocabulary, token):
                    yield None
                    return
                written.append(token)
                yield self._context.piece(token)

    def _opening(self, refusal: str) -> list[int]:
        """The tokens of its first words."""
        words = refusal.split()[:_OPENING_WORDS]
        return self._context.tokens(" ".join(words))[:_OPENING_TOKENS]

    def _beginnings(self, token: int) -> list[int]:
        """The tokens that spell the beginning of this one, and itself: banned alone, it would be
        put together from them."""
        text = self._context.piece(token).decode("utf-8", "ignore")
        spelled = [self._context.tokens(text[:length]) for length in range(1, len(text) + 1)]
        return [token, *(one[0] for one in spelled if len(one) == 1)]

    def _pieces(self, prompt: Prompt) -> Pieces:
        """The prompt's tokens; those of a passage do not depend on what stands around it."""
        *before, asked, after = self._parts(prompt.messages)
        if not prompt.passages:
            return Pieces([token for part in (*before, asked, after) for token in part])
        texts = _divided(prompt.messages[-1].content, prompt.passages)
        first, *passages, last = map(self._context.tokens, texts)
        return Pieces(
            [token for part in (*before, first) for token in part], passages, last + after
        )

    def _parts(self, messages: Sequence[Message]) -> list[list[int]]:
        """Tokens of template, content, template, content, …, template: 2 x messages + 1 parts.

        Contents are tokenised apart from the template around them, and their control tokens
        stay plain text: a document that contains '<|im_end|>' cannot end its message.
        """
        rendered = self._render(messages)
        parts: list[list[int]] = []
        for index, message in enumerate(messages):
            before, mark, rendered = rendered.partition(_MARK.format(index))
            if not mark:
                why = reasons.TEMPLATE_LEAVES_OUT()
                raise ModelDamaged(file=self._context.file, why=why)
            parts += [
                self._context.tokens(before, special=True),
                self._context.tokens(message.content),
            ]
        return [*parts, self._context.tokens(rendered, special=True)]

    def _render(self, messages: Sequence[Message]) -> str:
        marked = [(m.role, _MARK.format(index)) for index, m in enumerate(messages)]
        try:
            return self._format(marked)
        except Exception:  # templates refuse with whatever they like
            try:
                return self._format(_without_system(marked))
            except Exception as exc:
                why = reasons.TEMPLATE_UNUSABLE()
                raise ModelDamaged(file=self._context.file, why=why) from exc

    def _format(self, turns: Sequence[tuple[str, str]]) -> str:
        messages = [{"role": role, "content": content} for role, content in turns]
        rendered: str = self._formatter(messages=messages).prompt
        return rendered


def _divided(text: str, passages: Sequence[str]) -> list[str]:
    """What stands before the passages, each of them with the blank line after it, and the rest."""
    at, starts = 0, []
    for passage in passages:
        starts.append(text.index(passage, at))
        at = starts[-1] + len(passage)
    end = at + len(_BLANK_LINE) * text.startswith(_BLANK_LINE, at)
    return [text[start:end] for start, end in pairwise((0, *starts, end, len(text)))]


def _check_file(plan: ModelPlan) -> None:
    try:
        with Path(plan.file).open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise ModelDamaged(file=plan.file, why="it is not a GGUF file")
    except FileNotFoundError as exc:
        raise ModelMissing(model=plan.name) from exc
    except OSError as exc:
        raise ModelDamaged(file=plan.file, why=exc.strerror or exc) from exc


def _formatter(context: Context) -> Any:
    vocabulary = context.vocabulary

    def text(token: int) -> str:
        if token < 0:
            return ""
        return str(llama_cpp.llama_vocab_get_text(vocabulary, token), "utf-8", "replace")

    return Jinja2ChatFormatter(
        template=context.metadata("tokenizer.chat_template") or _CHATML,
        eos_token=text(llama_cpp.llama_vocab_eos(vocabulary)),
        bos_token=text(llama_cpp.llama_vocab_bos(vocabulary)),
    )


def _without_system(turns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """For templates that know no system role: its text goes in front of the next message."""
    kept: list[tuple[str, str]] = []
    carried = ""
    for role, content in turns:
        if role == "system":
            carried += f"{content}\n\n"
        else:
            kept.append((role, carried + content))
            carried = ""
    return kept


def _never() -> bool:
    return False
