"""The answer models of a library's computer: what there is, what fits, which one is used.

The computer is looked at once, and again when that is asked for; what other programs take in the
meantime changes no choice by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from strongroom_engine.doctor import known_models, plan_answers, reranker_in_words
from strongroom_engine.errors import (
    ModelBusy,
    ModelError,
    ModelNotRemoved,
    NoModelFits,
)
from strongroom_engine.models import hardware as computer
from strongroom_engine.models import memory
from strongroom_engine.models.generator import State
from strongroom_engine.models.importing import import_model
from strongroom_engine.models.planner import Candidate, Fitting, fittings, with_context
from strongroom_engine.models.speeds import Speeds
from strongroom_engine.sentences import reasons
from strongroom_engine.settings import Settings, data_folder, load_settings, models_folder
from strongroom_engine.types import (
    Device,
    DeviceMemory,
    Fit,
    Hardware,
    KnownModel,
    LongerContext,
    MemoryNow,
    ModelPlan,
    ModelsReport,
    Progress,
)


@dataclass(frozen=True, slots=True)
class Look:
    """The computer at one moment, and what Strongroom itself took then, without an answer model."""

    hardware: Hardware
    own: int
    when: float


class Answering(Protocol):
    """What answers, as far as it is used here: `LibraryAnswers`, or `Unopened`."""

    speeds: Speeds

    @property
    def settings(self) -> Settings: ...

    @property
    def loaded(self) -> tuple[str, State]: ...

    def plan(self, model: str = "") -> ModelPlan: ...

    def let_go(self) -> None: ...


class Unopened:
    """The user's settings, where no library is open and nothing answers."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware
        self.speeds = Speeds(data_folder())

    @property
    def settings(self) -> Settings:
        return load_settings()

    @property
    def loaded(self) -> tuple[str, State]:
        return "", "away"

    def plan(self, model: str = "") -> ModelPlan:
        return plan_answers(self.settings, self._hardware, model)

    def let_go(self) -> None:
        """Nothing is held."""


