"""Finding words in the open document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_engine.protocol import FoundInDocument

PATIENCE_MS = 10_000
LEASE = "/papers/Holt/Lease and deeds/Lease.pdf"
NOTES = "/papers/Holt/Notes on the break right.md"
LONG = "/papers/long.txt"

Wait = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def look_for(qtbot: QtBot, reader: Reader, words: str) -> None:
    QTest.keyClick(reader, Qt.Key.Key_F, CTRL)
    assert reader.find_bar.isVisible()
    QTest.keyClicks(reader.find_bar.field, words)
    qtbot.waitUntil(lambda: reader.find_bar.said.full_text() != "", timeout=PATIENCE_MS)


def test_words_are_marked_and_stepped_through(
    qtbot: QtBot, reader: Reader, selection: Selection, lettered: Wait
) -> None:
    selection.open(Place(LEASE, 14))
    lettered()
    look_for(qtbot, reader, "of page 14")
    assert reader.find_bar.said.full_text() == "1 of 7"
    assert [mark.open for mark in reader.page_view.sheet.marks] == [True] + [False] * 6
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Return)
    assert reader.find_bar.said.full_text() == "2 of 7"
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Return, SHIFT)
    assert reader.find_bar.said.full_text() == "7 of 7"
    QTest.keyClick(reader, Qt.Key.Key_F3)
    assert reader.find_bar.said.full_text() == "1 of 7"
    assert not reader.page_view.sheet.barred


def test_it_begins_on_the_page_that_is_open_and_turns_pages(
    qtbot: QtBot, reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place(LEASE, 14))
    settled()
    look_for(qtbot, reader, "line 6 of page")
    assert reader.find_bar.said.full_text() == "14 of 46"
    QTest.keyClick(reader, Qt.Key.Key_F3)
    settled()
    assert reader.page == 15
    assert reader.find_bar.said.full_text() == "15 of 46"
    assert [mark.open for mark in reader.page_view.sheet.marks] == [True]


def test_what_is_not_there_is_said(qtbot: QtBot, reader: Reader, selection: Selection) -> None:
    selection.open(Place(LEASE, 14))
    look_for(qtbot, reader, "unicorn")
    assert reader.find_bar.said.full_text() == "Not found"
    assert not reader.find_bar.down.isEnabled()


def test_esc_closes_it_and_brings_the_citations_back(
    qtbot: QtBot, reader: Reader, selection: Selection, lettered: Wait
) -> None:
    selection.open_trail(Trail("citation", (Place(LEASE, 14, ((4, 90),), "Lease", 1),)))
    lettered()
    cited = reader.page_view.sheet.marks
    look_for(qtbot, reader, "notice")
    assert reader.page_view.sheet.marks != cited
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert not reader.find_bar.isVisible()
    assert len(reader.page_view.sheet.marks) == 1
    assert reader.page_view.sheet.marks[0].open
    assert reader.page_view.sheet.barred


def test_the_newest_words_win(
    qtbot: QtBot, reader: Reader, selection: Selection, engine: Engine
) -> None:
    heard: list[str] = []
    engine.received.connect(
        lambda event: heard.append(event.words) if isinstance(event, FoundInDocument) else None
    )
    selection.open(Place(LEASE, 14))
    QTest.keyClick(reader, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(reader.find_bar.field, "notice", delay=5)
    qtbot.waitUntil(lambda: "notice" in heard, timeout=PATIENCE_MS)
    assert len(heard) < len("notice")  # not every letter is looked for
    qtbot.waitUntil(lambda: reader.finder.active, timeout=PATIENCE_MS)


def test_words_are_found_in_a_text(qtbot: QtBot, reader: Reader, selection: Selection) -> None:
    selection.open(Place(NOTES))
    qtbot.waitUntil(reader.text_view.isVisible, timeout=PATIENCE_MS)
    look_for(qtbot, reader, "break")
    marked = [mark.cursor.selectedText() for mark in reader.text_view.extraSelections()]
    assert marked
    assert {word.lower() for word in marked} == {"break"}


def test_a_place_far_away_in_a_text_is_gone_to(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place(LONG))
    qtbot.waitUntil(reader.text_view.isVisible, timeout=PATIENCE_MS)
    look_for(qtbot, reader, "paragraph 9876 of")
    qtbot.waitUntil(lambda: reader.text_view.start > 0, timeout=PATIENCE_MS)
    marked = [mark.cursor.selectedText() for mark in reader.text_view.extraSelections()]
    assert marked == ["Paragraph 9876 of"]


def test_another_document_is_searched_for_the_same_words(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place(LEASE, 14))
    look_for(qtbot, reader, "break")
    assert reader.find_bar.said.full_text() == "Not found"
    selection.open(Place(NOTES))
    qtbot.waitUntil(lambda: reader.finder.active, timeout=PATIENCE_MS)
    assert reader.find_bar.said.full_text().startswith("1 of")
