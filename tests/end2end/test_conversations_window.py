"""A conversation outlives window and engine, is found again, and is exported as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.words import plain_text
from strongroom_engine import protocol as wire

from .desk import Desk, opened

RENT, CHAIR = "How high is the yearly rent?", "Who is the chair?"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def export_as_pdf(desk: Desk, file: Path) -> None:
    """Through the menu, and the dialog that asks where."""
    desk.window.conversation.export()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    pdf = next(each for each in menu.actions() if ".pdf" in each.text())
    assert isinstance(pdf, QAction)
    pdf.trigger()
    menu.close()
    (dialog,) = desk.window.findChildren(QFileDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    desk.wait(file.exists)


def test_a_conversation_comes_back_and_is_exported(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, papers: Path
) -> None:
    with opened(qtbot, qapp, tmp_path) as desk:
        desk.add(papers)
        desk.ask(RENT)
        desk.ask(CHAIR, "quotes")
        texts = [plain_text(turn.answer) for turn in desk.turns if turn.answer is not None]
        shown = [turn.text.toPlainText() for turn in desk.turns]
        assert len(texts) == 2
        desk.window.begin_conversation()

    with opened(qtbot, qapp, tmp_path) as desk:
        window = desk.window
        desk.wait(lambda: window.stages.current == "desk")
        assert not desk.turns
        window.go_to("conversations")
        page = window.pages.conversations
        desk.wait(lambda: page.model.rowCount() >= 1)
        page.field.setFocus()
        QTest.keyClicks(page.field, "pounds")  # it stands in the answer alone
        desk.wait(lambda: page.kept.words == "pounds" and page.kept.found)
        QTest.keyClick(page.field, Qt.Key.Key_Return)
        desk.wait(lambda: len(desk.turns) == 2)
        assert window.place == "desk"
        assert [turn.question for turn in desk.turns] == [RENT, CHAIR]
        assert [turn.text.toPlainText() for turn in desk.turns] == shown
        assert [plain_text(turn.answer) for turn in desk.turns if turn.answer] == texts

        file = tmp_path / "Rent.pdf"
        export_as_pdf(desk, file)
        desk.wait(lambda: window.notice.text() == "Exported to Rent.pdf.")
        with pymupdf.open(file) as exported:
            read = [word for sheet in exported for word in words(sheet.get_text())]
        whole = " ".join(read)
        for turn in desk.turns:
            assert " ".join(words(turn.question)) in whole
            assert turn.answer is not None
            for citation in turn.answer.citations:
                assert " ".join(words(citation.quote)) in whole
                assert Path(citation.file).stem in read
        assert "42 500" in whole
        assert "Ingrid Solberg" in whole

        # It goes on from there.
        desk.ask("When was the boiler replaced?", "quotes")
        assert len(desk.turns) == 3
        assert not desk.of(wire.Failed)
