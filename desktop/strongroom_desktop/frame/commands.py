"""What each key and each entry of the menus does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from strongroom_desktop.frame.menus import Commands
from strongroom_engine.protocol import Rescan

if TYPE_CHECKING:
    from strongroom_desktop.frame.window import Window


def commands_of(window: Window) -> Commands:
    """By the keys of `shortcuts` and those that the menus have besides."""
    return {**_going(window), **_working(window), **_looking(window)}


def _going(window: Window) -> Commands:
    places = [name for name in window.centre.names if name != "collection"]
    return {
        **{place: partial(window.go_to, place) for place in places},
        "next_region": partial(window.go_round, 1),
        "previous_region": partial(window.go_round, -1),
        "back": window.step_back,
        "shortcuts": partial(window.show_settings, "keyboard"),
        "about": partial(window.show_settings, "about"),
        "privacy": window.tell_privacy,
        "quit": window.quit_wanted.emit,
    }


def _working(window: Window) -> Commands:
    conversation = window.conversation
    return {
        "ask": window.focus_ask,
        "scope": window.ask.open_scope_menu,
        "new": window.begin_conversation,
        "export": conversation.export,
        "again": partial(conversation.with_last, lambda turn: turn.again.emit(False)),
        "copy": partial(conversation.with_last, lambda turn: turn.copy()),
        "edit_last": conversation.edit_last,
        "add": window.choose,
        "rescan": lambda: window.engine.send(Rescan()),
        "find": window.reader.find_words,
        "report": window.reader.tell_report,
        "next_citation": partial(window.selection.step, 1),
        "last_citation": partial(window.selection.step, -1),
    }


def _looking(window: Window) -> Commands:
    return {
        "sidebar": window.panes.toggle_sidebar,
        "reader": window.panes.toggle_reader,
        "larger": partial(window.theme.step_text, 1),
        "smaller": partial(window.theme.step_text, -1),
        "usual": partial(window.theme.set_text_percent, 100),
    }