class LibraryModels:
    """Every method may be called from any thread."""

    def __init__(self, answers: Answering, keep: Callable[[str], object]) -> None:
        """`keep` makes the model of this name the user's choice, in what is kept and what is used."""
        self._answers, self._keep = answers, keep
        self._looking = threading.Lock()
        self._looked: Look | None = None

    # --- the computer ----------------------------------------------------------------------------

    @property
    def hardware(self) -> Hardware:
        return self._look().hardware

    def measure(self) -> None:
        """Look at the computer anew, with the answer model out of memory. Raises `ModelBusy`."""
        self._refuse_busy()
        self._answers.let_go()
        with self._looking:
            self._looked = _look()

    def memory(self, window: int = 0) -> MemoryNow:
        """Memory at this moment; `window` is the process that shows it, and counts as ours."""
        total, free = computer.memory()
        loaded = self._answers.loaded[1] != "away"
        now = MemoryNow(total, free, own_bytes(window), loaded=loaded)
        with suppress(ModelError):
            plan = self._answers.plan()
            if (card := _card(plan, self.hardware)) is not None:
                own = plan.memory_needed if loaded else 0
                name = card.description or card.name
                return MemoryNow(card.memory_total, card.memory_free - own, own, name, loaded)
        return now

    def _look(self) -> Look:
        with self._looking:
            if self._looked is None:
                self._looked = _look()
            return self._looked

    # --- the models ------------------------------------------------------------------------------

    def report(self) -> ModelsReport:
        """Every model, how it would run here, and the plan for the one that answers."""
        looked, settings = self._look(), self._answers.settings
        known, folder = known_models(), models_folder()
        fits = fittings(looked.hardware, known, folder, settings)
        plan, problem = self._plan()
        used = next((one for one in fits if plan and _uses(plan, one.candidate)), None)
        return ModelsReport(
            hardware=looked.hardware,
            measured=looked.when,
            models=_listed(fits, used, self._answers.speeds),
            plan=plan,
            problem=problem,
            chosen=settings.answer_model,
            devices=_devices(looked, plan, used.candidate if used else None),
            longer=self._longer(plan, used) if plan and used else None,
            larger=_larger(fits, used),
            reranker=reranker_in_words(),
            folder=str(folder),
        )

    def use(self, model: str) -> None:
        """Answer with this model (its name, or its file's) from the next question on, and keep
        that; '' lets Strongroom choose. Raises `UnknownModel`, `ModelMissing`, `NoModelFits`."""
        if model:
            self._answers.plan(model)
        self._keep(model)

    def bring_in(
        self,
        file: Path,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> str:
        """Copy a GGUF file into the models folder after it was checked; its name there. Progress
        counts bytes. Raises `ModelImportError`s and `Cancelled`."""

        def told(done: int, total: int) -> None:
            on_progress(Progress(done, total, file.name))

        known = known_models()
        return import_model(file, models_folder(), known, on_bytes=told, cancelled=cancelled).name

    def remove(self, file: str) -> None:
        """Delete a model file from the models folder. Raises `ModelBusy` and `ModelNotRemoved`.

        If it was the one that the user had chosen, Strongroom chooses again.
        """
        folder = models_folder()
        path = folder / file
        if path.name != file or path.suffix != ".gguf":
            raise ModelNotRemoved(file=file, why=reasons.NOT_IN_THE_FOLDER(), folder=folder)
        if Path(self._answers.loaded[0]).name == file:
            self._refuse_busy()
            self._answers.let_go()
        try:
            path.unlink()
        except OSError as exc:
            why = exc.strerror or exc
            raise ModelNotRemoved(file=file, why=why, folder=folder) from exc
        self._forget_choice()

    # --- parts -----------------------------------------------------------------------------------

    def _plan(self) -> tuple[ModelPlan | None, str]:
        try:
            return self._answers.plan(), ""
        except ModelError as exc:
            return None, str(exc)

    def _refuse_busy(self) -> None:
        file, state = self._answers.loaded
        if state == "busy":
            name = Path(file).name
            known = (model.name for model, one in known_models().files() if one.file == name)
            raise ModelBusy(model=next(known, name))

    def _forget_choice(self) -> None:
        """Choose again where the chosen model is no longer here."""
        if not self._answers.settings.answer_model:
            return
        try:
            self._answers.plan()
        except NoModelFits:
            pass  # it is here: other programs take too much
        except ModelError:
            self.use("")

    def _longer(self, plan: ModelPlan, used: Fitting) -> LongerContext:
        """What twice the context would take on this computer."""
        candidate, tokens = used.candidate, 2 * plan.context
        limit, hardware = candidate.model.context, self.hardware
        if tokens > limit:
            return LongerContext(tokens, fits=False, needs=0, supported=False)
        way = with_context(candidate, tokens, hardware, self._answers.settings)
        same = way is not None and way.gpu_layers == plan.gpu_layers
        more = candidate.needs(tokens) - candidate.needs(plan.context)
        return LongerContext(tokens, fits=same, needs=more)


def own_bytes(window: int = 0) -> int:
    """What Strongroom's processes take: this one, its workers, and the window if it is ours."""
    this = psutil.Process()
    ours = [this, *this.children(recursive=True)]
    with suppress(psutil.Error):
        if window and this.ppid() == window:
            ours.append(psutil.Process(window))
    return sum(map(_private_bytes, ours))


def _private_bytes(process: psutil.Process) -> int:
    """What it takes for itself: shared libraries are counted nowhere rather than several times."""
    with suppress(psutil.Error):
        taken = process.memory_info()
        return max(int(taken.rss) - int(getattr(taken, "shared", 0)), 0)
    return 0  # it has ended


def _look() -> Look:
    own = own_bytes()
    return Look(computer.probe_hardware(), own, time.time())


def _card(plan: ModelPlan, hardware: Hardware) -> Device | None:
    """The GPU with memory of its own that takes the model, or part of it."""
    if not plan.gpu_layers:
        return None
    return next((g for g in hardware.gpus if g.name == plan.device and g.kind == "gpu"), None)


def _uses(plan: ModelPlan, candidate: Candidate) -> bool:
    return plan.file != "" and Path(plan.file).name == candidate.file.file


def _listed(
    fits: tuple[Fitting, ...], used: Fitting | None, speeds: Speeds
) -> tuple[KnownModel, ...]:
    listed = [_known(one, speeds, in_use=one is used) for one in fits]
    listed.sort(key=lambda one: (not one.in_use, one.test, -one.rank, one.size))
    return tuple(listed)


def _known(one: Fitting, speeds: Speeds, *, in_use: bool) -> KnownModel:
    candidate, way = one.candidate, one.way
    model, file = candidate.model, candidate.file
    fit: Fit = "not" if way is None else "partly" if way.device and way.share < 1 else "whole"
    slow = way is not None and not one.quick
    return KnownModel(
        name=model.name,
        quantization=file.quantization,
        file=file.file,
        size=file.bytes,
        licence=model.licence,
        languages=model.languages,
        sha256=file.sha256,
        published=file.hub.partition("@")[0],
        here=candidate.present,
        imported=not file.sha256,
        test=model.test,
        rank=model.rank,
        parameters=model.parameters,
        fit=fit,
        layers=model.layers,
        gpu_layers=way.gpu_layers if way else 0,
        needs=candidate.least,
        slow_s=way.first_word_s if way and slow else 0.0,
        speed=speeds.of(file.file),
        in_use=in_use,
    )


def _larger(fits: tuple[Fitting, ...], used: Fitting | None) -> str:
    """The file of the best model that answers better than the one in use and would fit."""
    rank = used.candidate.model.rank if used else -1
    better = [
        one
        for one in fits
        if one.way is not None and one.candidate.model.rank > rank and not one.candidate.model.test
    ]
    best = max(
        better,
        key=lambda o: (o.quick, o.candidate.model.rank, -o.candidate.file.bytes),
        default=None,
    )
    return best.candidate.file.file if best else ""


def _devices(
    looked: Look, plan: ModelPlan | None, used: Candidate | None
) -> tuple[DeviceMemory, ...]:
    """How memory is shared out while the model answers."""
    hardware = looked.hardware
    total = hardware.memory_total
    other = max(total - hardware.memory_free - looked.own, 0)
    if plan is None or used is None:
        return (DeviceMemory("", total, own=looked.own, other=other),)
    size = used.file.bytes
    card = _card(plan, hardware)
    if card is None:
        context = plan.memory_needed - size
        return (DeviceMemory("", total, size, context, looked.own, other, plan.block_bytes),)
    share = plan.gpu_layers / plan.layers
    weights = round(size * share)
    kv = memory.kv_bytes(plan.cells, used.model.kv_bytes_per_token)
    rest = memory.host_bytes(plan.cells) + round(kv * (1 - share))
    on_card = DeviceMemory(
        card.description or card.name,
        card.memory_total,
        weights,
        plan.memory_needed - weights,
        other=card.memory_total - card.memory_free,
    )
    beside = DeviceMemory("", total, size - weights, rest, looked.own, other, plan.block_bytes)
    return on_card, beside
