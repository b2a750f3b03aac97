"""The embedding models of an open library: which answers, and which takes its place.

Questions are embedded by the model whose vectors are searched, passages by the one that is being
built, if any. Both are asked for anew each time, so that a model that took the other's place is
used from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from strongroom_engine.errors import (
    EmbeddingModelMissing,
    LibraryModelMissing,
    StrongroomError,
)
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.embedders import Embedders
from strongroom_engine.store import Store, header
from strongroom_engine.types import EmbeddingStatus, LibraryStatus, Progress


class LibraryEmbedding:
    """`on_trouble` hears once of a model that is not on this computer."""

    def __init__(
        self, store: Store, embedders: Embedders, on_trouble: Callable[[StrongroomError], None]
    ) -> None:
        self._store = store
        self._embedders = embedders
        self._on_trouble = on_trouble
        self._told: set[str] = set()

    # --- embedders -------------------------------------------------------------------------------

    def answering(self) -> Embedder | None:
        """The embedder of the model that is searched; None where it is not on this computer."""
        model = self._store.embedding_model().model
        try:
            return self._find(model)
        except LibraryModelMissing as exc:
            self.tell(exc)
            return None

    def wanted(self) -> Embedder:
        """The embedder of the model that passages wait for; raises `LibraryModelMissing`."""
        return self._find(self._store.wanted_embedding_model().model)

    def measuring(self) -> Embedder:
        """The embedder whose tokens chunks are measured in: the wanted one, else any that is here.

        Raises `EmbeddingModelMissing` where there is none at all.
        """
        try:
            return self.wanted()
        except LibraryModelMissing:
            return self._embedders.default()

    def _find(self, model: str) -> Embedder:
        try:
            return self._embedders.of(model)
        except EmbeddingModelMissing as exc:
            here = ", ".join(dict.fromkeys(one.name for one in self._embedders.choices()))
            raise LibraryModelMissing(model=model, here=here or "none") from exc

    def tell(self, error: StrongroomError) -> None:
        """Hand trouble on; that a model is missing is said once."""
        if isinstance(error, LibraryModelMissing):
            model = error.details["model"]
            if model in self._told:
                return
            self._told.add(model)
        self._on_trouble(error)

    # --- choosing --------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Re-embed the library with the model of this name or id; the old one answers meanwhile.

        Raises `EmbeddingModelMissing`.
        """
        chosen = self._embedders.of(name)
        self._store.choose_embedding_model(chosen.model, chosen.dimensions)
        self.let_go()

    def let_go(self) -> None:
        """Free the models that the library needs no more."""
        now, after = self._store.embedding_model(), self._store.wanted_embedding_model()
        self._embedders.keep({now.model, after.model})

    @property
    def building(self) -> bool:
        return self._store.next_embedding_model() is not None

    # --- showing ---------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name of the model that is searched."""
        return self._embedders.name(self._store.embedding_model().model)

    def status(self) -> EmbeddingStatus:
        """What answers, what is being built and how far, and what can be chosen here."""
        after = self._store.next_embedding_model()
        waiting = self._store.waiting_count()
        total = max(self._store.chunk_count(), waiting)
        choices = self._embedders.choices()
        here = {one.id for one in choices}
        model = self._store.embedding_model().model
        return EmbeddingStatus(
            model=self._embedders.name(model),
            here=model in here,
            next_model=self._embedders.name(after.model) if after else "",
            next_here=after is None or after.model in here,
            done=total - waiting,
            total=total,
            choices=choices,
        )

    def named(self, status: LibraryStatus) -> LibraryStatus:
        """The counts with the models' names in place of their ids."""
        return replace(
            status,
            embedding_model=self._embedders.name(status.embedding_model),
            next_embedding_model=self._embedders.name(status.next_embedding_model),
        )

    def named_progress(self, progress: Progress | None) -> Progress | None:
        """Likewise; what is done, when nothing is being read, is re-embedding."""
        if progress is None or not progress.model:
            return progress
        name = self._embedders.name(progress.model)
        return replace(progress, model=name, what=f"re-embedding with {name}")


class NewModel(TypedDict, total=False):
    """What `Store.open` makes a new library with."""

    model: str
    dimensions: int


def model_of_a_new_library(folder: Path, embedders: Embedders, *, needed: bool) -> NewModel:
    """What a new library is made with; nothing where no model is here.

    Raises `EmbeddingModelMissing` then, if it is `needed` because there is no library yet.
    """
    try:
        default = embedders.default()
    except EmbeddingModelMissing:
        if needed and header(folder) is None:
            raise
        return {}
    return {"model": default.model, "dimensions": default.dimensions}
