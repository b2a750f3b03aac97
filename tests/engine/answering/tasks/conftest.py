"""What the tests of tasks over whole documents share."""

from __future__ import annotations

import pytest

from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Store

from .papers import Desk


@pytest.fixture
def desk(store: Store, embedder: OnnxEmbedder) -> Desk:
    return Desk(store, embedder)
