"""Every key of the window, in one table: what the window binds, what the menus and Settings show.

`Keys` holds the sequences of now. The window binds those that reach everywhere (`everywhere`);
the others are bound by the region that they belong to, with the same sequence, and only shown here.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QKeySequence

from strongroom_desktop.wording import tr

_SETTING = "keys/"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What one key does. `everywhere`: it reaches the whole window and can be changed."""

    key: str
    group: str
    sequence: str
    text: str
    everywhere: bool = True


def shortcuts() -> tuple[Shortcut, ...]:
    """All of them, group by group, in the words of the window's language."""
    return (*_asking(), *_places(), *_library(), *_conversation(), *_review(), *_reader(), *_view())


def _asking() -> tuple[Shortcut, ...]:
    group = tr("Asking")
    return (
        Shortcut("ask", group, "Ctrl+L", tr("Ask or search")),
        Shortcut("scope", group, "Ctrl+Shift+L", tr("Choose what is searched")),
        Shortcut("task", group, "Ctrl+T", tr("Choose what is made of it"), everywhere=False),
        Shortcut("send", group, "Return", tr("Ask"), everywhere=False),
        Shortcut("line", group, "Shift+Return", tr("New line in the question"), everywhere=False),
        Shortcut("open_hit", group, "Ctrl+Return", tr("Open the hit"), everywhere=False),
        Shortcut("edit_last", group, "Up", tr("Edit the last question"), everywhere=False),
        Shortcut("back", group, "Esc", tr("Stop, close, clear: one step back")),
    )


def _places() -> tuple[Shortcut, ...]:
    group = tr("Going somewhere")
    return (
        Shortcut("desk", group, "Ctrl+1", tr("Desk")),
        Shortcut("reviews", group, "Ctrl+2", tr("Review grids")),
        Shortcut("conversations", group, "Ctrl+3", tr("Conversations")),
        Shortcut("problems", group, "Ctrl+4", tr("Problems")),
        Shortcut("quality", group, "Ctrl+5", tr("Quality")),
        Shortcut("models", group, "Ctrl+Shift+M", tr("Models")),
        Shortcut("settings", group, "Ctrl+,", tr("Settings")),
        Shortcut("next_region", group, "F6", tr("Next region")),
        Shortcut("previous_region", group, "Shift+F6", tr("Previous region")),
    )


def _library() -> tuple[Shortcut, ...]:
    group = tr("Documents")
    return (
        Shortcut("add", group, "Ctrl+O", tr("Add a folder")),
        Shortcut("rescan", group, "F5", tr("Look for changes")),
        Shortcut("rename", group, "F2", tr("Rename"), everywhere=False),
        Shortcut("in_scope", group, "Space", tr("Search in it or not"), everywhere=False),
    )


def _conversation() -> tuple[Shortcut, ...]:
    group = tr("Conversation")
    return (
        Shortcut("new", group, "Ctrl+N", tr("New conversation")),
        Shortcut("export", group, "Ctrl+E", tr("Export the conversation")),
        Shortcut("again", group, "Ctrl+R", tr("Ask again"), everywhere=False),
        Shortcut("copy", group, "Ctrl+Shift+C", tr("Copy with citations"), everywhere=False),
        Shortcut("citation", group, "Alt+1", tr("Open citation 1 to 9"), everywhere=False),
    )


def _review() -> tuple[Shortcut, ...]:
    group = tr("Review grid")
    return (
        Shortcut("cell", group, "Return", tr("Open what the cell rests on"), everywhere=False),
        Shortcut("edit_question", group, "F2", tr("Edit the question"), everywhere=False),
        Shortcut("ask_cell", group, "Ctrl+R", tr("Ask the cell again"), everywhere=False),
        Shortcut("drop_column", group, "Del", tr("Remove the question"), everywhere=False),
        Shortcut("copy_cells", group, "Ctrl+C", tr("Copy the cells"), everywhere=False),
        Shortcut("filter", group, "Ctrl+F", tr("Filter"), everywhere=False),
    )


def _reader() -> tuple[Shortcut, ...]:
    group = tr("Reader")
    return (
        Shortcut("next_citation", group, "F4", tr("Next citation"), everywhere=False),
        Shortcut("last_citation", group, "Shift+F4", tr("Previous citation"), everywhere=False),
        Shortcut("next_hit", group, "F3", tr("Next hit"), everywhere=False),
        Shortcut("last_hit", group, "Shift+F3", tr("Previous hit"), everywhere=False),
        Shortcut("find", group, "Ctrl+F", tr("Find in the document"), everywhere=False),
        Shortcut("page", group, "Ctrl+G", tr("Go to a page"), everywhere=False),
        Shortcut("report", group, "Ctrl+I", tr("How the document was read"), everywhere=False),
        Shortcut("zoom_in", group, "Ctrl++", tr("Larger page"), everywhere=False),
        Shortcut("zoom_out", group, "Ctrl+-", tr("Smaller page"), everywhere=False),
        Shortcut("zoom_fit", group, "Ctrl+0", tr("Page as wide as the reader"), everywhere=False),
    )


def _view() -> tuple[Shortcut, ...]:
    group = tr("View")
    return (
        Shortcut("sidebar", group, "Ctrl+B", tr("Show or hide the sidebar")),
        Shortcut("reader", group, "Ctrl+Shift+B", tr("Show or hide the reader")),
        Shortcut("larger", group, "Ctrl+Shift++", tr("Larger text")),
        Shortcut("smaller", group, "Ctrl+Shift+-", tr("Smaller text")),
        Shortcut("usual", group, "Ctrl+Shift+0", tr("Text at 100 %")),
        Shortcut("quit", group, "Ctrl+Q", tr("Quit Strongroom")),
    )


class Keys(QObject):
    """The sequences of now; those that the user changed are kept in the window's settings."""

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._own: dict[str, str] = {}
        if settings is not None:
            for shortcut in shortcuts():
                kept = settings.value(_SETTING + shortcut.key)
                if kept is not None and shortcut.everywhere:
                    self._own[shortcut.key] = str(kept)

    def sequence(self, key: str) -> QKeySequence:
        """The sequence of a shortcut; KeyError for one that does not exist."""
        usual = {shortcut.key: shortcut.sequence for shortcut in shortcuts()}
        return QKeySequence(self._own.get(key, usual[key]))

    def taken_by(self, sequence: QKeySequence) -> Shortcut | None:
        """The shortcut that has this sequence now."""
        for shortcut in shortcuts():
            if self.sequence(shortcut.key) == sequence:
                return shortcut
        return None

    def change(self, key: str, sequence: QKeySequence | None) -> None:
        """Give a shortcut another sequence; None gives it back its own."""
        if sequence is None:
            self._own.pop(key, None)
        else:
            self._own[key] = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        if self._settings is not None:
            if sequence is None:
                self._settings.remove(_SETTING + key)
            else:
                self._settings.setValue(_SETTING + key, self._own[key])
        self.changed.emit()
