"""The whole program: the real window on the real engine, from a dropped folder to a marked page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.frame.window import Window
from strongroom_desktop.look.style import dress_application
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_engine import protocol as wire

WAIT_MS = 180_000


class Desk:
    """A window with its engine, and everything the engine said."""

    def __init__(self, tmp_path: Path, theme: Theme) -> None:
        self.engine = Engine(host_command(tmp_path / "library", tmp_path / "key"))
        self.selection = Selection()
        self.window = Window(self.engine, self.selection, theme)
        self.events: list[object] = []
        self.engine.received.connect(self.events.append)

    def of(self, kind: type[wire.Message]) -> list[wire.Message]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    home = tmp_path / "home" / "config"
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('answer_model = "qwen2.5-coder-0.5b"\n', encoding="utf-8")
    theme = Theme("light")
    dress_application(qapp, theme)
    made = Desk(tmp_path, theme)
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    made.window.show()
    with qtbot.waitSignal(made.engine.started, timeout=WAIT_MS):
        made.engine.start()
    yield made
    with qtbot.waitSignal(made.engine.ended, timeout=WAIT_MS):
        made.window.close()
        made.engine.stop()
    qapp.setStyleSheet("")


def drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    window.dropEvent(event)


def at_rest(desk: Desk) -> bool:
    """Whether what was dropped is indexed: `Done` said so, and the last progress is none."""
    told = [event for event in desk.events if isinstance(event, wire.Progress)]
    return bool(desk.of(wire.Done)) and bool(told) and told[-1].progress is None


def test_drop_ask_check(qtbot: QtBot, desk: Desk, papers: Path) -> None:
    drop(desk.window, papers)
    qtbot.waitUntil(lambda: at_rest(desk), timeout=WAIT_MS)

    desk.window.conversation.ask("How high is the yearly rent?")
    qtbot.waitUntil(lambda: bool(desk.of(wire.Answered)), timeout=WAIT_MS)
    (answered,) = desk.of(wire.Answered)
    assert isinstance(answered, wire.Answered)
    assert answered.answer is not None
    assert answered.answer.model == "qwen2.5-coder-0.5b"
    citation = answered.answer.citations[0]
    assert citation.page == 2

    # Alt+1: the first citation opens in the reader, at its words.
    QTest.keyClick(desk.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(desk.of(wire.PageImage)), timeout=WAIT_MS)
    image = desk.of(wire.PageImage)[-1]
    assert isinstance(image, wire.PageImage)
    assert (image.file, image.page) == (str(papers / "lease.pdf"), 2)
    assert any(image.rectangles)
    assert desk.window.reader.isVisible()
    assert not desk.of(wire.Failed)
