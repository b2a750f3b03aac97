"""Going through a text by its slides, sheets or messages, as one goes through pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint

from strongroom_desktop.placing import one_place
from strongroom_desktop.reader.bar import ReaderBar
from strongroom_desktop.reader.parts import Parts
from strongroom_desktop.reader.text_view import TextView
from strongroom_desktop.reader.written import at_place
from strongroom_engine.types import Place

_READ = 0.3
"""Of the height, from above, one reads: what is there is the current one."""


class Units(QObject):
    """Shows in the bar which slide or sheet is seen, and goes to another one."""

    def __init__(self, view: TextView, bar: ReaderBar, parts: Parts) -> None:
        super().__init__(view)
        self._view, self._bar, self._parts = view, bar, parts
        self._file = ""
        self._places: tuple[Place, ...] = ()
        self._wanted: int | None = None
        """Where the part begins to be read that is on its way."""
        self._held: int | None = None
        """Where one went to: its slide is the current one until one scrolls on."""
        view.verticalScrollBar().actionTriggered.connect(lambda _action: self.hold(None))
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.follow())
        parts.came.connect(lambda _event: self._arrive())
        parts.grew.connect(self.follow)

    def set_places(self, file: str, places: Sequence[Place]) -> None:
        """Those of the open document, in order; none where it has pages, or is just a text."""
        self._file, self._places = file, tuple(places)
        self._wanted = None
        names = [(index, place.name) for index, place in enumerate(self._places, 1) if place.name]
        if self._places:
            self._bar.set_labels(tuple(names))
        self.follow()

    @property
    def count(self) -> int:
        return len(self._places)

    def hold(self, place: int | None) -> None:
        """The place in the text that one went to; None when one scrolls on from there."""
        self._held = place
        self.follow()

    def go(self, number: int) -> None:
        """To the slide or sheet of this number, from 1."""
        if not 1 <= number <= self.count:
            return
        start = self._places[number - 1].start
        self.hold(start)
        if self._view.covers((start, start)):
            self._view.show_from(start)
        else:
            self._wanted = start
            self._parts.around(self._file, None, ((start, start),))

    def _arrive(self) -> None:
        if self._wanted is not None:
            start, self._wanted = self._wanted, None
            self._view.show_from(start)

    def follow(self) -> None:
        """Show which one is seen now."""
        if len(self._places) > 1 and self._view.isVisible():
            number = self.current
            said = one_place(self._places[number - 1])
            self._bar.show_unit(number, self.count, self._places[0].kind, said)

    @property
    def current(self) -> int:
        """The number of the one that is read now, from 1."""
        at = self._held
        if at is None:
            line = QPoint(self._view.width() // 2, round(self._view.height() * _READ))
            at = at_place(self._view.parts, self._view.cursorForPosition(line).position())
        return max(bisect_right(self._places, at, key=lambda place: place.start), 1)
