"""Settings that are shown with their bounds, changed while a library is open, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.errors import SettingRefused, SettingsUnusable
from strongroom_engine.library import Library
from strongroom_engine.parts.preferences import change_settings, changed, settings_report
from strongroom_engine.settings import Settings, load_settings, save_settings, settings_file
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Setting, SettingsReport, SettingValue


def setting(name: str) -> Setting:
    return next(one for one in settings_report().settings if one.name == name)


def test_every_setting_is_described_with_its_bounds() -> None:
    assert [one.name for one in settings_report().settings] == list(Settings.__struct_fields__)
    assert setting("passages") == Setting("passages", 4, 4, 1, 50)
    assert setting("strictness").choices == ("looser", "balanced", "stricter")
    assert setting("temperature") == Setting("temperature", None, None, 0, 2)
    timeout = setting("parse_timeout_s")
    assert (timeout.least, timeout.most, timeout.above, timeout.live) == (0, 86_400, True, False)


def test_what_is_changed_is_kept_with_the_comments_of_the_file() -> None:
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('# mine\npassages = 6  # more than usual\n\nstrictness = "stricter"\n')
    change_settings({"passages": 7, "strictness": None, "temperature": 0.3})
    assert file.read_text() == "# mine\npassages = 7  # more than usual\n\ntemperature = 0.3\n"
    assert load_settings() == Settings(passages=7, temperature=0.3)


def test_a_value_over_several_lines_is_kept_too() -> None:
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('answer_model = """\nqwen"""\n')
    change_settings({"passages": 7})
    assert load_settings() == Settings(passages=7, answer_model="qwen")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"passages": 51}, "from 1 to 50"),
        ({"passages": "many"}, "from 1 to 50"),
        ({"strictness": "strict"}, "looser, balanced, stricter"),
        ({"parse_timeout_s": 0}, "from 0 to 86,400"),
        ({"quiet_from": "8 o'clock"}, "is not possible"),
        ({"max_text_mb": 9_999_999}, "from 1 to 1,000,000"),
        ({"passage": 3}, "There is no setting"),
        ({"temperature": 2.5}, "from 0 to 2"),
    ],
)
def test_what_is_out_of_bounds_is_refused_and_nothing_is_changed(
    values: dict[str, int | str], why: str
) -> None:
    with pytest.raises(SettingRefused, match=why):
        change_settings({"summary_calls": 9, **values})
    assert load_settings() == Settings()


def test_settings_that_cannot_be_kept_are_not_used(key: LibraryKey, tmp_path: Path) -> None:
    settings_file().mkdir(parents=True)  # where the file would be
    with pytest.raises(SettingsUnusable):
        save_settings(Settings(passages=9))


def told(events: list[wire.Event]) -> SettingsReport:
    (event,) = events
    assert isinstance(event, wire.SettingsTold)
    assert event.report is not None
    return event.report


def test_the_next_answer_uses_what_was_set(key: LibraryKey, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(6):
        (notes / f"{number}.txt").write_text(f"The rent of house {number} is {number}00 euros.")
    generator = Scripted("The rent is 300 euros [1].", "The rent is 300 euros [1].")
    with Library(
        tmp_path / "library", key, embedder=WordLengths(), make_generator=lambda _plan: generator
    ) as library:
        library.add(str(notes))
        first = library.answers.ask("How high is the rent of house 3?")
        assert (first.model, first.model_name) == (generator.plan.model, generator.plan.name)
        values: dict[str, SettingValue] = {"passages": 2, "temperature": 0.9, "answer_tokens": 77}
        report = told(served(library, wire.ChangeSettings(id=1, values=values)))
        library.answers.ask("How high is the rent of house 3?")
    before, after = generator.prompts[-2:]
    assert (after.temperature, after.max_tokens) == (0.9, 77)
    assert (before.temperature, before.max_tokens) != (0.9, 77)
    assert after.messages[-1].content.count("euros.") == 2
    assert (report.value("passages"), report.waiting) == (2, ())


def test_what_needs_another_start_says_so(key: LibraryKey, tmp_path: Path) -> None:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        first = told(served(library, wire.ChangeSettings(id=1, values={"max_file_mb": 50})))
        again = told(served(library, wire.ChangeSettings(id=1, values={"max_file_mb": None})))
    assert (first.waiting, again.waiting) == (("max_file_mb",), ())


def test_a_template_is_copied_and_given_back(key: LibraryKey, tmp_path: Path) -> None:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:

        def own(request: wire.Request) -> dict[str, bool]:
            (event,) = served(library, request)
            assert isinstance(event, wire.Prompts)
            return {one.name: one.own for one in event.prompts}

        assert not own(wire.ListPrompts(id=1))["answer"]
        assert own(wire.CopyPrompt(id=1, name="answer"))["answer"]
        folder = Path(library.preferences.prompts()[0])
        (folder / "answer.toml").write_text("mine")
        assert not own(wire.RestorePrompt(id=1, name="answer"))["answer"]
        assert (folder / "answer.toml.old").read_text() == "mine"


def test_a_default_given_back_is_no_line_of_the_file() -> None:
    assert changed(Settings(passages=9), {"passages": None}) == Settings()
    change_settings({"passages": 9})
    change_settings({"passages": 4})
    assert settings_file().read_text() == ""
