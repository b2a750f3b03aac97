"""The centre of the window: one place is shown at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget


class Centre(QStackedWidget):
    """Places by name. `shown` carries the name of the one that is shown now, and whether the
    reader fits beside it: wide pages have none."""

    shown = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: dict[str, QWidget] = {}
        self._later: dict[str, Callable[[], QWidget]] = {}
        self._with_reader: set[str] = set()

    def add(self, name: str, page: QWidget, *, reader: bool = False) -> None:
        """Make a place; `reader` where a document stands beside it."""
        self._made[name] = page
        self.addWidget(page)
        if reader:
            self._with_reader.add(name)

    def add_later(self, name: str, make: Callable[[], QWidget]) -> None:
        """Make a place whose page is made when it is first wanted."""
        self._later[name] = make

    def page(self, name: str) -> QWidget:
        """The page of a place, made now if it was not yet."""
        if name not in self._made:
            self.add(name, self._later[name]())
            del self._later[name]
        return self._made[name]

    def is_made(self, name: str) -> bool:
        """Whether the page of a place was wanted before."""
        return name in self._made

    def set_reader(self, name: str, wanted: bool) -> None:
        """Whether the reader fits beside a place from now on."""
        (self._with_reader.add if wanted else self._with_reader.discard)(name)
        if self._made and self.place == name:
            self.shown.emit(name, wanted)

    def has_reader(self, name: str) -> bool:
        """Whether the reader fits beside a place now."""
        return name in self._with_reader

    def show_place(self, name: str) -> None:
        self.setCurrentWidget(self.page(name))
        self.shown.emit(name, name in self._with_reader)

    @property
    def place(self) -> str:
        """The name of what is shown."""
        current = self.currentWidget()
        return next((name for name, page in self._made.items() if page is current), "")

    @property
    def names(self) -> tuple[str, ...]:
        return (*self._made, *self._later)
