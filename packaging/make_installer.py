"""Make an installer with Briefcase: an MSI, a DMG, or a package of the Linux distribution.

    .venv/bin/python packaging/make_installer.py [BRIEFCASE COMMAND AND OPTIONS]

`create`, `build`, `package` … as Briefcase takes them; `package` without anything. Everything that
goes in comes from the set-up's own wheels; only Briefcase's template and its Python are fetched.

Briefcase takes all bytecode out of what it builds, and its programs write none: each start would
compile everything anew, which takes longer than the start itself. So it is written between building
and packaging. (Where `package` is given options for its target, build with those first.)
"""

from __future__ import annotations

import compileall
import json
import shutil
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from py_compile import PycInvalidationMode

from bootstrap import llama, locks, stamp
from bootstrap.command import guarded
from bootstrap.folders import ROOT, wheelhouse
from bootstrap.says import Trouble
from bootstrap.steps import default_environment

BUILD = ROOT / "build"
SOURCES = ("desktop/strongroom_desktop", "engine/strongroom_engine")
_IGNORE = shutil.ignore_patterns("__pycache__", "*.pyc")


def main(arguments: list[str]) -> int:
    return guarded(lambda: _main(arguments or ["package"]))


def _main(arguments: list[str]) -> int:
    overrides = _overrides()
    lay_out(BUILD)
    if arguments[0] == "package":
        target = takewhile(lambda word: not word.startswith("-"), arguments[1:])
        if failed := _briefcase(["build", *target], overrides):
            return failed
        add_bytecode(BUILD / "build")
    return _briefcase(arguments, overrides)


def _briefcase(arguments: list[str], overrides: dict[str, list[str]]) -> int:
    command = [sys.executable, "-m", "briefcase", *arguments]
    for name, value in overrides.items():
        command += ["-C", f"{name}={json.dumps(value)}"]  # JSON strings and lists are TOML's too
    return subprocess.call(command, cwd=BUILD)


def add_bytecode(folder: Path) -> None:
    """Write the bytecode of all Python below a folder; it holds whatever date a file is given."""
    # What does not compile (templates, tests of old Pythons) is left to whoever imports it.
    compileall.compile_dir(
        folder,
        maxlevels=50,
        quiet=2,
        stripdir=str(folder),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def lay_out(folder: Path) -> None:
    """Put what Briefcase packages into a folder of its own, with its configuration."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in SOURCES:
        shutil.copytree(ROOT / source, folder / source, ignore=_IGNORE)
    # As in an installed wheel: the engine finds its assets inside its package.
    shutil.copytree(ROOT / "assets", folder / SOURCES[1] / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "assets" / "licences", folder / "licences")
    shutil.copy(ROOT / "LICENSE", folder)
    shutil.copy(ROOT / "briefcase.toml", folder / "pyproject.toml")


def _overrides() -> dict[str, list[str]]:
    made = stamp.read(default_environment())
    wheel = llama.find(wheelhouse(), made.device) if made else None
    if made is None or wheel is None:
        raise Trouble("Strongroom is not set up yet.", "First run: python3 packaging/run.py")
    where = ["--no-deps", "--no-index", "--find-links", str(wheelhouse())]
    return {
        "requires": [*_pins(made.variant), str(wheel)],
        "requirement_installer_args": where,
    }


def _pins(variant: str) -> list[str]:
    """The lock's requirements without their hashes, with their platform markers."""
    lines = (entry.text.partition("\n")[0] for entry in locks.read(variant))
    pins = (line.rstrip("\\ ") for line in lines)
    return [pin for pin in pins if not pin.startswith(f"{locks.BUILT}==")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
