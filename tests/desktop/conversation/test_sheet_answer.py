"""Answers from the tables of spreadsheets: how they came about, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.otherwise import likewise, otherwise
from strongroom_desktop.conversation.places import name_of
from strongroom_desktop.conversation.sheet_answer import SheetAnswer, written
from strongroom_desktop.selection import Selection
from strongroom_engine.types import Citation, Version

PATIENCE_MS = 15_000
Make = Callable[..., Conversation]
BOOK = "/papers/Holt/Budget 2024.xlsx"


@pytest.fixture
def answered(make: Make, qtbot: QtBot) -> Conversation:
    conversation = make()
    conversation.ask("What do the posts sum up to?")
    qtbot.waitUntil(
        lambda: bool(conversation.turns and conversation.turns[-1].answer), timeout=PATIENCE_MS
    )
    return conversation


def sheets(conversation: Conversation) -> SheetAnswer:
    foot = conversation.turns[-1].foot
    assert foot is not None
    foot.disclosure.setChecked(True)
    found = foot.findChild(SheetAnswer)
    assert isinstance(found, SheetAnswer)
    return found


def test_the_query_is_said_in_words_and_as_sql(answered: Conversation) -> None:
    (table,) = sheets(answered).tables
    assert table.said.text() == "The sum of Betrag over all rows of Budget."
    assert table.sql.isHidden()
    table._toggle(table.show_sql)
    assert 'SELECT sum("Betrag")' in table.sql.toPlainText()
    table.copy.click()
    assert QGuiApplication.clipboard().text() == "Post\tBetrag\nAll\t97500\nMean\t2500.125"


def test_its_row_opens_the_cells(answered: Conversation, selection: Selection) -> None:
    sheets(answered).tables[0].row.opened.emit()
    assert selection.place is not None
    assert selection.place.file == BOOK
    assert selection.place.where == "sheet Budget, row 13"


def test_rests_on_says_sheet_and_row_and_the_copy(
    answered: Conversation, selection: Selection
) -> None:
    rests_on = answered.turns[-1].rests_on
    assert rests_on is not None
    (row,) = rests_on.rows
    assert row.accessibleName() == (
        "Budget 2024.xlsx, sheet Budget, row 13, also in 1 other place, and 1 version"
    )
    entry, version = (each for each in row.kin_menu().actions() if not each.isSeparator())
    entry.trigger()
    assert selection.place is not None
    assert selection.place.file == "/papers/Holt/Alt/Budget.xlsx"
    answer = answered.turns[-1].answer
    assert answer is not None
    assert name_of(answer.citations[0]) == "Budget 2024.xlsx, sheet Budget, row 13"
    version.trigger()
    assert selection.place.file == "/papers/Holt/Alt/Budget final.xlsx"
    assert selection.place.spans == ((50, 64),)


def test_rests_on_says_which_version_says_otherwise_and_opens_it(
    answered: Conversation, selection: Selection
) -> None:
    rests_on = answered.turns[-1].rests_on
    assert rests_on is not None
    (line,) = rests_on.otherwise
    assert line.name.full_text() == "Otherwise in Budget draft.xlsx"
    assert line.words.text == "“Post 12 | 1400”"
    line.opened.emit()
    assert selection.place is not None
    assert selection.place.file == "/papers/Holt/Alt/Budget draft.xlsx"
    assert selection.place.spans == ((30, 44),)


def test_values_are_written_as_the_language_writes_them() -> None:
    assert [written(each) for each in (None, True, 2024, 97_500, 2_500.125, 3.0, "a\nb")] == [
        "", "yes", "2024", "97,500", "2,500.13", "3", "a b",
    ]  # fmt: skip


def test_of_each_wording_one_version_is_told_and_none_that_is_cited() -> None:
    versions = (
        Version("/a/new.txt", said="1,300"),
        Version("/a/newer.txt", said="1,300"),
        Version("/a/cited.txt", said="1,400"),
        Version("/a/same.txt"),
    )
    group = [Citation(1, "/a/b.txt", None, 0, 1, "1,200", versions=versions)]
    assert otherwise(group, {"/a/b.txt", "/a/cited.txt"}) == [versions[0]]
    assert likewise([*group, Citation(2, "/a/b.txt", None, 2, 3, "x")]) == []
    assert likewise(group) == [versions[3]]
