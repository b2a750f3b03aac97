"""The places of the centre besides the desk: a page each, and what they want of the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QSettings, Signal

from strongroom_desktop.centre import Centre
from strongroom_desktop.client import Engine
from strongroom_desktop.conversations.page import ConversationsPage
from strongroom_desktop.models.page import Models
from strongroom_desktop.problems import Problems
from strongroom_desktop.review.page import ReviewPage
from strongroom_desktop.selection import Selection
from strongroom_desktop.settings.page import SettingsPage
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.sources import CollectionPage
from strongroom_desktop.theme import Theme


class Pages(QObject):
    """`wanted` carries the name of a place, `collection_wanted` that of a collection whose page is
    wanted; `desk_wanted`: a question is to be asked; `refused` a sentence for the notice bar;
    `counted` a place and its count for the sidebar; `choose_wanted` 'folder' or 'files' and a
    collection. The others are those of the pages."""

    wanted = Signal(str)
    collection_wanted = Signal(str)
    desk_wanted = Signal()
    refused = Signal(str)
    counted = Signal(str, int)
    choose_wanted = Signal(str, str)
    conversation_opened = Signal(str)
    conversation_removed = Signal(str)
    language_chosen = Signal(str)
    restart_wanted = Signal()

    def __init__(
        self,
        engine: Engine,
        selection: Selection,
        theme: Theme,
        *,
        settings: QSettings | None,
        keys: Keys,
    ) -> None:
        super().__init__(selection)
        self.problems = Problems(engine, selection, theme)
        self.collection = CollectionPage(engine, theme)
        self.reviews = ReviewPage(engine, selection, theme, settings)
        self.conversations = ConversationsPage(engine, theme)
        self.models = Models(engine, theme)
        self.settings = SettingsPage(engine, theme, settings, keys)
        self._connect(selection)

    def add_to(self, centre: Centre) -> None:
        """Make a place of each; beside a review's grid stands the reader, when it is wanted."""
        centre.add("reviews", self.reviews)
        centre.add("conversations", self.conversations)
        centre.add("problems", self.problems)
        centre.add("collection", self.collection)
        centre.add("models", self.models)
        centre.add("settings", self.settings)
        self.reviews.reader_wanted.connect(partial(centre.set_reader, "reviews"))

    def _connect(self, selection: Selection) -> None:
        self.collection.problems_wanted.connect(self._show_problems)
        self.collection.ask_wanted.connect(self.desk_wanted)
        self.collection.open_wanted.connect(selection.open)
        self.collection.choose_wanted.connect(self.choose_wanted)
        self.collection.refused.connect(self.refused)
        self.collection.gone.connect(self.desk_wanted)
        self.problems.settings_wanted.connect(partial(self.wanted.emit, "settings"))
        self.problems.refused.connect(self.refused)
        self.reviews.counted.connect(partial(self.counted.emit, "reviews"))
        self.conversations.counted.connect(partial(self.counted.emit, "conversations"))
        self.conversations.opened.connect(self.conversation_opened)
        self.conversations.removed.connect(self.conversation_removed)
        self.conversations.ask_wanted.connect(self.desk_wanted)
        self.settings.language_chosen.connect(self.language_chosen)
        self.settings.models_wanted.connect(partial(self.wanted.emit, "models"))
        self.settings.add_wanted.connect(partial(self.choose_wanted.emit, "folder", ""))
        self.settings.collection_chosen.connect(self.collection_wanted)
        self.settings.restart_wanted.connect(self.restart_wanted)

    def _show_problems(self, collection: str) -> None:
        self.problems.show_collection(collection)
        self.wanted.emit("problems")

    def bring_in(self, model_file: str) -> None:
        """Bring in a model that was dropped on the window."""
        self.wanted.emit("models")
        self.models.import_file(model_file)
