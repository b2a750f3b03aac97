"""One question and its answer, from the first word to what it rests on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from strongroom_desktop.conversation.answer_text import AnswerText
from strongroom_desktop.conversation.asking import Asking
from strongroom_desktop.conversation.ended import Ended, said_of
from strongroom_desktop.conversation.fitted import Prose
from strongroom_desktop.conversation.foot import (
    AnswerFoot,
    ClosestPassages,
    RestsOn,
    RestsOnNothing,
)
from strongroom_desktop.conversation.head import TurnHead
from strongroom_desktop.conversation.judging import Verdicts
from strongroom_desktop.conversation.links import ask_to_open
from strongroom_desktop.conversation.places import citation_places, hit_places
from strongroom_desktop.conversation.remarks import Remarks
from strongroom_desktop.conversation.results import TaskResults
from strongroom_desktop.conversation.roomy import Roomy
from strongroom_desktop.conversation.verdict import RightPage
from strongroom_desktop.conversation.words import (
    abstention,
    does_not_say,
    plain_text,
    scope_words,
    spoken,
)
from strongroom_desktop.conversation.working import Working
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import NarrowedLine, can_be_undone
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.text import seconds
from strongroom_desktop.widgets import rule
from strongroom_desktop.wording import tr
from strongroom_engine.errors import StrongroomError
from strongroom_engine.types import Answer, KeptTurn

_LEAD = 24
"""Between a question, the hairline and the answer before it."""


class Turn(Roomy):
    """`again` wants the question asked anew (True: in all collections), `switched` the same with
    other parts of it undone, `task_wanted` the same as another task ('quotes', 'answer');
    `export_wanted` carries the button that it drops from; `edit` wants these words in the field;
    `citation_shown` carries a citation (None: no more) and its chip's rectangle here."""

    again = Signal(bool)
    switched = Signal(tuple)
    task_wanted = Signal(str)
    export_wanted = Signal(QWidget)
    edit = Signal(str)
    citation_shown = Signal(object, QRect)

    def __init__(
        self,
        asking: Asking,
        selection: Selection,
        theme: Theme,
        *,
        first: bool,
        verdicts: Verdicts | None = None,
    ) -> None:
        """Without `verdicts`, right and wrong cannot be said of the answer."""
        super().__init__(_LEAD)
        self.asking = asking
        self.answer: Answer | None = None
        self._selection = selection
        self._theme = theme
        self._verdicts = verdicts
        self._places: tuple[Place, ...] = ()
        self._last_piece_ms = 0
        self._latest = True
        self.head = TurnHead(asking, theme)
        self.title, self.pencil = self.head.title, self.head.pencil
        self.understood = self.head.understood
        self.text = AnswerText(theme)
        self.working = Working(theme)
        self.rests_on: RestsOn | None = None
        self.said: Prose | None = None
        self.closest: ClosestPassages | None = None
        self.remarks: Remarks | None = None
        self.results: TaskResults | None = None
        self.foot: AnswerFoot | None = None
        self.right_page: RightPage | None = None
        self.ended: Ended | None = None
        self.narrowed = NarrowedLine(theme, asks=True)
        self.lead = 0 if first else _LEAD
        self._build(first)
        selection.opened.connect(self._on_opened)

    def _build(self, first: bool) -> None:
        layout = self.column
        if not first:
            layout.addWidget(rule())
            layout.addSpacing(_LEAD - 1)
        layout.addWidget(self.head)
        layout.addSpacing(12)
        layout.addWidget(self.text)
        layout.addWidget(self.working)
        layout.addStretch(1)
        self.head.edit.connect(self.edit)
        self.text.chip_opened.connect(self.open_citation)
        self.text.link_chosen.connect(lambda href: ask_to_open(self, self._theme, href))
        self.text.chip_shown.connect(lambda n, rect: self._show_chip(n, rect, self.text))

    # --- what comes ------------------------------------------------------------------------------

    @property
    def question(self) -> str:
        return self.asking.question

    @property
    def open(self) -> bool:
        """Whether the answer is still being written."""
        return self.answer is None and self.ended is None

    def add(self, piece: str) -> None:
        self._last_piece_ms = self.working.elapsed_ms
        self.text.append(piece)

    def take(self, standalone: str) -> None:
        """How the question was understood, before the first word of the answer."""
        self.head.take(standalone)

    def restore(self, kept: KeptTurn) -> None:
        """What came of a question that was asked some other time."""
        if kept.answer is not None:
            self.finish(kept.answer)
            return
        self._end()
        said = tr("This question was not answered.")
        if kept.unreadable:
            said = tr("The answer was kept by another release of Strongroom and cannot be read.")
        self._close_with(Ended(said, self._theme))

    def finish(self, answer: Answer) -> None:
        """The answer with its citations, or that the documents do not say."""
        self.answer = answer
        checked_ms = self._end()
        if answer.abstained:
            self._abstain(answer)
        else:
            self.text.finish(answer.text, answer.sentences, answer.doubts)
            self._places = citation_places(answer)
        self.head.take(answer.standalone)
        self._say_narrowed(answer)
        self._remark(answer)
        if answer.abstained:
            self._show_closest(answer)
        self._show_results(answer)
        if answer.stopped:
            self._say_stopped(answer.timings.total_ms)
        self._say_sources(answer)
        if not answer.stopped:
            self._add_foot(answer, checked_ms)

    def _say_sources(self, answer: Answer) -> None:
        """'Rests on', or that it rests on nothing."""
        if answer.citations and not answer.abstained:
            self.rests_on = RestsOn(answer.citations, self._theme)
            self.append(self.rests_on, 12)
            self.rests_on.chip_opened.connect(self.open_citation)
            self.rests_on.place_opened.connect(self._selection.open)
            self.rests_on.chip_shown.connect(
                lambda n, rect: self._show_chip(n, rect, self.rests_on)
            )
        elif not answer.abstained and answer.sentences and not answer.stopped:
            self.append(RestsOnNothing(self._theme), 12)

    def fail(self, error: StrongroomError) -> None:
        """A sentence and 'Ask again' under what was written, which stays."""
        elapsed = self.working.elapsed_ms
        self._end()
        self.text.finish(self.text.text)
        if error.code == "cancelled":
            self._say_stopped(elapsed)
        else:
            quotes = self.asking.task != "quotes"
            self._close_with(Ended(said_of(error), self._theme, trouble=True, quotes=quotes))

    def _end(self) -> float:
        """End the work; how long the answer was checked after its last word, in ms."""
        checked = self.working.elapsed_ms - self._last_piece_ms if self._last_piece_ms else 0
        self.working.end()
        return float(checked)

    def _say_stopped(self, ms: float) -> None:
        spent = seconds(ms)
        if self.text.text.strip():
            sentence = tr("Stopped after {time}. The answer so far is kept.", time=spent)
        else:
            sentence = tr("Stopped after {time}.", time=spent)
        self._close_with(Ended(sentence, self._theme))

    def _close_with(self, ended: Ended) -> None:
        self.ended = ended
        if not self.text.text.strip():
            self.text.hide()
        ended.again.connect(lambda: self.again.emit(False))
        ended.quotes_wanted.connect(lambda: self.task_wanted.emit("quotes"))
        self.append(ended, 8)

    def _abstain(self, answer: Answer) -> None:
        self.text.finish("")
        self.text.hide()
        said = self.said = Prose(self._theme)
        said.set_text(abstention(answer), strong=does_not_say())
        self.append(said, 0)

    def _say_narrowed(self, answer: Answer) -> None:
        """What of the question narrowed the search, under the text: nothing moves for it."""
        parts = answer.understood
        self.append(self.narrowed, 12 if parts or self.asking.undone else 0)
        self.narrowed.show_parts(answer.question, parts, self.asking.undone)
        other = parts if can_be_undone(parts) else ()
        self.narrowed.switched.connect(lambda: self.switched.emit(other))

    def _remark(self, answer: Answer) -> None:
        if answer.task == "quotes" or answer.suspicions:
            self.remarks = Remarks(answer, self._theme)
            self.remarks.model_wanted.connect(lambda: self.task_wanted.emit("answer"))
            self.append(self.remarks, 12)

    def _show_closest(self, answer: Answer) -> None:
        total, narrowed = len(self._selection.collections), bool(self.asking.collections)
        self.closest = ClosestPassages(answer, self._theme, total, narrowed)
        self.closest.opened.connect(self._open_hit)
        self.closest.everywhere.connect(lambda: self.again.emit(True))
        self.append(self.closest, 12)

    def _show_results(self, answer: Answer) -> None:
        if answer.coverage or answer.data or answer.cells:
            self.results = TaskResults(answer, self._theme)
            self.results.place_opened.connect(self._selection.open)
            self.append(self.results, 12)

    def _add_foot(self, answer: Answer, checked_ms: float) -> None:
        scope = scope_words(self.asking.collections, len(self._selection.collections))
        foot = self.foot = AnswerFoot(answer, scope, checked_ms, self._theme, self._verdicts)
        foot.copied.connect(self.copy)
        foot.export_wanted.connect(self.export_wanted)
        foot.again.connect(lambda: self.again.emit(False))
        foot.quotes_wanted.connect(lambda: self.task_wanted.emit("quotes"))
        foot.passage_opened.connect(self._open_hit)
        foot.place_opened.connect(self._selection.open)
        self.append(foot, 12)
        if self._verdicts is not None:
            self.right_page = RightPage(answer, self._verdicts, self._selection, self._theme)
            self.append(self.right_page, 0)

    def set_latest(self, latest: bool) -> None:
        """The pencil is always there on the latest question, on others under the pointer."""
        self._latest = latest
        self.pencil.setVisible(latest or self.underMouse())

    def open_citation(self, n: int) -> None:
        """Open the page at the citation's words."""
        for index, place in enumerate(self._places):
            if place.number == n:
                self._selection.open_trail(Trail("citation", self._places, index))

    def copy(self) -> None:
        """The answer with its citations, to the clipboard."""
        if self.answer is not None:
            QGuiApplication.clipboard().setText(plain_text(self.answer))

    def _open_hit(self, index: int) -> None:
        if self.answer is not None:
            self._selection.open_trail(Trail("hit", hit_places(self.answer.hits), index))

    def _on_opened(self, trail: Trail | None, _preview: bool) -> None:
        ours = trail is not None and bool(self._places) and trail.places is self._places
        n = trail.place.number if ours and trail is not None else 0
        self.text.set_open(n)
        if self.rests_on is not None:
            self.rests_on.set_open(n)

    def _show_chip(self, n: int, rect: QRect, source: QWidget | None) -> None:
        citations = self.answer.citations if self.answer else ()
        citation = next((each for each in citations if each.n == n), None)
        if source is None or citation is None:
            self.text.setAccessibleDescription("")
            self.citation_shown.emit(None, QRect())
        else:
            self.text.setAccessibleDescription(spoken(citation))
            at = source.mapTo(self, rect.topLeft())
            self.citation_shown.emit(citation, QRect(at, rect.size()))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            inside = event.type() == QEvent.Type.Enter
            self.pencil.setVisible(self._latest or inside)
        return super().event(event)
