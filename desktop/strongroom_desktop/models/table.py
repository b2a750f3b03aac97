"""All models: those that matter first, the others behind 'Show n more'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models.rows import Head, ModelRow
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import KnownModel


class Table(QWidget):
    """`used` and `removed` carry the `KnownModel`."""

    used = Signal(object)
    removed = Signal(object)
    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._models: tuple[KnownModel, ...] = ()
        self._all = False
        self.rows: list[ModelRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(label(tr("All models"), "ui_strong"))
        head.addStretch(1)
        self.more = Button(theme, "", "link")
        self.more.clicked.connect(self._show_all)
        head.addWidget(self.more)
        column.addLayout(head)
        column.addSpacing(6)
        column.addWidget(Head(theme))
        column.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)

    def show_models(self, models: Sequence[KnownModel]) -> None:
        if tuple(models) == self._models:
            return
        self._models = tuple(models)
        self._fill()

    def _show_all(self) -> None:
        self._all = not self._all
        self._fill()

    def unfold(self, file: str) -> None:
        """Show how to get this file."""
        row = next((row for row in self.rows if row.model.file == file), None)
        if row is not None:
            row.unfold()
            if row.action is not None:
                row.action.setFocus()

    def _fill(self) -> None:
        self._empty()
        first = first_ones(self._models)
        shown = self._models if self._all else first
        names = Counter(model.name for model in shown)
        for model in shown:
            row = ModelRow(self._theme, model, alone=names[model.name] == 1)
            row.used.connect(lambda model=model: self.used.emit(model))
            row.removed.connect(lambda model=model: self.removed.emit(model))
            row.copied.connect(self.copied)
            self._rows.addWidget(row)
            self.rows.append(row)
        others = len(self._models) - len(first)
        shows = plural(others, "Show {n} more", "Show {n} more")
        self.more.setText(tr("Show fewer") if self._all else shows)
        self.more.setVisible(others > 0)

    def _empty(self) -> None:
        self.rows.clear()
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()


def first_ones(models: Sequence[KnownModel]) -> tuple[KnownModel, ...]:
    """Of each model the file that is here, else the smallest; none that only serves trying out."""
    here = {model.name for model in models if model.here}
    seen: set[str] = set()
    kept = []
    for model in models:
        wanted = model.here or (model.name not in here and model.name not in seen)
        if (wanted and not model.test) or model.in_use:
            kept.append(model)
            seen.add(model.name)
    return tuple(kept)
