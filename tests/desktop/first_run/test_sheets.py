"""What stands before the desk: the three steps, the passphrase, a library that does not open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import StartEngine

from strongroom_desktop.client import Engine
from strongroom_desktop.erase_sheet import EraseSheet
from strongroom_desktop.first_run import Closed, Unlock, Welcome
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.secret_field import SecretField, strength
from strongroom_engine.errors import LibraryBusy, NoModelFits
from strongroom_engine.protocol import Progress, failed
from strongroom_engine.types import Progress as ProgressValue

PATIENCE_MS = 20_000


@pytest.fixture
def welcome(engine: Engine, theme: Theme, qtbot: QtBot) -> Welcome:
    qtbot.waitUntil(
        lambda: engine.ready is not None and engine.ready.plan is not None, timeout=PATIENCE_MS
    )
    sheet = Welcome(engine, theme, samples=True)
    qtbot.addWidget(sheet)
    sheet.resize(1100, 820)
    sheet.show()
    return sheet


def test_the_steps_tick_themselves_off(welcome: Welcome, engine: Engine) -> None:
    assert welcome.text().splitlines()[0] == "next done later"
    reading = ProgressValue(1_204, 1_980, "a.pdf", 3.0, 240.0, 9)
    engine.received.emit(Progress(progress=reading))
    assert welcome.text().splitlines()[:2] == ["done done next", "Reading 1,204 of 1,980 documents"]


def test_without_a_model_it_says_what_works_and_how_one_comes(
    welcome: Welcome, engine: Engine, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(welcome.models_wanted):
        welcome.models.click()
    engine.received.emit(failed(0, NoModelFits(why="all are larger than 2 GB")))
    assert welcome.text().splitlines()[0] == "next later later"
    assert "Passages are found and quoted." in welcome.text()
    assert not welcome.models.isVisible()
    with qtbot.waitSignal(welcome.model_wanted):
        welcome.bring_in.click()


def test_every_sheet_tells_what_enforces_its_promise(welcome: Welcome, qtbot: QtBot) -> None:
    from strongroom_desktop.widgets import Button

    (how,) = [one for one in welcome.findChildren(Button) if one.text() == "How this is enforced"]
    with qtbot.waitSignal(welcome.privacy_wanted):
        how.click()


def test_a_closed_library_says_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    sheet = Closed(theme)
    qtbot.addWidget(sheet)
    sheet.show_error(LibraryBusy(library="/library"))
    assert sheet.text() == (
        "Another Strongroom is writing to the library at /library. Close the other window or "
        "command first; searching and asking work meanwhile."
    )


def test_an_error_goes_with_the_next_letter(engine: Engine, theme: Theme, qtbot: QtBot) -> None:
    sheet = Unlock(engine, theme)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.ask_for(new=True)
    sheet.submit()
    assert sheet.problem() == "Type the passphrase."
    QTest.keyClicks(sheet.passphrase, "corr")
    assert sheet.problem() == ""
    assert sheet._strength.text() == "Too short: at least 8 characters."


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("", ""),
        ("short", "Too short: at least 8 characters."),
        ("aaaaaaaaaaaa", "Weak: the same characters again and again."),
        ("tr0ub4dor&3", "Fair."),
        ("correct horse battery staple", "Strong, if nobody can know it from elsewhere."),
    ],
)
def test_strength_is_said_in_words(passphrase: str, said: str) -> None:
    assert strength(passphrase).startswith(said)
    assert bool(strength(passphrase)) is bool(said)


def test_a_secret_is_shown_on_demand_and_hidden_when_it_is_forgotten(
    theme: Theme, qtbot: QtBot
) -> None:
    secret = SecretField(theme, "Passphrase")
    qtbot.addWidget(secret)
    secret.show()
    QTest.keyClicks(secret.field, "horse")
    assert secret.field.echoMode() == QLineEdit.EchoMode.Password
    secret._eye.click()
    assert secret.field.echoMode() == QLineEdit.EchoMode.Normal
    assert secret._eye.accessibleName() == "Hide the passphrase"
    secret.forget()
    assert (secret.text(), secret.field.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_caps_lock_is_noticed_by_the_letters(theme: Theme, qtbot: QtBot) -> None:
    secret = SecretField(theme, "Passphrase")
    qtbot.addWidget(secret)
    secret.show()
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClicks(secret.field, "A", shift)
    assert not secret._caps.isVisible()
    QTest.keyClicks(secret.field, "A", none)
    assert secret._caps.isVisible()
    QTest.keyClicks(secret.field, "a", none)
    assert not secret._caps.isVisible()


def test_a_library_whose_passphrase_is_lost_is_erased_and_begun_anew(
    start_engine: StartEngine, theme: Theme, qtbot: QtBot
) -> None:
    engine = start_engine("--locked", "passphrase")
    sheet = Unlock(engine, theme)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.ask_for(new=False)
    sheet.lost.click()
    (dialog,) = sheet.findChildren(EraseSheet)
    QTest.keyClicks(dialog.field, "erase")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: engine.ready is not None, timeout=PATIENCE_MS)
