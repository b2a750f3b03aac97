"""Links in answers: documents and models write them, so each says where it goes and asks first."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from strongroom_desktop.dialogs import confirm
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr

SCHEMES = ("http", "https", "mailto")
_LONGEST = 600
"""Characters of an address that are shown."""


def ask_to_open(parent: QWidget, theme: Theme, href: str) -> QDialog | None:
    """Show the whole address, and open it in the system's browser when the user says so. None:
    it is none that is ever opened."""
    url = QUrl(href, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in SCHEMES:
        return None
    address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    shown = address if len(address) <= _LONGEST else address[:_LONGEST] + "\u2026"
    said = tr("It leaves Strongroom, and whoever is there learns that it was opened.")
    return confirm(
        parent,
        theme,
        tr("Open this address?"),
        f"{_breakable(shown)}\n\n{said}",
        action=tr("Open"),
        then=lambda: _open(url),
    )


def _open(url: QUrl) -> None:
    QDesktopServices.openUrl(url)


def _breakable(address: str) -> str:
    """An address over several lines: it has no spaces, and may be long."""
    return "\u200b".join(address[at : at + 12] for at in range(0, len(address), 12))
