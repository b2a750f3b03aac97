"""Selecting on a page's image, and what is copied of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.reader.copying import copied, with_source
from strongroom_desktop.reader.letters import Letters
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.selection import Place, Selection
from strongroom_engine.protocol import PageLines
from strongroom_engine.types import PageLine

LEASE = "/papers/Holt/Lease and deeds/Lease.pdf"
Wait = Callable[[], None]


def at(reader: Reader, x: float, y: float) -> QPointF:
    page = reader.page_view.page_rect()
    return page.topLeft() + QPointF(x * page.width(), y * page.height())


def mouse(reader: Reader, kind: QEvent.Type, place: QPointF) -> None:
    view = reader.page_view.viewport()
    moved = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moved else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, place, QPointF(view.mapToGlobal(place)), button, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def drag(reader: Reader, start: QPointF, end: QPointF) -> None:
    mouse(reader, QEvent.Type.MouseButtonPress, start)
    mouse(reader, QEvent.Type.MouseMove, end)
    mouse(reader, QEvent.Type.MouseButtonRelease, end)


def clicks(reader: Reader, place: QPointF, count: int) -> None:
    for _ in range(count):
        mouse(reader, QEvent.Type.MouseButtonPress, place)
        mouse(reader, QEvent.Type.MouseButtonRelease, place)


@pytest.fixture
def page(reader: Reader, selection: Selection, lettered: Wait) -> Reader:
    selection.open(Place(LEASE, 14))
    lettered()
    return reader


def test_a_drag_selects_and_is_copied_whole(page: Reader) -> None:
    drag(page, at(page, 0.151, 0.215), at(page, 0.149, 0.315))
    text = page.selected
    assert text.startswith("nation")
    assert text.endswith("a termi-\n")
    drag(page, at(page, 0.7, 0.215), at(page, 0.6, 0.315))
    assert "termi-\n" in page.selected
    QTest.keyClick(page.page_view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "termi-" not in QGuiApplication.clipboard().text()


def test_it_is_shown_what_is_selected(page: Reader) -> None:
    before = page.page_view.viewport().grab().toImage()
    drag(page, at(page, 0.3, 0.215), at(page, 0.6, 0.215))
    after = page.page_view.viewport().grab().toImage()
    inside, outside = at(page, 0.45, 0.202).toPoint(), at(page, 0.45, 0.4).toPoint()
    assert before.pixelColor(inside) != after.pixelColor(inside)
    assert before.pixelColor(outside) == after.pixelColor(outside)


def test_clicks_select_a_word_then_a_line(page: Reader) -> None:
    text = page.page_view.pointer._letters.text  # type: ignore[union-attr]
    word = text.index("lease")
    place = at(page, 0.15 + 0.7 * (word + 2.5) / 100, 0.215)
    clicks(page, place, 1)
    assert page.selected == ""
    clicks(page, place, 1)
    assert page.selected == "lease"
    clicks(page, place, 1)
    assert page.selected == text.split("\n")[0]


def test_the_page_is_selected_by_a_key(page: Reader) -> None:
    QTest.keyClick(page.page_view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.selected.count("of page 14") == 7
    page.go_to(15)
    assert page.selected == ""


def test_the_menu_of_what_is_selected(page: Reader, qtbot: QtBot) -> None:
    clicks(page, at(page, 0.5, 0.215), 2)
    menu = page.context_menu()
    entries = {each.text(): each for each in menu.actions()}
    entries["Copy with source"].trigger()
    word = page.selected
    assert QGuiApplication.clipboard().text() == f"“{word}”\nLease.pdf, p. 14"
    with qtbot.waitSignal(page.quote_wanted) as asked:
        entries["Ask about this"].trigger()
    assert asked.args == [f"“{word}”"]


def test_the_documents_menu(page: Reader, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.knowing.facts is not None, timeout=10_000)
    menu = page.document_menu()
    entries = {each.text(): each for each in menu.actions()}
    assert list(entries)[:3] == [
        "46 pages, 1.2 MB",
        "Changed 3 March 2024",
        "Read as PDF, 80 passages in the index",
    ]
    entries["Copy the path"].trigger()
    assert QGuiApplication.clipboard().text() == LEASE
    with qtbot.waitSignal(page.ask_about) as asked:
        entries["Ask about this document"].trigger()
    assert asked.args == [[LEASE]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a termi-\nnation", "a termination"),
        ("a termi\u00ad\n  nation", "a termination"),
        ("Mill-\nYard", "Mill-Yard"),
        ("1900-\n1950", "1900-\n1950"),
        ("so\u00adft", "soft"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_hyphens_of_line_ends(text: str, expected: str) -> None:
    assert copied(text) == expected


def test_a_source_without_pages_is_named_without_one() -> None:
    assert with_source("a\nb", "/x/Notes.md", "") == "“a b”\nNotes.md"


# --- geometry ------------------------------------------------------------------------------------


def line(start: int, x: float, y: float, text: str) -> PageLine:
    edges = [round((x + 0.01 * n) * 10_000) for n in range(len(text) + 1)]
    pairs = tuple(edge for n in range(len(text)) for edge in edges[n : n + 2])
    return PageLine(start, (x, y, x + 0.01 * len(text), y + 0.02), pairs)


def two_columns() -> Letters:
    rows = ["left one full", "left", "right one full", "right two full"]
    text = "\n".join(rows[:2]) + "\n\n" + "\n".join(rows[2:])
    starts = [
        text.index(rows[0]),
        text.index("\nleft\n") + 1,
        text.index(rows[2]),
        text.index(rows[3]),
    ]
    places = [(0.1, 0.1), (0.1, 0.13), (0.5, 0.1), (0.5, 0.13)]
    lines = tuple(line(s, *p, r) for s, p, r in zip(starts, places, rows, strict=True))
    return Letters(PageLines(text=text, lines=lines))


def test_a_drag_goes_down_a_column_before_the_next() -> None:
    letters = two_columns()
    start, end = letters.under(0.1, 0.11, 1.4), letters.under(0.5, 0.14, 1.4)
    assert start == 0
    assert end is not None
    assert letters.text[:end] == "left one full\nleft\n\nright one full\n"


def test_beside_a_short_line_that_line_is_meant() -> None:
    letters = two_columns()
    place = letters.under(0.22, 0.14, 1.4)
    assert place is not None
    assert letters.text[:place] == "left one full\nleft"
    (rectangle,) = letters.rectangles(0, 4)
    assert rectangle == pytest.approx((0.1, 0.1, 0.14, 0.12))


def test_a_page_without_text_has_nothing_to_select() -> None:
    letters = Letters(PageLines())
    assert letters.under(0.5, 0.5, 1.4) is None
    assert letters.rectangles(0, 9) == ()
    assert letters.line(3) == (0, 0)
