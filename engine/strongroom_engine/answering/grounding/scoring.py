"""How well each sentence of the passages supports each sentence of an answer.

A source sentence (a `place`) scores by the words that both have, weighted by how rare they are;
by the words of the question that it holds; by the cosine of their embeddings; and by how well the
search placed its passage, which decides between near equals. What the answer states and the
passage lacks costs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.grounding.evidence import (
    QUOTE_CHARACTERS,
    Evidence,
    PassageEvidence,
    evidence,
)
from strongroom_engine.answering.grounding.facts import (
    FRAME,
    Stated,
    about,
    doubts_among,
    facts,
    stated,
)
from strongroom_engine.models.embedder import Embedder, relatedness
from strongroom_engine.store import StoredChunk

WORDS_WEIGHT = 0.6
MEANING_WEIGHT = 0.25
QUESTION_WEIGHT = 0.15
"""What a source sentence's score is made of: the answer's words that it holds, the cosine, and
the question's words that it holds. They sum to 1."""
NEW_WORD_WEIGHT = 4.0
"""Words that the answer adds to the question count so much more than those it repeats. With 2, 7
of 70 questions turned into statements were not cited, with 4 two (with all of them, 33 of 479)."""
NEARBY_WEIGHT = 0.5
"""What a word counts that stands in the passage or its headings and not in the sentence itself."""
MISSING_FACT = 0.3
"""What each number or name costs that the answer states and the passage lacks."""
MOST_MISSING = 3
"""More of them cost no more: a long clause has many capitals."""
SECOND_GAIN = 0.5
"""A second source is cited when it holds this share of the words that the first one lacks."""
HINT = 0.03
"""What the model's own mark of a source is worth: it decides between near equals."""
RANK = 0.02
"""What a passage gains for each that search placed behind it: it decides between near equals. Of
70 short answers to SQuAD one more is on the right paragraph with it; 0.04 is no better."""
FIT_WORDS, FIT_RANK = 0.3, 0.05
"""For an answer that says no more than the question ('Yes.'): what the question's words count
beside the cosine, and what a passage gains for each that search placed behind it. On the right
page for .84 of 122 questions on contracts, .73 without the rank, .47 when what only names the
document ('Consider the lease of A;') is compared as well; in German (XQuAD) .99, .93 and .99."""
FIT_BASE = 0.35
"""Makes of a fit a score: right answers of one word have fits of 0.22 to 0.46, and so have wrong
ones; so the nearest place is cited unless it is far off."""
PART_LEAST = QUOTE_CHARACTERS // 2
"""Characters from which on a place without a full stop is taken for a part of a sentence. Of whole
clauses of contracts .10 have doubts, .21 without."""
FEW_WORDS = 4
"""An answer sentence with fewer telling words is embedded together with the question."""

_AGREEMENT = evidence("yes no ja nein oui non sí да нет")


