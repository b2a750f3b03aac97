"""The sidebar: where one goes, and the tree of what is in the library; the page of a collection.

The page is imported when it is first asked for: the sidebar is there sooner for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strongroom_desktop.sources.sidebar import Sidebar

if TYPE_CHECKING:
    from strongroom_desktop.sources.page import CollectionPage

__all__ = ["CollectionPage", "Sidebar"]


def __getattr__(name: str) -> object:
    if name == "CollectionPage":
        from strongroom_desktop.sources.page import CollectionPage

        return CollectionPage
    raise AttributeError(name)
