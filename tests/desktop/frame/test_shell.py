"""What outlives a window: background, quitting, another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from strongroom_desktop import wording
from strongroom_desktop.client import Engine
from strongroom_desktop.frame.shell import KEEP, LANGUAGE, Shell
from strongroom_desktop.frame.tray import LongIndex, Tray
from strongroom_engine import protocol as wire
from strongroom_engine.types import Progress

PATIENCE_MS = 20_000
StartEngine = Callable[..., Engine]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def shell(
    start_engine: StartEngine, settings: QSettings, qtbot: QtBot, qapp: QApplication
) -> Iterator[Shell]:
    settings.setValue(LANGUAGE, "en")
    engine = start_engine(wait=False)
    shell = Shell(engine, settings)
    shell.show()
    qtbot.waitUntil(lambda: shell.window.stages.current == "desk", timeout=PATIENCE_MS)
    yield shell
    shell.window.hide()
    shell.window.deleteLater()
    qapp.processEvents()
    wording.use_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    qapp.setStyleSheet("")


def test_closing_the_window_ends_the_engine(shell: Shell, qtbot: QtBot) -> None:
    shell._settings.setValue(KEEP, 0)
    with qtbot.waitSignal(shell.ended, timeout=PATIENCE_MS):
        shell.window.close()


def test_in_the_background_the_engine_goes_on(shell: Shell, qtbot: QtBot) -> None:
    shell._settings.setValue(KEEP, 1)
    shell.window.close()
    assert not shell.window.isVisible()
    qtbot.wait(200)
    assert shell._engine.running
    shell.show()
    qtbot.waitUntil(shell.window.isActiveWindow, timeout=PATIENCE_MS)
    with qtbot.waitSignal(shell.ended, timeout=PATIENCE_MS):
        QTest.keyClick(shell.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_another_language_gets_a_new_window_that_shows_the_same(
    shell: Shell, qtbot: QtBot, qapp: QApplication
) -> None:
    old = shell.window
    old.go_to("problems")
    shell.choose_language("de")
    assert shell.window is not old
    assert wording.language() == "de"
    qtbot.waitUntil(lambda: shell.window.stages.current == "desk", timeout=PATIENCE_MS)
    assert shell.window.place == "problems"
    assert shell._engine.running
    qapp.processEvents()  # the old window goes: nothing of it may hear of the engine any more
    shell._engine.send(wire.ListSources())
    shell.window.theme.set_text_percent(115)
    qtbot.wait(300)
    shell.choose_language("en")
    qtbot.waitUntil(shell.window.centre.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(shell.findChildren(Tray)) == 1, timeout=PATIENCE_MS)


def test_the_language_waits_for_the_answer(shell: Shell, qtbot: QtBot) -> None:
    old = shell.window
    old.conversation.ask("slow")
    assert old.conversation.answering
    shell.choose_language("de")
    assert shell.window is old
    old.conversation.stop()
    qtbot.waitUntil(lambda: shell.window is not old, timeout=PATIENCE_MS)


def test_a_long_index_is_told_when_it_is_done(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    long = LongIndex(engine)
    long.done.connect(told.append)
    reading = wire.Progress(progress=Progress(7, 9, "a.pdf"))
    engine.received.emit(reading)
    engine.received.emit(wire.Progress())
    assert told == []  # it was quick
    monkeypatch.setattr(LongIndex, "LONG_S", 0)
    engine.received.emit(reading)
    engine.received.emit(wire.Progress())
    engine.received.emit(wire.Progress())
    assert told == [7]


def test_the_tray_pauses_and_goes_on(engine: Engine, qtbot: QtBot) -> None:
    tray = Tray(engine, QApplication.windowIcon())
    engine.received.emit(wire.Indexing(paused=True, why="user"))
    assert tray._pause.text() == "Go on indexing"
    engine.received.emit(wire.Indexing(paused=True, why="battery"))
    assert tray._pause.text() == "Pause indexing"
    tray.say("nothing", "is shown where there is no tray")


def test_alt_and_f10_show_the_menus(shell: Shell, qtbot: QtBot) -> None:
    bar = shell.window.menus.bar
    assert not bar.isVisible()
    QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_F10)
    assert bar.isVisible()
    texts = [action.text() for menu in bar.findChildren(QMenu) for action in menu.actions()]
    assert "Quit Strongroom" in texts
    opened = QApplication.activePopupWidget()
    assert opened is not None
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=PATIENCE_MS)
    QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_Alt)
    assert bar.isVisible()
    shell.window.menus.toggle()
    assert not bar.isVisible()
