"""A document -> its sentences that say most: verbatim, in order, from all of its parts.

Every passage is looked at. The document is cut into sections of equal length, and each gives its
share, so that the end is told as well as the beginning. In a section sentences are weighed by

* how near their passage's vector, which the store has, is to the centre of the document's vectors;
* how often the document speaks of what they speak of (SumBasic, Nenkova & Vanderwende 2005);
* whether they state facts: numbers and names;
* where they stand: what begins the document or a heading says more;
* and whether they can be understood alone: whole sentences, neither short nor long.

The best candidates are embedded, and chosen one by one: near to their section's centre and far
from what was chosen before (maximal marginal relevance, Carbonell & Goldstein 1998).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from strongroom_engine.answering.grounding.evidence import (
    Evidence,
    is_number,
    names,
    passage_evidence,
)
from strongroom_engine.answering.guarding.suspicion import neutral
from strongroom_engine.answering.text import WORD
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.store import StoredChunk

CANDIDATES = 4
"""So many times as many sentences as are wanted are embedded."""
MOST_CANDIDATES = 240
"""And never more: that takes about a second on two cores."""
SENTENCES_A_SECTION = 3
FEWEST_WORDS, MOST_WORDS = 9, 60
"""A sentence of fewer or more words is taken only where a section has no other."""
CENTRAL, SPOKEN_OF, FACTS, PLACE, WHOLE = 1.0, 1.0, 0.5, 0.5, 2.0
"""What the five weights count. Without facts annual reports gave 'Risk remains that we may record
additional losses', which is said of everything."""
MOST_FACTS = 3
"""More facts than this say no more: a list of amounts is no summary."""
REPEATED = 0.7
"""What the likeness to a sentence already chosen costs, beside the nearness to the centre."""

Vectors = npt.NDArray[np.float32]

