"""The frame of what stands before the desk: a column in the middle, the promise at the foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from strongroom_desktop.look import icons
from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, ElidedLabel, Glyph, bare_scroll, dress, rule
from strongroom_desktop.wording import tr

COLUMN_PX = 600


class Sheet(QWidget):
    """`column` takes the content. `privacy_wanted`: the user asks what enforces the promise."""

    privacy_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        dress(self, surface="canvas")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_scroll(), 1)
        outer.addWidget(rule())
        outer.addWidget(self._make_foot())

    def _make_scroll(self) -> QScrollArea:
        """The column in the middle; a low window scrolls it."""
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(2)
        layout.addLayout(_centred(self.column, self.theme))
        layout.addStretch(3)
        return bare_scroll(content)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        dress(foot, surface="chrome")
        grow(self.theme, foot, foot.setMinimumHeight, 48)
        row = QHBoxLayout(foot)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(Glyph(self.theme, "lock", "accent"))
        said = tr("Nothing leaves this computer. No account, no telemetry, no network.")
        row.addWidget(ElidedLabel(said, "small_strong", mode=Qt.TextElideMode.ElideRight))
        how = Button(self.theme, tr("How this is enforced"), "link")
        dress(how, face="small")
        how.clicked.connect(self.privacy_wanted)
        row.addWidget(how)
        row.addStretch(1)
        return foot


class Step(QWidget):
    """The figure of a numbered line: outlined, green while it is next, ticked when done."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._state = "later"
        theme.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        side = self._theme.control("normal")
        self.setFixedSize(side, side)
        self.update()

    @property
    def state(self) -> str:
        return self._state

    def set_state(self, state: str) -> None:
        """'later', 'next' or 'done'."""
        self._state = state
        said = {"later": tr("later"), "next": tr("next"), "done": tr("done")}[state]
        self.setAccessibleName(tr("Step {number}, {state}", number=self._number, state=said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(circle)
            edge = self.width() / 4.5
            check = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
            icons.paint(painter, "check", self._theme.color("on_accent"), check)
            return
        role = "accent" if self._state == "next" else "line_strong"
        painter.setPen(QPen(self._theme.color(role), 1.5))
        painter.drawEllipse(circle)
        painter.setFont(self._theme.font("ui_strong"))
        painter.setPen(self._theme.color("accent" if self._state == "next" else "text_2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


def _centred(column: QVBoxLayout, theme: Theme) -> QHBoxLayout:
    holder = QWidget()
    holder.setLayout(column)

    grow(theme, holder, holder.setMaximumWidth, COLUMN_PX)
    row = QHBoxLayout()
    row.setContentsMargins(32, 24, 32, 24)
    row.addStretch(1)
    row.addWidget(holder, 1_000)
    row.addStretch(1)
    return row
