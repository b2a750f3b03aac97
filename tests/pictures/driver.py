"""A real window on a real engine, driven from outside, that waits for what it wants to see."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from made_papers import make_papers  # type: ignore[import-not-found]  # it lies beside this script
from PySide6.QtCore import QEventLoop, QMimeData, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.frame.shell import Shell
from strongroom_desktop.frame.window import Window
from strongroom_desktop.paths import assets_folder
from strongroom_engine import protocol as wire

WAIT_S = 240


def prepare_home(home: Path) -> None:
    """Settings and logs of this run lie in `home`; models stay where they are."""
    from strongroom_engine.settings import models_folder

    os.environ["STRONGROOM_MODELS"] = str(models_folder())
    os.environ["STRONGROOM_HOME"] = str(home / "home")
    os.environ["LANG"] = "en_GB.UTF-8"


class Driver:
    """`shell` is the program; `events` is all that its engine ever said; `documents` is a folder of
    the user's own to be indexed."""

    def __init__(self, home: Path, pictures: Path, documents: Path | None = None) -> None:
        self.home, self.pictures, self.documents = home, pictures, documents
        self.papers = home / "Papers" / "Mill Yard"
        self.papers.parent.mkdir()
        shutil.copytree(assets_folder() / "samples", self.papers)
        self.more = home / "Papers" / "Firm know-how"
        make_papers(self.more)
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        self.application = QApplication(sys.argv[:1])
        self.application.setApplicationName("Strongroom")
        self.application.setQuitOnLastWindowClosed(False)
        self.engine = Engine(host_command(home / "library", home / "key"))
        self.events: list[object] = []
        self.at_end: list[Callable[[], None]] = []
        self.engine.received.connect(self.events.append)
        settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        settings.setValue("look/scheme", "light")
        self.shell = Shell(self.engine, settings)
        self.shell.show()
        self.engine.start()
        self.size(1440, 900)

    @property
    def window(self) -> Window:
        return self.shell.window

    def save(self, name: str) -> None:
        self.turn(250)
        self.window.grab().save(str(self.pictures / f"{name}.png"))

    def save_looks(self, name: str) -> None:
        """The same in light and dark, small and large; it ends light and large."""
        for scheme in ("dark", "light"):
            self.window.theme.set_scheme(scheme)
            for width, height in ((900, 640), (1440, 900)):
                self.size(width, height)
                self.save(f"{name}-{scheme}-{width}")

    def size(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.turn(300)

    def of(self, kind: type[wire.Message]) -> list[wire.Message]:
        return [event for event in self.events if isinstance(event, kind)]

    def drop(self, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
        self.window.dropEvent(event)

    def ask(self, question: str) -> None:
        """Ask and wait for the whole answer."""
        before = len(self.of(wire.Answered))
        self.window.ask.asked.emit(question, (), "answer", "")
        self.wait(lambda: len(self.of(wire.Answered)) > before)
        self.turn(600)

    def type_(self, text: str, into: QWidget | None = None) -> None:
        QTest.keyClicks(into or self.window.ask.editor, text)
        self.turn(900)

    def press(self, keys: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(self.application.focusWidget() or self.window, keys, held)
        self.turn(400)

    def at_rest(self) -> bool:
        told = self.of(wire.Progress)
        return bool(told) and getattr(told[-1], "progress", None) is None

    def wait(self, until: Callable[[], bool], most_s: float = WAIT_S) -> None:
        end = time.monotonic() + most_s
        while not until() and time.monotonic() < end:
            self.turn(30)

    def turn(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def end(self) -> None:
        self.shell.ended.connect(self.application.quit)
        self.shell.quit()
        self.application.exec()
        for undo in self.at_end:
            undo()
