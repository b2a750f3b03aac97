"""What search and answering give."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from strongroom_engine.types.places import Place
from strongroom_engine.types.sheets import CellValue

Method = Literal["hybrid", "lexical", "dense", "rrf"]
"""How passages are ranked; `rrf` is plain reciprocal rank fusion, kept to measure against."""

Task = Literal[
    "answer", "quotes", "summary", "compare", "table", "timeline", "explain", "draft", "structured"
]
"""What is to be done with a question: `answer` writes one with citations, `quotes` gives verbatim
sentences without the language model, `structured` fills a JSON Schema."""

_WORD = re.compile(r"\w+")

Route = Literal["passages", "index", "documents", "sheets"]
"""Where an answer came from: from passages that were found, from the index itself (exact counts
and lists), from a look into every document in scope, or from the tables of spreadsheets (exact)."""


@dataclass(frozen=True, slots=True)
class Version:
    """Another document with nearly the same text, and where a passage stands in it, in page
    coordinates. `changed_ms` says when its file was changed, since 1970; `newest` that none of the
    others told of is younger. `said`: what stands there in place of the words cited; '' where it
    says the same."""

    file: str
    page: int | None = None
    start: int = 0
    end: int = 0
    changed_ms: int = 0
    newest: bool = False
    said: str = ""


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
    places: tuple[Place, ...] = ()
    """What it stands in, the outer one first: slide, sheet and row, message and attachment."""
    copies: tuple[str, ...] = ()
    """Other files with the same bytes; they are no hits of their own."""
    versions: tuple[Version, ...] = ()
    """Versions of the document that have this passage, too, word for word, the youngest first;
    they are no hits of their own."""

    @property
    def focus(self) -> int:
        """Where in `text` one looks first: at the first mark of the line that holds most of the
        words found, a word that stands in many lines for little."""
        found = [
            (word.start(), word.group().lower())
            for start, end in self.marks
            for word in _WORD.finditer(self.text, start, end)
        ]
        often = Counter(word for _, word in found)
        lines: dict[int, list[tuple[int, str]]] = {}
        for start, word in found:
            lines.setdefault(self.text.rfind("\n", 0, start), []).append((start, word))

        def weight(line: list[tuple[int, str]]) -> float:
            return sum(1 / often[word] for word in {word for _, word in line})

        return max(lines.values(), key=weight)[0][0] if lines else 0


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of a question that narrowed the search, so that it can be shown and undone.

    `kind` is 'document', 'type', 'collection', 'sender', 'recipient', 'dated', 'changed', or
    'everywhere' where nothing was found in the narrow and so all was searched. `text` is one
    sentence for the user; `span` is [start, end) in the question.
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
    more: bool = False
    """Whether there are more passages than were counted; nobody knows in how many documents."""


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
    places: tuple[Place, ...] = ()
    """What it stands in, the outer one first: slide, sheet and row, message and attachment."""
    copies: tuple[str, ...] = ()
    """Other files with the same bytes."""
    versions: tuple[Version, ...] = ()
    """Versions of the document that say the same, or something else in its place."""


@dataclass(frozen=True, slots=True)
class TableResult:
    """What a question asked of a spreadsheet's table, and what came of it: exact, by SQL.

    `said` is the query in plain words, `sql` as it was run, over a table named as `table` says,
    read only. `cells` is the range it was read from ('Budget!C2:C41'); `columns` and `rows` are
    the result, `used` how many rows of the table went into it.
    """

    file: str
    sheet: str
    table: str
    said: str
    sql: str
    cells: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[CellValue, ...], ...] = ()
    used: int = 0


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
class Doubt:
    """A number, date, amount or name of an answer, a span of its text, that none of its sources
    holds. `kind` is 'number', 'date', 'amount' or 'name'."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words in a document that seem to be meant for a machine and not for its reader.

    They are never followed. `why` is a sentence for the user: 'It cannot be seen on the page.'
    """

    file: str
    page: int | None
    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, with what was answered.

    `standalone` is the question as it was understood, where that differs.
    """

    question: str
    answer: str = ""
    standalone: str = ""


LOW_CONFIDENCE = 0.5
"""A cell below it should be checked by a person."""

Verdict = Literal["", "right", "wrong", "corrected"]
"""What a person said of a cell; `corrected`: what it says is theirs."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document answers to one question; empty `text` where it does not answer it.

    `confidence` is 0 to 1: how sure it is that this is what the document says (or that it does
    not). `problem` says why there is no answer though one was wanted.
    """

    document: str
    question: str
    text: str = ""
    abstained: bool = False
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    problem: str = ""
    model: str = ""
    """The answer model; '' where there was none and the nearest sentence is quoted."""
    verdict: Verdict = ""
    correction: str = ""
    """What a person wrote in place of `text`, where `verdict` is 'corrected'."""

    @property
    def said(self) -> str:
        """What stands in the table: the person's words, where there are any."""
        return self.correction if self.verdict == "corrected" else self.text

    @property
    def doubtful(self) -> bool:
        """Whether a person should check it: never again what one has judged."""
        return not self.verdict and (bool(self.problem) or self.confidence < LOW_CONFIDENCE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a structured answer, and where it stands.

    `pointer` is its place in the answer's data (JSON Pointer, RFC 6901), `text` the value as
    JSON writes it, text without quotation marks. `citations` are numbers of the answer's; each
    quote holds the value. `supported` is false when it stands in no source: it is shown marked.
    """

    pointer: str
    text: str
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
    task: Task = "answer"
    route: Route = "passages"
    standalone: str = ""
    """The question as it was understood within its conversation, where that differs."""
    searched: str = ""
    """A sentence: what was searched for this answer."""
    coverage: str = ""
    """For tasks that read whole documents: 'Read 312 of 312 pages.'"""
    confidence: float = 0.0
    """How sure it is that the documents answer the question, 0 to 1."""
    doubts: tuple[Doubt, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    """What in the passages read seems to be meant for a machine."""
    data: str = ""
    """The JSON of an answer that was asked for with a schema."""
    values: tuple[Value, ...] = ()
    """What `data` of an answer with a schema holds, but for nulls, in the order it stands there."""
    cells: tuple[Cell, ...] = ()
    """For a question that was put to each document: what each answered, in the order asked."""
    model_name: str = ""
    """What people call the model, where that is known; `model` is its id."""
    tables: tuple[TableResult, ...] = ()
    """For the route 'sheets': what was asked of tables."""
