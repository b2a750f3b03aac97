"""How an answer from the tables of spreadsheets came about: the query in words and as SQL, the
cells it was read from, and what it gave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from strongroom_desktop.conversation.rows import DocumentRow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, dress, label, rule
from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.types import CellValue, TableResult

MOST_ROWS, MOST_COLUMNS = 8, 6
"""Of the result, as it is shown; all of it is copied."""
_LONGEST = 40
_SQL_HEIGHT = 96


class TableAnswer(QWidget):
    """One query over one table. `opened` carries the result: its table is wanted."""

    opened = Signal(object)

    def __init__(self, result: TableResult, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._result = result
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.row = DocumentRow(result.file, result.cells, theme)
        self.row.opened.connect(lambda: self.opened.emit(result))
        column.addWidget(self.row)
        self.said = label(_capital(heard(result.said)), "ui", wrap=True)
        column.addWidget(self.said)
        column.addWidget(label(_used(result), "small", "text_2", wrap=True))
        if result.columns and result.rows:
            column.addWidget(self._table())
        column.addLayout(self._links())
        self.sql = QPlainTextEdit(result.sql)
        self.sql.setObjectName("promptText")
        self.sql.setAccessibleName(tr("SQL"))
        self.sql.setReadOnly(True)
        self.sql.setFrameShape(QFrame.Shape.NoFrame)
        self.sql.setFont(theme.mono_font())
        self.sql.setFixedHeight(theme.px(_SQL_HEIGHT))
        self.sql.hide()
        column.addWidget(self.sql)

    def _table(self) -> QWidget:
        """The result, numbers at the far edge."""
        result, around = self._result, QWidget()
        dress(around, surface="none")
        grid = QGridLayout(around)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(3)
        for column, name in enumerate(result.columns[:MOST_COLUMNS]):
            grid.addWidget(
                label(shortened(_capital(heard(name))), "small_strong", "text_2"),
                0,
                column,
                _edge(column, result),
            )
        grid.addWidget(rule(), 1, 0, 1, min(len(result.columns), MOST_COLUMNS))
        for place, row in enumerate(result.rows[:MOST_ROWS], 2):
            for column, value in enumerate(row[:MOST_COLUMNS]):
                cell = label(shortened(written(value)), "small")
                grid.addWidget(cell, place, column, _edge(column, result))
        grid.setColumnStretch(MOST_COLUMNS, 1)
        return around

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        show = self.show_sql = Button(self._theme, tr("Show the SQL"), "link")
        show.clicked.connect(lambda: self._toggle(show))
        copy = self.copy = Button(self._theme, tr("Copy the table"), "link")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(as_lines(self._result)))
        row.addWidget(show)
        row.addWidget(copy)
        copy.setVisible(bool(self._result.rows))
        row.addStretch(1)
        more = len(self._result.rows) - MOST_ROWS
        if more > 0:
            row.addWidget(label(plural(more, "{n} more row", "{n} more rows"), "small", "text_2"))
        return row

    def _toggle(self, link: Button) -> None:
        self.sql.setVisible(self.sql.isHidden())
        link.setText(tr("Show the SQL") if self.sql.isHidden() else tr("Hide the SQL"))


class SheetAnswer(QWidget):
    """All queries of an answer, hairlines between them."""

    opened = Signal(object)

    def __init__(self, results: Sequence[TableResult], theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.tables = [TableAnswer(result, theme) for result in results]
        for index, table in enumerate(self.tables):
            if index:
                column.addWidget(rule())
            table.opened.connect(self.opened)
            column.addWidget(table)


def written(value: CellValue) -> str:
    """A value as the language writes it; '' for an empty cell."""
    match value:
        case None:
            return ""
        case bool():
            return tr("yes") if value else tr("no")
        case int():
            return number(value) if abs(value) >= 10_000 else str(value)
        case float():
            return number(value, _digits(value))
        case _:
            return " ".join(value.split())


def _digits(value: float) -> int:
    """Two for money and the like; as many as say something of what is small."""
    if value == int(value):
        return 0
    return 2 if abs(value) >= 1 else 4


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}\u2026"


def as_lines(result: TableResult) -> str:
    """The result as a spreadsheet takes it from the clipboard."""
    rows = [result.columns, *(tuple(_plain(value) for value in row) for row in result.rows)]
    return "\n".join("\t".join(row) for row in rows)


def _plain(value: CellValue) -> str:
    return "" if value is None else " ".join(str(value).split())


def _used(result: TableResult) -> str:
    return plural(result.used, "{n} row went into it.", "{n} rows went into it.")


def _edge(column: int, result: TableResult) -> Qt.AlignmentFlag:
    """Numbers at the far edge, words at the near one."""
    values = [row[column] for row in result.rows if column < len(row) and row[column] is not None]
    numbers = bool(values) and all(
        isinstance(value, (int, float)) and not isinstance(value, bool) for value in values
    )
    return Qt.AlignmentFlag.AlignTrailing if numbers else Qt.AlignmentFlag.AlignLeading
