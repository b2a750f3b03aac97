"""What is said of drives that are away, wherever something on them is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop import outside
from strongroom_desktop.absence import Absence, absence, places_away, why
from strongroom_desktop.conversation.rows import DocumentRow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.problems.groups import grouped, remedy_text
from strongroom_desktop.search.hits_model import HitsModel
from strongroom_engine.types import Away, DocumentRecord, Hit, Source, State

AWAY = Source("/mnt/nas", "Scans", present=False, away=Away.SILENT, away_ms=1_800_000_000_000)
HERE = Source("/home/u", "Home", places_away=("/home/u/stick",))
FILE = "/mnt/nas/lease.pdf"


@pytest.fixture
def noted() -> Iterator[None]:
    absence.note([AWAY, HERE])
    yield
    absence.note(())


def test_what_lies_on_a_drive_that_is_away() -> None:
    known = Absence()
    known.note([AWAY, HERE])
    assert known.of(FILE)
    assert known.of("/home/u/stick/a.txt")
    assert not known.of("/home/u/a.txt")
    assert not known.of("/mnt/nas2/a.txt")
    known.note([HERE])
    assert not known.of(FILE)


@pytest.mark.usefixtures("qtbot")
def test_why_and_since_when() -> None:
    assert why(AWAY).startswith("It does not answer; its documents stay searchable. Away since ")
    assert why(HERE) == ""
    assert "/home/u/stick" in places_away(HERE)
    assert {why(Source("/a", "A", present=False, away=one)) for one in Away} == {
        "It does not answer; its documents stay searchable.",
        "It gives errors instead of files; its documents stay searchable.",
        "It is not there now; its documents stay searchable.",
        "Another drive or an empty folder is in its place; its documents stay searchable.",
    }


@pytest.mark.usefixtures("noted", "qtbot")
def test_a_hit_says_that_its_drive_is_away() -> None:
    model = HitsModel()
    model.set_hits(
        tuple(Hit(1, path, None, 0, 5, "", 1.0, "Rent.") for path in (FILE, "/home/u/a.txt"))
    )
    said = [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert "on a drive that is not here now" in said[0]
    assert "drive" not in said[1]


def test_what_an_answer_rests_on_says_when_its_drive_goes_and_comes(
    qtbot: QtBot, theme: Theme
) -> None:
    row = DocumentRow(FILE, "p. 3", theme)
    qtbot.addWidget(row)
    assert (row.toolTip(), row._icon._name) == ("", "file-text")
    absence.note([AWAY])
    assert row.toolTip() == "On a drive that is not here now"
    assert row._icon._name == "unplug"
    assert row.accessibleName() == "lease.pdf, p. 3, on a drive that is not here now"
    absence.note(())
    assert (row.toolTip(), row._icon._name) == ("", "file-text")


@pytest.mark.usefixtures("noted")
def test_opening_outside_says_that_it_cannot(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(outside, "_open", opened.append)
    parent = QWidget()
    qtbot.addWidget(parent)
    outside.open_file(parent, theme, FILE)
    (sheet,) = parent.findChildren(QDialog)
    assert opened == []
    sheet.close()
    outside.open_file(parent, theme, "/home/u/a.txt")
    assert [PurePath(path).name for path in opened] == ["a.txt"]


@pytest.mark.usefixtures("qtbot")
def test_files_in_a_cloud_are_one_group_with_one_remedy() -> None:
    records = [
        DocumentRecord(f"/c/{n}.txt", "/c", "C", State.SKIPPED, code="not-downloaded")
        for n in range(3)
    ]
    (group,) = grouped(records)
    assert group.reason.title == "Not on this computer yet"
    assert remedy_text(group.reason.remedy, len(group.records)) == "Download and read all 3"
