"""Texts with slides and sheets in the reader, pages that text recognition read, locked documents."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.dividers import title
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.reader.writing import Writer
from strongroom_desktop.reader.written import at_place
from strongroom_desktop.selection import Place as Spot
from strongroom_desktop.selection import Selection
from strongroom_engine.errors import NeedsPassword
from strongroom_engine.protocol import PageText
from strongroom_engine.types import Place

PATIENCE_MS = 10_000
HOLT = "/papers/Holt"
DECK, BOOK = f"{HOLT}/Board pack 2024.pptx", f"{HOLT}/Budget 2024.xlsx"
SCAN = f"{HOLT}/Lease and deeds/Scanned deed 1987.pdf"
Wait = Callable[[], None]


def test_strips_divide_the_text_and_places_keep(theme: Theme) -> None:
    text = "Title one\nwords\n\nTitle two\nmore"
    second = text.index("Title two")
    places = (Place(0, 1, "slide", "Title one", 1), Place(second, 1, "slide", "Title two", 2),
              Place(second + 12, 2, "notes"))  # fmt: skip
    page = PageText(media_type="text/plain", text=text, total=len(text), places=places)
    document = QTextDocument()
    written = Writer(theme, page, "deck.pptx", 1.0).write(QTextCursor(document))
    lines = document.toPlainText().split("\n")
    assert lines == [
        "Slide 1", "Title one", "words", "", "Slide 2", "Title two",
        "Notes", "more",
    ]  # fmt: skip
    shown = document.toPlainText()
    for at, letter in enumerate(text):
        if letter != "\n":
            place = written.place(at)
            assert shown[place] == letter
            assert at_place([written], place) == at


def test_a_sheet_is_a_table_under_its_strip(theme: Theme) -> None:
    rows = "\n".join(f"Post {n} | {n}" for n in range(700))
    page = PageText(
        media_type="text/plain", text=rows, total=len(rows), tables=((0, 11, len(rows)),),
        places=(Place(0, 1, "sheet", "Budget", 1),),
    )  # fmt: skip
    document = QTextDocument()
    Writer(theme, page, "b.xlsx", 1.0).write(QTextCursor(document))
    tables = [t for t in document.rootFrame().childFrames() if isinstance(t, QTextTable)]
    assert sum(table.rows() for table in tables) == 700
    assert document.begin().text() == "Sheet Budget"


def test_titles_of_strips() -> None:
    assert title(Place(0, 1, "message", "Re: lease", 1_709_380_800_000)) == (
        "Message of 2 March 2024 · Re: lease"
    )
    assert title(Place(0, 1, "chapter", "The Whale", 3)) == "Chapter The Whale"


def test_one_goes_to_a_slide_by_its_number(
    reader: Reader, selection: Selection, qtbot: QtBot
) -> None:
    selection.open(Spot(DECK))
    qtbot.waitUntil(lambda: reader.units.count == 12, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: reader.bar._of.text() == "of 12 slides", timeout=PATIENCE_MS)
    assert reader.bar.field.text() == "1"
    assert reader.bar.field.accessibleName() == "Slide"
    reader.bar.field.setText("7")
    QTest.keyClick(reader.bar.field, Qt.Key.Key_Return)
    reader.text_view.setFocus()
    qtbot.waitUntil(lambda: reader.units.current == 7, timeout=PATIENCE_MS)
    reader.bar.next.click()
    qtbot.waitUntil(lambda: reader.bar.field.text() == "8", timeout=PATIENCE_MS)
    reader.go_to(12)
    qtbot.waitUntil(lambda: reader.bar.field.text() == "12", timeout=PATIENCE_MS)


def test_a_place_is_said_in_the_bar(reader: Reader, selection: Selection, qtbot: QtBot) -> None:
    selection.open(Spot(BOOK, None, ((20, 24),), where="sheet Budget, row 3"))
    wanted = "sheet Budget, row 3"
    qtbot.waitUntil(lambda: reader.bar.part.full_text() == wanted, timeout=PATIENCE_MS)
    assert reader.bar._pager.isHidden()  # there is only one sheet
    selection.open(Spot(DECK, None, ((1_306, 1_319),), where="slide 3, notes"))
    qtbot.waitUntil(lambda: reader.bar.field.text() == "3", timeout=PATIENCE_MS)
    assert reader.bar.part.full_text() == "notes"  # which slide, the number says


def test_a_page_that_was_recognised_says_so(
    reader: Reader, selection: Selection, settled: Wait, qtbot: QtBot
) -> None:
    note = reader.recognition
    selection.open(Spot(SCAN, 12))
    settled()
    qtbot.waitUntil(note.isVisible, timeout=PATIENCE_MS)
    assert note.said.full_text().startswith("Hard to read")
    with qtbot.waitSignal(reader.report_wanted) as wanted:
        note.more.click()
    assert wanted.args == [SCAN]
    reader.go_to(3)
    settled()
    assert note.said.full_text() == "Read by text recognition; may hold errors."
    reader.go_to(41)
    settled()
    assert "waits for text recognition" in note.said.full_text()
    reader.go_to(20)
    settled()
    assert note.isHidden()


def test_a_document_turns_out_to_have_pages(
    reader: Reader, selection: Selection, settled: Wait, qtbot: QtBot
) -> None:
    """Its ending says nothing, the library knows: opened as a text first, drawn then."""
    selection.open(Spot("/papers/Holt/scan without ending"))
    qtbot.waitUntil(lambda: reader.knowing.facts is not None, timeout=PATIENCE_MS)
    reader.showing.draw("/papers/Holt/scan without ending")
    settled()
    assert not reader.showing.shows_text
    assert reader.page == 1


def test_a_locked_document_asks_for_its_password(reader: Reader, qtbot: QtBot) -> None:
    reader.notice.show_problem(NeedsPassword(), was_text=True)
    assert not reader.notice.password.isHidden()
    with qtbot.waitSignal(reader.notice.password_wanted):
        reader.notice.password.click()


def test_what_is_selected_stays_when_the_page_is_drawn_sharper(
    reader: Reader, selection: Selection, lettered: Wait, settled: Wait, qtbot: QtBot
) -> None:
    """The library may have changed meanwhile: then the letters come anew."""
    selection.open(Spot("/papers/Holt/Lease.pdf", 14))
    lettered()
    pointer = reader.page_view.pointer
    pointer.select_all()
    words = pointer.text
    assert words
    letters = pointer._letters
    reader.showing.pages.forget()
    reader.resize(700, 700)
    qtbot.waitUntil(lambda: pointer._letters is not letters, timeout=PATIENCE_MS)
    assert pointer.text == words
    reader.go_to(15)
    settled()
    assert pointer.text == ""
