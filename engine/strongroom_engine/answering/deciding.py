"""Whether the passages that were found answer the question at all.

A small model that has been given sources nearly always finds something to say. So it is decided
from three things, by a logistic regression: how near the nearest sentence of the passages is to
the question in meaning, how many of the question's words one sentence holds, and how likely the
model is to refuse. Fitted on some 450 questions of SQuAD, CUAD, FinanceBench and XQuAD (de, ru,
zh) with multilingual-e5-small, and measured on the same ones: the first two alone refuse .94 of 90
questions about absent topics and lose .03 of 186 that are answered. all-MiniLM-L6-v2 finds unrelated
texts nearer: with these constants .52 of the same 90 are refused and none is lost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.grounding.evidence import evidence, passage_evidence
from strongroom_engine.answering.stopwords import same_language
from strongroom_engine.answering.text import is_unsegmented
from strongroom_engine.models.embedder import Embedder, relatedness
from strongroom_engine.settings import Strictness
from strongroom_engine.store import StoredChunk

MOST_SENTENCES = 80
"""Sentences that are embedded for one question, from the best passage on."""
WORDS, MEANING, BIAS = 2.0, 16.0, -6.1
WORDS_ALONE, WORDS_ALONE_BIAS = 6.0, -2.1
"""Without an embedding model."""
MEANING_ALONE, MEANING_ALONE_BIAS = 12.0, -2.0
"""For a question in another language than the passages: right ones are less near there, and are
refused only when nothing is near at all."""
UNSEGMENTED_NEARER = 0.2
"""Unrelated texts without spaces between words are so much nearer to each other (e5, Chinese)."""
REFUSAL, REFUSAL_USUAL, REFUSAL_MOST = 0.2, -4.0, 8.0
"""What the log-odds of the model's refusal count, as far as they are above their usual value."""
REFUSAL_USUAL_APART = -4.6
"""Where the model read whole passages apart from each other: then it finds a refusal less likely,
whether it is due or not. By `tests/bench/bench_blocks.py` on 45 questions of SQuAD and CUAD, of which
13 are a near miss and 4 about absent topics: by 0.60 (0.40 to 0.83) with the 1.5B. Where it read of all
but the best only near sentences, it does not (+0.17 on 61 such questions)."""
THRESHOLDS: dict[Strictness, float] = {"looser": -1.5, "balanced": -0.7, "stricter": 0.0}
"""Log-odds below which a question is not answered. By the same figures, without the model's refusal,
looser loses .01 of the answerable questions and refuses .82 of the absent ones; stricter .07, .99."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well passages fit a question, 0 to 1; None for what cannot be compared."""

    words: float | None
    """The largest share of the question's telling words that one sentence holds."""
    meaning: float | None
    """The relatedness of the sentence that is nearest to the question."""


def fit(question: str, passages: Sequence[StoredChunk], embedder: Embedder | None) -> Fit:
    """Compare the question with every sentence of the passages, best passage first."""
    asked = evidence(question_proper(question) or question)
    taken = [passage_evidence(passage) for passage in passages]
    held = [held for passage in taken for _, held in passage.sentences]
    words = max((len(asked & one) / max(len(asked), 1) for one in held), default=0.0)
    if embedder is None or not held:
        return Fit(words, None)
    texts = [passage.text[slice(*span)] for passage in taken for span, _ in passage.sentences]
    cosines = embedder.embed(texts[:MOST_SENTENCES]) @ embedder.embed_query(question)
    nearest = float(relatedness(cosines, embedder).max())
    known = _knows(embedder, question)
    if not same_language(question, " ".join(texts)):
        return Fit(None, nearest if known else None)
    meaning = nearest - UNSEGMENTED_NEARER * is_unsegmented(question)
    return Fit(words, meaning if known else None)


def _knows(embedder: Embedder, question: str) -> bool:
    """Whether the embedding model was made for the question's language."""
    return embedder.languages != ("en",) or same_language(question, "what is the")


def confidence(found: Fit, refusal: float = 0.0, *, apart: bool = False) -> float:
    """The probability that the passages answer the question, 0 to 1.

    `refusal` is how likely the answer model is to refuse, `apart` whether it read whole passages
    apart from each other; 0 as long as it was not asked.
    """
    usual = REFUSAL_USUAL_APART if apart else REFUSAL_USUAL
    return 1 / (1 + math.exp(-_log_odds(found, refusal, usual)))


def refuses(confidence: float, strictness: Strictness) -> bool:
    """Whether a question is better not answered than answered."""
    return confidence < 1 / (1 + math.exp(-THRESHOLDS[strictness]))


def _log_odds(found: Fit, refusal: float, usual: float) -> float:
    odds = min(max(refusal, 1e-9), 1 - 1e-9)
    above = math.log(odds / (1 - odds)) - usual
    doubt = REFUSAL * min(max(above, -REFUSAL_MOST / 2), REFUSAL_MOST)
    if found.meaning is None and found.words is None:  # nothing can be compared
        return -doubt
    if found.meaning is None:
        return WORDS_ALONE * (found.words or 0.0) + WORDS_ALONE_BIAS - doubt
    if found.words is None:
        return MEANING_ALONE * found.meaning + MEANING_ALONE_BIAS - doubt
    return WORDS * found.words + MEANING * found.meaning + BIAS - doubt
