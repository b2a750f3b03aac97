"""One judged question: its right places, what the last run made of it, and forgetting it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.quality import words
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import (
    Button,
    ElidedLabel,
    Glyph,
    IconButton,
    label,
    rule,
    set_margins,
)
from strongroom_desktop.wording import plural, tr
from strongroom_engine.judging import Judgement, Outcome, Place

_SHOWN_PLACES = 2
_LEAST_CHARACTERS = 10
OUTCOME_PX, SIGN_PX = 190, 24
WORDS_BELOW_PX = 620
"""Below so wide a row (at 100 % text size) the sign stands without its word."""


class QuestionRow(QWidget):
    """`place_wanted` carries a `Place` of the judgement, `forget_wanted` asks to forget it,
    `absent_wanted` says that the documents do not answer it."""

    place_wanted = Signal(object)
    absent_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, theme: Theme, judgement: Judgement, result: Outcome | None) -> None:
        super().__init__()
        self._theme = theme
        self.judgement = judgement
        icon, role, word = words.outcome(judgement, result)
        said = (judgement.question, words.remark(judgement), word)
        self.setAccessibleName(", ".join(part for part in said if part))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(rule())
        line = QWidget()
        row = QHBoxLayout(line)
        set_margins(row, 0, 9, 0, 9)
        row.setSpacing(theme.space(3))
        row.addLayout(self._words(), 1)
        self._end = self._outcome(icon, role, word)
        row.addWidget(self._end)
        row.addWidget(self._forget())
        outer.addWidget(line)

    def minimumSizeHint(self) -> QSize:
        """Its cells may be wide now and narrow in less room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the sign alone says what the last run made of it."""
        super().resizeEvent(event)
        roomy = self.width() >= self._theme.px(WORDS_BELOW_PX)
        self._word.setVisible(roomy)
        self._end.setFixedWidth(self._theme.px(OUTCOME_PX if roomy else SIGN_PX))

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(3)
        end = Qt.TextElideMode.ElideRight
        question = ElidedLabel(self.judgement.question, "ui_medium", "text", end)
        self.setToolTip(as_tooltip(words.answers(self.judgement)))
        column.addWidget(question)
        places = QHBoxLayout()
        places.setSpacing(self._theme.space(3))
        if remark := words.remark(self.judgement):
            places.addWidget(label(remark, "small", "text_2"))
        if words.is_open(self.judgement):
            places.addWidget(self._absent())
        for place in self.judgement.places[:_SHOWN_PLACES]:
            places.addWidget(self._place(place))
        more = len(self.judgement.places) - _SHOWN_PLACES
        if more > 0:
            places.addWidget(label(plural(more, "{n} more", "{n} more"), "small", "text_3"))
        places.addStretch(1)
        column.addLayout(places)
        return column

    def _absent(self) -> Button:
        link = Button(self._theme, tr("The documents do not say"), "placeLink")
        link.setToolTip(tr("Mark it so; it can be measured then."))
        link.clicked.connect(self.absent_wanted)
        return link

    def _place(self, place: Place) -> QWidget:
        name = words.place(place)
        if place.file in self.judgement.missing:
            return ElidedLabel(tr("{name} is gone", name=name), "small", "warn")
        link = _PlaceLink(self._theme, name)
        link.setToolTip(as_tooltip(f"{place.file}\n{place.quote}".strip()))
        link.clicked.connect(lambda: self.place_wanted.emit(place))
        return link

    def _outcome(self, icon: str, role: str, word: str) -> QWidget:
        frame = QWidget()
        frame.setToolTip(word)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if icon:
            row.addWidget(Glyph(self._theme, icon, role))
        self._word = label(word, "ui", "text_2")
        row.addWidget(self._word)
        row.addStretch(1)
        return frame

    def _forget(self) -> IconButton:
        button = IconButton(self._theme, "trash-2", tr("Forget this question"), role="text_3")
        button.setAccessibleName(tr("Forget “{question}”", question=self.judgement.question))
        button.clicked.connect(self.forget_wanted)
        return button


class _PlaceLink(Button):
    """A place that opens; its name is shortened in the middle, for names end in dates and pages."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name.replace("&", "&&"), "placeLink")
        self._name = name
        self.setAccessibleName(tr("Open {name}", name=name))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._name) + 2
        return QSize(wanted, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        middle = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(self._name, middle, self.width())
        self.setText(shown.replace("&", "&&"))
