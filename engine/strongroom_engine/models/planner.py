"""Which answer model runs here, and how: pure, from what the computer and the catalogue say.

Every file of every model is tried in every way that this computer allows: the whole model on one
GPU, as many layers as fit on a GPU and the rest on the processor, or all of it on the processor;
with the context that the settings ask for, or a shorter one. Of what fits, the best is, in this
order: quick enough, better answers, longer context, more of it on the GPU, finer quantization.
More memory only ever adds ways, so it never gives a worse choice.

What is left then serves speed: passages that were read are kept, and several questions have room at
once. Nothing of the choice is given up for that.

"Quick enough" needs a word. Nearly all of the wait for an answer's first word is the reading of
the prompt, and a processor reads a 4B model's prompts at less than half the 1.5B's speed. A model
that is larger than the default is chosen on the processor only if there are cores enough for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from strongroom_engine.errors import ModelDamaged, ModelMissing, NoModelFits, UnknownModel
from strongroom_engine.models import memory
from strongroom_engine.models.catalogue import Catalogue, CatalogueFile, CatalogueModel
from strongroom_engine.sentences import known as say
from strongroom_engine.sentences import reasons
from strongroom_engine.settings import Settings
from strongroom_engine.types import Device, Hardware, ModelPlan

LEAST_CONTEXT = 2048
"""Tokens; with fewer, four passages and an answer have no room."""
LEAST_PROMPT_SPEED = 100.0
"""Tokens a second at which a prompt must be read: 1,500 tokens in 15 seconds."""
PROMPT_TOKENS = 1_500
"""Of the prompt that speeds are reckoned for."""
PROMPT_WORK_PER_CORE = 1.2e11
"""Parameters times tokens that a core reads in a second (the 1.5B: 163 tokens/s on two cores)."""
LEAST_SHARE_ON_GPU = 0.25
"""With fewer of its layers on the GPU a model is not divided: the transfers eat the gain."""
_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file of one model. `size` is what is on disk, or None where it is not there."""

    model: CatalogueModel
    file: CatalogueFile
    path: Path
    size: int | None

    @property
    def label(self) -> str:
        return f"{self.model.name} ({self.file.quantization})"

    @property
    def present(self) -> bool:
        return self.size == self.file.bytes

    @property
    def least(self) -> int:
        """Bytes that it needs at least."""
        return self.needs(LEAST_CONTEXT)

    def needs(self, cells: int) -> int:
        """Bytes, where the processor does all the work."""
        return memory.processor_bytes(self.file.bytes, cells, self.model.kv_bytes_per_token)


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be placed: a candidate, with tokens of context, and those that its KV cache holds."""

    candidate: Candidate
    context: int
    cells: int

    @property
    def is_for_several(self) -> bool:
        """Whether several questions have room at once."""
        return self.cells > self.context

    @property
    def model_bytes(self) -> int:
        each = self.candidate.model.kv_bytes_per_token
        return memory.model_bytes(self.candidate.file.bytes, self.cells, each)


@dataclass(frozen=True, slots=True)
class Placement:
    """One way to run a candidate. Memory in bytes: needed, and free where most of it goes; and what
    the computer has left beside it and the reserve."""

    run: Run
    gpu_layers: int
    device: Device | None
    needed: int
    free: int
    left: int
    speed: float
    """Tokens of a prompt read in a second, roughly; infinite with all layers on a GPU."""

    @property
    def candidate(self) -> Candidate:
        return self.run.candidate

    @property
    def share(self) -> float:
        return self.gpu_layers / self.candidate.model.layers

    @property
    def first_word_s(self) -> float:
        """How long the reading of a prompt takes, roughly."""
        return PROMPT_TOKENS / self.speed

    def merit(self, default_rank: int) -> tuple[bool, int, int, float, int]:
        """What makes one way better than another, the weightiest first."""
        model = self.candidate.model
        quick = model.rank <= default_rank or self.speed >= LEAST_PROMPT_SPEED
        return quick, model.rank, self.run.context, self.share, self.candidate.file.bytes


def choose(
    hardware: Hardware,
    catalogue: Catalogue,
    models_folder: Path,
    settings: Settings,
    wanted: str = "",
) -> ModelPlan:
    """The best model for this computer, or the best way to run the `wanted` one.

    `wanted` is an id or name of a model, or a file name. A model that is on this computer is
    preferred; where none is, the plan names what should be fetched, with `file` empty.
    Raises `UnknownModel`, `ModelMissing` or `ModelDamaged` for a wanted one, `NoModelFits`.
    """
    candidates = _candidates(catalogue, models_folder, wanted)
    if wanted:
        _check_wanted(candidates, wanted)
    ways = [way for c in candidates for way in _ways(c, hardware, settings)]
    if not ways:
        raise NoModelFits(why=_too_small(candidates, hardware, settings))

    def merit(way: Placement) -> tuple[bool, int, int, float, int]:
        return way.merit(catalogue.default_rank)

    best = max([way for way in ways if way.candidate.present] or ways, key=merit)
    others = [candidate for candidate in candidates if candidate != best.candidate]
    way = _for_several(best, hardware, settings)
    return _plan(
        way,
        hardware,
        tuple(_verdict(other, best, ways, hardware, merit) for other in others),
        block_bytes=_block_bytes(way, settings),
    )


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a file would run here: the best way, if there is one, and whether it is quick enough."""

    candidate: Candidate
    way: Placement | None
    quick: bool


