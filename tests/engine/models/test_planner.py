from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.errors import ModelDamaged, ModelMissing, NoModelFits, UnknownModel
from strongroom_engine.models.catalogue import Catalogue, load_catalogue
from strongroom_engine.models.planner import choose
from strongroom_engine.settings import Settings
from strongroom_engine.types import Device, Hardware, ModelPlan

from .conftest import CATALOGUE

GB = 10**9
NOWHERE = Path("/nowhere")
KNOWN = load_catalogue(CATALOGUE)


def computer(
    free: float, cores: int = 2, *, gpu: float = 0, kind: str = "gpu", problem: str = ""
) -> Hardware:
    """A computer with so many GB free of twice as many, and perhaps a GPU."""
    device = Device("GPU0", "A GPU", kind, int(2 * gpu * GB), int(gpu * GB))
    return Hardware(
        cpu="A processor",
        cores=cores,
        memory_total=int(2 * free * GB),
        memory_free=int(free * GB),
        gpus=(device,) if gpu else (),
        problem=problem,
    )


def put(folder: Path, catalogue: Catalogue, *ids: str) -> Path:
    """Files of the right size, and no content, for the first quantization of these models."""
    for model in catalogue.model:
        if model.id in ids:
            with (folder / model.file[0].file).open("wb") as file:
                file.truncate(model.file[0].bytes)
    return folder


@pytest.mark.parametrize(
    ("hardware", "expected"),
    [
        # free memory decides on a processor
        (computer(1.0), ("qwen2.5-coder-0.5b", "Q4_K_M", 2048, 0)),
        (computer(1.2), ("qwen2.5-coder-0.5b", "Q4_K_M", 4096, 0)),
        (computer(1.6), ("qwen2.5-coder-0.5b", "Q8_0", 4096, 0)),
        (computer(1.9), ("qwen2.5-coder-1.5b", "Q4_K_M", 2048, 0)),  # rather than a weaker model
        (computer(2.5), ("qwen2.5-coder-1.5b", "Q4_K_M", 4096, 0)),
        (computer(4), ("qwen2.5-coder-1.5b", "Q8_0", 4096, 0)),
        (computer(30), ("qwen2.5-coder-1.5b", "Q8_0", 4096, 0)),
        # with cores enough the larger model is quick enough
        (computer(4, cores=8), ("qwen2.5-coder-1.5b", "Q8_0", 4096, 0)),
        (computer(4.6, cores=8), ("qwen3-4b", "Q4_K_M", 4096, 0)),
        (computer(30, cores=8), ("qwen3-4b", "Q8_0", 4096, 0)),
        # a GPU takes all of it, whatever the cores
        (computer(8, gpu=8), ("qwen3-4b", "Q8_0", 4096, 36)),
        (computer(8, gpu=6), ("qwen3-4b", "Q5_K_M", 4096, 36)),
        (computer(8, gpu=5), ("qwen3-4b", "Q4_K_M", 4096, 36)),
        # a part of it, where the rest is then quick enough
        (computer(8, gpu=3), ("qwen3-4b", "Q4_K_M", 4096, 20)),
        (computer(8, gpu=2), ("qwen2.5-coder-1.5b", "Q4_K_M", 4096, 23)),
        (computer(8, cores=3, gpu=2), ("qwen3-4b", "Q4_K_M", 4096, 12)),
        # a GPU too small to help
        (computer(4, gpu=0.8), ("qwen2.5-coder-1.5b", "Q8_0", 4096, 0)),
        # a GPU that shares the memory: spent once
        (computer(8, gpu=8, kind="igpu"), ("qwen3-4b", "Q8_0", 4096, 36)),
        (computer(3, gpu=30, kind="igpu"), ("qwen2.5-coder-1.5b", "Q4_K_M", 4096, 28)),
        (computer(2, gpu=30, kind="igpu"), ("qwen2.5-coder-1.5b", "Q4_K_M", 4096, 0)),
    ],
)
def test_what_fits_decides(hardware: Hardware, expected: tuple[str, str, int, int]) -> None:
    plan = choose(hardware, KNOWN, NOWHERE, Settings())
    assert (plan.model, plan.quantization, plan.context, plan.gpu_layers) == expected
    assert plan.memory_needed < hardware.memory_free or plan.gpu_layers
    assert plan.file == ""
    assert plan.why.endswith("Its file is not on this computer yet.")


