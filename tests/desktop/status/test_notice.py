"""The bar above everything, and the figures of the status line."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop import figures
from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.status import NoticeBar, words
from strongroom_engine.protocol import Indexing
from strongroom_engine.types import LibraryStatus, Progress, State


def status(**counts: int) -> LibraryStatus:
    return LibraryStatus(dict.fromkeys(State, 0) | counts, 0, 0, ())


@pytest.fixture
def bar(engine: Engine, theme: Theme, qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar(engine, theme)
    qtbot.addWidget(bar)
    return bar


def test_what_was_refused_stays_until_it_is_closed(bar: NoticeBar, engine: Engine) -> None:
    bar.say("/a/b does not exist.")
    engine.started.emit()  # a start ends only what is said about the engine
    assert bar.isVisible()
    assert bar.text() == "/a/b does not exist."
    bar._close.click()
    assert not bar.isVisible()


def test_trouble_is_said(bar: NoticeBar, engine: Engine) -> None:
    engine.trouble.emit("The engine cannot be started. Install Strongroom again.")
    assert bar.isVisible()
    assert bar.text().startswith("The engine cannot be started.")


def test_what_is_no_trouble_goes_by_itself(bar: NoticeBar, qtbot: QtBot) -> None:
    bar._gone.setInterval(20)
    bar.mention("This folder is looked at every minute.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=5_000)
    bar.mention("This folder is looked at every minute.")
    bar.say("/a/b does not exist.")  # trouble that comes meanwhile stays
    qtbot.wait(60)
    assert bar.isVisible()


def test_what_is_no_trouble_is_calm_and_taken_back_when_it_has_come(bar: NoticeBar) -> None:
    bar.mention("“Holt” is next, when what is being read is done.")
    assert bar.property("surface") == "mention"
    bar.take_back("“Ship” is next, when what is being read is done.")
    assert bar.isVisible()
    bar.take_back("“Holt” is next, when what is being read is done.")
    assert not bar.isVisible()
    bar.say("/a/b does not exist.")
    assert bar.property("surface") == "warning"
    bar.take_back("/a/b does not exist.")  # only what goes by itself is taken back
    assert bar.isVisible()


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(6_300_000_000, "6.3"), (8_000_000_000, "8"), (137_400_000_000, "137"), (0, "0")],
)
def test_gigabytes(size_bytes: int, text: str) -> None:
    assert figures.gigabytes(size_bytes) == text


@pytest.mark.parametrize(
    ("left_s", "text"),
    [
        (None, ""),
        (12.0, "less than a minute left"),
        (241.0, "about 4 min left"),
        (7_000.0, "about 2 h left"),
    ],
)
def test_time_left(left_s: float | None, text: str) -> None:
    assert figures.time_left(left_s) == text


def test_progress_in_words() -> None:
    assert figures.progress(Progress(1204, 1980, "x", 3.1, 240.0)) == (
        "1,204 of 1,980 documents, about 4 min left"
    )
    assert figures.progress(Progress(1, 2, "x")) == "1 of 2 documents"
    assert figures.progress(Progress(2, 2, "x", 3.1, 0.0)) == "2 of 2 documents"
    slow = Progress(0, 1, "/papers/Deeds.pdf", reading_s=43.2)
    assert figures.progress(slow) == "0 of 1 document, reading Deeds.pdf for 43 s"
    slow = Progress(0, 3, "/papers/Deeds.pdf", left_s=30.0, reading_s=130.0)
    assert figures.progress(slow) == (
        "0 of 3 documents, less than a minute left, reading Deeds.pdf for 2 min"
    )
    divided = Progress(0, 1, "/papers/Deeds.csv", reading_s=43.2, cut=0.4)
    assert figures.progress(divided) == ("0 of 1 document, dividing Deeds.csv into passages, 40 %")
    stored = Progress(0, 1, "/papers/Deeds.csv", reading_s=43.2, cut=1.0)
    assert figures.progress(stored) == "0 of 1 document, storing the passages of Deeds.csv"
    assert figures.share_done(Progress(1, 4, "x")) == 0.25
    assert figures.share_done(Progress(0, 1, "x", share=0.6)) == 0.6
    again = Progress(1204, 1980, "re-embedding with e5", 3.1, 240.0, 776, model="e5")
    assert figures.progress(again) == "Re-embedding with e5: 1,204 of 1,980, about 4 min left"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (status(), "No documents yet"),
        (status(indexed=2_100), "2,100 documents, up to date"),
        (status(indexed=1), "1 document, up to date"),
        (status(indexed=7, pending=2, readable=1), "10 documents, 3 on their way"),
    ],
)
def test_the_index_at_rest(value: LibraryStatus | None, text: str) -> None:
    assert figures.at_rest(value) == text


def test_nothing_is_said_to_be_up_to_date_that_is_away() -> None:
    assert figures.at_rest(status(indexed=7), away=True) == "7 documents, some of them away"
    assert figures.at_rest(status(), away=True) == "No documents yet"
    waiting = figures.at_rest(status(indexed=7, pending=2), away=True)
    assert waiting == "9 documents, 2 on their way"


def test_nothing_is_said_to_be_up_to_date_in_a_damaged_library() -> None:
    assert figures.at_rest(status(indexed=7, pending=2), known=False) == "9 documents"
    assert words.paused(Indexing(paused=True, why="damage")) == "the library is damaged"


@pytest.mark.parametrize(
    ("size_bytes", "text"), [(20, "1 kB"), (340_000, "340 kB"), (1_200_000_000, "1.2 GB")]
)
def test_sizes(size_bytes: int, text: str) -> None:
    assert figures.size(size_bytes) == text


def test_a_long_sentence_is_shown_whole(bar: NoticeBar) -> None:
    bar.resize(500, 40)
    bar.say("It is read.")
    one_line = bar.heightForWidth(500)
    bar.say("Every sentence of the engine is two sentences, and the second says what to do. " * 3)
    assert bar.heightForWidth(500) > one_line