def fittings(
    hardware: Hardware, catalogue: Catalogue, models_folder: Path, settings: Settings
) -> tuple[Fitting, ...]:
    """Every file of every model, here or not, and how this computer would run it."""
    return tuple(
        _fitting(_candidate(model, file, models_folder), hardware, catalogue, settings)
        for model, file in catalogue.files()
    )


def _fitting(
    candidate: Candidate, hardware: Hardware, catalogue: Catalogue, settings: Settings
) -> Fitting:
    ways = list(_ways(candidate, hardware, settings))
    best = max(ways, key=lambda way: way.merit(catalogue.default_rank), default=None)
    return Fitting(candidate, best, best is not None and best.merit(catalogue.default_rank)[0])


def with_context(
    candidate: Candidate, context: int, hardware: Hardware, settings: Settings
) -> Placement | None:
    """The way with the most of it on a GPU that has exactly this context; None if none fits."""
    wanted = structs.replace(settings, context_tokens=context)
    ways = [way for way in _ways(candidate, hardware, wanted) if way.run.context == context]
    return max(ways, key=lambda way: way.share, default=None)


def _candidate(model: CatalogueModel, file: CatalogueFile, folder: Path) -> Candidate:
    return Candidate(model, file, folder / file.file, _size(folder / file.file))


def _candidates(catalogue: Catalogue, folder: Path, wanted: str) -> list[Candidate]:
    found = [
        _candidate(model, file, folder)
        for model, file in catalogue.files()
        if (_is_wanted(model, file, wanted) if wanted else not model.test)
    ]
    if not found:
        raise UnknownModel(model=wanted, known=", ".join(model.id for model in catalogue.model))
    return found


def _is_wanted(model: CatalogueModel, file: CatalogueFile, wanted: str) -> bool:
    name = Path(wanted).name.casefold().removesuffix(".gguf")
    known = (model.id, model.name, file.file.removesuffix(".gguf"))
    return name in {known_name.casefold() for known_name in known}


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _check_wanted(candidates: Sequence[Candidate], wanted: str) -> None:
    if any(candidate.present for candidate in candidates):
        return
    for candidate in candidates:
        if candidate.size is not None:
            raise ModelDamaged(file=candidate.path, why=_incomplete(candidate))
    raise ModelMissing(model=wanted)


# --- where it fits -----------------------------------------------------------------------------


def _ways(candidate: Candidate, hardware: Hardware, settings: Settings) -> Iterator[Placement]:
    """Every way in which the candidate fits into this computer."""
    for context in _contexts(candidate, settings):
        run = Run(candidate, context, context)
        for device in (*_usable_gpus(hardware), None):
            if (way := _placed(run, device, hardware, settings)) is not None:
                yield way