_WHOLE = re.compile(r"[\"'“„(\[]?[^\Wa-z_].*[.!?。！？][\"'”“)\]]*", re.DOTALL)
_POINTS_BACK = re.compile(
    r"(?:this|that|these|those|it|they|he|she|(?:any )?such|however|but|and|also|therefore|thus|"
    r"moreover|in addition|as a result|for example|furthermore)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: StoredChunk
    """The sentence as a passage of its own."""
    held: Evidence
    first: bool
    """Whether it begins what stands under a heading."""


def central_sentences(
    chunks: Sequence[StoredChunk],
    vectors: Mapping[int, Vectors],
    wanted: int,
    embedder: Embedder | None,
    *,
    whole: bool = False,
) -> list[StoredChunk]:
    """At most `wanted` sentences of a document, in its order, each as a passage of its own.

    What is meant for a machine is none of them.

    `vectors` are those of its chunks, as far as there are any; without an embedder or vectors
    words and places decide. `whole`: fragments (headings, addresses, signatures) only where there
    is nothing else; otherwise they fill up what is wanted.
    """
    candidates = _telling(_candidates(chunks), 1 if whole else wanted)
    weights = _weights(candidates, _centrality(chunks, vectors))
    if len(candidates) <= wanted:
        return _trusted([candidate.passage for candidate in candidates])
    sections = _sections(candidates, max(math.ceil(wanted / SENTENCES_A_SECTION), min(wanted, 8)))
    most = min(CANDIDATES * wanted, MOST_CANDIDATES)
    shortlists = [
        sorted(section, key=lambda one: -weights[one])[: math.ceil(most / len(sections))]
        for section in sections
    ]
    nearness = _Nearness(candidates, sorted(chain.from_iterable(shortlists)), weights, embedder)
    chosen: list[int] = []
    for left, shortlist in zip(range(len(shortlists), 0, -1), shortlists, strict=True):
        share = round((wanted - len(chosen)) / left)
        chosen += nearness.best(shortlist, share, chosen)
    return _trusted([candidates[one].passage for one in sorted(chosen)])


def _trusted(passages: Sequence[StoredChunk]) -> list[StoredChunk]:
    return [passage for passage in passages if neutral(passage).text == passage.text]


def _candidates(chunks: Sequence[StoredChunk]) -> list[_Candidate]:
    found: list[_Candidate] = []
    heading = None
    for chunk in chunks:
        for span, held in passage_evidence(chunk).sentences:
            if held:
                start, end = chunk.start + span[0], chunk.start + span[1]
                text = chunk.text[slice(*span)]
                hidden = tuple((a, b) for a, b in chunk.hidden if a < end and start < b)
                passage = replace(chunk, start=start, end=end, text=text, hidden=hidden)
                found.append(_Candidate(passage, held, chunk.heading != heading))
                heading = chunk.heading
    return found


def _telling(candidates: Sequence[_Candidate], wanted: int) -> Sequence[_Candidate]:
    """Without what is no whole sentence, if as many as are wanted are left."""
    whole = [one for one in candidates if _stands_alone(one.passage.text) > 0]
    return whole if len(whole) >= wanted else candidates


def _sections(candidates: Sequence[_Candidate], count: int) -> list[list[int]]:
    """The candidates, by their numbers, in parts of equal length of text; none is empty."""
    lengths = np.cumsum([len(candidate.passage.text) for candidate in candidates])
    bounds = np.minimum((lengths - 1) * count // lengths[-1], count - 1)
    sections = [np.flatnonzero(bounds == number).tolist() for number in range(count)]
    return [section for section in sections if section]


def _centrality(chunks: Sequence[StoredChunk], vectors: Mapping[int, Vectors]) -> dict[int, float]:
    """How near each chunk is to the centre of the document, in standard deviations."""
    known = [chunk.id for chunk in chunks if chunk.id in vectors]
    if not known:
        return {}
    matrix = np.stack([vectors[row] for row in known])
    near = matrix @ matrix.mean(axis=0)
    return dict(zip(known, ((near - near.mean()) / (near.std() or 1.0)).tolist(), strict=True))


def _weights(candidates: Sequence[_Candidate], central: Mapping[int, float]) -> list[float]:
    spoken = Counter(term for candidate in candidates for term in candidate.held)
    often = np.array(
        [sum(math.log(spoken[term]) for term in one.held) / len(one.held) for one in candidates]
        or [0.0]
    )
    often = (often - often.mean()) / (often.std() or 1.0)
    total = len(candidates)
    return [
        CENTRAL * central.get(one.passage.id, 0.0)
        + SPOKEN_OF * float(often[number])
        + FACTS * min(_facts(one), MOST_FACTS)
        + PLACE * (one.first + (1 - number / total) ** 4)
        + WHOLE * _stands_alone(one.passage.text)
        for number, one in enumerate(candidates)
    ]


def _facts(candidate: _Candidate) -> int:
    numbers = frozenset(filter(is_number, candidate.held))
    return len(numbers | names(candidate.passage.text))


def _stands_alone(text: str) -> float:
    """1 for what reads as a whole sentence, down to -1 for what does not."""
    words = len(WORD.findall(text))
    length = FEWEST_WORDS <= words <= MOST_WORDS
    whole = bool(_WHOLE.fullmatch(text)) and not text.isupper() and "\t" not in text
    back = bool(_POINTS_BACK.match(text.lstrip("\"'“„([")))
    return length + whole - 0.5 * back - 1.0


class _Nearness:
    """Chooses among candidates by what they mean, or by their weights and words alone."""

    def __init__(
        self,
        candidates: Sequence[_Candidate],
        listed: Sequence[int],
        weights: Sequence[float],
        embedder: Embedder | None,
    ) -> None:
        self._candidates, self._weights = candidates, weights
        self._vectors: dict[int, Vectors] = {}
        if embedder is not None and listed:
            texts = [candidates[one].passage.text for one in listed]
            self._vectors = dict(zip(listed, embedder.embed(texts), strict=True))

    def best(self, shortlist: Sequence[int], count: int, before: Sequence[int]) -> list[int]:
        """The `count` best of a section, none much like another one or like those `before`."""
        worth = self._worth(shortlist)
        chosen: list[int] = []
        rest = list(shortlist)
        while rest and len(chosen) < count:
            taken = [*before, *chosen]
            gains = [worth[one] - REPEATED * self._likeness(one, taken) for one in rest]
            chosen.append(rest.pop(int(np.argmax(gains))))
        return chosen

    def _worth(self, shortlist: Sequence[int]) -> dict[int, float]:
        """The weights between 0 and 1, and how near each is to the centre of the section."""
        weights = np.array([self._weights[one] for one in shortlist] or [0.0])
        scaled = (weights - weights.min()) / (np.ptp(weights) or 1.0)
        worth = dict(zip(shortlist, scaled.tolist(), strict=False))
        if self._vectors and shortlist:
            centre = np.mean([self._vectors[one] for one in shortlist], axis=0)
            for one in shortlist:
                worth[one] += float(self._vectors[one] @ centre)
        return worth

    def _likeness(self, one: int, taken: Sequence[int]) -> float:
        return max((self._alike(one, other) for other in taken), default=0.0)

    def _alike(self, one: int, other: int) -> float:
        """The share of the words that both have, of the shorter one's."""
        here, there = self._candidates[one].held, self._candidates[other].held
        return len(here & there) / max(min(len(here), len(there)), 1)
