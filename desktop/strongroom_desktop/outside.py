"""What is handed to the rest of the desktop: the file manager and the clipboard."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def show_in_folder(path: str) -> None:
    """Show the folder around a file or folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(PurePath(path).parent)))


def copy_paths(paths: Iterable[str]) -> None:
    """Put paths on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(paths))
