"""Where an answer or a conversation is exported to: which kind of file, and under which name.

The engine writes the file; here its name is chosen, without anything waiting for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QWidget

from strongroom_desktop.theme import Theme
from strongroom_desktop.wording import tr

MOST_CHARACTERS = 80
"""Of a proposed file name, without its ending."""
FOLDER = "exportFolder"
"""The application's property that holds the folder of the last export."""

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)

Then = Callable[[str], object]


def formats() -> tuple[tuple[str, str, str], ...]:
    """(ending, name, icon) of what an answer can be exported to."""
    return (
        ("docx", tr("Word document"), "file-text"),
        ("pdf", tr("PDF"), "file-text"),
        ("html", tr("Web page"), "file-code"),
        ("md", tr("Markdown"), "file"),
    )


def choose_export_file(parent: QWidget, theme: Theme, name: str, then: Then) -> QMenu:
    """Let the user choose a kind of file and then its name; `then` gets its path.

    The menu drops from a button that is the `parent`, else it opens at the pointer. `name` is a
    title or question, whatever characters it holds.
    """
    menu = add_formats(QMenu(parent), theme, parent, name, then)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(_below(parent, menu) if isinstance(parent, QAbstractButton) else QCursor.pos())
    return menu


def add_formats(menu: QMenu, theme: Theme, parent: QWidget, name: str, then: Then) -> QMenu:
    """Put the kinds of files into a menu, as into 'Export' of a context menu."""
    for ending, kind, icon in formats():
        action = QAction(
            theme.icon(icon), tr("{kind} (.{ending})…", kind=kind, ending=ending), menu
        )
        action.triggered.connect(
            lambda _on=False, ending=ending, kind=kind: choose_file(
                parent, name, ending, kind, then
            )
        )
        menu.addAction(action)
    return menu


def choose_file(parent: QWidget, name: str, ending: str, kind: str, then: Then) -> QFileDialog:
    """The platform's dialog for saving; it asks by itself before a file is replaced."""
    dialog = QFileDialog(parent.window(), tr("Export"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(f"{kind} (*.{ending})")
    dialog.setDefaultSuffix(ending)
    dialog.setDirectory(_folder())
    dialog.selectFile(f"{safe_name(name)}.{ending}")
    dialog.fileSelected.connect(lambda file: _chosen(file, then))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def safe_name(title: str) -> str:
    """A file name for a title, without ending, that every platform takes."""
    spaced = " ".join(_UNFIT.sub(" ", title.encode("utf-8", "replace").decode()).split())
    if len(spaced) > MOST_CHARACTERS:
        spaced = spaced[:MOST_CHARACTERS].rpartition(" ")[0] or spaced[:MOST_CHARACTERS]
    name = spaced.strip(" .")
    if _RESERVED.match(name):
        name = f"{name}_"
    return name or tr("Conversation")


def _chosen(file: str, then: Then) -> None:
    if (application := QApplication.instance()) is not None:
        application.setProperty(FOLDER, str(Path(file).parent))
    then(file)


def _folder() -> str:
    """The folder of the last export, else the user's documents."""
    application = QApplication.instance()
    last = application.property(FOLDER) if application is not None else None
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return last if isinstance(last, str) else QStandardPaths.writableLocation(documents)


def _below(button: QWidget, menu: QMenu) -> QPoint:
    """Under the button, with its trailing edge: buttons that export stand at the far end."""
    spare = 0 if button.isRightToLeft() else button.width() - menu.sizeHint().width()
    return button.mapToGlobal(QPoint(min(spare, 0), button.height() + 4))
