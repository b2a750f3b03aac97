"""`strongroom models`, and the figures of the user's own set, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from strongroom_engine.cli import main
from strongroom_engine.commands.figures import show_quality
from strongroom_engine.commands.terminal import out
from strongroom_engine.judging import Figure, QualityRun
from strongroom_engine.settings import Settings, load_settings, models_folder, save_settings

SMALL, TEST = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf", "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "models"
    made.mkdir()
    (made / SMALL).symlink_to(models_folder() / SMALL)
    shutil.copy(models_folder() / TEST, tmp_path / "mine.gguf")
    monkeypatch.setenv("STRONGROOM_MODELS", str(made))
    return made


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["models", *arguments, "--json"]) == 0
    report: dict[str, object] = json.loads(capsys.readouterr().out)
    return report


def files(report: dict[str, object]) -> dict[str, dict[str, object]]:
    models = report["models"]
    assert isinstance(models, list)
    return {model["file"]: model for model in models}


def test_models_without_a_library(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files(told(capsys))[SMALL]["in_use"]
    assert told(capsys, "import", str(tmp_path / "mine.gguf"))["problem"] == ""
    assert (folder / TEST).exists()  # the catalogue knows it
    report = told(capsys, "use", "smollm2-135m")
    assert report["chosen"] == load_settings().answer_model == "smollm2-135m"
    assert files(report)[TEST]["in_use"]
    report = told(capsys, "remove", TEST)
    assert report["chosen"] == load_settings().answer_model == ""
    assert not files(report)[TEST]["here"]
    assert told(capsys, "use", "--automatic")["chosen"] == ""


def test_models_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del folder
    assert main(["models"]) == 0
    said = capsys.readouterr().out
    assert "in use" in said
    assert "fits" in said
    assert "Passages that it has read take up to" in said
    save_settings(Settings(passage_memory_mb=0))
    assert main(["models"]) == 0
    assert "Passages that it has read are not kept." in capsys.readouterr().out


def test_what_cannot_be_done_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.gguf").write_text("Dear all")
    assert main(["models", "import", str(tmp_path / "letter.gguf")]) == 1
    assert "letter.gguf is not a model file." in capsys.readouterr().err
    assert main(["models", "remove", "gone.gguf"]) == 1
    assert "cannot be removed" in capsys.readouterr().err
    assert [file.name for file in folder.iterdir()] == [SMALL]


def test_quality_over_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = tmp_path / "Papers"
    papers.mkdir()
    (papers / "pets.txt").write_text("No dogs. No pets may be kept in the flat.", encoding="utf-8")
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    assert main([*place, "add", str(papers)]) == 0
    assert main([*place, "quality"]) == 0
    assert "not measured yet" in capsys.readouterr().out
    right = ["--right", str(papers / "pets.txt")]
    assert main([*place, "judge", "May dogs be kept?", *right]) == 0
    assert main([*place, "quality", "--measure"]) == 0
    capsys.readouterr()
    assert main([*place, "quality", "--json"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["figures"] == [{"name": "found", "sum": 1.0, "of": 1}]


def test_a_run_as_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    figures = (Figure("found", 10, 12), Figure("seconds", 30, 12))
    show_quality(out, (QualityRun(1.7e9, 12, 0, figures),))
    said = capsys.readouterr().out
    assert "10 of 12" in said
    assert "2.50" in said