def test_one_sentence_says_why(tmp_path: Path) -> None:
    folder = put(tmp_path, KNOWN, "qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b")
    plan = choose(computer(22.8), KNOWN, folder, Settings())
    assert plan.why == (
        "Qwen2.5 Coder 1.5B Instruct (Q4_K_M) on the processor: no GPU was found; "
        "it takes 1.6 of 22.8 GB free memory."
    )
    assert plan.file == str(folder / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")
    assert (
        "Qwen2.5 Coder 1.5B Instruct (Q8_0): would answer better; it is not on this computer."
        in plan.considered
    )
    assert (
        "Qwen3 4B Instruct 2507 (Q4_K_M): its first word would come after 25 seconds here."
        in plan.considered
    )
    assert (
        "Qwen2.5 Coder 0.5B Instruct (Q4_K_M): fits too, but answers less well." in plan.considered
    )
    assert not any("SmolLM2" in line for line in plan.considered)


@pytest.mark.parametrize(
    ("hardware", "words"),
    [
        (computer(8, gpu=8), "on A GPU: all of it fits; it takes 6.1 of 8.0 GB free GPU memory."),
        (computer(8, gpu=8, kind="igpu"), "it takes 5.5 of 8.0 GB free memory."),
        (
            computer(8, gpu=3),
            "on A GPU and the processor: 20 of 36 layers fit into the GPU; ",
        ),
        (computer(4, gpu=0.8), "on the processor: A GPU has only 0.8 GB free; "),
        (
            computer(4, problem="its process crashed (SIGABRT)"),
            "GPUs could not be examined (its process crashed (SIGABRT)); ",
        ),
    ],
)
def test_the_sentence_names_what_was_decisive(hardware: Hardware, words: str) -> None:
    assert words in choose(hardware, KNOWN, NOWHERE, Settings()).why


def test_what_is_on_the_computer_is_preferred_to_what_would_be_better(tmp_path: Path) -> None:
    folder = put(tmp_path, KNOWN, "qwen2.5-coder-0.5b")
    plan = choose(computer(22), KNOWN, folder, Settings())
    assert plan.model == "qwen2.5-coder-0.5b"
    assert plan.file


def test_a_large_model_that_is_alone_is_used_however_slow(tmp_path: Path) -> None:
    folder = put(tmp_path, KNOWN, "qwen3-4b")
    plan = choose(computer(22), KNOWN, folder, Settings())
    assert plan.model == "qwen3-4b"


def test_an_incomplete_file_does_not_count(tmp_path: Path) -> None:
    folder = put(tmp_path, KNOWN, "qwen2.5-coder-0.5b")
    (folder / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").write_bytes(b"GGUF")
    plan = choose(computer(22), KNOWN, folder, Settings())
    assert plan.model == "qwen2.5-coder-0.5b"
    assert any("incomplete (4 of 1,117,320,768 bytes)" in line for line in plan.considered)
    with pytest.raises(ModelDamaged, match="incomplete"):
        choose(computer(22), KNOWN, folder, Settings(), "qwen2.5-coder-1.5b")


@pytest.mark.parametrize(
    "wanted",
    ["smollm2-135m", "SmolLM2 135M Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf", "SMOLLM2-135M"],
)
def test_the_test_model_runs_when_it_is_named(tmp_path: Path, wanted: str) -> None:
    folder = put(tmp_path, KNOWN, "smollm2-135m", "qwen2.5-coder-0.5b")
    assert choose(computer(22), KNOWN, folder, Settings(), wanted).model == "smollm2-135m"
    assert choose(computer(22), KNOWN, folder, Settings()).model == "qwen2.5-coder-0.5b"


def test_a_wanted_model_that_is_not_there_is_said() -> None:
    with pytest.raises(ModelMissing, match="qwen3-4b"):
        choose(computer(22), KNOWN, NOWHERE, Settings(), "qwen3-4b")
    with pytest.raises(UnknownModel, match=r"gpt-9.*qwen2.5-coder-1.5b"):
        choose(computer(22), KNOWN, NOWHERE, Settings(), "gpt-9")


def test_nothing_fits_into_very_little() -> None:
    with pytest.raises(NoModelFits, match=r"0\.7 GB.*0\.5 GB free 0\.1 GB are left"):
        choose(computer(0.5), KNOWN, NOWHERE, Settings())


def test_the_settings_decide_about_context_and_reserve() -> None:
    long = choose(computer(22), KNOWN, NOWHERE, Settings(context_tokens=16_384))
    assert long.context == 16_384
    with pytest.raises(NoModelFits):
        choose(
            Hardware("x", 2, 64 * GB, 2 * GB, ()),
            KNOWN,
            NOWHERE,
            Settings(memory_reserve_mb=2_000),
        )


def test_a_second_gpu_with_more_room_is_used() -> None:
    small = Device("GPU0", "Small", "gpu", 2 * GB, GB)
    large = Device("GPU1", "Large", "gpu", 24 * GB, 20 * GB)
    shared = Device("GPU2", "Shared", "igpu", 32 * GB, 30 * GB)
    hardware = Hardware("x", 4, 32 * GB, 16 * GB, (shared, small, large))
    plan = choose(hardware, KNOWN, NOWHERE, Settings())
    assert (plan.device, plan.gpu_layers) == ("GPU1", plan.layers)


def each_token(plan: ModelPlan) -> int:
    return next(model for model in KNOWN.model if model.id == plan.model).kv_bytes_per_token


def test_what_is_left_keeps_passages_and_then_gives_several_questions_room(tmp_path: Path) -> None:
    folder = put(tmp_path, KNOWN, "qwen2.5-coder-0.5b")

    def kept(free: float, most_mb: int = 1024) -> tuple[int, int]:
        """Thousands of tokens that are kept, and tokens of the KV cache."""
        plan = choose(computer(free), KNOWN, folder, Settings(passage_memory_mb=most_mb))
        assert plan.context == 4096
        total = plan.memory_needed + plan.block_bytes
        assert total <= computer(free).memory_free * 3 / 4  # an eighth of it all is left to others
        return plan.block_bytes // each_token(plan) // 1000, plan.cells

    assert kept(1.05) == (0, 4096)
    assert kept(1.2) == (5, 4096)
    assert kept(1.3) == (8, 4096)
    assert kept(1.6) == (14, 8192)
    assert kept(30) == (32, 8192)
    assert kept(30, most_mb=100) == (8, 8192)
    assert kept(30, most_mb=0) == (0, 8192)
    assert kept(30, most_mb=1) == (0, 8192)  # not one passage
    assert kept(1.3, most_mb=0) == (0, 8192)


@pytest.mark.parametrize("kind", ["gpu", "igpu"])
def test_what_a_gpu_has_read_is_kept_in_the_memory_of_the_computer(
    tmp_path: Path, kind: str
) -> None:
    folder = put(tmp_path, KNOWN, "qwen3-4b")

    def kept(free: float, gpu: float) -> tuple[float, int]:
        plan = choose(computer(free, gpu=gpu, kind=kind), KNOWN, folder, Settings())
        assert plan.gpu_layers == 36
        return plan.block_bytes / (1 << 20), plan.cells

    assert kept(40, 20) == (1024, 8192)
    little = kept(1.4, 20) if kind == "gpu" else kept(5.2, 20)
    assert little == (0, 4096)


def test_room_for_several_questions_is_reckoned_with_what_the_model_needs() -> None:
    def needed(context: int) -> ModelPlan:
        return choose(computer(30), KNOWN, NOWHERE, Settings(context_tokens=context))

    short, long = needed(4096), needed(8192)
    assert short.cells == 8192
    assert long.cells == 12_288
    assert long.memory_needed - short.memory_needed > 4096 * each_token(short)


def goodness(plan: ModelPlan) -> tuple[int, int, float, int, int, int]:
    model = next(model for model in KNOWN.model if model.id == plan.model)
    size = next(file.bytes for file in model.file if file.quantization == plan.quantization)
    share = plan.gpu_layers / plan.layers
    return model.rank, plan.context, share, size, plan.cells, plan.block_bytes


FREE = st.integers(0, 40 * GB)


@given(
    st.tuples(FREE, FREE),
    st.tuples(FREE, FREE),
    st.integers(1, 16),
    st.sampled_from(["gpu", "igpu"]),
)
def test_more_memory_never_gives_a_worse_model(
    rams: tuple[int, int], gpus: tuple[int, int], cores: int, kind: str
) -> None:
    def best(ram: int, gpu: int) -> tuple[int, int, float, int, int, int] | None:
        device = Device("GPU0", "A GPU", kind, 80 * GB, gpu)
        hardware = Hardware("x", cores, 80 * GB, ram, (device,))
        try:
            plan = choose(hardware, KNOWN, NOWHERE, Settings())
        except NoModelFits:
            return None
        beside = plan.block_bytes + (0 if plan.gpu_layers and kind == "gpu" else plan.memory_needed)
        assert beside <= ram
        return goodness(plan)

    little, much = best(rams[0], gpus[0]), best(sum(rams), sum(gpus))
    assert little is None or (much is not None and much >= little)
