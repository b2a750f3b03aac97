"""The note in `.venv` of what was set up, by which a later start knows that all is there."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

from . import VERSION, locks
from .environment import Environment
from .machine import python_key

FILE = "strongroom-setup.json"


@dataclass(frozen=True)
class Stamp:
    """What an environment was made of; equal stamps mean that nothing is to be done."""

    version: str
    python: str
    folder: str
    """Where the environment was made; one that was moved does not work."""
    variant: str
    """'cpu' or 'cuda': which lock it holds."""
    device: str
    """What llama.cpp was built for."""
    lock: str
    tests: str
    """The digest of the lock for the tests, '' where they were not set up."""


def expected(environment: Environment, variant: str, device: str, *, tests: bool) -> Stamp:
    return Stamp(
        version=VERSION,
        python=python_key(),
        folder=str(environment.folder),
        variant=variant,
        device=device,
        lock=locks.digest(variant, "setup"),
        tests=locks.digest("dev") if tests else "",
    )


def read(environment: Environment) -> Stamp | None:
    with suppress(OSError, ValueError, TypeError):
        return Stamp(**json.loads((environment.folder / FILE).read_text("utf-8")))
    return None


def write(environment: Environment, stamp: Stamp) -> None:
    file = environment.folder / FILE
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(stamp), indent=1), "utf-8")
    part.replace(file)


def remove(environment: Environment) -> None:
    """Before anything is changed: an interrupted set-up must not look finished."""
    (environment.folder / FILE).unlink(missing_ok=True)


def holds(environment: Environment, *, tests: bool) -> bool:
    """Whether the environment is as these locks say; the machine is not looked at again."""
    stamp = read(environment)
    if stamp is None or not environment.python.exists():
        return False
    tests = tests or bool(stamp.tests)  # an environment that has the tests' packages keeps them
    return stamp == expected(environment, stamp.variant, stamp.device, tests=tests)
