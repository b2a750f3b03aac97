"""The report of a document: what it says, what it leads to, how it is copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.report import ReportSheet, words
from strongroom_desktop.report.looking import Look
from strongroom_desktop.report.parts import SHOWN, KinList, PageStrip
from strongroom_desktop.selection import Place
from strongroom_engine.types import DocumentRecord, Kin, LeftOut, Report, State

PATIENCE_MS = 20_000
HOLT = "/papers/Holt"
SCAN = f"{HOLT}/Lease and deeds/Scanned deed 1987.pdf"
RECORD = DocumentRecord(
    SCAN, HOLT, "Holt", State.INDEXED, paged=True, pages=46, chunks=80, size=1_234_567,
    mtime_ns=1_709_467_200_000_000_000,
)  # fmt: skip
REPORT = Report(
    RECORD, content_hash="3f2a9c41d07be55a90", parser="MuPDF 1.28.2", page_unit="page", pages=46,
    characters=81_204, words=80, vectors=80, findable=True, took_ms=2_140,
    read_ms=1_709_553_600_000,
)  # fmt: skip


def said(report: Report) -> dict[str, str]:
    return {fact.name: fact.said for fact in words.facts(report)}


@pytest.fixture
def parent(qtbot: QtBot, theme: Theme) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1_200, 900)
    parent.show()
    return parent


def opened(parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot, path: str) -> ReportSheet:
    qtbot.waitUntil(lambda: engine.ready is not None, timeout=PATIENCE_MS)
    sheet = ReportSheet(parent, engine, theme, path)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=PATIENCE_MS)
    return sheet


# --- what it says --------------------------------------------------------------------------------


def test_how_it_was_read_is_said_in_plain_words() -> None:
    lines = said(REPORT)
    assert lines["Read with"] == "MuPDF 1.28.2"
    assert lines["Read"].endswith("in 2.1 s")
    assert lines["From the file"].startswith("1.2 MB, changed 3 March 2024")
    assert lines["From the file"].endswith("fingerprint 3f2a9c41d07b")
    assert lines["Extent"] == "46 pages, 81,204 characters of text"
    assert lines["In the index"] == "80 passages, each with its words and its meaning"
    assert "Password" not in lines
    assert "Left out" not in lines


@pytest.mark.parametrize(
    ("unit", "count", "extent"),
    [("slide", 12, "12 slides"), ("sheet", 1, "1 sheet"), ("message", 3, "3 messages")],
)
def test_pages_are_called_what_the_format_calls_them(unit: str, count: int, extent: str) -> None:
    assert said(replace(REPORT, page_unit=unit, pages=count, characters=0))["Extent"] == extent


def test_what_lies_inside_is_counted_and_named_as_it_lies_there() -> None:
    path = f"{HOLT}/Post.zip"
    assert said(replace(REPORT, page_unit="", pages=0, characters=0, members=2))["Extent"] == (
        "2 documents inside"
    )
    assert words.kin_name(Kin(f"{path}/2023/lease.pdf", "member"), path) == "2023 › lease.pdf"
    assert words.kin_name(Kin(path, "container"), f"{path}/2023/lease.pdf") == (
        "Post.zip – papers › Holt"
    )


def test_one_passage_is_one() -> None:
    one = replace(REPORT, document=replace(RECORD, chunks=1), words=1, vectors=1)
    assert said(one)["In the index"] == "1 passage, with its words and its meaning"


def test_text_recognition_says_how_sure_it_was() -> None:
    pages = ((1, 0.98), (2, 0.99), (3, 0.88), (12, 0.55))
    report = replace(REPORT, recognised=pages, waiting=(40, 41))
    lines = said(report)
    assert lines["Text recognition"] == (
        "4 pages: 2 read clearly, 1 may hold errors, 1 hard to read\n"
        "It reads Latin and Greek letters, Chinese and Japanese, and no other script."
    )
    assert lines["Waiting"] == "2 pages wait for text recognition: 40, 41"
    assert words.doubtful(report) == (12, 3)
    assert words.recognition(((1, 0.99),)) == "1 page, read clearly"


def test_what_was_left_out_is_counted() -> None:
    out = (LeftOut("pages that are damaged", 2), LeftOut("macros, which are never run"))
    assert said(replace(REPORT, left_out=out))["Left out"] == (
        "Pages that are damaged (2)\nMacros, which are never run"
    )


def test_the_verdict_says_whether_it_can_be_relied_on() -> None:
    assert words.verdict(REPORT)[2] == "accent"
    assert "does not find it" in words.verdict(replace(REPORT, findable=False))[0]
    assert words.verdict(replace(REPORT, findable=False))[2] == "error"
    assert "not tried" in words.verdict(replace(REPORT, findable=None))[0]
    assert "still waits" in words.verdict(replace(REPORT, waiting=(4,)))[0]
    locked = replace(RECORD, state=State.SKIPPED, reason="It is locked.", remedy="Open it.")
    assert words.verdict(replace(REPORT, document=locked))[0] == "It is locked. Open it."


def test_it_is_copied_as_text() -> None:
    kin = (Kin(f"{HOLT}/Copies/deed.pdf", "copy"), Kin(f"{HOLT}/Draft.docx", "version", "", 0.94))
    text = words.as_text(replace(REPORT, kin=kin, recognised=((2, 0.4),)), changed=True)
    assert text.startswith("Scanned deed 1987.pdf\n/papers/Holt/Lease and deeds/")
    assert "Read with: MuPDF 1.28.2" in text
    assert "The file has changed since." in text
    assert "Pages to look at: 2" in text
    assert f"The same bytes, elsewhere:\n  {HOLT}/Copies/deed.pdf\n" in text
    assert f"Nearly the same text:\n  {HOLT}/Draft.docx, 94 % the same" in text


# --- the sheet -----------------------------------------------------------------------------------


def test_the_sheet_shows_the_report(
    parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    sheet = opened(parent, engine, theme, qtbot, SCAN)
    shown = [each.text() for each in sheet.findChildren(QLabel)]
    assert "MuPDF 1.28.2" in shown
    strip = sheet.findChild(PageStrip)
    assert isinstance(strip, PageStrip)
    assert [button.text() for button in strip.buttons] == ["p. 12", "p. 14", "p. 3"]
    with qtbot.waitSignal(sheet.place_wanted) as wanted:
        strip.buttons[0].click()
    assert wanted.args == [Place(SCAN, 12)]
    assert sheet.isVisible()  # one goes on to the next page
    sheet.copy.click()
    assert "Pages to look at: 12, 14, 3" in QGuiApplication.clipboard().text()
    sheet.accept()


def test_what_belongs_to_it_is_opened(
    parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    sheet = opened(parent, engine, theme, qtbot, SCAN)
    lists = sheet.findChildren(KinList)
    assert [len(each.lines) for each in lists] == [1, 1, SHOWN]
    lists[2]._more.click()
    assert len(lists[2].lines) == 7
    with qtbot.waitSignal(sheet.place_wanted) as wanted:
        lists[0].lines[0].chosen.emit()
    assert wanted.args[0].file == f"{HOLT}/Copies/Scanned deed 1987.pdf"


def test_whether_it_is_found_is_tried_again(
    parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    sheet = opened(parent, engine, theme, qtbot, f"{HOLT}/unknown.pdf")
    assert "not tried" in sheet.verdict.text()
    sheet.again.click()
    qtbot.waitUntil(lambda: "finds it" in sheet.verdict.text(), timeout=PATIENCE_MS)
    sheet.accept()


def test_a_locked_document_is_mended_by_its_password(
    parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    sheet = opened(parent, engine, theme, qtbot, f"{HOLT}/Licence.pdf")
    assert sheet.mend.text() == "Enter password…"
    assert sheet.again.isHidden()
    with qtbot.waitSignal(sheet.password_wanted) as wanted:
        sheet.mend.click()
    assert wanted.args[0].path == f"{HOLT}/Licence.pdf"


def test_a_document_that_is_gone_is_said(
    parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: engine.ready is not None, timeout=PATIENCE_MS)
    sheet = ReportSheet(parent, engine, theme, f"{HOLT}/gone.pdf")
    qtbot.waitUntil(lambda: "not in the library" in sheet.verdict.text(), timeout=PATIENCE_MS)
    assert sheet.copy.isHidden()
    sheet.accept()


def test_a_file_that_has_changed_is_noticed(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    now = file.stat()
    record = replace(RECORD, path=str(file), size=now.st_size, mtime_ns=now.st_mtime_ns)
    look = Look()
    with qtbot.waitSignal(look.told, timeout=PATIENCE_MS) as told:
        look.at(record)
    assert told.args == [False]
    file.write_text("three")
    with qtbot.waitSignal(look.told, timeout=PATIENCE_MS) as told:
        look.at(record)
    assert told.args == [True]


def test_a_version_can_be_compared(
    parent: QWidget, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    sheet = opened(parent, engine, theme, qtbot, SCAN)
    (button,) = (
        button
        for button in sheet.findChildren(QAbstractButton)
        if button.accessibleName() == "Compare the two"
    )
    with qtbot.waitSignal(sheet.compare_wanted) as wanted:
        button.click()
    assert wanted.args == [[SCAN, f"{HOLT}/Drafts/Draft 3.docx"]]
    assert not sheet.isVisible()
