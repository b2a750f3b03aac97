"""What a passage gains from its document."""

from __future__ import annotations

import numpy as np

from strongroom_engine.answering.ranking.documents import by_best_passages, by_feedback


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, np.float32)
    return vector / np.linalg.norm(vector)


def test_two_good_passages_speak_for_a_document_more_than_one() -> None:
    scores = {1: 3.0, 2: 2.9, 3: 2.8, 4: -1.0}
    paths = {1: "a", 2: "b", 3: "b", 4: "a"}
    gains = by_best_passages(scores, paths)
    assert gains[2] == gains[3] == (2.9 + 2.8) / 2
    assert gains[1] == gains[4] == (3.0 - 1.0) / 2


def test_documents_near_the_first_hits_gain_and_their_passages_alike() -> None:
    scores = {1: 5.0, 2: 4.0, 3: 1.0, 4: 1.0, 5: 1.0}
    paths = {1: "a", 2: "a", 3: "b", 4: "b", 5: "c"}
    vectors = {1: unit(1, 0), 2: unit(1, 0.1), 3: unit(1, 0.2), 4: unit(0, 1), 5: unit(-1, 1)}
    gains = by_feedback(scores, paths, vectors)
    assert gains[3] == gains[4] > gains[5]
    assert abs(float(np.mean(list(gains.values())))) < 1e-6


def test_without_vectors_nothing_is_gained() -> None:
    assert by_feedback({1: 1.0}, {1: "a"}, {}) == {}
