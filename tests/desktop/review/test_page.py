"""The list of review grids and the form for a new one, against the fake host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_reviews as made  # type: ignore[import-not-found]
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.desktop.review.conftest import NAME, PATIENCE_MS, MakePage

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review import ReviewPage
from strongroom_desktop.review.kept import SUMMARY
from strongroom_desktop.review.memory import Looks
from strongroom_desktop.review.sheets import Sheet
from strongroom_desktop.selection import Selection
from strongroom_engine.protocol import Progress, RunReview
from strongroom_engine.types import Column


def names(page: ReviewPage) -> list[str]:
    model = page.kept.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def sheet_of(page: ReviewPage) -> Sheet:
    (sheet,) = [each for each in page.window().findChildren(Sheet) if each.isVisible()]
    return sheet


def test_kept_reviews_are_listed_and_counted(
    qtbot: QtBot, start_engine: Callable[..., Engine], selection: Selection, theme: Theme
) -> None:
    page = ReviewPage(start_engine("--reports"), selection, theme)
    qtbot.addWidget(page)
    counts: list[int] = []
    page.counted.connect(counts.append)
    qtbot.waitUntil(lambda: names(page) == [NAME, "Half of it"], timeout=PATIENCE_MS)
    assert counts[-1] == 2
    said = page.kept.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{NAME}, 8 documents, 4 questions, 28 of 32 cells"
    assert page.kept.list.model().index(0, 0).data(SUMMARY).questions == 4


def test_without_any_it_says_what_to_do(
    qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme
) -> None:
    page = ReviewPage(engine, selection, theme)
    qtbot.addWidget(page)
    page.show()
    assert page.kept.list.isHidden()
    assert page.kept._empty.isVisible()
    page.begin_new()
    assert page.shown == "new"
    assert not page.new.go.isEnabled()
    assert page.new._said.text() == "Choose documents, then write a question."


def test_a_grid_is_opened_renamed_and_removed_from_the_list(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.waitUntil(lambda: len(names(page)) == 2, timeout=PATIENCE_MS)
    page.kept.list.setCurrentIndex(page.kept.list.model().index(1, 0))
    QTest.keyClick(page.kept.list, Qt.Key.Key_F2)
    sheet = sheet_of(page)
    field = sheet.findChild(QLineEdit)
    assert field is not None
    field.setText("The other half")
    sheet.accept()
    qtbot.waitUntil(lambda: "The other half" in names(page), timeout=PATIENCE_MS)
    page.kept.list.setCurrentIndex(page.kept.list.model().index(0, 0))
    QTest.keyClick(page.kept.list, Qt.Key.Key_Return)
    assert page.shown == "grid"
    qtbot.waitUntil(lambda: page.grid.model.columnCount() == 4, timeout=PATIENCE_MS)
    page._remove_now(page.grid.session.name)
    qtbot.waitUntil(lambda: len(names(page)) == 1, timeout=PATIENCE_MS)
    assert page.shown == "kept"
    assert page.grid.model.columnCount() == 0


def test_a_new_review_is_made_of_chosen_documents_and_typed_questions(
    qtbot: QtBot, page: ReviewPage, selection: Selection
) -> None:
    selection.set_documents(made.DOCUMENTS[:2])
    page.begin_new()
    form = page.new
    assert form.picker.chosen() == made.DOCUMENTS[:2]
    form.questions.setPlainText("Who is the chair?\n\n Who  audits? \nWho audits?")
    assert [each.question for each in form.columns()] == ["Who is the chair?", "Who audits?"]
    assert form._said.text() == "2 documents, 2 questions: 4 cells"
    form.name.setText(NAME)
    assert not form.go.isEnabled()
    assert form._said.text() == "There is a review grid of this name already."
    form.name.setText("Chairs & auditors")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    assert page.shown == "grid"
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 4, timeout=PATIENCE_MS)
    assert page.grid.model.documents == made.DOCUMENTS[:2]
    page.show_all()
    qtbot.waitUntil(lambda: "Chairs & auditors" in names(page), timeout=PATIENCE_MS)


def test_questions_are_read_from_a_file(qtbot: QtBot, page: ReviewPage) -> None:
    page.begin_new()
    page.new.questions.setPlainText("Who is the chair?")
    page.new.read_questions("/questions.csv")
    qtbot.waitUntil(lambda: len(page.new.columns()) == 3, timeout=PATIENCE_MS)
    assert [each.title for each in page.new.columns()][:2] == ["Who is the chair?", "Signed"]


def test_documents_are_filtered_and_ticked_with_the_keyboard(page: ReviewPage) -> None:
    page.begin_new()
    picker = page.new.picker
    picker._filter.setText("kestrel tankers")
    assert picker.list.model().rowCount() == 1
    picker.list.setCurrentIndex(picker.list.model().index(0, 0))
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    assert picker.chosen() == (made.DOCUMENTS[2],)
    picker._filter.setText("")
    words = [action.text() for action in picker.menu().actions()]
    assert any(word.endswith("8 documents") for word in words)
    offered = {record.path for record in picker._model.records}
    assert not any("Schedule of condition" in path for path in offered)  # skipped: it has no text


def test_documents_join_and_leave_a_grid(qtbot: QtBot, grid_page: ReviewPage) -> None:
    page = grid_page
    page._choose_documents()
    sheet = sheet_of(page)
    picker = sheet.findChildren(type(page.new.picker))[0]
    extra = next(r.path for r in picker._model.records if r.path not in made.DOCUMENTS)
    picker.tick_only([*made.DOCUMENTS[2:], extra])
    sheet.accept()
    qtbot.waitUntil(lambda: len(page.grid.model.documents) == 7, timeout=PATIENCE_MS)
    assert page.grid.model.documents == (*made.DOCUMENTS[2:], extra)
    qtbot.waitUntil(
        lambda: str(page.grid.model.index(6, 0).data()).startswith("Answer to"),
        timeout=PATIENCE_MS,
    )


def test_the_look_of_a_grid_is_kept_without_its_words(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    looks = Looks(QSettings(str(file), QSettings.Format.IniFormat))
    looks.set_width("Dismissals", "Who is dismissed?", 240)
    looks.set_hidden("Dismissals", "Why?", True)
    looks.rename("Dismissals", "Leavers", ["Who is dismissed?", "Why?"])
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.sync()
    again = Looks(settings)
    assert again.width("Leavers", "Who is dismissed?") == 240
    assert again.is_hidden("Leavers", "Why?")
    assert again.width("Dismissals", "Who is dismissed?") == 0
    content = file.read_text(encoding="utf-8")
    assert "ismiss" not in content
    assert "Leavers" not in content


def test_a_review_that_is_left_goes_on_and_is_found_again(
    qtbot: QtBot, start_engine: Callable[..., Engine], make_page: MakePage
) -> None:
    page = make_page(start_engine("--reports", "--delay-ms", "40"))
    first = RunReview(name="First", columns=(Column("Who is it?"),), documents=made.DOCUMENTS)
    page._start(first)
    qtbot.waitUntil(lambda: page.grid.model.count("done") >= 1, timeout=PATIENCE_MS)
    page._start(RunReview(name="Second", columns=(Column("Why?"),), documents=made.DOCUMENTS))
    assert page.grid.session.waits_for == "First"
    assert "waits for “First”" in page.grid.bar.text()
    page.open_review("First")
    qtbot.waitUntil(lambda: page.grid.model.count("done") >= 3, timeout=PATIENCE_MS)
    assert page.grid.session.name == "First"
    assert page.grid.session.running
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 8, timeout=PATIENCE_MS)
    page.open_review("Second")
    qtbot.waitUntil(lambda: page.grid.model.count("done") == 8, timeout=PATIENCE_MS)
    assert str(page.grid.model.index(0, 0).data()) == "Answer to Why?"


def test_a_name_that_is_taken_is_refused_in_words(qtbot: QtBot, grid_page: ReviewPage) -> None:
    grid = grid_page.grid
    grid.table.questions.resizeSection(0, 300)
    grid.session.rename("Half of it")
    qtbot.waitUntil(lambda: bool(grid.notice.text), timeout=PATIENCE_MS)
    assert grid.notice.text.startswith("There is a review named Half of it already.")
    assert grid.head.title.full_text() == NAME
    grid.session.rename("Reports")
    qtbot.waitUntil(lambda: grid.head.title.full_text() == "Reports", timeout=PATIENCE_MS)
    assert grid_page._looks.width("Reports", made.REVENUE.question) == 300
    qtbot.waitUntil(lambda: "Reports" in names(grid_page), timeout=PATIENCE_MS)


def test_answers_of_changed_documents_go_when_the_index_rests(
    qtbot: QtBot, grid_page: ReviewPage
) -> None:
    grid = grid_page.grid
    asked: list[str] = []
    grid.session.opened.connect(lambda review: asked.append(review.name))
    grid_page._engine.received.emit(Progress(progress=None))
    qtbot.waitUntil(lambda: asked == [NAME], timeout=PATIENCE_MS)
    assert grid.model.count("done") == 28
