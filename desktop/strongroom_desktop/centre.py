"""The centre of the window: one place is shown at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget


class Centre(QStackedWidget):
    """Places by name. `shown` carries the name of the one that is shown now, and whether the
    reader fits beside it: wide pages have none."""

    shown = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: dict[str, QWidget] = {}
        self._with_reader: set[str] = set()

    def add(self, name: str, page: QWidget, *, reader: bool = False) -> None:
        """Make a place; `reader` where a document stands beside it."""
        self._places[name] = page
        self.set_reader(name, reader)
        self.addWidget(page)

    def set_reader(self, name: str, wanted: bool) -> None:
        """Whether the reader fits beside a place from now on."""
        (self._with_reader.add if wanted else self._with_reader.discard)(name)
        if self.currentWidget() is self._places[name]:
            self.shown.emit(name, wanted)

    def show_place(self, name: str) -> None:
        self.setCurrentWidget(self._places[name])
        self.shown.emit(name, name in self._with_reader)

    @property
    def place(self) -> str:
        """The name of what is shown."""
        current = self.currentWidget()
        return next(name for name, page in self._places.items() if page is current)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._places)
