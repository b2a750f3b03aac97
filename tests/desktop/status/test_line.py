"""The status line in little room, and while a library is re-embedded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.selection import Selection
from strongroom_desktop.status import StatusLine
from strongroom_desktop.text import ISOLATES
from strongroom_desktop.theme import Theme
from strongroom_engine.protocol import Progress
from strongroom_engine.types import Progress as Value

PATIENCE_MS = 20_000
SAID = "Re-embedding with multilingual-e5-small: 11,204 of 121,980, about 4 min left"


@pytest.fixture
def line(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> Iterator[StatusLine]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 40)
    line = StatusLine(engine, selection, theme, window)
    line.resize(1440, line.height())
    window.show()
    qtbot.waitUntil(lambda: line.model_text() != "", timeout=PATIENCE_MS)
    value = Value(11_204, 121_980, "re-embedding", 3.1, 240.0, 776, model="multilingual-e5-small")
    engine.received.emit(Progress(progress=value))
    yield line
    window.close()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [560, 700, 900, 1440])
def test_the_privacy_is_never_cut(
    qtbot: QtBot, line: StatusLine, theme: Theme, width: int, percent: int
) -> None:
    theme.set_text_percent(percent)
    line.resize(width, line.height())
    privacy, index = line._privacy, line._index
    qtbot.waitUntil(
        lambda: (
            privacy.width() >= privacy.sizeHint().width()
            and privacy.mapTo(line, QPoint(privacy.width(), 0)).x() <= width
        ),
        timeout=PATIENCE_MS,
    )
    assert index.geometry().right() < privacy.x()
    shown = index.text().strip(ISOLATES)
    assert shown == SAID or shown.endswith("…") or (width, percent) == (560, 150)
    assert SAID.startswith(shown.removesuffix("…"))


def test_what_is_cut_is_in_the_tooltip_and_read_out(line: StatusLine) -> None:
    assert line._index.text().strip(ISOLATES) == SAID
    assert line._index.toolTip() == ""
    line.resize(600, line.height())
    assert line._index.text().strip(ISOLATES) != SAID
    assert line._index.toolTip() == SAID
    assert line._index.accessibleDescription() == line.index_text() == SAID
