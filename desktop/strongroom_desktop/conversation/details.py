"""'How this was answered', unfolded: the steps with their times, the passages, the prompt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from strongroom_desktop.conversation.places import is_cited, table_place
from strongroom_desktop.conversation.rows import LinkLabel
from strongroom_desktop.conversation.sheet_answer import SheetAnswer
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import can_be_undone
from strongroom_desktop.placing import spot
from strongroom_desktop.text import as_tooltip, duration, passages
from strongroom_desktop.widgets import Bar, Button, ElidedLabel, Glyph, dress, label, rule
from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.types import Answer, Hit

FEW = 4
"""Passages shown before one asks for more."""
_PROMPT_HEIGHT = 240


class PassageRow(QWidget):
    """A passage that was read: a check where an answer's citation lies in it, a dash where none
    does; its score as a `share` of the best one's. `clicked`: its page is wanted."""

    clicked = Signal()

    def __init__(self, hit: Hit, share: float, theme: Theme, *, cited: bool) -> None:
        super().__init__()
        self._theme = theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        mark = Glyph(theme, *(("check", "accent") if cited else ("minus", "text_3")), "small")
        mark.setAccessibleName(tr("cited") if cited else tr("read, not cited"))
        name = LinkLabel(name_in_container(hit.file), "small")
        name.clicked.connect(self.clicked)
        bar = Bar(theme, 3)
        bar.setFixedWidth(64)
        bar.set_share(share)
        self._score = label(number(hit.score, 2), "small", "text_2")
        self._score.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(mark)
        layout.addWidget(name)
        layout.addWidget(
            ElidedLabel(spot(hit.page, hit.places), "small", "text_2", Qt.TextElideMode.ElideRight)
        )
        layout.addStretch(1)
        layout.addWidget(bar)
        layout.addWidget(self._score)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._score.setFixedWidth(self._theme.px(44))
        self.setFixedHeight(self._theme.px(24))


