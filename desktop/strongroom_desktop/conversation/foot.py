"""What stands under a finished answer: 'Rests on', 'How this was answered', copy, ask again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop import elsewhere
from strongroom_desktop.conversation.beside import Beside
from strongroom_desktop.conversation.details import Details
from strongroom_desktop.conversation.ended import quotes_said
from strongroom_desktop.conversation.fitted import Prose
from strongroom_desktop.conversation.judging import Verdicts
from strongroom_desktop.conversation.otherwise import Otherwise, likewise, otherwise
from strongroom_desktop.conversation.places import where
from strongroom_desktop.conversation.rows import DocumentRow
from strongroom_desktop.conversation.verdict import VerdictButtons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.placing import place, spots
from strongroom_desktop.selection import Place
from strongroom_desktop.text import duration, passages
from strongroom_desktop.widgets import Button, ElidedLabel, Glyph, IconButton, label, rule
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import Answer, Citation, Version


class RestsOn(QWidget):
    """One row a document, with its pages and its chips, and which versions of it say otherwise.
    `place_opened` carries the `Place` in a copy or a version of it."""

    place_opened = Signal(object)
    chip_opened = Signal(int)
    chip_shown = Signal(int, QRect)

    def __init__(self, citations: Sequence[Citation], theme: Theme) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule())
        layout.addSpacing(8)
        layout.addWidget(
            label(tr("Rests on"), "small_strong", "text_2"), 0, Qt.AlignmentFlag.AlignLeft
        )
        layout.addSpacing(4)
        self.rows: list[DocumentRow] = []
        self.otherwise: list[Otherwise] = []
        cited = {each.file for each in citations}
        for group in by_document(citations):
            self.rows.append(self._row(group, theme))
            layout.addWidget(self.rows[-1])
            for version in otherwise(group, cited):
                self.otherwise.append(self._otherwise(version, group[0].title, theme))
                layout.addWidget(self.otherwise[-1])

    def _row(self, group: list[Citation], theme: Theme) -> DocumentRow:
        found = spots([(each.page, each.places) for each in group])
        copies = tuple(dict.fromkeys(path for each in group for path in each.copies))
        numbers = [each.n for each in group]
        row = DocumentRow(
            group[0].file, found, theme, numbers, copies=copies, versions=likewise(group)
        )
        row.elsewhere_opened.connect(lambda to: self.place_opened.emit(_there(group[0], to)))
        row.opened.connect(lambda: self.chip_opened.emit(group[0].n))
        row.chip_opened.connect(self.chip_opened)
        row.chip_shown.connect(
            lambda n, rect: self.chip_shown.emit(
                n, rect.translated(row.mapTo(self, row.rect().topLeft()))
            )
        )
        return row

    def _otherwise(self, version: Version, title: str, theme: Theme) -> Otherwise:
        line = Otherwise(version, theme)
        place = elsewhere.place_in(version, title)
        line.opened.connect(lambda: self.place_opened.emit(place))
        return line

    def set_open(self, n: int) -> None:
        for row in self.rows:
            for chip in row.chips:
                chip.set_open(chip.n == n)


def by_document(citations: Sequence[Citation]) -> list[list[Citation]]:
    """The citations of each document, documents in the order of their first citation."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.file, []).append(citation)
    return list(groups.values())


def _there(citation: Citation, to: str | Version) -> Place:
    """The citation's words in another file with the same bytes, or in a version."""
    if isinstance(to, Version):
        return elsewhere.place_in(to, citation.title)
    spans = ((citation.start, citation.end),)
    return Place(to, citation.page, spans, citation.title, where=place(citation.places))


