"""The embedders that an open library uses, found by the id of their model and loaded once."""

from __future__ import annotations

import threading
from collections.abc import Collection

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.embedder import Embedder, OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model, embedding_models
from strongroom_engine.sentences import reasons
from strongroom_engine.settings import Settings
from strongroom_engine.types import EmbeddingChoice


class Embedders:
    """Thread-safe. `given` is used for its own model, and is the choice of a new library."""

    def __init__(self, settings: Settings, given: Embedder | None = None) -> None:
        self._settings = settings
        self._given = given
        self._made: dict[str, Embedder] = {given.model: given} if given else {}
        self._making = threading.Lock()
        self._names: dict[str, str] = {}

    def default(self) -> Embedder:
        """The embedder for a new library; raises `EmbeddingModelMissing` where none is here."""
        if self._given is not None:
            return self._given
        here = embedding_models()
        if not here:
            raise EmbeddingModelMissing(folder="assets/embedding", why=reasons.NO_EMBEDDING_MODEL())
        return self.of(here[0].id)

    def of(self, model: str) -> Embedder:
        """The embedder of the model with this name or id; raises `EmbeddingModelMissing`."""
        with self._making:
            if model in self._made:
                return self._made[model]
            found = embedding_model(model)
            if found.id not in self._made:
                threads, batch = self._settings.embed_threads, self._settings.embed_batch
                self._made[found.id] = OnnxEmbedder(found.folder, threads, batch)
            return self._made[found.id]

    def keep(self, models: Collection[str]) -> None:
        """Let go of all others: a loaded model takes 100 to 440 MB."""
        with self._making:
            given = {self._given.model} if self._given else set()
            self._made = {i: one for i, one in self._made.items() if i in {*models, *given}}

    def choices(self) -> tuple[EmbeddingChoice, ...]:
        """What can be chosen on this computer, the default of a new library first."""
        given = (self._given,) if self._given else ()
        found = {one.model: EmbeddingChoice(one.model, one.model, one.dimensions) for one in given}
        for here in embedding_models():
            found[here.id] = EmbeddingChoice(here.name, here.id, here.dimensions, here.languages)
        return tuple(found.values())

    def name(self, model: str) -> str:
        """What people call the model with this id; the id where it is not here."""
        if model and model not in self._names:  # asked at every change: the disk is not, each time
            self._names |= {one.id: one.name for one in self.choices()}
        return self._names.get(model, model)
