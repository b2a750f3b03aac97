"""The private environment `.venv`, and the wheels that go into it.

All wheels are first gathered in the wheelhouse (the user's cache, or a bundle) and installed from
there with no index at all: so a second checkout, and an air-gapped computer, take the same way.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import locks, system
from .folders import ROOT
from .machine import platform_key, python_key
from .pip import pip
from .says import Bar, Trouble, say

COMPLETE = ".complete-"
"""Begins the names of notes that all wheels of some locks are there."""
OWN = ("engine", "desktop")
"""The checkout's folders of what runs in the environment."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment, whether it is there yet or not."""

    folder: Path

    @property
    def python(self) -> Path:
        if sys.platform == "win32":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"


def make(environment: Environment, *, offline: bool) -> None:
    """Make the environment, unless one of this Python is there."""
    if _fits(environment):
        return
    system.ensure_venv(offline=offline)
    say(f"Making the private environment {environment.folder}")
    shutil.rmtree(environment.folder, ignore_errors=True)
    result = subprocess.run(
        [sys.executable, "-m", "venv", str(environment.folder)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        shutil.rmtree(environment.folder, ignore_errors=True)
        raise Trouble("The private environment could not be made.", result.stdout + result.stderr)


def gather(environment: Environment, names: tuple[str, ...], wheelhouse: Path) -> None:
    """Fetch the wheels of these locks that the wheelhouse lacks; checked against their hashes."""
    markers = {name: _marker(wheelhouse, name) for name in names}
    missing = tuple(name for name, marker in markers.items() if not marker.exists())
    if not missing:
        return
    wheelhouse.mkdir(parents=True, exist_ok=True)
    _download(environment, _without_built(locks.read(*missing)), wheelhouse)
    for name in missing:
        markers[name].touch()


def _marker(wheelhouse: Path, name: str) -> Path:
    """The note that all wheels of a lock are there, for this Python on this platform."""
    return wheelhouse / f"{COMPLETE}{locks.digest(name)[:16]}-{python_key()}-{platform_key()}"


def _download(environment: Environment, chosen: tuple[locks.Entry, ...], wheelhouse: Path) -> None:
    bar = Bar("Fetching packages", len(chosen))
    seen = 0

    def count(line: str) -> None:
        nonlocal seen
        if line.startswith("Collecting "):
            seen += 1
            bar.show(min(seen, len(chosen)), line.split()[1])

    with _requirements(chosen) as file:
        options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-cache-dir"]
        where: list[str | Path] = ["--dest", wheelhouse, "--requirement", file]
        pip(
            environment.python,
            ["download", "--progress-bar", "off", *options, *where],
            doing="Fetching the packages",
            on_line=count,
        )
    bar.close()


def forget(wheelhouse: Path) -> None:
    """No longer believe that the wheelhouse is complete."""
    for marker in wheelhouse.glob(f"{COMPLETE}*"):
        marker.unlink()


def install(environment: Environment, names: tuple[str, ...], wheelhouse: Path) -> None:
    """Install the packages of these locks from the wheelhouse; no network is touched."""
    say("Installing the packages")
    with _requirements(_without_built(locks.read(*names))) as file:
        _install(environment, wheelhouse, ["--requirement", file])


def copy_wheels(
    environment: Environment, names: tuple[str, ...], wheelhouse: Path, folder: Path
) -> None:
    """Put the wheels of these locks, and no others, into a folder; no network is touched."""
    with _requirements(_without_built(locks.read(*names))) as file:
        options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-index"]
        pip(
            environment.python,
            ["download", *options, "--find-links", wheelhouse, "--dest", folder, "-r", file],
            doing="Copying the packages",
            offline=True,
        )


def install_tools(environment: Environment, name: str, wheelhouse: Path, folder: Path) -> None:
    """Put the packages of a lock into a folder beside the environment's own packages."""
    with _requirements(locks.read(name)) as file:
        _install(environment, wheelhouse, ["--target", folder, "--upgrade", "--requirement", file])


def install_checkout(environment: Environment, wheelhouse: Path) -> None:
    """Make the checkout itself importable, and its command `strongroom` callable."""
    with tempfile.TemporaryDirectory() as tools:
        install_tools(environment, "setup", wheelhouse, Path(tools))
        pip(
            environment.python,
            ["install", "--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT],
            doing="Installing Strongroom",
            offline=True,
            extra={"PYTHONPATH": tools},
        )


def compile_checkout(environment: Environment) -> None:
    """Keep the bytecode of the checkout: parsers are confined and could keep none themselves.

    pip has done so for the packages. Where it cannot be written, modules are compiled when read.
    """
    folders = [str(ROOT / part) for part in OWN]
    subprocess.run(
        [str(environment.python), "-m", "compileall", "-q", *folders],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def _install(environment: Environment, wheelhouse: Path, what: list[str | Path]) -> None:
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-index"]
    pip(
        environment.python,
        ["install", *options, "--find-links", wheelhouse, *what],
        doing="Installing the packages",
        offline=True,
    )


def _fits(environment: Environment) -> bool:
    """Whether the environment is of this Python; a half-made one lacks pip or its interpreter."""
    if not environment.python.exists():
        return False
    code = "import pip, sys; print(*sys.version_info[:2])"
    result = subprocess.run(
        [str(environment.python), "-c", code], capture_output=True, text=True, check=False
    )
    return result.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _without_built(chosen: tuple[locks.Entry, ...]) -> tuple[locks.Entry, ...]:
    return tuple(entry for entry in chosen if entry.name != locks.BUILT)


@contextmanager
def _requirements(chosen: tuple[locks.Entry, ...]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(locks.requirements(chosen), "utf-8")
        yield file
