"""Conversations that are kept: coming back, renamed, exported, removed; right and wrong."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.header import TitleEditor
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.selection import Place, Selection

from .conftest import PATIENCE_MS, Make, last

QUESTION = "Can Holt Textiles end the lease?"
FOLLOW_UP = "And by e-mail?"


def asked(qtbot: QtBot, conversation: Conversation, *questions: str) -> Turn:
    for question in questions:
        conversation.ask(question)
        last(qtbot, conversation)
    return conversation.turns[-1]


def opened(qtbot: QtBot, conversation: Conversation, key: str, count: int) -> None:
    conversation.open(key)
    qtbot.waitUntil(lambda: len(conversation.turns) == count, timeout=PATIENCE_MS)


def test_a_conversation_gets_a_key_with_its_first_question(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    assert conversation.key == ""
    with qtbot.waitSignal(conversation.changed, timeout=PATIENCE_MS):
        asked(qtbot, conversation, QUESTION)
    key = conversation.key
    assert len(key) == 32
    asked(qtbot, conversation, FOLLOW_UP)
    assert conversation.key == key
    conversation.new()
    assert conversation.key == ""
    assert conversation.turns == []
    assert conversation.examples.isVisibleTo(conversation)
    asked(qtbot, conversation, QUESTION)
    assert conversation.key not in ("", key)


def test_turns_come_back_as_they_were_written(
    qtbot: QtBot, make: Make, selection: Selection
) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION, FOLLOW_UP, "What rent was agreed?")
    key = conversation.key
    texts = [turn.text.toPlainText() for turn in conversation.turns]
    conversation.new()
    opened(qtbot, conversation, key, 3)
    assert conversation.key == key
    assert [turn.question for turn in conversation.turns][:2] == [QUESTION, FOLLOW_UP]
    assert [turn.text.toPlainText() for turn in conversation.turns] == texts
    first, second, third = conversation.turns
    assert first.text.numbers == [1, 1, 2]
    assert first.foot is not None
    assert first.foot.isVisibleTo(first)
    assert second.understood.text.startswith("Understood as: ")
    assert third.closest is not None
    assert (first.lead, second.lead) == (0, 24)
    assert [turn._latest for turn in conversation.turns] == [False, False, True]
    first.open_citation(2)
    assert selection.place is not None
    assert selection.place.number == 2


def test_what_came_back_goes_with_the_next_question(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION)
    key = conversation.key
    conversation.new()
    opened(qtbot, conversation, key, 1)
    turn = asked(qtbot, conversation, FOLLOW_UP)
    assert turn.answer is not None
    assert QUESTION in turn.answer.standalone


def test_a_question_that_never_got_its_answer_can_be_asked_again(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION, "fail")
    key = conversation.key
    conversation.new()
    opened(qtbot, conversation, key, 2)
    ended = conversation.turns[1].ended
    assert ended is not None
    assert ended.sentence.text == "This question was not answered."
    ended.again.emit()
    qtbot.waitUntil(lambda: len(conversation.turns) == 3, timeout=PATIENCE_MS)
    last(qtbot, conversation)


def test_fifty_turns_come_back_in_slices(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    last(qtbot, conversation)
    key = conversation.key
    for _ in range(49):
        conversation._engine.send(conversation.turns[0].asking.request(key))
    qtbot.waitUntil(lambda: not conversation._engine._open, timeout=PATIENCE_MS)
    conversation.new()
    longest, before = 0.0, time.thread_time()  # of the processor: others may use the machine

    def tick() -> None:
        nonlocal longest, before
        now = time.thread_time()
        longest, before = max(longest, now - before), now

    ticking = QTimer(interval=0)
    ticking.timeout.connect(tick)
    ticking.start()
    opened(qtbot, conversation, key, 50)
    ticking.stop()
    assert longest < 0.3, longest  # about 30 ms a turn; all at once they take more than a second
    latest = conversation.turns[-1]
    title, viewport = latest.title, conversation.column.area.viewport()
    qtbot.waitUntil(
        lambda: title.mapTo(viewport, title.rect().topLeft()).y() == 12, timeout=PATIENCE_MS
    )


def test_one_that_is_gone_begins_a_new_one(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.open("0" * 32)
    qtbot.waitUntil(lambda: conversation.key == "", timeout=PATIENCE_MS)
    assert conversation.examples.isVisibleTo(conversation)


def test_what_is_asked_while_it_comes_is_asked_then(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION)
    key = conversation.key
    conversation.new()
    conversation.open(key)
    conversation.ask(FOLLOW_UP)
    qtbot.waitUntil(lambda: len(conversation.turns) == 2, timeout=PATIENCE_MS)
    turn = last(qtbot, conversation)
    assert turn.answer is not None
    assert QUESTION in turn.answer.standalone


def test_renaming_in_place(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION, FOLLOW_UP)
    conversation.rename()
    editor = conversation.findChild(TitleEditor)
    assert editor is not None
    assert editor.text() == QUESTION
    editor.setText("Break right")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert conversation.title == "Break right"
    assert conversation._header.title == "Break right"
    assert conversation.focusWidget() is conversation.turns[-1].text  # no button under Enter
    key = conversation.key
    conversation.new()
    opened(qtbot, conversation, key, 2)
    assert conversation._header.title == "Break right"
    conversation.rename()
    QTest.keyClicks(editor, "Other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert conversation.title == "Break right"


def test_exporting_says_where(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION, FOLLOW_UP)
    file = tmp_path / "out.md"
    with qtbot.waitSignal(conversation.mentioned, timeout=PATIENCE_MS) as said:
        conversation._keeping.export(conversation.key, str(file), turn=1)
    assert said.args == ["Exported to out.md."]
    assert "1 Sources" in file.read_text("utf-8")
    with qtbot.waitSignal(conversation.said, timeout=PATIENCE_MS):
        conversation._keeping.export(conversation.key, str(tmp_path / "unwritable.md"))


def test_removing_leaves_an_empty_desk(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION)
    key = conversation.key
    conversation._remove()
    assert conversation.turns == []
    conversation.open(key)
    qtbot.waitUntil(lambda: conversation.key == "", timeout=PATIENCE_MS)


def test_right_and_wrong_are_kept(qtbot: QtBot, make: Make, selection: Selection) -> None:
    conversation = make()
    turn = asked(qtbot, conversation, QUESTION)
    assert turn.foot is not None
    verdict = turn.foot.verdict
    with qtbot.waitSignal(conversation._verdicts.changed, timeout=PATIENCE_MS):
        verdict.right.click()
    assert (verdict.right.isChecked(), verdict.wrong.isChecked()) == (True, False)
    verdict.wrong.click()
    assert (verdict.right.isChecked(), verdict.wrong.isChecked()) == (False, True)
    assert turn.right_page is not None
    assert turn.right_page.text == "Open the page that holds the answer to add it here."
    selection.open(Place("/papers/Deed.pdf", 3))
    assert turn.right_page.text == "Does Deed.pdf, p. 3 hold the answer?"
    turn.right_page.link.click()
    assert turn.right_page.text == "Deed.pdf, p. 3 is kept as the place that answers this."

    def known() -> list[tuple[str, int | None]]:
        judged = conversation._verdicts._known.get(QUESTION)
        return [(each.file, each.page) for each in judged.places] if judged else []

    qtbot.waitUntil(lambda: known() == [("/papers/Deed.pdf", 3)], timeout=PATIENCE_MS)
    key = conversation.key
    conversation.new()
    opened(qtbot, conversation, key, 1)
    foot = conversation.turns[0].foot
    assert foot is not None
    assert foot.verdict.wrong.isChecked()
