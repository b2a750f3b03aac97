"""Whether passages answer a question: what counts, and in which direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.answering.deciding import THRESHOLDS, Fit, confidence, fit, refuses
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Store

from .conftest import AddDocument

SHARE = st.floats(0, 1)
MAYBE = st.one_of(st.none(), SHARE)


@given(MAYBE, MAYBE, SHARE, SHARE)
def test_a_better_fit_is_never_less_sure_and_a_likelier_refusal_never_more(
    words: float | None, meaning: float | None, refusal: float, more: float
) -> None:
    sure = confidence(Fit(words, meaning), refusal)
    assert 0 <= sure <= 1
    assert confidence(Fit(words, meaning), max(refusal, more)) <= sure
    better = Fit(words and max(words, more), meaning and max(meaning, more))
    assert confidence(better, refusal) >= sure


@given(SHARE)
def test_who_is_stricter_refuses_whatever_the_looser_refuses(sure: float) -> None:
    refused = [refuses(sure, name) for name in ("looser", "balanced", "stricter")]
    assert refused == sorted(refused)
    assert list(THRESHOLDS) == ["looser", "balanced", "stricter"]


@pytest.mark.parametrize(
    ("question", "answerable"),
    [
        ("Who keeps the roof in repair?", True),
        ("Wer hält das Dach instand?", True),  # in another language than the passage
        ("How high is the yearly rent?", True),
        ("Which striker won the golden boot in 2010?", False),
        ("What does photosynthesis need besides light?", False),
    ],
)
def test_absent_topics_are_told_from_present_ones(
    store: Store, add: AddDocument, embedder: OnnxEmbedder, question: str, answerable: bool
) -> None:
    add("lease.txt", "The Tenant pays a yearly rent of 1,200 euros. The Landlord repairs the roof.")
    passages = store.chunks_of(next(record.path for record in store.documents()))
    assert refuses(confidence(fit(question, passages, embedder)), "balanced") is not answerable


def test_without_an_embedding_model_words_alone_decide(store: Store, add: AddDocument) -> None:
    add("lease.txt", "The Tenant pays a yearly rent of 1,200 euros. The Landlord repairs the roof.")
    passages = store.chunks_of(next(record.path for record in store.documents()))
    assert fit("Who repairs the roof?", passages, None) == Fit(1.0, None)
    assert refuses(confidence(fit("Who sells tulips in Delft?", passages, None)), "balanced")
    assert fit("Who repairs the roof?", [], None) == Fit(0.0, None)
