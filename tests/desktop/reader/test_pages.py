"""Turning pages, printed numbers, zoom that is remembered, what is fetched ahead, what is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop import outside
from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.fetching import KEPT_PAGES
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.reader.zoom import Zoom
from strongroom_desktop.selection import Place, Selection
from strongroom_engine.errors import SourceAway
from strongroom_engine.protocol import Search

PATIENCE_MS = 10_000
LEASE = "/papers/Holt/Lease and deeds/Lease.pdf"
LABELLED = "/papers/labelled.pdf"
LONG = "/papers/long.txt"
Wait = Callable[[], None]


def wheel(reader: Reader, turn: int, *, ctrl: bool = False) -> None:
    view = reader.page_view.viewport()
    keys = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_the_wheel_turns_pages_at_their_ends(
    reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place(LEASE, 3))
    settled()
    bar = reader.page_view.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    wheel(reader, -120)
    assert reader.page == 3  # one notch is not enough
    wheel(reader, -120)
    settled()
    assert (reader.page, bar.value()) == (4, 0)
    wheel(reader, 120)
    wheel(reader, 120)
    settled()
    assert (reader.page, bar.value()) == (3, bar.maximum())
    wheel(reader, 120, ctrl=True)
    settled()
    assert reader.bar.fit.text() == "125 %"


def test_keys_turn_pages(reader: Reader, selection: Selection, settled: Wait) -> None:
    selection.open(Place(LEASE, 3))
    settled()
    view = reader.page_view
    bar = view.verticalScrollBar()
    for key, page in (
        (Qt.Key.Key_PageDown, 4), (Qt.Key.Key_PageUp, 3), (Qt.Key.Key_End, 46),
        (Qt.Key.Key_PageDown, 46), (Qt.Key.Key_Home, 1), (Qt.Key.Key_PageUp, 1),
    ):  # fmt: skip
        QTest.keyClick(view, key)
        settled()
        assert (reader.page, bar.value()) == (page, 0)
    QTest.keyClick(view, Qt.Key.Key_Space)
    settled()
    assert (reader.page, bar.value()) == (1, bar.maximum())
    QTest.keyClick(view, Qt.Key.Key_Space)
    settled()
    assert (reader.page, bar.value()) == (2, 0)


def test_printed_numbers_are_shown_and_taken(
    qtbot: QtBot, reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place(LABELLED, 2))
    settled()
    assert (reader.bar.field.text(), reader.bar._of.text()) == ("ii", "(2 of 46)")
    qtbot.waitUntil(lambda: bool(reader.bar._labels), timeout=PATIENCE_MS)
    reader.bar.field.setText("III")
    QTest.keyClick(reader.bar.field, Qt.Key.Key_Return)
    settled()
    assert reader.page == 3
    reader.bar.field.setText("nonsense")
    QTest.keyClick(reader.bar.field, Qt.Key.Key_Return)
    assert reader.bar.field.text() == "iii"


def test_neighbours_are_fetched_ahead_and_shown_at_once(
    qtbot: QtBot, reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place(LEASE, 10))
    settled()
    pages = reader.showing.pages
    qtbot.waitUntil(lambda: pages.kept(LEASE, 9) is not None, timeout=PATIENCE_MS)
    assert pages.kept(LEASE, 11) is not None
    reader.go_to(11)
    image = reader.page_view.sheet.image
    assert image is not None
    assert image.width() == reader.page_view.width_px


def test_only_some_pages_are_kept(
    qtbot: QtBot, reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place(LEASE, 1))
    for page in range(1, 15):
        reader.go_to(page)
        settled()
    assert len(reader.showing.pages._kept) <= KEPT_PAGES


def test_the_whole_page_fits(reader: Reader, selection: Selection, settled: Wait) -> None:
    selection.open(Place(LEASE, 1))
    settled()
    reader.bar.fit.click()
    settled()
    assert reader.bar.fit.text() == "Fit page"
    assert reader.page_view.verticalScrollBar().maximum() == 0
    reader.bar.fit.click()
    settled()
    assert reader.bar.fit.text() == "Fit width"


def test_zoom_is_remembered(
    qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = Reader(engine, selection, theme, settings=settings)
    qtbot.addWidget(first)
    first.page_view.toggle_fit()
    first.text_view.zoom_by(1)
    second = Reader(engine, selection, theme, settings=settings)
    qtbot.addWidget(second)
    assert second.page_view.zoom.fit == "page"
    assert second.text_view.zoom == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("saved", "fit", "factor"),
    [("page", "page", 1.0), ("1.5", "", 1.5), ("nonsense", "width", 1.0), ("99", "width", 1.0)],
)
def test_a_saved_zoom(saved: str, fit: str, factor: float) -> None:
    zoom = Zoom()
    zoom.restore(saved)
    assert (zoom.fit, zoom.factor) == (fit, factor)
    again = Zoom()
    again.restore(zoom.saved())
    assert again == zoom


def test_pages_need_not_be_dimmed(
    reader: Reader, selection: Selection, settled: Wait, theme: Theme
) -> None:
    theme.set_scheme("dark")
    theme.set_dims_pages(False)
    selection.open(Place(LEASE, 1))
    settled()
    corner = reader.page_view.page_rect().topLeft().toPoint() + QPoint(10, 10)
    image: QImage = reader.page_view.viewport().grab().toImage()
    assert image.pixelColor(corner) == QColor("white")


def test_a_long_text_is_loaded_on_and_let_go(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place(LONG))
    view = reader.text_view
    qtbot.waitUntil(view.isVisible, timeout=PATIENCE_MS)
    bar = view.verticalScrollBar()
    seen = []
    while view.end < view.total:
        bar.setValue(bar.maximum())
        seen.append((view.start, view.end))
        qtbot.waitUntil(lambda: view.end > seen[-1][1], timeout=PATIENCE_MS)
    assert view.start > 0  # the beginning was let go
    assert view.toPlainText().rstrip().endswith("Paragraph 9999 of a long text.")
    QTest.keyClick(view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: view.start == 0, timeout=PATIENCE_MS)
    assert view.toPlainText().startswith("Paragraph 0 of")


def test_what_comes_before_does_not_move_what_is_seen(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place(LONG, None, ((200_000, 200_010),)))
    view = reader.text_view
    qtbot.waitUntil(lambda: view.start > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view._travel.under_way, timeout=PATIENCE_MS)
    start = view.start
    view.verticalScrollBar().setValue(view.verticalScrollBar().pageStep() - 1)
    before = view.cursorForPosition(QPoint(60, 60)).block().text()
    qtbot.waitUntil(lambda: view.start < start, timeout=PATIENCE_MS)
    assert view.cursorForPosition(QPoint(60, 60)).block().text() == before


def test_of_a_page_that_cannot_be_drawn_the_text_is_shown(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place("/papers/damaged.pdf", 1))
    qtbot.waitUntil(reader.notice.as_text.isVisible, timeout=PATIENCE_MS)
    reader.notice.as_text.click()
    qtbot.waitUntil(reader.text_view.isVisible, timeout=PATIENCE_MS)
    assert reader.text_view.toPlainText().startswith("Notes on the break right.")


def test_words_are_found_in_the_text_of_a_page_that_cannot_be_drawn(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place("/papers/damaged.pdf", 1))
    qtbot.waitUntil(reader.notice.as_text.isVisible, timeout=PATIENCE_MS)
    reader.notice.as_text.click()
    qtbot.waitUntil(reader.text_view.isVisible, timeout=PATIENCE_MS)
    reader.find_words()
    reader.find_bar.field.setText("of page 7")
    qtbot.waitUntil(
        lambda: reader.finder.active and bool(reader.text_view.extraSelections()),
        timeout=PATIENCE_MS,
    )
    assert reader.text_view.isVisible()
    assert len(reader.text_view.extraSelections()) == 1


def test_a_place_on_a_page_is_drawn_whatever_the_files_name(
    reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place("/papers/lease.bin", 3, ((4, 90),)))
    settled()
    assert reader.page == 3
    assert [mark.open for mark in reader.page_view.sheet.marks] == [True]


def test_a_page_is_read_out(reader: Reader, selection: Selection, lettered: Wait) -> None:
    selection.open(Place(LEASE, 3))
    lettered()
    assert "of page 3" in reader.page_view.accessibleDescription()


def test_a_file_that_was_moved_is_opened_where_it_is(
    qtbot: QtBot, reader: Reader, selection: Selection
) -> None:
    selection.open(Place("/papers/moved.pdf", 14))
    qtbot.waitUntil(reader.notice.moved.isVisible, timeout=PATIENCE_MS)
    assert not reader.notice.button.isVisible()
    reader.notice.moved.click()
    qtbot.waitUntil(reader.page_view.isVisible, timeout=PATIENCE_MS)
    assert reader.place is not None
    assert reader.place.page == 14


def test_a_drive_that_is_away_is_said(reader: Reader) -> None:
    reader.notice.show_problem(SourceAway(path="/media/x"), was_text=False)
    assert "/media/x" in reader.notice.text
    assert not reader.notice.as_text.isHidden()
    assert reader.notice.button.isHidden()


@pytest.mark.parametrize(("file", "asked"), [("/x/a.pdf", False), ("/x/run.sh", True)])
def test_what_may_run_is_asked_about(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, file: str, asked: bool, theme: Theme
) -> None:  # fmt: skip
    opened: list[str] = []
    monkeypatch.setattr(outside, "_open", opened.append)
    outside.open_file(reader, theme, file)
    assert opened == ([] if asked else [file])
    if asked:
        sheet = QApplication.activeModalWidget()
        assert sheet is not None
        sheet.accept()  # type: ignore[attr-defined]
        assert opened == [file]


def test_a_page_is_asked_for_again_when_the_engine_is_back(
    qtbot: QtBot, engine: Engine, reader: Reader, selection: Selection, settled: Wait
) -> None:
    selection.open(Place(LEASE, 3))
    settled()
    with qtbot.waitSignal(engine.died, timeout=PATIENCE_MS):
        engine.send(Search(question="die"))
        reader.go_to(30)
    settled()
    assert reader.page == 30
    assert reader.page_view.isVisible()


def test_the_folder_is_opened_where_no_file_manager_can_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(outside, "_open", opened.append)
    monkeypatch.setattr(outside, "_told_manager", lambda _path: False)
    monkeypatch.setattr("sys.platform", "linux")
    outside.show_in_folder("/papers/Holt/Lease.pdf")
    assert opened == ["/papers/Holt"]
