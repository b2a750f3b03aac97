"""The parts of a text on their way: around a place first, then what comes before and after."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.reader.text_view import TextView
from strongroom_engine.protocol import Failed, PageText, ShowPage

Span = tuple[int, int]


class Parts(QObject):
    """Fills a `TextView`. `came` carries the part that was asked for with `around`, when it is in
    the view; `grew` when the view holds another stretch of the text; `failed` carries an error."""

    came = Signal(object)
    grew = Signal()
    failed = Signal(object)

    def __init__(self, engine: Engine, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self._first, self._more = Latest(engine), Latest(engine)
        self._asked = ShowPage()
        engine.received.connect(self._on_event)
        view.more_wanted.connect(self._extend)
        view.ended.connect(self._to_end)

    def around(self, file: str, page: int | None, spans: tuple[Span, ...]) -> None:
        """The part of the document around the first span; `page` where it has pages, then its
        text in the library is meant."""
        self._ask(ShowPage(file=file, page=page, spans=spans, as_text=page is not None))

    def stop(self) -> None:
        self._first.forget()
        self._more.forget()

    @property
    def under_way(self) -> bool:
        return self._first.open

    def _ask(self, request: ShowPage) -> None:
        self.stop()
        self._asked = request
        self._first.send(request)

    def _extend(self, direction: int) -> None:
        if self._more.open or self._first.open:
            return
        view, asked = self._view, self._asked
        start = view.end if direction > 0 else None
        until = view.start if direction < 0 else None
        self._more.send(
            ShowPage(
                file=asked.file,
                page=asked.page,
                as_text=asked.as_text,
                offset=start,
                until=until,
            )
        )

    def _to_end(self, end: int) -> None:
        """To the beginning (-1) or the end (1) of the whole text."""
        view, asked = self._view, self._asked
        here = view.start == 0 if end < 0 else view.end == view.total
        if here:
            view.to_end(foot=end > 0)
            return
        self._more.forget()
        offset, until = (0, None) if end < 0 else (None, view.total)
        request = ShowPage(
            file=asked.file, page=asked.page, as_text=asked.as_text, offset=offset, until=until
        )
        self._first.send(request)

    def _on_event(self, event: object) -> None:
        match event:
            case PageText() if self._first.wants(event):
                self._first.forget()
                self._view.show_text(event)
                self.came.emit(event)
                self.grew.emit()
            case PageText() if self._more.wants(event):
                self._more.forget()
                self._view.add_part(event)
                self.grew.emit()
            case Failed() if self._first.wants(event):
                self._first.forget()
                self.failed.emit(event.error)
            case _:
                pass
