"""Reviews over the wire, without a process around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.reviews.conftest import LAW, RENT
from tests.engine.served import served

pytestmark = pytest.mark.usefixtures("one_at_a_time")


def answered(library: Library, request: wire.Request, cells: int = 99) -> list[wire.Event]:
    """Every event; stopped after so many cells."""

    def enough(events: list[wire.Event]) -> bool:
        return sum(isinstance(event, wire.ReviewCells) for event in events) >= cells

    return served(library, request, stop_when=enough)


def test_a_review_is_run_listed_shown_exported_and_removed(tmp_path: Path, key: LibraryKey) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "barn.txt").write_text("The rent is 310 euros.\n\nThe law of Austria governs.")
    questions = tmp_path / "questions.csv"
    questions.write_text("Question;Name\nHow high is the rent?;Rent\nWhich law governs?;Law\n")
    scripted = Scripted("310 euros", "Austria")
    with Library(
        tmp_path / "library", key, embedder=WordLengths(), make_generator=lambda _plan: scripted
    ) as library:
        library.add(str(notes))
        (read,) = answered(library, wire.ReadQuestions(id=1, file=str(questions)))
        assert read == wire.Questions(id=1, columns=(RENT, LAW))

        run = wire.RunReview(id=2, name="Leases", columns=(RENT, LAW))
        events = answered(library, run, cells=1)
        assert isinstance(events[0], wire.ReviewOpened)
        assert events[0].review is not None
        assert (events[0].review.columns, events[0].review.cells) == ((RENT, LAW), ())
        (first,) = (event for event in events if isinstance(event, wire.ReviewCells))
        assert [cell.text for cell in first.cells] == ["310 euros"]
        assert any(isinstance(event, wire.Working) for event in events)
        closing = events[-1]
        assert isinstance(closing, wire.Reviewed)
        assert closing.review is not None
        assert (closing.review.stopped, closing.review.cells) == (True, ())

        events = answered(library, run)  # what is known comes at once, the rest is asked
        texts = [
            cell.text
            for event in events
            if isinstance(event, wire.ReviewCells)
            for cell in event.cells
        ]
        assert texts == ["310 euros", "Austria"]

        shown = answered(library, wire.GetReview(id=3, name="Leases"))
        assert [type(event) for event in shown] == [
            wire.ReviewOpened,
            wire.ReviewCells,
            wire.Reviewed,
        ]
        listed = answered(library, wire.ListReviews(id=4))
        assert isinstance(listed[0], wire.Reviews)
        (summary,) = listed[0].reviews
        assert (summary.name, summary.documents, summary.questions, summary.done) == (
            "Leases",
            1,
            2,
            2,
        )
        file = tmp_path / "out.csv"
        export = wire.ExportReview(id=5, name="Leases", file=str(file))
        assert answered(library, export) == [wire.Done(id=5)]
        assert "Austria" in file.read_text("utf-8-sig")
        assert answered(library, wire.RemoveReview(id=6, name="Leases")) == [wire.Done(id=6)]
        assert library.reviews.names() == ()


def test_a_review_is_changed_asked_again_judged_and_renamed(
    tmp_path: Path, key: LibraryKey
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "barn.txt").write_text("The rent is 310 euros.\n\nThe law of Austria governs.")
    scripted = Scripted("310 euros", "Austria", "310 euros a month")
    with Library(
        tmp_path / "library", key, embedder=WordLengths(), make_generator=lambda _plan: scripted
    ) as library:
        library.add(str(notes))
        put = served(library, wire.PutReview(id=1, name="Leases", columns=(RENT, LAW)))
        assert [type(event) for event in put] == [wire.ReviewOpened, wire.Reviewed]
        closing = put[-1]
        assert isinstance(closing, wire.Reviewed)
        assert closing.review is not None
        (barn,) = closing.review.documents

        gone_on = served(library, wire.GoOn(id=2, name="Leases"))
        assert [event.question for event in gone_on if isinstance(event, wire.ReviewReading)] == [
            RENT.question,
            LAW.question,
        ]
        assert scripted.prompts[1:]

        again = wire.AskAgain(id=3, name="Leases", questions=(RENT.question,), documents=(barn,))
        events = served(library, again)
        fresh = [event for event in events if isinstance(event, wire.ReviewCells)][-1]
        assert [cell.text for cell in fresh.cells] == ["310 euros a month"]

        judge = wire.JudgeCell(id=4, document=barn, question=RENT.question, verdict="right")
        cells, done = served(library, judge)
        assert isinstance(cells, wire.ReviewCells)
        assert cells.cells[0].verdict == "right"
        assert done == wire.Done(id=4)
        assert served(library, wire.RenameReview(id=5, name="Leases", new_name="Lettings"))
        (listed,) = served(library, wire.ListReviews(id=6))
        assert isinstance(listed, wire.Reviews)
        assert [each.name for each in listed.reviews] == ["Lettings"]
