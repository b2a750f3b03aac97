"""The reader against the fake host: pages, marks, text, zoom, failures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.selection import Place, Selection, Trail

PATIENCE_MS = 10_000
Wait = Callable[[], None]
EMPTY = "Open a citation or a document."
LEASE = "/papers/Holt/Lease and deeds/Lease.pdf"
NOTES = "/papers/Holt/Notes on the break right.md"
CITATIONS = Trail(
    "citation",
    (
        Place(LEASE, 14, ((4, 90),), "Lease", 1),
        Place(LEASE, 14, ((300, 360),), "Lease", 2),
        Place(LEASE, 3, ((10, 20),), "Lease", 3),
    ),
)


def pixel(reader: Reader, x: float, y: float) -> QColor:
    """The colour at a place of the page, in fractions of its size."""
    page = reader.page_view.page_rect()
    point = page.topLeft() + QPointF(x * page.width(), y * page.height())
    image = reader.page_view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(point.x() * ratio), round(point.y() * ratio))


def rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def action(menu: QMenu, words: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == words)


def multiplied(first: QColor, second: QColor) -> tuple[int, ...]:
    pairs = zip(rgb(first), rgb(second), strict=True)
    return tuple(round(a * b / 255) for a, b in pairs)


def near(color: QColor, wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(rgb(color), wanted, strict=True))


def test_it_says_what_to_do_when_nothing_is_open(reader: Reader) -> None:
    assert reader.notice.isVisible()
    assert reader.notice.text == EMPTY
    assert not reader.notice.button.isVisible()


def test_a_citation_is_marked_where_it_stands(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection, theme: Theme
) -> None:
    selection.open_trail(CITATIONS)
    settled()
    white = (255, 255, 255)
    assert near(pixel(reader, 0.5, 0.215), rgb(theme.color("mark")))
    assert near(pixel(reader, 0.5, 0.515), rgb(theme.color("mark_other")))
    assert near(pixel(reader, 0.5, 0.415), white)
    assert near(pixel(reader, 0.1, 0.215), white)
    page = reader.page_view.page_rect()
    assert near(pixel(reader, 0.058 + 1 / page.width(), 0.215), rgb(theme.color("accent")))
    assert reader.bar.citation.text() == "Citation 1 of 3"
    assert (reader.bar.field.text(), reader.bar._of.text()) == ("14", "of 46")
    assert reader.header.name.full_text() == "Lease.pdf"


def test_the_page_is_drawn_pixel_for_pixel(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection
) -> None:
    selection.open_trail(CITATIONS)
    settled()
    page = reader.page_view.page_rect()
    image = reader.page_view.sheet.image
    assert image is not None
    assert image.width() == page.width() * reader.devicePixelRatioF()
    assert page.x() == int(page.x())


def test_f4_goes_from_citation_to_citation(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection, theme: Theme
) -> None:
    selection.open_trail(CITATIONS)
    settled()
    QTest.keyClick(reader, Qt.Key.Key_F4)
    settled()
    assert reader.bar.citation.text() == "Citation 2 of 3"
    assert near(pixel(reader, 0.5, 0.515), rgb(theme.color("mark")))
    QTest.keyClick(reader, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: reader.bar.field.text() == "3", timeout=PATIENCE_MS)
    QTest.keyClick(reader, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: reader.bar.field.text() == "14", timeout=PATIENCE_MS)


def test_the_dark_theme_dims_the_page_and_keeps_it_paper(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection, theme: Theme
) -> None:
    theme.set_scheme("dark")
    selection.open_trail(CITATIONS)
    settled()
    dim = theme.color("page_dim")
    assert near(pixel(reader, 0.5, 0.415), rgb(dim))
    assert near(pixel(reader, 0.5, 0.215), multiplied(theme.color("mark"), dim))


def test_zoom_asks_anew_and_shows_the_old_page_meanwhile(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection
) -> None:
    selection.open_trail(CITATIONS)
    settled()
    before = reader.page_view.width_px
    QTest.keyClick(reader, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert reader.page_view.width_px == pytest.approx(before * 1.25, abs=1)
    assert reader.page_view.sheet.image is not None
    assert reader.page_view.sheet.image.width() == before
    settled()
    assert reader.bar.fit.text() == "125 %"
    reader.bar.fit.click()
    settled()
    assert reader.page_view.width_px == before
    assert reader.bar.fit.text() == "Fit width"


def test_turning_pages(qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection) -> None:
    selection.open_trail(CITATIONS)
    settled()
    QTest.keyClick(reader.page_view, Qt.Key.Key_PageDown)
    assert reader.page_view.sheet.image is None  # a blank page at first sight
    settled()
    assert reader.bar.field.text() == "15"
    assert all(not mark.open for mark in reader.page_view.sheet.marks)
    reader.bar.previous.click()
    assert reader.page_view.sheet.image is not None  # seen before
    settled()
    assert any(mark.open for mark in reader.page_view.sheet.marks)
    reader.bar.field.setText("99")
    QTest.keyClick(reader.bar.field, Qt.Key.Key_Return)
    settled()
    assert reader.bar.field.text() == "46"
    assert not reader.bar.next.isEnabled()


def test_a_document_without_pages_is_read_as_text(
    qtbot: QtBot, reader: Reader, selection: Selection, theme: Theme
) -> None:
    text = "Notes on the break right.\n\nThe Tenant may terminate"
    start = text.index("Tenant")
    selection.open_trail(
        Trail(
            "citation",
            (Place(NOTES, None, ((start, start + 6),), "", 1), Place(NOTES, None, ((0, 5),))),
        )
    )
    qtbot.waitUntil(reader.text_view.isVisible, timeout=PATIENCE_MS)
    assert reader.text_view.toPlainText().startswith(text)
    assert not reader.bar._pager.isVisible()
    marks = [
        (mark.cursor.selectedText(), mark.format.background().color().name())
        for mark in reader.text_view.extraSelections()
    ]
    assert marks == [
        ("Notes", theme.color("mark_other").name()),
        ("Tenant", theme.color("mark").name()),
    ]


def test_of_a_long_text_it_says_which_part_is_shown(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place("/papers/long.txt", None, ((3, 9),)))
    qtbot.waitUntil(reader.bar.part.isVisible, timeout=PATIENCE_MS)
    assert reader.bar.part.full_text().startswith("0 to 5 % of the text")
    selection.open(Place(NOTES, None))
    qtbot.waitUntil(lambda: not reader.bar.part.isVisible(), timeout=PATIENCE_MS)


def test_a_page_that_cannot_be_drawn_says_why(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place("/papers/damaged.pdf", 1))
    qtbot.waitUntil(lambda: reader.notice.text != EMPTY, timeout=PATIENCE_MS)
    assert reader.notice.isVisible()
    assert "damaged" in reader.notice.text
    assert reader.notice.button.isVisible()
    action(reader.document_menu(), "Close the document").trigger()
    assert selection.trail is None
    assert reader.notice.text == EMPTY


def test_a_document_with_pages_opens_on_its_first(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection
) -> None:
    selection.open(Place(LEASE))
    settled()
    assert reader.bar.field.text() == "1"


def test_the_newest_page_wins(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection
) -> None:
    for page in range(1, 12):
        selection.open(Place(LEASE, page))
    settled()
    assert reader.bar.field.text() == "11"
    assert not reader.bar._steps.isVisible()


def test_a_narrow_reader_says_less(
    qtbot: QtBot, reader: Reader, settled: Wait, selection: Selection
) -> None:
    reader.resize(388, 700)
    selection.open_trail(CITATIONS)
    settled()
    assert reader.bar.citation.text() == "1 of 3"
    assert not reader.bar._zoom.isVisible()
