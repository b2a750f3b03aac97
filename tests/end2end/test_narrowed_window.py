"""The real window on the real engine: a question that narrows its search, and re-embedding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.frame.window import Window
from strongroom_desktop.look.style import dress_application
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_engine import protocol as wire
from strongroom_engine.library import Library
from strongroom_engine.store import obtain_key
from tests.engine.fakes import WordLengths

WAIT_MS = 180_000
SMALL = "all-MiniLM-L6-v2"
QUESTION = "What is the yearly rent in Lease 2023.txt?"
ONLY = "Searched only in Lease 2023.txt."
EVERYWHERE = "Searched everywhere, though the question says ‘Lease 2023.txt’."
RENTS = {
    "Lease 2019.txt": "The yearly rent of 9 Mill Lane is 31,000 pounds, payable in advance.",
    "Lease 2023.txt": "The yearly rent of 14 Harbour Street is 42,500 pounds.",
    "minutes.txt": "The board elected Ingrid Solberg as its chair. The yearly rent was discussed.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of another computer, whose embedding model is not here: three short documents,
    and one that is long enough for its re-embedding to be seen."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in RENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    entries = (f"Entry {n}. " + f"The pump of hall {n} was looked at. " * 20 for n in range(60))
    (folder / "log.txt").write_text("\n\n".join(entries), encoding="utf-8")
    key = obtain_key(tmp_path / "library", key_file=tmp_path / "key", create=True)
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        library.add(str(folder))
    return folder


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, folder: Path) -> Iterator[Window]:
    """The window, shown, with the library open."""
    assert folder.is_dir()
    home = tmp_path / "home" / "config"
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('answer_model = "qwen2.5-coder-0.5b"\n', encoding="utf-8")
    theme = Theme("light")
    dress_application(qapp, theme)
    engine = Engine(host_command(tmp_path / "library", tmp_path / "key"))
    window = Window(engine, Selection(), theme)
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    engine.start()
    qtbot.waitUntil(lambda: engine.ready is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.stages.current == "desk", timeout=WAIT_MS)
    yield window
    with qtbot.waitSignal(engine.ended, timeout=WAIT_MS):
        window.close()
        engine.stop()
    qapp.setStyleSheet("")


def test_a_question_that_names_a_document_is_asked_everywhere(qtbot: QtBot, window: Window) -> None:
    ask, turns = window.ask, window.conversation.turns

    def files() -> set[str]:
        return {Path(hit.file).name for hit in ask.panel.hits}

    def found(line: str) -> bool:
        return ask.panel.isVisible() and ask.panel.narrowed.text == line

    ask.focus_field()
    ask.editor.set_text(QUESTION)
    qtbot.waitUntil(lambda: found(ONLY), timeout=WAIT_MS)
    assert files() == {"Lease 2023.txt"}
    QTest.keyClick(ask.editor, Qt.Key.Key_Tab)
    QTest.keyClick(ask.panel.narrowed.link, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: found(EVERYWHERE), timeout=WAIT_MS)
    assert {"Lease 2019.txt", "Lease 2023.txt"} <= files()

    QTest.keyClick(ask.editor, Qt.Key.Key_Return)  # asks as was searched
    qtbot.waitUntil(lambda: bool(turns) and not turns[0].open, timeout=WAIT_MS)
    wide = turns[0].answer
    assert wide is not None
    assert wide.understood == ()
    assert len({hit.file for hit in wide.hits}) > 1
    assert turns[0].narrowed.text == EVERYWHERE
    turns[0].narrowed.link.click()
    qtbot.waitUntil(lambda: len(turns) == 2 and not turns[1].open, timeout=WAIT_MS)
    narrow = turns[1].answer
    assert narrow is not None
    assert {Path(hit.file).name for hit in narrow.hits} == {"Lease 2023.txt"}
    assert turns[1].narrowed.text == ONLY


def test_the_status_line_says_that_the_library_is_re_embedded(qtbot: QtBot, window: Window) -> None:
    engine, status = window.engine, window.status
    said: list[str] = []
    told: list[wire.Embedding] = []

    def take(event: object) -> None:
        said.append(status.index_text())
        if isinstance(event, wire.Embedding):
            told.append(event)

    engine.received.connect(take)

    def model() -> str:
        """The embedding model that answers now, asked anew."""
        number = engine.send(wire.GetEmbedding())
        qtbot.waitUntil(lambda: not engine.is_open(number), timeout=WAIT_MS)
        state = told[-1].status
        assert state is not None
        return state.model

    assert model() == "word-lengths"
    number = engine.send(wire.ChooseEmbedding(name=SMALL))
    qtbot.waitUntil(lambda: not engine.is_open(number), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: model() == SMALL, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: status.index_text() == "4 documents, up to date", timeout=WAIT_MS)
    again = [text for text in said if text.startswith(f"Re-embedding with {SMALL}: ")]
    assert again
    assert " of " in again[0]
    assert status.state() == "Ready"
