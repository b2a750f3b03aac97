"""The sidebar: where one goes, and the tree of what is in the library; the page of a collection."""

from strongroom_desktop.sources.page import CollectionPage
from strongroom_desktop.sources.sidebar import Sidebar

__all__ = ["CollectionPage", "Sidebar"]
