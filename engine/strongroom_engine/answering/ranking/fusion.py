"""Two rankings -> one.

How they are fused was chosen by measurement on five kinds of documents in six languages
(nDCG@10 and the rank of the right passage):

* Scores are added, each list brought to mean 0 and deviation 1, and not ranks: BM25 and cosine
  both say by how much a hit is better than the next one, which reciprocal rank fusion throws away.
* Dense retrieval counts for as much as lexical where the embedding model knows the question's
  language, and little where it does not. Whether it does is seen from its own tokenizer: words
  that it never learned fall into many pieces.

Tried without gain on most sets: reciprocal rank fusion with other constants and weights, pairs of
neighbouring words as phrases, a second BM25 with the frequencies among the candidates only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from strongroom_engine.answering.text import WORD, is_unsegmented

Ranked = Sequence[tuple[int, float]]
Scores = dict[int, float]

CANDIDATES = 100
"""How many passages each retrieval proposes; with 50 or 200 the figures are the same on average."""
DENSE_WEIGHT = 0.5
"""The share of dense retrieval where its model knows the language; .4 to .6 are alike."""
DENSE_WEIGHT_LEAST = 0.15
"""Its share where it does not: names and numbers are still near each other."""
PIECES_KNOWN, PIECES_UNKNOWN = 1.5, 2.0
"""Tokens a word up to which the model knows the language (95 of 100 English questions), and from
which it does not (of the model for English: most German and a quarter of Spanish questions)."""
RRF_K = 60
"""The constant of reciprocal rank fusion, as published."""
UNSEGMENTED_WORD = 2
"""Characters that make a word where words are not separated."""

_SPREAD_LEAST = 1e-9


def fuse(lexical: Ranked, dense: Ranked, dense_weight: float) -> Scores:
    """The weighted sum of both rankings' standardised scores, for every passage in one of them.

    `lexical` are BM25 scores: a passage that is not there has none of the words, and scores 0,
    unless the list was cut at `CANDIDATES`. A passage that `dense` lacks is taken to be as far
    as the last one there.
    """
    if not dense:
        dense_weight = 0.0
    by_words, without_words = _standardised(lexical, _padding(lexical))
    by_meaning, without_meaning = _standardised(dense, [])
    return {
        passage: (1 - dense_weight) * by_words.get(passage, without_words)
        + dense_weight * by_meaning.get(passage, without_meaning)
        for passage in {**by_words, **by_meaning}
    }


def reciprocal_ranks(*rankings: Ranked) -> Scores:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009), the usual yardstick."""
    scores: Scores = {}
    for ranking in rankings:
        for rank, (passage, _) in enumerate(ranking, 1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (RRF_K + rank)
    return scores


def standardised(scores: Mapping[int, float]) -> Scores:
    """The same scores with mean 0 and deviation 1."""
    return _standardised(list(scores.items()), [])[0]


def _padding(lexical: Ranked) -> list[float]:
    return [0.0] * (CANDIDATES - len(lexical))


def _standardised(ranked: Ranked, others: list[float]) -> tuple[Scores, float]:
    """Standardised scores, and the one of a passage that is not ranked. `others` count too."""
    if not ranked:
        return {}, 0.0
    values = np.array([score for _, score in ranked] + others)
    mean, spread = values.mean(), max(values.std(), _SPREAD_LEAST)
    scores = {passage: float((score - mean) / spread) for passage, score in ranked}
    return scores, float((values.min() - mean) / spread)


def dense_weight(text: str, token_spans: Iterable[tuple[int, int]]) -> float:
    """How far to trust dense retrieval with this question, from its tokens in the model."""
    pieces = sum(text[start:end].isalnum() for start, end in token_spans)
    per_word = pieces / max(_words(text), 1.0)
    known = (PIECES_UNKNOWN - per_word) / (PIECES_UNKNOWN - PIECES_KNOWN)
    share = min(max(known, 0.0), 1.0)
    return DENSE_WEIGHT_LEAST + share * (DENSE_WEIGHT - DENSE_WEIGHT_LEAST)


def _words(text: str) -> float:
    """The number of words, where a script without spaces has one every two characters."""
    runs = [match.group() for match in WORD.finditer(text)]
    return sum(len(run) / UNSEGMENTED_WORD if is_unsegmented(run) else 1 for run in runs)
