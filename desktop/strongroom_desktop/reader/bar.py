"""The reader's second bar: page, zoom, and which citation of how many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from strongroom_desktop.reader.header import bottom_rule
from strongroom_desktop.selection import Trail
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, ElidedLabel, IconButton, dress, label

_NARROW = 460
_NAMES = {"citation": "Citation", "hit": "Hit"}


class ReaderBar(QWidget):
    """`page_wanted` carries a page, `zoom_wanted` 1, -1 or 0 (fit), `step_wanted` 1 or -1."""

    page_wanted = Signal(int)
    zoom_wanted = Signal(int)
    step_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page = 1
        self._pages = 1
        self._trail: Trail | None = None
        self.previous = IconButton(theme, "chevron-left", "Previous page", directional=True)
        self.next = IconButton(theme, "chevron-right", "Next page", directional=True)
        self.field = QLineEdit()
        self._of = label("", "ui", "text_2")
        self._pager = _group(self.previous, 4, self.field, 8, self._of, 4, self.next)
        self.part = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        self.narrower = IconButton(theme, "minus", "Smaller", keys="Ctrl+-")
        self.fit = Button(theme, "Fit width", "plain")
        self.wider = IconButton(theme, "plus", "Larger", keys="Ctrl++")
        self._zoom = _group(self.narrower, self.fit, self.wider)
        self.citation = label("", "ui", "text")
        self.up = IconButton(theme, "arrow-up", "Previous citation", keys="Shift+F4")
        self.down = IconButton(theme, "arrow-down", "Next citation", keys="F4")
        self._steps = _group(self.citation, 8, self.up, self.down)
        self._arrange()
        self._connect()
        self.show_trail(None)
        self.show_page(1, 0)

    def _arrange(self) -> None:
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setAccessibleName("Page")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(0)
        row.addWidget(self._pager)
        row.addWidget(self.part, 1_000)
        row.addStretch(1)
        row.addWidget(self._zoom)
        row.addStretch(1)
        row.addWidget(self._steps)
        dress(self, surface="canvas")
        self._theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.field.setFixedWidth(self._theme.px(40))
        self.setFixedHeight(self._theme.control("bar"))

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.page_wanted.emit(self._page - 1))
        self.next.clicked.connect(lambda: self.page_wanted.emit(self._page + 1))
        self.field.returnPressed.connect(self._on_field)
        self.narrower.clicked.connect(lambda: self.zoom_wanted.emit(-1))
        self.fit.clicked.connect(lambda: self.zoom_wanted.emit(0))
        self.wider.clicked.connect(lambda: self.zoom_wanted.emit(1))
        self.up.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.down.clicked.connect(lambda: self.step_wanted.emit(1))

    # --- what is shown ---------------------------------------------------------------------------

    def show_page(self, page: int, pages: int) -> None:
        """Which page is open; `pages` 0 where there are none."""
        self._page, self._pages = page, pages
        self._pager.setVisible(pages > 0)
        self.part.hide()
        self.field.setText(str(page))
        self._of.setText(f"of {pages:,}")
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < pages)

    def show_part(self, start: int, end: int, total: int) -> None:
        """Which part of a long text is shown; nothing where it is all of it."""
        whole = end - start >= total
        self.part.set_text("" if whole else f"Characters {start + 1:,} to {end:,} of {total:,}")
        self.part.setVisible(not whole)

    def show_zoom(self, zoom: float, *, of_text: bool) -> None:
        whole = "Text 100 %" if of_text else "Fit width"
        other = (
            f"Text {zoom:.0%}".replace("%", " %") if of_text else f"{zoom:.0%}".replace("%", " %")
        )
        self.fit.setText(whole if zoom == 1.0 else other)

    def show_trail(self, trail: Trail | None) -> None:
        self._trail = trail
        self._zoom.setVisible(trail is not None and self._is_wide)
        named = trail is not None and trail.kind in _NAMES
        self._steps.setVisible(named)
        if trail is None or not named:
            return
        name = _NAMES[trail.kind]
        count = f"{trail.index + 1} of {len(trail.places)}"
        self.citation.setText(f"{name} {count}" if self._is_wide else count)
        keys = {"Citation": ("Shift+F4", "F4"), "Hit": ("Shift+F3", "F3")}[name]
        for button, way, key in ((self.up, "Previous", keys[0]), (self.down, "Next", keys[1])):
            button.setAccessibleName(f"{way} {name.lower()}")
            button.setToolTip(f"{way} {name.lower()}  {key}")
            button.setEnabled(len(trail.places) > 1)

    @property
    def _is_wide(self) -> bool:
        return self.width() >= self._theme.px(_NARROW)

    def _on_field(self) -> None:
        text = self.field.text().strip()
        if text.isdecimal() and self._pages:
            self.page_wanted.emit(min(max(int(text), 1), self._pages))
        else:
            self.field.setText(str(self._page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_trail(self._trail)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        bottom_rule(self, self._theme)


def _group(*parts: QWidget | int) -> QWidget:
    """Widgets in a row; numbers are the pixels between them."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for part in parts:
        if isinstance(part, int):
            row.addSpacing(part)
        else:
            row.addWidget(part)
    return group
