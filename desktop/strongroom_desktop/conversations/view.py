"""The list itself: mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from strongroom_desktop.conversations.delegate import ConversationDelegate
from strongroom_desktop.conversations.model import ConversationsModel
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr


class ConversationsView(QListView):
    """A click or Enter opens, F2 renames, Delete removes; `left` gives the keyboard back to the
    field above, with the text that was typed."""

    opened = Signal(str)
    remove_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    left = Signal(str)

    def __init__(
        self, model: ConversationsModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._pressed = QPersistentModelIndex()
        self.rows = ConversationDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.rows)
        self.setObjectName("conversations")
        self.setAccessibleName(tr("Conversations"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        theme.changed.connect(self.relay)

    def relay(self) -> None:
        """The rows have another height now."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    @property
    def current_key(self) -> str:
        found = self._model.conversation(self.currentIndex())
        return found.key if found else ""

    @property
    def editing(self) -> bool:
        """Whether a title is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def go_to(self, key: str) -> None:
        """Make a conversation's row the current one, where it is shown."""
        index = self._model.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)

    def enter(self) -> None:
        """Take the keyboard, at the current row or the first."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.currentIndex().isValid() and self._model.rowCount() > 1:
            self.setCurrentIndex(self._model.index(1))

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        found = self._model.conversation(index)
        left = event.button() == Qt.MouseButton.LeftButton
        if not left or found is None or self.editing or self._pressed != index:
            return
        box = self.rows.menu_rect(self.visualRect(index), mirrored=self.isRightToLeft())
        if box.contains(at):
            self.menu_wanted.emit(found.key, self.viewport().mapToGlobal(box.bottomLeft()))
        else:
            self.opened.emit(found.key)

    def _on_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        found = self._model.conversation(index)
        if found is not None:
            self.setCurrentIndex(index)
            self.menu_wanted.emit(found.key, self.viewport().mapToGlobal(at))

    # --- keyboard --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if key:
                self.opened.emit(key)
            case Qt.Key.Key_Delete if key:
                self.remove_wanted.emit(key)
            case Qt.Key.Key_Menu if key:
                self._menu_of(self.currentIndex())
            case Qt.Key.Key_Up if self.currentIndex().row() <= 1:
                self.left.emit("")
            case _ if event.text().isprintable() and event.text().strip() and _bare(event):
                self.left.emit(event.text())
            case _:
                super().keyPressEvent(event)

    def _menu_of(self, index: QModelIndex) -> None:
        rect = self.visualRect(index)
        self.menu_wanted.emit(
            self.current_key, self.viewport().mapToGlobal(rect.center() - QPoint(0, 4))
        )

    def keyboardSearch(self, _search: str) -> None:
        """Letters go to the search field instead."""


def _bare(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
