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

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import sayings, signs, tr
from strongroom_engine.types import ExportWords

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


def export_words() -> ExportWords:
    """Strongroom's own words in what is exported, in the language of the window."""
    return ExportWords(
        sources=tr("Sources"),
        page=tr("page {page}"),
        no_source=tr("no source"),
        not_found=tr("not in the sources: {what}"),
        understood=tr("Understood as: {question}"),
        does_not_say=tr("The documents searched do not say."),
        stopped=tr("This answer was stopped before its end."),
        unanswered=tr("This question was not answered."),
        unreadable=tr("The answer was kept by another release of Strongroom and cannot be read."),
        suspicious=tr("Words in a source that seem to be meant for a machine: {text}"),
        document=tr("Document"),
        answer=tr("Answer"),
        made=tr("Exported from Strongroom on {date}."),
        marks=tr(
            "Figures in brackets lead to the sources. A sentence marked '{no_source}' is supported"
            " by no passage that was read."
        ),
        sayings=sayings(),
        digits=signs(),
    )
