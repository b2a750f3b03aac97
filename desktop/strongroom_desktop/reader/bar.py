"""The reader's second bar: page, zoom, and which citation of how many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.header import bottom_rule
from strongroom_desktop.reader.unit_words import of_units, unit_names
from strongroom_desktop.reader.zoom import PAGE, WIDTH
from strongroom_desktop.selection import Trail
from strongroom_desktop.text import with_keys
from strongroom_desktop.widgets import (
    Button,
    ElidedLabel,
    IconButton,
    dress,
    label,
    set_margins,
)
from strongroom_desktop.wording import number, tr

_NARROW = 460
_LABELLED = 56
_FIELD = 40


class ReaderBar(QWidget):
    """`page_wanted` carries a page, `zoom_wanted` 1 or -1, `step_wanted` 1 or -1; `fit_wanted`:
    the other way of fitting."""

    page_wanted = Signal(int)
    zoom_wanted = Signal(int)
    fit_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page = 1
        self._pages = 1
        self._label = self._where = ""
        self._labels: dict[str, int] = {}
        self._trail: Trail | None = None
        self._zooming = True
        self.previous = IconButton(theme, "chevron-left", tr("Previous page"), directional=True)
        self.next = IconButton(theme, "chevron-right", tr("Next page"), directional=True)
        self.field = QLineEdit()
        self._of = label("", "ui", "text_2")
        self._pager = _group(self.previous, 4, self.field, 8, self._of, 4, self.next)
        self.part = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        self.narrower = IconButton(theme, "minus", tr("Smaller"), keys="Ctrl+-")
        self.fit = Button(theme, tr("Fit width"), "plain")
        self.wider = IconButton(theme, "plus", tr("Larger"), keys="Ctrl++")
        self._zoom = _group(self.narrower, self.fit, self.wider, 8)
        self.citation = label("", "ui", "text")
        self.up = IconButton(theme, "arrow-up", "")
        self.down = IconButton(theme, "arrow-down", "")
        self._steps = _group(self.citation, 4, self.up, self.down)
        self._arrange()
        self._connect()
        self.show_trail(None)
        self.show_page(1, 0)

    def _arrange(self) -> None:
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setAccessibleName(tr("Page"))
        self.field.setToolTip(with_keys(tr("Go to a page"), "Ctrl+G"))
        row = QHBoxLayout(self)
        set_margins(row, 12, 0, 12, 1)
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
        self.field.setFixedWidth(self._theme.px(_LABELLED if self._label else _FIELD))
        self.setFixedHeight(self._theme.control("bar"))

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.page_wanted.emit(self._page - 1))
        self.next.clicked.connect(lambda: self.page_wanted.emit(self._page + 1))
        self.field.returnPressed.connect(self._on_field)
        self.narrower.clicked.connect(lambda: self.zoom_wanted.emit(-1))
        self.fit.clicked.connect(self.fit_wanted)
        self.wider.clicked.connect(lambda: self.zoom_wanted.emit(1))
        self.up.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.down.clicked.connect(lambda: self.step_wanted.emit(1))

    # --- what is shown ---------------------------------------------------------------------------

    def show_page(self, page: int, pages: int, printed: str = "") -> None:
        """Which page is open, with its printed number where that is another; `pages` 0 where there
        are none."""
        self._page, self._pages, self._label = page, pages, printed
        self._pager.setVisible(pages > 0)
        self._name_pager(tr("Page"), tr("Previous page"), tr("Next page"))
        self.part.hide()
        self.field.setText(printed or str(page))
        if printed:
            self._of.setText(tr("({page} of {pages})", page=number(page), pages=number(pages)))
        else:
            self._of.setText(tr("of {pages}", pages=number(pages)))
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < pages)
        self._show_zooming()
        self._dress()

    def show_unit(self, number_: int, count: int, kind: str, said: str = "") -> None:
        """Which slide, sheet or message of how many is seen, of a document without pages; `said`:
        the same in words, which are not said twice."""
        if self.field.hasFocus() and self._pages == count:
            return  # someone types where to go
        self.show_page(number_, count)
        self._of.setText(of_units(kind, count))
        where = self._where.removeprefix(said).removeprefix(", ")
        self.part.set_text(where)
        self.part.setVisible(bool(where))
        name, before, after = unit_names(kind)
        self._name_pager(name, before, after)

    def _name_pager(self, name: str, before: str, after: str) -> None:
        self.field.setAccessibleName(name)
        for button, said in ((self.previous, before), (self.next, after)):
            button.setAccessibleName(said)
            button.setToolTip(said)

    def set_labels(self, labels: tuple[tuple[int, str], ...]) -> None:
        """The printed numbers of the open document: the field takes them, too."""
        self._labels = {text.casefold(): page for page, text in reversed(labels)}

    @property
    def pages(self) -> int:
        return self._pages

    def show_part(self, start: int, end: int, total: int) -> None:
        """Which part of a long text is shown; nothing where it is all of it."""
        whole = end - start >= total
        text = tr(
            "{start} to {end} % of the text",
            start=number(100 * start // max(total, 1)),
            end=number(100 * end // max(total, 1)),
        )
        said = self._where or ("" if whole else text)
        self.part.set_text(said)
        self.part.setVisible(bool(said))

    def show_zoom(self, fit: str, factor: float) -> None:
        """`fit` as of `Zoom`, or 'text' for the size of a text."""
        percent = number(round(factor * 100))
        match fit:
            case "text":
                self.fit.setText(tr("Text {percent} %", percent=percent))
                self.fit.setToolTip(tr("Text in its usual size"))
            case _ if fit == WIDTH:
                self.fit.setText(tr("Fit width"))
                self.fit.setToolTip(tr("Show the whole page"))
            case _ if fit == PAGE:
                self.fit.setText(tr("Fit page"))
                self.fit.setToolTip(tr("As wide as the reader"))
            case _:
                self.fit.setText(tr("{percent} %", percent=percent))
                self.fit.setToolTip(tr("As wide as the reader"))

    def show_trail(self, trail: Trail | None) -> None:
        self._trail = trail
        self._where = trail.place.where if trail else ""
        named = trail is not None and trail.kind in ("citation", "hit")
        self._steps.setVisible(named)
        self._show_zooming()
        if trail is None or not named:
            return
        n, count = number(trail.index + 1), number(len(trail.places))
        of_hits = trail.kind == "hit"
        if not self._is_wide:
            said = tr("{n} of {count}", n=n, count=count)
        elif of_hits:
            said = tr("Hit {n} of {count}", n=n, count=count)
        else:
            said = tr("Citation {n} of {count}", n=n, count=count)
        self.citation.setText(said)
        before = tr("Previous hit") if of_hits else tr("Previous citation")
        after = tr("Next hit") if of_hits else tr("Next citation")
        key = "F3" if of_hits else "F4"
        for button, name, keys in ((self.up, before, f"Shift+{key}"), (self.down, after, key)):
            button.setAccessibleName(name)
            button.setToolTip(f"{name}  {keys}")
            button.setEnabled(len(trail.places) > 1)

    def set_zooming(self, zooming: bool) -> None:
        """Whether there is something to be shown larger or smaller."""
        self._zooming = zooming
        self._show_zooming()

    def _show_zooming(self) -> None:
        alone = self._pages == 0 and self._steps.isHidden()
        shown = self._zooming and self._trail is not None
        self._zoom.setVisible(shown and (self._is_wide or alone))

    @property
    def _is_wide(self) -> bool:
        return self.width() >= self._theme.px(_NARROW)

    def focus_page(self) -> None:
        """Let a page be typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_field(self) -> None:
        text = self.field.text().strip()
        printed = self._labels.get(text.casefold())
        if printed is not None:
            self.page_wanted.emit(printed)
        elif text.isdecimal() and self._pages:
            self.page_wanted.emit(min(max(int(text), 1), self._pages))
        else:
            self.field.setText(self._label or str(self._page))

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
