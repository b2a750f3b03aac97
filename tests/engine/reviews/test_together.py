"""Reviews whose questions are with the model several at a time: the same cells, kept as they come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.engine.fakes import Knowing
from tests.engine.reviews.conftest import LAW, RENT, OpenLibrary

from strongroom_engine.errors import DiskFull
from strongroom_engine.library import Library
from strongroom_engine.reviews.running import Asking
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Cell, Column, Generation, Prompt, Review

ANSWERS: dict[tuple[str, ...], str] = {
    ("310 euros", RENT.question): "310 euros",
    ("1,200 euros", RENT.question): "1,200 euros",
    ("Austria", LAW.question): "Austria",
    ("France", LAW.question): "France",
}
TEXTS = ["310 euros", "Austria", "1,200 euros", "France"]


class Slow(Knowing):
    """Knows of the barn, and writes of the mill until it is stopped."""

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        if "310 euros" in prompt.messages[-1].content:
            return super().generate(prompt, on_token, cancelled)
        on_token("1,")
        limit = time.monotonic() + 20
        while not cancelled() and time.monotonic() < limit:
            time.sleep(0.01)
        return Generation("1,", 10, 0, 1, 1.0, 2.0, stopped=cancelled())


def no_threads_left() -> bool:
    return not [each for each in threading.enumerate() if each.name.startswith("together")]


def test_every_cell_is_kept_in_its_order(open_library: OpenLibrary, leases: Path) -> None:
    knowing = Knowing(ANSWERS)
    library = open_library(generator=knowing)
    library.add(str(leases))
    read: list[tuple[str, str]] = []
    cells: list[Cell] = []
    review = library.reviews.run(
        "Leases",
        (RENT, LAW),
        asking=Asking(on_reading=lambda *place: read.append(place), on_cell=cells.append),
    )
    assert [cell.text for cell in review.cells] == TEXTS
    assert cells == list(review.cells)
    assert sorted(read) == sorted((cell.document, cell.question) for cell in cells)
    assert library.reviews.get("Leases") == review
    assert len(knowing.prompts) == 4
    assert no_threads_left()


def test_stopped_it_ends_at_once_and_goes_on_with_what_is_missing(
    open_library: OpenLibrary, leases: Path
) -> None:
    library = open_library(generator=Slow(ANSWERS))
    library.add(str(leases))
    cells: list[Cell] = []
    stopped_at: list[float] = []

    def cancelled() -> bool:
        if len(cells) == 2 and not stopped_at:
            stopped_at.append(time.monotonic())
        return len(cells) >= 2

    asking = Asking(on_cell=cells.append, cancelled=cancelled)
    review = library.reviews.run("Leases", (RENT, LAW), asking=asking)
    assert time.monotonic() - stopped_at[0] < 1
    assert no_threads_left()
    assert (review.stopped, [cell.text for cell in review.cells]) == (True, TEXTS[:2])

    knowing = Knowing(ANSWERS)
    library = open_library(generator=knowing)
    assert [cell.text for cell in library.reviews.go_on("Leases").cells] == TEXTS
    assert len(knowing.prompts) == 2


def test_a_question_that_is_asked_goes_first(open_library: OpenLibrary, leases: Path) -> None:
    knowing = Knowing(ANSWERS)
    library = open_library(generator=knowing)
    library.add(str(leases))
    with ThreadPoolExecutor(1) as pool:
        with library.indexing.manners.answering():
            running = pool.submit(library.reviews.run, "Leases", (RENT, LAW))
            time.sleep(0.5)
            assert knowing.prompts == []
        assert [cell.text for cell in running.result(20).cells] == TEXTS


def test_where_a_cell_cannot_be_kept_the_others_end(
    open_library: OpenLibrary, leases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(generator=Slow(ANSWERS))
    library.add(str(leases))

    def full(_cell: Cell, _content: str) -> None:
        raise DiskFull(library="there")

    monkeypatch.setattr(library._store, "put_cell", full)
    with pytest.raises(DiskFull) as raised:
        library.reviews.run("Leases", (RENT, LAW))
    assert raised.tb  # which holds on to all that was under way
    assert no_threads_left()


def test_a_real_model_says_the_same_however_many_are_asked_at_a_time(
    tmp_path: Path, key: LibraryKey, leases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = (RENT, LAW, Column("Is a rent paid each month?"), Column("Who is the landlord?"))
    settings = Settings(answer_model="qwen2.5-coder-0.5b")

    def asked(most: int) -> Review:
        monkeypatch.setattr("strongroom_engine.answering.together.TOGETHER", most)
        with Library(tmp_path / f"{most}", key, settings=settings) as library:
            library.add(str(leases))
            return library.reviews.run("Leases", columns)

    alone, four = asked(1), asked(4)
    assert [cell.text for cell in four.cells] == [cell.text for cell in alone.cells]
    assert "310 euros" in four.cells[0].text
    assert not any(cell.problem for cell in four.cells)
