"""1,000 documents and 20 questions: scrolling costs what it costs in a small grid."""

from __future__ import annotations

import time

import made_reviews as made  # type: ignore[import-not-found]
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.memory import Looks
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.review.table import ReviewTable
from strongroom_engine.types import Cell

STEPS = 60
ALLOWED = 4
"""Times what the same steps take in a grid of 40 documents; the machine may be busy."""


def shown(qtbot: QtBot, theme: Theme, documents: int) -> ReviewTable:
    table = ReviewTable(theme, GridModel(), Looks())
    qtbot.addWidget(table)
    table.resize(1200, 800)
    table._grid.set_review(made.large(documents))
    table.show()
    QApplication.processEvents()
    return table


def scrolled(table: ReviewTable) -> float:
    """Seconds of the processor for steps through the first rows, painted."""
    bar = table.verticalScrollBar()
    started = time.thread_time()
    for step in range(STEPS):
        bar.setValue(step * bar.singleStep())
        table.repaint()
    return time.thread_time() - started


def filled(table: ReviewTable, cell: Cell) -> float:
    """Seconds of the processor for answers that come one by one."""
    started = time.thread_time()
    for _ in range(STEPS):
        table._grid.add_cells([cell])
    return time.thread_time() - started


def test_a_large_grid_scrolls_and_fills_like_a_small_one(qtbot: QtBot, theme: Theme) -> None:
    small, large = (shown(qtbot, theme, count) for count in (40, 1_000))
    scrolled(small)
    assert min(scrolled(large) for _ in range(3)) < ALLOWED * scrolled(small)
    cell = made.large(1, 1).cells[0]
    filled(small, cell)
    assert min(filled(large, cell) for _ in range(3)) < ALLOWED * filled(small, cell) + 0.01


def test_scrolling_back_lays_nothing_out_again(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot, theme, 1_000)
    scrolled(table)
    made_once = table.cells.layouts.made
    scrolled(table)
    assert table.cells.layouts.made == made_once > 0
