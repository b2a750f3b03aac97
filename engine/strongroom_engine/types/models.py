"""What goes to and comes from models, and what this computer offers them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt; `role` is 'system', 'user' or 'assistant'."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the answer model is asked, and how.

    `stable` is the number of leading messages that every question shares: the answer worker
    evaluates them once. `schema` is a JSON Schema that the output has to follow, '' for none.
    `refusal` is the sentence with which the model is told to decline: how likely it is is found
    out, and with `refuse` False the answer cannot begin as it does.
    """

    messages: tuple[Message, ...]
    stable: int
    temperature: float
    max_tokens: int
    stop: tuple[str, ...] = ()
    schema: str = ""
    refusal: str = ""
    refuse: bool | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """What the answer model wrote, and what it cost."""

    text: str
    prompt_tokens: int
    reused_tokens: int
    """How many of the prompt's tokens were already evaluated."""
    tokens: int
    first_token_ms: float | None
    total_ms: float
    stopped: bool = False
    cut: bool = False
    """Whether it ended for want of room: at the prompt's `max_tokens`, or where the context ends."""
    refusal_probability: float | None = None
    """How likely the answer was to begin as the prompt's `refusal` does, 0 to 1; None without."""


@dataclass(frozen=True, slots=True)
class Device:
    """A processor that llama.cpp can use. Memory in bytes. `kind` is 'gpu', 'igpu' or 'cpu'."""

    name: str
    description: str
    kind: str
    memory_total: int
    memory_free: int


@dataclass(frozen=True, slots=True)
class Hardware:
    """What this computer offers: memory in bytes, physical cores, GPUs that llama.cpp can use."""

    cpu: str
    cores: int
    memory_total: int
    memory_free: int
    gpus: tuple[Device, ...]
    problem: str = ""
    """Why GPUs could not be probed, where that is so; the processor is used then."""


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """Which answer model runs here, and how; `why` is the one line that users see."""

    model: str
    """The catalogue's id, or the file name of an imported model; '' when nothing fits."""
    name: str
    quantization: str
    file: str
    """Absolute path, or '' when the chosen model is not on this computer yet."""
    context: int
    """Tokens of prompt and answer together."""
    gpu_layers: int
    layers: int
    device: str
    memory_needed: int
    threads: int
    why: str
    considered: tuple[str, ...] = ()
    """One line for each candidate that was not chosen, and why."""


@dataclass(frozen=True, slots=True)
class Doctor:
    """What `strongroom doctor` reports: the machine, the choice, and whether the parts work."""

    hardware: Hardware
    plan: ModelPlan
    embedding_model: str
    library: str
    key: str
    """How the library's key is kept: 'keyring', 'passphrase' or 'key file'."""
    cipher: str
    versions: dict[str, str] = field(default_factory=dict)
    reranker: str = ""
    """The cross-encoder that was imported, or why it cannot be used; '' for none."""
