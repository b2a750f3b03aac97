"""A reader on the fake host, and waiting until it stands still."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.selection import Selection

PATIENCE_MS = 10_000

Wait = Callable[[], None]


@pytest.fixture
def reader(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> Reader:
    reader = Reader(engine, selection, theme)
    reader.resize(520, 700)
    qtbot.addWidget(reader)
    reader.show()
    return reader


@pytest.fixture
def settled(qtbot: QtBot, reader: Reader) -> Wait:
    """Wait until the sharp page is there and stands still."""
    return lambda: arrived(qtbot, reader)


@pytest.fixture
def lettered(qtbot: QtBot, reader: Reader, settled: Wait) -> Wait:
    """Wait until the page's letters are there, too."""

    def wait() -> None:
        settled()
        pointer = reader.page_view.pointer
        qtbot.waitUntil(lambda: pointer._letters is not None, timeout=PATIENCE_MS)

    return wait


def arrived(qtbot: QtBot, reader: Reader) -> None:
    view = reader.page_view
    qtbot.waitUntil(
        lambda: (
            view.sheet.image is not None
            and view.sheet.image.width() == view.width_px
            and not reader.showing.under_way
            and view._swell.state() != view._swell.State.Running
            and not view._travel.under_way
        ),
        timeout=PATIENCE_MS,
    )
