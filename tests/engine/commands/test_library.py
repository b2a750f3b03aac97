"""The commands 'library', 'settings' and 'prompts --restore'."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strongroom_engine.answering.templates import copy_template, is_own
from strongroom_engine.cli import main
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings, load_settings
from strongroom_engine.store import obtain_key


def test_settings_are_shown_changed_and_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "passages", "7"]) == 0
    assert main(["settings", "temperature", "0.4"]) == 0
    assert main(["settings", "index_on_battery", "no"]) == 0
    assert main(["settings", "answer_model", "qwen"]) == 0
    changed = {"passages": 7, "temperature": 0.4, "index_on_battery": False, "answer_model": "qwen"}
    assert load_settings() == Settings(**changed)  # type: ignore[arg-type]  # each has its own type
    capsys.readouterr()
    assert main(["settings", "passages", "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)["settings"]
    assert (shown["value"], shown["default"], shown["least"], shown["most"]) == (7, 4, 1, 50)
    for name in changed:
        assert main(["settings", name, "default"]) == 0
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    "arguments",
    [["passages", "many"], ["passages", "99"], ["nothing", "1"], ["strictness", "soft"]],
)
def test_what_cannot_be_set_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settings", *arguments]) == 1
    assert load_settings() == Settings()


def test_the_library_says_how_it_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The rent is 300 euros.")
    named = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    assert main([*named, "library"]) == 1  # there is none yet
    assert main([*named, "add", str(tmp_path / "a.txt")]) == 0
    capsys.readouterr()
    assert main([*named, "library", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["documents"], facts["key"], facts["cipher"]) == (1, "key file", "aegis")
    assert main([*named, "library"]) == 0
    assert "key in a key file" in capsys.readouterr().out
    assert main([*named, "library", "passphrase"]) == 1  # nobody can be asked


def test_a_template_of_ones_own_is_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    file = copy_template("answer")
    assert main(["prompts", "--restore", "answer"]) == 0
    assert not is_own("answer")
    assert file.with_name("answer.toml.old").exists()
    assert main(["prompts", "--restore", "nothing"]) == 1


def test_a_library_is_looked_over_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The rent is 300 euros.")
    named = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    assert main([*named, "library", "check"]) == 1  # there is none yet
    assert main([*named, "add", str(tmp_path / "a.txt")]) == 0
    capsys.readouterr()
    assert main([*named, "library", "check"]) == 0
    said = capsys.readouterr().err
    assert "Looked at 1 document." in said
    assert "All of it is whole." in said
    key = obtain_key(tmp_path / "library", key_file=tmp_path / "key")
    with Library(tmp_path / "library", key) as library, library._store._write() as db:
        db.execute("DELETE FROM words")
    assert main([*named, "library", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"documents": 1, "mended": 1, "read_again": 0, "faults": {}}
    assert main([*named, "search", "rent"]) == 0
    assert "300 euros" in capsys.readouterr().out
    with Library(tmp_path / "library", key) as library:
        with library._store._write() as db:
            db.execute("DELETE FROM chunks")
        library.checking.at_leisure(lambda: False)
        assert library.status().documents["pending"] == 1  # the next look reads it again
        library.rescan()
        assert library.status().documents["indexed"] == 1
