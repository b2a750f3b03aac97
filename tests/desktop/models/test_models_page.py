"""The page of models against a made-up engine: what it says, and what its controls do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from tests.desktop import made_models as made
from tests.desktop.conftest import Recorder, StartEngine

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import Models, words
from strongroom_desktop.models.memory import BAR_PX, GAP_PX, SharedMemory
from strongroom_desktop.models.rows import ModelRow
from strongroom_desktop.models.table import first_ones
from strongroom_desktop.widgets import Button
from strongroom_engine.protocol import Failed, MeasureModels
from strongroom_engine.protocol import Models as ModelsTold
from strongroom_engine.types import (
    Device,
    DeviceMemory,
    Hardware,
    LongerContext,
    ModelSpeed,
    ModelsReport,
)

PATIENCE_MS = 20_000
GB = 1_000_000_000


@pytest.fixture
def page(qtbot: QtBot, engine: Engine, theme: Theme) -> Iterator[Models]:
    page = Models(engine, theme)
    qtbot.addWidget(page)
    page.resize(1100, 1200)
    page.show()
    qtbot.waitUntil(lambda: len(page.table.rows) > 0, timeout=PATIENCE_MS)
    yield page
    page.hide()


def row_of(page: Models, file: str) -> ModelRow:
    return next(row for row in page.table.rows if row.model.file == file)


def dialog(page: Models) -> QDialog:
    return next(one for one in page.window().findChildren(QDialog) if one.isVisible())


def press(dialog: QDialog, text: str) -> None:
    next(one for one in dialog.findChildren(Button) if one.text() == text).click()


# --- what is said --------------------------------------------------------------------------------


def test_the_choice_is_a_sentence_with_bars(page: Models) -> None:
    said = page.choice.text()
    assert said.startswith("Qwen2.5 7B Instruct. Of the models on this computer, the one")
    assert "It runs whole on the graphics card." in said
    assert "8,192 tokens of context, which is about 12 pages." in said
    assert said.endswith("Measured here: first word after 2.1 s, then 27 tokens per second.")
    assert "Q4_K_M" not in said
    card, ram = page.choice.findChildren(SharedMemory)
    assert card.accessibleName() == made.CARD
    assert card.accessibleDescription() == (
        "Model 4.7 GB, Context 0.9 GB, Other programs 0.7 GB, Free 1.7 GB"
    )
    assert ram.accessibleDescription().startswith("Strongroom 1.4 GB, Other programs 9.4 GB")
    assert page.subtitle.full_text() == "Measured 2 minutes ago"
    assert not page.choice.automatic.isVisible()


def test_what_would_change(page: Models) -> None:
    assert page.changes.longer.text() == "16,384 tokens fit too, 0.9 GB more."
    assert page.changes.larger.text() == (
        "Mistral Small 24B answers better: it has 23.6 billion parameters, this one 7.6 billion "
        "parameters. Its first word would come after about 21 s here."
    )


def test_each_model_says_whether_it_fits(page: Models) -> None:
    said = {row.model.file: words.fits(row.model) for row in page.table.rows}
    assert said == {
        made.IN_USE.file: "Fits",
        made.LARGER.file: "Fits partly, 18 of 40 layers",
        made.SMALL.file: "Fits",
        made.HUGE.file: "Does not fit, needs 44 GB",
    }
    page.table.more.click()
    assert [row.model.file for row in page.table.rows][3] == made.FINER.file
    page.table.more.click()
    assert len(page.table.rows) == 4


def of(**changes: object) -> ModelsReport:
    return replace(made.REPORT, **changes)  # type: ignore[arg-type]


def cpu(hardware: Hardware, **changes: object) -> ModelsReport:
    plan = replace(made.PLAN, gpu_layers=0, device="CPU")
    return of(hardware=hardware, plan=plan, **changes)


@pytest.mark.parametrize(
    ("report", "part"),
    [
        (cpu(Hardware("", 2, GB, GB, ())), "for no graphics card was found"),
        (cpu(Hardware("", 2, GB, GB, (), "it hung")), "cards could not be examined"),
        (
            cpu(Hardware("", 2, GB, GB, (Device("G", "A card", "gpu", GB, 500_000_000),))),
            "for A card has only 0.5 GB free",
        ),
        (of(plan=replace(made.PLAN, gpu_layers=9)), "9 of its 28 layers fit on the graphics card"),
        (of(chosen="x"), "The model you chose."),
        (of(plan=None, problem="Nothing fits."), "Nothing fits."),
        (of(models=()), "It is not on this computer yet. Search works without it."),
    ],
)
def test_why_it_runs_where_it_runs(report: ModelsReport, part: str) -> None:
    assert part in words.explained(report)


@pytest.mark.parametrize(
    ("longer", "said"),
    [
        (LongerContext(8192, fits=False, needs=GB), "8,192 tokens do not fit; they need 1.0 GB"),
        (LongerContext(8192, False, 0, supported=False), "cannot take in 8,192 tokens"),
    ],
)
def test_what_twice_the_context_takes(longer: LongerContext, said: str) -> None:
    assert said in words.longer(of(longer=longer))


def test_figures_are_only_those_that_were_measured() -> None:
    assert words.measured(ModelSpeed()) == words.rate(ModelSpeed()) == ""
    assert words.measured(ModelSpeed(2.1, 0.0)) == "Measured here: first word after 2.1 s."
    assert words.measured(ModelSpeed(0.0, 4.2)) == "Measured here: 4.2 tokens per second."
    assert words.larger(of(larger="")) == "None that is known here and fits would answer better."
    assert words.languages(("en", "de")) == "English, Deutsch"
    assert words.languages(tuple("abcdef")) == "6 languages"


def test_a_model_for_tests_is_among_the_others() -> None:
    test = replace(made.SMALL, name="Test", file="test.gguf", test=True)
    assert test not in first_ones((made.IN_USE, test))
    assert made.FINER not in first_ones((made.IN_USE, made.SMALL, made.FINER))
    away = replace(made.SMALL, here=False)
    assert first_ones((away, made.FINER)) == (away,)


# --- what can be done ----------------------------------------------------------------------------


def test_another_model_is_used_and_given_back(qtbot: QtBot, page: Models) -> None:
    action = row_of(page, made.SMALL.file).action
    assert action is not None
    assert action.text() == "Use"
    action.click()
    qtbot.waitUntil(lambda: "Qwen2.5 1.5B" in page.choice.text(), timeout=PATIENCE_MS)
    assert "The model you chose." in page.choice.text()
    assert page.choice.automatic.isVisible()
    page.choice.automatic.click()
    qtbot.waitUntil(lambda: "Qwen2.5 7B" in page.choice.text(), timeout=PATIENCE_MS)


def test_how_to_get_one_is_said_and_can_be_copied(qtbot: QtBot, page: Models) -> None:
    page.changes.larger.link.click()
    row = row_of(page, made.LARGER.file)
    copy = next(one for one in row.findChildren(Button) if "Copy" in one.text())
    qtbot.waitUntil(copy.isVisible, timeout=PATIENCE_MS)
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert made.LARGER.file in text
    assert "b" * 64 in text
    assert row.action is not None
    row.action.click()
    assert not copy.isVisible()


def test_a_model_is_removed_after_it_was_asked(qtbot: QtBot, page: Models) -> None:
    row_of(page, made.SMALL.file).removed.emit()
    assert made.SMALL.file in page.table.rows[2].model.file
    press(dialog(page), "Remove")
    qtbot.waitUntil(
        lambda: made.SMALL.file not in {row.model.file for row in page.table.rows},
        timeout=PATIENCE_MS,
    )


def test_the_one_in_use_cannot_be_removed(page: Models) -> None:
    row = row_of(page, made.IN_USE.file)
    assert row.action is None
    assert not [one for one in row.findChildren(Button) if "Remove" in one.accessibleName()]


def test_measuring_again_says_just_now(qtbot: QtBot, page: Models) -> None:
    page.measure.click()
    assert not page.measure.isEnabled()
    qtbot.waitUntil(lambda: page.subtitle.full_text() == "Measured just now", timeout=PATIENCE_MS)
    assert page.measure.isEnabled()


def test_what_cannot_be_done_is_said(page: Models, engine: Engine) -> None:
    number = engine.send(MeasureModels())
    page._changing.add(number)
    details = {"model": "the model"}
    engine.received.emit(Failed(id=number, code="model-busy", details=details))
    assert "the model is writing an answer" in page.trouble.text


# --- bringing in ---------------------------------------------------------------------------------


def test_a_file_is_brought_in(qtbot: QtBot, page: Models) -> None:
    page.import_file("/downloads/my own.gguf")
    assert page.bring_in.busy
    assert "Checking my own.gguf" in page.bring_in.text()
    assert page.bring_in.cancel_button.isVisible()
    qtbot.waitUntil(lambda: "is here now." in page.bring_in.text(), timeout=PATIENCE_MS)
    assert row_of(page, "my own.gguf").model.name == "My own <b>model</b>"
    assert not page.bring_in.busy


def test_what_is_refused_says_why_and_the_next_one_goes_on(qtbot: QtBot, page: Models) -> None:
    page.import_file("/downloads/text.gguf")
    qtbot.waitUntil(lambda: "is not a model file." in page.bring_in.text(), timeout=PATIENCE_MS)
    assert "GGUF format" in page.bring_in.text()
    assert page.bring_in.choose_button.isVisible()


def test_a_long_copy_can_be_cancelled(qtbot: QtBot, page: Models) -> None:
    page.import_file("/downloads/slow.gguf")
    qtbot.waitUntil(lambda: "Copying slow.gguf" in page.bring_in.text(), timeout=PATIENCE_MS)
    page.bring_in.cancel_button.click()
    qtbot.waitUntil(lambda: "Drop a model file" in page.bring_in.text(), timeout=PATIENCE_MS)


def test_choosing_a_file_waits_for_nothing(page: Models) -> None:
    page.bring_in.choose_button.click()
    (chooser,) = page.bring_in.findChildren(QFileDialog)
    assert chooser.isVisible()
    chooser.reject()


# --- meaning -------------------------------------------------------------------------------------


def test_another_embedding_model_is_chosen_after_it_was_asked(qtbot: QtBot, page: Models) -> None:
    qtbot.waitUntil(lambda: page.meaning.text() != "", timeout=PATIENCE_MS)
    assert page.meaning.text() == "Meaning is searched with multilingual-e5-small."
    (link,) = page.meaning.links
    link.click()
    press(dialog(page), "Embed anew")
    qtbot.waitUntil(lambda: "5 of 20 passages" in page.meaning.text(), timeout=PATIENCE_MS)
    assert "The old one answers meanwhile." in page.meaning.text()


# --- painting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_the_bar_shows_each_share(
    qtbot: QtBot, theme: Theme, qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    del qapp
    bar = SharedMemory(theme, DeviceMemory("", 10 * GB, 3 * GB, 0, 0, 2 * GB, passages=2 * GB))
    qtbot.addWidget(bar)
    bar.setLayoutDirection(direction)
    bar.resize(400, bar.heightForWidth(400))
    image = bar.grab().toImage()
    y = bar._bar_top() + BAR_PX // 2
    colours = [image.pixelColor(x, y).name() for x in range(4, 396)]
    if direction == Qt.LayoutDirection.RightToLeft:
        colours.reverse()
    for role, share in (
        ("bar_weights", 0.3),
        ("bar_passages", 0.2),
        ("bar_other", 0.2),
        ("bar_free", 0.3),
    ):
        found = colours.count(theme.color(role).name())
        assert found == pytest.approx(400 * share, abs=8), role
    assert colours[10] == theme.color("bar_weights").name()
    assert colours.count(theme.color("canvas").name()) == 3 * GAP_PX
    assert "Passages it has read 2" in bar.accessibleDescription()


def test_the_legend_wraps_where_there_is_little_room(qtbot: QtBot, theme: Theme) -> None:
    bar = SharedMemory(theme, made.REPORT.devices[0])
    qtbot.addWidget(bar)
    assert bar.heightForWidth(250) > bar.heightForWidth(800)


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [560, 760, 1100])
def test_nothing_is_wider_than_the_page(
    qtbot: QtBot, page: Models, theme: Theme, width: int, percent: int
) -> None:
    theme.set_text_percent(percent)
    page.resize(width, 900)
    page.changes.larger.link.click()
    qtbot.wait(50)
    if (width, percent) != (560, 150):
        assert page.table.width() <= width - 80
        for row in page.table.rows:
            if row.action is not None:
                right = row.action.mapTo(page, row.action.rect().topRight()).x()
                assert right <= width


def test_a_dead_engine_ends_what_was_under_way(
    qtbot: QtBot, start_engine: StartEngine, theme: Theme
) -> None:
    engine = start_engine()
    page = Models(engine, theme)
    qtbot.addWidget(page)
    heard = Recorder(engine)
    page.import_file("/downloads/slow.gguf")
    qtbot.waitUntil(lambda: "Copying" in page.bring_in.text(), timeout=PATIENCE_MS)
    engine.restart()
    qtbot.waitUntil(lambda: len(heard.of(Failed)) > 0, timeout=PATIENCE_MS)
    assert "Drop a model file" in page.bring_in.text()
    heard.events.clear()
    qtbot.waitUntil(lambda: len(heard.of(ModelsTold)) > 0, timeout=PATIENCE_MS)


def test_a_larger_model_is_not_said_to_be_quicker_than_what_was_measured() -> None:
    used = replace(made.IN_USE, parameters=2_000_000_000, speed=ModelSpeed(80.0, 4.0))
    larger = replace(made.LARGER, parameters=4_000_000_000, slow_s=25.0)
    models = (used, larger)
    assert "after about 160 s here" in words.larger(of(models=models))
    quick = replace(used, speed=ModelSpeed())
    assert "after about 25 s here" in words.larger(of(models=(quick, larger)))
