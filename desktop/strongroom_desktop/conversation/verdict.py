"""Right or wrong: the two buttons under an answer, and the page that holds the right one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.conversation.judging import Verdicts
from strongroom_desktop.files import file_name
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Place, Selection
from strongroom_desktop.text import place_of
from strongroom_desktop.widgets import IconButton
from strongroom_desktop.wording import tr
from strongroom_engine.types import Answer


class VerdictButtons(QWidget):
    """Two buttons of which one, or none, is pressed."""

    def __init__(self, answer: Answer, verdicts: Verdicts, theme: Theme) -> None:
        super().__init__()
        self._answer = answer
        self._verdicts = verdicts
        right = tr("Right: keep it in your own question set")
        wrong = tr("Wrong: keep it in your own question set")
        self.right = IconButton(theme, "thumbs-up", right)
        self.wrong = IconButton(theme, "thumbs-down", wrong)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button, is_right in ((self.right, True), (self.wrong, False)):
            row.addWidget(button)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, is_right=is_right: self._judge(is_right))
        verdicts.changed.connect(self._show)
        self._show()

    def _judge(self, right: bool) -> None:
        if self._verdicts.of(self._answer) != right:
            self._verdicts.judge(self._answer, right=right)
        self._show()

    def _show(self) -> None:
        said = self._verdicts.of(self._answer)
        for button, pressed in ((self.right, said is True), (self.wrong, said is False)):
            with QSignalBlocker(button):
                button.setChecked(pressed)


class RightPage(LinkLine):
    """After 'wrong': the page that is open in the reader can be added as the one that answers."""

    added = Signal(object)

    def __init__(
        self, answer: Answer, verdicts: Verdicts, selection: Selection, theme: Theme
    ) -> None:
        super().__init__(theme, "target")
        self._answer = answer
        self._verdicts = verdicts
        self._selection = selection
        self._added: Place | None = None
        self.keep_above(8)
        self.linked.connect(self._add)
        selection.opened.connect(self._on_opened)
        verdicts.changed.connect(self._show)
        self._show()

    def _on_opened(self, _trail: object, _preview: bool) -> None:
        self._show()

    def _add(self) -> None:
        place = self._selection.place
        if place is not None:
            self._added = place
            self._verdicts.add_place(self._answer, place)
            self.added.emit(place)
            self._show()

    def _show(self) -> None:
        if self._verdicts.of(self._answer) is not False:
            self.say("")
            return
        place = self._selection.place
        if self._added is not None and place in (None, self._added):
            said = tr("{place} is kept as the place that answers this.", place=_named(self._added))
            self.say(said)
        elif place is None:
            self.say(tr("Open the page that holds the answer to add it here."))
        else:
            self.say(
                tr("Does {place} hold the answer?", place=_named(place)),
                tr("Add the page that holds the answer"),
            )


def _named(place: Place) -> str:
    return ", ".join(
        part for part in (file_name(place.file), place_of(place.page) or place.where) if part
    )
