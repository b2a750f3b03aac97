"""Made-up models and figures: what the fake host tells the pages of models and quality."""

from __future__ import annotations

from dataclasses import replace

from strongroom_engine.judging import (
    Figure,
    JudgedAnswer,
    Judgement,
    Outcome,
    Place,
    QualityRun,
)
from strongroom_engine.types import (
    Device,
    DeviceMemory,
    EmbeddingChoice,
    EmbeddingStatus,
    Hardware,
    KnownModel,
    LibraryFacts,
    LongerContext,
    MemoryNow,
    ModelPlan,
    ModelSpeed,
    ModelsReport,
)

GB = 1_000_000_000
CARD = "NVIDIA GeForce RTX 4060"

IN_USE = KnownModel(
    name="Qwen2.5 7B Instruct", quantization="Q4_K_M", file="qwen2.5-7b-q4_k_m.gguf",
    size=4_700_000_000, licence="Apache-2.0", languages=("en", "de", "fr"), sha256="a" * 64,
    published="Qwen/Qwen2.5-7B-Instruct-GGUF", here=True, rank=40, parameters=7_600_000_000,
    fit="whole", layers=28, gpu_layers=28, needs=5_200_000_000, speed=ModelSpeed(2.1, 27.0),
    in_use=True,
)  # fmt: skip
LARGER = KnownModel(
    name="Mistral Small 24B", quantization="Q4_K_M", file="mistral-small-24b-q4_k_m.gguf",
    size=14_300_000_000, licence="Apache-2.0", sha256="b" * 64,
    published="bartowski/Mistral-Small-24B-Instruct-GGUF", rank=55, parameters=23_600_000_000,
    fit="partly", layers=40, gpu_layers=18, needs=15_000_000_000, slow_s=21.0,
)  # fmt: skip
SMALL = KnownModel(
    name="Qwen2.5 1.5B Instruct", quantization="Q4_K_M", file="qwen2.5-1.5b-q4_k_m.gguf",
    size=1_100_000_000, licence="Apache-2.0", sha256="c" * 64, here=True, rank=20,
    parameters=1_540_000_000, fit="whole", layers=28, gpu_layers=28, needs=1_400_000_000,
    speed=ModelSpeed(0.9, 88.0),
)  # fmt: skip
FINER = replace(
    SMALL, quantization="Q8_0", file="qwen2.5-1.5b-q8_0.gguf", size=1_900_000_000, here=False,
    sha256="d" * 64, speed=ModelSpeed(),
)  # fmt: skip
HUGE = KnownModel(
    name="Llama 3.3 70B Instruct", quantization="Q4_K_M", file="llama-3.3-70b-q4_k_m.gguf",
    size=42_500_000_000, licence="Llama-3.3", sha256="e" * 64, rank=70,
    parameters=70_600_000_000, fit="not", layers=80, needs=44_000_000_000,
)  # fmt: skip
MINE = KnownModel(
    name="My own <b>model</b>", quantization="Q4_1", file="my own.gguf", size=98_000_000,
    licence="unknown", here=True, imported=True, rank=1, parameters=135_000_000, fit="whole",
    layers=30, gpu_layers=30, needs=350_000_000,
)  # fmt: skip

PLAN = ModelPlan(
    model="qwen2.5-7b", name=IN_USE.name, quantization="Q4_K_M", file=f"/models/{IN_USE.file}",
    context=8192, gpu_layers=28, layers=28, device="CUDA0", memory_needed=5_600_000_000,
    threads=8, why="It fits.",
)  # fmt: skip

REPORT = ModelsReport(
    hardware=Hardware(
        "A processor", 8, 32 * GB, 22 * GB,
        (Device("CUDA0", CARD, "gpu", 8 * GB, 7_300_000_000),),
    ),
    measured=0.0,
    models=(IN_USE, LARGER, SMALL, FINER, HUGE),
    plan=PLAN,
    devices=(
        DeviceMemory(CARD, 8 * GB, 4_700_000_000, 900_000_000, 0, 700_000_000),
        DeviceMemory("", 32 * GB, 0, 300_000_000, 1_100_000_000, 9_400_000_000),
    ),
    longer=LongerContext(16_384, fits=True, needs=900_000_000),
    larger=LARGER.file,
    folder="/models",
)  # fmt: skip

