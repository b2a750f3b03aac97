"""What the window asks for while one types, and what it says of it, on the fake host."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.frame.reading_ahead import ReadingAhead
from strongroom_desktop.frame.window import Window
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_engine.protocol import Ask, Message, PassagesRead, ReadAhead

StartEngine = Callable[..., Engine]
QUESTION = "When can the lease end?"


class Desk:
    """A window on the fake host, and what was sent to that."""

    def __init__(
        self, qtbot: QtBot, window: Window, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._qtbot = qtbot
        self.window, self.engine = window, engine
        self.sent: list[Message] = []
        self.cancelled: list[int] = []
        send, cancel = engine.send, engine.cancel

        def noting(message: Message) -> int:
            self.sent.append(message)
            return send(message)

        def cancelling(number: int) -> None:
            self.cancelled.append(number)
            cancel(number)

        monkeypatch.setattr(engine, "send", noting)
        monkeypatch.setattr(engine, "cancel", cancelling)

    def of(self, kind: type[Message]) -> list[Message]:
        return [each for each in self.sent if isinstance(each, kind)]

    def type(self, words: str) -> None:
        self.window.focus_ask()
        self.window.ask.editor.set_text("")
        QTest.keyClicks(self.window.ask.editor, words)

    @property
    def request(self) -> int:
        """What is being read for, or was last."""
        (reading,) = self.window.ask.findChildren(ReadingAhead)
        return reading._request

    @property
    def said(self) -> str:
        return self.window.ask.panel._ask._scope.full_text()

    def wait_said(self, words: str) -> None:
        self._qtbot.waitUntil(lambda: self.said == words)


@pytest.fixture
def desk(
    start_engine: StartEngine,
    selection: Selection,
    theme: Theme,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    engine = start_engine(wait=False)
    window = Window(engine, selection, theme)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.stages.current == "desk")
    window.focus_ask()
    qtbot.waitUntil(window.ask.editor.hasFocus)
    yield Desk(qtbot, window, engine, monkeypatch)
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def test_it_says_how_many_passages_have_been_read(qtbot: QtBot, desk: Desk) -> None:
    desk.type("half of the rent")
    desk.wait_said("from all collections, 3 of 4 passages read")
    row = desk.window.ask.panel._ask
    assert row.accessibleDescription() == "3 of 4 passages read"
    height, top = desk.window.ask.panel.height(), row._scope.geometry()
    QTest.keyClicks(desk.window.ask.editor, "s")
    assert desk.said == "from all collections"  # of this text nothing is known yet
    assert row.accessibleDescription() == ""
    desk.wait_said("from all collections, 3 of 4 passages read")
    desk.type("when is the rent due")
    desk.wait_said("from all collections, 4 passages read")
    assert (desk.window.ask.panel.height(), row._scope.geometry()) == (height, top)


def test_in_a_small_window_what_was_read_is_said_first(qtbot: QtBot, desk: Desk) -> None:
    desk.window.theme.set_text_percent(150)
    desk.window.resize(560, 600)
    desk.type("half of the rent")
    desk.wait_said("3 of 4 passages read")
    desk.window.theme.set_text_percent(100)
    desk.window.resize(1440, 900)
    desk.wait_said("from all collections, 3 of 4 passages read")


def test_nothing_is_said_where_nothing_is_read(qtbot: QtBot, desk: Desk) -> None:
    desk.type("what has nothing")
    qtbot.waitUntil(lambda: bool(desk.of(ReadAhead)))
    number = desk.request
    qtbot.waitUntil(lambda: not desk.engine.is_open(number))
    assert desk.said == "from all collections"


def test_what_is_read_is_what_enter_would_ask(qtbot: QtBot, desk: Desk) -> None:
    desk.type(QUESTION)
    desk.wait_said("from all collections, 4 passages read")
    QTest.keyClick(desk.window.ask.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.window.conversation.answering)
    desk.window.selection.set_scope(("Property precedents",))
    desk.window.selection.set_documents(("/a/lease.pdf",))
    desk.type("And who keeps the roof?")
    qtbot.waitUntil(lambda: len(desk.of(ReadAhead)) == 2)
    QTest.keyClick(desk.window.ask.editor, Qt.Key.Key_Return)
    for ahead, ask in zip(desk.of(ReadAhead), desk.of(Ask), strict=True):
        assert isinstance(ahead, ReadAhead)
        assert isinstance(ask, Ask)
        for name in ("question", "collections", "everywhere", "documents", "turns"):
            assert getattr(ahead, name) == getattr(ask, name), name
    second = desk.of(Ask)[1]
    assert isinstance(second, Ask)
    assert second.turns
    assert second.collections
    assert second.documents


def test_a_task_reads_nothing_ahead(qtbot: QtBot, desk: Desk) -> None:
    desk.window.ask.set_task("quotes")
    desk.type(QUESTION)
    qtbot.waitUntil(desk.window.ask.panel.isVisible)
    assert desk.of(ReadAhead) == []


def test_a_question_that_is_asked_keeps_what_is_being_read(qtbot: QtBot, desk: Desk) -> None:
    """The engine knows best whether the passage in hand is needed."""
    desk.type(QUESTION)
    desk.wait_said("from all collections, 4 passages read")
    number = desk.request
    QTest.keyClick(desk.window.ask.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.window.conversation.answering)
    assert number not in desk.cancelled


def test_a_text_that_is_taken_away_is_read_for_no_more(qtbot: QtBot, desk: Desk) -> None:
    desk.type(QUESTION)
    desk.wait_said("from all collections, 4 passages read")
    number = desk.request
    desk.window.ask.editor.clear()
    qtbot.waitUntil(lambda: number in desk.cancelled)


def test_what_comes_late_is_not_said_of_another_text(qtbot: QtBot, desk: Desk) -> None:
    desk.type(QUESTION)
    desk.wait_said("from all collections, 4 passages read")
    number = desk.request
    QTest.keyClicks(desk.window.ask.editor, "?")
    desk.engine.received.emit(PassagesRead(id=number, passages=2, of=4))
    assert desk.said == "from all collections"


def test_an_engine_that_ends_has_read_nothing(qtbot: QtBot, desk: Desk) -> None:
    desk.type(QUESTION)
    desk.wait_said("from all collections, 4 passages read")
    desk.engine.died.emit()
    assert desk.said == "from all collections"
