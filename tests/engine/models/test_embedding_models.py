"""Which embedding models are here, and the one of a new library."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.embedding_models import embedding_model, embedding_models
from strongroom_engine.settings import assets_folder, models_folder

MULTILINGUAL, SMALL = "multilingual-e5-small", "all-MiniLM-L6-v2"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder."""
    folder = tmp_path / "models"
    monkeypatch.setenv("STRONGROOM_MODELS", str(folder))
    return folder


def test_the_multilingual_model_is_the_default() -> None:
    names = [model.name for model in embedding_models()]
    assert names[:2] == [MULTILINGUAL, SMALL]
    assert embedding_model(MULTILINGUAL).folder.is_relative_to(models_folder())


def test_without_it_the_small_one_is(models: Path) -> None:
    assert [model.name for model in embedding_models()] == [SMALL]
    with pytest.raises(EmbeddingModelMissing, match="not on this computer"):
        embedding_model(MULTILINGUAL)


def test_the_template_in_the_assets_is_no_model(models: Path) -> None:
    assert (assets_folder() / "embedding" / MULTILINGUAL / "model.toml").is_file()
    assert all(model.folder.parent != models / "embedding" for model in embedding_models())


def test_models_are_found_by_name_and_by_id() -> None:
    by_name = embedding_model(SMALL)
    assert embedding_model(by_name.id) == by_name
    assert by_name.languages == ("en",)
    assert by_name.dimensions == 384
    assert {"de", "zh", "ar", "ru"} <= set(embedding_model(MULTILINGUAL).languages)


def test_an_incomplete_folder_is_passed_over(models: Path) -> None:
    folder = models / "embedding" / "half"
    shutil.copytree(assets_folder() / "embedding" / SMALL, folder)
    card = (folder / "model.toml").read_text("utf-8")
    (folder / "model.toml").write_text(card.replace("-int8", "-own"), "utf-8")
    assert [model.name for model in embedding_models()] == [SMALL, "half"]
    (folder / "model.onnx").write_bytes(b"short")
    assert [model.name for model in embedding_models()] == [SMALL]


def test_an_id_that_is_there_twice_is_one_model(models: Path) -> None:
    shutil.copytree(assets_folder() / "embedding" / SMALL, models / "embedding" / "copy")
    assert [model.name for model in embedding_models()] == ["copy"]
