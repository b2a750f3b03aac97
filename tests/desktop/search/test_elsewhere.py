"""Hits that stand elsewhere, too: said in the row, opened from its menu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.search.hits_list import HitsList
from strongroom_desktop.selection import Selection

PATIENCE_MS = 10_000


@pytest.fixture
def ask(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> Iterator[AskField]:
    window = QWidget()
    window.resize(640, 700)
    layout = QVBoxLayout(window)
    ask = AskField(engine, selection, theme)
    layout.addWidget(ask)
    layout.addStretch(1)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    ask.editor.setFocus()
    qtbot.waitUntil(ask.editor.hasFocus, timeout=PATIENCE_MS)
    ask.editor.set_text("notice elsewhere")
    qtbot.waitUntil(lambda: bool(ask.panel.hits and ask.panel.hits[0].copies), timeout=PATIENCE_MS)
    yield ask
    window.close()


def hits(ask: AskField) -> HitsList:
    found = ask.panel.findChild(HitsList)
    assert isinstance(found, HitsList)
    return found


def test_a_row_says_where_else_it_stands(ask: AskField) -> None:
    model = hits(ask).model()
    said = model.index(0, 0).data()
    assert "also in 2 other places, and 1 version" in said
    assert "slide 3" in model.index(1, 0).data()
    assert not hits(ask).kin_rect(model.index(0, 0)).isEmpty()
    assert hits(ask).kin_rect(model.index(2, 0)).isEmpty()


def test_its_menu_opens_a_copy_at_the_same_words(ask: AskField, selection: Selection) -> None:
    menu = hits(ask).kin_menu(hits(ask).model().index(0, 0))
    entries = [each for each in menu.actions() if not each.isSeparator()]
    assert [each.text() for each in entries] == [
        "Lease.pdf – Holt › Copies", "Lease.pdf in Post.zip – papers › Holt",
        "Lease draft 3.docx – Holt › Drafts, 14 Nov 2023, the newest",
    ]  # fmt: skip
    entries[1].trigger()
    assert selection.place is not None
    assert selection.place.file == "/papers/Holt/Post.zip/Lease.pdf"
    assert selection.place.page == ask.panel.hits[0].page
    assert selection.place.spans
    assert ask.panel.isHidden()
    entries[2].trigger()  # a version has the passage elsewhere
    assert selection.place.file == "/papers/Holt/Drafts/Lease draft 3.docx"
    assert selection.place.spans == ((120, 180),)


def test_a_click_on_the_words_opens_the_menu_and_one_beside_them_the_hit(
    ask: AskField, selection: Selection, qtbot: QtBot
) -> None:
    view = hits(ask)
    at = view.kin_rect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(
        lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=PATIENCE_MS
    )
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
    assert selection.place is None
    below = view.visualRect(view.model().index(0, 0)).center() + QPoint(0, 8)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert selection.place is not None
    assert selection.place.file == ask.panel.hits[0].file
