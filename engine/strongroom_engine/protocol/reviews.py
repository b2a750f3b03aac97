"""Many questions over many documents."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import Cell, Column, Review, ReviewSummary, Verdict

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


class GoOn(Message, frozen=True):
    """Ask what a kept review has no answer for yet. Answered as `RunReview`."""

    name: str = ""
    model: str = ""


class AskAgain(Message, frozen=True):
    """Ask these questions of a kept review anew in these documents of it (none: in all, or all of
    them), and nothing else. What a person corrected stays, unless it is the one cell that is named.
    Answered as `RunReview`; the old answers are gone with `ReviewOpened`."""

    name: str = ""
    questions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    model: str = ""


class PutReview(Message, frozen=True):
    """Give a review these questions and documents, in this order, without asking anything; a new
    one where there is none of the name. What is known stays. Answered as `GetReview`."""

    name: str = ""
    columns: tuple[Column, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class RenameReview(Message, frozen=True):
    name: str = ""
    new_name: str = ""


class JudgeCell(Message, frozen=True):
    """Keep what a person says of a cell: 'right', 'wrong', 'corrected' with their `text`, or ''
    to take that back. Answered by `ReviewCells` and then `Done`."""

    document: str = ""
    question: str = ""
    verdict: Verdict = ""
    text: str = ""


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


class ReviewReading(Message, frozen=True):
    """A question that is put to a document from now on, until its cell comes; several may be at a
    time."""

    document: str = ""
    question: str = ""


class Reviewed(Message, frozen=True):
    """The review is done, or `stopped`. Without its cells, which came before."""

    review: Review | None = None


class Reviews(Message, frozen=True):
    """The reviews that are kept, the one asked last first."""

    reviews: tuple[ReviewSummary, ...] = ()


class Questions(Message, frozen=True):
    columns: tuple[Column, ...] = ()


Request = (
    RunReview
    | GoOn
    | AskAgain
    | PutReview
    | RenameReview
    | JudgeCell
    | GetReview
    | ListReviews
    | RemoveReview
    | ExportReview
    | ReadQuestions
)
Event = ReviewOpened | ReviewCells | ReviewReading | Reviewed | Reviews | Questions
CLOSING = (Reviewed, Reviews, Questions)
