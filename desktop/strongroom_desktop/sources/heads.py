"""The two heads of the sidebar: name and places of the program; sources and what is searched."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.text import with_keys
from strongroom_desktop.widgets import Button, IconButton, label, set_margins
from strongroom_desktop.wording import number, plural, tr


class ProgramHead(QWidget):
    """56 pixels: name, Models, Settings, hide. Models has its word beside the icon where there is
    room: a processor alone is hard to read."""

    chosen = Signal(str)
    """'models' or 'settings'."""
    hide_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        set_margins(row, 18, 0, 8, 0)
        row.setSpacing(2)
        self._name = label("Strongroom", "ui_strong")
        row.addWidget(self._name)
        row.addStretch(1)
        self.models = Button(theme, "", "place", icon="cpu")
        self.models.setAccessibleName(tr("Models"))
        self.models.setToolTip(
            with_keys(tr("Models: what answers, and what this computer can run"), "Ctrl+Shift+M")
        )
        self.settings = IconButton(theme, "settings", tr("Settings"), keys="Ctrl+,")
        for key, button in (("models", self.models), ("settings", self.settings)):
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=key: self._choose(key))
            row.addWidget(button)
        hide = IconButton(
            theme, "panel-left", tr("Hide the sidebar"), keys="Ctrl+B", directional=True
        )
        hide.clicked.connect(self.hide_wanted)
        row.addWidget(hide)
        self._here = ""
        theme.changed.connect(self._fit)
        self._fit()

    def show_current(self, key: str) -> None:
        """Mark 'models' or 'settings' as where one is; anything else marks none."""
        self._here = key
        self.models.setChecked(key == "models")
        self.settings.setChecked(key == "settings")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _choose(self, key: str) -> None:
        self.show_current(self._here)  # the press alone marks nothing: the window says where one is
        self.chosen.emit(key)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.control("header"))
        word = tr("Models")
        name = self._name.fontMetrics().horizontalAdvance(self._name.text())
        side = self._theme.px(28)
        wanted = 26 + name + 16 + 3 * side + self.models.fontMetrics().horizontalAdvance(word) + 18
        self.models.setText(word if self.width() >= wanted else "")
        self.models.setMinimumWidth(side)  # its word gives way, it does not hold the sidebar wide


class SourcesHead(QWidget):
    """'Sources', '2 of 4 searched' and 'All', find, add."""

    find_wanted = Signal()
    choose_wanted = Signal(str)
    """'folder' or 'files'."""
    paste_wanted = Signal()

    def __init__(self, selection: Selection, theme: Theme) -> None:
        super().__init__()
        self._selection = selection
        self._theme = theme
        self._title = label(tr("Sources"), "small_strong", "text_2")
        self.searched = label(face="small", tone="text_3")
        self.searched.setMinimumWidth(1)  # it is shortened, it does not hold the sidebar wide
        self.all = Button(theme, tr("All"), "link")
        self.find_button = IconButton(
            theme, "search", tr("Find a document by its name"), keys="Ctrl+F"
        )
        self.add_button = IconButton(theme, "plus", tr("Add folders or files"), keys="Ctrl+O")
        self._lay_out()
        self.all.clicked.connect(lambda: selection.set_scope(()))
        self.find_button.clicked.connect(self.find_wanted)
        self.add_button.clicked.connect(self._show_menu)
        selection.scope_changed.connect(self.show_scope)
        theme.changed.connect(self.show_scope)
        self.show_scope()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        set_margins(row, 18, 6, 8, 2)
        row.setSpacing(2)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.searched)
        row.addSpacing(4)
        row.addWidget(self.all)
        row.addSpacing(4)
        row.addWidget(self.find_button)
        row.addWidget(self.add_button)
        for shown in (self._title, self.searched):
            shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_scope()

    def show_scope(self) -> None:
        """'2 of 4 searched', and in fewer words where there is less room."""
        every, chosen = len(self._selection.collections), len(self._selection.chosen)
        some = chosen < every
        whole = tr("{n} of {all} searched", n=number(chosen), all=number(every))
        short = tr("{n} of {all}", n=number(chosen), all=number(every))
        self.all.setVisible(some)
        self.all.setToolTip(plural(every, "Search the collection", "Search all {n} collections"))
        room = self._room()
        fitting = next((text for text in (whole, short) if self._width(text) <= room), "")
        self.searched.setText(fitting if every else "")
        self.searched.setToolTip(whole if every and fitting != whole else "")
        self.searched.setAccessibleName(whole)
        self.find_button.setEnabled(every > 0)

    def _width(self, text: str) -> int:
        return self.searched.fontMetrics().horizontalAdvance(text)

    def _room(self) -> int:
        """What the figures may take of the row."""
        taken: tuple[QWidget, ...] = (
            self._title,
            self.find_button,
            self.add_button,
            *((self.all,) if self.all.isVisibleTo(self) else ()),
        )
        return self.width() - 26 - 24 - sum(widget.sizeHint().width() for widget in taken)

    def _show_menu(self) -> None:
        menu = self.add_menu()
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def add_menu(self) -> QMenu:
        """Folders, files, or what was copied."""
        menu = QMenu(self)
        for text, icon, then in (
            (tr("Add a folder…"), "folder-plus", lambda: self.choose_wanted.emit("folder")),
            (tr("Add files…"), "file-plus", lambda: self.choose_wanted.emit("files")),
            (tr("Paste a path"), "clipboard-paste", self.paste_wanted.emit),
        ):
            action = menu.addAction(self._theme.icon(icon), text)
            action.triggered.connect(then)
        return menu


class DropHint(QWidget):
    """The foot of the sidebar: what can be dropped, in as many words as there is room for."""

    add_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = tr("Drop files or folders anywhere")
        self._hint = Button(theme, self._text, "hint", icon="file-input", role="text_3")
        self._hint.setMinimumWidth(1)
        self._hint.setAccessibleName(self._text)
        self._hint.setToolTip(f"{self._text}\n{with_keys(tr('Or choose a folder'), 'Ctrl+O')}")
        self._hint.clicked.connect(self.add_wanted)
        row = QHBoxLayout(self)
        set_margins(row, 6, 4, 8, 4)
        row.addWidget(self._hint)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        taken = self._hint.sizeHint().width() - self._hint.fontMetrics().horizontalAdvance(
            self._hint.text()
        )
        room = self.width() - 14 - taken
        end = Qt.TextElideMode.ElideRight
        self._hint.setText(self._hint.fontMetrics().elidedText(self._text, end, room))
