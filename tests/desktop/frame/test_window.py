"""The whole window on the fake host: stages, breakpoints, dropping, ending."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.frame.window import Window
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Place, Selection
from strongroom_engine.errors import WatchLimited
from strongroom_engine.protocol import Search, failed

PATIENCE_MS = 20_000
StartEngine = Callable[..., Engine]
OpenWindow = Callable[..., Window]


@pytest.fixture
def open_window(
    start_engine: StartEngine, selection: Selection, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> Iterator[OpenWindow]:
    """A shown window on a fake host with these arguments, once it shows the sheet `until`."""
    windows: list[Window] = []

    def open_(*arguments: str, until: str = "desk", size: tuple[int, int] = (1440, 900)) -> Window:
        engine = start_engine(*arguments, wait=False)
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = Window(engine, selection, theme, settings=settings)
        windows.append(window)
        window.resize(*size)
        window.show()
        qtbot.waitUntil(lambda: window.stages.current == until, timeout=PATIENCE_MS)
        return window

    yield open_
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


def drop(window: Window, *paths: str) -> None:
    """Drag files over the window and let them fall."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(40, 40), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window._drop_sheet.isVisible()
    fall = QDropEvent(QPointF(40, 40), copy, data, left, none)
    QApplication.sendEvent(window, fall)
    assert not window._drop_sheet.isVisible()


# --- stages --------------------------------------------------------------------------------------


def test_a_library_with_documents_opens_on_the_desk(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.status.state() == "Ready", timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: window.status.index_text() == "1,311 documents, 2 on their way",
        timeout=PATIENCE_MS,
    )
    assert window.status.model_text() == "Qwen2.5 7B Instruct"
    assert window.place == "desk"


