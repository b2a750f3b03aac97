"""The head of a turn: the question, its pencil, and how it was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.conversation.asking import Asking
from strongroom_desktop.conversation.fitted import Prose
from strongroom_desktop.conversation.words import understood_as
from strongroom_desktop.files import file_name
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import IconButton
from strongroom_desktop.wording import plural, tr

_LINES_UNDERSTOOD = 6
"""How a question was taken is there to be checked, so it is hardly ever shortened."""


class TurnHead(QWidget):
    """`edit` wants these words in the field."""

    edit = Signal(str)

    def __init__(self, asking: Asking, theme: Theme) -> None:
        super().__init__()
        self._asking = asking
        self._standalone = ""
        self.title = Prose(theme, asking.question, "question")
        self.pencil = IconButton(theme, "pencil", tr("Change the question"))
        keep = self.pencil.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.pencil.setSizePolicy(keep)
        self.pencil.clicked.connect(lambda: self.edit.emit(asking.question))
        self.about = LinkLine(theme, "file-text")
        self.about.keep_above(4)
        self.about.say(about(asking))
        self.understood = LinkLine(theme, "message-square", most_lines=_LINES_UNDERSTOOD)
        self.understood.keep_above(4)
        self.understood.linked.connect(lambda: self.edit.emit(self._standalone))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.title, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.about)
        column.addWidget(self.understood)

    def take(self, standalone: str) -> None:
        """Say how a question that goes on from earlier ones was understood."""
        self._standalone = standalone
        self.understood.say(understood_as(standalone), tr("Edit"))


def about(asking: Asking) -> str:
    """'About Lease.pdf.', 'About 3 documents.'; '' where no documents were chosen, and where the
    question names them all: 'Summary: Lease.pdf'."""
    count = len(asking.documents)
    if all(file_name(document) in asking.question for document in asking.documents):
        return ""
    if count == 1:
        return tr("About {name}.", name=file_name(asking.documents[0]))
    if count == 2:
        first, second = map(file_name, asking.documents)
        return tr("About {first} and {second}.", first=first, second=second)
    return plural(count, "About {n} document.", "About {n} documents.")
