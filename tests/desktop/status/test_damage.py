"""A damaged library in the window: said above everything, and rebuilt at a click."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.status import Damage, NoticeBar
from strongroom_engine.errors import LibraryDamaged, NoRoomToRebuild
from strongroom_engine.protocol import (
    DropDamaged,
    Failed,
    Message,
    Rebuilding,
    RebuildLibrary,
    RebuiltLibrary,
    failed,
)
from strongroom_engine.types import Rebuilt

DAMAGED = LibraryDamaged(library="/library", why="its database is not what it was")


@pytest.fixture
def sent(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What the window asked of the engine; each request has its place here for its id."""
    messages: list[Message] = []

    def send(message: Message) -> int:
        messages.append(message)
        return len(messages)

    monkeypatch.setattr(engine, "send", send)
    return messages


@pytest.fixture
def bar(engine: Engine, theme: Theme, qtbot: QtBot, sent: list[Message]) -> NoticeBar:
    bar = NoticeBar(engine, theme)
    qtbot.addWidget(bar)
    Damage(engine, bar)
    return bar


@pytest.mark.parametrize("request_id", [0, 7])
def test_damage_is_said_wherever_it_was_met(
    bar: NoticeBar, engine: Engine, request_id: int
) -> None:
    engine.received.emit(failed(request_id, DAMAGED))
    assert bar.text() == "The library is damaged. Your documents are untouched."
    assert bar._remedy.isVisible()
    assert bar._remedy.text() == "Rebuild from your documents"
    bar.say("/a/b does not exist.")
    assert not bar._remedy.isVisible()


def test_a_click_rebuilds_and_says_what_came_of_it(
    bar: NoticeBar, engine: Engine, sent: list[Message]
) -> None:
    engine.received.emit(failed(0, DAMAGED))
    bar._remedy.click()
    assert sent == [RebuildLibrary()]
    assert bar.text() == "The library is being rebuilt. Conversations are kept."
    assert not bar._remedy.isVisible()
    engine.received.emit(failed(9, DAMAGED))  # asked before the click
    engine.received.emit(Rebuilding(id=1, done=50, total=1200))
    assert bar.text().endswith("Conversations are kept. 50 of 1,200 documents")
    made = Rebuilt(documents=40, unread=3, lost=("conversations",), aside="/l/d", aside_size=10**6)
    engine.received.emit(RebuiltLibrary(id=1, rebuilt=made))
    assert bar.text() == (
        "The library was rebuilt. 3 documents are being read again. Something of these may be lost:"
        " conversations. The damaged one is kept beside it (1.0 MB)."
    )
    assert bar.property("surface") == "warning", "something may be lost"
    assert bar._remedy.text() == "Delete the damaged one"
    bar._remedy.click()
    assert sent[1:] == [DropDamaged()]
    assert bar.text() == "The damaged library is deleted."


def test_a_rebuild_that_loses_nothing_says_so(bar: NoticeBar, engine: Engine) -> None:
    engine.received.emit(failed(0, DAMAGED))
    bar._remedy.click()
    engine.received.emit(RebuiltLibrary(id=1, rebuilt=Rebuilt(documents=40)))
    assert bar.text() == "The library was rebuilt. Nothing was lost."
    assert bar.property("surface") == "mention"


def test_a_rebuild_that_fails_can_be_tried_again(
    bar: NoticeBar, engine: Engine, sent: list[Message]
) -> None:
    engine.received.emit(failed(0, DAMAGED))
    bar._remedy.click()
    engine.received.emit(failed(1, NoRoomToRebuild(library="/l", needed="3 GB", free="1 GB")))
    assert bar.text().startswith("Rebuilding the library needs 3 GB of disk space")
    bar._remedy.click()
    assert sent == [RebuildLibrary(), RebuildLibrary()]
    engine.received.emit(Failed(id=5, code="cancelled"))
    assert bar.text() == "The library is being rebuilt. Conversations are kept."
