"""What the planner reckons against what a worker really takes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psutil
import pytest

from strongroom_engine.models.catalogue import Catalogue
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.models.memory import cells_for_several, processor_bytes
from strongroom_engine.types import Message, Prompt

from .conftest import plan_for

MB = 1 << 20


def taken_by(generator: WorkerGenerator) -> int:
    assert generator._worker is not None
    return int(psutil.Process(generator._worker.child.pid).memory_info().rss)


def ask(generator: WorkerGenerator, text: str) -> None:
    generator.generate(
        Prompt((Message("user", text),), 0, 0.0, 4), lambda _text: None, lambda: False
    )


@pytest.mark.parametrize(
    ("use", "context", "several"),
    [("small", 2048, False), ("test", 4096, False), ("test", 4096, True)],
)
def test_the_reckoning_is_a_little_more_than_the_truth(
    catalogue: Catalogue, use: str, context: int, several: bool
) -> None:
    model = next(model for model in catalogue.model if getattr(model, use))
    cells = cells_for_several(context) if several else context
    reckoned = processor_bytes(model.file[0].bytes, cells, model.kv_bytes_per_token)
    generator = WorkerGenerator(replace(plan_for(use, context), cells=cells))
    texts = [f"{word} " * 600 for word in ("word", "deed", "thing", "man")]
    try:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda text: ask(generator, text), texts[: 4 if several else 1]))
        taken = taken_by(generator)
    finally:
        generator.close()
    print(f"{model.name}: reckoned {reckoned // MB} MiB, taken {taken // MB} MiB")
    assert 0.6 * reckoned < taken < reckoned


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="this system tells no maps")
def test_the_file_is_read_and_not_mapped() -> None:
    generator = WorkerGenerator(plan_for("test", 2048))
    try:
        ask(generator, "word")
        assert generator._worker is not None
        maps = psutil.Process(generator._worker.child.pid).memory_maps()
    finally:
        generator.close()
    assert [one.path for one in maps if one.path.endswith(".gguf")] == []


def test_room_for_several_questions_takes_what_is_reckoned_for_it(catalogue: Catalogue) -> None:
    each = next(model for model in catalogue.model if model.test).kv_bytes_per_token
    taken = []
    for cells in (4096, cells_for_several(4096)):
        generator = WorkerGenerator(replace(plan_for("test", 4096), cells=cells))
        try:
            ask(generator, "word " * 600)
            taken.append(taken_by(generator))
        finally:
            generator.close()
    reckoned = processor_bytes(0, cells_for_several(4096), each) - processor_bytes(0, 4096, each)
    assert 0.6 * reckoned < taken[1] - taken[0] < 1.2 * reckoned


def test_what_is_kept_of_passages_stays_within_its_memory(catalogue: Catalogue) -> None:
    each = next(model for model in catalogue.model if model.test).kv_bytes_per_token
    room = 1_000 * each
    generator = WorkerGenerator(replace(plan_for("test", 2048), block_bytes=room))
    stable = (Message("system", "Answer."),)
    try:
        generator.load(stable)
        sizes = []
        for number in range(18):  # of 200 tokens each: what is kept is full after five
            passage = f"{number} " + "word " * 200
            asked = Message("user", f"{passage}\n\nWhy?")
            generator.read(Prompt((*stable, asked), 1, 0.0, 4, passages=(passage,)))
            sizes.append(taken_by(generator))
    finally:
        generator.close()
    print(f"room {room // MB} MiB; {[size // MB for size in sizes]}")
    assert sizes[4] - sizes[0] > 0.5 * room  # else nothing is kept, and this shows nothing
    assert sizes[-1] - sizes[0] < 1.5 * room
