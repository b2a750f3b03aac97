"""The page of quality: the judged questions, the last figures, and how they came about."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.exporting import choose_file
from strongroom_desktop.files import file_name
from strongroom_desktop.latest import Latest
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page
from strongroom_desktop.quality import words
from strongroom_desktop.quality.empty import Empty
from strongroom_desktop.quality.measuring import Measuring
from strongroom_desktop.quality.results import Results, empty
from strongroom_desktop.quality.rows import QuestionRow
from strongroom_desktop.selection import Place, Selection
from strongroom_desktop.widgets import Button, Paragraph, label
from strongroom_desktop.wording import plural, tr
from strongroom_engine.errors import EngineDied
from strongroom_engine.judging import Judgement, Outcome, QualityRun
from strongroom_engine.judging import Place as RightPlace
from strongroom_engine.protocol import (
    Done,
    ExportJudgements,
    Failed,
    ForgetJudgement,
    Judge,
    Judged,
    Judgements,
    ListJudgements,
    ListQualityRuns,
    Message,
    QualityRuns,
    Ready,
)

SHOWN_ROWS = 60
"""Questions until 'Show n more' is pressed."""
SOON_MS = 200
_BETWEEN = 28


class Quality(Page):
    """`counted` carries how many questions were judged, `exported` a sentence for the notice bar."""

    counted = Signal(int)
    exported = Signal(str)

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Quality"), parent)
        self._engine, self._selection = engine, selection
        self._list, self._past = Latest(engine), Latest(engine)
        self._changing: dict[int, str] = {}
        self._judgements: tuple[Judgement, ...] = ()
        self._runs: tuple[QualityRun, ...] = ()
        self._all = False
        self.export_button = Button(theme, tr("Export…"), icon="download")
        self.trouble = LinkLine(theme, "triangle-alert", "warn", most_lines=3)
        self.purpose = Paragraph(theme, words.purpose(), "ui", "text_2")
        self.measuring = Measuring(engine, theme)
        self.results = Results(theme)
        self.empty = Empty(theme)
        self._heading = label(tr("Judged questions"), "ui_strong")
        self.rows: list[QuestionRow] = []
        self._rows = QVBoxLayout()
        self._more = Button(theme, "", "link")
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._arrange()
        self._connect()
        if engine.ready is not None:
            self._ask()

    def _arrange(self) -> None:
        self.export_button.setToolTip(tr("Save the questions and their right places as a file"))
        self.head_row.addWidget(self.export_button)
        self._rows.setSpacing(0)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.purpose)
        self.body.addSpacing(16)
        self.body.addWidget(self.measuring)
        self.body.addWidget(self.empty)
        self.body.addSpacing(_BETWEEN)
        self.body.addWidget(self.results)
        self.body.addSpacing(_BETWEEN)
        self.body.addWidget(self._heading)
        self.body.addSpacing(8)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more)
        self.body.addStretch(1)
        for widget in (self.measuring, self.empty, self._heading, self._more, self.export_button):
            widget.hide()

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._soon.timeout.connect(lambda: self._list.send(ListJudgements()))
        self.export_button.clicked.connect(self.export)
        self.measuring.measured.connect(self._on_measured)
        self.measuring.failed.connect(self.trouble.say)
        self.measuring.measure_button.clicked.connect(lambda: self.trouble.say(""))
        self._more.clicked.connect(self._show_all)

    # --- what can be done ------------------------------------------------------------------------

    def export(self) -> None:
        """Let the user choose where the set is saved; nothing waits for it."""
        choose_file(
            self,
            tr("Judged questions"),
            "jsonl",
            tr("Question set"),
            lambda file: self._change(ExportJudgements(file=file), file_name(file)),
        )

    def _ask(self) -> None:
        self._list.send(ListJudgements())
        self._past.send(ListQualityRuns())

    def _change(self, message: Message, file: str = "") -> None:
        """Send a request that is closed by `Done`; `file` is what was exported by it."""
        self.trouble.say("")
        self._changing[self._engine.send(message)] = file

    def _open(self, place: RightPlace) -> None:
        self._selection.open(Place(place.file, place.page))

    def _confirm_forgetting(self, judgement: Judgement) -> None:
        confirm(
            self,
            self.theme,
            tr("Forget this question?"),
            tr(
                "“{question}” and what you marked for it are forgotten.",
                question=judgement.question,
            ),
            action=tr("Forget"),
            then=lambda: self._change(ForgetJudgement(question=judgement.question)),
        )

    def _mark_absent(self, judgement: Judgement) -> None:
        self._engine.send(Judge(question=judgement.question, absent=True))

    # --- what the engine says --------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._ask()
            case Judged():
                self._soon.start()
            case Judgements() if self._list.wants(event):
                self._judgements = event.judgements
                self._show()
            case QualityRuns() if self._past.wants(event):
                self._runs = event.runs
                self._show()
            case Done() if event.id in self._changing:
                self._on_done(self._changing.pop(event.id))
            case Failed() if event.id in self._changing:
                self._changing.pop(event.id)
                if event.code != EngineDied.code:
                    self.trouble.say(str(event.error))
            case _:
                pass

    def _on_done(self, file: str) -> None:
        if file:
            self.exported.emit(tr("The questions are in {file}.", file=file))
        self._list.send(ListJudgements())

    def _on_measured(self, run: QualityRun) -> None:
        self._runs = (*self._runs, run)
        self._show()

    # --- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        count = len(self._judgements)
        self.counted.emit(count)
        self.subtitle.set_text(words.judged(count) if count else "")
        for widget in (self.measuring, self._heading, self.export_button):
            widget.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        usable = sum(map(words.counts, self._judgements))
        self.measuring.offer(words.with_answers(usable, self._runs))
        self.measuring.measure_button.setEnabled(usable > 0)
        self.results.show_runs(self._runs)
        self._fill()

    def _fill(self) -> None:
        self.rows.clear()
        empty(self._rows)
        newest = tuple(reversed(self._judgements))
        shown = newest if self._all else newest[:SHOWN_ROWS]
        results = self._outcomes()
        for judgement in shown:
            row = QuestionRow(self.theme, judgement, results.get(judgement.question))
            row.place_wanted.connect(self._open)
            row.absent_wanted.connect(lambda one=judgement: self._mark_absent(one))
            row.forget_wanted.connect(lambda one=judgement: self._confirm_forgetting(one))
            self._rows.addWidget(row)
            self.rows.append(row)
        hidden = len(newest) - len(shown)
        self._more.setText(plural(hidden, "Show {n} more", "Show {n} more"))
        self._more.setVisible(hidden > 0)

    def _outcomes(self) -> dict[str, Outcome]:
        """What the newest run that knows it says of each question; of answers the last that has
        any."""
        found: dict[str, Outcome] = {}
        for run in self._runs:
            for one in run.outcomes:
                before = found.get(one.question)
                if before is not None and one.answered is None:
                    one = replace(one, answered=before.answered, cited=before.cited)  # noqa: PLW2901
                found[one.question] = one
        return found

    def _show_all(self) -> None:
        self._all = True
        self._fill()
