"""The sentence of some passages that is nearest to a question, and how near the passages are.

What a review shows where there is no answer model, and what tells how sure a cell is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from strongroom_engine.answering.grounding.evidence import evidence, passage_evidence
from strongroom_engine.answering.grounding.ground import citation_of
from strongroom_engine.models.embedder import Embedder, relatedness
from strongroom_engine.store import Store, StoredChunk
from strongroom_engine.types import Citation

SHARE_WEIGHT = 0.25
BEARS = 0.35
"""From here on a quote is taken to bear on the question: about half of the right clauses have it,
and of the others somewhat less than one in ten with e5, somewhat more with MiniLM."""


def nearest_sentence(
    question: str, passages: Sequence[StoredChunk], embedder: Embedder | None
) -> Citation | None:
    """The sentence nearest to the question, by words and by meaning; None where there is none."""
    return next(iter(by_nearness(question, passages, embedder)), None)


def by_nearness(
    question: str, passages: Sequence[StoredChunk], embedder: Embedder | None
) -> list[Citation]:
    """Every sentence of the passages, the nearest to the question first; equal ones in the order
    of their passages. `Citation.score` says how near, 0 to 1."""
    asked = evidence(question)
    places = [
        (passage, span, len(asked & held) / max(len(asked), 1))
        for passage in passages
        for span, held in passage_evidence(passage, rows=True).sentences
    ]
    texts = [passage.text[slice(*span)] for passage, span, _ in places]
    meant = _cosines(question, texts, embedder)
    scores = [share + near for (_, _, share), near in zip(places, meant, strict=True)]
    ranked = sorted(range(len(places)), key=lambda place: -scores[place])
    return [citation_of(*places[at][:2], scores[at] / 2) for at in ranked]


def fitting(
    store: Store, question: str, passages: Sequence[StoredChunk], embedder: Embedder | None
) -> float:
    """How well the best of the passages fits the question, 0 to 1: the mean of the share of the
    question's words that it holds and, where there are vectors, of how near it is in meaning."""
    asked = evidence(question)
    held = [passage_evidence(passage).all for passage in passages]
    share = max((len(asked & each) / max(len(asked), 1) for each in held), default=0.0)
    vectors = store.vectors([passage.id for passage in passages]) if embedder else {}
    if embedder is None or not vectors:
        return share
    asked_for = embedder.embed_query(question)
    cosines = np.array([vector @ asked_for for vector in vectors.values()])
    return (share + float(relatedness(cosines, embedder).max())) / 2


def bearing(question: str, quote: str, embedder: Embedder | None) -> float:
    """How much a quote has to do with a question, 0 to 1: by meaning, and by the words they share.

    A model asked for Yes or No with a quote may quote anything that stands there. For 133 clauses
    of contracts against the other clauses of the same contract: area under the ROC curve .85 with
    two embedding models, .84 by meaning alone.
    """
    asked = evidence(question)
    share = len(asked & evidence(quote)) / max(len(asked), 1)
    (near,) = _cosines(question, [quote], embedder)
    return min((near + SHARE_WEIGHT * share) / BEARS, 1.0)


def _cosines(question: str, texts: Sequence[str], embedder: Embedder | None) -> list[float]:
    if embedder is None or not texts:
        return [0.0] * len(texts)
    vectors = embedder.embed([question, *texts])
    return [float(each) for each in relatedness(vectors[1:] @ vectors[0], embedder)]
