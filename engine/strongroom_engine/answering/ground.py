"""Answer and passages -> sentences with the citations that each of them rests on.

Nothing here trusts the model. A sentence of the answer is compared with every sentence of the
passages that the model read: the words that both have, weighted by how rare they are; the numbers
and names, which must agree; and the cosine of their embeddings. The best source sentence is
cited, word for word and with its place on its page, when it supports the sentence well enough;
otherwise the sentence is marked as unsupported.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strongroom_engine.answering.cleaning import Mark
from strongroom_engine.answering.evidence import (
    Evidence,
    PassageEvidence,
    evidence,
    is_number,
    names,
    passage_evidence,
)
from strongroom_engine.answering.text import Span, sentences
from strongroom_engine.models.embedder import Embedder, relatedness
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Citation, Sentence, locate

WORDS_WEIGHT = 0.6
MEANING_WEIGHT = 0.25
QUESTION_WEIGHT = 0.15
"""What a source sentence's score is made of: the answer's words that it holds, the cosine, and
the question's words that it holds. They sum to 1."""
NEW_WORD_WEIGHT = 2.0
"""Words that the answer adds to the question count so much more than those it repeats."""
NEARBY_WEIGHT = 0.5
"""What a word counts that stands in the passage or its headings and not in the sentence itself."""
MISSING_FACT = 0.3
"""What each number or name costs that the answer states and the passage lacks."""
SUPPORTED = 0.55
"""The score from which on a sentence counts as supported, and its source is cited: of citations of
SQuAD answers .84 are of the right paragraph, .80 with .45."""
INVENTED = 0.45
"""An answer that says something, none of it with this score, has no ground in the sources. Of 61
right answers none is below, of 23 wrong ones two, of 35 to unanswerable questions five."""
SECOND_GAIN = 0.34
"""A second source is cited when it holds this share of the words that the first one lacks."""
HINT = 0.03
"""What the model's own mark of a source is worth: it decides between near equals."""
FEW_WORDS = 4
"""An answer sentence with fewer telling words is embedded together with the question."""

_AGREEMENT = evidence("yes no ja nein oui non sí да нет")


@dataclass(frozen=True, slots=True)
class Grounded:
    """The sentences of an answer and what they rest on."""

    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    invented: bool = False
    """Whether it says something that the question does not, and nothing of it has any ground."""

    @property
    def supported(self) -> bool:
        """Whether anything in the answer is supported."""
        return any(sentence.supported for sentence in self.sentences)


def ground(
    answer: str,
    question: str,
    passages: Sequence[StoredChunk],
    embedder: Embedder | None,
    marks: Sequence[Mark] = (),
) -> Grounded:
    """Attribute each sentence of `answer` to the passages (in the order the model read them).

    `marks` are the model's own citation marks; their sources are numbers of passages, from 1.
    Citations are numbered in order of first use, one for each quote.
    """
    sources = [passage_evidence(passage, rows=True) for passage in passages]
    spans = sentences(answer, lines=True)
    scorer = _Scorer([answer[slice(*span)] for span in spans], question, sources, embedder)
    numbering = _Numbering(passages)
    found, scores = [], []
    for index, span in enumerate(spans):
        score, places = scorer.best(index, _hinted(span, marks))
        cited = places if score >= SUPPORTED else []
        numbers = tuple(numbering.number(*scorer.places[place], of) for place, of in cited)
        found.append(Sentence(*span, supported=bool(cited), citations=numbers))
        scores.append(score)
    adds = any(scorer.adds(index) for index in range(len(spans)))
    invented = adds and max(scores) < INVENTED
    return Grounded(tuple(found), tuple(numbering.citations), invented)


def _hinted(span: Span, marks: Iterable[Mark]) -> frozenset[int]:
    """The passages (from 0) that the model named at the end of a sentence, or within it."""
    return frozenset(m.source - 1 for m in marks if span[0] < m.position <= span[1] + 1)


class _Numbering:
    """Gives each quote its number, in order of first use."""

    def __init__(self, passages: Sequence[StoredChunk]) -> None:
        self._passages = passages
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.citations: list[Citation] = []

    def number(self, passage: int, span: Span, score: float) -> int:
        chunk = self._passages[passage]
        start = chunk.start + span[0]
        key = chunk.path, start, chunk.start + span[1]
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.citations.append(_citation(self._numbers[key], chunk, span, score))
        return self._numbers[key]


def _citation(number: int, chunk: StoredChunk, span: Span, score: float) -> Citation:
    start, end = chunk.start + span[0], chunk.start + span[1]
    place = locate(start, end, chunk.page_starts, chunk.paged)
    return Citation(
        n=number,
        file=chunk.path,
        page=place.page,
        start=place.start,
        end=place.end,
        quote=chunk.text[span[0] : span[0] + place.end - place.start],
        title=chunk.title,
        heading=chunk.heading,
        score=round(score, 4),
    )


class _Scorer:
    """Scores every source sentence (a `place`) against every sentence of an answer."""

    def __init__(
        self,
        said: Sequence[str],
        question: str,
        sources: Sequence[PassageEvidence],
        embedder: Embedder | None,
    ) -> None:
        self._said = [evidence(sentence) for sentence in said]
        self._names = [names(sentence) for sentence in said]
        self._question = evidence(question)
        self._sources = sources
        self.places = [
            (number, span) for number, source in enumerate(sources) for span, _ in source.sentences
        ]
        self._held = [held for source in sources for _, held in source.sentences]
        self._frequency = Counter(term for held in self._held for term in held)
        texts = [source.text[slice(*span)] for source in sources for span, _ in source.sentences]
        asked = [
            f"{question} {sentence}" if len(stated) < FEW_WORDS else sentence
            for sentence, stated in zip(said, self._said, strict=True)
        ]
        self._cosines = _cosines(asked, texts, embedder)

    def adds(self, index: int) -> bool:
        """Whether the sentence states anything that the question does not."""
        return bool(self._said[index] - self._question - _AGREEMENT)

    def best(self, index: int, hinted: frozenset[int]) -> tuple[float, list[tuple[int, float]]]:
        """How well the sentence `index` is supported, and by which places, each with its score."""
        scores = [
            self._score(index, (place,)) + HINT * (number in hinted)
            for place, (number, _) in enumerate(self.places)
        ]
        first = max(range(len(scores)), key=scores.__getitem__, default=None)
        if first is None:
            return 0.0, []
        chosen = (first, *self._second(index, first, scores))
        together = max(scores[first], self._score(index, chosen))
        return together, [(place, scores[place]) for place in chosen]

    def _score(self, index: int, places: tuple[int, ...]) -> float:
        """How well the source sentences together support the sentence; 1 at best."""
        held = frozenset[str]().union(*(self._held[place] for place in places))
        nearby = held.union(*(self._sources[self.places[place][0]].all for place in places))
        asked = self._weight(self._question & held) / (self._weight(self._question) or 1.0)
        missing = len(self._facts(index) - nearby - self._question)
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

    def _facts(self, index: int) -> Evidence:
        """What must be in the source: the numbers and the names of the sentence."""
        return frozenset(filter(is_number, self._said[index])) | self._names[index]

    def _weight(self, terms: Evidence) -> float:
        """How much the terms say together, by how rare they are in the sources."""
        count = len(self._held)
        return sum(math.log(1 + count / max(self._frequency[term], 0.5)) for term in terms)


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
