"""The user's own set measured, in a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.errors import Cancelled, NothingJudged
from strongroom_engine.judging import Figure, Outcome, Place
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey

ROOF, DOGS, WAGE = "Who pays for the roof?", "May dogs be kept?", "What is the wage?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Papers"
    made.mkdir()
    with pymupdf.open() as lease:
        for text in ("The rent is due on Monday.", "Repairs of the roof are paid by the landlord."):
            lease.new_page().insert_text((72, 72), text)
        lease.save(made / "lease.pdf")
    (made / "pets.txt").write_text("No dogs. No pets may be kept in the flat.", encoding="utf-8")
    return made


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey, folder: Path) -> Iterator[Library]:
    answers = ["The landlord pays for the roof. [1]"] * 20
    with Library(
        tmp_path / "library",
        key,
        embedder=WordLengths(),
        make_generator=lambda plan: Scripted(*answers, plan=plan),
    ) as opened:
        opened.add(str(folder))
        yield opened


def judge(library: Library, folder: Path) -> None:
    library.own.judge(ROOF, right=[Place(str(folder / "lease.pdf"), 2)])
    library.own.judge(DOGS, right=[Place(str(folder / "pets.txt"))])
    library.own.judge(WAGE, absent=True)
    library.own.judge("When is it due?", wrong_answer="On Tuesday.")  # nobody knows what is right


def test_without_judgements_there_is_nothing_to_measure(library: Library) -> None:
    with pytest.raises(NothingJudged):
        served(library, wire.RunQuality())
    assert library.quality.runs() == ()


def test_a_run_is_told_in_counts_and_kept(library: Library, folder: Path) -> None:
    judge(library, folder)
    events = served(library, wire.RunQuality())
    closing = events[-1]
    assert isinstance(closing, wire.QualityMeasured)
    run = closing.run
    assert run is not None
    assert (run.questions, run.left_out, run.answer_model) == (3, 1, "")
    assert run.embedding_model == "word-lengths"
    assert run.figure("found") == Figure("found", 2.0, 2)
    assert run.figure("refused") is None
    assert run.outcomes[0] == Outcome(ROOF, found=True)
    assert run.outcomes[2] == Outcome(WAGE)
    assert any(isinstance(event, wire.Working) for event in events)
    (listed,) = served(library, wire.ListQualityRuns())
    assert listed == wire.QualityRuns(runs=(run,))


def test_what_is_not_found_counts_against_it(library: Library, folder: Path) -> None:
    quote = "Repairs of the roof are paid by the landlord."
    library.own.judge(ROOF, right=[Place(str(folder / "lease.pdf"), 2, quote=quote)])
    assert library.quality.run().figure("found") == Figure("found", 1.0, 1)
    for number in range(8):  # pages that the question fits better
        (folder / f"{number}.txt").write_text(f"Who pays for the roof? {number}", encoding="utf-8")
    library.rescan()
    run = library.quality.run()
    assert run.figure("found") == Figure("found", 0.0, 1)
    assert run.outcomes == (Outcome(ROOF, found=False),)


def test_answers_are_measured_when_asked_for(library: Library, folder: Path) -> None:
    judge(library, folder)
    run = library.quality.run(answers=True)
    assert run.answer_model
    kept, refused = run.figure("kept"), run.figure("refused")
    assert kept is not None
    assert refused is not None
    assert (kept.of, refused.of) == (2, 1)
    assert run.outcomes[2].answered is not None
    assert run.outcomes[2].cited is None
    file = Path(library.answers.plan().file).name
    assert library.answers.speeds.of(file).first_word_s > 0
    seconds = run.figure("seconds")
    assert seconds is not None
    assert seconds.of == 3


def test_a_cancelled_run_is_not_kept(library: Library, folder: Path) -> None:
    judge(library, folder)
    with pytest.raises(Cancelled):
        served(library, wire.RunQuality(), stop_when=lambda events: len(events) > 0)
    assert library.quality.runs() == ()


def test_runs_outlive_the_library_and_older_ones_go(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strongroom_engine.store.quality_runs.KEPT", 2)
    judge(library, folder)
    made = [library.quality.run() for _ in range(3)]
    assert library.quality.runs() == tuple(made[1:])
