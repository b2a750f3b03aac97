"""What is handed to the rest of the desktop: the file manager, other programs and the clipboard."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import PurePath

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from strongroom_desktop.absence import absence
from strongroom_desktop.dialogs import confirm, tell
from strongroom_desktop.files import file_name, may_run
from strongroom_desktop.kin import container_of, file_of
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr

_MANAGER = "org.freedesktop.FileManager1"


def words_to_open(path: str) -> str:
    """What a menu calls opening a document outside: of one inside another, the file that holds it
    is opened, and that is said."""
    container = container_of(path)
    if not container:
        return tr("Open in its own application")
    return tr("Open “{name}” in its own application", name=file_name(container))


def words_to_show(path: str) -> str:
    """What a menu calls showing a document in its folder; of one inside another as above."""
    container = container_of(path)
    if not container:
        return tr("Show in folder")
    return tr("Show “{name}” in its folder", name=file_name(container))


def open_file(parent: QWidget, theme: Theme, path: str) -> None:
    """Open a file in the program that the system has for it; one that may run is asked about. Of a
    document inside another the file that holds it is opened."""
    path = file_of(path)
    if away := absence.words(path):
        tell(
            parent,
            theme,
            tr("“{name}” cannot be opened", name=file_name(path)),
            tr("It is {where}. Its text is in the library and can be read.", where=away),
        )
        return
    if not may_run(path):
        _open(path)
        return
    confirm(
        parent,
        theme,
        tr("Open “{name}” outside?", name=file_name(path)),
        tr("A file of this kind can run as a program and change this computer."),
        action=tr("Open"),
        then=lambda: _open(path),
    )


def show_in_folder(path: str) -> None:
    """Show a file or folder in the system's file manager, chosen in the folder around it; of a
    document inside another the file that holds it."""
    path = file_of(path)
    if sys.platform == "win32":
        explorer = QProcess()
        explorer.setProgram("explorer.exe")
        explorer.setNativeArguments(f'/select,"{PurePath(path)}"')
        explorer.startDetached()
    elif sys.platform == "darwin":
        QProcess.startDetached("/usr/bin/open", ["-R", path])
    elif not _told_manager(path):
        _open(str(PurePath(path).parent))


def open_outside(path: str) -> bool:
    """Open a file, or the one that holds a document, in the system's application for it; False
    where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(file_of(path)))


def copy_paths(paths: Iterable[str]) -> None:
    """Put paths on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(paths))


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _told_manager(path: str) -> bool:
    """Ask the desktop's file manager, without waiting for it; False where there is none."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # not part of every platform's Qt

    bus = QDBusConnection.sessionBus()
    names = bus.interface()
    if not bus.isConnected() or names is None:
        return False
    if not names.isServiceRegistered(_MANAGER).value():
        return False
    call = QDBusMessage.createMethodCall(
        _MANAGER, "/org/freedesktop/FileManager1", _MANAGER, "ShowItems"
    )
    call.setArguments([[QUrl.fromLocalFile(path).toString()], ""])
    return bool(bus.send(call))
