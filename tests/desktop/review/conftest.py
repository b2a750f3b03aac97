"""A review page on the fake host, with the annual reports of the design's picture."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review import ReviewPage
from strongroom_desktop.selection import Selection

sys.path.insert(0, str(Path(__file__).parents[1]))

PATIENCE_MS = 20_000
NAME = "Annual reports 2023"
MakePage = Callable[[Engine], ReviewPage]


@pytest.fixture
def make_page(qtbot: QtBot, selection: Selection, theme: Theme) -> MakePage:
    def make(engine: Engine) -> ReviewPage:
        page = ReviewPage(engine, selection, theme)
        qtbot.addWidget(page)
        page.resize(1000, 800)
        page.show()
        qtbot.waitUntil(lambda: bool(page.grid.model.columns or page._records), timeout=PATIENCE_MS)
        return page

    return make


@pytest.fixture
def page(start_engine: Callable[..., Engine], make_page: MakePage) -> ReviewPage:
    """The page with two reviews kept."""
    return make_page(start_engine("--reports"))


@pytest.fixture
def grid_page(qtbot: QtBot, page: ReviewPage) -> ReviewPage:
    """The page with the picture's review open."""
    page.open_review(NAME)
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 28, timeout=PATIENCE_MS)
    return page
