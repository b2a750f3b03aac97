"""The reader on the real engine and a real PDF: what is found and selected is where the ink is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.marks import on_page
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.selection import Place, Selection
from strongroom_engine.protocol import AddSource, Done, Failed, Message

PATIENCE_MS = 120_000
LEFT = "The tenant may end the lease early. This is the termi-\nnation clause of the lease."
RIGHT = "The landlord refunds the rent within fourteen days."
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lease(tmp_path: Path) -> str:
    """Two columns on a page that lies on its side."""
    folder = tmp_path / "Papers"
    folder.mkdir()
    with pymupdf.open() as file:
        page = file.new_page(width=595, height=842)
        page.insert_textbox((60, 80, 280, 500), LEFT, fontsize=11)
        page.insert_textbox((320, 80, 540, 500), RIGHT, fontsize=11)
        page.set_rotation(90)
        file.save(folder / "lease.pdf")
    return str(folder / "lease.pdf")


@pytest.fixture
def real(qtbot: QtBot, tmp_path: Path, lease: str) -> Iterator[Engine]:
    """The real host, with the document in its library."""
    (tmp_path / "key").write_text("ab" * 32, encoding="ascii")
    engine = Engine(host_command(tmp_path / "library", tmp_path / "key"))
    heard: list[Message] = []
    engine.received.connect(heard.append)
    with qtbot.waitSignal(engine.started, timeout=PATIENCE_MS):
        engine.start()
    number = engine.send(AddSource(path=str(Path(lease).parent)))
    qtbot.waitUntil(lambda: not engine.is_open(number), timeout=PATIENCE_MS)
    closing = [event for event in heard if event.id == number and isinstance(event, Done | Failed)]
    assert isinstance(closing[-1], Done), closing
    yield engine
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.stop()


def test_found_words_are_marked_where_their_ink_is(
    qtbot: QtBot, real: Engine, selection: Selection, theme: Theme, lease: str
) -> None:
    reader = Reader(real, selection, theme)
    reader.resize(900, 700)
    qtbot.addWidget(reader)
    reader.show()
    selection.open(Place(lease, 1))
    view = reader.page_view
    qtbot.waitUntil(lambda: view.pointer._letters is not None, timeout=PATIENCE_MS)
    reader.find_words()
    QTest.keyClicks(reader.find_bar.field, "TERMINATION clause")
    qtbot.waitUntil(lambda: reader.finder.active, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(view.sheet.marks), timeout=PATIENCE_MS)
    assert reader.find_bar.said.full_text() == "1 of 1"
    (mark,) = view.sheet.marks
    assert len(mark.rectangles) == 2  # across the end of a line
    image = view.sheet.image
    assert image is not None
    for rectangle in mark.rectangles:
        area = on_page(rectangle, image.rect().toRectF()).toAlignedRect()
        assert area.height() > area.width()  # the page lies on its side
        inside = image.copy(area)
        dark = sum(
            inside.pixelColor(x, y).lightness() < 128
            for x in range(inside.width())
            for y in range(inside.height())
        )
        assert dark > 0.02 * inside.width() * inside.height()
    # The sharper page that replaces the first one brings its letters with it, a moment later.
    QGuiApplication.clipboard().clear()

    def is_copied() -> bool:
        QTest.keyClick(view, Qt.Key.Key_A, CTRL)
        QTest.keyClick(view, Qt.Key.Key_C, CTRL)
        return bool(QGuiApplication.clipboard().text())

    qtbot.waitUntil(is_copied, timeout=PATIENCE_MS)
    said = QGuiApplication.clipboard().text()
    assert "the termination clause" in " ".join(said.split())
    assert said.index("clause") < said.index("landlord")  # a column, then the next
