"""A review grid of the window on the real engine with a real model: it fills, and cites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.look.style import dress_application
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review import ReviewPage
from strongroom_desktop.review.words import state_of
from strongroom_desktop.selection import Selection
from strongroom_engine import protocol as wire
from strongroom_engine.types import Cell

WAIT_MS = 180_000
RENT, LAW = "How high is the monthly rent?", "The law of which country governs?"
LEASES = {
    "barn.txt": ("310 euros", "Austria"),
    "mill.txt": ("1,200 euros", "France"),
}


@pytest.fixture
def engine(qtbot: QtBot, tmp_path: Path) -> Iterator[Engine]:
    home = tmp_path / "home" / "config"
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('answer_model = "qwen2.5-coder-0.5b"\n', encoding="utf-8")
    engine = Engine(host_command(tmp_path / "library", tmp_path / "key"))
    with qtbot.waitSignal(engine.started, timeout=WAIT_MS):
        engine.start()
    yield engine
    with qtbot.waitSignal(engine.ended, timeout=WAIT_MS):
        engine.stop()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, engine: Engine, tmp_path: Path) -> Iterator[ReviewPage]:
    folder = tmp_path / "leases"
    folder.mkdir()
    for name, (rent, country) in LEASES.items():
        text = f"Lease. The monthly rent is {rent}.\n\nThe law of {country} governs this lease.\n"
        (folder / name).write_text(text, encoding="utf-8")
    theme = Theme("light")
    dress_application(qapp, theme)
    page = ReviewPage(engine, Selection(), theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    number = engine.send(wire.AddSource(path=str(folder)))
    qtbot.waitUntil(lambda: not engine.is_open(number), timeout=WAIT_MS)
    page.begin_new()
    qtbot.waitUntil(lambda: len(page.new.picker._model.records) == 2, timeout=WAIT_MS)
    yield page
    qapp.setStyleSheet("")


def cells(page: ReviewPage) -> dict[tuple[str, str], Cell]:
    return {(Path(place[0]).name, place[1]): cell for place, cell in page.grid.model._cells.items()}


def rested(qtbot: QtBot, page: ReviewPage) -> None:
    session = page.grid.session
    qtbot.waitUntil(lambda: not session._work and not session._other, timeout=WAIT_MS)


def test_a_grid_fills_with_cited_answers_and_outlives_the_engine(
    qtbot: QtBot, page: ReviewPage, engine: Engine
) -> None:
    page.new.picker._tick_collection("leases")
    page.new.questions.setPlainText(RENT)
    page.new.name.setText("Leases")
    page.new.go.click()
    grid = page.grid
    qtbot.waitUntil(lambda: len(cells(page)) == 2, timeout=WAIT_MS)
    rested(qtbot, page)
    for name, (rent, _) in LEASES.items():
        cell = cells(page)[name, RENT]
        assert state_of(cell) == "answer", cell
        assert rent.split()[0] in cell.said
        assert any(rent in each.quote for each in cell.citations)

    # The engine is killed while a second question is asked: the grid stays and goes on.
    before = cells(page)
    grid.actions_._add_column(type(grid.model.columns[0])(LAW))
    qtbot.waitUntil(lambda: grid.model.columnCount() == 2, timeout=WAIT_MS)
    with qtbot.waitSignal(engine.died, timeout=WAIT_MS):
        engine._process.kill()
    assert cells(page).items() >= before.items()
    with qtbot.waitSignal(engine.started, timeout=WAIT_MS):
        pass
    assert grid.bar.run_button.text() == "Go on"
    grid.bar.run_button.click()
    qtbot.waitUntil(lambda: grid.model.count("done") == 4, timeout=WAIT_MS)
    rested(qtbot, page)
    assert cells(page).items() >= before.items()  # they were kept, not asked again
    assert all(LEASES[name][1] in cells(page)[name, LAW].said for name in LEASES)

    file = Path(before[next(iter(before))].document).parents[1] / "leases.csv"
    grid.session.export(str(file))
    qtbot.waitUntil(lambda: str(file) in grid.written.text, timeout=WAIT_MS)
    assert "310 euros" in file.read_text(encoding="utf-8-sig")

    grid.table.setCurrentIndex(grid.model.index(0, 0))
    grid.actions_.judge("right")
    qtbot.waitUntil(lambda: "right" in {c.verdict for c in cells(page).values()}, timeout=WAIT_MS)
    grid.session.rename("Leases 2024")
    qtbot.waitUntil(lambda: "Leases 2024" in {r.name for r in page._reviews}, timeout=WAIT_MS)
