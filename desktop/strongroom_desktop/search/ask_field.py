"""The bar above the conversation in which one asks and searches."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.column import column_rect
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import Parts, can_be_undone
from strongroom_desktop.search.about_row import GAP_PX, AboutRow
from strongroom_desktop.search.frame import AskFrame
from strongroom_desktop.search.hits_model import trail
from strongroom_desktop.search.hits_panel import HitsPanel
from strongroom_desktop.search.scope import asked_scope
from strongroom_desktop.search.stepping import step_through_hits
from strongroom_desktop.search.tasks import can_be_asked, question_for
from strongroom_desktop.search.typed import Typed
from strongroom_desktop.selection import Selection
from strongroom_desktop.widgets import rule
from strongroom_engine.types import SearchResult


class AskField(QWidget):
    """`asked` carries a question, what of it the user will not have narrow the search, the task and
    the fields or schema of a task that has them; `recall_wanted` wants the last question of the
    conversation in the field; `stop_requested` wants the answer in progress to end; `left` gives
    the keyboard back to the answer; `found` carries the `SearchResult` of what is being typed. The
    window connects them to the conversation."""

    asked = Signal(str, tuple, str, str)
    recall_wanted = Signal()
    stop_requested = Signal()
    left = Signal()
    found = Signal(object)

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._theme = theme
        self._typed = Typed(engine, self)
        self._last_question = ""
        self._undone: tuple[str, Parts] = ("", ())
        self._panel: HitsPanel | None = None
        self._frame = AskFrame(selection, theme, self)
        self.about = AboutRow(selection, theme, self)
        self.editor = self._frame.editor
        self._rule = rule()
        self._rule.setParent(self)
        self.setFocusProxy(self.editor)
        self._typed.due.connect(self._send)
        self._typed.found.connect(self._on_found)
        self._typed.failed.connect(self._on_failed)
        selection.scope_changed.connect(self._on_scope)
        selection.documents_changed.connect(self._on_scope)
        theme.changed.connect(self._place)
        self._connect_editor()
        self._connect_task()
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._on_focus_moved)
        step_through_hits(self, selection)
        self._place()

    def _connect_editor(self) -> None:
        editor = self.editor
        editor.textChanged.connect(self._on_text)
        editor.entered.connect(self._ask)
        editor.opened.connect(self._open_current)
        editor.moved.connect(self._move)
        editor.escaped.connect(self._step_back)
        editor.recalled.connect(self._recall)
        editor.focus_changed.connect(self._on_focus)
        editor.grown.connect(self._place)
        self._frame.action.clicked.connect(self._on_action)

    def _connect_task(self) -> None:
        self._frame.task.chosen.connect(self.set_task)
        self.about.task_left.connect(lambda: self.set_task("answer"))
        self.about.entered.connect(self._ask)
        self.about.changed.connect(self._on_about)
        QShortcut(QKeySequence("Ctrl+T"), self, self._frame.task.open_menu)
        self._on_about()

    # --- what the window does --------------------------------------------------------------------

    def set_answering(self, answering: bool) -> None:
        """While an answer is being written, the button stops it."""
        self._frame.set_answering(answering)

    def set_question(self, question: str) -> None:
        """Put a question into the field, to be changed and asked."""
        self.editor.set_text(question)
        self.editor.setFocus()

    def set_task(self, task: str) -> None:
        """What the next question shall be done with: 'answer', 'summary', 'compare' …"""
        self._frame.task.set_task(task)
        self.about.set_task(task)
        if task != "structured":
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def task(self) -> str:
        return self._frame.task.task

    def focus_field(self) -> None:
        """Give the keyboard to the field, its text selected."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.selectAll()

    def open_scope_menu(self) -> None:
        self._frame.scope.open_menu()

    @property
    def panel(self) -> HitsPanel:
        """The hits. A child of the window, so that it floats over the other regions."""
        if self._panel is not None and self._panel.parentWidget() is not self.window():
            self._panel.deleteLater()
            self._panel = None
        self._panel = self._panel or self._make_panel()
        return self._panel

    def _make_panel(self) -> HitsPanel:
        panel = HitsPanel(self._theme, self.window())
        panel.moved.connect(lambda row: self._open(row, preview=True))
        panel.opened.connect(lambda row: self._open(row, preview=False))
        panel.place_chosen.connect(self._selection.open)
        panel.ask_clicked.connect(self._ask)
        panel.switched.connect(self._switch)
        panel.left.connect(self.editor.setFocus)
        panel.set_scope(asked_scope(self._selection))
        self.window().installEventFilter(self)
        QWidget.setTabOrder(self.editor, panel.narrowed.link)
        return panel

    def _recall(self) -> None:
        """The last question again; after a start it is the conversation that knows it."""
        if self._last_question:
            self.set_question(self._last_question)
        else:
            self.recall_wanted.emit()

    # --- typing ----------------------------------------------------------------------------------

    def _on_text(self) -> None:
        text = self.editor.toPlainText().strip()
        self._frame.set_filled(self._can_ask)
        if text:
            self._undone = self._undone if text == self._undone[0] else (text, ())
            self._typed.soon()
        else:
            self._close_panel()

    def _send(self) -> None:
        text = self.editor.toPlainText().strip()
        if text and self.editor.hasFocus():
            self._typed.search(text, self._selection.scope, everywhere=bool(self.undone))

    def _on_found(self, result: SearchResult) -> None:
        self.panel.show_result(result, self.undone)
        self._show_panel()
        self.found.emit(result)

    def _on_failed(self, sentence: str) -> None:
        self.panel.show_problem(sentence)
        self._show_panel()

    def _on_scope(self) -> None:
        if self._panel is not None:
            self._panel.set_scope(asked_scope(self._selection))
            if self._panel.isVisible():
                self._send()

    def _ask(self) -> None:
        if not self._can_ask:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)  # from the line of the fields
            return
        text = self.editor.toPlainText().strip()
        task, fields, undone = self.task, self.about.fields, self.undone
        question = text or question_for(task, self._selection.documents)
        self._last_question = question
        self._close_panel()
        self.editor.clear()
        self.set_task("answer")
        self.asked.emit(question, undone, task, fields)

    @property
    def _can_ask(self) -> bool:
        chosen = len(self._selection.documents)
        return can_be_asked(self.task, chosen, self.editor.toPlainText(), self.about.fields)

    def _on_about(self) -> None:
        self._frame.set_filled(self._can_ask)
        self._place()

    @property
    def undone(self) -> Parts:
        """What the user will not have narrow the search for this text; another text forgets it."""
        return self._undone[1]

    def _switch(self) -> None:
        """Search the same text the other way: everywhere, or where it says."""
        result, text = self.panel.result, self.editor.toPlainText().strip()
        if result is not None and result.question == text:  # else other hits are on their way
            parts = result.understood
            self._undone = (text, parts if can_be_undone(parts) else ())
        self.editor.setFocus()
        self._send()

    def _on_action(self) -> None:
        if self._frame.answering:
            self.stop_requested.emit()
        else:
            self._ask()

    def _step_back(self) -> None:
        """Esc, one step a press: stop, close the panel, clear, back to the answer."""
        if self._frame.answering:
            self.stop_requested.emit()
        elif self._panel is not None and self._panel.isVisible():
            self._close_panel()
        elif self.editor.toPlainText():
            self.editor.clear()
        else:
            self.left.emit()

    def _move(self, step: int) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._panel.move_by(step)
        elif step > 0:
            self._send()

    def _open_current(self) -> None:
        if self._panel is not None and self._panel.isVisible() and self._panel.hits:
            self._open(max(self._panel.current, 0), preview=False)

    def _open(self, row: int, *, preview: bool) -> None:
        self._selection.open_trail(trail(self.panel.hits, row), preview=preview)
        if not preview:
            self._close_panel()

    def _on_focus(self, focused: bool) -> None:
        self._frame.update()
        if not focused:
            self._leave_for(QApplication.focusWidget())

    def _on_focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """The keyboard left the link in the panel, though not with the whole window."""
        if now is not None and self._in_panel(old):
            self._leave_for(now)

    def _leave_for(self, widget: QWidget | None) -> None:
        """Close the hits once the keyboard is neither in the field nor on their link."""
        if widget is not self.editor and not self._in_panel(widget):
            self._close_panel()

    def _in_panel(self, widget: QWidget | None) -> bool:
        return bool(self._panel and widget and self._panel.isAncestorOf(widget))

    def _show_panel(self) -> None:
        self.panel.place_under(self._frame)
        self.panel.show()
        self.panel.raise_()

    def _close_panel(self) -> None:
        self._typed.forget()
        if self._panel is not None:
            self._panel.hide()

    def _place(self) -> None:
        """The field has the edges of the text column; the bar grows with its lines."""
        height, below = self._frame.wanted_height(), self.about.wanted_height()
        spare = self._theme.control("header") - self._theme.control("ask")
        self.setFixedHeight(height + below + spare)
        self._rule.setGeometry(0, self.height() - 1, self.width(), 1)
        rect = column_rect(self.rect(), self._theme, self.layoutDirection())
        self._frame.setGeometry(rect.left(), spare // 2, rect.width(), height)
        row = QRect(rect.left(), spare // 2 + height + GAP_PX, rect.width(), below - GAP_PX)
        self.about.setGeometry(row if below else QRect())
        if self._panel is not None and self._panel.isVisible():
            self._panel.place_under(self._frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveEvent(self, _event: QEvent) -> None:
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            QTimer.singleShot(0, self, self._place)
        return False
