"""The table itself: widths, keys and the corner; painting is the delegate's and the heads'."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.delegate import CellDelegate
from strongroom_desktop.review.headers import (
    DOCUMENT_LEAST_PX,
    DOCUMENT_MOST_PX,
    DOCUMENT_PX,
    LEAST_PX,
    MOST_PX,
    USUAL_PX,
    Corner,
    DocumentHeader,
    QuestionHeader,
)
from strongroom_desktop.review.memory import DOCUMENTS, Looks
from strongroom_desktop.review.model import GridModel, Place
from strongroom_desktop.widgets import dress
from strongroom_desktop.wording import tr

_WIDEST_BY_ITSELF_PX = 320
"""So wide a column gets where there is room to spare."""


class ReviewTable(QTableView):
    """`opened`: Enter or a double click; `moved`: another cell is current. `keyed` carries what is
    wanted of the current cell or column: 'again', 'edit', 'delete', 'copy', 'earlier', 'later'."""

    opened = Signal()
    moved = Signal()
    keyed = Signal(str)
    corner_clicked = Signal()

    def __init__(self, theme: Theme, model: GridModel, looks: Looks) -> None:
        super().__init__()
        self._theme, self._grid, self._looks = theme, model, looks
        self._review = ""
        self._place: Place | None = None
        self._fitting = False
        self.cells = CellDelegate(theme, self)
        self.questions = QuestionHeader(theme, self)
        self.documents = DocumentHeader(theme, self.cells.layouts, self)
        self.corner = Corner(theme, self)
        self._set_up()
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self._restore)
        self.questions.sectionResized.connect(self._on_resized)
        self.corner.dragged.connect(self._set_documents_width)
        self.corner.clicked.connect(self.corner_clicked)
        self.doubleClicked.connect(self.opened)
        theme.changed.connect(self._size)
        self._size()

    def _set_up(self) -> None:
        self.setHorizontalHeader(self.questions)
        self.setVerticalHeader(self.documents)
        self.setItemDelegate(self.cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Answers"))
        dress(self, surface="canvas")

    # --- what is shown ---------------------------------------------------------------------------

    def show_review(self, name: str) -> None:
        """Whose widths are to be used from now on."""
        self._review = name

    def set_shown(self, section: int, shown: bool) -> None:
        self._looks.set_hidden(self._review, self._grid.columns[section].question, not shown)
        self.setColumnHidden(section, not shown)
        self._fit()

    def carry_look(self, question: str, other: str) -> None:
        """The column of a question has another one now: it keeps its width."""
        if width := self._looks.width(self._review, question):
            self._looks.set_width(self._review, other, width)

    def _note_place(self) -> None:
        index = self.currentIndex()
        self._place = self._grid.place(index) if index.isValid() else None

    def _restore(self) -> None:
        """After the columns became others."""
        for section, column in enumerate(self._grid.columns):
            self.setColumnHidden(section, self._looks.is_hidden(self._review, column.question))
        width = self._looks.width(self._review, DOCUMENTS) or DOCUMENT_PX
        self.documents.setFixedWidth(self._theme.px(width))
        self._fit()
        index = self._grid.index_of(self._place) if self._place else QModelIndex()
        if not index.isValid() and self._grid.rowCount() and self._grid.columnCount():
            index = self._grid.index(0, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._grid.documents and not self._grid.rowCount():
            painter = QPainter(self.viewport())
            painter.setFont(self._theme.font("ui"))
            painter.setPen(self._theme.color("text_2"))
            room = self.viewport().rect().adjusted(0, self._theme.px(32), 0, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, flags, tr("No row has what is looked for."))

    # --- widths ----------------------------------------------------------------------------------

    def _size(self) -> None:
        height = self._theme.control("row_grid")
        self.documents.setMinimumSectionSize(height)
        self.documents.setDefaultSectionSize(height)
        self.questions.setMinimumSectionSize(self._theme.px(LEAST_PX))
        self.questions.setMaximumSectionSize(self._theme.px(MOST_PX))
        width = self._looks.width(self._review, DOCUMENTS) or DOCUMENT_PX
        self.documents.setFixedWidth(self._theme.px(width))
        self._fit()

    def _fit(self) -> None:
        """Columns whose width nobody chose share what is left."""
        chosen = {
            section: self._theme.px(width)
            for section, column in enumerate(self._grid.columns)
            if (width := self._looks.width(self._review, column.question))
        }
        shown = [n for n in range(len(self._grid.columns)) if not self.isColumnHidden(n)]
        free = [section for section in shown if section not in chosen]
        left = self.viewport().width() - sum(chosen.get(section, 0) for section in shown)
        most, least = self._theme.px(_WIDEST_BY_ITSELF_PX), self._theme.px(USUAL_PX)
        share = min(max(left // len(free), least), most) if free else 0
        self._fitting = True
        for section in shown:
            self.setColumnWidth(section, chosen.get(section, share))
        self._fitting = False
        self._place_corner()

    def _on_resized(self, section: int, _before: int, after: int) -> None:
        if not self._fitting and after and section < len(self._grid.columns):
            question = self._grid.columns[section].question
            width = round(after * 100 / self._theme.text_percent)
            self._looks.set_width(self._review, question, width)

    def _set_documents_width(self, width: int) -> None:
        at_100 = round(width * 100 / self._theme.text_percent)
        at_100 = min(max(at_100, DOCUMENT_LEAST_PX), DOCUMENT_MOST_PX)
        self._looks.set_width(self._review, DOCUMENTS, at_100)
        self.documents.setFixedWidth(self._theme.px(at_100))
        self.updateGeometries()
        self._fit()

    def _place_corner(self) -> None:
        width, height = self.documents.width(), self.questions.height()
        left = self.width() - width if self.isRightToLeft() else 0
        self.corner.setGeometry(left, 0, width, height)
        self.corner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    # --- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        what = _wanted(event)
        if what == "open":
            self.opened.emit()
        elif what:
            self.keyed.emit(what)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The window's shortcuts of the same keys give way while the grid has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _wanted(event)
        ):
            event.accept()
            return True
        return super().event(event)


def _wanted(event: QKeyEvent) -> str:
    """What a key means here; '' for what tables do anyway."""
    control = Qt.KeyboardModifier.ControlModifier
    both = control | Qt.KeyboardModifier.ShiftModifier
    keys = {
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): "open",
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier): "open",
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): "edit",
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "delete",
        (Qt.Key.Key_R, control): "again",
        (Qt.Key.Key_F, control): "find",
        (Qt.Key.Key_Left, both): "earlier",
        (Qt.Key.Key_Right, both): "later",
    }
    if event.matches(QKeySequence.StandardKey.Copy):
        return "copy"
    return keys.get((Qt.Key(event.key()), event.modifiers()), "")
