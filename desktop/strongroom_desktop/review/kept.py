"""The review grids that are kept: what each holds, how far it is, when it changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page
from strongroom_desktop.review.words import cells_in_words
from strongroom_desktop.text import at_edge, isolated, long_date, native
from strongroom_desktop.widgets import Button, Paragraph, dress
from strongroom_desktop.wording import language, plural, tr
from strongroom_engine.types import ReviewSummary

Index = QModelIndex | QPersistentModelIndex
SUMMARY = Qt.ItemDataRole.UserRole + 1
_NO_INDEX = QModelIndex()
_ROW_PX = 52
_SIDE_PX = 8


class _Reviews(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._reviews: tuple[ReviewSummary, ...] = ()

    def set_reviews(self, reviews: Sequence[ReviewSummary]) -> None:
        if len(reviews) == len(self._reviews):
            self._reviews = tuple(reviews)
            if reviews:
                self.dataChanged.emit(self.index(0), self.index(len(reviews) - 1))
            return
        self.beginResetModel()
        self._reviews = tuple(reviews)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._reviews)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        review = self._reviews[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return review.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{review.name}, {holds(review)}, {progress(review)}"
            case _ if role == SUMMARY:
                return review
            case _:
                return None


def holds(review: ReviewSummary) -> str:
    """'8 documents, 4 questions'."""
    parts = (
        plural(review.documents, "{n} document", "{n} documents"),
        plural(review.questions, "{n} question", "{n} questions"),
    )
    return ", ".join(parts)


def progress(review: ReviewSummary) -> str:
    """'21 of 32 cells'; 'done' where all are answered."""
    total = review.documents * review.questions
    return tr("done") if review.done >= total else cells_in_words(review.done, total)


def changed(review: ReviewSummary) -> str:
    """'14:05' today, '28 November 2026' before, in the window's language."""
    moment = QDateTime.fromMSecsSinceEpoch(review.changed_ms)
    locale = QLocale(language())
    if moment.date() == QDate.currentDate():
        return locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    return long_date(moment.date())


class _RowDelegate(QStyledItemDelegate):
    """Icon, name and what it holds; at the far edge how far it is and when it changed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        review = index.data(SUMMARY)
        assert isinstance(review, ReviewSummary)
        theme, rtl = self._theme, option.direction == Qt.LayoutDirection.RightToLeft
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._fill(painter, rect, option.state)
        side, near = theme.icon_size(), _SIDE_PX + theme.icon_size() + 12
        x = rect.right() - _SIDE_PX - side if rtl else rect.left() + _SIDE_PX
        top = rect.top() + theme.px(7)
        box = QRectF(x, top + (theme.line_height("ui") - side) / 2, side, side)
        icons.paint(painter, "table-2", theme.color("text_2"), box)
        room = rect.adjusted(_SIDE_PX if rtl else near, 0, -near if rtl else -_SIDE_PX, 0)
        above, below = QRectF(room), QRectF(room)
        above.setTop(top)
        above.setHeight(theme.line_height("ui"))
        below.setTop(above.bottom())
        below.setHeight(theme.line_height("small"))
        self._line(painter, above, review.name, changed(review), rtl, strong=True)
        self._line(painter, below, holds(review), progress(review), rtl, strong=False)
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line")
        )
        painter.restore()

    def _fill(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        role = ""
        if state & QStyle.StateFlag.State_Selected:
            role = "selected"
        elif state & QStyle.StateFlag.State_MouseOver:
            role = "hover"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(role))
            radius = self._theme.radius("row")
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -2), radius, radius)

    def _line(
        self, painter: QPainter, room: QRectF, text: str, far: str, rtl: bool, *, strong: bool
    ) -> None:
        theme = self._theme
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_2"))
        painter.drawText(room, at_edge(not rtl), isolated(far))
        taken = painter.fontMetrics().horizontalAdvance(far) + 16
        if strong:
            painter.setFont(theme.font("ui", weight=500))
            painter.setPen(theme.color("text"))
        rest = room.adjusted(taken if rtl else 0, 0, 0 if rtl else -taken, 0)
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(rest.width())
        )
        painter.drawText(rest, at_edge(rtl), isolated(shown))


class ReviewList(QListView):
    """Enter or a click opens, F2 renames, Delete removes; each signal carries the name."""

    chosen = Signal(str)
    rename_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, model: _Reviews) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Review grids"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.clicked.connect(lambda index: self.chosen.emit(str(index.data())))
        dress(self, surface="none")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        signal = {
            Qt.Key.Key_Return: self.chosen,
            Qt.Key.Key_Enter: self.chosen,
            Qt.Key.Key_F2: self.rename_wanted,
            Qt.Key.Key_Delete: self.removal_wanted,
        }.get(Qt.Key(event.key()))
        if signal is not None and index.isValid():
            signal.emit(str(index.data()))
        else:
            super().keyPressEvent(event)

    def _open_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        name = str(index.data())
        menu = QMenu(self)
        menu.addAction(tr("Open")).triggered.connect(lambda: self.chosen.emit(name))
        rename = menu.addAction(f"{tr('Rename…')}\t{native('F2')}")
        rename.triggered.connect(lambda: self.rename_wanted.emit(name))
        remove = menu.addAction(f"{tr('Remove…')}\t{native('Del')}")
        remove.triggered.connect(lambda: self.removal_wanted.emit(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(at))


class KeptReviews(Page):
    """`chosen`, `rename_wanted`, `removal_wanted` carry a name; `new_wanted`."""

    chosen = Signal(str)
    rename_wanted = Signal(str)
    removal_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Review grids"), parent)
        self._model = _Reviews()
        self.list = ReviewList(theme, self._model)
        self.list.chosen.connect(self.chosen)
        self.list.rename_wanted.connect(self.rename_wanted)
        self.list.removal_wanted.connect(self.removal_wanted)
        self._new = Button(theme, tr("New review grid"), icon="plus")
        self._new.clicked.connect(self.new_wanted)
        self.head_row.addWidget(self._new)
        self.notice = LinkLine(theme, "triangle-alert", "warn")
        self.body.addWidget(self.notice)
        self._empty = self._make_empty()
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)
        self.set_reviews(())
        theme.changed.connect(self._fit)

    def _make_empty(self) -> QWidget:
        empty = QWidget()
        layout = QVBoxLayout(empty)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.theme.space(4))
        sentence = tr("Choose documents, then write a question.")
        layout.addWidget(Paragraph(self.theme, sentence, "reading", "text"))
        layout.addWidget(
            Paragraph(
                self.theme,
                tr(
                    "A review grid puts every question to every document and shows each answer with"
                    " its page. It fills while you work on, and is kept in the library."
                ),
                "ui",
            )
        )
        go = Button(self.theme, tr("New review grid"), "primary", icon="plus")
        go.clicked.connect(self.new_wanted)
        layout.addWidget(go, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addStretch(1)
        return empty

    def set_reviews(self, reviews: Sequence[ReviewSummary]) -> None:
        self._model.set_reviews(reviews)
        self._empty.setVisible(not reviews)
        self.list.setVisible(bool(reviews))
        self._new.setVisible(bool(reviews))
        self.subtitle.set_text("")
        self._fit()

    def _fit(self) -> None:
        self.list.setMinimumHeight(self._model.rowCount() * self.theme.px(_ROW_PX))
