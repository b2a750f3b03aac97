"""While one types, the real model reads what the question will be answered from, and the window says
so; when it is asked, nothing is left to be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.text import passages_read
from strongroom_engine import protocol as wire

from .desk import Desk, opened

QUESTION = "How high is the yearly rent?"


def read(desk: Desk) -> list[wire.PassagesRead]:
    return [event for event in desk.events if isinstance(event, wire.PassagesRead)]


def type_in(desk: Desk, question: str) -> None:
    """Key by key, until all that it would be answered from has been read."""
    told = len(read(desk))
    desk.window.focus_ask()
    desk.window.ask.editor.set_text("")
    QTest.keyClicks(desk.window.ask.editor, question)
    desk.wait(lambda: len(read(desk)) > told and read(desk)[-1].passages == read(desk)[-1].of)


def test_what_was_read_while_typing_is_not_read_after_enter(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, papers: Path
) -> None:
    with opened(qtbot, qapp, tmp_path) as desk:
        desk.add(papers)
        type_in(desk, QUESTION)
        count = read(desk)[-1].of
        assert count > 0
        row = desk.window.ask.panel._ask
        assert row._scope.full_text().endswith(passages_read(count))
        assert row.accessibleDescription() == passages_read(count)

        QTest.keyClick(desk.window.ask.editor, Qt.Key.Key_Return)
        desk.wait(lambda: desk.turns and not desk.turns[-1].open)
        told = [event for event in desk.events if isinstance(event, wire.Stage)]
        # All is said to be read before the model says what it knows; the window gets both at once.
        assert [(each.name, each.passages) for each in told[-3:-1]] == [
            ("reading", count),
            ("read", count),
        ]
        answer = desk.turns[-1].answer
        assert answer is not None
        assert "42,500" in answer.text
        assert not desk.of(wire.Failed)

        # What is typed next is read for, too, as a follow-up of this conversation.
        type_in(desk, "And when is it payable?")
        assert row.accessibleDescription() == passages_read(read(desk)[-1].of)
