"""What the tests of the conversation share: one that runs on the fake engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection

PATIENCE_MS = 60_000
"""The machine may be busy; nothing is measured by this."""
Make = Callable[..., Conversation]
"""Arguments of the fake engine -> a conversation that is shown."""


@pytest.fixture
def make(
    qtbot: QtBot, start_engine: Callable[..., Engine], selection: Selection, theme: Theme
) -> Make:
    def made(*arguments: str) -> Conversation:
        conversation = Conversation(start_engine(*arguments), selection, theme)
        conversation.resize(640, 640)
        qtbot.addWidget(conversation)
        conversation.show()
        return conversation

    return made


def last(qtbot: QtBot, conversation: Conversation) -> Turn:
    """The latest turn, once it is answered."""
    qtbot.waitUntil(lambda: not conversation.answering, timeout=PATIENCE_MS)
    return conversation.turns[-1]
