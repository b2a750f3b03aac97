"""What is open and what is searched."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from strongroom_desktop.selection import Place, Selection, Trail

PLACES = (Place("/a", 1), Place("/b", 2), Place("/c", None))


def test_opening_says_what_and_whether_it_is_a_preview(selection: Selection, qtbot: QtBot) -> None:
    with qtbot.waitSignal(selection.opened) as opened:
        selection.open(PLACES[0], preview=True)
    assert opened.args == [Trail("document", (PLACES[0],)), True]
    assert selection.place == PLACES[0]


def test_stepping_goes_round(selection: Selection) -> None:
    selection.open_trail(Trail("citation", PLACES, 2))
    selection.step(1)
    assert selection.place == PLACES[0]
    selection.step(-1)
    assert selection.place == PLACES[2]


def test_stepping_a_single_place_does_nothing(selection: Selection, qtbot: QtBot) -> None:
    selection.step(1)
    selection.open(PLACES[0])
    with qtbot.assertNotEmitted(selection.opened):
        selection.step(1)


def test_closing(selection: Selection, qtbot: QtBot) -> None:
    selection.open(PLACES[0])
    with qtbot.waitSignal(selection.opened) as opened:
        selection.close()
    assert opened.args == [None, False]
    with qtbot.assertNotEmitted(selection.opened):
        selection.close()


def test_all_in_scope_is_said_as_none(selection: Selection) -> None:
    selection.set_collections(("A", "B", "C"))
    assert not selection.scope
    selection.set_in_scope("B", False)
    assert selection.scope == ("A", "C")
    selection.set_in_scope("B", True)
    assert not selection.scope


def test_a_new_collection_is_in_scope(selection: Selection) -> None:
    selection.set_collections(("A", "B"))
    selection.set_scope(("A",))
    selection.set_collections(("A", "B", "C"))
    assert selection.scope == ("A", "C")


def test_a_collection_that_goes_is_forgotten(selection: Selection, qtbot: QtBot) -> None:
    selection.set_collections(("A", "B"))
    selection.set_scope(("A",))
    with qtbot.waitSignal(selection.scope_changed):
        selection.set_collections(("B",))
    assert selection.scope == ()  # B alone cannot be left out


def test_what_changes_nothing_says_nothing(selection: Selection, qtbot: QtBot) -> None:
    selection.set_collections(("A", "B"))
    with qtbot.assertNotEmitted(selection.scope_changed):
        selection.set_collections(("A", "B"))
        selection.set_in_scope("A", True)
