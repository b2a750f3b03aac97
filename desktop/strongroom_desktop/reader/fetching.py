"""Pages on their way: asked of the engine, kept for a while, and the neighbours fetched ahead.

Only the page that is wanted now is asked for at once; what was asked before and is not drawn yet is
cancelled. When it stands there, its letters follow, then the next page and the one before.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.reader.decoding import Decoder
from strongroom_desktop.reader.letters import Letters
from strongroom_desktop.reader.marks import Fractions
from strongroom_engine.protocol import Failed, GetPageLines, PageImage, PageLines, ShowPage

KEPT_BYTES = 160 * 1024 * 1024
"""Of images, to be shown at once when a page comes back."""
KEPT_PAGES = 8
CALM_MS = 60
"""Nothing is fetched ahead before the reader has kept still for so long."""

Span = tuple[int, int]
Rectangles = tuple[tuple[Fractions, ...], ...]


@dataclass(slots=True)
class Seen:
    """A page as it was drawn, and its letters when they have come."""

    file: str
    page: int
    pages: int
    label: str
    image: QImage
    letters: Letters | None = None


class Pages(QObject):
    """`shown` carries a `Seen` and the rectangles of the spans that were asked for, `lettered` a
    `Seen` whose letters have come, `failed` the error of the page that is wanted."""

    shown = Signal(object, object)
    lettered = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page, self._letters, self._ahead = Latest(engine), Latest(engine), Latest(engine)
        self._kept: OrderedDict[tuple[str, int], Seen] = OrderedDict()
        self._current: Seen | None = None
        self._coming: PageImage | None = None
        """The page that is wanted, while it is decoded."""
        self._ahead_of: PageImage | None = None
        """A neighbour, while it is decoded."""
        self._decoder = Decoder()
        self._decoder.decoded.connect(self._on_decoded)
        self._width = 0
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._go_on)
        engine.received.connect(self._on_event)

    def want(self, file: str, page: int, width_px: int, spans: tuple[Span, ...]) -> None:
        """Show this page, so wide, with the rectangles of the spans."""
        self.stop()
        self._width = width_px
        seen = self.kept(file, page)
        if seen is not None and seen.letters is not None and seen.image.width() == width_px:
            self._show(seen, rectangles_of(seen.letters, spans))
        else:
            self._page.send(ShowPage(file=file, page=page, width_px=width_px, spans=spans))

    def kept(self, file: str, page: int) -> Seen | None:
        """The page as it was seen last, of whatever width."""
        return self._kept.get((file, page))

    def stop(self) -> None:
        """Want nothing any more."""
        for request in (self._page, self._letters, self._ahead):
            request.forget()
        self._calm.stop()
        self._current = self._coming = None

    def forget(self) -> None:
        """Files may have changed: look at them anew from now on."""
        self._kept.clear()
        self._ahead_of = None

    @property
    def under_way(self) -> bool:
        return self._page.open or self._coming is not None

    # --- what comes ------------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case PageImage() if self._page.wants(event):
                self._coming = event
                self._decoder.decode(event)
            case PageImage() if self._ahead.wants(event):
                self._ahead_of = event
                self._decoder.decode(event)
            case PageLines() if self._letters.wants(event):
                self._take_letters(event)
            case Failed() if self._page.wants(event):
                self.failed.emit(event.error)
            case _:
                pass

    def _on_decoded(self, event: PageImage, image: QImage) -> None:
        if event is self._coming:
            self._coming = None
            self._show(self._keep(event, image), event.rectangles)
            return
        if event is self._ahead_of:  # and was not forgotten meanwhile
            self._ahead_of = None
            self._keep(event, image)
        self._calm.start()

    def _show(self, seen: Seen, rectangles: Rectangles) -> None:
        self._current = seen
        self._kept[seen.file, seen.page] = seen
        self._kept.move_to_end((seen.file, seen.page))
        self.shown.emit(seen, rectangles)
        self._calm.start()

    def _keep(self, event: PageImage, image: QImage) -> Seen:
        """Keep the page; the letters of a page are the same at every width."""
        before = self.kept(event.file, event.page)
        letters = before.letters if before else None
        seen = Seen(event.file, event.page, event.pages, event.label, image, letters)
        self._kept[event.file, event.page] = seen
        self._kept.move_to_end((event.file, event.page))
        while len(self._kept) > KEPT_PAGES or (len(self._kept) > 1 and self._bytes > KEPT_BYTES):
            self._kept.popitem(last=False)
        return seen

    @property
    def _bytes(self) -> int:
        return sum(seen.image.sizeInBytes() for seen in self._kept.values())

    def _take_letters(self, event: PageLines) -> None:
        seen = self._current
        if seen is not None and (seen.file, seen.page) == (event.file, event.page):
            seen.letters = Letters(event)
            self.lettered.emit(seen)
            self._calm.start()

    # --- fetching ahead --------------------------------------------------------------------------

    def _go_on(self) -> None:
        """The letters first, then the neighbours, one at a time."""
        seen = self._current
        if seen is None or self.under_way or self._ahead.open or self._letters.open:
            return
        if self._ahead_of is not None:  # goes on when it is decoded
            return
        if seen.letters is None and not self._letters.wanted:
            self._letters.send(GetPageLines(file=seen.file, page=seen.page))
            return
        for page in (seen.page + 1, seen.page - 1):
            kept = self.kept(seen.file, page)
            drawn = kept is not None and kept.image.width() == self._width
            if 1 <= page <= seen.pages and not drawn:
                self._ahead.send(ShowPage(file=seen.file, page=page, width_px=self._width))
                return


def rectangles_of(letters: Letters, spans: tuple[Span, ...]) -> Rectangles:
    return tuple(letters.rectangles(*span) for span in spans)
