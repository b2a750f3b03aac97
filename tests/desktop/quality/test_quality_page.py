"""The page of quality against a made-up engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from tests.desktop import made_models as made
from tests.desktop.conftest import Recorder, StartEngine

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.quality import Quality, words
from strongroom_desktop.quality.trend import HEIGHT_PX, MOST, Trend
from strongroom_desktop.selection import Place, Selection
from strongroom_desktop.widgets import Button
from strongroom_engine.judging import Figure, Judgement, Outcome
from strongroom_engine.protocol import ExportJudgements, Judged, Judgements

PATIENCE_MS = 20_000
MADE_WITH = (
    "15 questions, answered by Qwen2.5 7B Instruct; meaning searched with multilingual-e5-small. "
    "2 were left out: their documents are gone, or only a wrong answer is known."
)


@pytest.fixture
def page(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> Iterator[Quality]:
    page = Quality(engine, selection, theme)
    qtbot.addWidget(page)
    page.resize(1100, 1000)
    page.show()
    qtbot.waitUntil(lambda: bool(page.rows) and page.results.isVisible(), timeout=PATIENCE_MS)
    yield page
    page.hide()


def press(page: Quality, text: str) -> None:
    dialog = next(one for one in page.window().findChildren(QDialog) if one.isVisible())
    next(one for one in dialog.findChildren(Button) if one.text() == text).click()


def link_of(page: Quality, row: int, text: str) -> Button:
    found = page.rows[row].findChildren(Button)
    return next(one for one in found if text in one.accessibleName())


def test_the_last_run_in_words(page: Quality) -> None:
    assert page.results.text().splitlines() == [
        "Measured on 27 Oct 2026",
        MADE_WITH,
        "A right page among the first five passages, 10 of 12, better than before",
        "Answered, where the documents answer, 11 of 12, as before",
        "The answer cites a right page, 9 of 11, as before",
        "Says what you marked as right, word for word, 5 of 7, as before",
        "Rightly not answered, where the documents do not say, 2 of 3, as before",
        "Sentences that their sources support, 95 %, as before",
        "Time an answer takes, 6.4 s, as before",
    ]
    assert page.subtitle.full_text() == "5 questions judged"


def test_each_question_with_what_was_made_of_it(page: Quality) -> None:
    assert [row.accessibleName() for row in page.rows] == [
        "Which deposits were paid?",
        "Who pays for the <b>roof</b>?, Only a wrong answer is known so far",
        "What rent was agreed in the 2024 review?, The documents do not say, Rightly not answered",
        "Is a break notice sent by e-mail valid?, Not found",
        "Can Holt Textiles end the lease before 2029?, Found and cited",
    ]


def test_a_place_opens(page: Quality, selection: Selection) -> None:
    link_of(page, 4, "Open Lease").click()
    assert selection.place == Place(made.JUDGEMENTS[0].places[0].file, 14)


def test_a_question_is_forgotten_after_it_was_asked(qtbot: QtBot, page: Quality) -> None:
    with qtbot.waitSignal(page.counted, timeout=PATIENCE_MS, check_params_cb=lambda n: n == 4):
        link_of(page, 0, "Forget").click()
        assert len(page.rows) == 5
        press(page, "Forget")
    assert len(page.rows) == 4


def test_what_is_open_can_be_marked_as_not_in_the_documents(qtbot: QtBot, page: Quality) -> None:
    assert "Wrong: The tenant does." in page.rows[1].toolTip()
    link = next(one for one in page.rows[1].findChildren(Button) if "do not say" in one.text())
    link.click()
    qtbot.waitUntil(
        lambda: page.rows[1].accessibleName().endswith("The documents do not say"),
        timeout=PATIENCE_MS,
    )


def test_measuring_shows_new_figures(qtbot: QtBot, page: Quality) -> None:
    page.measuring.measure_button.click()
    assert page.measuring.busy
    assert page.measuring.cancel_button.isVisible()
    qtbot.waitUntil(lambda: not page.measuring.busy, timeout=PATIENCE_MS)
    assert "11 of 12, better than before" in page.results.text()
    assert "searched only" in page.results.text()
    # What was made of the answers before is kept in mind.
    assert page.rows[4].accessibleName().endswith("Found and cited")


def test_measuring_answers_can_be_stopped(qtbot: QtBot, page: Quality) -> None:
    before = page.results.text()
    assert page.measuring.answers.text() == "With answers: about 19 s"
    page.measuring.answers.setChecked(True)
    page.measuring.measure()
    qtbot.waitUntil(lambda: "of 15 steps" in page.measuring._said.text(), timeout=PATIENCE_MS)
    page.measuring.cancel_button.click()
    qtbot.waitUntil(lambda: not page.measuring.busy, timeout=PATIENCE_MS)
    assert page.results.text() == before
    assert page.trouble.text == ""


def test_a_new_judgement_appears_by_itself(qtbot: QtBot, page: Quality, engine: Engine) -> None:
    heard = Recorder(engine)
    engine.received.emit(Judged(id=999))
    qtbot.waitUntil(lambda: len(heard.of(Judgements)) > 0, timeout=PATIENCE_MS)


def test_the_set_is_exported_without_waiting(qtbot: QtBot, page: Quality) -> None:
    page.export_button.click()
    chooser = next(one for one in page.window().findChildren(QFileDialog) if one.isVisible())
    chooser.reject()
    with qtbot.waitSignal(page.exported, timeout=PATIENCE_MS) as caught:
        page._change(ExportJudgements(file="/out/set.jsonl"), "set.jsonl")
    assert caught.args == ["The questions are in set.jsonl."]
    page._change(ExportJudgements(file="/full/set.jsonl"), "set.jsonl")
    qtbot.waitUntil(lambda: "the disk is full" in page.trouble.text, timeout=PATIENCE_MS)


def test_an_empty_set_says_how_to_begin(
    qtbot: QtBot, start_engine: StartEngine, selection: Selection, theme: Theme
) -> None:
    page = Quality(start_engine("--empty"), selection, theme)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.counted, timeout=PATIENCE_MS) as caught:
        pass
    assert caught.args == [0]
    qtbot.waitUntil(page.empty.isVisible, timeout=PATIENCE_MS)
    assert not page.measuring.isVisible()
    assert not page.export_button.isVisible()
    page.hide()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [560, 900, 1440])
def test_nothing_is_cut_in_little_room(
    qtbot: QtBot, page: Quality, theme: Theme, width: int, percent: int
) -> None:
    theme.set_text_percent(percent)
    page._fill()
    page.resize(width, 900)
    qtbot.wait(50)
    forget = link_of(page, 3, "Forget")
    assert forget.mapTo(page, forget.rect().topRight()).x() <= width


def test_many_questions_are_shown_when_asked_for(page: Quality) -> None:
    page._judgements = tuple(Judgement(f"Question {n}?", absent=True) for n in range(70))
    page._show()
    assert len(page.rows) == 60
    assert page._more.text() == "Show 10 more"
    page._more.click()
    assert len(page.rows) == 70
    assert not page._more.isVisible()


# --- words ---------------------------------------------------------------------------------------

KNOWN = made.JUDGEMENTS[0]


@pytest.mark.parametrize(
    ("judgement", "result", "word"),
    [
        (KNOWN, None, ""),
        (KNOWN, Outcome("q", found=True), "Found"),
        (KNOWN, Outcome("q", found=True, answered=False), "Found, not answered"),
        (KNOWN, Outcome("q", found=True, answered=True, cited=False), "Found, cites another page"),
        (made.JUDGEMENTS[2], Outcome("q", answered=True), "Answered all the same"),
        (made.JUDGEMENTS[2], Outcome("q"), ""),
        (made.JUDGEMENTS[3], Outcome("q", found=True), ""),
    ],
)
def test_outcomes(judgement: Judgement, result: Outcome | None, word: str) -> None:
    icon, role, said = words.outcome(judgement, result)
    assert said == word
    assert bool(icon) is bool(role) is bool(said)


@pytest.mark.parametrize(
    ("name", "now", "before", "said"),
    [
        ("found", (9, 12), (8, 12), "better than before"),
        ("found", (8, 12), (9, 12), "worse than before"),
        ("found", (4, 6), (8, 12), "as before"),
        ("seconds", (60, 10), (90, 10), "quicker than before"),
        ("seconds", (90, 10), (60, 10), "slower than before"),
    ],
)
def test_changes(name: str, now: tuple[float, int], before: tuple[float, int], said: str) -> None:
    assert words.change(name, Figure(name, *now), Figure(name, *before)) == said
    assert words.change(name, Figure(name, *now), None) == ""


def test_a_run_without_answers_says_so() -> None:
    run = replace(made.run(9, 8, answers=False), left_out=1)
    assert words.made_with(run) == (
        "15 questions, searched only; meaning searched with multilingual-e5-small. 1 was left out: "
        "its document is gone, or only a wrong answer is known."
    )
    assert words.with_answers(200, (run,)) == "With answers, which takes much longer"
    assert words.with_answers(200, (made.run(9, 8),)) == "With answers: about 21 min"


def test_the_line_over_time(qtbot: QtBot, theme: Theme) -> None:
    trend = Trend(theme, [0.0, 0.5, 1.0], 1.0, "A figure")
    qtbot.addWidget(trend)
    first, middle, last = trend.points()
    assert first.x() < middle.x() < last.x()
    assert first.y() > middle.y() > last.y()
    assert last.y() < HEIGHT_PX / 4
    image = trend.grab().toImage()
    assert image.pixelColor(round(last.x()), round(last.y())) == theme.color("accent")
    many = Trend(theme, [1.0] * 100, 1.0, "A figure")
    qtbot.addWidget(many)
    assert len(many.points()) == MOST
