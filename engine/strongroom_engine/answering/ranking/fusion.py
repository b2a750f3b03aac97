"""Two rankings -> one.

How they are fused was chosen by measurement on five kinds of documents in six languages, with a
model for English and one for a hundred languages (nDCG@10 and the rank of the right passage):

* Scores are added, each list brought to mean 0 and deviation 1, and not ranks: BM25 and cosine
  both say by how much a hit is better than the next one, which reciprocal rank fusion throws away.
* The less of the question's words the best passages hold, the less the words count: the first of
  a list of passages that share one word with a question in another language stands out as much as
  a passage that holds all of them. (Russian .974 -> .994, financebench .852 -> .888, nothing lost.)
* Dense retrieval counts for as much as lexical where the embedding model knows the question's
  language, and not at all where it does not: with the English model's .15 of the weight every
  other language lost .01 to .03. Whether an English model knows it is seen from the question's
  function words, and from the model's own tokenizer: words that it never learned fall into many
  pieces.

Tried without gain on most sets: reciprocal rank fusion with other constants and weights, pairs of
neighbouring words as phrases and how near they stand, a second BM25 with the frequencies among the
candidates only, the scores of neighbouring passages.
"""

from __future__ import annotations

from collections.abc import Iterable

from strongroom_engine.answering.ranking.scores import Ranked, Scores, standardised
from strongroom_engine.answering.text import WORD
from strongroom_engine.store import ENGLISH, LEAST_OF_QUESTION, language_of

CANDIDATES = 100
"""How many passages each retrieval proposes; with 50 or 200 the figures are the same on average."""
DENSE_WEIGHT = 0.5
"""The share of dense retrieval where its model knows the language; .4 to .6 are alike."""
PIECES_KNOWN, PIECES_UNKNOWN = 1.5, 2.0
"""Tokens a word up to which a model for English knows the question's language (95 of 100 English
questions), and from which it does not (most German and a quarter of Spanish questions)."""
COVERED_LEAST, COVERED_WELL = 0.2, 0.5
"""The share of the question's words in the best passages up to which words count for nothing, and
from which they count in full. Questions in the documents' language reach .3 to 1, most of them
over .5; in another language .1."""
RRF_K = 60
"""The constant of reciprocal rank fusion, as published."""
_AFTER_LATIN = "\u0250"
_NOWHERE = -1
"""Stands for any passage that is not ranked."""


def fuse(lexical: Ranked, dense: Ranked, dense_weight: float, words_weight: float = 1.0) -> Scores:
    """The weighted sum of both rankings' standardised scores, for every passage in one of them.

    `lexical` are BM25 scores: a passage that is not there has none of the words, and scores 0,
    unless the list was cut at `CANDIDATES`. A passage that `dense` lacks is taken to be as far
    as the last one there. `words_weight` scales what the words give where there is a `dense`.
    """
    if not dense:
        dense_weight, words_weight = 0.0, 1.0
    if not lexical:
        dense_weight = 1.0
    by_words, without_words = _lexical_scores(lexical)
    by_meaning = standardised(dict(dense))
    without_meaning = min(by_meaning.values(), default=0.0)
    return {
        passage: words_weight * (1 - dense_weight) * by_words.get(passage, without_words)
        + dense_weight * by_meaning.get(passage, without_meaning)
        for passage in {**by_words, **by_meaning}
    }


def _lexical_scores(lexical: Ranked) -> tuple[Scores, float]:
    """Standardised scores, and the one of a passage that is not ranked."""
    missing = CANDIDATES - len(lexical)
    if not lexical or missing <= 0:
        scores = standardised(dict(lexical))
        return scores, min(scores.values(), default=0.0)
    scores = standardised(dict(lexical) | {_NOWHERE: 0.0}, [0.0] * (missing - 1))
    return scores, scores.pop(_NOWHERE)


def words_weight(covered: float) -> float:
    """How far to trust lexical retrieval, from the share of the question's words in the best
    passages."""
    return min(max((covered - COVERED_LEAST) / (COVERED_WELL - COVERED_LEAST), 0.0), 1.0)


def reciprocal_ranks(*rankings: Ranked) -> Scores:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009), the usual yardstick."""
    scores: Scores = {}
    for ranking in rankings:
        for rank, (passage, _) in enumerate(ranking, 1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (RRF_K + rank)
    return scores


def english_share(text: str, token_spans: Iterable[tuple[int, int]]) -> float:
    """How far a model that was made for English knows the question's language, 0 to 1, from its
    function words and its tokens in the model."""
    if not _in_latin_letters(text) or language_of(text, LEAST_OF_QUESTION) not in ("", ENGLISH):
        return 0.0
    words = [match.group() for match in WORD.finditer(text)]
    pieces = sum(text[start:end].isalnum() for start, end in token_spans)
    per_word = pieces / max(len(words), 1)
    known = (PIECES_UNKNOWN - per_word) / (PIECES_UNKNOWN - PIECES_KNOWN)
    return min(max(known, 0.0), 1.0)


def _in_latin_letters(text: str) -> bool:
    """Whether most of the letters are Latin."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(char < _AFTER_LATIN for char in letters) >= len(letters)
