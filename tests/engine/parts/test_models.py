"""The models of a real library: what is told of them, and what can be done with them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.errors import (
    Cancelled,
    ModelBusy,
    ModelNotRemoved,
    NotAModelFile,
    UnknownModel,
)
from strongroom_engine.library import Library
from strongroom_engine.models import hardware
from strongroom_engine.models.generator import State
from strongroom_engine.parts.models import own_bytes
from strongroom_engine.settings import load_settings, models_folder
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Device, Hardware, KnownModel, ModelSpeed, ModelsReport

GB = 10**9
SMALL, TEST = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf", "SmolLM2-135M-Instruct.Q4_1.gguf"
DEFAULT = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
PLENTY = Hardware("A processor", 2, 24 * GB, 20 * GB, ())
LITTLE = Hardware("A processor", 2, 4 * GB, 13 * GB // 10, ())
CARD = Device("CUDA0", "NVIDIA GeForce RTX 4060", "gpu", 8 * GB, 7 * GB)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder with the small model and the default one, as links to the real files."""
    made = tmp_path / "models"
    made.mkdir()
    for name in (SMALL, DEFAULT):
        (made / name).symlink_to(models_folder() / name)
    monkeypatch.setenv("STRONGROOM_MODELS", str(made))
    return made


class Busy(Scripted):
    state: State = "busy"


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey, folder: Path) -> Iterator[Library]:
    del folder
    with Library(
        tmp_path / "library",
        key,
        embedder=WordLengths(),
        make_generator=lambda plan: Busy(plan=plan),
    ) as opened:
        yield opened


def on(monkeypatch: pytest.MonkeyPatch, computer: Hardware) -> None:
    monkeypatch.setattr(hardware, "probe_hardware", lambda: computer)


def of(report: ModelsReport, file: str) -> KnownModel:
    return next(model for model in report.models if model.file == file)


def test_a_processor_with_much_memory(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, PLENTY)
    report = library.models.report()
    assert [model.file for model in report.models if model.in_use] == [DEFAULT]
    assert report.models[0].file == DEFAULT
    assert report.chosen == report.problem == ""
    larger = of(report, report.larger)
    assert (larger.name, larger.here, larger.fit) == ("Qwen3 4B Instruct 2507", False, "whole")
    assert larger.slow_s > 15
    assert of(report, SMALL).here
    assert not of(report, TEST).here
    (ram,) = report.devices
    assert ram.weights + ram.context == report.plan.memory_needed  # type: ignore[union-attr]
    assert ram.own + ram.other == 4 * GB
    assert ram.passages == report.plan.block_bytes > 500 << 20  # type: ignore[union-attr]
    assert ram.free == 20 * GB - ram.weights - ram.context - ram.passages
    longer = report.longer
    assert longer is not None
    assert (longer.tokens, longer.fits) == (8192, True)
    assert longer.needs > 4096 * 28_672


def test_little_memory(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, LITTLE)
    report = library.models.report()
    assert of(report, DEFAULT).fit == "not"
    assert of(report, DEFAULT).needs > GB
    assert report.models[0].file == SMALL
    assert report.larger == ""
    assert report.longer is not None
    assert not report.longer.fits


def test_a_card_takes_what_it_can(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    small_card = Device("CUDA0", "A card", "gpu", 4 * GB, 3 * GB)
    on(monkeypatch, Hardware("A processor", 8, 24 * GB, 20 * GB, (small_card,)))
    report = library.models.report()
    card, ram = report.devices
    assert (card.name, card.total, card.other) == ("A card", 4 * GB, GB)
    assert card.weights == of(report, DEFAULT).size
    assert ram.weights == 0
    assert ram.passages == report.plan.block_bytes > 0  # type: ignore[union-attr]
    assert card.passages == 0
    partly = of(report, "Qwen_Qwen3-4B-Instruct-2507-Q8_0.gguf")
    assert partly.fit == "partly"
    assert 0 < partly.gpu_layers < partly.layers
    now = library.models.memory()
    assert (now.name, now.total, now.loaded, now.own) == ("A card", 4 * GB, False, 0)


def test_a_model_is_used_and_kept_and_chosen_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, PLENTY)
    (report,) = (
        event.report
        for event in served(library, wire.UseModel(name=SMALL))
        if isinstance(event, wire.Models)
    )
    assert report is not None
    assert report.chosen == SMALL
    assert report.models[0].file == SMALL
    assert library.answers.plan().file.endswith(SMALL)
    assert load_settings().answer_model == SMALL
    with pytest.raises(UnknownModel):
        library.models.use("nothing-like-it")
    assert load_settings().answer_model == SMALL
    library.models.use("")
    assert load_settings().answer_model == ""
    assert library.models.report().models[0].file == DEFAULT


