"""The frozen values that pass between the stages, the processes and the window.

Positions are counted in Unicode code points. Two systems of coordinates exist:

* *document coordinates*: offsets in `Document.text`, the pages joined by `PAGE_BREAK`;
  chunks, headings and spans inside the engine use them.
* *page coordinates*: offsets in one page's text; what the outside sees (`Hit.start`,
  `Citation.start`, the command line's JSON) uses them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import Literal

PAGE_BREAK = "\n"

Method = Literal["hybrid", "lexical", "dense", "rrf"]
"""How passages are ranked; `rrf` is plain reciprocal rank fusion, kept to measure against."""


class State(StrEnum):
    """What has become of a document; it has exactly one state at a time."""

    PENDING = "pending"
    """Found, and waiting to be parsed."""
    READABLE = "readable"
    """Its words can be searched; its embeddings are still missing."""
    INDEXED = "indexed"
    """Words and meaning can be searched."""
    SKIPPED = "skipped"
    """Left out for a reason that the user can act on (password, format, size)."""
    FAILED = "failed"
    """Could not be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page. `number` is physical and starts at 1; `label` is the printed one."""

    number: int
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in the document; `start` in document coordinates, `level` from 1."""

    start: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in the document, a row a line or more; document coordinates.

    [start, header_end) are the rows that say what the columns are; empty where none does.
    """

    start: int
    header_end: int
    end: int


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list found in the document: where each item begins, and where the last one ends;
    document coordinates."""

    items: tuple[int, ...]
    end: int

    @property
    def start(self) -> int:
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Document:
    """What parsing made of one file.

    `paged` is false for formats without pages of their own (text, Markdown, HTML, DOCX): they
    have exactly one `Page`, and no page number is ever shown for them.
    """

    title: str
    media_type: str
    pages: tuple[Page, ...]
    paged: bool
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    lists: tuple[ItemList, ...] = ()
    margins: tuple[tuple[int, int], ...] = ()
    """Running heads, running feet and page numbers: spans in document coordinates."""

    @property
    def text(self) -> str:
        return PAGE_BREAK.join(page.text for page in self.pages)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """The document coordinate at which each page begins."""
        lengths = (len(page.text) + len(PAGE_BREAK) for page in self.pages[:-1])
        return tuple(accumulate(lengths, initial=0)) if self.pages else ()


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A span within one page, in page coordinates. `page` is None where there are no pages."""

    page: int | None
    start: int
    end: int


def locate(start: int, end: int, page_starts: Sequence[int], paged: bool) -> PageSpan:
    """The page on which [start, end) of a document begins, with the span clipped to that page."""
    index = max(bisect_right(page_starts, start) - 1, 0)
    origin = page_starts[index] if page_starts else 0
    if index + 1 < len(page_starts):
        end = min(end, page_starts[index + 1] - len(PAGE_BREAK))
    return PageSpan(index + 1 if paged else None, start - origin, max(end, start) - origin)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document, the unit of embedding and retrieval.

    The chunks of a document tile its text: the first starts at 0, each starts where the one
    before it ends, and the last ends with the text. So the text is stored once, in the chunks.
    `heading` is the path of headings above it, joined by ' > '. `passage` is what is embedded
    (title and headings in front of the text); `text` is what is shown.
    """

    start: int
    end: int
    heading: str
    text: str
    passage: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file system says about a file without opening it. Size in bytes, time in ns."""

    path: str
    size: int
    mtime_ns: int
    identity: str
    """Device and inode, 'device:inode', by which a rename is recognised; '' where unknown."""


@dataclass(frozen=True, slots=True)
class Source:
    """A watched folder or file, with the counts of its documents by state."""

    path: str
    collection: str
    counts: dict[str, int] = field(default_factory=dict)
    present: bool = True
    """False while its drive or folder is away; its documents stay searchable."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document as lists show it. `code` and `reason` say why it was skipped or failed."""

    path: str
    source: str
    collection: str
    state: State
    title: str = ""
    media_type: str = ""
    pages: int = 0
    paged: bool = False
    chunks: int = 0
    size: int = 0
    mtime_ns: int = 0
    code: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """Counts over the whole library, and every document that is skipped or failed."""

    documents: dict[str, int]
    """The number of documents in each state; every state is a key."""
    chunks: int
    embedded: int
    problems: tuple[DocumentRecord, ...]
    embedding_model: str = ""
    """The embedding model by which meaning is searched."""
    next_embedding_model: str = ""
    """The one that the library is being re-embedded with; '' for none."""


