"""That another version of a cited document says something else in the place of a quote."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from strongroom_desktop import elsewhere
from strongroom_desktop.conversation.fitted import Prose
from strongroom_desktop.conversation.rows import LinkLabel
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import Glyph
from strongroom_desktop.wording import tr
from strongroom_engine.types import Citation, Version

MOST = 3
"""Versions of one document: more say the same, mostly, and the report has them."""


class Otherwise(QWidget):
    """Which version, and its words. `opened` when its name is chosen."""

    opened = Signal()

    def __init__(self, version: Version, theme: Theme) -> None:
        super().__init__()
        dated = elsewhere.dated(version, name_in_container(version.file))
        said = tr("Otherwise in {name}", name=dated)
        self.name = LinkLabel(said, "small", tone="accent")
        self.name.setToolTip(as_tooltip(version.file))
        self.name.clicked.connect(self.opened)
        self.words = Prose(theme, f"\u201c{version.said}\u201d", "small", "text_2")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Glyph(theme, "git-compare", "warn"), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.words, 1, 1)


def otherwise(citations: Sequence[Citation], cited: Collection[str]) -> list[Version]:
    """The versions that say something else than these citations of one document, one of each
    wording; those that are `cited` by the answer themselves stand there already."""
    found: dict[str, Version] = {}
    for each in (version for citation in citations for version in citation.versions):
        if each.said and each.file not in cited:
            found.setdefault(each.said, each)
    return list(found.values())[:MOST]


def likewise(citations: Sequence[Citation]) -> list[Version]:
    """The versions that say what all of them say."""
    shared = set.intersection(
        *({each.file for each in citation.versions if not each.said} for citation in citations)
    )
    return [each for each in citations[0].versions if each.file in shared]
