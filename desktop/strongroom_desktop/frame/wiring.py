"""What each region's signals lead to: the window's regions know nothing of each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from strongroom_desktop.frame.reading_ahead import ReadingAhead
from strongroom_desktop.outside import show_in_folder
from strongroom_desktop.status import Damage

if TYPE_CHECKING:
    from strongroom_desktop.frame.window import Window


def wire(window: Window) -> None:
    """Connect the regions of a window with each other and with what the window does."""
    _wire_asking(window)
    _wire_places(window)
    _wire_intake(window)
    _wire_stages(window)


def _wire_asking(window: Window) -> None:
    ask, conversation, reader = window.ask, window.conversation, window.reader
    ask.asked.connect(window.put_question)
    ask.stop_requested.connect(conversation.stop)
    ask.left.connect(window.leave_field)
    ask.recall_wanted.connect(conversation.edit_last)
    conversation.answering_changed.connect(ask.set_answering)
    conversation.edit_requested.connect(ask.set_question)
    conversation.said.connect(window.notice.say)
    conversation.mentioned.connect(window.notice.mention)
    reader.ask_about.connect(window.ask_about)
    reader.quote_wanted.connect(window.ask_with)
    window.sidebar.ask_about.connect(window.ask_about)
    window.selection.opened.connect(window.show_opened)


def _wire_places(window: Window) -> None:
    sidebar, pages, status = window.sidebar, window.pages, window.status
    conversation = window.conversation
    sidebar.destination_chosen.connect(window.go_to)
    sidebar.collection_chosen.connect(window.show_collection)
    sidebar.hide_wanted.connect(window.panes.toggle_sidebar)
    window.centre.shown.connect(lambda _place, reader: window.panes.set_reader_fits(reader))
    pages.wanted.connect(window.go_to)
    pages.collection_wanted.connect(window.show_collection)
    pages.desk_wanted.connect(window.focus_ask)
    for counting in (window.counts, pages):
        counting.counted.connect(sidebar.destinations.set_count)
    pages.conversation_opened.connect(window.open_conversation)
    pages.conversation_removed.connect(window.forget_conversation)
    pages.conversation_retitled.connect(conversation.retitle)
    pages.language_chosen.connect(window.language_chosen)
    pages.restart_wanted.connect(window.engine.restart)
    status.index_chosen.connect(window.show_index)
    status.models_chosen.connect(partial(window.go_to, "models"))
    status.privacy_chosen.connect(window.tell_privacy)


def _wire_intake(window: Window) -> None:
    intake, notice, sidebar = window.intake, window.notice, window.sidebar
    window.dropped.connect(window.take)
    sidebar.paths_dropped.connect(window.take)
    sidebar.paste_wanted.connect(intake.paste)
    for choosing in (sidebar.choose_wanted, window.pages.choose_wanted):
        choosing.connect(window.choose)
    for adding in (sidebar.add_wanted, window.welcome.choose_wanted):
        adding.connect(partial(window.choose, "folder", ""))
    window.welcome.samples_wanted.connect(intake.add_samples)
    for refusing in (intake, sidebar, window.pages):
        refusing.refused.connect(notice.say)
    for saying in (intake.queued, sidebar.said, window.pages.said):
        saying.connect(notice.mention)
    intake.begun.connect(notice.take_back)


def _wire_stages(window: Window) -> None:
    stages, notice = window.stages, window.notice
    stages.closed_with.connect(window.closed_sheet.show_error)
    stages.said.connect(notice.say)
    stages.mentioned.connect(notice.mention)
    window.status.hindrance.lifted.connect(notice.lift)
    stages.reached_desk.connect(window.ask.focus_field)
    window.closed_sheet.again_wanted.connect(window.engine.restart)
    window.closed_sheet.folder_wanted.connect(partial(_show_library, window))
    window.welcome.models_wanted.connect(window.show_models)
    window.welcome.model_wanted.connect(window.choose_model)
    for sheet in (window.welcome, window.unlock, window.closed_sheet):
        sheet.privacy_wanted.connect(window.tell_privacy)
    notice.details_wanted.connect(window.tell_details)
    Damage(window.engine, notice)
    ReadingAhead(window.engine, window.ask, window.conversation)


def _show_library(window: Window) -> None:
    if window.engine.hello is not None:
        show_in_folder(window.engine.hello.library)
