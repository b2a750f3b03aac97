"""Rebuilding a library that is damaged; nobody may have it open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from strongroom_engine.models.embedders import Embedders
from strongroom_engine.parts.embedding import model_of_a_new_library
from strongroom_engine.settings import Settings
from strongroom_engine.store import Follow, LibraryKey, rebuild
from strongroom_engine.types import Rebuilt


def rebuild_library(
    folder: Path,
    key: LibraryKey,
    settings: Settings,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Rebuilt:
    """Make the library in `folder` anew from what can be read of it; what was damaged is kept
    aside. What is missing of documents is read again when the library is next opened for writing.

    `tell` hears how many documents of how many are done. Raises the errors of `LibraryError`,
    `EmbeddingModelMissing`, and `Cancelled`: the old library is still there then.
    """
    known = model_of_a_new_library(folder, Embedders(settings, None), needed=True)
    return rebuild(
        folder,
        key,
        model=known.get("model", ""),
        dimensions=known.get("dimensions", 0),
        follow=Follow(tell, cancelled),
    )
