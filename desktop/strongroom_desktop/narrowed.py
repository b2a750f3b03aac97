"""The line that says when a question has narrowed its own search, and the link that undoes it.

A search that says which documents it means is searched in those only. That is never silent: the
hits and the answer say it with the engine's sentences (`Understood`), and offer the other way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import heard, tr
from strongroom_engine.types import Understood

Parts = tuple[Understood, ...]


def can_be_undone(understood: Sequence[Understood]) -> bool:
    """Whether the search stands narrowed; one that found nothing was undone by the engine."""
    return bool(understood) and understood[-1].kind != "everywhere"


def sentence(question: str, understood: Sequence[Understood], undone: Sequence[Understood]) -> str:
    """What narrowed the search; where the user undid that (`undone`), what it would have been."""
    if undone:
        words = _words(question, undone)
        return tr("Searched everywhere, though the question says {words}.", words=words)
    return " ".join(heard(part.text) for part in understood)


def _words(question: str, parts: Sequence[Understood]) -> str:
    """The words that were understood, in quotes; the engine counts in the composed form (NFC)."""
    text = unicodedata.normalize("NFC", question)
    said = [" ".join(text[slice(*part.span)].split()) for part in parts]
    quoted = [tr("‘{words}’", words=words) for words in dict.fromkeys(said)]
    *before, last = quoted or [""]
    return tr("{words} and {last}", words=", ".join(before), last=last) if before else last


class NarrowedLine(LinkLine):
    """Hidden while there is nothing to say. `switched`: the question is wanted the other way."""

    switched = Signal()

    def __init__(self, theme: Theme, *, asks: bool = False, parent: QWidget | None = None) -> None:
        """The link searches again, or `asks`."""
        super().__init__(theme, "list-filter", parent=parent)
        self._asks = asks
        self.linked.connect(self.switched)

    def show_parts(self, question: str, understood: Parts, undone: Parts = ()) -> None:
        """Say what narrowed the search for `question`, or what the user undid."""
        there = tr("Ask only there") if self._asks else tr("Search only there")
        everywhere = tr("Ask everywhere") if self._asks else tr("Search everywhere")
        action = there if undone else everywhere
        possible = bool(undone) or can_be_undone(understood)
        self.say(sentence(question, understood, undone), action if possible else "")
