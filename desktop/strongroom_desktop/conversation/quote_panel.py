"""The panel beneath a chip: which document, which page, and the words themselves."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop import elsewhere
from strongroom_desktop.absence import absence
from strongroom_desktop.conversation.fitted import Prose
from strongroom_desktop.conversation.places import where
from strongroom_desktop.files import file_icon
from strongroom_desktop.floating import Floating
from strongroom_desktop.keys import key_cap
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, Glyph, label
from strongroom_desktop.wording import tr
from strongroom_engine.types import Citation

WIDTH = 372
_BELOW = 4
_LONG = 420
"""Characters of a quote that are shown; the page shows all of it."""


class QuotePanel(Floating):
    """It takes no events: the pointer stays with the chip."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("quotePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.citation: Citation | None = None
        self._icon = Glyph(theme, "file", "text_2")
        self._name = ElidedLabel("", "ui_medium")
        self._where = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        self._quote = Prose(theme, "", "ui")
        self._found = label("", "small", "text_2")
        self._check = Glyph(theme, "check", "accent")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(_row(8, self._icon, (self._name, 1), self._where))
        layout.addWidget(self._quote)
        layout.addLayout(
            _row(
                8,
                self._check,
                (self._found, 1),
                key_cap("\u23ce"),
                label(tr("open"), "small", "text_2"),
            )
        )

    def show_citation(
        self, citation: Citation, anchor: QRect, column: QRect, *, suspect: bool = False
    ) -> None:
        """Beneath `anchor`, a chip's rectangle in the parent, within the edges of the column; above
        it where the parent ends. `suspect`: words in it seem to be meant for a machine."""
        self.citation = citation
        away = absence.words(citation.file)
        self._icon.show_icon("unplug" if away else file_icon(citation.file), "text_2")
        self._name.set_text(name_in_container(citation.file))
        self._where.set_text(where(citation))
        self._where.setMaximumWidth(self.theme.px(WIDTH) * 2 // 5)
        quote = " ".join(citation.quote.split())
        cut = quote[:_LONG].rstrip() + "\u2026" if len(quote) > _LONG else quote
        self._quote.set_text(f"\u201c{cut}\u201d")
        on_page, in_document = (
            tr("Found word for word on this page"),
            tr("Found word for word in this document"),
        )
        found = in_document if citation.page is None else on_page
        parts = (found, away, elsewhere.words(citation.copies))
        found = ", ".join(part for part in parts if part)
        self._found.setText(tr("Holds words meant for a machine") if suspect else found)
        self._check.show_icon(*(("triangle-alert", "warn") if suspect else ("check", "accent")))
        width = min(self.theme.px(WIDTH), column.width())
        self._place(width, anchor, column)
        self.show()
        self.raise_()

    def _place(self, width: int, anchor: QRect, column: QRect) -> None:
        self._quote.fit_to(width - 32)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.sizeHint().height()
        left = max(column.left(), min(anchor.center().x() - width // 2, column.right() + 1 - width))
        top = anchor.bottom() + 1 + _BELOW
        parent = self.parentWidget()
        if parent and top + height > parent.height() and anchor.top() - _BELOW - height > 0:
            top = anchor.top() - _BELOW - height
        self.set_panel(QRect(left, top, width, height))


def _row(spacing: int, *widgets: QWidget | tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for each in widgets:
        widget, stretch = each if isinstance(each, tuple) else (each, 0)
        row.addWidget(widget, stretch)
    return row
