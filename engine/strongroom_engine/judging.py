"""The frozen values of the user's own question set: what is right for a question.

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
