"""Wording that came from file names and figures: never markup, never turned around."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt as Gui
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page
from strongroom_desktop.problems.groups import detail
from strongroom_desktop.problems.model import ProblemModel, Row
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.page import CollectionPage
from strongroom_desktop.status import StatusLine
from strongroom_desktop.text import ISOLATES, as_tooltip
from strongroom_desktop.widgets import Button, ElidedLabel, label
from strongroom_engine.protocol import Progress, Sources
from strongroom_engine.types import DocumentRecord, Source, State
from strongroom_engine.types import Progress as ProgressValue

PATIENCE_MS = 20_000
HOSTILE = '<img src="file:///etc/passwd"> & <b>Lease</b>.pdf'


def read_back(tooltip: str) -> str:
    """What a tooltip shows."""
    if not Gui.mightBeRichText(tooltip):
        return tooltip
    return QTextDocumentFragment.fromHtml(tooltip).toPlainText()


def test_names_in_tooltips_are_not_markup(qtbot: QtBot, theme: Theme) -> None:
    assert read_back(as_tooltip(HOSTILE)) == HOSTILE
    assert as_tooltip("Lease & deed.pdf\nsecond line") == "Lease & deed.pdf\nsecond line"
    name = ElidedLabel(HOSTILE)
    qtbot.addWidget(name)
    name.resize(60, 20)
    name.show()
    assert read_back(name.toolTip()) == HOSTILE
    record = DocumentRecord(f"/a/{HOSTILE}", "/a", "A", State.FAILED, reason="It is damaged.")
    rows = ProblemModel()
    rows.set_rows([Row(record, "")])
    tooltip = rows.index(0).data(Gui.ItemDataRole.ToolTipRole)
    assert read_back(tooltip) == f"/a/{HOSTILE}\nIt is damaged."


def test_figures_keep_their_place_in_right_to_left(
    qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme
) -> None:
    line = StatusLine(engine, selection, theme)
    qtbot.addWidget(line)
    value = ProgressValue(1_204, 1_980, "a.pdf", 3.0, 240.0, 20)
    engine.received.emit(Progress(progress=value))
    assert line.index_text() == "1,204 of 1,980 documents, about 4 min left"
    assert line._index.text().startswith(ISOLATES[0])
    assert line._index.text().endswith(ISOLATES[1])


def test_icon_and_text_stand_apart_whenever_the_text_came(qtbot: QtBot, theme: Theme) -> None:
    at_once = Button(theme, "All collections", icon="library")
    later = Button(theme, icon="library")
    alone = later.iconSize().width()
    later.setText("All collections")
    qtbot.addWidget(at_once)
    qtbot.addWidget(later)
    assert later.iconSize() == at_once.iconSize()
    assert later.iconSize().width() > alone


def test_head_and_body_of_a_page_share_their_edges(qtbot: QtBot, theme: Theme) -> None:
    page = Page(theme, "Problems")
    qtbot.addWidget(page)
    first = label("First")
    page.body.addWidget(first)
    filling = label("Long")
    filling.setFixedHeight(2_000)
    page.body.addWidget(filling)
    page.resize(1_100, 600)
    page.show()

    def left(widget: QLabel) -> int:
        return widget.mapTo(page, QPoint()).x()

    qtbot.waitUntil(lambda: page._viewport.width() < page.width(), timeout=5_000)
    qtbot.waitUntil(lambda: left(page.title) == left(first), timeout=5_000)
    filling.setFixedHeight(20)
    qtbot.waitUntil(lambda: page._viewport.width() == page.width(), timeout=5_000)
    qtbot.waitUntil(lambda: left(page.title) == left(first), timeout=5_000)


def test_documents_found_by_words_are_told_apart_from_indexed_ones(
    qtbot: QtBot, engine: Engine, theme: Theme
) -> None:
    """'0 of 9 documents' and '9 in the index' would contradict each other."""
    page = CollectionPage(engine, theme)
    qtbot.addWidget(page)
    page.show()
    counts = {str(state): 9 if state == State.READABLE else 0 for state in State}
    engine.received.emit(Sources(sources=(Source("/a", "A", counts),)))
    page.show_collection("A")
    assert [count.text() for count in page.stock.counts] == ["0", "9", "0", "0", "0"]
    assert page.pace.share.text() == "0 of 9 documents"
    assert page.notice.sentence.text() == (
        "You can ask already. Answers rest on the 9 documents read so far."
    )


@pytest.mark.parametrize("case", list(product([100, 125, 150], [560, 900, 1440])))
def test_the_privacy_is_never_cut(
    qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme, case: tuple[int, int]
) -> None:
    """Device and memory go first, then the model, then the end of how the index stands."""
    percent, width = case
    theme.set_text_percent(percent)
    line = StatusLine(engine, selection, theme)
    qtbot.addWidget(line)
    line.resize(width, line.height())
    line.show()
    qtbot.waitUntil(lambda: "1,311" in line.index_text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(line._model.device.text()), timeout=PATIENCE_MS)
    if width >= theme.px(1000):
        qtbot.waitUntil(line._model.figures.isVisible, timeout=PATIENCE_MS)
    qtbot.wait(50)
    right = line._privacy.mapTo(line, line._privacy.rect().bottomRight()).x()
    assert line._privacy.width() >= line._privacy.sizeHint().width()
    assert right < line.width()
    seen = line._model.figures.isVisible(), line._model.name.isVisible()
    assert seen[0] == (width >= theme.px(1000))
    assert seen[1] == (width > 560 and not (width == 900 and percent == 150))
    told = line._index.text().strip(ISOLATES[0] + ISOLATES[1]).removesuffix("…")
    assert line.index_text().startswith(told)
    assert (told == line.index_text()) == (width > 560 or percent == 100)


def test_the_placeholder_grows_with_the_text(
    qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme
) -> None:
    field = AskField(engine, selection, theme)
    qtbot.addWidget(field)
    field.show()
    theme.set_text_percent(150)
    assert field.editor.viewport().font().pixelSize() == theme.px(14)
    assert field.editor.font().pixelSize() == theme.px(14)


def test_a_kind_of_file_is_named_in_few_words() -> None:
    """The group has said already that it is not read."""
    sound, mail = (
        DocumentRecord(
            f"/a/{name}", "/a", "A", State.SKIPPED, code="unsupported",
            reason=f"This kind of file is not read: {kind}.",
        )
        for name, kind in (("a.wav", "a sound (WAV)"), ("b.eml", "an email message (EML)"))
    )  # fmt: skip
    assert detail(sound, (sound, mail)) == "a sound (WAV)"
    assert detail(mail, (sound, mail)) == "an email message (EML)"
