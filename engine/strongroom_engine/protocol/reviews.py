"""Many questions over many documents."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import Cell, Column, Review

# --- requests: window -> host --------------------------------------------------------------------


class RunReview(Message, frozen=True):
    """Put every question to every document of the collections, or to `documents` (paths), and keep
    the answers under `name`; what is known is not asked again, unless `again`.

    Answered by `ReviewOpened`, `ReviewCells` and `Working` … and then `Reviewed`. Cancelled, it
    is closed by `Reviewed` too; the same request goes on where it stopped. Questions that are
    asked meanwhile are answered between two cells.
    """

    name: str = ""
    columns: tuple[Column, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    model: str = ""
    again: bool = False


class GetReview(Message, frozen=True):
    """Answered by `ReviewOpened`, `ReviewCells` … and then `Reviewed`; nothing is asked."""

    name: str = ""


class ListReviews(Message, frozen=True):
    """Answered by `Reviews`."""


class RemoveReview(Message, frozen=True):
    name: str = ""


class ExportReview(Message, frozen=True):
    """Write a review to `file`, as CSV or XLSX by its ending."""

    name: str = ""
    file: str = ""


class ReadQuestions(Message, frozen=True):
    """The questions in a CSV or text file. Answered by `Questions`."""

    file: str = ""


# --- events: host -> window ----------------------------------------------------------------------


class ReviewOpened(Message, frozen=True):
    """The questions and documents of a review; its cells follow."""

    review: Review | None = None


class ReviewCells(Message, frozen=True):
    """More cells of a review, in any order."""

    cells: tuple[Cell, ...] = ()


class Reviewed(Message, frozen=True):
    """The review is done, or `stopped`. Without its cells, which came before."""

    review: Review | None = None


class Reviews(Message, frozen=True):
    """The names of the reviews that are kept, the one asked last first."""

    names: tuple[str, ...] = ()


class Questions(Message, frozen=True):
    columns: tuple[Column, ...] = ()


Request = RunReview | GetReview | ListReviews | RemoveReview | ExportReview | ReadQuestions
Event = ReviewOpened | ReviewCells | Reviewed | Reviews | Questions
CLOSING = (Reviewed, Reviews, Questions)
