"""One review grid that is open: head, bar, table, and the reader that follows the current cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.actions import Actions
from strongroom_desktop.review.head import GridBar, GridHead
from strongroom_desktop.review.memory import Looks
from strongroom_desktop.review.menus import HeadMenus
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.review.session import Session
from strongroom_desktop.review.table import ReviewTable
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.widgets import dress, rule, set_margins
from strongroom_desktop.wording import tr
from strongroom_engine import protocol as wire
from strongroom_engine.types import Cell, DocumentRecord, Review

WRITTEN_MS = 8_000
"""So long it says where a table was written."""
FOLLOW_MS = 120
"""So long a cell must be current until the reader turns to it."""


class GridView(QWidget):
    """`left`: back to all grids. `reader_wanted`: a page is to be seen beside the grid.
    `documents_wanted`: choose others. `changed`: the list of all grids has something to say anew.
    `removal_wanted` carries the review's name."""

    left = Signal()
    reader_wanted = Signal(bool)
    documents_wanted = Signal()
    changed = Signal()
    removal_wanted = Signal(str)

    def __init__(self, engine: Engine, selection: Selection, theme: Theme, looks: Looks) -> None:
        super().__init__()
        self._selection, self._looks = selection, looks
        self.session = Session(engine, self)
        self.model = GridModel(self)
        self.head = GridHead(theme)
        self.bar = GridBar(theme)
        self.notice = LinkLine(theme, "triangle-alert", "warn")
        self._notices = QWidget()
        self.written = LinkLine(theme, "check", "accent")
        self._written_ends = QTimer(self)
        self._written_ends.setSingleShot(True)
        self._written_ends.setInterval(WRITTEN_MS)
        self.table = ReviewTable(theme, self.model, looks)
        self.actions_ = Actions(theme, self.session, self.model, self.table)
        self.menus = HeadMenus(theme, self.head, self.actions_)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._entered = -1  # the citation of the current cell that Enter opened last
        self._lay_out()
        self._connect_session()
        self._connect_parts()

    def _lay_out(self) -> None:
        dress(self, surface="canvas")
        self.setMinimumWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        notices = QVBoxLayout(self._notices)
        set_margins(notices, 20, 8, 16, 8)
        notices.setSpacing(4)
        notices.addWidget(self.notice)
        notices.addWidget(self.written)
        self._notices.hide()
        for part in (self.head, rule(), self.bar, rule()):
            layout.addWidget(part)
        layout.addWidget(self._notices)
        layout.addWidget(self.table, 1)

    def _connect_session(self) -> None:
        session = self.session
        session.opened.connect(self._on_review)
        session.cells.connect(self.model.add_cells)
        session.reading.connect(self.model.add_reading)
        session.idle.connect(self.model.end_reading)
        session.changed.connect(self._say)
        session.failed.connect(partial(self._tell, self.notice))
        session.renamed.connect(self._on_renamed)
        session.rested.connect(self.changed)
        session.exported.connect(self._on_exported)
        self._written_ends.timeout.connect(partial(self._tell, self.written, ""))
        self.model.counted.connect(self._say)
        self.model.layoutChanged.connect(self._on_sorted)

    def _connect_parts(self) -> None:
        head, table, actions = self.head, self.table, self.actions_
        head.back.clicked.connect(self.left)
        head.add.clicked.connect(actions.add)
        head.export.clicked.connect(self.menus.open_export)
        head.columns.clicked.connect(self.menus.open_columns)
        head.more.clicked.connect(self.menus.open_more)
        head.search.clicked.connect(self._toggle_filter)
        head.filter.textChanged.connect(lambda _text: self._narrow())
        head.filter.left.connect(self._leave_filter)
        head.filter.returnPressed.connect(table.setFocus)
        self.bar.narrowed.connect(self._narrow_to)
        self.bar.resized.connect(self._say)
        self.bar.toggled.connect(self._toggle_run)
        table.keyed.connect(self._on_key)
        table.opened.connect(self._open_next)
        table.moved.connect(self._on_moved)
        table.corner_clicked.connect(lambda: actions.click_sort(-1))
        table.questions.sort_wanted.connect(actions.click_sort)
        table.questions.reordered.connect(actions.reorder)
        table.questions.menu_wanted.connect(actions.column_menu)
        table.documents.opened.connect(self._open_row)
        table.documents.menu_wanted.connect(actions.row_menu)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(actions.cell_menu)
        self.menus.documents_wanted.connect(self.documents_wanted)
        self.menus.removal_wanted.connect(self.removal_wanted)
        self._follow.timeout.connect(self._preview)

    # --- what is shown ---------------------------------------------------------------------------

    def look_at(self, name: str) -> None:
        """Show a kept review."""
        self._begin(name)
        self.session.look_at(name)

    def start(self, request: wire.RunReview) -> None:
        """Begin a new review and watch it fill."""
        self._begin(request.name)
        self.session.start(request)

    def close_review(self) -> None:
        """The review that is open is to be removed: stop what is under way, and show none."""
        self.session.stop(self.session.name)
        self._begin("")
        self.model.set_review(Review("", (), ()))

    def refresh(self) -> None:
        """Documents may have changed: see which answers are left."""
        if self.model.documents and not self.session.running:
            self.session.refresh()

    def set_records(self, records: Mapping[str, DocumentRecord]) -> None:
        self.model.set_records(records)

    def _begin(self, name: str) -> None:
        self._tell(self.notice, "")
        self.bar.clear_filter()
        self.head.filter.clear()
        self.head.show_filter(False)
        self.model.narrow("", "")
        self.model.sort_by(None)
        self._entered = -1
        self.table.show_review(name)
        if name != self.session.name:
            self.model.set_review(Review(name, (), ()))
        self._say()

    def _on_review(self, review: Review) -> None:
        first = not self.model.documents
        self.model.set_review(review)
        self._say()
        self.changed.emit()
        if first:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        model = self.model
        self.head.say(self.session.name, len(model.documents), len(model.columns))
        self.bar.say(model, self.session)

    def _on_renamed(self, before: str, name: str) -> None:
        questions = [each.question for each in self.model.columns]
        self._looks.rename(before, name, questions)
        self.table.show_review(name)
        self._say()
        self.changed.emit()

    def _tell(self, line: LinkLine, text: str) -> None:
        """Say a sentence between bar and table, or no longer; there is room only for what is said."""
        line.say(text)
        self._notices.setVisible(bool(self.notice.text or self.written.text))

    def _on_exported(self, file: str) -> None:
        self._tell(self.written, tr("Written to {file}.", file=file))
        self._written_ends.start()

    def _on_sorted(self) -> None:
        order = self.model.order
        by_name = order is not None and not order.question
        down = order is not None and order.descending
        self.table.corner.sorted = ("arrow-down" if down else "arrow-up") if by_name else ""
        self.table.corner.update()
        self.table.questions.viewport().update()

    # --- the reader follows ----------------------------------------------------------------------

    def _preview(self) -> None:
        """Turn the reader to the first citation of the current cell."""
        index = self.table.currentIndex()
        cell = self.model.cell(index)
        if self.isVisible() and cell and cell.citations:
            self.reader_wanted.emit(True)
            self._selection.open_trail(Trail("citation", places_of(cell), 0), preview=True)

    def _open_next(self) -> None:
        """Enter: the citation, and with each Enter more the next one."""
        index = self.table.currentIndex()
        cell = self.model.cell(index)
        if cell is None or not cell.citations:
            return
        self._follow.stop()
        self._entered = (self._entered + 1) % len(cell.citations)
        self.reader_wanted.emit(True)
        self._selection.open_trail(Trail("citation", places_of(cell), self._entered))

    def _on_moved(self) -> None:
        self._entered = -1
        self._follow.start()

    def _open_row(self, row: int) -> None:
        self.reader_wanted.emit(True)
        self._selection.open(Place(self.model.document(row)))

    # --- the head and the bar --------------------------------------------------------------------

    def _toggle_run(self) -> None:
        self._tell(self.notice, "")
        if self.session.running:
            self.session.pause()
        else:
            self.model.forget_failed()
            self.session.go_on()

    def _on_key(self, what: str) -> None:
        if what == "find":
            self._toggle_filter(True)
        else:
            self.actions_.do(what)

    def _toggle_filter(self, shown: bool) -> None:
        self.head.show_filter(shown)
        if not shown:
            self.head.filter.clear()

    def _leave_filter(self) -> None:
        self.head.show_filter(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self) -> None:
        self.model.narrow(self.model.kind, self.head.filter.text().strip())

    def _narrow_to(self, kind: str) -> None:
        match kind:
            case "" | "check" | "nothing" | "failed":
                self.model.narrow(kind, self.model.wanted_text)


def places_of(cell: Cell) -> tuple[Place, ...]:
    """A cell's citations as places that the reader can open."""
    return tuple(
        Place(each.file, each.page, ((each.start, each.end),), each.title, each.n)
        for each in cell.citations
    )
