"""What the model writes line by line -> points, each with the citations that bear it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from strongroom_engine.answering.cleaning import cleaned
from strongroom_engine.answering.grounding.evidence import Evidence, evidence
from strongroom_engine.answering.grounding.ground import ground
from strongroom_engine.answering.guarding.suspicion import safe_output
from strongroom_engine.answering.stopwords import same_language
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Citation

REPEATS = 0.75
"""A point that shares this part of the shorter one's words with another says it again."""

_BULLET = re.compile(r"^\s*(?:[-*•▪◦–—]|\(?\d{1,2}[.)])\s+")
_ENDED = re.compile(r"[.!?。！？:;\"'”)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence of a summary; without citations where it could not be compared with its source."""

    text: str
    citations: tuple[Citation, ...]
    held: Evidence

    def repeats(self, other: Point) -> bool:
        shorter = min(len(self.held), len(other.held)) or 1
        return len(self.held & other.held) / shorter >= REPEATS


class Lines:
    """Passes on each line that has been written to its end."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self._on_line = on_line
        self._text = ""

    def feed(self, piece: str) -> None:
        *whole, self._text = (self._text + piece).split("\n")
        for line in whole:
            self._on_line(line)

    def finish(self, *, cut: bool) -> None:
        """The last line counts too, unless it was `cut` short and does not end as a sentence."""
        if not cut or _ENDED.search(self._text):
            self._on_line(self._text)
        self._text = ""


class Remembering:
    """An embedder that embeds no text twice: each point is compared with the same sentences."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model, self.dimensions = embedder.model, embedder.dimensions
        self.max_tokens, self.languages = embedder.max_tokens, embedder.languages
        self.unrelated_cosine = embedder.unrelated_cosine
        self._known: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """As `Embedder.embed`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        """As `Embedder.embed_query`."""
        return self._embedder.embed_query(text)

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """As `Embedder.token_offsets`."""
        return self._embedder.token_offsets(text)


def points_of(
    line: str, passages: Sequence[StoredChunk], embedder: Embedder | None
) -> Iterator[Point]:
    """The sentences of a line that the passages bear out, with every number and name in them.

    One in another language than theirs cannot be compared word by word: it is kept, uncited.
    """
    sources = [passage.text for passage in passages]
    text, marks = cleaned(_BULLET.sub("", safe_output(line, sources)))
    if not text or text.endswith(":"):  # 'Here are the points:'
        return
    grounded = ground(text, "", passages, embedder, marks)
    by_number = {citation.n: citation for citation in grounded.citations}
    comparable = same_language(text, " ".join(sources))
    for sentence in grounded.sentences:
        said = text[sentence.start : sentence.end]
        doubted = any(sentence.start <= one.start < sentence.end for one in grounded.doubts)
        borne_out = sentence.supported and not doubted
        if (borne_out or not comparable) and (held := evidence(said)):
            yield Point(said, tuple(by_number[n] for n in sentence.citations), held)


class Points:
    """Points, none of which says again what another says; passed on as they come."""

    def __init__(
        self, on_point: Callable[[Point], None] = lambda _point: None, most: int = 1_000
    ) -> None:
        self.points: list[Point] = []
        self._on_point = on_point
        self._most = most

    def add(self, point: Point) -> None:
        """Take the point, unless there are enough or one that says the same."""
        if len(self.points) < self._most and not any(map(point.repeats, self.points)):
            self.points.append(point)
            self._on_point(point)
