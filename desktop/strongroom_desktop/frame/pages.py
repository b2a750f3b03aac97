"""The places of the centre besides the desk: a page each, and what they want of the window.

A page is made when it is first shown, and what it is made of imported then: the desk is there
sooner for it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.frame.centre import Centre
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.shortcuts import Keys

if TYPE_CHECKING:
    from strongroom_desktop.conversations.page import ConversationsPage
    from strongroom_desktop.models.page import Models
    from strongroom_desktop.problems import Problems
    from strongroom_desktop.settings.page import SettingsPage
    from strongroom_desktop.sources import CollectionPage


class Pages(QObject):
    """`wanted` carries the name of a place, `collection_wanted` that of a collection whose page is
    wanted; `desk_wanted`: a question is to be asked; `refused` a sentence for the notice bar,
    `said` one that is no trouble; `counted` a place and its count for the sidebar; `choose_wanted`
    'folder' or 'files' and a collection. The others are those of the pages."""

    wanted = Signal(str)
    collection_wanted = Signal(str)
    desk_wanted = Signal()
    refused = Signal(str)
    said = Signal(str)
    counted = Signal(str, int)
    choose_wanted = Signal(str, str)
    report_wanted = Signal(str)
    password_wanted = Signal(tuple, tuple)
    conversation_opened = Signal(str)
    conversation_removed = Signal(str)
    conversation_retitled = Signal(str, str)
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
        self._engine, self._selection, self._theme = engine, selection, theme
        self._settings, self._keys = settings, keys
        self.centre = Centre()
        self.open_conversation = ""

    def fill(self) -> None:
        """Give the centre its places. The reader stands beside a review's grid when it is wanted
        there."""
        places = {
            "reviews": self._reviews,
            "conversations": self._conversations,
            "problems": self._problems,
            "quality": self._quality,
            "collection": self._collection,
            "models": self._models,
            "settings": self._settings_page,
        }
        for name, make in places.items():
            self.centre.add_later(name, make)

    # --- pages that others speak to --------------------------------------------------------------

    @property
    def problems(self) -> Problems:
        page: Problems = self.centre.page("problems")  # type: ignore[assignment]  # made below
        return page

    @property
    def conversations(self) -> ConversationsPage:
        page: ConversationsPage = self.centre.page("conversations")  # type: ignore[assignment]
        return page

    @property
    def collection(self) -> CollectionPage:
        page: CollectionPage = self.centre.page("collection")  # type: ignore[assignment]
        return page

    @property
    def models(self) -> Models:
        page: Models = self.centre.page("models")  # type: ignore[assignment]
        return page

    @property
    def settings(self) -> SettingsPage:
        page: SettingsPage = self.centre.page("settings")  # type: ignore[assignment]
        return page

    def show_open_conversation(self, key: str) -> None:
        """Mark the conversation that the desk shows, '' for none."""
        self.open_conversation = key
        if self.centre.is_made("conversations"):
            self.conversations.show_open(key)

    def bring_in(self, model_file: str) -> None:
        """Bring in a model that was dropped on the window."""
        self.wanted.emit("models")
        self.models.import_file(model_file)

    # --- making them -----------------------------------------------------------------------------

    def _collection(self) -> QWidget:
        from strongroom_desktop.sources import CollectionPage

        page = CollectionPage(self._engine, self._theme)
        page.problems_wanted.connect(self._show_problems)
        page.ask_wanted.connect(self.desk_wanted)
        page.open_wanted.connect(self._selection.open)
        page.choose_wanted.connect(self.choose_wanted)
        page.refused.connect(self.refused)
        page.gone.connect(self.desk_wanted)
        return page

    def _problems(self) -> QWidget:
        from strongroom_desktop.problems import Problems

        page = Problems(self._engine, self._selection, self._theme)
        page.settings_wanted.connect(partial(self.wanted.emit, "settings"))
        page.said.connect(self.said)
        page.refused.connect(self.refused)
        page.report_wanted.connect(self.report_wanted)
        page.password_wanted.connect(self.password_wanted)
        return page

    def _reviews(self) -> QWidget:
        from strongroom_desktop.review.page import ReviewPage

        page = ReviewPage(self._engine, self._selection, self._theme, self._settings)
        page.counted.connect(partial(self.counted.emit, "reviews"))
        page.reader_wanted.connect(partial(self.centre.set_reader, "reviews"))
        return page

    def _conversations(self) -> QWidget:
        from strongroom_desktop.conversations.page import ConversationsPage

        page = ConversationsPage(self._engine, self._theme)
        page.show_open(self.open_conversation)
        page.counted.connect(partial(self.counted.emit, "conversations"))
        page.opened.connect(self.conversation_opened)
        page.removed.connect(self.conversation_removed)
        page.ask_wanted.connect(self.desk_wanted)
        page.retitled.connect(self.conversation_retitled)
        return page

    def _models(self) -> QWidget:
        from strongroom_desktop.models.page import Models

        page = Models(self._engine, self._theme)
        page.brought_in.connect(self.said)
        return page

    def _quality(self) -> QWidget:
        from strongroom_desktop.quality.page import Quality

        page = Quality(self._engine, self._selection, self._theme)
        page.counted.connect(partial(self.counted.emit, "quality"))
        page.exported.connect(self.said)
        return page

    def _settings_page(self) -> QWidget:
        from strongroom_desktop.settings.page import SettingsPage

        page = SettingsPage(self._engine, self._theme, self._settings, self._keys)
        page.language_chosen.connect(self.language_chosen)
        page.models_wanted.connect(partial(self.wanted.emit, "models"))
        page.add_wanted.connect(partial(self.choose_wanted.emit, "folder", ""))
        page.collection_chosen.connect(self.collection_wanted)
        page.restart_wanted.connect(self.restart_wanted)
        return page

    def _show_problems(self, collection: str) -> None:
        self.problems.show_collection(collection)
        self.wanted.emit("problems")
