"""What the reader says when it shows no page: what happened, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, dress, label
from strongroom_desktop.wording import tr
from strongroom_engine.errors import (
    DocumentMoved,
    EmptyDocument,
    FileMoved,
    NeedsPassword,
    NoText,
    NotInLibrary,
    NotReadYet,
    PictureTooLarge,
    SourceAway,
    StrongroomError,
    TooDeep,
    TooLarge,
    TooMuchInside,
    UnreadArchive,
    UnsupportedFormat,
    Vanished,
)

_WIDTH = 320
_JOINED = "/\u2060"
"""The first letter of a path, kept on the line of the second."""
_MOVED = frozenset({DocumentMoved.code, FileMoved.code})
_GONE = _MOVED | {SourceAway.code, Vanished.code}
_WITHOUT_TEXT = frozenset(
    error.code
    for error in (
        EmptyDocument, NeedsPassword, NoText, NotInLibrary, NotReadYet, PictureTooLarge,
        TooDeep, TooLarge, TooMuchInside, UnreadArchive, UnsupportedFormat,
    )
)  # fmt: skip
"""Where the library has nothing of the document either."""


class Notice(QWidget):
    """`outside`: open the file in its program; `text_wanted`: show what the library has of it;
    `again`: try once more; `moved_wanted` carries the path where the document is now;
    `password_wanted`: its password is to be given."""

    outside = Signal()
    text_wanted = Signal()
    again = Signal()
    moved_wanted = Signal(str)
    password_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._moved_to = ""
        self._sentence = label("", "ui", "text_2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.moved = Button(theme, tr("Open it there"), "framed", icon="file-input")
        self.moved.clicked.connect(lambda: self.moved_wanted.emit(self._moved_to))
        self.password = Button(theme, tr("Enter password…"), "primary", icon="key-round")
        self.password.clicked.connect(self.password_wanted)
        self.as_text = Button(theme, tr("Show the text"), "framed", icon="text-select")
        self.as_text.clicked.connect(self.text_wanted)
        self.button = Button(theme, tr("Open outside"), "framed", icon="external-link")
        self.button.clicked.connect(self.outside)
        self.retry = Button(theme, tr("Try again"), "plain")
        self.retry.clicked.connect(self.again)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        for widget in (self._sentence, *self._buttons):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        dress(self, surface="well")
        self.show_empty()
        grow(theme, self._sentence, self._widen, _WIDTH)

    @property
    def _buttons(self) -> tuple[Button, ...]:
        return self.password, self.moved, self.as_text, self.button, self.retry

    @property
    def text(self) -> str:
        return self._sentence.text().replace(_JOINED, "/")

    def show_empty(self) -> None:
        self._say(tr("Open a citation or a document."))
        for button in self._buttons:
            button.hide()

    def show_problem(self, error: StrongroomError, *, was_text: bool) -> None:
        """What happened and what to do about it; `was_text` where the text itself was wanted."""
        self._say(str(error))
        self._moved_to = error.details.get("to", "") if error.code in _MOVED else ""
        self.moved.setVisible(bool(self._moved_to))
        self.password.setVisible(error.code == NeedsPassword.code)
        self.as_text.setVisible(not was_text and error.code not in _WITHOUT_TEXT)
        self.button.setVisible(error.code not in _GONE)
        self.retry.setVisible(True)

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence.replace(" /", f" {_JOINED}"))
        self._fit()

    def _widen(self, width: int) -> None:
        self._sentence.setFixedWidth(width)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines: a label in the middle of a layout is not asked for its height."""
        self._sentence.ensurePolished()
        width = self._sentence.maximumWidth()
        self._sentence.setFixedHeight(self._sentence.heightForWidth(width))
