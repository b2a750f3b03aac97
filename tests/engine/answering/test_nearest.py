"""The nearest sentence, and how much a quote has to do with a question: the real model."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.nearest import bearing, fitting, nearest_sentence
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Store

from .conftest import AddDocument

ASKED = "Is there a clause that forbids assigning the contract?"
RIGHT = "Neither party shall assign this agreement without the consent of the other."
WRONG = "The weather station in the hills has recorded rain on most days of the year."


def test_a_quote_on_what_is_asked_bears_more(embedder: OnnxEmbedder) -> None:
    assert 0 <= bearing(ASKED, WRONG, embedder) < 0.5 < bearing(ASKED, RIGHT, embedder) <= 1
    assert bearing("Is the rent due?", "The rent is due.", None) > bearing(ASKED, WRONG, None) == 0


@pytest.mark.parametrize("by_meaning", [True, False])
def test_the_nearest_sentence_is_cited_on_its_page(
    store: Store, add: AddDocument, embedder: OnnxEmbedder, by_meaning: bool
) -> None:
    second = "It rains.\n\nThe contract forbids assigning it."
    path = str(add("contract.txt", "Weather of the year.\n", second))
    model = embedder if by_meaning else None
    cited = nearest_sentence(ASKED, store.chunks_of(path), model)
    assert cited is not None
    assert (cited.file, cited.page, cited.quote) == (path, 2, "The contract forbids assigning it.")
    assert second[cited.start : cited.end] == cited.quote
    near = fitting(store, ASKED, store.chunks_of(path), model)
    far = fitting(store, "Which football club won?", store.chunks_of(path), model)
    assert 0 <= far < near <= 1


def test_nothing_is_near_where_nothing_is(store: Store, embedder: OnnxEmbedder) -> None:
    assert nearest_sentence(ASKED, [], embedder) is None
    assert fitting(store, ASKED, [], embedder) == 0
