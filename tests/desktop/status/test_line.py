"""The status line: what it says of engine, model, memory and index, and in little room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.desktop import made_models

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.status import StatusLine, words
from strongroom_desktop.text import ISOLATES
from strongroom_engine.protocol import (
    Answered,
    Failed,
    GetMemory,
    Hello,
    Indexing,
    Models,
    Progress,
    Stage,
)
from strongroom_engine.types import LibraryFacts, MemoryNow
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
    qtbot.waitUntil(lambda: line._model.knows_memory, timeout=PATIENCE_MS)
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


# --- engine and index ----------------------------------------------------------------------------


def test_the_state_follows_what_is_done(line: StatusLine, engine: Engine) -> None:
    assert line.state() == "Indexing"
    engine.received.emit(Stage(id=7, name="writing"))
    assert line.state() == "Answering"
    engine.received.emit(Answered(id=7))
    assert line.state() == "Indexing"
    engine.received.emit(Progress())
    assert line.state() == "Ready"
    engine.received.emit(Hello(locked="passphrase"))
    assert line.state() == "Locked"
    engine.died.emit()
    assert line.state() == "Starting again"


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("user", "paused by you"),
        ("battery", "paused while on battery"),
        ("hours", "paused until the hours that were set"),
    ],
)
def test_a_pause_says_why(
    qtbot: QtBot, line: StatusLine, engine: Engine, why: str, said: str
) -> None:
    engine.received.emit(Progress())
    qtbot.waitUntil(lambda: "documents" in line.index_text(), timeout=PATIENCE_MS)
    engine.received.emit(Indexing(paused=True, why=why))
    assert line.state() == "Paused"
    assert line.index_text().endswith(f", {said}")
    engine.received.emit(Indexing())
    assert line.state() == "Ready"
    assert "paused" not in line.index_text()


# --- model and memory ----------------------------------------------------------------------------


def test_the_model_its_device_and_the_memory_in_use(line: StatusLine) -> None:
    model = line._model
    assert line.model_text() == "Qwen2.5 7B Instruct"
    assert "Q4_K_M" in model.name.toolTip()
    assert model.device.text() == "RTX 4060"
    assert model.figures.text().strip(ISOLATES) == "6.3 of 8 GB"
    assert model.bar.shares == pytest.approx((0.7, 0.7875))
    assert model.figures.toolTip() == (
        "Strongroom takes 5.6 GB, other programs 0.7 GB; 1.7 GB are free."
    )
    assert model.bar.isVisible()


def test_below_a_thousand_pixels_device_and_memory_go(line: StatusLine) -> None:
    line.resize(999, line.height())
    assert not line._model.bar.isVisible()
    assert not line._model.device.isVisible()
    assert line._privacy.isVisible()


def test_memory_is_looked_at_only_while_it_is_seen(
    qtbot: QtBot, line: StatusLine, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    send = engine.send

    def noting(message: object) -> int:
        asked.append(message)
        return send(message)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "send", noting)
    line._model._look.setInterval(10)
    qtbot.waitUntil(lambda: any(isinstance(one, GetMemory) for one in asked), timeout=PATIENCE_MS)
    line.resize(900, line.height())
    asked.clear()
    qtbot.wait(60)
    assert asked == []
    line.resize(1440, line.height())
    line.hide()
    asked.clear()
    qtbot.wait(60)
    assert asked == []


def test_another_model_is_shown_as_soon_as_it_is_chosen(line: StatusLine, engine: Engine) -> None:
    report = made_models.using(made_models.REPORT, made_models.SMALL.file)
    engine.received.emit(Models(id=999, report=report))
    assert line.model_text() == "Qwen2.5 1.5B Instruct"


def test_without_a_model_search_works(line: StatusLine, engine: Engine) -> None:
    details = {"why": "it needs 9 GB"}
    engine.received.emit(Failed(code="no-model-fits", details=details))
    assert line.model_text() == "No answer model, search works"
    assert "9 GB" in line._model.name.toolTip()
    assert not line._model.bar.isVisible()


def test_a_model_that_is_not_loaded_is_said_so() -> None:
    now = MemoryNow(24_000_000_000, 20_000_000_000, 300_000_000)
    assert words.memory(now) == "4 of 24 GB"
    assert "not in memory" in words.memory_in_full(now)


# --- nothing leaves ------------------------------------------------------------------------------


def test_what_enforces_privacy_is_told_with_this_librarys_facts(
    qtbot: QtBot, line: StatusLine
) -> None:
    qtbot.waitUntil(lambda: "/library" in line.privacy_words()[1], timeout=PATIENCE_MS)
    title, text = line.privacy_words()
    assert title == line._privacy.text() == "Nothing leaves this computer"
    assert "no code that uses a network" in text
    assert "keyring" in text
    assert len(text.split("\n\n")) == 6


@pytest.mark.parametrize(
    ("kind", "said"), [("passphrase", "from your passphrase"), ("key file", "key file that you")]
)
def test_where_the_key_is(kind: str, said: str) -> None:
    facts = LibraryFacts("/l", 1, 0, 1, 1, "ascon128", kind, 10, keyring=False)
    assert said in words.enforced(facts)


def test_the_line_asks_for_its_pages(qtbot: QtBot, line: StatusLine) -> None:
    for button, signal in (
        (line._model.name, line.models_chosen),
        (line._index, line.index_chosen),
        (line._privacy, line.privacy_chosen),
    ):
        with qtbot.waitSignal(signal):
            button.click()
