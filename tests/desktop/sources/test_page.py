"""The page of a collection on the fake engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.line_row import Line
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.sources.contents import _told_apart
from strongroom_desktop.sources.page import CollectionPage
from strongroom_engine.protocol import (
    Exclude,
    Indexing,
    ListSources,
    PauseIndexing,
    Progress,
    RemoveSource,
    RenameCollection,
    Sources,
)
from strongroom_engine.types import Progress as Counted
from strongroom_engine.types import Source, State

PATIENCE_MS = 20_000
HOLT, HOLT_NAME = "/papers/Holt", "Holt, 14 Harbour Street"


@pytest.fixture
def page(engine: Engine, theme: Theme, qtbot: QtBot) -> CollectionPage:
    page = CollectionPage(engine, theme)
    qtbot.addWidget(page)
    page.resize(1_160, 844)
    page.show()
    engine.send(ListSources())
    qtbot.waitUntil(lambda: len(page._every) == 3, timeout=PATIENCE_MS)
    page.show_collection(HOLT_NAME)
    qtbot.waitUntil(lambda: bool(page._records), timeout=PATIENCE_MS)
    return page


def said(lines: list[Line]) -> list[str]:
    return [line.accessibleName() for line in lines]


def counted(**counts: int) -> dict[str, int]:
    return {state.value: 0 for state in State} | counts


def test_it_says_what_the_collection_consists_of(page: CollectionPage) -> None:
    assert page.subtitle.full_text() == HOLT
    assert page.pace.share.text() == "9 of 11 documents"
    assert said(page.members.sources.lines) == [f"{HOLT}, 11 documents"]
    assert said(page.contents.kinds.lines) == [
        "PDF, 7",
        "Plain text and Markdown, 3",
        "Text documents (Word, OpenDocument), 1",
    ]
    assert not page.members.left_out.isVisible()


def test_a_page_that_is_made_later_asks_for_itself(
    page: CollectionPage, engine: Engine, theme: Theme, qtbot: QtBot
) -> None:
    late = CollectionPage(engine, theme)
    qtbot.addWidget(late)
    late.show_collection("Property precedents")
    late.show()
    qtbot.waitUntil(lambda: late.pace.share.text() == "96 documents", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: said(late.contents.kinds.lines) == ["PDF, 96"], timeout=PATIENCE_MS)


def test_what_is_left_out_can_be_included_again(
    page: CollectionPage, engine: Engine, qtbot: QtBot
) -> None:
    engine.send(Exclude(source=HOLT, pattern=f"{HOLT}/Drafts"))
    qtbot.waitUntil(page.members.left_out.isVisible, timeout=PATIENCE_MS)
    (line,) = page.members.left_out.lines
    assert line.accessibleName() == f"{HOLT}/Drafts"
    (back,) = line.findChildren(QPushButton)
    assert back.text() == "Include again"
    back.click()
    qtbot.waitUntil(lambda: not page.members.left_out.isVisible(), timeout=PATIENCE_MS)


def test_only_what_is_within_a_source_is_left_out_of_it(page: CollectionPage, qtbot: QtBot) -> None:
    dialog = page.members.choose_left_out(HOLT)
    with qtbot.waitSignal(page.refused) as refused:
        dialog.fileSelected.emit("/papers/Precedents")
    assert refused.args == [f"Only a folder within {HOLT} can be left out of it."]
    dialog.fileSelected.emit(f"{HOLT}/Service charge")
    dialog.reject()
    qtbot.waitUntil(page.members.left_out.isVisible, timeout=PATIENCE_MS)
    assert said(page.members.left_out.lines) == [f"{HOLT}/Service charge"]


def test_pausing_is_said_with_its_reason(
    page: CollectionPage, engine: Engine, qtbot: QtBot
) -> None:
    page.pause.click()
    qtbot.waitUntil(lambda: page.pause.text() == "Go on", timeout=PATIENCE_MS)
    assert page.pace.left.text() == "Paused"
    assert page.pace.rate.text() == "Indexing is paused. It goes on when you say so."
    engine.send(PauseIndexing(paused=False))
    qtbot.waitUntil(lambda: page.pause.text() == "Pause", timeout=PATIENCE_MS)
    assert page.pace.left.text() == ""


def test_nobody_goes_on_with_a_damaged_library(page: CollectionPage, engine: Engine) -> None:
    engine.received.emit(Indexing(paused=True, why="damage"))
    assert page.pause.isHidden()
    assert page.pace.rate.text() == "Indexing is paused: the library is damaged."


def test_progress_is_said_with_rate_and_time_left(
    page: CollectionPage, engine: Engine, qtbot: QtBot
) -> None:
    first, second = f"{HOLT}/Notes on the break right.md", f"{HOLT}/Next.pdf"
    now = Counted(9, 11, second, 3.1, 240.0, finished=(first,))
    engine.received.emit(Progress(progress=now))
    qtbot.waitUntil(lambda: page.pace.left.text() == "about 4 min left", timeout=PATIENCE_MS)
    assert page.pace.rate.text() == "3.1 documents per second"
    assert said(page.reading.lines) == ["Next.pdf"]
    assert said(page.contents.latest.lines) == ["Notes on the break right.md, 80 passages"]
    much = Counted(9, 11, second, 3.1, 240.0, 3_120, reading_s=41.0, pages_read=1_204)
    engine.received.emit(Progress(progress=much))
    expected = "Reading Next.pdf for 41 s, 3.1 documents per second, 1,204 pages read, 3,120 passages to go"
    qtbot.waitUntil(lambda: page.pace.rate.text() == expected, timeout=PATIENCE_MS)
    engine.received.emit(Progress())
    qtbot.waitUntil(lambda: not page.reading.isVisible(), timeout=PATIENCE_MS)


def test_a_renamed_collection_keeps_its_page(
    page: CollectionPage, engine: Engine, qtbot: QtBot
) -> None:
    engine.send(RenameCollection(name=HOLT_NAME, new_name="Harbour"))
    engine.send(ListSources())
    qtbot.waitUntil(lambda: page.collection == "Harbour", timeout=PATIENCE_MS)
    assert page.title.text() == "Harbour"


def test_a_removed_collection_has_no_page(
    page: CollectionPage, engine: Engine, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.gone, timeout=PATIENCE_MS):
        engine.send(RemoveSource(path=HOLT))
        engine.send(ListSources())
    assert page.collection == ""


def test_a_source_that_is_away_is_said(page: CollectionPage, engine: Engine) -> None:
    here = Source("/a", "A", counted(indexed=3))
    away = Source("/Volumes/b", "A", counted(indexed=4), present=False)
    engine.received.emit(Sources(sources=(here, away)))
    page.show_collection("A")
    assert page.subtitle.full_text() == "2 sources"
    assert page.notice.sentence.text() == "Answers rest on 7 documents."
    away_now = "b: It is not there now; its documents stay searchable."
    assert page.missing.sentence.text() == away_now
    assert page.missing.isVisible()
    assert said(page.members.sources.lines)[1].startswith("/Volumes/b, not there now")
    targets = [action.text() for action in page.members.menu_for(here).actions()]
    assert "Move to" not in targets  # there is no other collection
    engine.received.emit(Sources(sources=(here, replace(away, present=True))))
    assert not page.missing.isVisible()


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_sticks_out_where_it_is_narrow(
    page: CollectionPage, engine: Engine, theme: Theme, qtbot: QtBot, percent: int
) -> None:
    away = replace(page._mine()[0], present=False)
    engine.received.emit(Sources(sources=(away,)))
    theme.set_text_percent(percent)
    page.resize(560 if percent == 100 else 820, 700)

    def fits() -> bool:
        parts = (page.stock, page.members, page.contents, page.missing, page.notice)
        rights = [part.mapTo(page, part.rect().bottomRight()).x() for part in parts]
        return max(rights) < page._viewport.width()

    qtbot.waitUntil(fits, timeout=5_000)


def test_it_shows_what_of_it_is_read_and_was_read_last(
    page: CollectionPage, engine: Engine, qtbot: QtBot
) -> None:
    engine.received.emit(Sources(sources=(Source(HOLT, HOLT_NAME, counted(pending=2, indexed=9)),)))
    known = [record.path for record in page._records[HOLT]]
    now = Counted(
        9,
        11,
        f"{HOLT}/One.pdf",
        reading=(f"{HOLT}/One.pdf", "/papers/Holt II/Other.pdf", f"{HOLT}/Two.pdf"),
        finished=(known[2], "/papers/Other/Gone.pdf", known[0]),
    )
    engine.received.emit(Progress(progress=now))
    qtbot.waitUntil(lambda: said(page.reading.lines) == ["One.pdf", "Two.pdf"], timeout=PATIENCE_MS)
    assert page.contents._shown == [page._records[HOLT][2], page._records[HOLT][0]]
    engine.received.emit(Progress(progress=Counted(9, 11, "passages", model="MiniLM")))
    qtbot.waitUntil(lambda: not page.reading.isVisible(), timeout=PATIENCE_MS)


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    paths = ["/a/One/Deed.txt", "/a/Two/Deed.txt", "/a/Two/Map.txt"]
    assert _told_apart(paths) == ["One › Deed.txt", "Two › Deed.txt", "Map.txt"]


def test_what_the_page_was_not_told_of_is_not_shown_as_finished(page: CollectionPage) -> None:
    waiting, done = page._records[HOLT][0], page._records[HOLT][2]
    waiting = replace(waiting, state=State.PENDING)
    page.contents.show_records((waiting, done))
    page.contents.show_finished((waiting.path, done.path))
    assert page.contents._shown == [done]
