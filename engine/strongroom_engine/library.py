"""The facade: everything that can be done with a library, for both faces.

The command line (`cli`) and the engine process (`host`) call this class and nothing below it; what
only one of them could do would be in the wrong place. A library opened for writing is held by one
process (an operating-system lock); any number of others may open it for reading meanwhile.

Models are loaded when they are first needed: opening a library is quick, and a search by words
works without any model.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal, Self

from strongroom_engine import __version__
from strongroom_engine.answers import LibraryAnswers
from strongroom_engine.conversations.keeping import LibraryConversations
from strongroom_engine.doctor import examine
from strongroom_engine.embedding import LibraryEmbedding, model_of_a_new_library
from strongroom_engine.errors import (
    Cancelled,
    LibraryModelMissing,
    NotASource,
    SourceKnown,
    SourceMissing,
    SourceNameInvalid,
    StrongroomError,
    WatchLimited,
)
from strongroom_engine.evaluation.own import OwnSet
from strongroom_engine.evaluation.quality import LibraryQuality
from strongroom_engine.evaluation.run import METHODS, evaluate
from strongroom_engine.evaluation.runs import Run
from strongroom_engine.evaluation.sets import (
    QuestionSet,
    load_questions,
    rooted,
    set_name,
)
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.indexing.scan import printable
from strongroom_engine.indexing.watch import Watcher
from strongroom_engine.modelling import LibraryModels
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.embedders import Embedders
from strongroom_engine.models.generator import Generator, WorkerGenerator
from strongroom_engine.reading.documents import LibraryReading
from strongroom_engine.reviews.running import LibraryReviews
from strongroom_engine.searching import LibrarySearch
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.trees import absolute_path, contains
from strongroom_engine.types import (
    Doctor,
    DocumentRecord,
    EmbeddingStatus,
    LibraryStatus,
    Method,
    ModelPlan,
    Progress,
    SearchResult,
    Source,
)

log = logging.getLogger(__name__)

Mode = Literal["write", "read"]


Stop = Callable[[], bool]


def never() -> bool:
    return False


class Library:
    """One user's library, open. Every method may be called from any thread."""

    def __init__(
        self,
        folder: Path,
        key: LibraryKey,
        *,
        mode: Mode = "write",
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        make_generator: Callable[[ModelPlan], Generator] = WorkerGenerator,
        on_progress: Callable[[Progress | None], None] = lambda _progress: None,
        on_change: Callable[[], None] = lambda: None,
        on_trouble: Callable[[StrongroomError], None] = lambda _error: None,
    ) -> None:
        """Open the library in `folder`, or make it when it is missing and `mode` is 'write'.

        Raises the errors of `LibraryError`. `on_progress` and `on_change` hear of indexing, from
        any thread, `on_trouble` of what does not stop it. `embedder` and `make_generator` replace
        the models; a library that is there keeps the embedding model that it has.
        """
        self.folder = folder
        self._settings = settings or Settings()
        embedders = Embedders(self._settings, embedder)
        self._on_progress, self._on_change = on_progress, on_change
        self._store = Store.open(
            folder,
            key,
            mode=mode,
            **model_of_a_new_library(folder, embedders, needed=mode == "write"),
        )
        self._embedding = LibraryEmbedding(self._store, embedders, on_trouble)
        self._search = LibrarySearch(self._store, self._embedding, self._settings)
        self.answers = LibraryAnswers(
            self._store,
            self._search,
            self._embedding,
            self._settings,
            hardware=lambda: self.models.hardware,
            make_generator=make_generator,
        )
        """`ask`, and which model answers."""
        self.models = LibraryModels(self.answers)
        """The answer models of this computer: `report`, `use`, `bring_in`, `remove`, `measure`."""
        self.reviews = LibraryReviews(self._store, self.answers.parts, self._settings)
        """Many questions over many documents: `run`, `get`, `names`, `remove`, `export`."""
        self.conversations = LibraryConversations(self._store)
        """What was asked and answered: `keep`, `listed`, `get`, `rename`, `remove`, `export`."""
        self.own = OwnSet(self._store)
        """The user's own question set: `judge`, `judgements`, `forget`, `export`."""
        self.quality = LibraryQuality(self._store.quality_runs, self.evaluate)
        """That set measured over time: `run`, `runs`."""
        self.reading = LibraryReading(self._store, lambda: self._pool)
        """Documents to be read: `page`, `lines`, `excerpt`, `find`, `facts`."""
        self._opening = threading.Lock()
        self._watcher: Watcher | None = None
        self._indexer_made: Indexer | None = None
        self._pool_made: ParserPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End every worker and let go of the library."""
        if self._indexer_made is not None:
            self._indexer_made.stop()  # first, so that nothing waits for the end of a long look
        if self._watcher is not None:
            self._watcher.stop()
        if self._pool_made is not None:
            self._pool_made.close()
        if self._indexer_made is not None:
            self._indexer_made.close()
        self.answers.close()
        self._store.close()

    # --- indexing --------------------------------------------------------------------------------

    def add(self, path: str, collection: str = "", cancelled: Stop = never) -> Source:
        """Index a folder or file and keep it as a source; returns when all of it is indexed.

        While the library is re-embedded: when all of it is readable. A source that is there
        already is looked at again. Raises `SourceMissing`, and
        `SourceKnown` for a path inside another source (after looking at it again, too).
        """
        absolute = absolute_path(path)
        if not path.strip() or not Path(absolute).exists():
            raise SourceMissing(path=path or "(nothing)")
        if printable(absolute) != absolute:
            raise SourceNameInvalid(path=printable(absolute))
        known = {source.path for source in self._store.sources()}
        if absolute not in known and (outer := self._around(absolute)):
            self._indexer.sync(outer, under=[absolute], cancelled=cancelled)
            self._wait_embedded(cancelled)
            raise SourceKnown(path=absolute, source=outer)
        if absolute not in known:
            self._store.add_source(absolute, collection or _collection_name(absolute))
            self._on_change()
        if self._watcher is not None:
            self._watcher.add(absolute)
        self._indexer.sync(absolute, cancelled=cancelled)
        self._wait_embedded(cancelled)
        return next(source for source in self._store.sources() if source.path == absolute)

    def remove(self, path: str) -> None:
        """Take a source out of the library; the files are not touched. Raises `NotASource`.

        What lies inside another source belongs to that one from then on.
        """
        absolute = absolute_path(path)
        if absolute not in {source.path for source in self._store.sources()}:
            raise NotASource(path=path)
        if self._watcher is not None:
            self._watcher.remove(absolute)
        self._indexer.remove(absolute)
        outer = self._around(absolute)
        if outer and self._watcher is not None:
            self._watcher.look_at(outer, absolute)
        elif outer:
            self._indexer.sync(outer, under=[absolute])
            self._wait_embedded()

    def _around(self, path: str) -> str:
        """The innermost source that the path lies inside; '' where there is none."""
        known = {source.path for source in self._store.sources()} - {path}
        outer = (source for source in known if contains(source, path))
        return max(outer, key=len, default="")

    def rescan(self, path: str = "", cancelled: Stop = never) -> None:
        """Look at every source (or the one at `path`) for what changed, and index that.

        What was left to embed, or has its words from an older Strongroom, is taken up beside it.
        """
        sources = [source.path for source in self._store.sources()]
        if path and path not in sources:
            raise NotASource(path=path)
        for source in [path] if path else sources:
            with suppress(SourceMissing):  # its drive is away: its documents stay
                self._indexer.sync(source, cancelled=cancelled)
        self._wait_embedded(cancelled)

    def _wait_embedded(self, cancelled: Stop = never) -> None:
        """Until all is embedded. Re-embedding is not waited for, nor a model that is not here."""
        with suppress(LibraryModelMissing):  # told already
            self._indexer.wait_embedded(cancelled, enough=lambda: self._embedding.building)

    def watch(self) -> None:
        """Index by itself what changes in the sources from now on, until the library is closed."""
        sources = [source.path for source in self._store.sources()]
        self._watcher = Watcher(
            sources,
            self._files_changed,
            self._settings.settle_s,
            on_trouble=lambda _source, how: self._embedding.tell(WatchLimited(how=how)),
        )
        self._watcher.start()

    def _files_changed(self, paths: set[str]) -> None:
        for source in self._store.sources():
            under = [path for path in paths if contains(source.path, path)]
            if under:
                self._look_again(source.path, under)

    def _look_again(self, source: str, under: Sequence[str]) -> None:
        try:
            self._indexer.sync(source, under=under)
        except (SourceMissing, NotASource, Cancelled):
            pass  # its drive is away: its documents stay; or it was removed, or all is ending
        except StrongroomError as exc:
            self._embedding.tell(exc)

    # --- the embedding model ---------------------------------------------------------------------

    @property
    def embedding_model(self) -> str:
        """The name of the model by which meaning is searched."""
        return self._embedding.name

    def embedding(self) -> EmbeddingStatus:
        """The library's embedding model, the one that is being built, and what can be chosen."""
        return self._embedding.status()

    def choose_embedding_model(self, name: str) -> None:
        """Begin to re-embed the library with the model of this name or id, in the background.

        The old model answers until all is embedded; choosing that one again ends it. What is
        interrupted goes on when the library is opened for writing. Raises `EmbeddingModelMissing`.
        """
        self._embedding.choose(name)
        self._indexer.embed_more()

    def wait_re_embedded(self, cancelled: Stop = never) -> None:
        """Return when the chosen model answers; raises what stopped the embedding."""
        self._indexer.wait_embedded(cancelled)

    # --- looking ---------------------------------------------------------------------------------

    def sources(self) -> tuple[Source, ...]:
        """Every source, with the counts of its documents and whether it is there now."""
        return tuple(
            replace(source, present=Path(source.path).exists()) for source in self._store.sources()
        )

    def documents(self, source: str = "") -> tuple[DocumentRecord, ...]:
        return self._store.documents(source)

    def status(self) -> LibraryStatus:
        return self._embedding.named(self._store.status())

    def doctor(self) -> Doctor:
        """The machine, the choice, and the versions of what does the work."""
        return examine(self.folder, self._settings, self.models.hardware, self.embedding_model)

    # --- searching --------------------------------------------------------------------

    def search(
        self,
        question: str,
        k: int = 10,
        collections: Sequence[str] = (),
        method: Method = "hybrid",
        *,
        everywhere: bool = False,
        typing: bool = False,
    ) -> SearchResult:
        """The k passages that fit the question best (`Searcher.search`). Raises `QuestionError`s."""
        return self._search.searcher().search(
            question, k, collections, method, everywhere=everywhere, typing=typing
        )

    def evaluate(
        self,
        questions: Sequence[Path] = (),
        root: Path | None = None,
        *,
        own: bool = False,
        methods: Sequence[Method] = METHODS,
        answers: bool = False,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        cancelled: Stop = never,
    ) -> Run:
        """Measure retrieval (and answers) on question sets, whose documents are indexed for it.

        `root` is the documents' folder, by default `docs` beside each file. `own` measures the
        user's own set, on the library as it is.
        """
        sets = [self._prepared(file, root, cancelled) for file in questions]
        sets += [self.own.question_set()] if own else []
        for asked in sets[:1]:  # what is loaded for a first search is not measured
            self.search(asked.questions[0].question, 1)
        return evaluate(
            self._search.searcher(),
            sets,
            ask=self.answers.ask if answers else None,
            methods=methods,
            configuration=self._configuration(answers),
            progress=on_progress,
            cancelled=cancelled,
        )

    def _prepared(self, file: Path, root: Path | None, cancelled: Stop) -> QuestionSet:
        """The set, with its documents in a collection of their own, if they are not known yet."""
        folder = absolute_path(str(root or file.parent / "docs"))
        questions = rooted(load_questions(file), Path(folder))
        with suppress(SourceKnown):  # they lie inside a source
            self.add(folder, f"eval {folder}", cancelled)
        return QuestionSet(set_name(file), questions, Path(folder), self._holding(folder))

    def _holding(self, folder: str) -> tuple[str, ...]:
        """The collections with the documents in `folder`: of it or around it, and inside it."""
        sources = self._store.sources()
        own = any(source.path == folder for source in sources)
        here = folder if own else self._around(folder)
        inside = [
            each.collection for each in sources if each.path == here or contains(folder, each.path)
        ]
        return tuple(dict.fromkeys(inside))

    def _configuration(self, answers: bool) -> dict[str, str]:
        """What figures depend on, for their report."""
        made = {
            "Strongroom": __version__,
            "Embedding model": self.embedding_model,
            "Tokens a passage": str(self._settings.chunk_tokens),
        }
        if (reranker := self._search.reranker) is not None:
            made["Reranker"] = reranker.name
        return made | ({"Answer model": self.answers.plan().name} if answers else {})

    # --- parts, made when first needed -----------------------------------------------------------

    @property
    def _pool(self) -> ParserPool:
        with self._opening:
            if self._pool_made is None:
                self._pool_made = ParserPool(self._workers, self._settings)
            return self._pool_made

    @property
    def _workers(self) -> int:
        """How many documents are parsed at once: half of the processors, the rest embed."""
        return self._settings.parser_workers or max((os.cpu_count() or 2) // 2, 1)

    def _changed(self) -> None:
        with suppress(StrongroomError):  # whoever searches next hears of it
            self._search.searcher()
        self._on_change()

    @property
    def _indexer(self) -> Indexer:
        pool = self._pool
        with self._opening:
            if self._indexer_made is None:
                self._indexer_made = Indexer(
                    self._store,
                    pool,
                    self._embedding,
                    self._settings,
                    parallel=self._workers,
                    on_progress=lambda one: self._on_progress(self._embedding.named_progress(one)),
                    on_change=self._changed,
                    on_trouble=self._embedding.tell,
                )
            return self._indexer_made


def _collection_name(path: str) -> str:
    """The folder's own name; for a single file that of the folder it is in."""
    named = Path(path) if Path(path).is_dir() else Path(path).parent
    return named.name or str(named)
