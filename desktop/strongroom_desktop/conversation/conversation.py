"""The conversation: chronological questions and answers in one scrolling column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.column import column, scrolling_column
from strongroom_desktop.conversation.asking import Asking, earlier
from strongroom_desktop.conversation.examples import Examples, best_source
from strongroom_desktop.conversation.header import ConversationHeader
from strongroom_desktop.conversation.quote_panel import QuotePanel
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.conversation.words import plain_text
from strongroom_desktop.keys import claims
from strongroom_desktop.narrowed import Parts
from strongroom_desktop.selection import Selection
from strongroom_desktop.theme import Theme
from strongroom_desktop.travel import Travel
from strongroom_desktop.widgets import dress
from strongroom_engine.protocol import (
    Answered,
    Ask,
    Changed,
    Documents,
    Failed,
    ListDocuments,
    ListSources,
    Ready,
    Sources,
    Stage,
    Token,
)
from strongroom_engine.types import Citation, Source

EXAMPLES_MS = 1_000
"""While documents come in, examples are looked for no more often than this."""
_TOP = 12
"""Above a question at the top of the column."""


class Conversation(QWidget):
    """`answering_changed` says whether an answer is being written; `edit_requested` carries a
    question that is to be put into the ask field."""

    answering_changed = Signal(bool)
    edit_requested = Signal(str)

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._selection = selection
        self._theme = theme
        self.turns: list[Turn] = []
        self._by_request: dict[int, Turn] = {}
        self._request = 0
        self._listing = 0
        self._list_soon = QTimer(self, singleShot=True, interval=EXAMPLES_MS)
        self._list_soon.timeout.connect(self._list)
        self.examples = Examples(theme)
        self._header = ConversationHeader(theme)
        self._header.copied.connect(self._copy_all)
        self._scroll, self._content, self._turns = scrolling_column()
        self._scroll.setObjectName("conversation")
        self._turns.addWidget(self.examples)
        self._travel = Travel(self._scroll.verticalScrollBar(), theme)
        self.quote = QuotePanel(theme, self._content)
        self._arrange()
        self._scroll.viewport().installEventFilter(self)
        engine.received.connect(self._on_event)
        theme.changed.connect(self._on_resize)
        self.examples.chosen.connect(self.ask)
        self._make_shortcuts()
        if engine.ready is not None:
            self._list()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._scroll, 1)
        dress(self, surface="canvas")

    def _make_shortcuts(self) -> None:
        actions: dict[str, Callable[[], None]] = {
            f"Alt+{n}": partial(self._open_citation, n) for n in range(1, 10)
        }
        actions |= {"Ctrl+R": self._ask_last, "Ctrl+Shift+C": self._copy_last}
        for keys, action in actions.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    # --- asking ----------------------------------------------------------------------------------

    @property
    def answering(self) -> bool:
        return self._request != 0

    def ask(self, question: str, undone: Parts = ()) -> None:
        """Ask the engine in the scope of now; an answer being written is stopped and kept.

        `undone` is what of the question shall not narrow the search: all is searched then.
        """
        self._put(Asking(question, undone, earlier=earlier(turn.answer for turn in self.turns)))

    def _put(self, asking: Asking) -> None:
        self.stop()
        turn = self._add_turn(asking)
        self._request = self._engine.send(
            Ask(
                question=asking.question,
                collections=self._selection.scope,
                everywhere=bool(asking.undone),
                task=asking.task,
                turns=asking.earlier,
            )
        )
        self._by_request[self._request] = turn
        self.answering_changed.emit(True)

    def stop(self) -> None:
        """Stop the answer that is being written; what there is of it stays."""
        if self._request:
            self._by_request[self._request].working.set_stage("stopping", 0)
            self._engine.cancel(self._request)

    def focus_answer(self) -> None:
        """Give the keyboard to the latest answer: Left and Right go from chip to chip."""
        if self.turns:
            self.turns[-1].text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_again(self, turn: Turn, everywhere: bool) -> None:
        if everywhere:
            self._selection.set_scope(())
        self._put(turn.asking)

    def _ask_last(self) -> None:
        if self.turns:
            self._ask_again(self.turns[-1], everywhere=False)

    def _copy_last(self) -> None:
        if self.turns:
            self.turns[-1].copy()

    def _open_citation(self, n: int) -> None:
        if self.turns:
            self.turns[-1].open_citation(n)

    # --- what comes ------------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Token() | Stage() | Answered() | Failed() if event.id in self._by_request:
                self._on_answer(event)
            case Ready():
                self._list()
            case Changed() if not self._list_soon.isActive():
                self._list_soon.start()
            case Sources() if event.id == self._listing:
                self._on_sources(event.sources)
            case Documents() if event.id == self._listing:
                self.examples.show_documents(event.documents, event.source)

    def _on_sources(self, sources: Sequence[Source]) -> None:
        """Documents are listed only where there are more to make examples of than are shown."""
        self.examples.keep(sources)
        best = best_source(sources)
        if best is not None and self.examples.wants_more(best):
            self._listing = self._engine.send(ListDocuments(source=best.path))

    def _on_answer(self, event: Token | Stage | Answered | Failed) -> None:
        turn = self._by_request[event.id]
        match event:
            case Token():
                turn.add(event.text)
            case Stage():
                turn.working.set_stage(event.name, event.passages)
            case Answered() if event.answer is not None:
                turn.finish(event.answer)
                self._close(event.id)
            case Failed():
                turn.fail(event.error)
                self._close(event.id)

    def _close(self, request: int) -> None:
        del self._by_request[request]
        if request == self._request:
            self._request = 0
            self.answering_changed.emit(False)

    def _list(self) -> None:
        """Ask for documents to make examples of, while nothing was asked yet."""
        if not self.turns:
            self._listing = self._engine.send(ListSources())

    # --- the column ------------------------------------------------------------------------------

    def _add_turn(self, asking: Asking) -> Turn:
        turn = Turn(asking, self._selection, self._theme, first=not self.turns)
        turn.again.connect(lambda everywhere: self._ask_again(turn, everywhere))
        turn.switched.connect(lambda parts: self._put(replace(asking, undone=parts)))
        turn.task_wanted.connect(lambda task: self._put(replace(asking, task=task)))
        turn.edit.connect(self.edit_requested)
        turn.citation_shown.connect(lambda each, rect: self._show_quote(turn, each, rect))
        self.examples.hide()
        for other in self.turns:
            other.set_latest(False)
            other.set_least_height(0)
        self.turns.append(turn)
        self.setFocusProxy(turn.text)
        self._turns.addWidget(turn)
        self._header.show_turns(self.turns[0].question, len(self.turns))
        self._on_resize()
        QTimer.singleShot(0, turn, lambda: self._scroll_to(turn))
        return turn

    def _scroll_to(self, turn: Turn) -> None:
        """Bring a new question to the top; its answer grows beneath, and nothing moves."""
        self._turns.activate()
        self._content.adjustSize()
        bar = self._scroll.verticalScrollBar()
        top = min(turn.y() + turn.lead - _TOP * bool(turn.lead), bar.maximum())
        self._travel.to(top, smoothly=len(self.turns) > 1)

    def _on_resize(self) -> None:
        self.quote.hide()
        margin, width = column(self.width(), self._theme)
        bar = self.width() - self._scroll.viewport().width()
        margins = [margin, _TOP, max(self.width() - margin - width - bar, 0), 0]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            margins[0], margins[2] = margins[2], margins[0]
        self._turns.setContentsMargins(*margins)
        self._header.set_margins(margin, self.width() - margin - width)
        if self.turns:
            lead = self.turns[-1].lead
            room = self._scroll.viewport().height() + (lead - _TOP if lead else -_TOP)
            self.turns[-1].set_least_height(max(room, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._scroll.viewport():
            self._on_resize()  # the window's size changed, or the scroll bar came or went
        return False

    def _show_quote(self, turn: Turn, citation: Citation | None, rect: QRect) -> None:
        if citation is None:
            self.quote.hide()
            return
        column_rect = QRect(turn.x(), 0, turn.width(), self._content.height())
        self.quote.show_citation(citation, rect.translated(turn.pos()), column_rect)

    def _copy_all(self) -> None:
        answers = [turn.answer for turn in self.turns if turn.answer is not None]
        QGuiApplication.clipboard().setText("\n\n".join(plain_text(each) for each in answers))

    def event(self, event: QEvent) -> bool:
        if self.answering and claims(event, Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.answering:
            self.stop()
        else:
            super().keyPressEvent(event)
