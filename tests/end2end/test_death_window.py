"""The engine is killed in the middle of an answer: nothing that was seen or written is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from strongroom_engine import protocol as wire
from strongroom_engine.errors import EngineDied

from .desk import Desk, opened

ASKED = "Why did the board decide to dredge the harbour and to raise the quay?"
NEXT = "Who is the chair?"


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "papers"
    folder.mkdir()
    decisions = (
        "The board decided to dredge the harbour in spring, because ships ran aground in 2019.",
        "The board decided to raise the quay by one metre, because the storm flooded the sheds.",
        "The board decided to sell the old crane, because nobody could repair it any more.",
        "The board decided to hire a second pilot, because fog closed the harbour for nine days.",
        "The board elected Ingrid Solberg as its chair.",
    )
    (folder / "minutes.txt").write_text("\n\n".join(decisions), encoding="utf-8")
    with opened(qtbot, qapp, tmp_path) as desk:
        desk.add(folder)
        yield desk


def kill_engine(desk: Desk) -> None:
    """Kill the host and all that it started, as a computer short of memory does."""
    host = psutil.Process(desk.engine._process.processId())
    family = [*host.children(recursive=True), host]
    assert len(family) > 1  # the answer's own worker is among them
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def test_the_engine_is_killed_in_mid_answer(qtbot: QtBot, desk: Desk) -> None:
    window, notice = desk.window, desk.window.notice
    desk.put(ASKED)
    desk.wait(lambda: len(desk.of(wire.Token)) >= 5)
    turn = desk.turns[-1]
    assert turn.open
    QTest.keyClicks(window.ask.editor, NEXT)
    with qtbot.waitSignal(desk.engine.died, timeout=60_000):
        kill_engine(desk)

    # What there was stays, and it is said what happened.
    so_far = "".join(token.text for token in desk.of(wire.Token) if isinstance(token, wire.Token))
    assert turn.ended is not None
    assert turn.answer is None
    assert turn.text.text == so_far
    assert len(so_far.split()) >= 4
    assert turn.text.isVisible()
    assert so_far.split()[0] in turn.text.toPlainText()
    assert notice.isVisible()
    assert notice.text() == str(EngineDied())
    assert window.status.state() == "Starting again"
    assert window.ask.editor.toPlainText() == NEXT

    # The engine comes back by itself.
    desk.wait(lambda: desk.engine.ready is not None)
    desk.wait(lambda: not notice.isVisible())
    desk.wait(lambda: window.status.state() == "Ready")
    assert turn.text.text == so_far
    assert window.ask.editor.toPlainText() == NEXT

    # The question can be asked again, and is answered.
    again = next(b for b in turn.ended.findChildren(QAbstractButton) if b.text() == "Ask again")
    again.click()
    desk.wait(lambda: len(desk.turns) == 2 and not desk.turns[1].open)
    answer = desk.turns[1].answer
    assert answer is not None
    assert answer.question == ASKED
    assert answer.text
    assert window.ask.editor.toPlainText() == NEXT

    # The conversation is kept: what was not answered is said to be so.
    key = window.conversation.key
    window.begin_conversation()
    assert not desk.turns
    window.open_conversation(key)
    desk.wait(lambda: len(desk.turns) == 2)
    assert [each.question for each in desk.turns] == [ASKED, ASKED]
    assert desk.turns[0].answer is None
    assert desk.turns[0].ended is not None
    kept = desk.turns[1].answer
    assert kept is not None
    assert kept.text == answer.text
