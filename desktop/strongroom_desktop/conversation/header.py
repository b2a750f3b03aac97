"""The second bar of the centre: what the conversation is about, and what one does with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from strongroom_desktop.keys import takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, IconButton, label
from strongroom_desktop.wording import plural, tr


class ConversationHeader(QWidget):
    """`renamed` carries another title ('' brings the first question back); `export_wanted` the
    button that it drops from."""

    new_wanted = Signal()
    export_wanted = Signal(QWidget)
    copy_wanted = Signal()
    remove_wanted = Signal()
    renamed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = TitleLabel()
        self._title.renaming.connect(self.rename)
        self._editor = TitleEditor()
        self._editor.hide()
        self._editor.done.connect(self._end_rename)
        self._count = label("", "small", "text_3")
        self.new = IconButton(theme, "plus", tr("New conversation"), keys="Ctrl+N")
        self.new.clicked.connect(self.new_wanted)
        self.export = IconButton(theme, "download", tr("Export the conversation"), keys="Ctrl+E")
        self.export.clicked.connect(lambda: self.export_wanted.emit(self.export))
        self.more = IconButton(theme, "ellipsis", tr("More"))
        self.more.clicked.connect(self.open_menu)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(4)
        self._row.addWidget(self._title)
        self._row.addWidget(self._editor, 1)
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        for button in (self.new, self.export, self.more):
            self._row.addWidget(button)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.control("bar"))

    @property
    def title(self) -> str:
        return self._title.full_text()

    def show_turns(self, title: str, count: int) -> None:
        """With one question alone its own title would say it twice, so it is left out; `title` is
        shown where it is another one."""
        self._title.set_text(" ".join(title.split()))
        self._title.setVisible(bool(title) and self._editor.isHidden())
        self._count.setIndent(4 if title else 0)
        self._count.setText(plural(count, "{n} question", "{n} questions"))
        self.show()

    def rename(self) -> None:
        """Let the title be written anew, in its place."""
        self._editor.begin(self.title)
        self._title.hide()
        self._count.hide()
        self._editor.show()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_rename(self, title: str | None) -> None:
        region, had_focus = self.parentWidget(), self._editor.hasFocus()
        self._editor.hide()
        if region is not None and had_focus:  # not to the button that comes next
            region.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count.show()
        self._title.setVisible(bool(self.title))
        if title is not None and title != self.title:
            self.renamed.emit(title)

    def open_menu(self) -> QMenu:
        menu = QMenu(self)
        icon = self._theme.icon
        menu.addAction(icon("copy"), tr("Copy all with citations"), self.copy_wanted.emit)
        menu.addAction(icon("pencil"), tr("Rename") + "\tF2", self.rename)
        menu.addSeparator()
        menu.addAction(icon("trash-2"), tr("Remove…"), self.remove_wanted.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        spare = 0 if self.isRightToLeft() else self.more.width() - menu.sizeHint().width()
        point = self.more.rect().bottomLeft()
        menu.popup(self.more.mapToGlobal(point) + type(point)(min(spare, 0), 4))
        return menu

    def set_margins(self, leading: int, trailing: int) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (trailing, leading) if mirrored else (leading, trailing)
        self._row.setContentsMargins(left, 0, right, 0)


class TitleLabel(ElidedLabel):
    """A double click renames."""

    renaming = Signal()

    def __init__(self) -> None:
        super().__init__("", "small_strong", "text_2", Qt.TextElideMode.ElideRight)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.renaming.emit()


class TitleEditor(QLineEdit):
    """`done` carries what was written; None where it is left as it was."""

    done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Title of the conversation"))
        self.setMaxLength(200)
        self._before = ""
        self.editingFinished.connect(self._finish)

    def begin(self, title: str) -> None:
        self._before = title
        self.setText(title)
        self.selectAll()

    def _finish(self) -> None:
        if self.isVisible():
            self.done.emit(" ".join(self.text().split()))

    def event(self, event: QEvent) -> bool:
        return takes(event, Qt.Key.Key_Escape) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._before)
            self.done.emit(None)
        else:
            super().keyPressEvent(event)
