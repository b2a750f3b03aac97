"""What this computer can do for a library, and what was chosen; nothing is opened for it."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from strongroom_engine import processes
from strongroom_engine.errors import ModelError, RerankerUnusable
from strongroom_engine.models.catalogue import Catalogue, load_catalogue, with_imports
from strongroom_engine.models.embedding_models import embedding_models
from strongroom_engine.models.hardware import probe_hardware
from strongroom_engine.models.planner import choose
from strongroom_engine.models.reranker import find_reranker
from strongroom_engine.sandbox import DEEDS
from strongroom_engine.settings import Settings, assets_folder, models_folder
from strongroom_engine.store import header
from strongroom_engine.types import Doctor, Hardware, ModelPlan

_TRIAL_TIMEOUT_S = 20.0
_SHOWN_VERSIONS = (
    "strongroom",
    "llama-cpp-python",
    "onnxruntime",
    "onnxruntime-gpu",
    "pymupdf",
    "apsw-sqlite3mc",
    "sqlite-vec",
)


def known_models() -> Catalogue:
    """The answer models of the catalogue, and those that were brought in."""
    known = load_catalogue(assets_folder() / "catalogue" / "models.toml")
    return with_imports(known, models_folder())


def plan_answers(settings: Settings, hardware: Hardware, model: str = "") -> ModelPlan:
    """Which answer model runs here, and why; `model` names one. Raises `ModelError`s."""
    wanted = model or settings.answer_model
    return choose(hardware, known_models(), models_folder(), settings, wanted)


def examine(
    folder: Path, settings: Settings, hardware: Hardware | None = None, embedding_model: str = ""
) -> Doctor:
    """The machine, the choice, and the versions of what does the work.

    `folder` is the library's; its key is not needed, and it need not be there. `embedding_model`
    is the name of the library's own, where that is known; else that of a new library is told.
    """
    hardware = hardware or probe_hardware()
    try:
        plan = plan_answers(settings, hardware)
    except ModelError as exc:
        plan = ModelPlan("", "", "", "", 0, 0, 0, "", 0, 0, why=str(exc))
    known = header(folder)
    refused = _refused()
    return Doctor(
        hardware=hardware,
        plan=plan,
        embedding_model=embedding_model or _embedding_model_of_a_new_library(),
        library=str(folder),
        key=known.key if known else "",
        cipher=known.cipher if known else "",
        versions=_versions(),
        reranker=reranker_in_words(),
        parsers_cannot=refused,
        parsers_can=tuple(deed for deed in DEEDS if deed not in refused),
    )


def _refused() -> tuple[str, ...]:
    """What a process that is confined as parsers are is refused here: it tries."""
    try:
        tried = subprocess.run(
            processes.command("confined"),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TRIAL_TIMEOUT_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    said = tried.stdout.decode("utf-8", "replace").splitlines()
    return tuple(deed for deed in DEEDS if deed in said)


def _embedding_model_of_a_new_library() -> str:
    """Its name; '' where no embedding model is on this computer."""
    return next((model.name for model in embedding_models()), "")


def reranker_in_words() -> str:
    """Its name, or the sentence that says why it cannot be used; '' for none."""
    try:
        found = find_reranker(models_folder())
    except RerankerUnusable as exc:
        return str(exc)
    return found.name if found else ""


def _versions() -> dict[str, str]:
    found = {}
    for name in _SHOWN_VERSIONS:
        with suppress(PackageNotFoundError):  # one of the two builds of ONNX Runtime is installed
            found[name] = version(name)
    return found
