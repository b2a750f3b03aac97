"""What the planner reckons against what a worker really takes."""

from __future__ import annotations

import psutil
import pytest

from strongroom_engine.models.catalogue import Catalogue
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.models.memory import processor_bytes
from strongroom_engine.types import Message, Prompt

from .conftest import plan_for


@pytest.mark.parametrize(("use", "context"), [("small", 2048), ("test", 4096)])
def test_the_reckoning_is_a_little_more_than_the_truth(
    catalogue: Catalogue, use: str, context: int
) -> None:
    model = next(model for model in catalogue.model if getattr(model, use))
    reckoned = processor_bytes(model.file[0].bytes, context, model.kv_bytes_per_token)
    generator = WorkerGenerator(plan_for(use, context))
    try:
        generator.generate(
            Prompt((Message("user", "word " * 600),), 0, 0.0, 4), lambda _: None, lambda: False
        )
        assert generator._worker is not None
        taken = psutil.Process(generator._worker.child.pid).memory_info().rss
    finally:
        generator.close()
    print(f"{model.name}: reckoned {reckoned >> 20} MiB, taken {taken >> 20} MiB")
    assert 0.6 * reckoned < taken < reckoned