class Scorer:
    """Scores every source sentence (a `place`) against every sentence of an answer.

    `passages` (and `sources`, what they state) come as the model read them: the best is the last.
    """

    def __init__(
        self,
        said: Sequence[str],
        question: str,
        passages: Sequence[StoredChunk],
        sources: Sequence[PassageEvidence],
        embedder: Embedder | None,
    ) -> None:
        self._said = [_without_frame(evidence(sentence, question)) for sentence in said]
        self.facts = [facts(sentence, question) for sentence in said]
        proper = question_proper(question) or question
        self._question = evidence(question)
        self._proper = evidence(proper)
        self._sources = sources
        self.places = [
            (number, span) for number, source in enumerate(sources) for span, _ in source.sentences
        ]
        self.texts = [sources[number].text[slice(*span)] for number, span in self.places]
        self.asked = stated(question)
        self.about = [about(passage.title, passage.heading) for passage in passages]
        self._stated = [
            stated(source.text) | said for source, said in zip(sources, self.about, strict=True)
        ]
        self._held = [held for source in sources for _, held in source.sentences]
        self._frequency = Counter(term for held in self._held for term in held)
        asked = [
            f"{proper} {sentence}" if len(terms) < FEW_WORDS else sentence
            for sentence, terms in zip(said, self._said, strict=True)
        ]
        self._cosines = _cosines([*asked, proper], self.texts, embedder)
        self._missing: dict[tuple[int, frozenset[int]], int] = {}

    def _lacking(self, index: int, numbers: frozenset[int]) -> int:
        """How many facts of the sentence stand in none of the passages."""
        key = index, numbers
        if key not in self._missing:
            source = self.asked
            for number in numbers:
                source |= self._stated[number]
            self._missing[key] = sum(1 for _ in doubts_among(self.facts[index], source))
        return self._missing[key]

    def adds(self, index: int) -> bool:
        """Whether the sentence states anything that the question does not."""
        return bool(self._said[index] - self._question - _AGREEMENT)

    def near(self, place: int) -> Stated:
        """What a source sentence states, with its headings; a part of one that was cut because it
        is too long to be cited whole, with its other parts."""
        first = last = place
        while first > 0 and self._goes_on(first - 1):
            first -= 1
        while last + 1 < len(self.places) and self._goes_on(last):
            last += 1
        return stated(" ".join(self.texts[first : last + 1])) | self.about[self.places[place][0]]

    def _goes_on(self, place: int) -> bool:
        """Whether the next place is a further part of the same source sentence."""
        text = self.texts[place]
        is_cut = text[-1] in ",;:" or (len(text) > PART_LEAST and text[-1] not in ".!?。！？")
        same = self.places[place][0] == self.places[place + 1][0]
        return is_cut and same and "\t" not in text

    def best(self, index: int, hinted: frozenset[int]) -> tuple[float, list[tuple[int, float]]]:
        """How well the sentence `index` is supported, and by which places, each with its score."""
        if not self.adds(index):
            return self._answering(index)
        plain = [self._score(index, (place,)) for place in range(len(self.places))]
        scores = [
            score + HINT * (number in hinted) + RANK * number
            for score, (number, _) in zip(plain, self.places, strict=True)
        ]
        first = max(range(len(scores)), key=scores.__getitem__, default=None)
        if first is None:
            return 0.0, []
        chosen = (first, *self._second(index, first, scores))
        together = max(plain[first], self._score(index, chosen))
        return together, [(place, plain[place]) for place in chosen]

    def _answering(self, index: int) -> tuple[float, list[tuple[int, float]]]:
        """The place that fits the question best, for a sentence that says no more ('Yes.')."""
        fits = [self._fit(place) for place in range(len(self.places))]
        ranked = [fit + FIT_RANK * n for fit, (n, _) in zip(fits, self.places, strict=True)]
        best = max(range(len(ranked)), key=ranked.__getitem__, default=None)
        if best is None:
            return 0.0, []
        lacking = self._lacking(index, frozenset([self.places[best][0]]))
        score = max(FIT_BASE + fits[best] - MISSING_FACT * lacking, 0.0)
        return score, [(best, score)]

    def _fit(self, place: int) -> float:
        """How well a source sentence fits the question, 0 to 1."""
        asked = self._weight(self._proper & self._held[place]) / (self._weight(self._proper) or 1.0)
        return (float(self._cosines[-1, place]) + FIT_WORDS * asked) / (1 + FIT_WORDS)

    def _score(self, index: int, places: tuple[int, ...]) -> float:
        """How well the source sentences together support the sentence; 1 at best."""
        numbers = frozenset(self.places[place][0] for place in places)
        held = frozenset[str]().union(*(self._held[place] for place in places))
        nearby = held.union(*(self._sources[number].all for number in numbers))
        asked = self._weight(self._proper & held) / (self._weight(self._proper) or 1.0)
        missing = min(self._lacking(index, numbers), MOST_MISSING)
        return (
            WORDS_WEIGHT * self._coverage(index, held, nearby, asked)
            + QUESTION_WEIGHT * asked
            + MEANING_WEIGHT * max(float(self._cosines[index, place]) for place in places)
            - MISSING_FACT * missing
        )

    def _coverage(self, index: int, held: Evidence, nearby: Evidence, otherwise: float) -> float:
        """The weighted share of the sentence's terms that the source sentence holds; `otherwise`
        for a sentence without terms of its own ('Yes.')."""
        new, repeated = self._said[index] - self._question, self._said[index] & self._question

        def weight(terms: Evidence) -> float:
            return self._weight(terms & repeated) + NEW_WORD_WEIGHT * self._weight(terms & new)

        total = weight(self._said[index])
        here, near = weight(held), weight(nearby - held)
        return (here + NEARBY_WEIGHT * near) / total if total else otherwise

    def _second(self, index: int, first: int, scores: Sequence[float]) -> list[int]:
        """A further place that holds much of what the first one lacks of what is new."""
        new = self._said[index] - self._question
        missing = new - self._held[first]
        gains = [self._weight(missing & held) for held in self._held]
        if not missing or max(gains) < SECOND_GAIN * self._weight(new):
            return []
        return [max(range(len(gains)), key=lambda place: (gains[place], scores[place]))]

    def _weight(self, terms: Evidence) -> float:
        """How much the terms say together, by how rare they are in the sources."""
        count = len(self._held)
        return sum(math.log(1 + count / max(self._frequency[term], 0.5)) for term in terms)


def _without_frame(terms: Evidence) -> Evidence:
    return terms - FRAME or terms


def _cosines(
    said: Sequence[str], texts: Sequence[str], embedder: Embedder | None
) -> npt.NDArray[np.float32]:
    """The relatedness of each sentence (rows) with each text (columns); zero without a model."""
    if embedder is None or not said or not texts:
        return np.zeros((len(said), len(texts)), np.float32)
    vectors = embedder.embed([*said, *texts])
    related: npt.NDArray[np.float32] = relatedness(
        vectors[: len(said)] @ vectors[len(said) :].T, embedder
    )
    return related
