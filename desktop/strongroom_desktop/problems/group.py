"""A group of problems on the page: its reason, its remedy, its rows."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.problems.groups import Group, details, remedy_text
from strongroom_desktop.problems.model import ProblemModel, Row
from strongroom_desktop.problems.rows import ProblemList
from strongroom_desktop.widgets import Button, Glyph, IconButton, label
from strongroom_desktop.wording import number, plural, tr

SHOWN_ROWS = 6
"""Rows of a group until 'n more' is pressed."""
_MORE_PX = 12
"""Its chevron stands beneath the icons of the rows."""


class GroupBox(QWidget):
    """`wanted` carries what is to be done (a `Remedy`) and the records of the whole group."""

    wanted = Signal(str, object)

    def __init__(self, group: Group, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group = group
        self._unfolded = False
        self._glyph = Glyph(theme, group.reason.icon, group.role)
        self._count = label("", "ui", "text_3")
        kind = "primary" if group.reason.remedy == "password" else "framed"
        self._remedy = Button(theme, "", kind)
        self._remedy.clicked.connect(lambda: self._want(self._group.reason.remedy))
        self._more = Button(theme, "", "plain", icon="chevron-right", directional=True)
        self._more.clicked.connect(self.unfold)
        self.model = ProblemModel(self)
        self.list = ProblemList(self.model, theme, group.reason.title)
        self._lay_out()
        self.show_group(group)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._glyph)
        head.addWidget(label(self._group.reason.title, "ui_strong"))
        head.addWidget(self._count)
        head.addStretch(1)
        more = IconButton(
            self._theme,
            "ellipsis",
            tr("More for “{reason}”", reason=self._group.reason.title),
        )
        more.clicked.connect(lambda: self.menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        head.addWidget(more)
        head.addWidget(self._remedy)
        sentence = label(self._group.reason.sentence, "small", "text_2", wrap=True)
        sentence.setIndent(24)  # by reading direction, unlike margins
        sentence.setContentsMargins(0, 6, 0, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, self._theme.space(5))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(sentence)
        column.addWidget(self.list)
        foot = QHBoxLayout()
        foot.addSpacing(_MORE_PX)
        foot.addWidget(self._more)
        foot.addStretch(1)
        column.addLayout(foot)

    @property
    def group(self) -> Group:
        return self._group

    def show_group(self, group: Group) -> None:
        """Show what the group consists of now."""
        self._group = group
        count = len(group.records)
        self._count.setText(number(count))
        self._remedy.setText(remedy_text(group.reason.remedy, count))
        rows = [Row(*each) for each in zip(group.records, details(group), strict=True)]
        folded = not self._unfolded and len(rows) > SHOWN_ROWS + 1
        self.model.set_rows(rows[:SHOWN_ROWS] if folded else rows)
        self._more.setText(tr("{n} more", n=number(count - SHOWN_ROWS)))
        self._more.setVisible(folded)

    def set_again(self, paths: AbstractSet[str]) -> None:
        """These documents are being read again."""
        self.model.set_again(paths)
        mine = {record.path for record in self._group.records}
        busy = self._group.reason.remedy in {"retry", "download"} and mine <= paths
        self._remedy.setEnabled(not busy)

    def unfold(self) -> None:
        """Show all rows."""
        self._unfolded = True
        self.show_group(self._group)

    def menu(self) -> QMenu:
        """What can be done with the whole group besides its remedy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(self._group.records)
        for key, text in (
            ("retry", remedy_text("retry", count)),
            ("copy", remedy_text("copy", count)),
            (
                "exclude",
                plural(count, "Leave it out of the library", "Leave all {n} out of the library"),
            ),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, key=key: self._want(key))
        return menu

    def _want(self, key: str) -> None:
        self.wanted.emit(key, self._group.records)
