"""What goes to and comes from models, and what this computer offers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


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
    out, and with `refuse` False the answer cannot begin as it does. `passages` are parts of the last
    message, in their order, that the model may read apart from each other, and so only once;
    `documents` has the path of the document of each.
    """

    messages: tuple[Message, ...]
    stable: int
    temperature: float
    max_tokens: int
    stop: tuple[str, ...] = ()
    schema: str = ""
    refusal: str = ""
    refuse: bool | None = None
    passages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where in the last message each passage begins and ends."""
        content, spans, at = self.messages[-1].content, list[tuple[int, int]](), 0
        for passage in self.passages:
            start = content.index(passage, at)
            at = start + len(passage)
            spans.append((start, at))
        return spans


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
    block_bytes: int = 0
    """Of the computer's memory, beyond what is needed: for passages that are read once
    (`models.blocks`); 0 where that is not done."""
    cells: int = 0
    """Tokens that the KV cache holds: those of several prompts that are answered at once; 0: the
    context's."""


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
    parsers_cannot: tuple[str, ...] = ()
    """What was refused to a process that was confined as parsers are, when it tried."""
    parsers_can: tuple[str, ...] = ()
    """What this system let it do all the same."""


Fit = Literal["whole", "partly", "not"]
"""Whether a model fits this computer: 'partly' where a GPU takes some of its layers."""


@dataclass(frozen=True, slots=True)
class ModelSpeed:
    """What was measured here of the latest answers; 0 where nothing was. Medians."""

    first_word_s: float = 0.0
    """From the question to the answer's first word."""
    tokens_per_s: float = 0.0
    """While it wrote."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model file of the catalogue, or one that was brought in. Sizes in bytes."""

    name: str
    quantization: str
    file: str
    """The file's name in the models folder."""
    size: int
    licence: str
    languages: tuple[str, ...] = ()
    """ISO 639 codes; empty where the file does not say."""
    sha256: str = ""
    """'' where the catalogue does not know the file."""
    published: str = ""
    """Where on Hugging Face its makers have it, 'owner/name'; '' where that is not known."""
    here: bool = False
    imported: bool = False
    """Whether it is a file that the catalogue does not know."""
    test: bool = False
    """Whether it serves trying things out and is never chosen by itself."""
    rank: int = 0
    """Higher gives better answers."""
    parameters: int = 0
    fit: Fit = "not"
    layers: int = 0
    gpu_layers: int = 0
    needs: int = 0
    """Memory with the shortest context, without a GPU."""
    slow_s: float = 0.0
    """Seconds to the first word, as reckoned, where that is too long to be chosen; else 0."""
    speed: ModelSpeed = ModelSpeed()
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """How a device's memory is shared out while the chosen model answers, in bytes.

    `name` is '' for the computer's own memory. What is not listed is free.
    """

    name: str
    total: int
    weights: int = 0
    context: int = 0
    """The model's working memory: the context and intermediate results."""
    own: int = 0
    """Strongroom without the answer model."""
    other: int = 0
    passages: int = 0
    """What passages that were read take at most."""

    @property
    def free(self) -> int:
        used = self.weights + self.context + self.passages + self.own + self.other
        return max(self.total - used, 0)


@dataclass(frozen=True, slots=True)
class LongerContext:
    """What twice the context would take; `needs` are bytes more than now."""

    tokens: int
    fits: bool
    needs: int
    supported: bool = True
    """False where the model itself can take no more."""


@dataclass(frozen=True, slots=True)
class ModelsReport:
    """The models that can answer, and how this computer would run the chosen one."""

    hardware: Hardware
    measured: float
    """When the computer was looked at, seconds since 1970."""
    models: tuple[KnownModel, ...]
    """In use first, then by rank."""
    plan: ModelPlan | None = None
    problem: str = ""
    """Why no model answers, where that is so."""
    chosen: str = ""
    """The model that the user wants; '' where Strongroom chooses."""
    devices: tuple[DeviceMemory, ...] = ()
    """Where the model goes first, then the computer's own memory."""
    longer: LongerContext | None = None
    larger: str = ""
    """The file of the model that answers better and would fit; '' for none."""
    reranker: str = ""
    folder: str = ""
    """Where model files are kept."""


@dataclass(frozen=True, slots=True)
class MemoryNow:
    """Memory at this moment, in bytes. `name` is the GPU that holds the model; '' for none."""

    total: int
    free: int
    own: int
    """In use by Strongroom's processes."""
    name: str = ""
    loaded: bool = False
    """Whether the answer model is in memory now."""
