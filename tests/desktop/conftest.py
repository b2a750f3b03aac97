"""The window's tests: Qt offscreen, the real theme, a fake engine host behind the real client."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import cast

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.style import dress_application
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_engine.protocol import Message

FAKE_HOST = Path(__file__).parent / "fake_host.py"
HOST_STARTS_MS = 20_000
"""The machine may be busy; nothing is measured by this."""
for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    # Where a test names no time of its own it waits as long, not the five seconds of pytest-qt.
    (cast(FunctionType, waiting).__kwdefaults__ or {})["timeout"] = HOST_STARTS_MS

StartEngine = Callable[..., Engine]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme("light")
    dress_application(qapp, theme)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def selection() -> Selection:
    return Selection()


def fake_command(*arguments: str) -> list[str]:
    return [sys.executable, str(FAKE_HOST), *arguments]


@pytest.fixture
def start_engine(qtbot: QtBot) -> Iterator[StartEngine]:
    """Start an `Engine` on the fake host with these arguments, and wait for its `Hello`."""
    engines: list[Engine] = []

    def start(*arguments: str, wait: bool = True) -> Engine:
        engine = Engine(fake_command(*arguments))
        engines.append(engine)
        if not wait:
            engine.start()
            return engine
        with qtbot.waitSignal(engine.started, timeout=HOST_STARTS_MS):
            engine.start()
        return engine

    yield start
    for engine in engines:
        end(qtbot, engine)


@pytest.fixture
def engine(start_engine: StartEngine) -> Engine:
    return start_engine()


def end(qtbot: QtBot, engine: Engine) -> None:
    """Stop the host and wait until it is gone."""
    if engine.gone:
        return
    with qtbot.waitSignal(engine.ended, timeout=HOST_STARTS_MS):
        engine.stop()


class Recorder:
    """Keeps what an engine said."""

    def __init__(self, engine: Engine) -> None:
        self.events: list[Message] = []
        engine.received.connect(self.events.append)

    def of(self, kind: type[Message], number: int | None = None) -> list[Message]:
        return [
            event
            for event in self.events
            if isinstance(event, kind) and (number is None or event.id == number)
        ]
