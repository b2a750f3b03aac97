"""What is said while nothing was judged: how one marks what is right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Glyph, Paragraph, label, set_margins
from strongroom_desktop.wording import tr

_WIDEST_PX = 620


class Empty(QWidget):
    """Three ways, each with the sign that one will meet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        set_margins(column, 0, 8, 0, 0)
        column.setSpacing(theme.space(4))
        column.addWidget(label(tr("Nothing is judged yet"), "question"))
        for icon, text in _ways():
            row = QHBoxLayout()
            row.setSpacing(theme.space(3))
            sign = QVBoxLayout()
            sign.setContentsMargins(0, 2, 0, 0)
            sign.addWidget(Glyph(theme, icon, "text_2"))
            sign.addStretch(1)
            row.addLayout(sign)
            row.addWidget(Paragraph(theme, text, "ui", "text_2"), 1)
            column.addLayout(row)
        last = tr("From eight questions on a difference can be told from chance.")
        column.addWidget(Paragraph(theme, last, "ui", "text_2"))
        grow(theme, self, self.setMaximumWidth, _WIDEST_PX)


def _ways() -> tuple[tuple[str, str], ...]:
    return (
        (
            "thumbs-up",
            tr("Under an answer, mark it right: the pages that it cites are kept as right ones."),
        ),
        (
            "thumbs-down",
            tr(
                "Or mark it wrong, and show the page that holds the answer, or say that the "
                "documents do not answer it."
            ),
        ),
        (
            "gauge",
            tr(
                "Then measure here how often right pages are found and cited, before and after a "
                "change."
            ),
        ),
    )
