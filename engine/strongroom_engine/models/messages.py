"""What the engine and its answer worker say to each other: MessagePack, one message a frame.

Every command has an id, and every event names the command it belongs to, so that what a
cancelled command still had to say can be told apart. A problem travels as an error's code and
arguments; `Fault` is a mistake of ours and becomes a `Bug`.
"""

from __future__ import annotations

import msgspec

from strongroom_engine.types import Message as Turn
from strongroom_engine.types import ModelPlan, Prompt

COMMAND_LIMIT_BYTES = 64 << 20
EVENT_LIMIT_BYTES = 1 << 20


class _Command(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    id: int


class Load(_Command, frozen=True):
    """Load the plan's model unless it is loaded, and evaluate the messages all prompts share."""

    plan: ModelPlan
    stable: tuple[Turn, ...] = ()


class Generate(_Command, frozen=True):
    prompt: Prompt


class Weigh(_Command, frozen=True):
    """How likely is the prompt's refusal? Evaluates the prompt, and writes nothing. `ahead` of its
    question it is done when there is nothing else to do, and instead of what was read ahead before.
    """

    prompt: Prompt
    ahead: bool = False


class Read(_Command, frozen=True):
    """Read the passages of a prompt ahead of it, best first."""

    prompt: Prompt


class Known(_Command, frozen=True):
    """Which of a prompt's passages have been read?"""

    prompt: Prompt


class Forget(_Command, frozen=True):
    """Drop what was read of these documents. There is no answer to it."""

    documents: tuple[str, ...]


class CountTokens(_Command, frozen=True):
    text: str


class Cancel(_Command, frozen=True):
    """Stop the command of this id; it ends with its usual last event."""


class _Event(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    id: int


class Loaded(_Event, frozen=True):
    stable_tokens: int
    keeps: bool
    """Whether passages that were read are kept: not every model and device allows it."""


class Token(_Event, frozen=True):
    """More text of the answer: whole characters, and nothing that belongs to a stop string."""

    text: str


class Finished(_Event, frozen=True):
    prompt_tokens: int
    reused_tokens: int
    tokens: int
    stopped: bool
    cut: bool = False
    refusal: float | None = None


class Weighed(_Event, frozen=True):
    refusal: float


class WasRead(_Event, frozen=True):
    passages: int
    """So many are known now."""


class WasKnown(_Event, frozen=True):
    passages: tuple[bool, ...]


class Counted(_Event, frozen=True):
    tokens: int


class Problem(_Event, frozen=True):
    code: str
    details: dict[str, str]


class Fault(_Event, frozen=True):
    what: str


Command = Load | Generate | Weigh | Read | Known | Forget | CountTokens | Cancel
Event = Loaded | Token | Finished | Weighed | WasRead | WasKnown | Counted | Problem | Fault


def is_ahead(command: Command) -> bool:
    """Whether nobody waits for it yet."""
    return isinstance(command, Read) or (isinstance(command, Weigh) and command.ahead)


encode = msgspec.msgpack.Encoder().encode
decode_command = msgspec.msgpack.Decoder(Command).decode
decode_event = msgspec.msgpack.Decoder(Event).decode
