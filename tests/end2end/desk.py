"""The whole program in a test: the real window on the real engine, and everything that was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop import wording
from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.frame.shell import KEEP, LANGUAGE, Shell
from strongroom_desktop.frame.window import Window
from strongroom_engine import protocol as wire

MODEL = "qwen2.5-coder-0.5b"
WAIT_MS = 180_000


class Desk:
    """`shell` is the program, `window` its window of now."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self.engine = Engine(host_command(folder / "library", folder / "key"))
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        for name, value in ((LANGUAGE, "en"), (KEEP, 0), ("look/scheme", "light")):
            if not self.settings.contains(name):
                self.settings.setValue(name, value)
        self.shell = Shell(self.engine, self.settings)
        self.events: list[object] = []
        self.engine.received.connect(self.events.append)

    @property
    def window(self) -> Window:
        return self.shell.window

    @property
    def turns(self) -> list[Turn]:
        return self.window.conversation.turns

    def of(self, kind: type[wire.Message]) -> list[wire.Message]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait(self, until: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(until()), timeout=WAIT_MS)

    def add(self, folder: Path) -> None:
        """Drop a folder on the window, and wait until it is indexed."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(folder))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
        self.window.dropEvent(event)
        self.wait(self.at_rest)
        self.wait(lambda: self.window.stages.current == "desk")

    def at_rest(self) -> bool:
        """Whether what was dropped is indexed: `Done` said so, and the last progress is none."""
        told = [event for event in self.events if isinstance(event, wire.Progress)]
        return bool(self.of(wire.Done)) and bool(told) and told[-1].progress is None

    def put(self, question: str, task: str = "answer") -> None:
        """Write a question into the field and ask it."""
        ask = self.window.ask
        self.window.focus_ask()
        ask.set_task(task)
        ask.editor.set_text("")
        QTest.keyClicks(ask.editor, question)
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)

    def ask(self, question: str, task: str = "answer") -> Turn:
        """Ask, and wait for the whole answer."""
        before = len(self.turns)
        self.put(question, task)
        self.wait(lambda: len(self.turns) > before and not self.turns[-1].open)
        return self.turns[-1]

    def click_chip(self, turn: Turn, index: int = 0) -> None:
        """Click the first citation's number in an answer, or a later one."""
        self._qtbot.waitUntil(lambda: len(turn.text.numbers) > index, timeout=WAIT_MS)
        self._qtbot.wait(100)  # the column comes to rest
        place = turn.text._chip_rect(turn.text._chips[index][0]).center()
        QTest.mouseClick(turn.text.viewport(), Qt.MouseButton.LeftButton, pos=place)


@contextmanager
def opened(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    """The program with the library in a folder; it is gone at the end."""
    config = folder / "home" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text(f'answer_model = "{MODEL}"\n', encoding="utf-8")
    desk = Desk(qtbot, folder)
    desk.window.resize(1440, 900)
    desk.shell.show()
    desk.engine.start()
    desk.wait(lambda: desk.engine.ready is not None)
    try:
        yield desk
    finally:
        with qtbot.waitSignal(desk.shell.ended, timeout=WAIT_MS):
            desk.shell.quit()
        desk.window.deleteLater()
        qapp.processEvents()
        wording.use_language("en")
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        qapp.setStyleSheet("")
