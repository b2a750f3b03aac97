"""Where else a passage stands: other files with the same bytes, versions with nearly its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QMenu, QWidget

from strongroom_desktop.files import file_icon, folders_of
from strongroom_desktop.kin import also_in, name_in_container, nearest_container, versions
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Place
from strongroom_desktop.text import short_date
from strongroom_desktop.wording import tr
from strongroom_engine.types import Version

_MOST = 20
"""Of each kind: the report of the document has more."""


def words(copies: Sequence[str], versions_: Sequence[Version] = ()) -> str:
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
    versions_: Sequence[Version],
    then: Callable[[str | Version], object],
) -> QMenu:
    """The places, to be opened; it is gone when it closes."""
    made = QMenu(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for title, found in (
        (tr("The same bytes, elsewhere"), [(path, named(path), path) for path in copies]),
        (
            tr("Nearly the same text"),
            [(one, dated(one, named(one.file)), one.file) for one in versions_],
        ),
    ):
        if found:
            made.addSection(title)
        for one, said, path in found[:_MOST]:
            action = made.addAction(theme.icon(file_icon(path)), said.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _on=False, one=one: then(one))
    return made


def place_in(version: Version, title: str) -> Place:
    """The passage in a version of its document."""
    return Place(version.file, version.page, ((version.start, version.end),), title, quiet=True)


def dated(version: Version, name: str) -> str:
    """'lease 3.docx, 28 Nov 2026, the newest'."""
    if not version.changed_ms:
        return name
    day = short_date(QDateTime.fromMSecsSinceEpoch(version.changed_ms).date())
    if version.newest:
        return tr("{name}, {day}, the newest", name=name, day=day)
    return tr("{name}, {day}", name=name, day=day)


def named(path: str) -> str:
    """'lease.pdf in Post.zip – Holt › Letters': copies have one name, often."""
    folder = folders_of(nearest_container(path) or path)
    return f"{name_in_container(path)} \u2013 {folder}" if folder else name_in_container(path)
