"""A full disk, or a library that cannot be written: said while documents wait, and taken back."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.status import NoticeBar, StatusLine
from strongroom_engine.errors import DiskFull, LibraryLocked, LibraryReadOnly, StrongroomError
from strongroom_engine.protocol import GetStatus, Progress, Ready, Status, failed
from strongroom_engine.types import LibraryStatus, State
from strongroom_engine.types import Progress as Value

PATIENCE_MS = 20_000
FULL = DiskFull(library="/library")
UNDER_WAY = Progress(progress=Value(3, 12, "/papers/a.pdf"))
AT_REST = Progress(progress=None)


@pytest.fixture
def line(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> StatusLine:
    line = StatusLine(engine, selection, theme)
    qtbot.addWidget(line)
    line.resize(1440, line.height())
    qtbot.waitUntil(lambda: line._counted is not None, timeout=PATIENCE_MS)
    count(line, engine, pending=9)
    return line


@pytest.fixture
def bar(line: StatusLine, engine: Engine, theme: Theme, qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar(engine, theme)
    qtbot.addWidget(bar)
    line.hindrance.lifted.connect(bar.lift)
    return bar


def count(line: StatusLine, engine: Engine, *, pending: int) -> None:
    """Let the engine say that so many documents wait, beside three that are in the index."""
    engine.received.emit(AT_REST)
    documents: dict[str, int] = {State.INDEXED: 3, State.PENDING: pending}
    number = line._status.send(GetStatus())
    engine.received.emit(Status(id=number, status=LibraryStatus(documents, 30, 30, ())))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FULL, "the disk is full"),
        (LibraryLocked(library="/library"), "another program holds the library"),
        (LibraryReadOnly(library="/library", why="so"), "the library cannot be written"),
    ],
)
def test_it_is_said_why_documents_wait(
    line: StatusLine, engine: Engine, error: StrongroomError, words: str
) -> None:
    assert line.index_text() == "12 documents, 9 on their way"
    engine.received.emit(failed(0, error))
    assert line.index_text() == f"12 documents, 9 on their way, {words}"
    assert line.state() == "Paused"
    count(line, engine, pending=0)
    assert words not in line.index_text(), "nothing waits for it"


def test_it_is_taken_back_when_it_goes_on(line: StatusLine, bar: NoticeBar, engine: Engine) -> None:
    engine.received.emit(UNDER_WAY)
    engine.received.emit(failed(0, FULL))
    bar.say(str(FULL))
    engine.received.emit(UNDER_WAY)  # what was under way, told late
    assert bar.isVisible()
    engine.received.emit(AT_REST)
    assert bar.isVisible()
    assert line.state() == "Paused"
    engine.received.emit(UNDER_WAY)
    assert not bar.isVisible()
    assert line.state() == "Indexing"
    count(line, engine, pending=9)
    assert line.index_text() == "12 documents, 9 on their way"


def test_what_was_said_since_stays(bar: NoticeBar, engine: Engine) -> None:
    engine.received.emit(AT_REST)
    engine.received.emit(failed(0, FULL))
    bar.say("/a/b does not exist.")
    engine.received.emit(UNDER_WAY)
    assert bar.isVisible()


def test_a_library_that_cannot_be_written_stays_so_until_it_is_opened_anew(
    line: StatusLine, engine: Engine
) -> None:
    engine.received.emit(failed(0, LibraryReadOnly(library="/library", why="so")))
    engine.received.emit(UNDER_WAY)
    engine.received.emit(AT_REST)
    assert line.hindrance.words() == "the library cannot be written"
    engine.received.emit(Ready())
    assert line.hindrance.words() == ""