class RestsOnNothing(QWidget):
    """Under an answer of which no sentence has a source."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "triangle-alert", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        said = tr(
            "No passage that was read supports any of this. Look at the passages before you use it."
        )
        self.sentence = Prose(theme, said, "ui", "text_2")
        row.addWidget(self.sentence, 1)


class ClosestPassages(QWidget):
    """What came close when the documents do not say; `opened` carries a hit's index."""

    opened = Signal(int)
    everywhere = Signal()
    SHOWN = 4

    def __init__(self, answer: Answer, theme: Theme, collections: int, narrowed: bool) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if answer.hits:
            head = label(tr("Closest passages"), "small_strong", "text_2")
            layout.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addSpacing(4)
        self.rows = [DocumentRow(hit.file, where(hit), theme) for hit in answer.hits]
        for index, row in enumerate(self.rows):
            row.opened.connect(lambda index=index: self.opened.emit(index))
            layout.addWidget(row)
            if index >= self.SHOWN:
                row.hide()
        layout.addSpacing(12)
        layout.addWidget(self._buttons(theme, collections, narrowed))

    def _buttons(self, theme: Theme, collections: int, narrowed: bool) -> QWidget:
        everything = plural(collections, "Search the whole library", "Search all {n} collections")
        every = Button(theme, everything, "framed", icon="library")
        every.clicked.connect(self.everywhere)
        all_of_them = plural(len(self.rows), "Show the passage", "Show all {n} passages")
        more = Button(theme, all_of_them, "plain" if narrowed else "link")
        more.clicked.connect(lambda: self._show_all(more))
        first, row = _row_in()
        row.addWidget(every)
        first.setVisible(narrowed)
        second, row = _row_in()
        row.addWidget(more)
        row.addStretch(1)
        second.setVisible(len(self.rows) > self.SHOWN)
        return Beside(first, second, 8)

    def _show_all(self, more: QWidget) -> None:
        more.hide()
        for row in self.rows:
            row.show()


def _row_in() -> tuple[QWidget, QHBoxLayout]:
    """A row without gaps, and the widget around it."""
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return around, row


class AnswerFoot(QWidget):
    """The disclosure with its figures, and what one can do with the answer."""

    copied = Signal()
    again = Signal()
    quotes_wanted = Signal()
    passage_opened = Signal(int)
    place_opened = Signal(object)
    export_wanted = Signal(QWidget)

    def __init__(
        self,
        answer: Answer,
        scope: str,
        checked_ms: float,
        theme: Theme,
        verdicts: Verdicts | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._facts = (answer, scope, checked_ms)
        self.details: Details | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.disclosure = Button(
            theme, tr("How this was answered"), "disclosure", icon="chevron-right", directional=True
        )
        self.disclosure.setCheckable(True)
        self.disclosure.toggled.connect(self._unfold)
        spent = duration(answer.timings.total_ms)
        figures = f"{passages(len(answer.hits))}, {spent}" if answer.hits else spent
        head, row = _row_in()
        row.addWidget(self.disclosure)
        row.addSpacing(6)
        row.addWidget(ElidedLabel(figures, "ui", "text_3", Qt.TextElideMode.ElideRight))
        row.addStretch(1)
        self._layout.addWidget(Beside(head, self._actions(answer, verdicts)))

    def _actions(self, answer: Answer, verdicts: Verdicts | None) -> QWidget:
        """At the far end: what one does with an answer, and what one says of it."""
        actions, row = _row_in()
        row.addStretch(1)
        for action in self._buttons(self._theme, quotes=answer.task != "quotes"):
            row.addWidget(action)
        if verdicts is not None:
            self.verdict = VerdictButtons(answer, verdicts, self._theme)
            row.addSpacing(6)
            row.addWidget(self.verdict)
        return actions

    def _buttons(self, theme: Theme, *, quotes: bool) -> list[Button]:
        self.quotes = IconButton(theme, "quote", tr("Quotes only"))
        self.quotes.setToolTip(f"{tr('Quotes only')}\n{quotes_said()}")
        self.quotes.clicked.connect(self.quotes_wanted)
        copy = IconButton(theme, "copy", tr("Copy with citations"), keys="Ctrl+Shift+C")
        copy.clicked.connect(self.copied)
        export = IconButton(theme, "download", tr("Export this answer"))
        export.clicked.connect(lambda: self.export_wanted.emit(export))
        again = IconButton(theme, "rotate-cw", tr("Ask again"), keys="Ctrl+R")
        again.clicked.connect(self.again)
        return [*([self.quotes] if quotes else []), copy, export, again]

    def _unfold(self, on: bool) -> None:
        icon = "chevron-down" if on else "chevron-right"
        self.disclosure.setIcon(self._theme.icon(icon, "text_2", directional=not on))
        if on and self.details is None:
            self.details = Details(*self._facts, self._theme)
            self.details.passage_opened.connect(self.passage_opened)
            self.details.place_opened.connect(self.place_opened)
            self._layout.addWidget(self.details)
        if self.details is not None:
            self.details.setVisible(on)
