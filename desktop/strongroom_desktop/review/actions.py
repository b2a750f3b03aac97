"""What can be done with cells, columns and rows, by key or from their menus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu

from strongroom_desktop.dialogs import confirm
from strongroom_desktop.files import file_name
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.copying import as_table, with_source
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.review.session import Session
from strongroom_desktop.review.sheets import Sheet, ask_correction, ask_question
from strongroom_desktop.review.sorting import Order
from strongroom_desktop.review.table import ReviewTable
from strongroom_desktop.review.words import state_of
from strongroom_desktop.text import native
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import Column, Verdict

MOST_UNASKED = 20
"""So many cells are asked again at a key's press, without a question before."""


class Actions(QObject):
    def __init__(
        self, theme: Theme, session: Session, model: GridModel, table: ReviewTable
    ) -> None:
        super().__init__(table)
        self._theme = theme
        self.session, self.model, self.table = session, model, table
        self.sheet: Sheet | QDialog | None = None
        """The sheet that was opened last."""

    def do(self, what: str) -> None:
        """What a key of the table wants."""
        section = self.table.currentIndex().column()
        if what == "copy":
            self.copy()
        elif what == "again":
            self.again()
        elif section >= 0:
            match what:
                case "edit":
                    self.edit(section)
                case "delete":
                    self.delete(section)
                case "earlier" | "later":
                    self.move_column(section, -1 if what == "earlier" else 1)

    # --- cells -----------------------------------------------------------------------------------

    def selected(self) -> list[QModelIndex]:
        """The selected cells, row by row."""
        found = self.table.selectionModel().selectedIndexes() or [self.table.currentIndex()]
        shown = (
            each
            for each in found
            if each.isValid() and not self.table.isColumnHidden(each.column())
        )
        return sorted(shown, key=lambda each: (each.row(), each.column()))

    def again(self) -> None:
        """Ask the selected cells anew: their questions in their documents."""
        places = [self.model.place(each) for each in self.selected()]
        questions = tuple(dict.fromkeys(question for _, question in places))
        documents = tuple(dict.fromkeys(document for document, _ in places))
        count = len(questions) * len(documents)
        if count > MOST_UNASKED:
            self.sheet = confirm(
                self.table,
                self._theme,
                plural(count, "Ask {n} cell again?", "Ask {n} cells again?"),
                tr("New answers take the place of those there are. What you wrote yourself stays."),
                action=tr("Ask again"),
                then=lambda: self.ask_again(questions, documents),
            )
        elif count:
            self.ask_again(questions, documents)

    def ask_again(self, questions: Iterable[str], documents: Iterable[str]) -> None:
        asked, rows = tuple(questions), tuple(documents)
        self.model.forget(asked, rows)
        self.session.ask_again(asked, rows)

    def judge(self, verdict: Verdict) -> None:
        for index in self.selected():
            document, question = self.model.place(index)
            self.session.judge(document, question, verdict)

    def correct(self) -> None:
        index = self.table.currentIndex()
        document, question = self.model.place(index)
        cell = self.model.cell(index)
        self.sheet = ask_correction(
            self.table,
            self._theme,
            question,
            cell.said if cell and state_of(cell) == "answer" else "",
            lambda text: self.session.judge(document, question, "corrected", text),
        )

    def copy(self) -> None:
        """One cell with its source; several as rows and columns for a spreadsheet."""
        indexes = self.selected()
        if len(indexes) == 1:
            cell = self.model.cell(indexes[0])
            QGuiApplication.clipboard().setText(with_source(cell) if cell else "")
        elif indexes:
            QGuiApplication.clipboard().setText(as_table(self.model, indexes))

    def cell_menu(self, at: QPoint) -> QMenu | None:
        """The menu of the cells at a place of the viewport."""
        index = self.table.indexAt(at)
        if not index.isValid():
            return None
        if index not in self.table.selectionModel().selectedIndexes():
            self.table.setCurrentIndex(index)
        menu = QMenu(self.table)
        cell = self.model.cell(index)
        if cell and cell.citations:
            _add(menu, tr("Open the page"), self.table.opened.emit, "Return")
        _add(menu, tr("Copy"), self.copy, "Ctrl+C")
        menu.addSeparator()
        if cell and state_of(cell) != "failed":
            _add(menu, tr("Mark as right"), lambda: self.judge("right"))
            _add(menu, tr("Mark as wrong"), lambda: self.judge("wrong"))
        if len(self.selected()) == 1:
            _add(menu, tr("Write the answer yourself…"), self.correct)
        if cell and cell.verdict:
            _add(menu, tr("Take the mark back"), lambda: self.judge(""))
        menu.addSeparator()
        _add(menu, tr("Ask again"), self.again, "Ctrl+R")
        menu.addSeparator()  # the same as at the heads, for the keyboard
        self._fill_column(menu.addMenu(tr("Question")), index.column())
        self._fill_row(menu.addMenu(tr("Document")), index.row())
        return _shown(menu, self.table.viewport().mapToGlobal(at))

    # --- columns ---------------------------------------------------------------------------------

    def add(self) -> None:
        self.sheet = ask_question(self.table, self._theme, None, self._add_column)

    def _add_column(self, column: Column) -> None:
        self._put((*self.model.columns, column), ask=True)

    def edit(self, section: int) -> None:
        before = self.model.columns[section]

        def save(column: Column) -> None:
            columns = tuple(column if each == before else each for each in self.model.columns)
            if columns != self.model.columns:
                self.table.carry_look(before.question, column.question)
                self._put(columns, ask=column.question != before.question)

        self.sheet = ask_question(self.table, self._theme, before, save)

    def delete(self, section: int) -> None:
        column = self.model.columns[section]
        if len(self.model.columns) == 1:
            return
        self.sheet = confirm(
            self.table,
            self._theme,
            tr("Delete this column?"),
            tr("“{question}” and its answers go from this review grid.", question=column.question),
            action=tr("Delete"),
            then=lambda: self._put([each for each in self.model.columns if each != column]),
        )

    def move_column(self, section: int, by: int) -> None:
        to = section + by
        if 0 <= to < len(self.model.columns):
            columns = list(self.model.columns)
            columns.insert(to, columns.pop(section))
            self._reorder(columns)

    def reorder(self, order: Sequence[int]) -> None:
        """Columns were dragged: the numbers of the columns as they stand now."""
        self._reorder([self.model.columns[section] for section in order])

    def _reorder(self, columns: Sequence[Column]) -> None:
        self.model.reorder(tuple(columns))
        self._put(columns)

    def _put(self, columns: Iterable[Column], *, ask: bool = False) -> None:
        self.session.put(tuple(columns), self.model.documents, ask=ask)

    def column_menu(self, section: int, at: QPoint) -> QMenu:
        menu = QMenu(self.table)
        self._fill_column(menu, section)
        return _shown(menu, at)

    def _fill_column(self, menu: QMenu, section: int) -> None:
        column = self.model.columns[section]
        _add(menu, tr("Edit the question…"), lambda: self.edit(section), "F2")
        _add(
            menu,
            tr("Ask the column again"),
            lambda: self.ask_again([column.question], self.model.documents),
        )
        menu.addSeparator()
        order = Order(column.question)
        _add(menu, tr("Sort upwards"), lambda: self.model.sort_by(order))
        _add(
            menu,
            tr("Sort downwards"),
            lambda: self.model.sort_by(replace(order, descending=True)),
        )
        _add(
            menu,
            tr("Least sure first"),
            lambda: self.model.sort_by(replace(order, doubt=True)),
        )
        _add(menu, tr("Rows as chosen"), lambda: self.model.sort_by(None))
        menu.addSeparator()
        if section:
            _add(menu, tr("Move to the front"), lambda: self.move_column(section, -section))
            _add(
                menu,
                tr("One to the front"),
                lambda: self.move_column(section, -1),
                "Ctrl+Shift+Left",
            )
        if section + 1 < len(self.model.columns):
            _add(
                menu,
                tr("One to the back"),
                lambda: self.move_column(section, 1),
                "Ctrl+Shift+Right",
            )
        _add(menu, tr("Hide the column"), lambda: self.table.set_shown(section, False))
        if len(self.model.columns) > 1:
            menu.addSeparator()
            _add(menu, tr("Delete the column…"), lambda: self.delete(section), "Del")

    # --- rows ------------------------------------------------------------------------------------

    def row_menu(self, row: int, at: QPoint) -> QMenu:
        menu = QMenu(self.table)
        self._fill_row(menu, row)
        return _shown(menu, at)

    def _fill_row(self, menu: QMenu, row: int) -> None:
        document = self.model.document(row)
        questions = [each.question for each in self.model.columns]
        _add(menu, tr("Open the document"), lambda: self.table.documents.opened.emit(row))
        _add(menu, tr("Ask the row again"), lambda: self.ask_again(questions, [document]))
        if len(self.model.documents) > 1:
            menu.addSeparator()
            _add(menu, tr("Take out of the grid…"), lambda: self._take_out(document))

    def _take_out(self, document: str) -> None:
        rest = [each for each in self.model.documents if each != document]
        self.sheet = confirm(
            self.table,
            self._theme,
            tr("Take this document out of the grid?"),
            tr("{name} stays in the library. Its answers here go.", name=file_name(document)),
            action=tr("Take out"),
            then=lambda: self.session.put(self.model.columns, rest, ask=False),
        )

    def click_sort(self, section: int) -> None:
        """A click on a head: upwards, downwards, as chosen."""
        question = self.model.columns[section].question if section >= 0 else ""
        now = self.model.order
        if now is None or now.question != question or now.doubt:
            self.model.sort_by(Order(question))
        else:
            self.model.sort_by(None if now.descending else replace(now, descending=True))


def _add(menu: QMenu, text: str, then: Callable[[], object], keys: str = "") -> None:
    """An action; its keys are bound by the table, and only shown here."""
    action = menu.addAction(f"{text}\t{native(keys)}" if keys else text)
    action.triggered.connect(lambda _on=False: then())


def _shown(menu: QMenu, at: QPoint) -> QMenu:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
