"""The real models: the GGUF files of the user's models folder, filled by the set-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from strongroom_engine.models.catalogue import Catalogue, load_catalogue
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.settings import assets_folder, models_folder
from strongroom_engine.types import ModelPlan

CATALOGUE = assets_folder() / "catalogue" / "models.toml"


def plan_for(use: str, context: int) -> ModelPlan:
    """A plan for the processor, for the catalogue's model marked `use`; fails where it is missing."""
    model = next(m for m in load_catalogue(CATALOGUE).model if getattr(m, use))
    file = models_folder() / model.file[0].file
    if not file.is_file():
        pytest.fail(f"{file.name} is missing from {file.parent}: run the set-up, which fetches it")
    return ModelPlan(
        model=model.id,
        name=model.name,
        quantization=model.file[0].quantization,
        file=str(file),
        context=context,
        gpu_layers=0,
        layers=model.layers,
        device="CPU",
        memory_needed=0,
        threads=2,
        why="",
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(CATALOGUE)


@pytest.fixture
def tiny_plan() -> ModelPlan:
    """SmolLM2: answers nothing right, and loads in a moment."""
    return plan_for("test", 4096)


@pytest.fixture
def tiny(tiny_plan: ModelPlan) -> Iterator[WorkerGenerator]:
    generator = WorkerGenerator(tiny_plan)
    yield generator
    generator.close()
