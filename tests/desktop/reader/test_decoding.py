"""Pages are decoded off the loop, and come in the order in which they were given."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from strongroom_desktop.reader import decoding
from strongroom_desktop.reader.decoding import Decoder, picture
from strongroom_engine.protocol import PageImage


def png(width: int, colour: str) -> bytes:
    image = QImage(width, width, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer(data := QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # a str, whatever the stubs say
    return bytes(data.data())


def test_pages_come_decoded_from_the_loop_in_their_order(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoder, loop = Decoder(), threading.get_ident()
    came: list[tuple[int, int]] = []
    heard, worked = set[int](), set[int]()

    def take(page: PageImage, image: QImage) -> None:
        heard.add(threading.get_ident())
        came.append((page.page, image.width()))

    def watched(data: bytes) -> QImage:
        worked.add(threading.get_ident())
        return picture(data)

    monkeypatch.setattr(decoding, "picture", watched)
    decoder.decoded.connect(take)
    for number in (1, 2, 3):
        decoder.decode(PageImage(page=number, png=png(number * 100, "red")))
    assert came == []
    qtbot.waitUntil(lambda: len(came) == 3, timeout=10_000)
    assert came == [(1, 100), (2, 200), (3, 300)]
    assert heard == {loop}
    assert loop not in worked


def test_a_picture_shows_what_the_png_shows() -> None:
    assert picture(png(7, "#123456")).pixelColor(3, 3) == QColor("#123456")


def test_what_is_no_png_is_a_null_picture() -> None:
    assert picture(b"not a picture").isNull()