def test_a_file_is_brought_in_with_progress_and_removed(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, PLENTY)
    mine = shutil.copy((folder / SMALL).readlink().with_name(TEST), tmp_path / "my own.gguf")
    content = bytearray(Path(mine).read_bytes())
    content[-1] ^= 1  # so that the catalogue does not know it
    Path(mine).write_bytes(content)
    events = served(library, wire.ImportModel(file=str(mine)))
    working = [event.progress for event in events if isinstance(event, wire.Working)]
    assert working[-1] is not None
    assert working[-1].done == working[-1].total == len(content)
    closing = events[-1]
    assert isinstance(closing, wire.Models)
    assert closing.file == "my own.gguf"
    assert closing.report is not None
    brought = of(closing.report, "my own.gguf")
    assert (brought.here, brought.imported, brought.licence) == (True, True, "apache-2.0")
    library.models.use("my own.gguf")
    library.models.remove("my own.gguf")
    assert not (folder / "my own.gguf").exists()
    report = library.models.report()
    assert "my own.gguf" not in {model.file for model in report.models}
    assert report.chosen == ""
    with pytest.raises(NotAModelFile):
        library.models.bring_in(Path(__file__))


def test_a_model_at_work_is_left_alone(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, PLENTY)
    library.answers.warm()
    with pytest.raises(ModelBusy, match=r"Qwen2.5 Coder 1.5B Instruct is writing an answer\."):
        library.models.remove(DEFAULT)
    with pytest.raises(ModelBusy):
        library.models.measure()
    assert (folder / DEFAULT).exists()
    library.models.remove(SMALL)
    assert not (folder / SMALL).exists()


def test_another_choice_does_not_end_the_answer_that_is_written(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, PLENTY)
    library.answers.warm()
    served(library, wire.UseModel(name=SMALL))
    assert library.answers.loaded == (str(models_folder() / DEFAULT), "busy")
    library.answers.warm()  # as the next question does
    assert library.answers.loaded[0] == str(models_folder() / SMALL)


def test_the_next_question_has_the_memory_for_passages_that_is_set_by_then(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, PLENTY)
    first = library.answers.parts().generator()
    assert first.plan.block_bytes > 500 << 20
    library.preferences.change({"passage_memory_mb": 2000})  # no more than is of use
    assert library.answers.parts().generator() is first
    little_less = int((first.plan.block_bytes >> 20) * 0.9)  # what it has read is worth more
    library.preferences.change({"passage_memory_mb": little_less})
    assert library.answers.parts().generator() is first
    library.preferences.change({"passage_memory_mb": 0})
    assert library.answers.parts().generator().plan.block_bytes == 0


def test_none_is_loaded_for_a_library_that_was_closed_meanwhile(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly() -> Hardware:
        library.answers.close()
        return PLENTY

    monkeypatch.setattr(hardware, "probe_hardware", slowly)
    monkeypatch.setattr(Busy, "load", lambda *_: pytest.fail("it is loaded"))
    library.answers.warm()
    with pytest.raises(Cancelled):
        library.answers.parts().generator()


@pytest.mark.parametrize("name", ["../library/x.gguf", "models.toml", "", "gone.gguf"])
def test_only_model_files_of_the_folder_can_be_removed(library: Library, name: str) -> None:
    with pytest.raises(ModelNotRemoved):
        library.models.remove(name)


def test_a_new_look_sees_what_changed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, PLENTY)
    first = library.models.report()
    on(monkeypatch, LITTLE)
    assert library.models.report().measured == first.measured
    events = served(library, wire.MeasureModels())
    assert isinstance(events[-1], wire.Models)
    assert events[-1].report is not None
    assert events[-1].report.hardware == LITTLE
    assert events[-1].report.measured > first.measured


def test_speeds_are_told_with_the_models(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, PLENTY)
    library.answers.speeds.note_first_word(DEFAULT, 2.1)
    assert of(library.models.report(), DEFAULT).speed == ModelSpeed(2.1, 0.0)


def test_what_strongroom_takes_is_its_own_processes(library: Library) -> None:
    now = library.models.memory(os.getppid())
    assert 10_000_000 < own_bytes() <= now.own < now.total
    assert 0 < now.free < now.total
    assert not now.loaded
    wired = msgspec.json.decode(msgspec.json.encode(wire.Memory(memory=now)), type=wire.Memory)
    assert wired.memory == now