def _placed(
    run: Run, device: Device | None, hardware: Hardware, settings: Settings
) -> Placement | None:
    """On this GPU, on the processor without one; None where it does not fit."""
    if device is None:
        return _on_processor(run, hardware, settings)
    place = _on_shared if device.kind == "igpu" else _on_gpu
    return place(run, device, hardware, settings)


def _contexts(candidate: Candidate, settings: Settings) -> Iterator[int]:
    context = min(settings.context_tokens, candidate.model.context)
    yield context
    while context > LEAST_CONTEXT:
        context = max(context // 2, LEAST_CONTEXT)
        yield context


def _usable_gpus(hardware: Hardware) -> Sequence[Device]:
    """llama.cpp uses a GPU that shares the computer's memory only where there is no other."""
    own = [device for device in hardware.gpus if device.kind == "gpu"]
    return own or hardware.gpus[:1]


def _reserve(settings: Settings, total: int) -> int:
    """What is left to other programs: the setting, but no more than an eighth of it all."""
    return min(settings.memory_reserve_mb * _MB, total // 8)


def _free_ram(hardware: Hardware, settings: Settings) -> int:
    return hardware.memory_free - _reserve(settings, hardware.memory_total)


def _on_processor(run: Run, hardware: Hardware, settings: Settings) -> Placement | None:
    needed = run.candidate.needs(run.cells)
    left = _free_ram(hardware, settings) - needed
    if left < 0:
        return None
    speed = hardware.cores * PROMPT_WORK_PER_CORE / run.candidate.model.parameters
    return Placement(run, 0, None, needed, hardware.memory_free, left, speed)


def _on_shared(
    run: Run, device: Device, hardware: Hardware, settings: Settings
) -> Placement | None:
    """All of it on a GPU that shares the computer's memory, which is spent once."""
    needed = memory.host_bytes(run.cells) + run.model_bytes
    free = min(device.memory_free, hardware.memory_free)
    if needed > free - _reserve(settings, hardware.memory_total):
        return None
    left = _free_ram(hardware, settings) - needed
    layers = run.candidate.model.layers
    return Placement(run, layers, device, needed, free, left, float("inf"))


def _on_gpu(run: Run, device: Device, hardware: Hardware, settings: Settings) -> Placement | None:
    """As many layers on the GPU as fit; the rest, if it is worth it, on the processor."""
    model, whole = run.candidate.model, run.model_bytes
    compute = memory.compute_bytes(run.cells, gpu_layers=1)
    room = device.memory_free - _reserve(settings, device.memory_total) - compute
    layers = min(max(room * model.layers // whole, 0), model.layers)
    share = layers / model.layers
    host = memory.host_bytes(run.cells) + round(whole * (1 - share))
    left = _free_ram(hardware, settings) - host
    if share < LEAST_SHARE_ON_GPU or left < 0:
        return None
    work = hardware.cores * PROMPT_WORK_PER_CORE / model.parameters
    speed = work / (1 - share) if share < 1 else float("inf")
    needed = compute + round(whole * share)
    return Placement(run, layers, device, needed, device.memory_free, left, speed)


# --- what is left for speed --------------------------------------------------------------------


def _for_several(best: Placement, hardware: Hardware, settings: Settings) -> Placement:
    """The same way with room for several questions at once, where enough is left beside that to keep
    passages."""
    run = replace(best.run, cells=memory.cells_for_several(best.run.context))
    wider = _placed(run, best.device, hardware, settings)
    if wider is None or wider.gpu_layers != best.gpu_layers:
        return best
    enough = _block_bytes(wider, settings) >= _useful_block_bytes(wider, settings)
    return wider if enough else best


def _block_bytes(way: Placement, settings: Settings) -> int:
    """For passages that were read. They lie in the computer's memory, wherever the model is."""
    each, most = way.candidate.model.kv_bytes_per_token, settings.passage_memory_mb * _MB
    found = memory.block_bytes(way.left, most, each)
    # What comes before several questions at once; with more memory they come next.
    return found if way.run.is_for_several else min(found, _useful_block_bytes(way, settings))


def _useful_block_bytes(way: Placement, settings: Settings) -> int:
    each, most = way.candidate.model.kv_bytes_per_token, settings.passage_memory_mb * _MB
    return memory.block_bytes(sys.maxsize, most, each, memory.USEFUL_BLOCK_TOKENS)


# --- what is said about it ---------------------------------------------------------------------


def _plan(
    best: Placement, hardware: Hardware, considered: tuple[str, ...], block_bytes: int
) -> ModelPlan:
    candidate = best.candidate
    return ModelPlan(
        model=candidate.model.id,
        name=candidate.model.name,
        quantization=candidate.file.quantization,
        file=str(candidate.path.absolute()) if candidate.present else "",
        context=best.run.context,
        gpu_layers=best.gpu_layers,
        layers=candidate.model.layers,
        device=best.device.name if best.device else "CPU",
        memory_needed=best.needed,
        threads=hardware.cores,
        why=_why(best, hardware),
        considered=considered,
        block_bytes=block_bytes,
        cells=best.run.cells,
    )


def _why(best: Placement, hardware: Hardware) -> str:
    where, reason = "", say.ALL_FITS()
    if best.device is None:
        saying, reason = say.RUNS_ON_PROCESSOR, _why_no_gpu(hardware)
    else:
        saying = say.RUNS_ON_SHARED if best.device.kind == "igpu" else say.RUNS_ON_GPU
        where = best.device.description or best.device.name
        if best.share < 1:
            where = say.AND_PROCESSOR(name=where)
            reason = say.LAYERS_FIT(done=best.gpu_layers, n=best.candidate.model.layers)
    needed, free = _gb(best.needed), _gb(best.free)
    label = best.candidate.label
    said = saying(model=label, device=where, reason=reason, needed=needed, free=free)
    return said if best.candidate.present else f"{said} {say.NOT_HERE_YET()}"


def _why_no_gpu(hardware: Hardware) -> str:
    if hardware.problem:
        return say.NOT_EXAMINED(why=hardware.problem)
    if not hardware.gpus:
        return say.NO_GPU()
    most = max(hardware.gpus, key=lambda device: device.memory_free)
    name = most.description or most.name
    return say.GPU_TOO_FULL(name=name, free=_gb(most.memory_free))


def _verdict(
    other: Candidate,
    best: Placement,
    ways: Sequence[Placement],
    hardware: Hardware,
    merit: Callable[[Placement], tuple[bool, int, int, float, int]],
) -> str:
    """Why this candidate was not chosen, in one line."""
    own = [way for way in ways if way.candidate == other]
    if other.size is not None and not other.present:
        return f"{other.label}: {_incomplete(other)}."
    if not own:
        needed = _gb(other.least)
        return f"{other.label}: needs {needed} GB; {_gb(hardware.memory_free)} GB are free."
    way = max(own, key=merit)
    if not merit(way)[0]:
        seconds = f"{way.first_word_s:.0f} seconds"
        return f"{other.label}: its first word would come after {seconds} here."
    if merit(way) > merit(best):
        return f"{other.label}: would answer better; it is not on this computer."
    absent = "" if other.present else " It is not on this computer."
    return f"{other.label}: fits too, but answers less well.{absent}"


def _incomplete(candidate: Candidate) -> str:
    return reasons.INCOMPLETE(done=candidate.size, total=candidate.file.bytes)


def _too_small(candidates: Sequence[Candidate], hardware: Hardware, settings: Settings) -> str:
    least = min(candidates, key=lambda candidate: candidate.file.bytes)
    reserve = _reserve(settings, hardware.memory_total)
    return say.NEEDS_MORE(
        model=least.label,
        needed=_gb(least.least),
        free=_gb(hardware.memory_free),
        kept=_gb(reserve),
    )


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f}"
