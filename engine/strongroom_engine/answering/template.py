"""The prompt template: a TOML file under `assets/prompts/`, validated on loading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar, TypeVar

import msgspec

from strongroom_engine.answering.toml import decode_toml
from strongroom_engine.errors import PromptUnusable
from strongroom_engine.sentences import reasons
from strongroom_engine.types import Message

_FIELD = re.compile(r"\{(\w+)\}")


class ExampleSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    heading: str
    text: str


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that was answered as we wish, with the sources it was answered from."""

    sources: tuple[ExampleSource, ...]
    question: str
    answer: str


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the answer model is asked; see `assets/prompts/answer.toml`.

    A task that fills in further forms has a subclass, with more `required` and `optional` fields.
    """

    required: ClassVar[Mapping[str, frozenset[str]]] = {
        "system": frozenset({"abstention"}),
        "source": frozenset({"text"}),
        "question": frozenset({"sources", "question"}),
    }
    """What each form must have in braces."""
    optional: ClassVar[Mapping[str, frozenset[str]]] = {"source": frozenset({"number", "heading"})}
    """What each form may have in braces besides."""

    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)]
    max_tokens: Annotated[int, msgspec.Meta(ge=16, le=4096)]
    abstention: Annotated[str, msgspec.Meta(min_length=1)]
    abstention_shown: Annotated[str, msgspec.Meta(min_length=1)]
    system: str
    source: str
    question: str
    example: tuple[Example, ...] = ()
    title: str = ""
    """What users call it."""
    about: str = ""
    """A line: what it is for."""

    @property
    def stable(self) -> tuple[Message, ...]:
        """The messages that every prompt begins with: instructions and examples."""
        system = Message("system", self._filled(self.system))
        return (system, *(turn for example in self.example for turn in self._turns(example)))

    @property
    def reads_sources_once(self) -> bool:
        """Whether a source is written the same, after the same beginning, whatever is asked and
        whatever other sources stand around it: then the model need not read it again.

        Forms of tasks that read every passage for one question only have numbers: what is kept of
        those would push out what answers read again.
        """
        before, _, _ = self.question.partition("{sources}")
        return "{number}" not in self.source and not _FIELD.search(before)

    def format_source(self, number: int, heading: str, text: str) -> str:
        filled = fill(self.source, number=str(number), heading=heading, text=text)
        return "\n".join(line.rstrip() for line in filled.strip().split("\n"))

    def format_question(self, sources: str, question: str) -> str:
        return fill(self.question, sources=sources, question=question).strip()

    def _filled(self, text: str) -> str:
        return fill(text, abstention=self.abstention).strip()

    def _turns(self, example: Example) -> tuple[Message, Message]:
        numbered = enumerate(example.sources, 1)
        sources = "\n\n".join(
            self.format_source(number, source.heading, source.text) for number, source in numbered
        )
        asked = self.format_question(sources, example.question)
        return Message("user", asked), Message("assistant", self._filled(example.answer))


def fill(form: str, /, **values: str) -> str:
    """`form` with its {names} filled in; values are never looked into."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), form)


Kind = TypeVar("Kind", bound=Template)


def load_template(file: Path, kind: type[Kind] = Template) -> Kind:  # type: ignore[assignment]  # mypy knows no default for a type variable
    """The template in `file`; raises `PromptUnusable` with the reason."""
    try:
        template = decode_toml(file.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise PromptUnusable(file=file, why=exc) from exc
    for name, required in kind.required.items():
        fields = set(_FIELD.findall(getattr(template, name)))
        if missing := sorted(required - fields):
            raise PromptUnusable(file=file, why=reasons.LACKS(name=name, field=missing[0]))
        if unknown := sorted(fields - required - kind.optional.get(name, frozenset())):
            why = reasons.HAS_AN_UNKNOWN(name=name, field=unknown[0])
            raise PromptUnusable(file=file, why=why)
    return template
