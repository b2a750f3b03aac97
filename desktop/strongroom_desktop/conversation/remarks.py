"""What is quietly said about an answer: who wrote it, and what was not followed in its passages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.conversation.places import is_suspect
from strongroom_desktop.files import file_name
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip, in_words, place_of
from strongroom_desktop.wording import heard, plural, tr
from strongroom_engine.types import Answer, Suspicion

_GAP = 8


class Remarks(QWidget):
    """For an answer of which there is something to say: quotes only, or suspicions.
    `model_wanted`: the answer model shall be asked."""

    model_wanted = Signal()

    def __init__(self, answer: Answer, theme: Theme) -> None:
        super().__init__()
        self.quotes = LinkLine(theme, "book-open")
        self.quotes.linked.connect(self.model_wanted)
        self.suspicions = LinkLine(theme, "triangle-alert", "warn")
        reasons = _reasons(answer.suspicions)
        self.suspicions.setToolTip(as_tooltip(reasons))
        self.suspicions.setAccessibleDescription(reasons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.quotes)
        column.addWidget(self.suspicions)
        if answer.task == "quotes":
            said = tr("Quotes only, no answer model was asked.")
            self.quotes.say(said, tr("Ask the model"))
        self.suspicions.say(not_followed(answer))


def not_followed(answer: Answer) -> str:
    """That passages hold words meant for a machine; '' where none does."""
    if not answer.suspicions:
        return ""
    count = max(sum(is_suspect(hit, answer.suspicions) for hit in answer.hits), 1)
    said = plural(
        count,
        "{words} passage holds text meant for a machine; it was not followed.",
        "{words} passages hold text meant for a machine; it was not followed.",
        words=in_words(count),
    )
    return said[:1].upper() + said[1:]


def _reasons(suspicions: Sequence[Suspicion]) -> str:
    """Where each stands and why it is suspected, a line each."""
    places = [
        ", ".join(part for part in (file_name(one.file), place_of(one.page)) if part)
        for one in suspicions
    ]
    lines = (f"{place}: {heard(one.why)}" for place, one in zip(places, suspicions, strict=True))
    return "\n".join(dict.fromkeys(lines))
