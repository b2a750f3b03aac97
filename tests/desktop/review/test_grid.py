"""An open grid against the fake host: it fills, is paused, changed, narrowed, copied."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeGuard

import made_reviews as made  # type: ignore[import-not-found]
import pytest
from fake_reviews import TOGETHER  # type: ignore[import-not-found]
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.review.conftest import NAME, PATIENCE_MS, MakePage

from strongroom_desktop.client import Engine
from strongroom_desktop.review import ReviewPage
from strongroom_desktop.review.model import GridModel
from strongroom_desktop.review.sheets import TextField
from strongroom_desktop.selection import Selection, Trail
from strongroom_engine.protocol import RunReview, Search
from strongroom_engine.types import Column


def texts(model: GridModel, column: int) -> list[str]:
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def rested(qtbot: QtBot, page: ReviewPage) -> None:
    session = page.grid.session
    qtbot.waitUntil(lambda: not session._work and not session._other, timeout=PATIENCE_MS)


def run(page: ReviewPage, *columns: Column) -> None:
    page._start(RunReview(name="Filling", columns=columns, documents=made.DOCUMENTS))


def test_the_review_of_the_picture_is_shown(grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    assert (grid.model.rowCount(), grid.model.columnCount()) == (8, 4)
    assert grid.model.headerData(0, Qt.Orientation.Horizontal) == "Revenue 2023 and change"
    assert grid.model.names(0) == ("Ostra Maritime SE", "Annual report 2023, 112 p.")
    assert texts(grid.model, 1)[4:6] == ["Not stated", "None"]
    said = grid.bar.text().replace("\u2068", "").replace("\u2069", "")
    assert said == "28 of 32 cells; 1 cell to check; 1 not stated"
    assert grid.head.title.full_text() == NAME


def test_it_fills_while_it_works_and_pauses(
    qtbot: QtBot, start_engine: Callable[..., Engine], make_page: MakePage
) -> None:
    page = make_page(start_engine("--reports", "--delay-ms", "40"))
    grid = page.grid
    run(page, Column("Who is the chair?"), Column("Who audits?"))
    qtbot.waitUntil(lambda: 3 <= grid.model.count("done") < 12, timeout=PATIENCE_MS)
    assert grid.session.running
    assert grid.bar.run_button.text() == "Pause"
    assert "min left" in grid.bar.text() or "minute left" in grid.bar.text()
    assert 1 < (texts(grid.model, 0) + texts(grid.model, 1)).count("Reading") <= TOGETHER
    QTest.mouseClick(grid.bar.run_button, Qt.MouseButton.LeftButton)
    rested(qtbot, page)
    at_rest = grid.model.count("done")
    assert at_rest < 16
    assert grid.bar.run_button.text() == "Go on"
    assert "Reading" not in texts(grid.model, 0) + texts(grid.model, 1)
    QTest.mouseClick(grid.bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: grid.model.count("done") == 16, timeout=PATIENCE_MS)
    rested(qtbot, page)
    assert grid.bar.run_button.isHidden()


def test_the_grid_stays_when_the_engine_dies_and_goes_on(
    qtbot: QtBot, start_engine: Callable[..., Engine], make_page: MakePage
) -> None:
    engine = start_engine("--reports", "--delay-ms", "30")
    page = make_page(engine)
    page.open_review(NAME)
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 28, timeout=PATIENCE_MS)
    page.grid.actions_.ask_again([made.CONCERN.question], made.DOCUMENTS)
    assert page.grid.model.count("done") == 21
    with qtbot.waitSignal(engine.died, timeout=PATIENCE_MS):
        engine.send(Search(question="die"))
    rested(qtbot, page)
    assert page.grid.model.count("done") >= 21
    assert texts(page.grid.model, 0)[0] == "€508.9\u00a0million, up 6.1\u00a0%"
    assert page.grid.bar.run_button.text() == "Go on"
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 28, timeout=PATIENCE_MS)  # kept
    page.grid.bar.run_button.click()
    qtbot.waitUntil(lambda: page.grid.model.count("failed") == 4, timeout=PATIENCE_MS)


def test_a_review_that_was_never_taken_in_begins_with_go_on(
    qtbot: QtBot, start_engine: Callable[..., Engine], make_page: MakePage
) -> None:
    engine = start_engine("--reports")
    page = make_page(engine)
    with qtbot.waitSignal(engine.died, timeout=PATIENCE_MS):
        engine.send(Search(question="die"))
    run(page, Column("Who is the chair?"))
    rested(qtbot, page)
    button = page.grid.bar.run_button
    assert (button.text(), button.isHidden()) == ("Go on", False)
    with qtbot.waitSignal(engine.started, timeout=PATIENCE_MS):
        pass
    button.click()
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 8, timeout=PATIENCE_MS)


def test_a_narrow_grid_says_less_and_overlaps_nothing(grid_page: ReviewPage) -> None:
    bar, head = grid_page.grid.bar, grid_page.grid.head
    grid_page.resize(500, 600)
    for row in (bar, head):
        shown = sorted(
            (child.geometry() for child in row.children() if _is_shown(child)),
            key=lambda box: box.left(),
        )
        assert len(shown) >= 4
        assert all(one.right() < other.left() for one, other in pairwise(shown))
    assert "1 to check" in bar.text()
    grid_page.resize(1000, 600)
    assert "1 cell to check" in bar.text()
    assert head.add.text() == "Add question"


def _is_shown(child: object) -> TypeGuard[QWidget]:
    return isinstance(child, QWidget) and child.isVisible()


def test_one_cell_is_asked_again(qtbot: QtBot, grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.table.setCurrentIndex(grid.model.index(0, 0))
    QTest.keyClick(grid.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert texts(grid.model, 0)[0] == "–"
    rested(qtbot, grid_page)
    assert "asked again" in texts(grid.model, 0)[0]
    assert "asked again" not in "".join(texts(grid.model, 0)[1:] + texts(grid.model, 1))
    assert grid.table.currentIndex() == grid.model.index(0, 0)


def test_an_edited_question_is_asked_anew_and_the_others_stay(
    qtbot: QtBot, grid_page: ReviewPage
) -> None:
    grid = grid_page.grid
    others = texts(grid.model, 0)
    grid.table.setCurrentIndex(grid.model.index(2, 1))
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    sheet = grid.actions_.sheet
    assert sheet is not None
    field = sheet.findChild(TextField)
    assert field is not None
    assert field.toPlainText() == made.IMPAIRED.question
    field.setPlainText("Which ships were impaired?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: texts(grid.model, 1)[0] == "Answer to Which ships were impaired?",
        timeout=PATIENCE_MS,
    )
    rested(qtbot, grid_page)
    assert texts(grid.model, 0)[:7] == others[:7]  # the last document fails once more
    assert grid.model.count("done") == 7 * 3 + 8


def test_columns_are_added_moved_hidden_and_deleted(qtbot: QtBot, grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.actions_._add_column(Column("Who is the chair?"))
    qtbot.waitUntil(lambda: grid.model.columnCount() == 5, timeout=PATIENCE_MS)
    rested(qtbot, grid_page)
    assert texts(grid.model, 4)[0] == "Answer to Who is the chair?"
    grid.table.setCurrentIndex(grid.model.index(3, 4))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(grid.table, Qt.Key.Key_Left, both)
    qtbot.waitUntil(
        lambda: grid.model.columns[3].question == "Who is the chair?", timeout=PATIENCE_MS
    )
    assert grid.table.currentIndex() == grid.model.index(3, 3)  # the same cell as before
    grid.table.set_shown(0, False)
    assert grid.table.isColumnHidden(0)
    QTest.keyClick(grid.table, Qt.Key.Key_Delete)
    assert grid.actions_.sheet is not None
    grid.actions_.sheet.accept()
    qtbot.waitUntil(lambda: grid.model.columnCount() == 4, timeout=PATIENCE_MS)
    assert grid.table.isColumnHidden(0)
    assert made.REVENUE in grid.model.columns


def test_a_dragged_column_stays_where_it_is_put(qtbot: QtBot, grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    others = [texts(grid.model, column) for column in range(4)]
    grid.table.questions.moveSection(3, 0)
    grid.table.questions.tell_order()
    wanted = (made.AUDITOR, made.REVENUE, made.IMPAIRED, made.CONCERN)
    assert grid.model.columns == wanted  # at once
    rested(qtbot, grid_page)
    assert grid.model.columns == wanted
    assert [texts(grid.model, column) for column in range(4)] == [others[n] for n in (3, 0, 1, 2)]
    assert [grid.table.questions.visualIndex(n) for n in range(4)] == [0, 1, 2, 3]


def test_many_cells_are_asked_again_only_after_a_question(
    qtbot: QtBot, grid_page: ReviewPage
) -> None:
    grid = grid_page.grid
    grid.table.selectAll()
    QTest.keyClick(grid.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert grid.model.count("done") == 28
    assert grid.actions_.sheet is not None
    grid.actions_.sheet.accept()
    assert grid.model.count("done") == 0
    qtbot.waitUntil(lambda: grid.model.count("done") == 28, timeout=PATIENCE_MS)
    assert "asked again" in texts(grid.model, 3)[0]


def test_the_reader_follows_and_enter_goes_through_the_citations(
    qtbot: QtBot, grid_page: ReviewPage, selection: Selection
) -> None:
    grid = grid_page.grid
    opened: list[tuple[Trail, bool]] = []
    wanted: list[bool] = []
    selection.opened.connect(lambda trail, preview: opened.append((trail, preview)))
    grid_page.reader_wanted.connect(wanted.append)
    qtbot.wait(200)
    opened.clear()
    grid.table.setCurrentIndex(grid.model.index(0, 1))
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=PATIENCE_MS)
    trail, preview = opened[0]
    assert (trail.kind, trail.place.page, len(trail.places), preview) == ("citation", 87, 2, True)
    assert trail.place.spans == ((120, 260),)
    for page in (87, 88, 87):
        QTest.keyClick(grid.table, Qt.Key.Key_Return)
        trail, preview = opened[-1]
        assert (trail.place.page, preview) == (page, False)
    assert wanted[-1]


def test_rows_are_narrowed_sorted_and_found_again(grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.table.setCurrentIndex(grid.model.index(4, 0))
    place = grid.model.place(grid.table.currentIndex())
    QTest.mouseClick(grid.bar.count_button("check"), Qt.MouseButton.LeftButton)
    assert grid.model.rowCount() == 1
    assert grid.model.place(grid.table.currentIndex()) == place
    QTest.mouseClick(grid.bar.count_button("check"), Qt.MouseButton.LeftButton)
    assert grid.model.rowCount() == 8
    grid.head.search.click()
    QTest.keyClicks(grid.head.filter, "harlow")
    assert [grid.model.names(row)[0] for row in range(grid.model.rowCount())] == [
        "Ostra Maritime SE",
        "Kestrel Tankers plc",
        "Hellas Bulk Carriers",
    ]
    QTest.keyClick(grid.head.filter, Qt.Key.Key_Escape)
    assert grid.model.rowCount() == 8
    grid.table.questions.sort_wanted.emit(0)
    assert grid.model.names(0)[0] == "Tamar Offshore"
    assert grid.model.place(grid.table.currentIndex()) == place
    grid.table.questions.sort_wanted.emit(0)
    grid.table.questions.sort_wanted.emit(0)
    assert grid.model.names(0)[0] == "Ostra Maritime SE"


def test_cells_are_copied_with_their_source_and_as_a_table(grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.table.setCurrentIndex(grid.model.index(0, 0))
    QTest.keyClick(grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("€508.9 million, up 6.1 % (Ostra Maritime SE.pdf, p. 9)\n“")
    grid.table.clearSelection()
    grid.table.selectColumn(1)
    QTest.keyClick(grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert rows[0] == ["Document", "Impairments recognised in the year"]
    assert rows[5] == ["Hellas Bulk Carriers.pdf", "Not stated"]
    assert len(rows) == 9


def test_a_person_marks_and_corrects(qtbot: QtBot, grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.table.setCurrentIndex(grid.model.index(4, 0))
    grid.actions_.judge("right")
    qtbot.waitUntil(lambda: grid.model.count("check") == 0, timeout=PATIENCE_MS)
    grid.actions_.correct()
    sheet = grid.actions_.sheet
    assert sheet is not None
    field = sheet.findChild(TextField)
    assert field is not None
    field.setPlainText("$188.3 million, restated")
    sheet.accept()
    qtbot.waitUntil(
        lambda: texts(grid.model, 0)[4] == "$188.3\u00a0million, restated", timeout=PATIENCE_MS
    )
    grid.actions_.ask_again([made.REVENUE.question], made.DOCUMENTS)
    assert texts(grid.model, 0)[4] == "$188.3\u00a0million, restated"


def test_widths_are_remembered_and_shared(grid_page: ReviewPage) -> None:
    table = grid_page.grid.table
    free = table.columnWidth(1)
    assert sum(table.columnWidth(n) for n in range(4)) <= table.viewport().width()
    table.questions.resizeSection(0, 300)
    assert table._looks.width(NAME, made.REVENUE.question) == 300
    table.resize(table.width() + 4, table.height())
    assert table.columnWidth(0) == 300
    assert table.columnWidth(1) <= free
    table.corner.dragged.emit(260)
    assert table.verticalHeader().width() == 260
    assert table.corner.width() == 260


@pytest.mark.parametrize("what", ["cell", "column", "row", "more", "export", "columns"])
def test_menus_open_with_words(grid_page: ReviewPage, what: str) -> None:
    grid = grid_page.grid
    at = QPoint(10, 10)
    match what:
        case "cell":
            menu = grid.actions_.cell_menu(at)
        case "column":
            menu = grid.actions_.column_menu(1, at)
        case "row":
            menu = grid.actions_.row_menu(0, at)
        case _:
            getattr(grid.menus, f"open_{what}")()
            menu = grid.head.findChildren(type(grid.actions_.column_menu(0, at)))[-1]
    assert menu is not None
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert len(words) >= 2
    assert all(words)
    menu.close()


def test_an_export_says_where_it_was_written(qtbot: QtBot, grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.session.export("/tables/reports.xlsx")
    qtbot.waitUntil(
        lambda: grid.written.text == "Written to /tables/reports.xlsx.", timeout=PATIENCE_MS
    )
