"""The page of settings against the fake engine host: what is shown, changed, refused and done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.controls import Check, Choice, NumberField
from strongroom_desktop.erase_sheet import EraseSheet
from strongroom_desktop.forms import Row
from strongroom_desktop.look.looks import restore_look
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.settings import SettingsPage
from strongroom_desktop.settings.about import About, LicenceSheet
from strongroom_desktop.settings.answers import Answers
from strongroom_desktop.settings.folders import Folders
from strongroom_desktop.settings.general import KEEP, General
from strongroom_desktop.settings.indexing import Indexing
from strongroom_desktop.settings.keyboard import Keyboard, KeyRow
from strongroom_desktop.settings.library import LibrarySection
from strongroom_desktop.settings.sheets import PassphraseSheet
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.text import isolated, own_name
from strongroom_desktop.widgets import Button
from strongroom_engine.protocol import GivePassword

PATIENCE_MS = 20_000

Kind = TypeVar("Kind", bound=QDialog)
Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def page(engine: Engine, theme: Theme, kept: QSettings, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(engine, theme, kept, Keys(kept))
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    qtbot.waitUntil(lambda: page.values.report is not None, timeout=PATIENCE_MS)
    return page


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return lambda until: qtbot.waitUntil(until, timeout=PATIENCE_MS)


def words(widget: Row) -> str:
    """What a row says, line by line."""
    labels = (label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return "\n".join(label.text() for label in labels)


def dialog(page: SettingsPage, kind: type[Kind]) -> Kind:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


# --- general -------------------------------------------------------------------------------------


def test_the_look_changes_at_once_and_is_kept(
    page: SettingsPage, theme: Theme, kept: QSettings, qapp: QApplication
) -> None:
    general = page.section("general")
    assert isinstance(general, General)
    general.scheme.chosen.emit("dark")
    general.text_size.chosen.emit("130")
    general.reading.chosen.emit("serif")
    general.dim.chosen.emit(False)
    assert (theme.dark, theme.text_percent, theme.reading_font) == (True, 130, "serif")
    assert theme.color("page_dim").name() == "#ffffff"
    assert general.scheme.value == "dark"
    another = Theme("light")
    restore_look(another, kept)
    assert (another.scheme, another.text_percent) == ("dark", 130)
    assert (another.reading_font, another.dims_pages) == ("serif", False)
    assert another.font("reading").families() != another.font("ui").families()


def test_what_goes_on_in_the_background_is_kept(page: SettingsPage, kept: QSettings) -> None:
    row = next(row for row in page.findChildren(Row) if "Keep watching" in row.title.text())
    (one,) = row.findChildren(Check)
    before = one.isChecked()
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert one.isChecked() is not before
    assert str(kept.value(KEEP)) == str(int(not before))


def test_languages_are_in_their_own_words(page: SettingsPage, qtbot: QtBot) -> None:
    assert (own_name("de"), own_name("en")) == ("Deutsch", "English")
    general = page.section("general")
    assert isinstance(general, General)
    with qtbot.waitSignal(page.language_chosen) as chosen:
        QTest.keyClick(general.language, Qt.Key.Key_Down)
    assert chosen.args == ["de"]


# --- settings of the engine ----------------------------------------------------------------------


def test_an_answer_setting_is_changed_and_shown_as_the_engine_took_it(
    page: SettingsPage, wait: Wait
) -> None:
    page.show_section("answers")
    answers = page.section("answers")
    assert isinstance(answers, Answers)
    page.values.change({"strictness": "stricter", "temperature": 0.3})
    wait(lambda: page.values.value("temperature") == 0.3)
    assert "is wrong less" in words(answers.rows["strictness"])
    page.values.change({"temperature": None})
    wait(lambda: page.values.value("temperature") is None)


def test_no_memory_is_kept_for_passages_when_that_is_chosen(page: SettingsPage, wait: Wait) -> None:
    page.show_section("answers")
    choice = page.section("answers").rows["passage_memory_mb"].findChild(Choice)
    assert isinstance(choice, Choice)
    assert choice.text() == "At most 1 GB"
    choice.chosen.emit("0")
    wait(lambda: page.values.value("passage_memory_mb") == 0)
    assert choice.text() == "None: nothing is kept"
    page.values.change({"passage_memory_mb": 1500})
    wait(lambda: choice.text() == "At most 1,500 MB")


def test_what_is_refused_says_why_and_stays_as_it_was(page: SettingsPage, wait: Wait) -> None:
    page.show_section("answers")
    row = page.section("answers").rows["passages"]
    field = row.findChild(NumberField)
    assert isinstance(field, NumberField)
    assert field.text() == "4"
    field.selectAll()
    QTest.keyClicks(field, "99")
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait(lambda: bool(row.wrong))
    assert row.wrong == "99 is not possible here: it goes from 1 to 50."
    assert field.text() == "4"
    QTest.keyClick(field, Qt.Key.Key_Up)
    wait(lambda: page.values.value("passages") == 5)
    assert row.wrong == ""


def test_what_waits_for_the_engine_offers_to_start_it_again(
    page: SettingsPage, wait: Wait, qtbot: QtBot
) -> None:
    assert not page._waiting.isVisible()
    page.values.change({"max_file_mb": 50})
    wait(page._waiting.isVisible)
    page.values.change({"max_file_mb": None})
    wait(lambda: not page._waiting.isVisible())


def test_working_hours_are_set_together(page: SettingsPage, wait: Wait) -> None:
    page.show_section("indexing")
    section = page.section("indexing")
    assert isinstance(section, Indexing)
    assert not section.manner.isEnabled()
    QTest.keyClicks(section.since, "9")
    QTest.keyClick(section.since, Qt.Key.Key_Return)
    wait(lambda: page.values.value("quiet_from") == "09:00")
    assert page.values.value("quiet_until") == "18:00"
    assert section.manner.isEnabled()
    section.until.setText("25:00")
    QTest.keyClick(section.until, Qt.Key.Key_Return)
    wait(lambda: "not possible" in section.rows["quiet_until"].wrong)
    assert section.until.text() == "18:00"
    section.since.clear()
    QTest.keyClick(section.since, Qt.Key.Key_Return)
    wait(lambda: page.values.value("quiet_until") == "")


def test_a_prompt_template_is_copied_and_given_back(page: SettingsPage, wait: Wait) -> None:
    page.show_section("answers")
    section = page.section("answers")
    assert isinstance(section, Answers)
    wait(lambda: set(section._prompt_rows) == {"answer", "draft"})

    def buttons(name: str) -> list[str]:
        return [button.text() for button in section._prompt_rows[name].findChildren(Button)]

    assert buttons("answer") == ["Copy to change"]
    assert buttons("draft") == ["Back to the shipped one", "Show"]
    section._prompt_rows["answer"].findChildren(Button)[0].click()
    wait(lambda: buttons("answer") == ["Back to the shipped one", "Show"])


# --- folders -------------------------------------------------------------------------------------


def test_names_are_left_out_and_taken_back(page: SettingsPage, wait: Wait) -> None:
    page.show_section("folders")
    section = page.section("folders")
    assert isinstance(section, Folders)
    wait(lambda: "Holt" in "".join(words(row) for row in section.sources.findChildren(Row)))
    section._pattern.setText("*.bak")
    section._exclude()

    def left_out() -> list[str]:
        return [row.title.text() for row in section.excluded.findChildren(Row) if row.isVisible()]

    wait(lambda: "*.bak" in left_out())
    (row,) = [r for r in section.excluded.findChildren(Row) if r.title.text() == "*.bak"]
    row.findChildren(Button)[0].click()
    wait(lambda: "*.bak" not in left_out())

    source = section._places[0][0]
    section._where.show_value(source)
    section._pattern.setText("/drafts/")
    section._exclude()
    wait(lambda: "/drafts/" in left_out())
    (row,) = [r for r in section.excluded.findChildren(Row) if r.title.text() == "/drafts/"]
    assert source in row.line.text()
    assert section._where.value == source, "the next line is often of the same folder"


# --- the library ---------------------------------------------------------------------------------


@pytest.fixture
def library(page: SettingsPage, wait: Wait) -> LibrarySection:
    page.show_section("library")
    section = page.section("library")
    assert isinstance(section, LibrarySection)
    wait(lambda: section.facts is not None)
    return section


def test_compacting_says_what_it_gained(library: LibrarySection, wait: Wait) -> None:
    assert "17 documents, 340 passages, 20 MB" in words(library.content)
    library.compact.click()
    assert library.compact.text() == "Stop"
    wait(lambda: library.compact.text() == "Compact")
    assert "From 20 MB to 19 MB." in words(library.compaction)
    library.compact.click()
    wait(lambda: "are free" in library.compaction.wrong)


def test_a_passphrase_is_set_then_changed_then_given_up(
    page: SettingsPage, library: LibrarySection, wait: Wait
) -> None:
    assert library.change.text() == "Set…"
    library.change.click()
    sheet = dialog(page, PassphraseSheet)
    assert not sheet.old.isVisible()
    QTest.keyClicks(sheet.new.field, "short")
    assert "Too short" in sheet._strength.text()
    sheet.submit()
    assert sheet.problem().startswith("Use at least 8 characters.")
    sheet.new.setText("battery staple")
    QTest.keyClicks(sheet.again.field, "battery staple")
    sheet.submit()
    wait(lambda: library.change.text() == "Change…")

    library.change.click()
    second = dialog(page, PassphraseSheet)
    for field, text in (
        (second.old, "wrong"),
        (second.new, "new horse battery"),
        (second.again, "new horse battery"),
    ):
        field.setText(text)
    second.submit()
    wait(lambda: "does not open the library" in second.problem())
    assert second.new.text() == "new horse battery"  # nothing typed is lost
    second.old.setText("battery staple")
    second.submit()
    wait(lambda: not [one for one in page.findChildren(PassphraseSheet) if one.isVisible()])

    library.to_keyring.click()
    sheet = dialog(page, PassphraseSheet)
    assert not sheet.new.isVisible()
    sheet.old.setText("new horse battery")
    sheet.submit()
    wait(lambda: library.change.text() == "Set…")


def test_erasing_wants_a_word_and_then_says_that_it_is_done(
    page: SettingsPage, library: LibrarySection, qtbot: QtBot
) -> None:
    library.erase.click()
    sheet = dialog(page, EraseSheet)
    QTest.keyClicks(sheet.field, "eras")
    assert not sheet.go.isEnabled()
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert sheet.isVisible()
    QTest.keyClicks(sheet.field, "e")
    with qtbot.waitSignal(page.erased, timeout=PATIENCE_MS):
        sheet.go.click()


# --- keys, about ---------------------------------------------------------------------------------


def test_keys_are_found_changed_and_given_back(page: SettingsPage, kept: QSettings) -> None:
    page.show_section("keyboard")
    section = page.section("keyboard")
    assert isinstance(section, Keyboard)
    section.search.setText("ask or")
    shown = [row for row in section.findChildren(KeyRow) if row.isVisible()]
    assert [row.shortcut.key for row in shown] == ["ask"]
    (row,) = shown
    row.button.click()
    assert row.button.text() == "Press the new key"
    QTest.keyClick(row.button, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert row.wrong == "Ctrl+2 is taken: “Review grids”."
    row.button.click()
    QTest.keyClick(row.button, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert row.button.text() == isolated("Ctrl+K")
    assert Keys(kept).sequence("ask") == QKeySequence("Ctrl+K")
    row.back.click()
    assert row.button.text() == isolated("Ctrl+L")
    section.search.setText("no such thing")
    assert section._none.isVisible()


def test_about_copies_a_report_without_documents_and_shows_licences(
    page: SettingsPage, wait: Wait
) -> None:
    page.show_section("about")
    section = page.section("about")
    assert isinstance(section, About)
    wait(lambda: section._doctor is not None and len(section.licences.findChildren(Row)) == 2)
    section.copy_report()
    copied = QGuiApplication.clipboard().text()
    assert "Answer model: qwen.gguf" in copied
    assert "Holt" not in copied
    section.licences.findChildren(Row)[1].findChildren(Button)[0].click()
    wait(lambda: any(one.isVisible() for one in page.findChildren(LicenceSheet)))


def test_passwords_are_listed_and_forgotten(library: LibrarySection, wait: Wait) -> None:
    rows = library.passwords
    assert not rows.rows
    rows._context.engine.send(GivePassword(path="/papers/Holt", password="harbour"))
    rows.ask()
    wait(lambda: list(rows.rows) == ["/papers/Holt"])
    row = rows.rows["/papers/Holt"]
    assert words(row).startswith("Holt")
    row.findChildren(Button)[0].click()
    wait(lambda: not rows.rows)


def test_text_recognition_is_turned_off(page: SettingsPage, wait: Wait) -> None:
    page.show_section("indexing")
    box = page._made["indexing"].rows["text_recognition"].findChild(Check)
    assert isinstance(box, Check)
    wait(box.isChecked)
    box.click()
    wait(lambda: page.values.value("text_recognition") is False)
