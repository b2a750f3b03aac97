"""Reviews of a real library: kept, gone on with, and asked again where something changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.reviews.child import KEY
from tests.engine.reviews.conftest import LAW, RENT, OpenLibrary

from strongroom_engine.errors import (
    EmptyQuestion,
    NoModelFits,
    NothingToReview,
    NotSearchable,
    ReviewNameTaken,
    UnknownCollection,
    UnknownReview,
)
from strongroom_engine.library import Library
from strongroom_engine.models.generator import Generator
from strongroom_engine.reviews.running import Asking
from strongroom_engine.types import Cell, Column, Generation, Progress, Prompt, Review

pytestmark = pytest.mark.usefixtures("one_at_a_time")

ROOT = Path(__file__).parents[3]
ANSWERS = ("310 euros", "Austria", "1,200 euros", "France")
TABLE = {
    ("barn.txt", "Rent"): "310 euros",
    ("barn.txt", "Law"): "Austria",
    ("mill.txt", "Rent"): "1,200 euros",
    ("mill.txt", "Law"): "France",
}


def table(review: Review) -> dict[tuple[str, str], str]:
    names = {column.question: column.title for column in review.columns}
    return {
        (Path(cell.document).name, names[cell.question]): cell.text or cell.problem
        for cell in review.cells
    }


def asked(scripted: Scripted) -> list[str]:
    """The questions that the model got."""
    return [prompt.messages[-1].content.rpartition("Question: ")[2] for prompt in scripted.prompts]


class Counted:
    """Cancels after so many cells."""

    def __init__(self, most: int) -> None:
        self.cells: list[Cell] = []
        self._most = most

    def cancelled(self) -> bool:
        return len(self.cells) >= self._most


def test_every_question_is_put_to_every_document(open_library: OpenLibrary, leases: Path) -> None:
    library = open_library(*ANSWERS)
    library.add(str(leases))
    told: list[Progress] = []
    started: list[Review] = []
    cells: list[Cell] = []
    review = library.reviews.run(
        "Leases",
        (RENT, LAW, RENT),  # twice is once
        asking=Asking(on_start=started.append, on_cell=cells.append, on_progress=told.append),
    )
    assert table(review) == TABLE
    assert (review.stopped, review.wanted) == (False, 4)
    assert [Path(each).name for each in review.documents] == ["barn.txt", "mill.txt"]
    assert [(each.columns, each.cells) for each in started] == [((RENT, LAW), ())]
    assert tuple(cells) == review.cells
    assert (told[-1].done, told[-1].total) == (4, 4)
    assert library.reviews.get("Leases") == review
    assert library.reviews.names() == ("Leases",)


def test_an_interrupted_review_goes_on_where_it_stopped(
    open_library: OpenLibrary, leases: Path
) -> None:
    library = open_library(*ANSWERS)
    library.add(str(leases))
    counted = Counted(3)
    review = library.reviews.run(
        "Leases",
        (RENT, LAW),
        asking=Asking(on_cell=counted.cells.append, cancelled=counted.cancelled),
    )
    assert (review.stopped, len(review.cells)) == (True, 3)

    scripted = Scripted("France")
    library = open_library(generator=scripted)
    started: list[Review] = []
    review = library.reviews.run("Leases", (RENT, LAW), asking=Asking(on_start=started.append))
    assert table(review) == TABLE
    assert len(started[0].cells) == 3
    assert asked(scripted) == [LAW.question]
    assert not review.stopped


def test_a_killed_review_keeps_what_was_answered(leases: Path, tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    with Library(folder, KEY, embedder=WordLengths()) as library:
        library.add(str(leases))
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.engine.reviews.child", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "busy\n"
        child.kill()
    scripted = Scripted(*ANSWERS[1:])
    with Library(
        folder, KEY, embedder=WordLengths(), make_generator=lambda _plan: scripted
    ) as library:
        assert table(library.reviews.get("Leases")) == {("barn.txt", "Rent"): "310 euros"}
        assert table(library.reviews.run("Leases", (RENT, LAW))) == TABLE
    assert asked(scripted) == [LAW.question, RENT.question, LAW.question]


@pytest.fixture
def done(open_library: OpenLibrary, leases: Path) -> None:
    """A review that is complete."""
    library = open_library(*ANSWERS)
    library.add(str(leases))
    library.reviews.run("Leases", (RENT, LAW))


def test_what_is_known_is_not_asked_again_unless_it_is_wanted(
    done: None, open_library: OpenLibrary
) -> None:
    library = open_library()
    assert table(library.reviews.run("Leases", (RENT, LAW))) == TABLE
    scripted = Scripted("311 euros.", *ANSWERS[1:])
    library = open_library(generator=scripted)
    library.reviews.run("Leases", (RENT, LAW), again=True)
    assert len(scripted.prompts) == 4


def test_a_changed_document_is_asked_again(
    done: None, open_library: OpenLibrary, leases: Path
) -> None:
    scripted = Scripted("990 euros", "Spain")
    library = open_library(generator=scripted)
    (leases / "mill.txt").write_text("The rent is 990 euros.\n\nThe law of Spain governs.")
    library.rescan()
    review = library.reviews.run("Leases", (RENT, LAW))
    changed = {("mill.txt", "Rent"): "990 euros", ("mill.txt", "Law"): "Spain"}
    assert table(review) == TABLE | changed
    assert asked(scripted) == [RENT.question, LAW.question]


def test_an_edited_question_is_asked_again_and_a_new_document_for_all(
    done: None, open_library: OpenLibrary, leases: Path
) -> None:
    edited = replace(LAW, question="The law of which country governs?")
    scripted = Scripted("Austria", "7 euros", "The document does not say.", "France")
    library = open_library(generator=scripted)
    (leases / "hut.txt").write_text("The rent is 7 euros.")
    library.rescan()
    review = library.reviews.run("Leases", (RENT, edited))
    assert table(review) == TABLE | {("hut.txt", "Rent"): "7 euros", ("hut.txt", "Law"): ""}
    assert asked(scripted) == [edited.question, RENT.question, edited.question, edited.question]


def test_what_failed_is_asked_again_the_next_time(open_library: OpenLibrary, leases: Path) -> None:
    class Failing(Scripted):
        def generate(
            self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
        ) -> Generation:
            if self._answers[0] == "fail":
                self._answers.pop(0)
                raise EmptyQuestion
            return super().generate(prompt, on_token, cancelled)

    library = open_library(generator=Failing("310 euros", "fail", *ANSWERS[2:]))
    library.add(str(leases))
    first = library.reviews.run("Leases", (RENT, LAW))
    assert table(first) == TABLE | {("barn.txt", "Law"): "The question is empty."}
    assert not first.stopped
    library = open_library("Austria")
    assert table(library.reviews.run("Leases", (RENT, LAW))) == TABLE


def test_quotations_are_replaced_when_there_is_a_model(
    open_library: OpenLibrary, leases: Path, tmp_path: Path
) -> None:
    def none(_plan: object) -> Generator:
        raise NoModelFits(why="there is no memory")

    with Library(tmp_path / "small", KEY, embedder=WordLengths(), make_generator=none) as library:
        library.add(str(leases))
        quoted = library.reviews.run("Leases", (RENT, LAW))
        again = library.reviews.run("Leases", (RENT, LAW))
    assert again == quoted
    assert all(cell.text == cell.citations[0].quote for cell in quoted.cells)
    scripted = Scripted(*ANSWERS)
    with Library(
        tmp_path / "small", KEY, embedder=WordLengths(), make_generator=lambda _plan: scripted
    ) as library:
        assert table(library.reviews.run("Leases", (RENT, LAW))) == TABLE


def test_documents_are_chosen_by_collection_and_by_name(
    done: None, open_library: OpenLibrary, leases: Path, tmp_path: Path
) -> None:
    library = open_library("Swans")
    ponds = tmp_path / "Ponds"
    ponds.mkdir()
    (ponds / "pond.txt").write_text("Swans live here.")
    library.add(str(ponds))
    birds = (Column("What lives here?"),)
    review = library.reviews.run("Birds", birds, ["ponds"])
    assert [Path(each).name for each in review.documents] == ["pond.txt"]
    review = library.reviews.run("Birds", (RENT,), documents=[str(leases / "mill.txt")])
    assert [cell.text for cell in review.cells] == ["1,200 euros"]  # known from the other review
    with pytest.raises(UnknownCollection):
        library.reviews.run("Birds", birds, ["Lakes"])
    with pytest.raises(NotSearchable, match=r"broken\.pdf"):
        library.reviews.run("Birds", birds, documents=[str(leases / "broken.pdf")])
    with pytest.raises(NothingToReview):
        library.reviews.run("Birds", birds, ["Ponds"], [str(leases / "mill.txt")])


def test_a_review_is_exported_and_removed(
    done: None, open_library: OpenLibrary, tmp_path: Path
) -> None:
    library = open_library()
    library.reviews.export("Leases", tmp_path / "out.csv")
    assert "1,200 euros" in (tmp_path / "out.csv").read_text("utf-8-sig")
    library.reviews.remove("Leases")
    for missing in (library.reviews.get, library.reviews.remove):
        with pytest.raises(UnknownReview, match="There is no review named Leases"):
            missing("Leases")


def test_a_bad_question_is_said_before_any_work(open_library: OpenLibrary, leases: Path) -> None:
    library = open_library()
    library.add(str(leases))
    with pytest.raises(EmptyQuestion):
        library.reviews.run("Leases", (RENT, Column(" ")))
    assert library.reviews.names() == ()


def test_only_what_is_named_is_asked_again(done: None, open_library: OpenLibrary) -> None:
    scripted = Scripted("311 euros", "1,201 euros", "Spain")
    library = open_library(generator=scripted)
    read: list[tuple[str, str]] = []
    started: list[Review] = []
    asking = Asking(
        on_start=started.append,
        on_reading=lambda document, question: read.append((Path(document).name, question)),
    )
    library.reviews.ask_again("Leases", [RENT.question], asking=asking)
    assert read == [("barn.txt", RENT.question), ("mill.txt", RENT.question)]
    assert table(started[0]) == {place: TABLE[place] for place in TABLE if place[1] == "Law"}
    mill = library.reviews.get("Leases").documents[1]
    review = library.reviews.ask_again("Leases", [LAW.question], [mill])
    assert (len(scripted.prompts), review.stopped, len(review.cells)) == (3, False, 4)


def test_a_stopped_second_asking_leaves_the_first_answers(
    done: None, open_library: OpenLibrary
) -> None:
    library = open_library()
    stopped = library.reviews.ask_again("Leases", asking=Asking(cancelled=lambda: True))
    assert (stopped.stopped, stopped.cells) == (True, ())
    assert table(library.reviews.get("Leases")) == TABLE


def test_a_review_is_changed_without_asking_and_goes_on(
    done: None, open_library: OpenLibrary, leases: Path
) -> None:
    scripted = Scripted("A barn", "A mill")
    library = open_library(generator=scripted)
    kind = Column("What is let?")
    kept = library.reviews.get("Leases").documents
    changed = library.reviews.change("Leases", (LAW, kind, RENT), documents=kept)
    assert changed.columns == (LAW, kind, RENT)
    assert table(changed) == TABLE
    assert scripted.prompts == []
    library.reviews.go_on("Leases")
    assert asked(scripted) == [kind.question, kind.question]
    narrowed = library.reviews.change("Leases", (LAW, kind), documents=kept[1:])
    assert (narrowed.wanted, len(narrowed.cells)) == (2, 2)
    with pytest.raises(NotSearchable):
        library.reviews.change("Leases", (LAW,), documents=[str(leases / "broken.pdf")])


def test_a_document_that_cannot_be_read_any_more_fails_by_itself(
    done: None, open_library: OpenLibrary, leases: Path
) -> None:
    scripted = Scripted("990 euros", "Spain")
    library = open_library(generator=scripted)
    (leases / "barn.txt").write_bytes(b"")
    (leases / "mill.txt").write_text("The rent is 990 euros.\n\nThe law of Spain governs.")
    library.rescan()
    review = library.reviews.go_on("Leases")
    failed = [cell for cell in review.cells if cell.problem]
    assert {Path(cell.document).name for cell in failed} == {"barn.txt"}
    assert {cell.text for cell in review.cells if not cell.problem} == {"990 euros", "Spain"}


def test_reviews_are_listed_with_counts_and_renamed(done: None, open_library: OpenLibrary) -> None:
    library = open_library()
    library.reviews.change("Others", (RENT,), documents=library.reviews.get("Leases").documents[:1])
    library.reviews.change("Empty", (Column("Who is the tenant?"),))
    library.reviews.rename("Leases", "Leases 2023")
    listed = {each.name: each for each in library.reviews.summaries()}
    figures = {name: (each.documents, each.questions, each.done) for name, each in listed.items()}
    assert figures == {"Leases 2023": (2, 2, 4), "Others": (1, 1, 1), "Empty": (2, 1, 0)}
    assert all(each.changed_ms > 1_600_000_000_000 for each in listed.values())
    with pytest.raises(ReviewNameTaken):
        library.reviews.rename("Others", "Empty")
    with pytest.raises(UnknownReview):
        library.reviews.rename("Leases", "Again")


def test_what_a_person_wrote_stays_until_its_cell_is_asked_again(
    done: None, open_library: OpenLibrary, tmp_path: Path
) -> None:
    library = open_library("311 euros", "Austria", "1,201 euros", "France", "312 euros")
    barn = library.reviews.get("Leases").documents[0]
    judged = library.reviews.judge(barn, RENT.question, "corrected", "310 euros, plus heating")
    assert (judged.said, judged.text, judged.doubtful) == (
        "310 euros, plus heating", "310 euros", False,
    )  # fmt: skip
    library.reviews.export("Leases", tmp_path / "out.csv")
    assert "plus heating" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    library.reviews.ask_again("Leases", [RENT.question])
    place = (barn, RENT.question)
    assert library.reviews.get("Leases").by_place()[place] == judged
    library.reviews.ask_again("Leases", [RENT.question], [barn])
    assert library.reviews.get("Leases").by_place()[place].verdict == ""
    library.reviews.judge(barn, RENT.question, "wrong")
    assert library.reviews.get("Leases").by_place()[place].verdict == "wrong"
    assert library.reviews.judge(barn, RENT.question, "").verdict == ""
