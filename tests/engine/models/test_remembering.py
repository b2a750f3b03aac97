"""A text is embedded once, and as it would be without being remembered."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.models import remembering
from strongroom_engine.models.remembering import Remembering


def test_what_is_known_is_not_embedded_again() -> None:
    plain = WordLengths()
    once = Remembering(plain)
    texts = ["the roof leaks", "the rent is due", "the roof leaks"]
    np.testing.assert_array_equal(once.embed(texts), WordLengths().embed(texts))
    np.testing.assert_array_equal(once.embed(texts[1:]), WordLengths().embed(texts[1:]))
    assert plain.embedded == ["the roof leaks", "the rent is due"]


def test_nothing_is_an_empty_array() -> None:
    assert len(Remembering(WordLengths()).embed([])) == 0


def test_it_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 2)
    plain = WordLengths()
    once = Remembering(plain)
    for text in ("one", "two", "three", "one"):
        np.testing.assert_array_equal(once.embed([text]), WordLengths().embed([text]))
    assert plain.embedded == ["one", "two", "three", "one"]


def test_it_is_known_as_the_model_that_it_asks() -> None:
    once, plain = Remembering(WordLengths()), WordLengths()
    for name in ("model", "dimensions", "max_tokens", "languages", "unrelated_cosine"):
        assert getattr(once, name) == getattr(plain, name)
    np.testing.assert_array_equal(once.embed_query("rent"), plain.embed_query("rent"))
    assert once.token_offsets("the rent") == plain.token_offsets("the rent")
