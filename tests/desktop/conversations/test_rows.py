"""What the rows of conversations say: groups of days, times, and where words were found."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversations.days import group_of, time_of
from strongroom_desktop.conversations.found import piece_of, spans_of, words_of
from strongroom_desktop.conversations.model import ROW, ConversationsModel, Row
from strongroom_desktop.conversations.view import ConversationsView
from strongroom_desktop.look.theme import Theme
from strongroom_engine.types import ConversationSummary

TODAY = date(2026, 11, 26)
"""A Thursday."""


def at(day: str, hour: str = "09:05") -> int:
    return int(datetime.fromisoformat(f"{day}T{hour}").timestamp() * 1000)


@pytest.mark.parametrize(
    ("day", "group", "time"),
    [
        ("2026-11-27", "Today", "09:05"),  # a clock that was wrong
        ("2026-11-26", "Today", "09:05"),
        ("2026-11-25", "Yesterday", "09:05"),
        ("2026-11-24", "This week", "Tue 09:05"),
        ("2026-11-23", "This week", "Mon 09:05"),
        ("2026-11-22", "This month", "Sun 09:05"),
        ("2026-11-01", "This month", "1 Nov"),
        ("2026-10-31", "October 2026", "31 Oct"),
        ("2025-11-30", "November 2025", "30 Nov"),
    ],
)
def test_days_are_named_as_people_name_them(
    qapp: QApplication, day: str, group: str, time: str
) -> None:
    assert group_of(at(day), TODAY).name == group
    assert time_of(at(day), TODAY) == time


def test_a_group_begins_where_the_one_before_ends(qapp: QApplication) -> None:
    for day in ("2026-11-26", "2026-11-25", "2026-11-23", "2026-11-05", "2026-10-12"):
        group = group_of(at(day), TODAY)
        assert group_of(group.start_ms, TODAY) == group
        assert group_of(group.start_ms - 1, TODAY).name != group.name


@pytest.mark.parametrize(
    ("line", "query", "marked"),
    [
        ("The Lease of the barn", "lease BARN", ["Lease", "barn"]),
        ("release", "lease ele", ["elease"]),
        ("Stra\u00dfe und STRASSE", "stra\u00dfe", ["Stra\u00dfe", "STRASSE"]),
        ("\U0001f3e0 lease", "lease", ["lease"]),
        ("nothing", "lease", []),
        ("a.b", ".", ["."]),
    ],
)
def test_words_are_marked_where_they_stand(line: str, query: str, marked: list[str]) -> None:
    assert [line[start:end] for start, end in spans_of(line, words_of(query))] == marked


def test_a_line_that_does_not_fit_is_shown_from_its_words_on() -> None:
    line = "At the end of a long sentence the lease has a word about the break."
    words = words_of("lease break")
    assert piece_of(line, words, 80) == line
    assert piece_of(line, words, 50) == "… sentence the lease has a word about the break."
    assert piece_of("lease " * 20, words_of("lease"), 30) == "lease " * 20
    assert piece_of(line, words_of("nothing"), 10) == line


def summary(number: int, changed_ms: int, turns: int = 1) -> ConversationSummary:
    return ConversationSummary(f"k{number}", f"Question {number}", 0, changed_ms, turns)


def test_rows_stand_under_their_groups_and_only_they_can_be_chosen(qapp: QApplication) -> None:
    model = ConversationsModel()
    shown = [
        summary(1, at("2026-11-26", "14:00"), 3),
        summary(2, at("2026-11-26")),
        summary(3, at("2026-09-01")),
    ]
    assert model.show_conversations(shown, (), TODAY)
    assert not model.show_conversations(shown, (), TODAY)
    texts = [model.index(row).data() for row in range(model.rowCount())]
    assert texts == ["Today", "Question 1", "Question 2", "September 2026", "Question 3"]
    assert model.index(0).data(ROW) == Row("Today")
    assert not model.flags(model.index(0))
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index_of("k3").row() == 4
    assert not model.index_of("gone").isValid()
    assert [model.neighbour(key) for key in ("k1", "k2", "k3")] == ["k2", "k3", "k2"]
    read_out = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert read_out == "Question 1, 3 questions, Today, 14:00"


def test_ten_thousand_rows_scroll_without_a_stall(qtbot: QtBot, theme: Theme) -> None:
    """Nothing is done for rows that are not seen: a step is as quick as among forty."""
    steps = {}
    for count in (40, 10_000):
        model = ConversationsModel()
        view = ConversationsView(model, theme)
        qtbot.addWidget(view)
        view.resize(900, 700)
        now = at("2026-11-26")
        model.show_conversations([summary(n, now - n * 600_000) for n in range(count)], (), TODAY)
        view.show()
        QApplication.processEvents()
        bar, clock = view.verticalScrollBar(), QElapsedTimer()
        assert bar.maximum() > count * 20
        took = []
        for step in range(40):
            clock.restart()
            bar.setValue(bar.maximum() * step // 40)
            view.grab()
            took.append(clock.nsecsElapsed())
        steps[count] = sorted(took)[20]
        view.close()
    assert steps[10_000] < 5 * steps[40] + 5_000_000
