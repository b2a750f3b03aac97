"""Messages -> the tokens of a prompt, by the model's own chat template.

What messages say is tokenised apart from the template around it, and so is each passage: its tokens
do not depend on what stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import llama_cpp
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from strongroom_engine.errors import ModelDamaged
from strongroom_engine.models.context import Context
from strongroom_engine.models.reading import Pieces
from strongroom_engine.sentences import reasons
from strongroom_engine.types import Message, Prompt

_CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""For the rare file that brings no chat template: the form most models know."""
_MARK = "\ue000{}\ue001"
"""Stands for a message's content while the template is rendered; from the private use area."""
_BLANK_LINE = "\n\n"


class Chat:
    """Tokenises prompts for one model. Raises `ModelDamaged` where its template is of no use."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._formatter = _formatter(context)

    def beginning(self, stable: Sequence[Message]) -> list[int]:
        """What every prompt with these first messages begins with."""
        follower = "assistant" if stable[-1].role == "user" else "user"
        parts = self._parts((*stable, Message(follower, "")))
        return [token for part in parts[: 2 * len(stable) + 1] for token in part]

    def pieces(self, prompt: Prompt) -> Pieces:
        """The prompt's tokens; those of a passage do not depend on what stands around it."""
        parts = self._parts(prompt.messages)
        stable = sum(map(len, parts[: 2 * prompt.stable + 1]))
        *before, asked, after = parts
        if not prompt.passages:
            tokens = [token for part in (*before, asked, after) for token in part]
            return Pieces(tokens, stable=stable)
        first, *passages, last = map(self._context.tokens, _divided(prompt))
        read = [token for part in (*before, first) for token in part]
        return Pieces(read, passages, last + after, prompt.documents, stable)

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


def _divided(prompt: Prompt) -> list[str]:
    """What stands before the passages, each of them with what follows up to the next, and the rest.

    The blank line behind a passage belongs to it, also to the last: it is the same text then
    wherever it stands.
    """
    text, spans = prompt.messages[-1].content, prompt.spans
    end = spans[-1][1]
    end += len(_BLANK_LINE) * text.startswith(_BLANK_LINE, end)
    cuts = (0, *(start for start, _ in spans), end, len(text))
    return [text[start:stop] for start, stop in pairwise(cuts)]


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