def test_an_empty_library_opens_on_the_first_run(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("--empty", until="welcome")
    qtbot.waitUntil(lambda: "A model is ready" in window.welcome.text(), timeout=PATIENCE_MS)
    assert window.welcome.text().splitlines()[0] == "next done later"
    assert window.welcome.samples.isVisibleTo(window.welcome)


def test_a_dropped_folder_leads_to_the_desk(
    open_window: OpenWindow, selection: Selection, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("--empty", until="welcome")
    drop(window, str(tmp_path))
    qtbot.waitUntil(lambda: window.stages.current == "desk", timeout=PATIENCE_MS)
    assert selection.collections == (tmp_path.name,)


def test_a_refused_folder_is_said(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    drop(window, "/missing/folder")
    qtbot.waitUntil(window.notice.isVisible, timeout=PATIENCE_MS)
    assert window.notice.text().startswith("/missing/folder does not exist or cannot be read.")


def test_text_that_is_dragged_is_no_document(open_window: OpenWindow) -> None:
    window = open_window()
    data = QMimeData()
    data.setText("not a file")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(4, 4), Qt.DropAction.CopyAction, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_a_locked_library_asks_for_its_passphrase(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("--locked", "passphrase", until="unlock")
    sheet = window.unlock
    assert not sheet.again.isVisible()
    QTest.keyClicks(sheet.passphrase, "wrong horse")
    sheet.submit()
    qtbot.waitUntil(lambda: bool(sheet.problem()), timeout=PATIENCE_MS)
    assert "does not open the library" in sheet.problem()
    assert "Nothing was changed." in sheet.problem()
    assert sheet.passphrase.text() == "wrong horse"  # nothing typed is lost
    sheet.passphrase.setText("correct horse")
    sheet.submit()
    qtbot.waitUntil(lambda: window.stages.current == "welcome", timeout=PATIENCE_MS)
    assert sheet.passphrase.text() == ""


def test_a_new_passphrase_is_typed_twice(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("--locked", "new-passphrase", until="unlock")
    sheet = window.unlock
    sheet.submit()
    assert sheet.problem() == "Type the passphrase."
    QTest.keyClicks(sheet.passphrase, "short")
    assert sheet.problem() == ""
    sheet.submit()
    assert sheet.problem().startswith("Use at least 8 characters.")
    sheet.passphrase.setText("long enough words")
    QTest.keyClicks(sheet.again, "long enough word")
    sheet.submit()
    assert sheet.problem() == "The two are not the same."
    QTest.keyClicks(sheet.again, "s")
    assert sheet.passphrase.echoMode() == QLineEdit.EchoMode.Password
    sheet.submit()
    qtbot.waitUntil(lambda: window.stages.current == "welcome", timeout=PATIENCE_MS)


def test_a_library_that_does_not_open_says_why(open_window: OpenWindow) -> None:
    window = open_window("--busy", until="closed")
    assert window.closed_sheet.text().startswith("Another Strongroom is writing to the library")


# --- places --------------------------------------------------------------------------------------


def test_problems_are_grouped_by_reason(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.go_to("problems")
    qtbot.waitUntil(lambda: bool(window.pages.problems.text()), timeout=PATIENCE_MS)
    heads = [line.partition(":")[0] for line in window.pages.problems.text().splitlines()]
    assert heads == ["Pictures without text 2", "Needs a password 1", "Damaged 1"]
    assert window.pages.problems.subtitle.full_text() == "4 of 1,311 documents are not in the index"
    assert not window.reader.isVisible()


def test_opening_a_document_returns_to_the_desk(
    open_window: OpenWindow, selection: Selection
) -> None:
    window = open_window()
    window.go_to("problems")
    selection.open(Place("/papers/Holt/a.pdf", 1), preview=True)
    assert window.place == "problems"
    selection.open(Place("/papers/Holt/a.pdf", 1))
    assert window.place == "desk"
    assert window.reader.isVisible()


def test_a_collection_being_indexed_has_its_page(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("--delay-ms", "60")
    drop(window, "/papers/New audits")
    page = window.pages.collection
    qtbot.waitUntil(lambda: window.status.state() == "Indexing", timeout=PATIENCE_MS)
    window.status.index_chosen.emit()
    assert window.place == "collection"
    window.show_collection("New audits")
    qtbot.waitUntil(lambda: page.pace.share.text() == "10 documents", timeout=PATIENCE_MS)
    assert page.notice.sentence.text() == "Answers rest on 10 documents."
    qtbot.waitUntil(lambda: window.status.state() == "Ready", timeout=PATIENCE_MS)


def test_the_engine_s_death_is_said_and_goes_by_itself(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.engine.send(Search(question="die"))
    qtbot.waitUntil(window.notice.isVisible, timeout=PATIENCE_MS)
    assert window.notice.text() == (
        "The engine stopped and is being started again. Nothing you typed or asked is lost."
    )
    assert window.status.state() == "Starting again"
    qtbot.waitUntil(lambda: not window.notice.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.status.state() == "Ready", timeout=PATIENCE_MS)
    assert window.stages.current == "desk"


# --- breakpoints ---------------------------------------------------------------------------------


def widths(window: Window) -> tuple[int, int, int]:
    return tuple(
        pane.width() if pane.isVisible() else 0
        for pane in (window.sidebar, window.centre, window.reader)
    )  # type: ignore[return-value]  # three of them


def resize(window: Window, width: int, height: int = 700) -> None:
    window.resize(width, height)
    QApplication.processEvents()


def test_widths_follow_the_grid(open_window: OpenWindow) -> None:
    window = open_window()
    sidebar, centre, reader = widths(window)
    assert (sidebar, centre + reader) == (280, 1440 - 280 - 2)
    assert abs(reader - 520) <= 2
    resize(window, 1920)
    assert widths(window)[0] == 280
    assert abs(widths(window)[2] - 1000) <= 2  # what is left goes to the reader
    resize(window, 900, 600)
    sidebar, centre, reader = widths(window)
    assert sidebar == 0
    assert abs(centre - 512) <= 2
    assert abs(reader - 388) <= 2


def test_below_1080_the_sidebar_lies_over_the_centre(open_window: OpenWindow) -> None:
    window = open_window(size=(1000, 700))
    assert not window.sidebar.isVisible()
    assert window.panes.toggle.isVisible()
    before = widths(window)[1:]
    window.panes.toggle_sidebar()
    assert window.panes.sidebar_over
    assert widths(window)[1:] == before  # nothing jumps beneath it
    assert window.panes.step_back()
    assert not window.panes.sidebar_over
    resize(window, 1200)
    assert window.sidebar.isVisible()
    assert not window.panes.sidebar_over


def test_below_820_the_reader_covers_the_centre(
    open_window: OpenWindow, selection: Selection
) -> None:
    window = open_window(size=(760, 600))
    assert not window.reader.isVisible()
    selection.open(Place("/papers/Holt/a.pdf", 1), preview=True)
    assert not window.reader.isVisible()
    selection.open(Place("/papers/Holt/a.pdf", 1))
    assert window.reader.isVisible()
    assert not window.centre.isVisible()
    assert window.panes.step_back()
    assert window.centre.isVisible()


def test_the_keyboard_hides_and_shows(open_window: OpenWindow) -> None:
    window = open_window()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.sidebar.isVisible()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.sidebar.isVisible()
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "problems"
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "desk"
    assert window.ask.isAncestorOf(window.focusWidget())


def test_widths_are_remembered(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.panes.sidebar_width = 330
    window.panes.arrange()
    window.close()
    again = open_window()
    assert again.panes.sidebar_width == 330
    assert widths(again)[0] == 330


def test_the_sidebar_is_wider_in_larger_text(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(1440, 900)
    QApplication.processEvents()
    usual = window.sidebar.width()
    window.theme.set_text_percent(150)
    QApplication.processEvents()
    assert window.sidebar.width() == round(usual * 1.25)
    assert window.panes.sidebar_width == usual


def _has_room(button: QAbstractButton) -> bool:
    """Whether its text fits; what just came is laid out in the loop's next turn."""
    return button.width() >= button.minimumSizeHint().width()


@pytest.mark.parametrize("size", [(900, 600), (1440, 900), (3840, 2160)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off(
    open_window: OpenWindow, theme: Theme, qtbot: QtBot, size: tuple[int, int], scheme: str
) -> None:
    """Every button that is shown has room for its text, in every place and size."""
    theme.set_scheme(scheme)
    window = open_window(size=size)
    for place in ("desk", "problems"):
        window.go_to(place)
        QApplication.processEvents()
        assert window.size() == QSize(*size)
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.property("kind") not in (None, "example"):
                qtbot.waitUntil(partial(_has_room, button), timeout=1_000)
                at = button.mapTo(window, button.rect().bottomRight())
                assert at.x() <= window.width(), button.text()
        assert not window.grab().isNull()


def test_every_button_has_a_name(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    nameless = []
    for name in window.centre.names:
        if name == "collection":
            window.show_collection(window.selection.collections[0])
        else:
            window.go_to(name)
        qtbot.wait(150)
        nameless += [
            f"{name}: {button.objectName() or type(button).__name__}"
            for button in window.findChildren(QAbstractButton)
            if not (button.accessibleName() or button.text())
            and not button.objectName().startswith("qt_")
            and button.isVisible()
        ]
    assert nameless == []


# --- ending --------------------------------------------------------------------------------------


def test_nothing_is_left_after_closing(open_window: OpenWindow, qtbot: QtBot) -> None:
    threads = set(threading.enumerate())
    before = psutil.Process().children(recursive=True)  # what other tests share
    window = open_window()
    engine = window.engine
    children = set(psutil.Process().children(recursive=True)).difference(before)
    assert children
    window.closed.connect(engine.stop)
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        window.close()
    assert not [child for child in children if child.is_running() and child.status() != "zombie"]
    assert set(threading.enumerate()) <= threads


def test_a_folder_dropped_meanwhile_is_said_to_be_next(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    """The engine takes folders in one by one: a second one may not show for a long while."""
    window = open_window("--delay-ms", "100")
    drop(window, "/papers/First")
    assert not window.notice.isVisible()
    drop(window, "/papers/Second")
    assert window.notice.text() == "\u201cSecond\u201d is next, when what is being read is done."
    assert window.notice.isVisible()
    qtbot.waitUntil(lambda: not window.intake._requests, timeout=PATIENCE_MS)
    window.notice.hide()
    drop(window, "/papers/Third")
    assert not window.notice.isVisible()


def test_a_source_that_is_polled_is_mentioned(open_window: OpenWindow) -> None:
    window = open_window()
    polled = WatchLimited(path="/net/papers", why="it is full")
    window.engine.received.emit(failed(0, polled))
    assert window.notice.text() == str(polled)
    assert window.notice._gone.isActive()
    assert window.stages.current == "desk"


def test_tab_passes_nothing_over(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.put_question("When does the lease end?", (), "answer", "")
    qtbot.waitUntil(lambda: not window.conversation.answering, timeout=PATIENCE_MS)
    window.activateWindow()
    window.ask.focus_field()
    names: list[str] = []
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached = QApplication.focusWidget()
        assert reached is not None
        names.append(reached.accessibleName())
    wanted = (
        "New conversation",
        "Models",
        "Add folders or files",
        "Change the question",
        "Answer",
    )
    assert [name for name in wanted if name not in names] == []


def test_a_region_gives_the_keyboard_to_what_is_read(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.put_question("When does the lease end?", (), "answer", "")
    qtbot.waitUntil(lambda: not window.conversation.answering, timeout=PATIENCE_MS)
    window.activateWindow()
    window.conversation.setFocus()
    assert QApplication.focusWidget() is window.conversation.turns[-1].text
    window.conversation.new()
    window.conversation.setFocus()
    assert QApplication.focusWidget() is window.conversation
