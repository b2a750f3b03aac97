"""What the page of problems shows of them: all, skipped or failed; of one collection or of all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, IconButton, dress
from strongroom_desktop.wording import number, tr
from strongroom_engine.types import DocumentRecord, State


class Filters(QWidget):
    """`changed` when something else is to be shown."""

    changed = Signal()
    rescan_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.state: State | None = None
        self.collection = ""
        self._collections: list[str] = []
        self._has_problems = self._narrow = False
        self._segments = QButtonGroup(self)
        self._frame = self._make_segments(theme)
        self._which = IconButton(theme, "list-filter", tr("Show one collection only"))
        self._which.setCheckable(True)
        self._which.clicked.connect(self._show_menu)
        self._copy = IconButton(theme, "copy", tr("Copy the list"))
        self._copy.clicked.connect(self.copy_wanted)
        again = IconButton(theme, "refresh-cw", tr("Look for changes"), keys="F5")
        again.clicked.connect(self.rescan_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._frame)
        row.addSpacing(8)
        for button in (self._which, self._copy, again):
            row.addWidget(button)

    def _make_segments(self, theme: Theme) -> QWidget:
        frame = QWidget()
        frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        dress(frame, surface="segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for state in (None, State.SKIPPED, State.FAILED):
            button = Button(theme, "", "segment")
            button.setCheckable(True)
            button.setChecked(state is None)
            button.clicked.connect(lambda _on=False, state=state: self._choose_state(state))
            self._segments.addButton(button)
            row.addWidget(button)
        return frame

    def show_problems(self, problems: Sequence[DocumentRecord]) -> None:
        """The figures, of the collection that is shown."""
        self._collections = sorted({p.collection for p in problems}, key=str.casefold)
        if self.collection not in self._collections:
            self.collection = ""
        mine = [p for p in problems if self.collection in ("", p.collection)]
        skipped = sum(record.state == State.SKIPPED for record in mine)
        names = (
            tr("All {n}", n=number(len(mine))),
            tr("Skipped {n}", n=number(skipped)),
            tr("Failed {n}", n=number(len(mine) - skipped)),
        )
        for button, name in zip(self._segments.buttons(), names, strict=True):
            button.setText(name)
        self._frame.setVisible(bool(problems))
        self._has_problems = bool(problems)
        self._copy.setVisible(self._has_problems and not self._narrow)
        self._which.setVisible(len(self._collections) > 1)
        self._which.setChecked(bool(self.collection))
        shown = tr("Shown: {collection}", collection=self.collection)
        self._which.setToolTip(shown if self.collection else tr("Show one collection only"))

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, what can be done without goes."""
        self._narrow = narrow
        self._copy.setVisible(self._has_problems and not narrow)

    def choose_collection(self, name: str) -> None:
        """Show the problems of one collection; '' for all."""
        self.collection = name
        self.changed.emit()

    def _choose_state(self, state: State | None) -> None:
        self.state = state
        self.changed.emit()

    def menu(self) -> QMenu:
        """The collections that have problems."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for name in ("", *self._collections):
            text = name.replace("&", "&&") if name else tr("All collections")
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == self.collection)
            action.triggered.connect(lambda _on=False, name=name: self.choose_collection(name))
            group.addAction(action)
        return menu

    def _show_menu(self) -> None:
        self._which.setChecked(bool(self.collection))
        self.menu().popup(self._which.mapToGlobal(self._which.rect().bottomLeft()))
