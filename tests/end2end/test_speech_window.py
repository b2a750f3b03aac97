"""Another theme and another language while an answer is on the desk."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.look.tokens import tokens
from strongroom_desktop.paths import assets_folder
from strongroom_engine import protocol as wire

from .desk import opened

QUESTION = "How high is the yearly rent?"


def translations() -> dict[str, str]:
    """The labels of the window without places, and what each is in German where it differs."""
    file = assets_folder() / "translations" / "strongroom_de.ts"
    pairs = (
        (message.findtext("source", ""), message.findtext("translation", "").strip())
        for message in ET.parse(file).iter("message")
    )
    return {en: de for en, de in pairs if de and "{" not in en and en.casefold() != de.casefold()}


def words_of(window: QWidget) -> set[str]:
    """All that is written in a window, and said about its parts."""
    said: set[str] = set()
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            said |= {widget.toolTip(), widget.accessibleName()}
            if isinstance(widget, QLabel | QAbstractButton):
                said.add(widget.text())
    return said


def test_theme_and_language_change_under_an_answer(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, papers: Path
) -> None:
    german = translations()
    with opened(qtbot, qapp, tmp_path) as desk:
        desk.add(papers)
        turn = desk.ask(QUESTION)
        assert turn.answer is not None
        said, shown = turn.answer.text, turn.text.toPlainText()
        citations = turn.answer.citations
        assert len(words_of(desk.window) & german.keys()) > 10

        desk.window.theme.set_scheme("dark")
        canvas = QColor(tokens().color["dark"]["canvas"])
        conversation = desk.window.conversation.grab().toImage()
        assert conversation.pixelColor(4, conversation.height() - 4) == canvas
        assert turn.text.toPlainText() == shown

        old = desk.window
        old.language_chosen.emit("de")
        assert desk.window is not old
        desk.wait(lambda: desk.window.stages.current == "desk")
        desk.wait(lambda: len(desk.turns) == 1 and not desk.turns[0].open)
        desk.wait(lambda: desk.window.status.state() == german["Ready"])
        assert desk.window.isVisible()
        assert desk.window.theme.dark
        words = words_of(desk.window)
        assert len(words & set(german.values())) > 10
        assert words & german.keys() == set()  # nothing is English any more

        # The answer is as it was, and so is what it rests on.
        again = desk.turns[0]
        assert again.question == QUESTION
        assert again.answer is not None
        assert (again.answer.text, again.answer.citations) == (said, citations)
        assert again.text.toPlainText() == shown
        before = len(desk.of(wire.PageImage))
        desk.click_chip(again)
        desk.wait(lambda: len(desk.of(wire.PageImage)) > before)
        desk.wait(lambda: desk.window.reader.page_view.sheet.marks)
        assert desk.window.reader.isVisible()
        assert desk.window.reader.page == citations[0].page

        # And back: English again, with the same engine.
        desk.window.language_chosen.emit("en")
        desk.wait(lambda: len(desk.turns) == 1 and not desk.turns[0].open)
        desk.wait(lambda: desk.window.status.state() == "Ready")
        assert words_of(desk.window) & set(german.values()) - german.keys() == set()
        assert not desk.of(wire.Failed)
