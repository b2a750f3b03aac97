"""A password is asked for until it fits; what is wrong is said in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.passwords import NEEDS_PASSWORD, PasswordSheet, targets
from strongroom_engine.errors import IndexingPaused
from strongroom_engine.protocol import (
    GivePassword,
    ListPasswords,
    Message,
    Passwords,
    PasswordTried,
    failed,
)
from strongroom_engine.types import DocumentRecord, State, Unlocked

PATIENCE_MS = 20_000
HOLT = "/papers/Holt"
LICENCE = f"{HOLT}/Lease and deeds/Licence to alter 2020.pdf"
FITS = "harbour"


def locked(path: str, source: str = HOLT) -> DocumentRecord:
    return DocumentRecord(path, source, "Holt", State.SKIPPED, code=NEEDS_PASSWORD)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 700)
    parent.show()
    return parent


@pytest.fixture
def ready(engine: Engine, qtbot: QtBot) -> Engine:
    qtbot.waitUntil(lambda: engine.ready is not None, timeout=PATIENCE_MS)
    return engine


def test_what_a_password_can_be_for() -> None:
    alone = locked(f"{HOLT}/Post.zip/a.pdf")
    other = locked(f"{HOLT}/Post.zip/b.pdf")
    paths = [alone.path, other.path]
    assert [each.name for each in targets([alone], paths)] == [
        "Only this document",
        "All 2 in “Post.zip”",
        "All 2 in “Holt”",
    ]
    several = targets([alone, other, locked("/b/c.pdf", "/b")], [*paths, "/b/c.pdf"])
    assert several[0].paths == (HOLT, "/b")
    assert [each.name for each in several] == [
        "All 3 that need one",
        "All 2 in “Post.zip”",
        "All in “b”",
    ]


def test_a_wrong_password_is_said_in_place_and_the_right_one_closes(
    parent: QWidget, ready: Engine, theme: Theme, qtbot: QtBot
) -> None:
    sheet = PasswordSheet(parent, ready, theme, [locked(LICENCE)])
    opened: list[int] = []
    sheet.opened.connect(opened.append)
    closed: list[bool] = []
    sheet.accepted.connect(lambda: closed.append(True))
    sheet.submit()
    assert sheet.problem() == "Type the password."
    QTest.keyClicks(sheet.field.field, "quayside")
    assert sheet.problem() == ""
    QTest.keyClick(sheet.field.field, Qt.Key.Key_Return)
    assert not sheet.go.isEnabled()
    qtbot.waitUntil(lambda: bool(sheet.problem()), timeout=PATIENCE_MS)
    assert sheet.problem().startswith("This password does not open it.")
    assert sheet.field.text() == ""
    assert sheet.go.isEnabled()
    assert not opened
    kept = Latest(ready)
    told: list[Passwords] = []
    ready.received.connect(lambda event: told.append(event) if kept.wants(event) else None)
    kept.send(ListPasswords())
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told[0].paths == ()  # what opens nothing is not kept
    QTest.keyClicks(sheet.field.field, FITS)
    sheet.submit()
    qtbot.waitUntil(lambda: bool(closed), timeout=PATIENCE_MS)
    assert opened == [1]


@pytest.fixture
def asked(
    parent: QWidget, ready: Engine, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PasswordSheet]:
    """A password was typed for two documents, and the engine has not answered yet."""
    monkeypatch.setattr(ready, "send", lambda _message: 4_711)
    sheet = PasswordSheet(parent, ready, theme, [locked(LICENCE), locked(f"{HOLT}/other.pdf")])
    sheet.field.setText("quayside")
    sheet.submit()
    yield sheet
    sheet.reject()


def test_those_that_it_does_not_open_are_asked_for_again(
    asked: PasswordSheet, ready: Engine
) -> None:
    opened: list[int] = []
    asked.opened.connect(opened.append)
    tried = Unlocked(opened=(f"{HOLT}/other.pdf",), locked=(LICENCE,))
    ready.received.emit(PasswordTried(id=4_711, tried=tried))
    assert asked.problem() == "It opened 1, and 1 document still needs another one."
    assert [each.path for each in asked._records] == [LICENCE]
    assert asked.title.text() == "Password of “Licence to alter 2020.pdf”"
    assert opened == [1]


def test_while_indexing_rests_it_is_said_that_it_waits(asked: PasswordSheet, ready: Engine) -> None:
    tried = Unlocked(waiting=(LICENCE, f"{HOLT}/other.pdf"))
    ready.received.emit(PasswordTried(id=4_711, tried=tried))
    assert asked.problem().startswith("Indexing is paused")
    assert len(asked._records) == 2


def test_an_error_of_the_engine_is_said_in_place(
    parent: QWidget, ready: Engine, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Message] = []

    def send(message: Message) -> int:
        sent.append(message)
        return 4_711

    monkeypatch.setattr(ready, "send", send)
    sheet = PasswordSheet(parent, ready, theme, [locked(LICENCE)])
    sheet.field.setText(FITS)
    sheet.submit()
    assert sent == [GivePassword(path=LICENCE, password=FITS)]
    ready.received.emit(failed(4_711, IndexingPaused()))
    assert sheet.problem() == str(IndexingPaused())
    sheet.reject()
