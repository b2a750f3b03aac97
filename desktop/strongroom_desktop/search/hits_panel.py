"""The panel beneath the ask field: asking for an answer, and the hits found meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.floating import Floating
from strongroom_desktop.keys import key_cap, takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import NarrowedLine, Parts, can_be_undone
from strongroom_desktop.search.ask_row import AskRow
from strongroom_desktop.search.hits_list import HitsList
from strongroom_desktop.search.hits_model import HitsModel
from strongroom_desktop.text import documents, duration, passages
from strongroom_desktop.widgets import ElidedLabel, label, rule
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import Hit, SearchResult

ROWS = 5
_LIST_PADDING = 6
_EDGE, _GAP = 18, 4


class HitsPanel(Floating):
    """`moved` carries the row that is current now (-1 is asking), `opened` the row to open;
    `switched`: the search is wanted everywhere, or where it was; `left` gives the keyboard back."""

    moved = Signal(int)
    opened = Signal(int)
    place_chosen = Signal(object)
    """A `Place`: a hit in another file that has it, too."""
    ask_clicked = Signal()
    switched = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("hitsPanel")
        self._result: SearchResult | None = None
        self._rows = ROWS
        self._top = QRect()
        self._model = HitsModel(self)
        self._ask = AskRow(theme, self)
        self._ask.clicked.connect(self.ask_clicked)
        self.narrowed = NarrowedLine(theme, parent=self)
        self.narrowed.setContentsMargins(18, 10, 18, 4)
        self.narrowed.switched.connect(self.switched)
        self._list = self._make_list()
        self._message = label("", "ui", "text_2", wrap=True)
        self._message.setContentsMargins(20, 10, 20, 10)
        self._foot = _Foot(theme)
        self._arrange()

    def _make_list(self) -> HitsList:
        view = HitsList(self.theme, self._model, self)
        view.opened.connect(self.opened)
        view.place_chosen.connect(self.place_chosen)
        view.place_chosen.connect(lambda _place: self.hide())
        return view

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._ask)
        layout.addWidget(rule())
        layout.addWidget(self.narrowed)
        layout.addWidget(self._message)
        layout.addSpacing(_LIST_PADDING)
        layout.addWidget(self._list)
        layout.addSpacing(_LIST_PADDING)
        layout.addWidget(rule())
        layout.addWidget(self._foot)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self._model.hits

    @property
    def current(self) -> int:
        """The row that is current; -1 stands for asking."""
        return self._list.currentIndex().row()

    @property
    def result(self) -> SearchResult | None:
        """What is shown; None where a problem is."""
        return self._result

    @property
    def message(self) -> str:
        return self._message.text() if not self._message.isHidden() else ""

    def set_scope(self, text: str) -> None:
        """What an answer would be taken from: 'All collections', '2 of 4 collections'."""
        self._ask.set_scope(text)

    def show_read(self, count: int, total: int) -> None:
        """How many passages have been read for an answer, of how many; `total` 0: nothing is said."""
        self._ask.show_read(count, total)

    def show_result(self, result: SearchResult, undone: Parts = ()) -> None:
        """The hits; `undone` is what would have narrowed the search, had the user let it."""
        self._result = result
        self.narrowed.show_parts(result.question, result.understood, undone)
        self._ask.set_narrowed(can_be_undone(result.understood))
        self._rows = ROWS
        self._model.set_hits(result.hits)
        self._list.setCurrentIndex(QModelIndex())
        by_meaning = bool(result.hits) and not any(hit.marks for hit in result.hits)
        if by_meaning:
            self._say(tr("No passage has all these words. Nearest by meaning:"))
        else:
            self._say("" if result.hits else nothing())
        self._foot.setVisible(bool(result.hits))
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """One line instead of hits."""
        self._result = None
        self.narrowed.hide()
        self._ask.set_narrowed(False)
        self._model.set_hits(())
        self._say(sentence)
        self._foot.hide()
        self._refresh()

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def move_by(self, step: int) -> None:
        """To the next or previous row; past the fifth the panel grows to the window's foot."""
        row = max(-1, min(self.current + step, len(self.hits) - 1))
        if row == self.current:
            return
        if row >= ROWS:
            self._rows = len(self.hits)
            self._refresh()
        index = self._model.index(row) if row >= 0 else QModelIndex()
        self._list.setCurrentIndex(index)
        self._ask.set_current(row < 0)
        if row >= 0:
            self._list.scrollTo(index)
            self.moved.emit(row)

    # --- its place -------------------------------------------------------------------------------

    def place_under(self, field: QWidget) -> None:
        """Beneath the field, with its edges."""
        self._top = QRect(field.mapTo(self.window(), QPoint()), field.size())
        self._refresh()

    def _refresh(self) -> None:
        """As high as its rows, within the window."""
        row = self.theme.control("row_hit")
        fixed = self._ask.height() + 2 + 2 * _LIST_PADDING + 2
        fixed += self._foot.height() if not self._foot.isHidden() else 0
        for each in (self.narrowed, self._message):
            if not each.isHidden():
                fixed += each.heightForWidth(self._top.width() - 2)
        parent = self.parentWidget()
        room = (parent.height() if parent else 0) - self._top.bottom() - 8 - fixed
        rows = max(min(len(self.hits), self._rows, room // row), 1 if self.hits else 0)
        self._list.setFixedHeight(rows * row)
        self._list.setVisible(rows > 0)
        if self._result is not None:
            self._foot.show_figures(self._result, rows)
        height = fixed + rows * row
        self.set_panel(QRect(self._top.left(), self._top.bottom() + 5, self._top.width(), height))
        self._ask.set_current(self.current < 0)

    # --- the keyboard, when it is on the link ----------------------------------------------------

    def event(self, event: QEvent) -> bool:
        return takes(event, Qt.Key.Key_Escape) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Foot(QWidget):
    """Figures, and the keys that work here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figures = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._figures, 1)
        self._hints = QWidget()
        hints = QHBoxLayout(self._hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(4)
        row.addWidget(self._hints)
        for keys, name in (
            ("\u2191", ""),
            ("\u2193", tr("preview")),
            (tr("Ctrl+Enter"), tr("open")),
        ):
            hints.addWidget(key_cap(keys))
            if name:
                hints.addWidget(label(name, "small", "text_2"))
                hints.addSpacing(6)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(38))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def show_figures(self, result: SearchResult, shown: int) -> None:
        self._figures.set_text(f"{how_many(result, shown)}, {duration(result.ms)}")
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        """The figures need the room of the keys sooner than the keys theirs."""
        wanted = self._figures.sizeHint().width() + self._hints.sizeHint().width()
        self._hints.setVisible(wanted + 2 * _EDGE + _GAP <= self.width())


def nothing() -> str:
    """What is said where no passage was found by its words."""
    return tr("No passage has all these words.")


def how_many(result: SearchResult, shown: int) -> str:
    """'5 of 412 passages in 9 documents', or of more than are counted; where the words are rarer than
    the hits, which go on by meaning then: '3 passages have these words, in 2 documents'."""
    within = documents(result.documents)
    if 0 < result.passages < len(result.hits):
        return plural(
            result.passages,
            "{n} passage has these words, in {documents}",
            "{n} passages have these words, in {documents}",
            documents=within,
        )
    total = passages(max(result.passages, len(result.hits)))
    if result.more:
        return tr("{shown} of more than {passages}", shown=number(shown), passages=total)
    if not result.documents:
        return tr("{shown} of {passages}", shown=number(shown), passages=total)
    return tr(
        "{shown} of {passages} in {documents}",
        shown=number(shown),
        passages=total,
        documents=within,
    )
