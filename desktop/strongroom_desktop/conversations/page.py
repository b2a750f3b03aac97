"""The page 'Conversations': searched, grouped by day, opened, renamed, exported, removed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.conversations.empty import Empty
from strongroom_desktop.conversations.found import words_of
from strongroom_desktop.conversations.model import ConversationsModel
from strongroom_desktop.conversations.notice import Notice
from strongroom_desktop.conversations.requests import Kept
from strongroom_desktop.conversations.view import ConversationsView
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.exporting import add_formats
from strongroom_desktop.keys import takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import ConversationSummary

TYPING_MS = 120
"""After so long a pause what was typed is searched."""
DAY_TURNS_MS = 60_000
"""So often it is looked whether 'Today' is another day."""
_FIELD_PX, _MOST_FIELD_PX = 280, 320


class ConversationsPage(Page):
    """`opened` carries the key of the conversation to go on with, `removed` that of one that is
    gone, `retitled` key and title of the one on the desk when it has another title; `counted` how
    many there are; `ask_wanted`: the desk, for a first question."""

    opened = Signal(str)
    removed = Signal(str)
    retitled = Signal(str, str)
    counted = Signal(int)
    ask_wanted = Signal()

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Conversations"), parent)
        self.kept = Kept(engine, self)
        self.model = ConversationsModel(self)
        self.list = ConversationsView(self.model, theme)
        self.field = _SearchField(theme)
        self.notice = Notice(theme)
        self.empty = Empty(theme)
        self._count = -1
        self._open_title = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._day = QTimer(self)
        self._closed = QTimer(self)
        self._closed.setSingleShot(True)
        self._arrange()
        self._connect()
        self._show()

    def _arrange(self) -> None:
        self.head_row.addWidget(self.field)
        self.body.setContentsMargins(0, self.theme.space(3), 0, 0)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.empty)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self.list, 1)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.kept.listed.connect(self._show)
        self.kept.removed.connect(self.removed)
        self.kept.written.connect(self.notice.say_written)
        self.kept.failed.connect(self.notice.say_trouble)
        self.field.textEdited.connect(lambda _text: self._typing.start(TYPING_MS))
        self.field.down.connect(self.list.enter)
        self.field.returnPressed.connect(self._open_first)
        self._typing.timeout.connect(lambda: self.kept.search(self.field.text()))
        self._day.timeout.connect(self._show)
        self.list.opened.connect(self._open)
        self.list.remove_wanted.connect(self._ask_to_remove)
        self.list.menu_wanted.connect(self._show_menu)
        self.list.left.connect(self._type)
        self.list.rows.closeEditor.connect(self._on_editor_closed)
        self._closed.timeout.connect(self._show)
        self.model.renamed.connect(self._rename)
        self.empty.ask_wanted.connect(self.ask_wanted)
        self.empty.all_wanted.connect(self.clear_search)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(lambda: self._type(""))

    # --- what the window does --------------------------------------------------------------------

    def show_open(self, key: str) -> None:
        """Give the green bar to the conversation that is on the desk; '' to none."""
        self.list.rows.open_key = key
        self._open_title = self._title_of(key)
        self.list.viewport().update()

    def clear_search(self) -> None:
        """Show all of them again."""
        self.field.clear()
        self._typing.stop()
        self.kept.search("")

    # --- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        every = self.kept.every
        self._tell()
        if self.list.editing:
            return  # what is typed is not taken away; the end of it shows the rest
        shown = self.kept.found if self.kept.words else every or ()
        current, at = self.list.current_key, self.list.verticalScrollBar().value()
        higher = bool(self.model.words)
        words = words_of(self.kept.words)
        if self.model.show_conversations(shown, words, date.today()):  # noqa: DTZ011 -- theirs
            self.list.go_to(current)
            if higher == bool(words):
                self.list.verticalScrollBar().setValue(at)
        self._say(len(shown))

    def _say(self, shown: int) -> None:
        every = self.kept.every
        searched = bool(self.kept.words)
        self.list.setVisible(shown > 0)
        self.empty.setVisible(shown == 0 and every is not None)
        if searched:
            self.empty.show_none_found()
        else:
            self.empty.show_none_kept()
        total = len(every or ())
        if searched and total:
            said = tr("{shown} of {total} found", shown=number(shown), total=number(total))
        else:
            said = plural(total, "{n} conversation", "{n} conversations") if total else ""
        self.subtitle.set_text(said)
        self.field.setVisible(bool(every) or searched)

    def _tell(self) -> None:
        """Tell of another count, and of another title of what is on the desk."""
        count = len(self.kept.every or ())
        if self.kept.every is not None and count != self._count:
            self._count = count
            self.counted.emit(count)
        key = self.list.rows.open_key
        title = self._title_of(key)
        if title and title != self._open_title:
            self._open_title = title
            self.retitled.emit(key, title)

    def _title_of(self, key: str) -> str:
        """The title of a conversation; '' where it is not kept (yet)."""
        titles = (each.title for each in self.kept.every or () if each.key == key)
        return next(titles, "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._day.start(DAY_TURNS_MS)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._day.stop()
        self.notice.clear()

    # --- doing -----------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        self.notice.clear()
        self.opened.emit(key)

    def _open_first(self) -> None:
        """Enter in the field opens the first one found."""
        first = self.model.conversation(self.model.index(1)) if self.model.rowCount() > 1 else None
        if self.kept.words and first is not None:
            self._open(first.key)

    def _type(self, text: str) -> None:
        """Go to the field, and go on typing there."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        if text:
            self.field.insert(text)
            self._typing.start(TYPING_MS)

    def _rename(self, key: str, title: str) -> None:
        self.notice.clear()
        self.kept.rename(key, title)

    def _on_editor_closed(self) -> None:
        """Show what came meanwhile, when the list is itself again."""
        self._closed.start(0)

    def _ask_to_remove(self, key: str) -> None:
        one = self._find(key)
        if one is None:
            return
        confirm(
            self,
            self.theme,
            tr("Remove this conversation?"),
            plural(
                one.turns,
                "“{title}”: its question and its answer are removed for good."
                " Your documents are not touched.",
                "“{title}”: its {n} questions and their answers are removed for good."
                " Your documents are not touched.",
                title=one.title,
            ),
            action=tr("Remove"),
            then=lambda: self._remove(key),
        )

    def _remove(self, key: str) -> None:
        self.notice.clear()
        self.list.go_to(self.model.neighbour(key))  # the keyboard stays where it was
        self.kept.remove(key)

    def _find(self, key: str) -> ConversationSummary | None:
        return self.model.conversation(self.model.index_of(key))

    # --- the menu --------------------------------------------------------------------------------

    def menu_for(self, key: str) -> QMenu:
        """What can be done with a conversation."""
        menu = QMenu(self)
        one = self._find(key)
        if one is None:
            return menu
        theme = self.theme
        menu.addAction(_action(menu, theme, "message-square", tr("Open"), lambda: self._open(key)))
        rename = _action(menu, theme, "pencil", tr("Rename"), lambda: self._edit(key))
        menu.addAction(rename)
        formats = menu.addMenu(theme.icon("download"), tr("Export"))
        add_formats(formats, theme, self, one.title, lambda file: self.kept.export(key, file))
        menu.addSeparator()
        away = _action(menu, theme, "trash-2", tr("Remove…"), lambda: self._ask_to_remove(key))
        menu.addAction(away)
        return menu

    def _show_menu(self, key: str, at: QPoint) -> None:
        menu = self.menu_for(key)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _edit(self, key: str) -> None:
        self.list.go_to(key)
        self.list.setFocus()
        self.list.edit(self.model.index_of(key))


class _SearchField(QLineEdit):
    """`down`: to the list."""

    down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("conversations_search")
        self.setPlaceholderText(tr("Search questions and answers"))
        self.setAccessibleName(tr("Search questions and answers"))
        self.setClearButtonEnabled(False)
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._theme = theme
        theme.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedWidth(min(self._theme.px(_FIELD_PX), _MOST_FIELD_PX))

    def event(self, event: QEvent) -> bool:
        return (self.text() and takes(event, Qt.Key.Key_Escape)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)


def _action(menu: QMenu, theme: Theme, icon: str, text: str, then: object) -> QAction:
    action = QAction(theme.icon(icon), text, menu)
    action.triggered.connect(then)
    return action
