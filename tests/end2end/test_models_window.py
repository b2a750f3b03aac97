"""The pages of models and quality on the real engine, with real model files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.look.style import dress_application
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import Models
from strongroom_desktop.quality import Quality
from strongroom_desktop.selection import Selection
from strongroom_desktop.status import StatusLine
from strongroom_engine import protocol as wire
from strongroom_engine.judging import Place
from strongroom_engine.settings import load_settings, models_folder

WAIT_MS = 180_000
SMALL, TEST = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf", "SmolLM2-135M-Instruct.Q4_1.gguf"
QUESTION = "How high is the monthly rent?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder with the small model alone; the engine process finds it, too."""
    made = tmp_path / "models"
    made.mkdir()
    (made / SMALL).symlink_to(models_folder() / SMALL)
    (made / "embedding").symlink_to(models_folder() / "embedding")
    shutil.copy(models_folder() / TEST, tmp_path / "brought.gguf")
    monkeypatch.setenv("STRONGROOM_MODELS", str(made))
    return made


@pytest.fixture
def engine(qtbot: QtBot, tmp_path: Path, folder: Path) -> Iterator[Engine]:
    del folder
    engine = Engine(host_command(tmp_path / "library", tmp_path / "key"))
    with qtbot.waitSignal(engine.started, timeout=WAIT_MS):
        engine.start()
    yield engine
    with qtbot.waitSignal(engine.ended, timeout=WAIT_MS):
        engine.stop()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme("light")
    dress_application(qapp, theme)
    yield theme
    qapp.setStyleSheet("")


def test_a_model_is_brought_in_used_and_removed(
    qtbot: QtBot, engine: Engine, theme: Theme, folder: Path, tmp_path: Path
) -> None:
    page, line = Models(engine, theme), StatusLine(engine, Selection(), theme)
    for widget in (page, line):
        qtbot.addWidget(widget)
        widget.resize(1440, widget.sizeHint().height())
        widget.show()
    qtbot.waitUntil(lambda: "Qwen2.5 Coder 0.5B" in page.choice.text(), timeout=WAIT_MS)
    page.import_file(str(tmp_path / "brought.gguf"))
    qtbot.waitUntil(lambda: "is here now." in page.bring_in.text(), timeout=WAIT_MS)
    assert (folder / TEST).exists()
    page.table.more.click()
    row = next(row for row in page.table.rows if row.model.file == TEST)
    assert row.action is not None
    row.action.click()
    qtbot.waitUntil(lambda: "SmolLM2" in page.choice.text(), timeout=WAIT_MS)
    assert line.model_text() == "SmolLM2 135M Instruct"
    assert load_settings().answer_model == TEST
    remove_when_loaded(qtbot, page, folder / TEST)
    qtbot.waitUntil(lambda: "Coder 0.5B" in page.choice.text(), timeout=WAIT_MS)
    assert load_settings().answer_model == ""
    qtbot.waitUntil(lambda: line._model.knows_memory, timeout=WAIT_MS)
    own, used = line._model.bar.shares
    assert 0 < own < used < 1


def remove_when_loaded(qtbot: QtBot, page: Models, file: Path) -> None:
    """Remove a model that was chosen a moment ago: while it is being loaded that is refused."""
    for _attempt in range(100):
        page._change(wire.RemoveModel(file=file.name))
        qtbot.wait(300)
        if not file.exists():
            return
    pytest.fail("it was not removed")


def test_the_own_set_is_measured_with_answers(
    qtbot: QtBot, engine: Engine, theme: Theme, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    lease = papers / "mill.txt"
    lease.write_text("Lease. The monthly rent is 1,200 euros.\n", encoding="utf-8")
    page = Quality(engine, Selection(), theme)
    qtbot.addWidget(page)
    page.show()
    number = engine.send(wire.AddSource(path=str(papers)))
    qtbot.waitUntil(lambda: not engine.is_open(number), timeout=WAIT_MS)
    engine.send(wire.Judge(question=QUESTION, right=(Place(str(lease)),)))
    engine.send(wire.Judge(question="Who painted the ceiling?", absent=True))
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=WAIT_MS)
    page.measuring.answers.setChecked(True)
    page.measuring.measure_button.click()
    qtbot.waitUntil(lambda: "Measured on" in page.results.text(), timeout=WAIT_MS)
    assert "A right page among the first five passages, 1 of 1" in page.results.text()
    assert "answered by Qwen2.5 Coder 0.5B Instruct" in page.results.text()
    assert any(row.accessibleName().startswith(f"{QUESTION}, Found") for row in page.rows)
