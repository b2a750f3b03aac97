"""Pages from PNG to pictures, off the window's loop.

A page of 1,500 pixels takes some 30 ms to decode, one of 2,400 more than 100. `QImageReader` lets
go of the interpreter while it reads; `QImage.fromData` holds it, and with it the loop.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageReader

from strongroom_engine.protocol import PageImage

_THREAD = ThreadPoolExecutor(1, thread_name_prefix="decode")


class Decoder(QObject):
    """`decoded` carries a page that was given and its picture, in the order in which they were
    given. It has no parent: it lives until its last page is decoded."""

    decoded = Signal(object, object)

    def decode(self, page: PageImage) -> None:
        """Returns at once; `decoded` follows from the loop."""
        _THREAD.submit(self._decode, page)

    def _decode(self, page: PageImage) -> None:
        self.decoded.emit(page, picture(page.png))


def picture(png: bytes) -> QImage:
    """What a PNG shows; a null image where it cannot be decoded."""
    buffer = QBuffer()
    buffer.setData(png)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer, b"png").read()
