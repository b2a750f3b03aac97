"""Problems by reason: what a group offers, what a row does, and that thousands cost nothing."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.absence import absence
from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.problems import Problems
from strongroom_desktop.problems.group import SHOWN_ROWS, GroupBox
from strongroom_desktop.problems.groups import grouped, words_for
from strongroom_desktop.problems.model import ProblemModel, Row
from strongroom_desktop.selection import Selection
from strongroom_engine.errors import DocumentProblem
from strongroom_engine.protocol import Exclude, Message, RetryDocuments, Status
from strongroom_engine.types import Away, DocumentRecord, LibraryStatus, Source, State

PATIENCE_MS = 20_000
NUMBER = 4_711
SCAN = "/p/Scan 1.pdf"


def problem(
    name: str, code: str = "no-text", state: State = State.SKIPPED, collection: str = "A"
) -> DocumentRecord:
    return DocumentRecord(
        f"/p/{name}", "/p", collection, state, code=code, reason="It may be a scan."
    )


PROBLEMS = (
    problem("Scan 1.pdf"),
    problem("Scan 2.pdf", collection="B"),
    problem("Bad.pdf", "damaged", State.FAILED),
    problem("Worse.pdf", "damaged", State.FAILED),
    problem("Slow.pdf", "timed-out", State.FAILED),
)


@pytest.fixture
def page(engine: Engine, selection: Selection, theme: Theme, qtbot: QtBot) -> Problems:
    page = Problems(engine, selection, theme)
    qtbot.addWidget(page)
    page.resize(1_000, 800)
    page.show()
    qtbot.waitUntil(lambda: page._status is not None, timeout=PATIENCE_MS)
    return page


def tell(page: Problems, *problems: DocumentRecord, **counts: int) -> None:
    """Let the engine say what is wrong."""
    page._latest.wanted = NUMBER
    counted = {state.value: 0 for state in State} | counts
    status = LibraryStatus(counted, 0, 0, problems)
    page._engine.received.emit(Status(id=NUMBER, status=status))
    QApplication.processEvents()


def heads(page: Problems) -> list[str]:
    return [line.partition(":")[0] for line in page.text().splitlines()]


class Sent:
    """What the page asks of the engine; it reaches it, too."""

    def __init__(self, page: Problems, monkeypatch: pytest.MonkeyPatch) -> None:
        self.messages: list[Message] = []
        send = page._engine.send

        def keep(message: Message) -> int:
            self.messages.append(message)
            return send(message)

        monkeypatch.setattr(page._engine, "send", keep)


def test_groups_come_by_reason_with_their_remedy(page: Problems) -> None:
    tell(page, *PROBLEMS, indexed=95, skipped=2, failed=3)
    assert heads(page) == ["Pictures without text 2", "Damaged 2", "Took too long 1"]
    remedies = [box._remedy.text() for box in page._boxes.values()]
    assert remedies == ["Leave all 2 out", "Read both again", "Open Settings"]
    assert page.subtitle.full_text() == "5 of 100 documents are not in the index"


def test_all_well_and_not_yet_all_read(page: Problems) -> None:
    tell(page, indexed=3)
    assert page._well.text() == "Every document is in the index."
    assert page._well.isVisible()
    tell(page, indexed=3, pending=2)
    assert page._well.text() == "No problems so far. 2 documents are still being read."
    tell(page)
    assert page._well.text() == "No documents yet."


def test_all_is_not_said_to_be_indexed_while_a_source_is_away(page: Problems) -> None:
    tell(page, indexed=3)
    try:
        absence.note([Source("/p", "A", present=False, away=Away.MISSING)])
        assert "not here now" in page._well.text()
        assert "Every document" not in page._well.text()
        page.resize(500, 400)
        assert page._well.minimumSizeHint().width() < 400  # it goes on in the next line
    finally:
        absence.note([])
    assert page._well.text() == "Every document is in the index."


def test_one_collection_s_problems(page: Problems) -> None:
    tell(page, *PROBLEMS, indexed=95)
    assert [action.text() for action in page.filters.menu().actions()] == [
        "All collections", "A", "B",
    ]  # fmt: skip
    page.show_collection("B")
    assert heads(page) == ["Pictures without text 1"]
    tell(page, *PROBLEMS[2:], indexed=97)
    assert page.filters.collection == ""  # B has none any more
    assert heads(page) == ["Damaged 2", "Took too long 1"]


def test_reading_again_is_said_until_it_is_done(
    page: Problems, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(page, *PROBLEMS)
    sent = Sent(page, monkeypatch)
    box = page._boxes["damaged"]
    box._remedy.click()
    assert RetryDocuments(paths=("/p/Bad.pdf", "/p/Worse.pdf")) in sent.messages
    assert box.model.again == {"/p/Bad.pdf", "/p/Worse.pdf"}
    assert not box._remedy.isEnabled()
    qtbot.waitUntil(lambda: not page._again, timeout=PATIENCE_MS)
    assert box._remedy.isEnabled() or "damaged" not in page._boxes


def test_icons_of_a_row_do_what_they_show(
    page: Problems, monkeypatch: pytest.MonkeyPatch, selection: Selection
) -> None:
    tell(page, *PROBLEMS)
    sent = Sent(page, monkeypatch)
    rows = page._boxes["no-text"].list
    index = rows.model().index(0, 0)
    row = rows.visualRect(index)
    boxes = {deed.key: box for deed, box in rows._delegate.boxes(row, rows._rows.row(index))}
    click(rows, boxes["exclude"].center())
    assert sent.messages == [Exclude(source="/p", pattern=SCAN)]
    click(rows, boxes["retry"].center())
    assert sent.messages[-1] == RetryDocuments(paths=(SCAN,))
    assert selection.place is None
    click(rows, QPoint(100, row.center().y()))
    assert selection.place is not None
    assert selection.place.file == SCAN


def click(rows: object, at: QPoint) -> None:
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)  # type: ignore[attr-defined]


def test_a_source_that_is_one_file_is_not_left_out_of_itself(page: Problems) -> None:
    alone = DocumentRecord("/p/One.pdf", "/p/One.pdf", "A", State.FAILED, code="damaged")
    tell(page, alone)
    texts = [action.text() for action in page.menu_for(alone).actions()]
    assert "Read again" in texts
    assert "Leave out of the library" not in texts


def test_settings_and_the_clipboard(page: Problems, qtbot: QtBot) -> None:
    tell(page, *PROBLEMS)
    with qtbot.waitSignal(page.settings_wanted):
        page._boxes["timed-out"]._remedy.click()
    copying = page._boxes["no-text"].menu().actions()[1]
    assert copying.text() == "Copy 2 paths"
    copying.trigger()
    assert QGuiApplication.clipboard().text() == "/p/Scan 1.pdf\n/p/Scan 2.pdf"
    page.filters.copy_wanted.emit()
    assert QGuiApplication.clipboard().text().count("\t") == len(PROBLEMS)


def test_the_keyboard_goes_from_group_to_group(page: Problems, selection: Selection) -> None:
    tell(page, *PROBLEMS)
    scans, damaged = page._boxes["no-text"].list, page._boxes["damaged"].list
    page.activateWindow()
    scans.setFocus()
    QTest.keyClick(scans, Qt.Key.Key_Down)
    QTest.keyClick(scans, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is damaged
    assert damaged.currentIndex().data() == "Bad.pdf"
    QTest.keyClick(damaged, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is scans
    QTest.keyClick(scans, Qt.Key.Key_Return)
    assert selection.place is not None
    assert selection.place.file == "/p/Scan 2.pdf"


def test_rows_that_stay_are_kept(qtbot: QtBot) -> None:
    model = ProblemModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setParent(model)
    model.set_rows([Row(problem(f"{name}.pdf"), "") for name in "bcd"])
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.set_rows([Row(problem(f"{name}.pdf"), "") for name in "abdef"])
    assert [model.index(row).data()[0] for row in range(model.rowCount())] == list("abdef")
    assert not resets
    model.set_rows([Row(problem(f"{name}.pdf"), "") for name in "fed"])
    assert [model.index(row).data()[0] for row in range(model.rowCount())] == list("fed")
    assert resets


def test_boxes_that_stay_are_kept(page: Problems) -> None:
    tell(page, *PROBLEMS)
    box = page._boxes["damaged"]
    tell(page, *PROBLEMS[2:])
    assert page._boxes["damaged"] is box
    assert "no-text" not in page._boxes
    assert [w.group.code for w in page.findChildren(GroupBox) if w.isVisible()] == [
        "damaged", "timed-out",
    ]  # fmt: skip


def test_two_thousand_problems_cost_what_twenty_cost(page: Problems) -> None:
    """Rows are painted where they are seen: showing a hundred times as many takes no hundred times
    as long. In processor time of this thread: how busy the machine is does not matter."""
    few = shown_s(page, 20)
    many = shown_s(page, 2_000)
    box = page._boxes["no-text"]
    assert box.model.rowCount() == 2_000
    assert box.list.height() == 2_000 * page.theme.control("row_list")
    assert many < 25 * few
    widgets = len(box.findChildren(type(box.list).__mro__[-2]))
    assert widgets < 100  # no row is an object of its own


def shown_s(page: Problems, count: int) -> float:
    tell(page)
    problems = [problem(f"{number:05d}.pdf") for number in range(count)]
    began = time.thread_time()
    tell(page, *problems)
    box = page._boxes["no-text"]
    assert box.model.rowCount() == SHOWN_ROWS
    box.unfold()
    QApplication.processEvents()
    page.grab()
    return time.thread_time() - began


def test_every_problem_of_a_document_has_words() -> None:
    """What the engine can say of one has its group, and not 'Other reasons'."""
    for problem_ in DocumentProblem.__subclasses__():
        assert words_for(problem_.code).title != words_for("nonsense").title, problem_.code


def test_passwords_are_asked_for(page: Problems, qtbot: QtBot) -> None:
    inside = problem("Post.zip/Lease.pdf", "needs-password")
    tell(page, problem("Licence.pdf", "needs-password"), inside, *PROBLEMS)
    box = page._boxes["needs-password"]
    assert box._remedy.text() == "Enter password…"
    assert box._remedy.property("kind") == "primary"
    with qtbot.waitSignal(page.password_wanted) as wanted:
        box._remedy.click()
    assert [len(each) for each in wanted.args] == [2, 2]
    assert box.model.index(1, 0).data() == "Lease.pdf in Post.zip"
    menu = page.menu_for(inside)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Enter password…"
    assert "Show “Post.zip” in its folder" in texts
    with qtbot.waitSignal(page.report_wanted) as report:
        menu.actions()[texts.index("How it was read")].trigger()
    assert report.args == ["/p/Post.zip/Lease.pdf"]
    with qtbot.waitSignal(page.password_wanted) as wanted:
        menu.actions()[0].trigger()
    assert [len(each) for each in wanted.args] == [1, 2]


def test_pictures_without_words_come_last_and_warn_of_nothing() -> None:
    photos = [problem(f"IMG_{number}.JPG") for number in range(3)]
    groups = grouped([*photos, problem("Scan.pdf"), problem("Bad.pdf", "damaged", State.FAILED)])
    assert [len(group.records) for group in groups] == [1, 1, 3]
    assert [group.role for group in groups] == ["warn", "error", "text_3"]
    assert groups[-1].reason.title == "Pictures"