class Details(QWidget):
    """`passage_opened` carries the index of a hit, `place_opened` the `Place` of a table."""

    passage_opened = Signal(int)
    place_opened = Signal(object)

    def __init__(self, answer: Answer, scope: str, checked_ms: float, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._answer = answer
        self.setObjectName("details")
        dress(self, surface="panel")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._steps(steps(answer, scope, checked_ms)))
        if answer.tables:
            self._add_tables(answer)
        if answer.hits:
            self._layout.addSpacing(10)
            self._layout.addWidget(rule())
            self._layout.addSpacing(6)
        self._rows = [self._passage(index, hit) for index, hit in enumerate(answer.hits)]
        for index, row in enumerate(self._rows):
            self._layout.addWidget(row)
            if index >= FEW:
                row.hide()
        self._prompt = self._make_prompt()
        self._layout.addLayout(self._links())
        self._layout.addWidget(self._prompt)

    def _add_tables(self, answer: Answer) -> None:
        """What was asked of spreadsheets."""
        self.sheets = SheetAnswer(answer.tables, self._theme)
        self.sheets.opened.connect(
            lambda result: self.place_opened.emit(table_place(result, answer.citations))
        )
        self._layout.addSpacing(10)
        self._layout.addWidget(rule())
        self._layout.addSpacing(8)
        self._layout.addWidget(self.sheets)

    def _steps(self, lines: list[tuple[str, str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (step, what, time) in enumerate(lines):
            name = label(step, "small_strong", "text_2")
            name.setToolTip(as_tooltip(self._answer.model) if step == tr("Model") else "")
            grid.addWidget(name, row, 0)
            text = ElidedLabel(what, "small", "text", Qt.TextElideMode.ElideRight)
            grid.addWidget(text, row, 1)
            grid.addWidget(label(time, "small", "text_2"), row, 2, Qt.AlignmentFlag.AlignRight)
        self._grid = grid
        self._theme.changed.connect(self._fit)
        self._fit()
        return grid

    def _fit(self) -> None:
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, self._theme.px(20))

    def _passage(self, index: int, hit: Hit) -> QWidget:
        best = max((each.score for each in self._answer.hits), default=0.0)
        share = hit.score / best if best > 0 else 0.0
        row = PassageRow(hit, share, self._theme, cited=is_cited(hit, self._answer.citations))
        row.clicked.connect(lambda: self.passage_opened.emit(index))
        return row

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        hidden = len(self._rows) - FEW
        more = Button(self._theme, plural(hidden, "{n} more passage", "{n} more passages"), "link")
        more.clicked.connect(lambda: self._show_all(more))
        prompt = Button(self._theme, tr("Show the prompt"), "link")
        prompt.clicked.connect(lambda: self._toggle_prompt(prompt))
        if hidden > 0:
            row.addWidget(more)
        row.addStretch(1)
        if self._answer.prompt:
            row.addWidget(prompt)
        return row

    def _show_all(self, more: QWidget) -> None:
        more.hide()
        for row in self._rows:
            row.show()

    def _make_prompt(self) -> QPlainTextEdit:
        view = QPlainTextEdit(self)
        view.setObjectName("promptText")
        view.setAccessibleName(tr("Prompt"))
        view.setReadOnly(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFont(self._theme.mono_font())
        view.setPlainText(self._answer.prompt)
        view.setFixedHeight(self._theme.px(_PROMPT_HEIGHT))
        view.hide()
        return view

    def _toggle_prompt(self, link: Button) -> None:
        self._prompt.setVisible(self._prompt.isHidden())
        link.setText(tr("Show the prompt") if self._prompt.isHidden() else tr("Hide the prompt"))


Step = tuple[str, str, str]
"""What was done, on what, and how long it took."""


def steps(answer: Answer, scope: str, checked_ms: float) -> list[Step]:
    """What was done, in words, and how long it took."""
    times = answer.timings
    if can_be_undone(answer.understood):
        scope = tr("{scope}, only what the question names", scope=scope)
    lines = [(tr("Searched"), scope, duration(times.search_ms) if times.search_ms else "")]
    lines += _read(answer, checked_ms)
    if answer.sentences:
        good = sum(sentence.supported for sentence in answer.sentences)
        said = plural(
            len(answer.sentences),
            "{good} of {n} sentence rests on a quote",
            "{good} of {n} sentences rest on a quote",
            good=number(good),
        )
        lines.append((tr("Checked"), said, duration(checked_ms) if checked_ms else ""))
    return [*lines, *_settings(answer)]


def _read(answer: Answer, checked_ms: float) -> list[Step]:
    """Reading and writing; nothing was written where there is no first word."""
    times, first = answer.timings, answer.timings.first_token_ms
    read = passages(len(answer.hits))
    if answer.route == "index":
        read = tr("Counted in the index, no passage was needed")
    elif answer.route == "sheets":
        read = plural(
            len(answer.tables),
            "Calculated from {n} table, no passage was needed",
            "Calculated from {n} tables, no passage was needed",
        )
    elif answer.route == "documents":
        read = tr("Each document was asked by itself")
    elif answer.coverage:
        read = heard(answer.coverage)
    if first is None or answer.route != "passages":
        return [(tr("Read"), read, "")]
    words = plural(len(answer.text.split()), "{n} word", "{n} words")
    return [
        (tr("Read"), read, duration(max(first - times.search_ms, 0))),
        (tr("Wrote"), words, duration(max(times.total_ms - first - checked_ms, 0))),
    ]


def _settings(answer: Answer) -> list[Step]:
    """The model and what is known of how it was used."""
    tokens = ""
    if answer.prompt_tokens:
        tokens = plural(
            answer.prompt_tokens, "{n} token was handed to it", "{n} tokens were handed to it"
        )
    lines = []
    if answer.model:
        said = ", ".join(part for part in (answer.model_name or answer.model, tokens) if part)
        lines.append((tr("Model"), said, ""))
    else:
        lines.append((tr("Model"), tr("None was asked"), ""))
    lines.append((tr("In all"), "", duration(answer.timings.total_ms)))
    return lines
