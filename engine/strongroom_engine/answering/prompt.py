"""Question and passages -> the prompt, within the answer model's context window.

The best passage stands last, next to the question. What does not fit is left out from the worst
passage on; the best one may be shortened; the question never is. Where the template writes a
passage the same whatever stands around it, the prompt tells which parts of it the passages are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from strongroom_engine.answering.template import Template
from strongroom_engine.errors import PromptTooLong
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Message, Prompt

MESSAGE_TOKENS = 8
"""What a chat format puts around each message, at most."""
SHORTEST_CHARACTERS = 200
"""A passage that would have to be shorter than this is left out instead."""

CountTokens = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Source:
    """What the model reads of one passage, and where it says that it comes from; `document` is the
    path of what it is from."""

    heading: str
    text: str
    document: str = ""


def build_prompt(
    template: Template,
    question: str,
    sources: Sequence[Source],
    count_tokens: CountTokens,
    context: int,
) -> tuple[Prompt, int]:
    """The prompt, and how many of the sources (best first) are in it.

    `context` are the model's tokens for prompt and answer together. Raises `PromptTooLong` when
    not even the question fits.
    """
    room = context - template.max_tokens - _cost(template, question, count_tokens)
    if room < 0:
        raise PromptTooLong(context=context)
    # Numbered as they are read: the best one has the highest number.
    chosen = _fitting(sources, room, count_tokens)[::-1]
    written = [
        template.format_source(number, source.heading, source.text)
        for number, source in enumerate(chosen, 1)
    ]
    asked = Message("user", template.format_question("\n\n".join(written), question))
    apart = [(text, source.document) for text, source in zip(written, chosen, strict=True) if text]
    once = apart if template.reads_sources_once else []
    stable = template.stable
    prompt = Prompt(
        (*stable, asked),
        len(stable),
        template.temperature,
        template.max_tokens,
        passages=tuple(text for text, _ in once),
        documents=tuple(document for _, document in once),
    )
    return prompt, len(chosen)


def label(passage: StoredChunk) -> str:
    """Where a passage comes from: its document's title and the headings above it."""
    if passage.heading.startswith(passage.title):
        return passage.heading
    return " > ".join(part for part in (passage.title, passage.heading) if part)


def _cost(template: Template, question: str, count_tokens: CountTokens) -> int:
    """The tokens of everything but the sources."""
    contents = [message.content for message in template.stable]
    contents.append(template.format_question("", question))
    return sum(count_tokens(content) + MESSAGE_TOKENS for content in contents)


def _fitting(sources: Sequence[Source], room: int, count_tokens: CountTokens) -> list[Source]:
    """As many of the sources, best first, as there is room for; the last may be shortened."""
    chosen: list[Source] = []
    for source in sources:
        tokens = count_tokens(f"{source.heading}\n{source.text}") + MESSAGE_TOKENS
        if tokens > room:
            shortened = _shortened(source.text, room / tokens)
            return [*chosen, replace(source, text=shortened)] if shortened else chosen
        chosen.append(source)
        room -= tokens
    return chosen


def _shortened(text: str, share: float) -> str:
    """The beginning of the text, up to a space, or '' where too little would be left."""
    length = int(len(text) * share * 0.9)
    if length < SHORTEST_CHARACTERS:
        return ""
    return text[: text.rfind(" ", 0, length) if " " in text[:length] else length]
