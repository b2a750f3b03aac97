"""The order of the set-up; every step is done only as far as it is not done yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from . import catalogue, embedding, environment, llama, locks, models, stamp, system
from .alone import alone
from .environment import Environment
from .folders import ROOT, cache_folder, models_folder, wheelhouse
from .machine import lock_variant, platform_key, python_key, small_memory
from .says import Trouble, say

BUNDLE_NOTE = "bundle.json"


@dataclass(frozen=True)
class Wishes:
    """What the user asked of the set-up."""

    tests: bool = False
    """Also what the checks and tests need."""
    afresh: bool = False
    """Look at the machine again, though a set-up was finished before."""
    model_file: Path | None = None
    """A GGUF file on this computer, to be used instead of fetching one."""
    bundle: Path | None = None
    """A folder that holds all wheels and models; the network is not touched."""


def default_environment() -> Environment:
    return Environment(ROOT / ".venv")


def set_up(wishes: Wishes) -> Environment:
    """Have everything that Strongroom needs; raises `Trouble` with what is in the way."""
    target = default_environment()
    if not wishes.afresh and _finished(target, wishes):
        return target
    with alone(cache_folder()):
        if wishes.afresh or not stamp.holds(target, tests=wishes.tests):
            _environment(target, wishes)
        _embedding_model(target, wishes)
        _models(target, wishes)
    say("Strongroom is set up.")
    return target


def bundle_variant(bundle: Path) -> str:
    """The lock that the bundle holds; refuses a folder that is no bundle or does not fit here."""
    try:
        note = json.loads((bundle / BUNDLE_NOTE).read_text("utf-8"))
        variant = str(note["variant"])
    except (OSError, ValueError, KeyError) as exc:
        raise Trouble(
            f"{bundle} is not a bundle folder.", "Make one with packaging/make_bundle.py."
        ) from exc
    if variant not in locks.RUNTIME or note != bundle_note(variant):
        raise Trouble(
            f"The bundle {bundle} was made for another version of Strongroom, another Python or "
            "another kind of computer.",
            f"Make one with {python_key()} on {platform_key()} and this checkout.",
        )
    return variant


def bundle_note(variant: str) -> dict[str, str]:
    """What must agree between the computer that made a bundle and the one that uses it."""
    return {
        "python": python_key(),
        "platform": platform_key(),
        "variant": variant,
        "lock": locks.digest(variant, "setup"),
    }


def _finished(target: Environment, wishes: Wishes) -> bool:
    """Whether nothing is to be done; this is what every later start waits for."""
    if not stamp.holds(target, tests=wishes.tests):
        return False
    folder = models_folder()
    if not (embedding.present(folder) if wishes.tests else embedding.settled(folder)):
        return False
    if wishes.model_file:
        return models.taken(wishes.model_file, folder)
    if wishes.bundle:
        return all(models.taken(file, folder) for file in models.of_bundle(wishes.bundle))
    return not _missing_models(wishes)


def _environment(target: Environment, wishes: Wishes) -> None:
    offline = wishes.bundle is not None
    system.ensure_qt(offline=offline)
    variant = bundle_variant(wishes.bundle) if wishes.bundle else lock_variant()
    wheels = wishes.bundle / "wheels" if wishes.bundle else wheelhouse()
    environment.make(target, offline=offline)
    stamp.remove(target)
    names = (variant, *(("dev",) if wishes.tests else ()))
    _packages(target, names, wheels, offline=offline)
    device = llama.ensure(target, wheels, offline=offline)
    system.name_what_a_gpu_needs(device)
    environment.install_checkout(target, wheels)
    environment.compile_checkout(target)
    models.discard_damaged(models_folder(), catalogue.load())
    embedding.discard_damaged(models_folder())
    stamp.write(target, stamp.expected(target, variant, device, tests=wishes.tests))


def _packages(target: Environment, names: tuple[str, ...], wheels: Path, *, offline: bool) -> None:
    if not offline:
        environment.gather(target, (*names, "setup"), wheels)
    try:
        environment.install(target, names, wheels)
    except Trouble:
        if offline:
            raise
        environment.forget(wheels)  # somebody tidied the cache: fetch what is gone
        environment.gather(target, (*names, "setup"), wheels)
        environment.install(target, names, wheels)


def _embedding_model(target: Environment, wishes: Wishes) -> None:
    folder = models_folder()
    if wishes.bundle:
        embedding.copy(wishes.bundle / "models", folder)
        embedding.give_up(folder)
    elif wishes.tests:
        embedding.have(folder, target.python)
    elif wishes.afresh or not embedding.settled(folder):
        embedding.have_or_say(folder, target.python)


def _models(target: Environment, wishes: Wishes) -> None:
    folder = models_folder()
    known = catalogue.load()
    if wishes.bundle:
        models.take_from_bundle(wishes.bundle, folder, known)
    if wishes.model_file:
        models.take(wishes.model_file, folder, known)
    if not (wishes.bundle or wishes.model_file):
        try:
            models.bring(_missing_models(wishes), folder, target.python)
        except Trouble as trouble:
            if wishes.tests:
                raise
            # Searching needs no answer model: the documents are of use without one.
            say(f"{trouble} Searching works meanwhile; the next start tries again.")


def _missing_models(wishes: Wishes) -> tuple[catalogue.ModelFile, ...]:
    """The models to be fetched. A user who has any model that answers is asked for no other."""
    known = catalogue.load()
    folder = models_folder()
    if not wishes.tests and models.answer_model_present(folder, known):
        return ()
    files = models.wanted(known, small=small_memory(), test=wishes.tests)
    return tuple(file for file in files if not models.present(folder, file))
