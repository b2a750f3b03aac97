"""Choosing where an export goes: names that every platform takes, dialogs that hold nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from strongroom_desktop import exporting
from strongroom_desktop.look.theme import Theme

PATIENCE_MS = 10_000


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How high is the rent?", "How high is the rent"),
        ('a/b\\c:d*e?"<f>|g\n\x00h', "a b c d e f g h"),
        ("../../etc/passwd", "etc passwd"),
        ("con", "con_"),
        ("LPT1.", "LPT1_"),
        ("gnp\u202efdp.exe", "gnp fdp.exe"),
        ("\udce9t\u00e9", "?t\u00e9".strip("?")),
        (" . ", "Conversation"),
        ("", "Conversation"),
        ("word " * 40, ("word " * 16).strip()),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_title_becomes_a_name_that_every_platform_takes(title: str, name: str) -> None:
    assert exporting.safe_name(title) == name


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> Iterator[QPushButton]:
    button = QPushButton("Export")
    qtbot.addWidget(button)
    button.show()
    yield button
    button.close()
    QApplication.processEvents()


def test_the_kind_is_chosen_and_then_the_file(
    qtbot: QtBot, theme: Theme, button: QPushButton, tmp_path: Path
) -> None:
    got: list[str] = []
    QApplication.instance().setProperty(exporting.FOLDER, str(tmp_path))  # type: ignore[union-attr]
    menu = exporting.choose_export_file(button, theme, "Rent: how high?", got.append)
    assert [action.text() for action in menu.actions()] == [
        "Word document (.docx)…",
        "PDF (.pdf)…",
        "Web page (.html)…",
        "Markdown (.md)…",
    ]
    menu.actions()[1].trigger()
    (dialog,) = button.window().findChildren(QFileDialog)
    assert dialog.isVisible()
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "Rent how high.pdf"
    other = tmp_path / "inner"
    other.mkdir()
    dialog.selectFile(str(other / "mine"))
    dialog.accept()
    assert got == [str(other / "mine.pdf")]

    again = exporting.choose_file(button, "x", "md", "Markdown", got.append)
    assert Path(again.directory().absolutePath()) == other  # where the last one went
    again.reject()
    assert len(got) == 1
    menu.close()
