"""Passages -> what the model reads of them.

On a processor the wait for the first word is nearly all reading. The best passage is read whole, and
so are others that the model has read before, which costs nothing. Of the rest an answer needs only
sentences that are about as near to the question as the nearest of the best passage: on 200 SQuAD
questions the answer was in what is read for .955 (.965 with one sentence more and none too long, .970
in whole passages, .840 in the best alone), with 34 tokens to read instead of 450.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from strongroom_engine.answering.grounding.evidence import (
    PassageEvidence,
    evidence,
    passage_evidence,
)
from strongroom_engine.models.embedder import Embedder, relatedness
from strongroom_engine.store import StoredChunk

WHOLE = 1
"""The best passages, read whole, or most of it."""
BEST_CHARACTERS = 500
"""So much is read of the best passage where it was not before: its sentences that are nearest to the
question. Of 200 questions of SQuAD .950 can be answered from that and the near sentences of the others,
from the whole of it .955; it has a third fewer tokens."""
SHORT = 1.25
"""A passage that is hardly longer is read whole anyway."""
NEAR = 2
"""Sentences of all others together that an answer is written from, at most,"""
NEAR_CHARACTERS = 400
"""and so long altogether, unless the nearest alone is longer."""
NEARNESS = 0.7
"""So near to the question they have to be, where the nearest of the best passage has 1 (`_scores`)."""
SENTENCES = (2, 1)
"""Sentences of the next passage, and of each other, where something of each is wanted."""


def whole(passages: Sequence[StoredChunk]) -> list[str]:
    """The whole text of each passage, which does not depend on the question."""
    return [unwrapped(passage.text) for passage in passages]


def excerpts(
    question: str, passages: Sequence[StoredChunk], embedder: Embedder | None
) -> list[str]:
    """What is read of each passage (best first), where something of each is wanted."""
    others = _scored(question, passages[WHOLE:], embedder)
    parts = [
        _sentences(one, _first(scores, SENTENCES[n > 0])) for n, (one, scores) in enumerate(others)
    ]
    return [unwrapped(text) for text in (*(one.text for one in passages[:WHOLE]), *parts)]


def nearest(
    question: str,
    passages: Sequence[StoredChunk],
    embedder: Embedder | None,
    known: Sequence[bool] = (),
) -> list[str]:
    """What is read of each passage (best first) for an answer: all of what the model has read
    before (`known`), of the best one a good part, and '' of others where nothing is near enough."""
    cut = [n for n in range(WHOLE, len(passages)) if not any(known[n : n + 1])]
    scored = _scored(question, [*passages[:WHOLE], *(passages[n] for n in cut)], embedder)
    enough = NEARNESS * max((score for _, scores in scored[:WHOLE] for score in scores), default=0)
    others = dict(zip(cut, scored[WHOLE:], strict=True))
    near = sorted(
        (-score, n, index)
        for n, (_, scores) in others.items()
        for index, score in enumerate(scores)
        if score >= enough
    )
    lengths = [(n, index, len(_sentences(others[n][0], [index]))) for _, n, index in near]
    taken = _taken(lengths, NEAR, NEAR_CHARACTERS)
    texts = [passage.text for passage in passages]
    for n, (one, _) in others.items():
        texts[n] = _sentences(one, [index for place, index in taken if place == n])
    for n, (one, scores) in enumerate(scored[:WHOLE]):
        if not any(known[n : n + 1]):
            texts[n] = _shortened(one, scores)
    return [unwrapped(text) for text in texts]


def _shortened(passage: PassageEvidence, scores: Sequence[float]) -> str:
    """Its sentences that are nearest to the question, or all of it."""
    if len(passage.text) <= SHORT * BEST_CHARACTERS or not scores:
        return passage.text
    ranked = _first(scores, len(scores))
    lengths = [(0, index, len(_sentences(passage, [index]))) for index in ranked]
    return _sentences(
        passage, [index for _, index in _taken(lengths, len(ranked), BEST_CHARACTERS)]
    )


def _taken(near: Sequence[tuple[int, int, int]], most: int, room: int) -> list[tuple[int, int]]:
    """Of passages' sentences, with their lengths, the nearest first, those that are read: so many
    at most, for which there is room."""
    taken: list[tuple[int, int]] = []
    for place, index, length in near:
        if len(taken) < most and (length <= room or not taken):
            taken.append((place, index))
            room -= length
    return taken


def _first(scores: Sequence[float], count: int) -> list[int]:
    """Which are the highest."""
    return sorted(range(len(scores)), key=lambda index: -scores[index])[:count]


def _sentences(passage: PassageEvidence, chosen: Sequence[int]) -> str:
    """Sentences of a passage in the order in which they stand; a gap is marked."""
    chosen = sorted(chosen)
    texts = [passage.text[slice(*passage.sentences[index][0])] for index in chosen]
    adjacent = all(right - left == 1 for left, right in pairwise(chosen))
    return (" " if adjacent else " … ").join(texts)


def _scored(
    question: str, passages: Sequence[StoredChunk], embedder: Embedder | None
) -> list[tuple[PassageEvidence, list[float]]]:
    """Each passage's sentences, and how near each is to the question."""
    held = [passage_evidence(passage) for passage in passages]
    scores = iter(_scores(question, held, embedder))
    return [(one, [next(scores) for _ in one.sentences]) for one in held]


def _scores(
    question: str, passages: Sequence[PassageEvidence], embedder: Embedder | None
) -> list[float]:
    """How near each sentence of the passages is to the question, by words and by meaning."""
    asked = evidence(question)
    stated = [held for passage in passages for _, held in passage.sentences]
    shares = [len(asked & held) / max(len(asked), 1) for held in stated]
    if embedder is None or not stated:
        return shares
    texts = [passage.text[slice(*span)] for passage in passages for span, _ in passage.sentences]
    vectors = embedder.embed([question, *texts])
    cosines = relatedness(vectors[1:] @ vectors[0], embedder)
    return [share + float(cosine) for share, cosine in zip(shares, cosines, strict=True)]


def unwrapped(text: str) -> str:
    """The text without the line breaks and rows of spaces of its layout."""
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    return "\n".join(line for line in lines if line)
