"""Where else a passage stands: other files with the same bytes, versions with nearly its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from strongroom_desktop.files import file_icon, folders_of
from strongroom_desktop.kin import also_in, name_in_container, nearest_container, versions
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr

_MOST = 20
"""Of each kind: the report of the document has more."""


def words(copies: Sequence[str], versions_: Sequence[str] = ()) -> str:
    """'also in 2 other places, and 3 versions'; '' where there is neither."""
    parts = (
        also_in(len(copies)) if copies else "",
        versions(len(versions_)) if versions_ else "",
    )
    return ", ".join(part for part in parts if part)


def menu(
    parent: QWidget,
    theme: Theme,
    copies: Sequence[str],
    versions_: Sequence[str],
    then: Callable[[str], object],
) -> QMenu:
    """The places, to be opened; it is gone when it closes."""
    made = QMenu(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for title, paths in (
        (tr("The same bytes, elsewhere"), copies),
        (tr("Nearly the same text"), versions_),
    ):
        if paths:
            made.addSection(title)
        for path in paths[:_MOST]:
            action = made.addAction(theme.icon(file_icon(path)), named(path).replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _on=False, path=path: then(path))
    return made


def named(path: str) -> str:
    """'lease.pdf in Post.zip – Holt › Letters': copies have one name, often."""
    folder = folders_of(nearest_container(path) or path)
    return f"{name_in_container(path)} \u2013 {folder}" if folder else name_in_container(path)
