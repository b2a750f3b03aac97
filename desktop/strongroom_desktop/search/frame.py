"""The framed field within the bar: icon, text, task, scope and action."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.editor import AskEditor
from strongroom_desktop.search.scope import ScopeButton
from strongroom_desktop.search.tasks import TaskButton
from strongroom_desktop.selection import Selection
from strongroom_desktop.widgets import Button, Glyph, dress
from strongroom_desktop.wording import tr

_SHORT_BELOW = 460
"""Width of the field in pixels below which the scope button says only '2 of 4'."""


class AskFrame(QWidget):
    """The field itself: icon, text, task, scope, action."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.answering = False
        self._filled = False
        self.editor = AskEditor(theme, self)
        self.task = TaskButton(theme, self)
        self.scope = ScopeButton(selection, theme, self)
        self.action = Button(theme, "", "icon", icon="corner-down-left", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 0, 6, 0)
        row.setSpacing(0)
        row.addWidget(Glyph(theme, "search", "text_2"))
        row.addSpacing(10)
        row.addWidget(self.editor, 1)
        row.addSpacing(4)
        row.addWidget(self.task)
        row.addSpacing(4)
        row.addWidget(self.scope)
        row.addSpacing(8)
        row.addWidget(self.action)
        theme.changed.connect(self._dress)
        self._dress()

    def wanted_height(self) -> int:
        more = self.editor.height() - self.editor.line_px
        return self._theme.control("ask") + max(more, 0)

    def set_answering(self, answering: bool) -> None:
        self.answering = answering
        self._dress()

    def set_filled(self, filled: bool) -> None:
        if filled != self._filled:
            self._filled = filled
            self._dress()

    def _dress(self) -> None:
        """Grey when empty, green when Enter will ask, a framed square to stop."""
        if self.answering:
            icon, kind, role, name = "square", "icon_framed", "text", tr("Stop")
        elif self._filled:
            icon, kind, role, name = "corner-down-left", "icon_primary", "on_accent", tr("Ask")
        else:
            icon, kind, role, name = "corner-down-left", "icon", "text_2", tr("Ask")
        self.action.setIcon(self._theme.icon(icon, role, directional=True))
        dress(self.action, kind=kind)
        self.action.setAccessibleName(name)
        self.action.setToolTip(f"{name}  {tr('Esc') if self.answering else tr('Enter')}")
        self.action.setEnabled(self.answering or self._filled)
        self._shorten()

    def _shorten(self) -> None:
        self.scope.set_short(self.width() < self._theme.px(_SHORT_BELOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.editor.hasFocus()
        width = 2 if focused else 1
        painter.setPen(QPen(self._theme.color("focus" if focused else "control_line"), width))
        painter.setBrush(self._theme.color("raised"))
        half = width / 2
        radius = self._theme.radius("panel")
        box = self.rect().toRectF().adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, radius, radius)
