"""Two rankings -> one."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.ranking.fusion import (
    english_share,
    fuse,
    reciprocal_ranks,
    words_weight,
)
from strongroom_engine.answering.ranking.scores import best_first
from strongroom_engine.models.embedder import OnnxEmbedder


def test_scores_are_added_and_not_ranks() -> None:
    lexical = [(1, 9.0), (2, 8.9), (3, 1.0)]
    dense = [(2, 0.80), (1, 0.79), (4, 0.2)]
    fused = fuse(lexical, dense, 0.5)
    # By ranks 1 and 2 were equal, and 3 and 4; 4 is as far below the others as 0 is below 9.
    assert fused[1] > fused[2] > fused[3] > fused[4]


def test_without_weight_or_dense_hits_the_order_is_that_of_the_words() -> None:
    lexical, dense = [(1, 3.0), (2, 2.0)], [(2, 0.9), (3, 0.8)]
    for scores in (fuse(lexical, dense, 0.0), fuse(lexical, [], 0.5)):
        assert scores[1] > scores[2]
        assert all(scores[2] > score for row, score in scores.items() if row == 3)
    assert list(fuse([], dense, 0.0)) == [2, 3]
    assert fuse([], [], 0.5) == {}


@pytest.mark.parametrize(
    ("question", "least", "most"),
    [
        ("Who pays for repairs of the roof?", 1.0, 1.0),
        ("What did the Ubykh embassy of 1861 ask for?", 0.7, 1.0),
        ("Wer bezahlt für Ausbesserungen am Dachstuhl?", 0.0, 0.6),
        ("Wer bezahlt die Reparatur, und wann ist sie fällig?", 0.0, 0.0),
        ("¿Cuál es el plazo de preaviso para el arrendatario?", 0.0, 0.0),
        ("Кто платит за ремонт крыши?", 0.0, 0.0),
        ("谁负责屋顶的维修？", 0.0, 0.0),
        ("من يدفع تكاليف إصلاح السقف؟", 0.0, 0.0),
    ],
)
def test_a_model_for_english_is_not_asked_in_other_languages(
    embedder: OnnxEmbedder, question: str, least: float, most: float
) -> None:
    assert least <= english_share(question, embedder.token_offsets(question)) <= most


def test_words_count_by_what_they_cover() -> None:
    assert [words_weight(covered) for covered in (0.0, 0.2, 0.35, 0.5, 1.0)] == pytest.approx(
        [0.0, 0.0, 0.5, 1.0, 1.0]
    )
    lexical, dense = [(1, 3.0), (2, 2.0)], [(3, 0.9), (1, 0.8)]
    assert max(fuse(lexical, dense, 0.4, 1.0).items(), key=lambda item: item[1])[0] == 1
    assert max(fuse(lexical, dense, 0.4, 0.0).items(), key=lambda item: item[1])[0] == 3
    assert best_first(fuse([], dense, 0.0)) == [3, 1], (
        "where no word is found, meaning is all there is"
    )
    alone = fuse(lexical, [], 0.4, 0.0)
    assert alone[1] > alone[2], "where nothing is embedded, words are all there is"


def test_reciprocal_rank_fusion_is_the_published_one() -> None:
    fused = reciprocal_ranks([(1, 9.0), (2, 8.0)], [(2, 0.5)])
    assert fused == {1: 1 / 61, 2: 1 / 62 + 1 / 61}
