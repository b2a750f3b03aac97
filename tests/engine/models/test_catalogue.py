from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from strongroom_engine.errors import CatalogueUnusable
from strongroom_engine.models.catalogue import Catalogue, load_catalogue, with_imports
from strongroom_engine.models.planner import choose
from strongroom_engine.settings import Settings, models_folder
from strongroom_engine.types import Hardware

from .conftest import CATALOGUE

HARDWARE = Hardware("a processor", 4, 16 << 30, 8 << 30, ())


def test_the_catalogue_names_each_use_once(catalogue: Catalogue) -> None:
    by_use = {
        use: [model.id for model in catalogue.model if getattr(model, use)]
        for use in ("default", "small", "test")
    }
    assert by_use == {
        "default": ["qwen2.5-coder-1.5b"],
        "small": ["qwen2.5-coder-0.5b"],
        "test": ["smollm2-135m"],
    }


def test_better_models_need_more_memory(catalogue: Catalogue) -> None:
    ranked = sorted(catalogue.model, key=lambda model: model.rank)
    sizes = [min(file.bytes for file in model.file) for model in ranked]
    assert sizes == sorted(sizes)
    assert len({model.rank for model in ranked}) == len(ranked)


def test_every_hub_address_names_a_revision(catalogue: Catalogue) -> None:
    for _, file in catalogue.files():
        assert not file.hub or len(file.hub.partition("@")[2]) == 40
        assert file.hub or file.mirror


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("cc324af070c2ecbfd324a30884d2f951", "cc324af070c2ecbfd324a30884d2f95G", "regex"),
        ("bytes = 1_117_320_768", "bytes = 0", "bytes"),
        ("layers = 28", "", "layers"),
        ("default = true", "defalt = true", "defalt"),
        ("small = true", "default = true", "default"),
        ('id = "smollm2-135m"', 'id = "qwen3-4b"', "qwen3-4b stands there twice"),
        ("[[model]]", "[[model", r"at line \d"),
    ],
)
def test_what_is_wrong_in_a_catalogue_is_said(tmp_path: Path, old: str, new: str, why: str) -> None:
    text = CATALOGUE.read_text("utf-8")
    assert old in text
    (tmp_path / "models.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueUnusable, match=why):
        load_catalogue(tmp_path / "models.toml")


def test_a_missing_catalogue_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueUnusable, match=r"No such file|cannot find"):
        load_catalogue(tmp_path / "models.toml")


def test_an_imported_file_is_looked_into_and_can_be_chosen(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    real = models_folder() / "SmolLM2-135M-Instruct.Q4_1.gguf"
    shutil.copy(real, tmp_path / "my-model.gguf")
    (tmp_path / "broken.gguf").write_bytes(b"GGUF and no more")
    (tmp_path / "away.gguf").symlink_to(tmp_path / "nowhere")
    extended = with_imports(catalogue, tmp_path)
    (imported,) = extended.model[len(catalogue.model) :]
    assert (imported.id, imported.layers, imported.context) == ("my-model", 30, 8192)
    assert imported.kv_bytes_per_token == 23_040
    assert imported.parameters == 135_000_000
    assert imported.file[0].quantization == "Q4_1"
    assert imported.rank < catalogue.default_rank
    plan = choose(HARDWARE, extended, tmp_path, Settings())
    assert plan.file == str(tmp_path / "my-model.gguf")
    for wanted in ("my-model", "my-model.gguf", str(tmp_path / "my-model.gguf")):
        assert choose(HARDWARE, extended, tmp_path, Settings(), wanted).model == "my-model"


def test_a_folder_without_strange_files_adds_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    assert with_imports(catalogue, tmp_path) is catalogue
    assert with_imports(catalogue, tmp_path / "missing") is catalogue
