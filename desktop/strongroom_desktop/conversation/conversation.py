"""The conversation: asking, what comes of it, and the conversation that is kept or comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.answering import Answering
from strongroom_desktop.conversation.asking import Asking, asking_of, earlier
from strongroom_desktop.conversation.beginning import Beginning
from strongroom_desktop.conversation.column import TurnColumn
from strongroom_desktop.conversation.header import ConversationHeader
from strongroom_desktop.conversation.judging import Verdicts
from strongroom_desktop.conversation.keeping import Keeping, ask_to_remove
from strongroom_desktop.conversation.restoring import Restoring
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.conversation.words import plain_text
from strongroom_desktop.exporting import choose_export_file
from strongroom_desktop.focus import Region
from strongroom_desktop.keys import claims
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import Parts
from strongroom_desktop.selection import Selection
from strongroom_desktop.widgets import dress
from strongroom_engine.errors import EngineDied, StrongroomError, UnknownConversation
from strongroom_engine.types import Answer, ConversationSummary, KeptTurn, Task


class Conversation(Region):
    """`answering_changed` says whether an answer is being written; `edit_requested` carries a
    question that is to be put into the ask field; `changed`: another conversation is open, or
    this one has another title or more turns; `said` and `mentioned` carry sentences for the
    notice bar, the second where nothing is wrong."""

    answering_changed = Signal(bool)
    edit_requested = Signal(str)
    changed = Signal()
    said = Signal(str)
    mentioned = Signal(str)

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._selection = selection
        self._theme = theme
        self.key = ""
        """Of the conversation that is open; '' before its first question."""
        self._title = ""
        self._answering = Answering(engine, self)
        self._waiting: Asking | None = None
        self.examples = Beginning(engine, theme)
        self.column = TurnColumn(self.examples, theme)
        self._header = ConversationHeader(theme)
        self._verdicts = Verdicts(engine, self)
        self._keeping = Keeping(engine, self)
        self._restoring = Restoring(engine, self)
        self._arrange()
        self._connect()
        self._make_shortcuts()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.column, 1)
        dress(self, surface="canvas")

    def _connect(self) -> None:
        self._answering.changed.connect(self.answering_changed)
        self._answering.closed.connect(self.changed)
        self.examples.chosen.connect(self.ask)
        self.column.placed.connect(self._header.set_margins)
        self._header.new_wanted.connect(self.new)
        self._header.export_wanted.connect(self._export)
        self._header.copy_wanted.connect(self._copy_all)
        self._header.remove_wanted.connect(lambda: ask_to_remove(self, self._theme, self._remove))
        self._header.renamed.connect(self._rename)
        self._keeping.said.connect(self.said)
        self._keeping.mentioned.connect(self.mentioned)
        self._verdicts.failed.connect(self.said)
        self._restoring.opened.connect(self._on_opened)
        self._restoring.turn.connect(self._restore)
        self._restoring.failed.connect(self._on_lost)

    def _make_shortcuts(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions: dict[str, Callable[[], None]] = {
            f"Alt+{n}": partial(self.with_last, partial(Turn.open_citation, n=n))
            for n in range(1, 10)
        }
        actions["Ctrl+R"] = partial(self.with_last, lambda turn: turn.again.emit(False))
        actions["Ctrl+Shift+C"] = partial(self.with_last, Turn.copy)
        for keys, action in actions.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        QShortcut(QKeySequence("F2"), self, self.rename, context=inside)

    @property
    def turns(self) -> list[Turn]:
        return self.column.turns

    def new(self) -> None:
        """Begin another conversation; an answer being written is stopped and kept."""
        self._leave()
        self.column.begin()
        self.examples.want(True)
        self._header.hide()
        self.changed.emit()

    def open(self, key: str) -> None:
        """Show a conversation that is kept; one that is shown already stays as it is."""
        if key == self.key and self.turns:
            return
        self._leave()
        self.key = key
        self.column.wait()
        self.examples.want(False)
        self._header.hide()
        self._verdicts.look_up()
        self._restoring.start(key)
        self.changed.emit()

    def _leave(self) -> None:
        """Let go of the conversation that is open."""
        self._answering.leave()
        self._restoring.stop()
        self._waiting = None
        self.key = self._title = ""

    def _on_opened(self, summary: ConversationSummary) -> None:
        self._title = summary.title

    def _restore(self, kept: KeptTurn, number: int) -> None:
        """Show a turn as it was when it was written, above those that came after it."""
        asking = asking_of(kept.asked, earlier(each.answer for each in self._restoring.left))
        turn = self._make_turn(asking, first=number == 0)
        turn.restore(kept)
        if self.turns:
            self.column.insert_above(turn)
        else:
            self.column.append(turn, smoothly=False)
        if number == 0:
            self._show_header()
            self._ask_waiting()

    def _on_lost(self, error: StrongroomError) -> None:
        """It was removed meanwhile, or the engine went away and `open` will be tried again; what
        was asked is asked anyway."""
        waiting = self._waiting
        if error.code == UnknownConversation.code:
            self.new()
        elif error.code != EngineDied.code:
            self.said.emit(str(error))
        self._waiting = waiting
        self._ask_waiting()

    def _ask_waiting(self) -> None:
        """Ask what was asked while the turns before it were on their way."""
        if self._waiting is not None:
            asking, self._waiting = self._waiting, None
            self._put(replace(asking, earlier=earlier(self._answers())))

    @property
    def answering(self) -> bool:
        return self._answering.busy

    def ask(
        self, question: str, undone: Parts = (), task: str = "answer", schema: str = ""
    ) -> None:
        """Ask the engine in the scope of now; an answer being written is stopped and kept.

        `undone` is what of the question shall not narrow the search: all is searched then. The
        question is about the documents that are chosen, if there are any.
        """
        asking = self.would_ask(question, undone, task, schema)
        if self._restoring.fetching:
            self._waiting = asking
        else:
            self._put(asking)

    def would_ask(self, question: str, undone: Parts, task: str, schema: str) -> Asking:
        """What `ask` would put to the engine now."""
        here, turns = self._selection, earlier(self._answers())
        return Asking(question, undone, cast(Task, task), turns, here.scope, here.documents, schema)

    def _answers(self) -> list[Answer | None]:
        """Of all turns in their order, those too that are not shown yet."""
        kept = [each.answer for each in self._restoring.left]
        return [*kept, *(turn.answer for turn in self.turns)]

    def _put(self, asking: Asking) -> None:
        self.stop()
        self.key = self.key or uuid4().hex
        asking = replace(asking, collections=self._selection.scope)
        turn = self._make_turn(asking, first=not self.turns)
        self.examples.want(False)
        self.column.append(turn)
        self._show_header()
        self._answering.put(asking, self.key, turn)
        self.changed.emit()

    def _make_turn(self, asking: Asking, *, first: bool) -> Turn:
        turn = Turn(asking, self._selection, self._theme, first=first, verdicts=self._verdicts)
        turn.again.connect(lambda everywhere: self._ask_again(turn, everywhere))
        turn.switched.connect(lambda parts: self._put(replace(asking, undone=parts)))
        turn.task_wanted.connect(lambda task: self._put(replace(asking, task=task)))
        turn.export_wanted.connect(lambda button: self._export(button, turn))
        turn.edit.connect(self.edit_requested)
        return turn

    def stop(self) -> None:
        """Stop the answer that is being written; what there is of it stays."""
        self._answering.stop()

    def focus_answer(self) -> None:
        """Give the keyboard to the latest answer: Left and Right go from chip to chip."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read_part(self) -> QWidget | None:
        return self.turns[-1].text if self.turns else None

    def _ask_again(self, turn: Turn, everywhere: bool) -> None:
        if everywhere:
            self._selection.set_scope(())
        self._put(turn.asking)

    def with_last(self, does: Callable[[Turn], object]) -> None:
        """Do it with the last question and its answer, if there is one."""
        if self.turns:
            does(self.turns[-1])

    def edit_last(self) -> None:
        """Put the latest question into the field."""
        self.with_last(lambda turn: self.edit_requested.emit(turn.question))

    @property
    def title(self) -> str:
        """What the conversation is called: the first question, until it is renamed."""
        return self._title or (self.turns[0].question if self.turns else "")

    def _show_header(self) -> None:
        count = len(self.turns) + len(self._restoring.left)
        own = not self.turns[0].question.startswith(self._title.rstrip("\u2026"))
        self._header.show_turns(self.title if count > 1 or own else "", count)

    def rename(self) -> None:
        """Let the title be written anew."""
        self.with_last(lambda _turn: self._header.rename())

    def retitle(self, key: str, title: str) -> None:
        """Show the title that a conversation was given, here or elsewhere."""
        if key == self.key and self.turns:
            self._title = title
            self._show_header()

    def _rename(self, title: str) -> None:
        self._keeping.rename(self.key, title)
        self.retitle(self.key, title)
        self.changed.emit()

    def export(self) -> None:
        """Choose a kind of file and a name for the whole conversation."""
        self.with_last(lambda _turn: self._export(self._header.export))

    def _export(self, button: QWidget, turn: Turn | None = None) -> None:
        number = None if turn is None else len(self._restoring.left) + self.turns.index(turn)
        name = self.title if turn is None else turn.question
        then = partial(self._keeping.export, self.key, turn=number)
        choose_export_file(button, self._theme, name, then)

    def _remove(self) -> None:
        self._keeping.remove(self.key)
        self.new()

    def _copy_all(self) -> None:
        texts = (plain_text(answer) for answer in self._answers() if answer is not None)
        QGuiApplication.clipboard().setText("\n\n".join(texts))

    def event(self, event: QEvent) -> bool:
        if claims(event, Qt.Key.Key_Escape) and self.answering:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.answering:
            self.stop()
        else:
            super().keyPressEvent(event)