@dataclass(frozen=True, slots=True)
class EmbeddingChoice:
    """An embedding model on this computer. A library's vectors belong to an `id`."""

    name: str
    id: str
    dimensions: int
    languages: tuple[str, ...] = ()
    """ISO 639 codes of the languages it was made for; empty where unknown."""


@dataclass(frozen=True, slots=True)
class EmbeddingStatus:
    """A library's embedding model, by its name, and the one that will take its place, if any."""

    model: str
    here: bool
    """Whether it is on this computer; meaning cannot be searched without it."""
    next_model: str
    """The model that the library is being re-embedded with; '' for none."""
    next_here: bool
    done: int
    """Passages that have their embedding, of `total`: by the next model if there is one."""
    total: int
    choices: tuple[EmbeddingChoice, ...] = ()
    """What can be chosen on this computer, the default of a new library first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search found. `page`, `start`, `end` are page coordinates."""

    rank: int
    file: str
    page: int | None
    start: int
    end: int
    heading: str
    score: float
    text: str
    title: str = ""
    collection: str = ""
    chunk: int = 0
    """The row of the chunk in the store."""
    offset: int = 0
    """Where `text` starts, in document coordinates."""
    marks: tuple[tuple[int, int], ...] = ()
    """Spans within `text` that match words of the question, for showing."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of a question that narrowed the search, so that it can be shown and undone.

    `kind` is 'document', 'type', 'collection', 'sender', 'changed', or 'everywhere' where nothing
    was found in the narrow and so all was searched. `text` is one sentence for the user; `span`
    is [start, end) in the question.
    """

    kind: str
    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchResult:
    question: str
    hits: tuple[Hit, ...]
    ms: float
    passages: int = 0
    """How many passages matched before the best k were taken."""
    documents: int = 0
    understood: tuple[Understood, ...] = ()
    """What of the question narrowed the search, without being a typed filter."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a document that an answer's sentence rests on; page coordinates."""

    n: int
    file: str
    page: int | None
    start: int
    end: int
    quote: str
    title: str = ""
    heading: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, a span of its text, and the citations it rests on.

    `supported` is false when no source sentence supports it: it is shown marked.
    """

    start: int
    end: int
    supported: bool
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """How long each step took, in milliseconds from the start of the question."""

    search_ms: float = 0.0
    first_token_ms: float | None = None
    total_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with what it rests on; `text` carries no citation marks of the model's own."""

    question: str
    text: str
    abstained: bool
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    """The passages that the model read, best first."""
    model: str
    timings: Timings
    prompt: str = ""
    prompt_tokens: int = 0
    stopped: bool = False
    """True when the user stopped it; the text so far is kept."""
    understood: tuple[Understood, ...] = ()
    """What of the question narrowed the search for passages."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt; `role` is 'system', 'user' or 'assistant'."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the answer model is asked, and how.

    `stable` is the number of leading messages that every question shares: the answer worker
    evaluates them once.
    """

    messages: tuple[Message, ...]
    stable: int
    temperature: float
    max_tokens: int
    stop: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of the text of a document without pages, around the place that was asked for.

    `offset` is where `text` begins in the document, `total` the document's length, and `spans`
    are relative to `text`.
    """

    file: str
    media_type: str
    offset: int
    total: int
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is; `what` is being done now. Time in seconds."""

    done: int
    total: int
    what: str
    rate: float = 0.0
    """Units done a second, lately."""
    left_s: float | None = None
    chunks_waiting: int = 0
    model: str = ""
    """Set while nothing is read and the library is re-embedded with this embedding model: `done`
    and `total` count passages then, and otherwise documents."""
