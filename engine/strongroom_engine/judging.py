"""The frozen values of the user's own question set: what is right, and how it was measured.

They pass between the store, the processes and the window, as those of `types` do.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that answers a question, as closely as it is known.

    `page` counts from 1 and is None where there are no pages; `span` is in document coordinates,
    and only where there are no pages; `quote` are words that stand there.
    """

    file: str
    page: int | None = None
    span: tuple[int, int] | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer that the user marked right or wrong."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the user said of a question: the places that answer it, and answers that were given."""

    question: str
    places: tuple[Place, ...] = ()
    answers: tuple[JudgedAnswer, ...] = ()
    absent: bool = False
    """True when the documents do not answer it."""
    changed: float = 0.0
    """When it was judged last, seconds since 1970."""
    missing: tuple[str, ...] = ()
    """Documents of `places` that are not in the library now."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a run: `sum` over the `of` questions that it says something of."""

    name: str
    """'found', 'cited', 'said', 'refused', 'kept', 'supported' or 'seconds'."""
    sum: float
    of: int

    @property
    def share(self) -> float:
        return self.sum / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made of one question. None where it was not measured, or says nothing."""

    question: str
    found: bool | None = None
    """Whether a right page is among the first five passages."""
    cited: bool | None = None
    """Whether the answer cites a right page."""
    answered: bool | None = None
    """Whether it was answered."""


@dataclass(frozen=True, slots=True)
class QualityRun:
    """The user's own set, measured at one time."""

    when: float
    """Seconds since 1970."""
    questions: int
    left_out: int
    """Questions that could not be asked: their documents are gone, or only a wrong answer is known."""
    figures: tuple[Figure, ...]
    outcomes: tuple[Outcome, ...] = ()
    embedding_model: str = ""
    answer_model: str = ""
    """'' where answers were not measured."""
    id: int = 0

    def figure(self, name: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.name == name), None)
