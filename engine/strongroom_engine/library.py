"""The facade: everything that can be done with a library, for both faces.

The command line (`cli`) and the engine process (`host`) call this class and nothing below it; what
only one of them could do would be in the wrong place. A library opened for writing is held by one
process (an operating-system lock); any number of others may open it for reading meanwhile.

Models are loaded when they are first needed: opening a library is quick, and a search by words
works without any model.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, Self

from strongroom_engine import __version__
from strongroom_engine.conversations.keeping import LibraryConversations
from strongroom_engine.doctor import examine
from strongroom_engine.errors import (
    IndexingPaused,
    LibraryDamaged,
    SourceKnown,
    StrongroomError,
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
from strongroom_engine.indexing.manners import Manners, Stand
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.embedders import Embedders
from strongroom_engine.models.generator import Generator, WorkerGenerator
from strongroom_engine.parts.answers import LibraryAnswers
from strongroom_engine.parts.checking import LibraryChecking
from strongroom_engine.parts.embedding import LibraryEmbedding, model_of_a_new_library
from strongroom_engine.parts.forgetting import Forgetting
from strongroom_engine.parts.keeping import LibraryKeeping
from strongroom_engine.parts.models import LibraryModels
from strongroom_engine.parts.preferences import Preferences
from strongroom_engine.parts.search import LibrarySearch, Typed
from strongroom_engine.parts.sources import LibrarySources, Stop, never
from strongroom_engine.reading.documents import LibraryReading
from strongroom_engine.reviews.running import LibraryReviews
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.trees import absolute_path, contains
from strongroom_engine.types import (
    Doctor,
    DocumentRecord,
    EmbeddingStatus,
    Happening,
    LibraryStatus,
    Method,
    ModelPlan,
    Progress,
    SearchResult,
    Source,
)

log = logging.getLogger(__name__)

Mode = Literal["write", "read"]


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
        on_stand: Callable[[Stand], None] = lambda _stand: None,
        on_document: Callable[[Happening], None] = lambda _happening: None,
        manners: Manners | None = None,
    ) -> None:
        """Open the library in `folder`, or make it when it is missing and `mode` is 'write'.

        Raises the errors of `LibraryError`. `on_progress` and `on_change` hear of indexing, from
        any thread, `on_trouble` of what does not stop it, `on_stand` of whether it rests,
        `on_document` of each document as it is taken in or goes.
        `embedder` and `make_generator` replace the models; a library that is there keeps the
        embedding model that it has. `manners` replace those of the settings (tests).
        """
        self.folder = folder
        self.is_writable = mode == "write"
        self._settings = settings or Settings()
        embedders = Embedders(self._settings, embedder)
        self._on_change = on_change
        self._store = Store.open(
            folder,
            key,
            mode=mode,
            **model_of_a_new_library(folder, embedders, needed=mode == "write"),
        )
        self._store.border.on_damage = self._damaged
        self._embedding = LibraryEmbedding(self._store, embedders, on_trouble)
        self._search = LibrarySearch(self._store, self._embedding, self._settings)
        self._forgetting = Forgetting(self._store, self._settings)
        self.indexing = LibrarySources(
            self._store,
            self._embedding,
            self._settings,
            on_progress=on_progress,
            on_change=self._changed,
            on_stand=on_stand,
            on_document=on_document,
            manners=manners,
        )
        """What is indexed and when: `add`, `move`, `exclude`, `retry`, `pause` …"""
        self.answers = LibraryAnswers(
            self._store,
            self._search,
            self._embedding,
            self._settings,
            hardware=lambda: self.models.hardware,
            make_generator=lambda plan: self._forgetting.heeded_by(make_generator(plan)),
            answering=self.indexing.manners.answering,
            spares=lambda: self.indexing.manners.spares,
        )
        """`ask`, `read_ahead`, and which model answers."""
        self.models = LibraryModels(
            self.answers, lambda model: self.preferences.change({"answer_model": model})
        )
        """The answer models of this computer: `report`, `use`, `bring_in`, `remove`, `measure`."""
        self.reviews = LibraryReviews(
            self._store,
            self.answers.parts,
            self._settings,
            held=lambda: self.indexing.manners.is_asked,
        )
        """Many questions over many documents: `run`, `get`, `names`, `remove`, `export`."""
        self.conversations = LibraryConversations(self._store, self._embedding.tell)
        """What was asked and answered: `keep`, `listed`, `get`, `rename`, `remove`, `export`."""
        self.own = OwnSet(self._store)
        """The user's own question set: `judge`, `judgements`, `forget`, `export`."""
        self.preferences = Preferences(
            self._settings,
            [
                self.answers.use_settings,
                self.indexing.use_settings,
                self._forgetting.use_settings,
            ],
        )
        """Settings and prompt templates: `report`, `change`, `prompts` …"""
        self.keeping = LibraryKeeping(folder, self._store)
        """The care of the library: `facts`, `compact`, `change_passphrase`."""
        self.checking = LibraryChecking(self._store, self.indexing)
        """Whether the parts of the index agree: `check`, `at_leisure`."""
        self.quality = LibraryQuality(self._store.quality_runs, self.evaluate)
        """That set measured over time: `run`, `runs`."""
        self.reading = LibraryReading(self._store, lambda: self.indexing.pool)
        """Documents to be read: `page`, `lines`, `excerpt`, `find`, `facts`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End every worker and let go of the library."""
        self.indexing.close()
        self._forgetting.close()
        self.answers.close()
        self._store.close()

    # --- indexing --------------------------------------------------------------------------------

    def add(self, path: str, collection: str = "", cancelled: Stop = never) -> Source:
        """Index a folder or file and keep it as a source (`LibrarySources.add`)."""
        return self.indexing.add(path, collection, cancelled)

    def remove(self, path: str) -> None:
        """Take a source out of the library (`LibrarySources.remove`)."""
        self.indexing.remove(path)

    def rescan(self, path: str = "", cancelled: Stop = never) -> None:
        """Index what changed (`LibrarySources.rescan`)."""
        self.indexing.rescan(path, cancelled)

    def watch(self) -> None:
        """Index by itself what changes in the sources from now on, until the library is closed."""
        self.indexing.watch()

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
        self.indexing.embed_more()

    def wait_re_embedded(self, cancelled: Stop = never) -> None:
        """Return when the chosen model answers; raises what stopped the embedding."""
        self.indexing.wait_re_embedded(cancelled)

    # --- looking ---------------------------------------------------------------------------------

    def sources(self) -> tuple[Source, ...]:
        """Every source, with the counts of its documents and whether it is there now."""
        return self.indexing.listed()

    def documents(self, source: str = "") -> tuple[DocumentRecord, ...]:
        return self._store.documents(source)

    def status(self) -> LibraryStatus:
        return self._embedding.named(self._store.status())

    def doctor(self) -> Doctor:
        """The machine, the choice, and the versions of what does the work."""
        return examine(self.folder, self._settings, self.models.hardware, self.embedding_model)

    # --- searching --------------------------------------------------------------------

    def prepare_search(self) -> None:
        """Let a thread make what a search of very many passages needs, so that none waits for it."""
        self._store.nearness.prepare()

    def search(
        self,
        question: str,
        k: int = 10,
        collections: Sequence[str] = (),
        method: Method = "hybrid",
        *,
        everywhere: bool = False,
        typing: bool = False,
        cancelled: Stop = never,
    ) -> SearchResult:
        """The k passages that fit the question best (`Searcher.search`). Raises `QuestionError`s."""
        if typing:
            self.indexing.manners.typed()
        result = self._search.searcher().search(
            question,
            k,
            collections,
            method,
            everywhere=everywhere,
            typing=typing,
            stopped=cancelled,
        )
        if typing:
            self._search.typed = Typed(question, tuple(collections), everywhere, k, result)
        return result

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
        if self.indexing.stand.paused:
            raise IndexingPaused  # figures of what is not indexed would mean nothing
        return QuestionSet(set_name(file), questions, Path(folder), self._holding(folder))

    def _holding(self, folder: str) -> tuple[str, ...]:
        """The collections with the documents in `folder`: of it or around it, and inside it."""
        sources = self._store.sources()
        own = any(source.path == folder for source in sources)
        here = folder if own else self.indexing.around(folder)
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

    def _damaged(self, error: LibraryDamaged) -> None:
        """Nothing more is indexed, and what can be read is read: a rebuild is up to the user."""

        def halt() -> None:  # not in the thread that met it, which may hold what this waits for
            self.indexing.manners.halt()
            self._embedding.tell(error)

        threading.Thread(target=halt, name="damage", daemon=True).start()

    def _changed(self) -> None:
        self._forgetting.look_soon()
        with suppress(StrongroomError):  # whoever searches next hears of it
            self._search.searcher()
        self._on_change()
