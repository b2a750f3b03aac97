"""A bundle sets a fresh checkout up where there is no network, and a later start is quick."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import make_bundle
from bootstrap import llama, stamp
from bootstrap.folders import wheelhouse
from bootstrap.steps import default_environment

ROOT = Path(__file__).resolve().parents[2]
TINY = b"GGUF" + bytes(1_000)
START_WITHIN_S = 2.0

# Without a network: a namespace of its own where that is allowed, and in any case no proxy that
# answers and no index.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


def _set_up_here() -> bool:
    """Whether this checkout was set up by its own command, so that there are wheels to bundle."""
    target = default_environment()
    made = stamp.read(target)
    return (
        made is not None
        and stamp.holds(target, tests=False)
        and llama.find(wheelhouse(), made.device) is not None
    )


needs_set_up = pytest.mark.skipif(
    not _set_up_here(), reason="this checkout was not set up with packaging/test.py"
)


def _cut_off() -> list[str]:
    """What runs a command in a network namespace with nothing in it, where we may."""
    command = shutil.which("unshare")
    if command and subprocess.run([command, "-n", "true"], check=False).returncode == 0:
        return [command, "-n"]
    return []


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    make_bundle.make(default_environment(), folder, portable=False, tests=False)
    (folder / "models").mkdir()
    (folder / "models" / "tiny.gguf").write_bytes(TINY)
    return folder


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second checkout, without the fetcher, as an air-gapped computer has it."""
    folder = tmp_path_factory.mktemp("checkout") / "strongroom"
    folder.mkdir()
    ignore = shutil.ignore_patterns("__pycache__", "fetcher", "fetch.py")
    for name in ("engine", "desktop", "assets", "packaging"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user's environment without a network, whose folders are empty."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    kept.pop("STRONGROOM_MODELS", None)
    home = tmp_path_factory.mktemp("home")
    own = {"STRONGROOM_HOME": str(home), "STRONGROOM_CACHE": str(home / "cache")}
    return kept | NO_NETWORK | own


def _run(
    checkout: Path, surroundings: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    command = [*_cut_off(), sys.executable, str(checkout / "packaging" / "run.py"), *arguments]
    return subprocess.run(
        command, env=surroundings, capture_output=True, text=True, timeout=300, check=False
    )


@needs_set_up
def test_a_bundle_needs_no_network(
    bundle: Path, checkout: Path, surroundings: dict[str, str]
) -> None:
    result = _run(checkout, surroundings, "--bundle", str(bundle), "--setup-only")
    assert result.returncode == 0, result.stderr
    models = Path(surroundings["STRONGROOM_HOME"]) / "data" / "models"
    digest = hashlib.sha256((models / "tiny.gguf").read_bytes()).hexdigest()
    assert digest == hashlib.sha256(TINY).hexdigest()
    python = checkout / default_environment().python.relative_to(ROOT)
    code = (
        "import llama_cpp, onnxruntime, pymupdf, PySide6, strongroom_engine as engine\n"
        "print(engine.__file__)"
    )
    found = subprocess.run([python, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip().startswith(str(checkout))


@needs_set_up
def test_starting_again_is_quick(
    bundle: Path, checkout: Path, surroundings: dict[str, str]
) -> None:
    if not (checkout / ".venv").exists():  # this test was asked for alone
        _run(checkout, surroundings, "--bundle", str(bundle), "--setup-only")
    times = []
    for _ in range(3):
        began = time.monotonic()
        result = _run(checkout, surroundings, "sources", "--frobnicate")
        times.append(time.monotonic() - began)
        assert result.returncode == 2, result.stderr  # the command line's own refusal
        assert "Installing" not in result.stderr
    assert min(times) < START_WITHIN_S