MEMORY = MemoryNow(8 * GB, 1_700_000_000, 5_600_000_000, name=CARD, loaded=True)

LIBRARY = LibraryFacts(
    "/library", 20_000_000, 1_000_000, 17, 340, "ascon128", "keyring", 10, keyring=True
)

EMBEDDING = EmbeddingStatus(
    "multilingual-e5-small", True, "", True, 20, 20,
    (
        EmbeddingChoice("multilingual-e5-small", "e5", 384, ("ab", "cd", "ef", "gh", "ij", "kl")),
        EmbeddingChoice("all-MiniLM-L6-v2", "mini", 384, ("en",)),
    ),
)  # fmt: skip


def using(report: ModelsReport, file: str) -> ModelsReport:
    """The report with another model in use; '' for the one that was chosen first."""
    models = tuple(replace(one, in_use=one.file == (file or IN_USE.file)) for one in report.models)
    used = next(one for one in models if one.in_use)
    plan = replace(PLAN, name=used.name, file=f"/models/{used.file}")
    return replace(report, models=models, plan=plan, chosen=file)


def without(report: ModelsReport, file: str) -> ModelsReport:
    return replace(report, models=tuple(one for one in report.models if one.file != file))


JUDGEMENTS = (
    Judgement(
        "Can Holt Textiles end the lease before 2029?",
        (
            Place(
                "/papers/Holt/Lease and deeds/Lease 14 Harbour Street, executed 2019-03-28.pdf", 14
            ),
        ),
        (JudgedAnswer("Yes, on 31 March 2026.", right=True),),
        changed=1_700_000_000,
    ),
    Judgement(
        "Is a break notice sent by e-mail valid?",
        (
            Place(
                "/papers/Holt/Lease and deeds/Lease 14 Harbour Street, executed 2019-03-28.pdf", 14
            ),
            Place("/papers/Holt/Notes on the break right.md", quote="not valid if sent by e-mail"),
        ),
        changed=1_700_000_100,
    ),
    Judgement("What rent was agreed in the 2024 review?", absent=True, changed=1_700_000_200),
    Judgement(
        "Who pays for the <b>roof</b>?",
        answers=(JudgedAnswer("The tenant does.", right=False),),
        changed=1_700_000_300,
    ),
    Judgement(
        "Which deposits were paid?",
        (Place("/papers/Gone/Statement.pdf", 2),),
        missing=("/papers/Gone/Statement.pdf",),
        changed=1_700_000_400,
    ),
)


def run(number: int, found: int, *, answers: bool = True) -> QualityRun:
    figures = [Figure("found", found, 12)]
    if answers:
        figures += [
            Figure("kept", 11, 12),
            Figure("cited", 9, 11),
            Figure("said", 5, 7),
            Figure("refused", 2, 3),
            Figure("supported", 10.5, 11),
            Figure("seconds", 96.0, 15),
        ]
    outcomes = (
        Outcome(JUDGEMENTS[0].question, True, True if answers else None, True if answers else None),
        Outcome(
            JUDGEMENTS[1].question, False, False if answers else None, True if answers else None
        ),
        Outcome(JUDGEMENTS[2].question, None, None, False if answers else None),
    )
    return QualityRun(
        when=1_790_000_000.0 + number * 86_400 * 9,
        questions=15,
        left_out=2,
        figures=tuple(figures),
        outcomes=outcomes,
        embedding_model="multilingual-e5-small",
        answer_model="Qwen2.5 7B Instruct" if answers else "",
        id=number,
    )


RUNS = (run(1, 6), run(2, 8), run(3, 8, answers=False), run(4, 10))
