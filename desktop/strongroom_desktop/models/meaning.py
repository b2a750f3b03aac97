"""By which model meaning is searched, and the choice of another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.models.changes import NAME_PX
from strongroom_desktop.widgets import Bar, Button, ElidedLabel, Paragraph, label, rule
from strongroom_desktop.wording import heard, number, tr
from strongroom_engine.types import EmbeddingChoice, EmbeddingStatus

_BAR_PX = 4


class Meaning(QWidget):
    """`chosen` carries the `EmbeddingChoice` that is wanted."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._status: EmbeddingStatus | None = None
        self._reranker = ""
        self._said = Paragraph(theme, "", "ui", "text_2")
        self._bar = Bar(theme, _BAR_PX)
        self._rows = QVBoxLayout()
        self.links: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(tr("Search by meaning"), "ui_strong"))
        column.addWidget(self._said)
        column.addWidget(self._bar)
        column.addSpacing(4)
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.hide()

    def text(self) -> str:
        return self._said.plain_text()

    def show_reranker(self, name: str) -> None:
        self._reranker = heard(name)
        self._say()

    def show_status(self, status: EmbeddingStatus) -> None:
        rows = self._status is None or self._status.choices != status.choices
        rows = rows or (
            self._status is not None
            and ((self._status.model, self._status.next_model) != (status.model, status.next_model))
        )
        self._status = status
        self._say()
        if rows:
            self._fill(status)
        self.show()

    def _say(self) -> None:
        if self._status is None:
            return
        self._said.set_text(sentence(self._status, self._reranker))
        status = self._status
        self._bar.setVisible(bool(status.next_model))
        self._bar.set_share(status.done / max(status.total, 1))

    def _fill(self, status: EmbeddingStatus) -> None:
        self.links.clear()
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for choice in status.choices:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(choice, status))

    def _row(self, choice: EmbeddingChoice, status: EmbeddingStatus) -> QWidget:
        made = QWidget()
        made.setFixedHeight(self._theme.control("row_table"))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.space(4))
        name = ElidedLabel(choice.name, "ui_medium")
        grow(self._theme, name, name.setFixedWidth, NAME_PX)
        row.addWidget(name)
        known = words.languages(choice.languages) or tr("languages unknown")
        row.addWidget(ElidedLabel(known, "ui", "text_2"), 1)
        wanted = status.next_model or status.model
        if choice.name == status.model and not status.next_model:
            row.addWidget(label(tr("In use"), "ui", "text_2"))
        elif choice.name == wanted:
            row.addWidget(label(tr("Being built"), "ui", "text_2"))
        else:
            keep = choice.name == status.model
            link = Button(self._theme, tr("Keep") if keep else tr("Use"), "link")
            link.setAccessibleName(f"{link.text()}: {choice.name}")
            link.clicked.connect(lambda: self.chosen.emit(choice))
            self.links.append(link)
            row.addWidget(link)
        return made


def sentence(status: EmbeddingStatus, reranker: str) -> str:
    """What searches by meaning now, and what is being built."""
    if not status.here:
        said = tr(
            "Meaning cannot be searched: {model} is not on this computer.", model=status.model
        )
    else:
        said = tr("Meaning is searched with {model}.", model=status.model)
    if status.next_model:
        said += " " + tr(
            "Everything is being embedded anew with {model}: {done} of {total} passages. The old "
            "one answers meanwhile.",
            model=status.next_model,
            done=number(status.done),
            total=number(status.total),
        )
    if reranker:
        said += " " + tr("What is found is put in order by {model}.", model=reranker)
    return said
