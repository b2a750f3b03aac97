"""The dialog before a library is erased: one types a word."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from strongroom_desktop.dialogs import Sheet
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import LibraryFacts


class EraseSheet(Sheet):
    """One types a word before everything goes. `accepted` when it stands there."""

    def __init__(self, parent: QWidget, theme: Theme, facts: LibraryFacts | None) -> None:
        super().__init__(parent, theme, tr("Erase the library?"), _what_goes(facts))
        self.word = tr("erase")
        self.body.addSpacing(8)
        self.body.addWidget(label(tr("Type “{word}” to go on.", word=self.word), "ui", wrap=True))
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Type “{word}” to go on.", word=self.word))
        self.field.setAcceptDrops(False)
        self.field.textEdited.connect(self._on_edit)
        self.body.addWidget(self.field)
        self.go = Button(theme, tr("Erase everything"), "danger")
        self.go.setEnabled(False)
        self.go.clicked.connect(self.accept)
        self.field.returnPressed.connect(self.go.click)
        self.finish(self.cancel_button(), self.go, focus=self.field)

    def _on_edit(self, text: str) -> None:
        self.go.setEnabled(text.strip().casefold() == self.word.casefold())


def _what_goes(facts: LibraryFacts | None) -> str:
    if facts is None:
        indexed = tr("The index")
    else:
        documents = facts.documents
        indexed = plural(documents, "The index of {n} document", "The index of {n} documents")
    return tr(
        "{indexed}, all conversations, reviews and figures are deleted. This cannot be undone. "
        "Your documents stay where they are, and so do settings and models.",
        indexed=indexed,
    )
