"""What a window finds again at the next start: its size and look, the desk, the conversation.

Keys and figures only: nothing of a document or a question is kept outside the library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from strongroom_desktop.look.looks import keep_look

if TYPE_CHECKING:
    from strongroom_desktop.frame.window import Window

FIRST_PX = (1440, 900)
_GEOMETRY, _REACHED, _CONVERSATION = (
    "window/geometry",
    "window/reached_desk",
    "desk/conversation",
)


def expects_desk(settings: QSettings | None) -> bool:
    """Whether the window of last time came as far as the desk."""
    return settings is not None and str(settings.value(_REACHED, 0)) == "1"


def restore(window: Window, settings: QSettings | None) -> None:
    """Give the window the size and the widths of last time."""
    window.resize(*FIRST_PX)
    if settings is None:
        return
    geometry = settings.value(_GEOMETRY)
    if geometry is not None:
        window.restoreGeometry(geometry)
    window.panes.restore(settings)


def keep(window: Window, settings: QSettings | None) -> None:
    """Keep all of it for the next start."""
    if settings is not None:
        settings.setValue(_GEOMETRY, window.saveGeometry())
        settings.setValue(_REACHED, int(window.stages.current == "desk"))
        window.panes.save(settings)
        keep_look(window.theme, settings)


def kept_conversation(settings: QSettings | None) -> str:
    """The key of the conversation that was open; '' for none."""
    return "" if settings is None else str(settings.value(_CONVERSATION) or "")


def keep_conversation(settings: QSettings | None, key: str) -> None:
    if settings is not None:
        settings.setValue(_CONVERSATION, key)
