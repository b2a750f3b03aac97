"""The sheet that lies over the window while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.frame.dropping import DropWindow
from strongroom_desktop.look.theme import Theme


def open_window(theme: Theme, qtbot: QtBot) -> tuple[DropWindow, QWidget]:
    """A window with one widget at its left that takes drops itself."""
    window = DropWindow(theme)
    qtbot.addWidget(window)
    content = QWidget()
    row = QHBoxLayout(content)
    row.setContentsMargins(0, 0, 0, 0)
    taker, rest = QWidget(), QWidget()
    taker.setProperty("takes_drops", True)
    taker.setFixedWidth(200)
    row.addWidget(taker)
    row.addWidget(rest)
    window.setCentralWidget(content)
    window.resize(800, 400)
    window.show()
    QApplication.processEvents()
    return window, taker


def drag_over(window: DropWindow, *paths: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    enter = QDragEnterEvent(
        QPoint(400, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, enter)


def test_the_sheet_leaves_free_what_takes_drops_itself(theme: Theme, qtbot: QtBot) -> None:
    window, taker = open_window(theme, qtbot)
    before = window.grab().toImage()
    drag_over(window, "/papers/a.pdf")
    after = window.grab().toImage()
    assert before.pixelColor(20, 200) == after.pixelColor(20, 200)
    assert before.pixelColor(700, 200) != after.pixelColor(700, 200)
    assert "Or let go over a collection" in window._drop_sheet.text()
    taker.hide()
    QApplication.processEvents()
    drag_over(window, "/papers/a.pdf")
    assert "collection" not in window._drop_sheet.text()


def test_the_sheet_says_how_many(theme: Theme, qtbot: QtBot) -> None:
    window, _taker = open_window(theme, qtbot)
    drag_over(window, "/papers/a.pdf")
    assert window._drop_sheet.text().startswith("Add it to the library\n")
    drag_over(window, "/papers/a.pdf", "/papers/b.pdf", "/papers/c")
    assert window._drop_sheet.text().startswith("Add these 3 to the library\n")


def test_a_model_is_brought_in_and_not_added_to_a_collection(theme: Theme, qtbot: QtBot) -> None:
    window, taker = open_window(theme, qtbot)
    drag_over(window, "/models/a.gguf")
    assert window._drop_sheet.text().startswith("Bring in the model\n")
    assert taker.isVisible()
    assert "collection" not in window._drop_sheet.text()
    drag_over(window, "/models/a.GGUF", "/models/b.gguf")
    assert window._drop_sheet.text().startswith("Bring in the 2 models\n")
    drag_over(window, "/models/a.gguf", "/papers/a.pdf")
    assert window._drop_sheet.text().startswith("Add these 2 to the library\n")


def test_the_words_keep_their_contrast_in_both_schemes(theme: Theme, qtbot: QtBot) -> None:
    window, _taker = open_window(theme, qtbot)
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        drag_over(window, "/papers/a.pdf")
        image = window.grab().toImage()
        colours = {image.pixel(x, y) for x in range(210, 790, 2) for y in range(180, 260)}
        lights = [QColor(colour).lightness() for colour in colours]
        assert max(lights) - min(lights) > 90, scheme
