"""The scrolling column of a conversation: its turns, one below the other, and the quote panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.column import column, scrolling_column
from strongroom_desktop.conversation.places import is_suspect
from strongroom_desktop.conversation.quote_panel import QuotePanel
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.travel import Travel
from strongroom_engine.types import Citation

_TOP = 12
"""Above a question at the top of the column."""


class TurnColumn(QWidget):
    """Turns in their order. `placed` carries the column's leading and trailing margin."""

    placed = Signal(int, int)

    def __init__(self, beginning: QWidget, theme: Theme) -> None:
        """`beginning` is shown while there are no turns."""
        super().__init__()
        self._theme = theme
        self._beginning = beginning
        self.turns: list[Turn] = []
        self.area, self.content, self._layout = scrolling_column()
        self.area.setObjectName("conversation")
        self._layout.addWidget(beginning)
        bar = self.area.verticalScrollBar()
        self._travel = Travel(bar, theme)
        self._held: Turn | None = None
        """Whose question stays at the top while heights change, until the user scrolls."""
        bar.rangeChanged.connect(self._hold)
        bar.actionTriggered.connect(self._let_go)
        self.quote = QuotePanel(theme, self.content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self.area.viewport().installEventFilter(self)
        theme.changed.connect(self._on_resize)

    # --- turns -----------------------------------------------------------------------------------

    def append(self, turn: Turn, *, smoothly: bool = True) -> None:
        """Put the newest question at the end, and bring it to the top of the column."""
        self._beginning.hide()
        for other in self.turns:
            other.set_latest(False)
            other.set_least_height(0)
        self.turns.append(turn)
        self._layout.addWidget(turn)
        turn.citation_shown.connect(lambda each, rect: self._show_quote(turn, each, rect))
        self._on_resize()
        QTimer.singleShot(0, turn, lambda: self.scroll_to(turn, smoothly=smoothly))

    def insert_above(self, turn: Turn) -> None:
        """Put an older turn above all others; what is on the screen stays where it is."""
        self._layout.activate()
        below = self.turns[0]
        before, value = below.y(), self.area.verticalScrollBar().value()
        turn.set_latest(False)
        self.turns.insert(0, turn)
        self._layout.insertWidget(self._layout.indexOf(below), turn)
        turn.citation_shown.connect(lambda each, rect: self._show_quote(turn, each, rect))
        turn.show()
        self._settle()
        if self._held is None:
            self._travel.to(value + below.y() - before, smoothly=False)
        else:
            self._travel.to(self._top_of(self._held), smoothly=False)

    def clear(self) -> None:
        """Take all turns away."""
        self.quote.hide()
        self._held = None
        for turn in self.turns:
            self._layout.removeWidget(turn)
            turn.hide()
            turn.deleteLater()
        self.turns.clear()

    def begin(self) -> None:
        """Show the beginning of a conversation."""
        self.clear()
        self._beginning.show()

    def wait(self) -> None:
        """Show nothing: turns are on their way."""
        self.clear()
        self._beginning.hide()

    def scroll_to(self, turn: Turn, *, smoothly: bool = True) -> None:
        """Bring a question to the top; its answer grows beneath, and nothing moves."""
        self._settle()
        self._held = turn
        self._travel.to(self._top_of(turn), smoothly=smoothly and len(self.turns) > 1)

    def _top_of(self, turn: Turn) -> int:
        top = turn.y() + turn.lead - _TOP * bool(turn.lead)
        return min(top, self.area.verticalScrollBar().maximum())

    def _hold(self) -> None:
        if self._held is not None and not self._travel.under_way:
            self._travel.to(self._top_of(self._held), smoothly=False)

    def _let_go(self) -> None:
        self._held = None

    def _settle(self) -> None:
        """Give the content the height of its turns now, as the scroll area would do soon."""
        self._layout.activate()
        room = self.area.viewport().size()
        height = self._layout.totalHeightForWidth(room.width())
        self.content.resize(room.width(), max(height, room.height()))

    # --- its place -------------------------------------------------------------------------------

    def _on_resize(self) -> None:
        self.quote.hide()
        margin, width = column(self.width(), self._theme)
        trailing = self.width() - margin - width
        bar = self.width() - self.area.viewport().width()
        margins = [margin, _TOP, max(trailing - bar, 0), 0]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            margins[0], margins[2] = margins[2], margins[0]
        self._layout.setContentsMargins(*margins)
        self.placed.emit(margin, trailing)
        if self.turns:
            lead = self.turns[-1].lead
            room = self.area.viewport().height() + (lead - _TOP if lead else -_TOP)
            self.turns[-1].set_least_height(max(room, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
            self._on_resize()  # the window's size changed, or the scroll bar came or went
        return False

    def _show_quote(self, turn: Turn, citation: Citation | None, rect: QRect) -> None:
        if citation is None:
            self.quote.hide()
            return
        column_rect = QRect(turn.x(), 0, turn.width(), self.content.height())
        suspect = turn.answer is not None and is_suspect(citation, turn.answer.suspicions)
        anchor = rect.translated(turn.pos())
        self.quote.show_citation(citation, anchor, column_rect, suspect=suspect)
