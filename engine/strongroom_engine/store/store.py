"""`Store`: one open library.

The database is encrypted from its first byte and written by one process at a time; others read
it meanwhile. Within the process any thread may call: writes wait for each other, each is a
transaction, whole or not at all; reads see one unchanging state each and wait for nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, Self

import apsw

from strongroom_engine.errors import DocumentProblem
from strongroom_engine.judging import Judgement
from strongroom_engine.store import (
    contents,
    dense,
    document_words,
    documents,
    indexes,
    judgements,
    lexical,
    opening,
    passages,
    reviews,
    sources,
    vectors,
)
from strongroom_engine.store.access.headers import CIPHER
from strongroom_engine.store.access.keys import LibraryKey
from strongroom_engine.store.connection import Readers, connect, transaction
from strongroom_engine.store.conversations import Conversations
from strongroom_engine.store.ending import Ending
from strongroom_engine.store.failures import Border, unwritable
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.listing import Listing
from strongroom_engine.store.mails import Mails
from strongroom_engine.store.managing import Managing
from strongroom_engine.store.members import Members
from strongroom_engine.store.passages import StoredChunk
from strongroom_engine.store.passwords import Passwords
from strongroom_engine.store.placing import Placing
from strongroom_engine.store.quality_runs import QualityRuns
from strongroom_engine.store.readings import Readings
from strongroom_engine.store.recognised import RecognisedPages
from strongroom_engine.store.reports import Reports
from strongroom_engine.store.scope import Scope
from strongroom_engine.store.signatures import Signatures
from strongroom_engine.store.soundness import renewal
from strongroom_engine.store.tables.sheets import Sheets
from strongroom_engine.store.upkeep import Upkeep
from strongroom_engine.types import (
    Cell,
    Chunk,
    Document,
    DocumentRecord,
    FileFacts,
    LibraryStatus,
    Review,
    ReviewSummary,
    Source,
)

Mode = Literal["write", "read"]


class Store:
    """The library in `folder`; made by `open`. Every method may raise `LibraryError`s."""

    cipher = CIPHER

    def __init__(self, folder: Path, key: LibraryKey) -> None:
        self.folder = folder
        self.border = Border(folder)
        """Where SQLite's errors are translated; it tells of damage."""
        self._writer: apsw.Connection | None = None
        self._writing = threading.RLock()
        self._readers = Readers(lambda: connect(folder, key.raw, write=False))
        self.steady = self._readers.hold
        self._held = ExitStack()
        self.ending = Ending()
        """With which a thread says when what it writes ends before its end."""
        self._lexical = lexical.Lexical()
        self.nearness = dense.Dense(self._read, self._readers.stopped)
        """What a dense search needs of many vectors."""
        self.upkeep = Upkeep(folder, self._read, self._alone)
        """How large the library is, and making it smaller."""
        self.listing = Listing(self._read)
        """What is known of every document at once."""
        self.quality_runs = QualityRuns(self._write, self._read)
        self.conversations = Conversations(self._read, self._write)
        """What was asked and answered, conversation by conversation."""
        self.reading = Readings(self._read)
        """What the reader wants to know of a document."""
        self.managing = Managing(self._read, self._write)
        """Collections, exclusions, and whether indexing rests."""
        self.members = Members(self._read, self._write)
        """Documents inside documents."""
        self.mails = Mails(self._read)
        """Who wrote to whom, and when."""
        self.passwords = Passwords(self._read, self._write)
        """What opens protected documents."""
        self.sheets = Sheets(self._read)
        """The tables of spreadsheets."""
        self.signatures = Signatures(self._read)
        """Which documents are versions of each other."""
        self.placing = Placing(self._read)
        """Where something stands in a document: slide, sheet and row, message and attachment."""
        self.recognised = RecognisedPages(self._read, self._write)
        """What text recognition read of pages."""
        self.reports = Reports(self._read, self._write)
        """How each document was read."""

    @classmethod
    def open(
        cls,
        folder: Path,
        key: LibraryKey,
        *,
        mode: Mode,
        model: str = "",
        dimensions: int = 0,
    ) -> Store:
        """Open the library in `folder`; a new one gets the embedding model with the id `model`.

        One that is there keeps its own. 'write' takes the writer's lock (`LibraryBusy`) and makes
        or migrates the library; without a `model` none is made. 'read' makes nothing. Where none
        is and none is made: `NoLibrary`. Both raise `WrongKey` or `WrongKindOfKey` before anything
        is touched.
        """
        store = cls(folder, key)
        with store.border.errors(), ExitStack() as held:
            if mode == "write":
                store._writer = opening.for_writing(folder, key, model, dimensions, held)
            else:
                opening.for_reading(folder, key)
            store._held = held.pop_all()
        # Closed first: the writer, last to go, then folds the log into the database.
        store._held.callback(store._readers.close)
        return store

    def close(self) -> None:
        """Close every connection and give the lock back. Nothing happens the second time."""
        self.nearness.close()
        with self.border.errors(), self._writing:
            self._writer = None
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _alone(self) -> Iterator[apsw.Connection]:
        """The connection that writes, outside a transaction."""
        with self.border.errors(), self._writing:
            if self._writer is None:
                raise unwritable(self.folder)
            yield self._writer

    @contextmanager
    def _write(self) -> Iterator[apsw.Connection]:
        with self._alone() as db, transaction(db), self.ending.heeded(db):
            yield db
            indexes.settle(db)

    @contextmanager
    def _read(self) -> Iterator[apsw.Connection]:
        with self.border.errors(), self._readers.lend() as db:
            yield db

    # --- sources ---------------------------------------------------------------------------------

    def add_source(self, path: str, collection: str) -> None:
        """Add a source (an absolute path) to a collection; raises `SourceKnown`."""
        with self._write() as db:
            sources.add(db, path, collection)

    def remove_source(self, path: str) -> None:
        """Remove a source with its documents; raises `NotASource`."""
        with self._write() as db:
            sources.remove(db, path)

    def sources(self) -> tuple[Source, ...]:
        """Every source with the counts of its documents by state."""
        with self._read() as db:
            return sources.listed(db)

    def collections(self) -> tuple[str, ...]:
        """The names of the collections that hold a source."""
        with self._read() as db:
            return sources.collections(db)

    # --- documents -------------------------------------------------------------------------------

    def known_files(self, source: str, under: Collection[str] = ()) -> dict[str, FileFacts]:
        """What was known of each file of the source, or `under` it, when it was last read. A pending
        document has the size -1: it was not read yet, and equals no file's facts."""
        with self._read() as db:
            return documents.known_files(db, source, under)

    def note_pending(self, source: str, files: Sequence[FileFacts]) -> None:
        """Note new or changed files; a version read before stays searchable until replaced."""
        with self._write() as db:
            documents.note_pending(db, source, files)

    def put_document(
        self, facts: FileFacts, content_hash: str, document: Document, chunks: Sequence[Chunk]
    ) -> int:
        """Replace the document; how many of its chunks still wait for an embedding.

        It is readable then, or indexed when none waits. Raises `NotASource` when the source was
        removed meanwhile.
        """
        made = contents.prepared(facts, content_hash, document, chunks, self.ending.look)
        with self._write() as db:
            return contents.put(db, facts, document, chunks, made)

    def put_problem(self, facts: FileFacts, problem: DocumentProblem) -> None:
        """Say why the document is not in the index; what was indexed of it goes."""
        with self._write() as db:
            documents.put_problem(db, facts, problem)

    def touch(self, facts: FileFacts) -> None:
        """Note new facts of a file whose content is what it was."""
        with self._write() as db:
            documents.touch(db, facts)

    def content_hash(self, path: str) -> str | None:
        """The hash of the version that is searchable, or None where there is none."""
        with self._read() as db:
            return documents.content_hash(db, path)

    def remove_document(self, path: str) -> None:
        """Forget the document at `path`; nothing happens where there is none."""
        with self._write() as db:
            documents.remove(db, path)

    def move_document(self, old: str, facts: FileFacts) -> None:
        """Follow a rename; chunks and embeddings are kept. Nothing happens without `old`."""
        with self._write() as db:
            documents.move(db, old, facts)

    def documents(self, source: str = "") -> tuple[DocumentRecord, ...]:
        """The documents of a source, or all, in the order of their paths."""
        with self._read() as db:
            return documents.listed(db, source)

    def status(self) -> LibraryStatus:
        """Counts over the whole library, and every problem."""
        with self._read() as db:
            return documents.status(db)

    # --- embedding models ------------------------------------------------------------------------

    def embedding_model(self) -> VectorIndex:
        """The embedding model whose vectors are searched."""
        with self._read() as db:
            return indexes.answering(db)

    def next_embedding_model(self) -> VectorIndex | None:
        """The embedding model that will take its place when all is embedded with it, if any."""
        with self._read() as db:
            return indexes.with_role(db, "building")

    def choose_embedding_model(self, model: str, dimensions: int) -> None:
        """Let every chunk wait for this model's vectors, while the old ones are searched.

        It takes the old one's place when nothing waits any more: at once in an empty library. The
        old model again, or a third one, drops what was built.
        """
        with self._write() as db:
            indexes.choose(db, model, dimensions)

    # --- the user's own set ----------------------------------------------------------------------

    def put_judgement(self, judgement: Judgement) -> None:
        """Keep it in place of what was known of its question."""
        with self._write() as db:
            judgements.put(db, judgement)

    def remove_judgement(self, question: str) -> None:
        """Forget what was judged of the question; nothing happens where nothing was."""
        with self._write() as db:
            judgements.remove(db, question)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, oldest first."""
        with self._read() as db:
            return judgements.listed(db)

    # --- reviews ---------------------------------------------------------------------------------

    def put_review(self, review: Review) -> None:
        """Keep its questions and documents in place of what the review of this name had."""
        with self._write() as db:
            reviews.put(db, review)

    def remove_review(self, name: str) -> None:
        """Forget the review, and the answers that no other one asks for."""
        with self._write() as db:
            reviews.remove(db, name)

    def rename_review(self, name: str, new_name: str) -> None:
        with self._write() as db:
            reviews.rename(db, name, new_name)

    def review_summaries(self) -> tuple[ReviewSummary, ...]:
        """The reviews with their counts, the one that was asked last first."""
        with self._read() as db:
            return reviews.summaries(db)

    def review_names(self) -> tuple[str, ...]:
        """The reviews, the one that was asked last first."""
        with self._read() as db:
            return reviews.names(db)

    def review(self, name: str) -> Review | None:
        """The review with the cells that it has by now."""
        with self._read() as db:
            return reviews.find(db, name)

    def forget_cells(self, questions: Sequence[str], documents: Sequence[str]) -> None:
        """Forget what is known of these questions in these documents."""
        with self._write() as db:
            reviews.forget_cells(db, questions, documents)

    def put_cell(self, cell: Cell, content: str | None) -> None:
        """Keep an answer that was read from the content with this hash, if that is still there."""
        with self._write() as db:
            reviews.put_cell(db, cell, content)

    def cells(self, questions: Sequence[str], documents: Iterable[str]) -> tuple[Cell, ...]:
        """The answers that are known to these questions, document by document."""
        with self._read() as db:
            return reviews.cells(db, questions, documents)

    # --- the embedding queue ---------------------------------------------------------------------

    def wanted_embedding_model(self) -> VectorIndex:
        """The embedding model that chunks wait for: the next one, else the one there is."""
        with self._read() as db:
            return indexes.wanted(db)

    def waiting(self, limit: int) -> list[tuple[int, str]]:
        """(chunk id, passage) of at most `limit` chunks that wait for their embedding, oldest first;
        of equal passages one is given. Empty only when nothing waits."""
        with self._read() as db:
            return vectors.waiting(db, limit)

    def chunk_count(self) -> int:
        """How many chunks there are."""
        with self._read() as db:
            return vectors.chunk_count(db)

    def waiting_count(self) -> int:
        """How many chunks wait for their embedding."""
        with self._read() as db:
            return vectors.waiting_count(db)

    def put_embeddings(
        self, chunk_ids: Sequence[int], embeddings: vectors.Vectors, model: str = ""
    ) -> None:
        """Keep unit vectors, (n, dimensions) float32; a document whose last arrives is indexed.

        Chunks that were replaced meanwhile are passed over; equal passages get theirs too. So are
        vectors of a `model` that is not wanted any more; without it they are of the wanted one.
        """
        with self._write() as db:
            vectors.put(db, chunk_ids, embeddings, model)

    def renew(self) -> bool:
        """Make anew what an older Strongroom made of some documents; False: none is left."""
        with self._write() as db:
            return renewal.renew(db)

    # --- searching -------------------------------------------------------------------------------

    def lexical(self, query: str, limit: int, scope: Scope) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) for an FTS5 expression, best first, larger is better."""
        with self._read() as db:
            return self._lexical.search(db, query, limit, scope)

    def dense(
        self, vector: vectors.Vectors, limit: int, scope: Scope, model: str = "", soon: bool = False
    ) -> list[tuple[int, float]]:
        """(chunk id, cosine similarity) of the nearest chunks, best first.

        Empty when the vector is of another `model` than those that are searched (by now); without
        it the vector is of that one. `soon` as in `nearness.search`.
        """
        with self._read() as db:
            index = indexes.answering(db)
            if model not in ("", index.model):
                return []
            return self.nearness.search(db, index, vector, limit, scope, soon=soon)

    def vectors(self, ids: Sequence[int]) -> dict[int, vectors.Vectors]:
        """The unit vectors, (dimensions,) float32, that these chunks have in what is searched."""
        with self._read() as db:
            return dense.of_chunks(db, indexes.answering(db), ids)

    def matching(self, query: str, limit: int, scope: Scope) -> list[int]:
        """The first chunks that match an FTS5 expression, in no order that says anything."""
        with self._read() as db:
            return self._lexical.first(db, query, limit, scope)

    def count_matches(self, query: str, scope: Scope) -> tuple[int, int]:
        """How many passages match the FTS5 expression, and in how many documents (`lexical`)."""
        with self._read() as db:
            return self._lexical.count(db, query, scope)

    def documents_like(
        self, query: str, limit: int, scope: Scope, *, names_only: bool = False
    ) -> list[tuple[int, str, float]]:
        """(document id, path, BM25 score) by name, title, folders and opening, for an FTS5
        expression over `name_words`; best first, larger is better."""
        with self._read() as db:
            return document_words.like(db, query, limit, scope, names_only=names_only)

    def documents_holding(
        self, queries: Sequence[str], limit: int, scope: Scope, *, names_only: bool = False
    ) -> list[frozenset[int]]:
        """For each FTS5 expression the ids of (at most `limit`) documents with these words.

        The columns are `name`, `title`, `folder` and `opening`; the first two with `names_only`,
        which is quick for words that many openings hold.
        """
        with self._read() as db:
            return document_words.holding(db, queries, limit, scope, names_only=names_only)

    def mentions(
        self, query: str, limit: int, scope: Scope, without: Sequence[int] = ()
    ) -> dict[int, int]:
        """How many passages of each document fit the FTS5 expression, of the first `limit`;
        passages of the documents `without` are not counted."""
        with self._read() as db:
            return document_words.mentions(db, query, limit, scope, without)

    def document_names(self, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """(path, title) of the documents that are (still) there, by id."""
        with self._read() as db:
            return document_words.names(db, ids)

    def document_count(self) -> int:
        """How many documents can be searched."""
        with self._read() as db:
            return document_words.count(db)

    def chunks(self, ids: Sequence[int], *, placed: bool = True) -> dict[int, StoredChunk]:
        """The chunks that are (still) there, by id; without `placed` their documents have no pages."""
        with self._read() as db:
            return passages.chunks(db, ids, placed=placed)

    def paths(self, ids: Sequence[int]) -> dict[int, str]:
        """The documents of the chunks that are (still) there, in the order of `ids`."""
        with self._read() as db:
            return passages.paths(db, ids)

    def rows_of(self, files: Iterable[str]) -> tuple[int, ...]:
        """The rows of the documents at these paths, for a `Scope`."""
        with self._read() as db:
            return passages.documents_at(db, files)

    def chunks_of(self, path: str) -> list[StoredChunk]:
        """Every chunk of the document, in order; empty where it is not searchable."""
        with self._read() as db:
            return passages.chunks_of(db, path)

    def neighbours(self, chunk_id: int, before: int, after: int) -> list[StoredChunk]:
        """The chunks around `chunk_id` in its document, in order, without itself."""
        with self._read() as db:
            return passages.neighbours(db, chunk_id, before, after)

    def document_text(self, path: str, start: int = 0, end: int | None = None) -> str:
        """The document's text in [start, end), document coordinates; '' where there is none."""
        with self._read() as db:
            return passages.document_text(db, path, start, end)

    def page_starts(self, path: str) -> tuple[int, ...]:
        """Where each page of the document begins, in document coordinates."""
        with self._read() as db:
            return passages.page_starts(db, path)

    def is_paged(self, path: str) -> bool:
        """Whether the document has pages of its own."""
        with self._read() as db:
            return passages.is_paged(db, path)

    def outline(self, path: str) -> tuple[str, int]:
        """The document's media type and the length of its text; ('', 0) where there is none."""
        with self._read() as db:
            return passages.outline(db, path)
