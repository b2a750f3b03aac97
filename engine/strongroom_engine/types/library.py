"""What a library tells of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from strongroom_engine.types.documents import PageSpan
from strongroom_engine.types.places import Place


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


def under_way(counts: Mapping[str, int]) -> int:
    """How many documents are on their way into the index, of counts by state."""
    return counts.get(State.PENDING, 0) + counts.get(State.READABLE, 0)


class Away(StrEnum):
    """Why the files of a source cannot be looked at."""

    MISSING = "missing"
    """There is no such folder or file now."""
    REPLACED = "replaced"
    """An empty folder or another drive is in its drive's place."""
    SILENT = "silent"
    """It does not answer."""
    FAILING = "failing"
    """It gives errors instead of files."""


@dataclass(frozen=True, slots=True)
class Source:
    """A watched folder or file, with the counts of its documents by state."""

    path: str
    collection: str
    counts: dict[str, int] = field(default_factory=dict)
    present: bool = True
    """False while its drive or folder is away; its documents stay searchable."""
    away_ms: int = 0
    """Since when it is known to be away, in milliseconds since 1970; 0 where it is here."""
    away: str = ""
    """Why it is away: an `Away`."""
    places_away: tuple[str, ...] = ()
    """Places inside it whose drives are away; what is known of them stays searchable, too."""
    seen_ms: int = 0
    """When all of it was last looked at, in milliseconds since 1970; 0 for never."""
    size: int = 0
    """Bytes of all its documents."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What has become of one document while the library was brought up to date."""

    what: Literal["read", "moved", "gone", "problem"]
    path: str
    before: str = ""
    """The path that it was moved from."""
    reason: str = ""
    """Why it is not in the index."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out of a source ('' for all): an absolute path, or a pattern of names."""

    source: str
    pattern: str


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document as lists show it. `code` and `reason` say why it was skipped or failed, and
    `details` are what fills the reason's braces. `container` is the path of the document that it
    lies in; '' for a file of its own."""

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
    details: dict[str, str] = field(default_factory=dict)
    waiting: int = 0
    """Pages that wait for text recognition."""
    container: str = ""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What came of a password: the documents that it opened, those that need another one, and those
    on which it is tried when indexing goes on."""

    opened: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


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
    headings: tuple[tuple[int, int, int], ...] = ()
    """Start, end and level of each heading that is whole in `text`, relative to it."""
    tables: tuple[tuple[int, int, int], ...] = ()
    """Start, end of the header rows and end of each table, as far as it lies in `text`."""
    items: tuple[int, ...] = ()
    """Where the items of lists begin."""
    places: tuple[Place, ...] = ()
    """Slides, sheets, messages and the like that begin in `text`; their `start` is relative to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in one document, in page coordinates and in the document's order; `more`
    when there are more places than are told."""

    file: str
    words: str
    places: tuple[PageSpan, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the library knows of a document. `labels` are the pages whose printed number is another
    than their own, with that number."""

    document: DocumentRecord
    labels: tuple[tuple[int, str], ...] = ()
    places: tuple[Place, ...] = ()
    """By which one goes through it where it has no pages: its slides, its sheets, its messages."""


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
    by_source: dict[str, tuple[int, int]] = field(default_factory=dict)
    """(done, total) documents of each source in which something waits, by its path."""
    reading: tuple[str, ...] = ()
    """The documents that are read now."""
    page: int = 0
    """While text recognition reads `what`: the page that it is at, of `pages`."""
    pages: int = 0
    finished: tuple[str, ...] = ()
    """The documents that were read last, the newest first."""
    chunk_rate: float = 0.0
    """Passages embedded a second, lately."""
    started_ms: int = 0
    """When this work began, in milliseconds since 1970."""
    paused: str = ""
    """Why indexing rests with something still waiting: 'user', 'battery' or 'hours'."""
    share: float = 0.0
    """Of indexing, how much is done, from 0 to 1: documents weighed by their passages. Less than 1
    while anything is left, and no less than was told before of the same work."""
    reading_s: float = 0.0
    """How long `what` has been read."""
    cut: float = 0.0
    """How much of `what` is divided into passages, from 0 to 1: 0 while a parser reads it, 1 while
    its passages are stored."""
    pages_read: int = 0
    """Pages read since this work began."""
    chunks_done: int = 0
    """Passages embedded since this work began."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of rebuilding a damaged library."""

    documents: int = 0
    """Documents that were carried over."""
    unread: int = 0
    """Of these, how many wait to be read again."""
    lost: tuple[str, ...] = ()
    """Of what the user made, the kinds of which something could not be read."""
    legible: bool = True
    """Whether the damaged library could be read at all."""
    aside: str = ""
    """The folder in which the damaged library is kept."""
    aside_size: int = 0
    """Bytes of it."""
