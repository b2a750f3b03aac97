"""The embedding models that are here: those of the user's models folder, and what comes along.

A model is a folder that `embedder.read_card` accepts. One whose files are not there, or of
another size, is not here: the set-up makes multilingual-e5-small in the models folder, and the
repository holds only its template; all-MiniLM-L6-v2 lies in `assets/embedding` whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.embedder import read_card
from strongroom_engine.settings import assets_folder, models_folder

DEFAULTS = ("multilingual-e5-small", "all-MiniLM-L6-v2")
"""The model of a new library: the first of these that is here. The second is for English alone,
but half the work."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """`id` is what a library's vectors belong to; `name` is what people call it."""

    name: str
    id: str
    folder: Path
    dimensions: int
    languages: tuple[str, ...]
    licence: str


def embedding_models() -> tuple[EmbeddingModel, ...]:
    """The models whose files are here, the default of a new library first."""
    found: dict[str, EmbeddingModel] = {}
    for model in _all():
        found.setdefault(model.id, model)
    return tuple(sorted(found.values(), key=_place))


def embedding_model(name: str) -> EmbeddingModel:
    """The model with this name or id; raises `EmbeddingModelMissing` where it is not here."""
    for model in embedding_models():
        if name in {model.name, model.id}:
            return model
    raise EmbeddingModelMissing(folder=name, why="it is not on this computer")


def _all() -> Iterator[EmbeddingModel]:
    for place in (models_folder() / "embedding", assets_folder() / "embedding"):
        for folder in sorted(place.iterdir()) if place.is_dir() else ():
            with suppress(EmbeddingModelMissing):
                yield _described(folder)


def _described(folder: Path) -> EmbeddingModel:
    card = read_card(folder)
    return EmbeddingModel(
        folder.name, card.id, folder, card.dimensions, card.languages, card.licence
    )


def _place(model: EmbeddingModel) -> tuple[int, str]:
    known = model.name in DEFAULTS
    return (DEFAULTS.index(model.name) if known else len(DEFAULTS), model.name)
