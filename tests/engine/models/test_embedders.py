"""The embedders of an open library."""

from __future__ import annotations

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.models import embedders
from strongroom_engine.models.embedding_models import embedding_models
from strongroom_engine.settings import Settings


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for with every status, many times a second while documents are read."""
    looked = []

    def look() -> object:
        looked.append(True)
        return embedding_models()

    monkeypatch.setattr(embedders, "embedding_models", look)
    known = embedders.Embedders(Settings(), WordLengths())
    here = embedding_models()[0]
    assert [known.name(here.id) for _ in range(3)] == [here.name] * 3
    assert known.name("") == ""
    assert len(looked) == 1


def test_what_is_not_here_is_called_by_its_id() -> None:
    assert embedders.Embedders(Settings()).name("gone:1") == "gone:1"
