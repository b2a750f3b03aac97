"""What is handed to the rest of the desktop: the file manager, other programs and the clipboard."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import PurePath

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from strongroom_desktop.dialogs import confirm
from strongroom_desktop.files import file_name, may_run
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr

_MANAGER = "org.freedesktop.FileManager1"


def open_file(parent: QWidget, theme: Theme, path: str) -> None:
    """Open a file in the program that the system has for it; one that may run is asked about."""
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
    """Show a file or folder in the system's file manager, chosen in the folder around it."""
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
    """Open a file in the system's application for it; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))


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
