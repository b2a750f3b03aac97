"""Briefcase itself reads briefcase.toml, and finds what it names where the installer lays it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

# Briefcase carries no types.
from briefcase.config import (  # type: ignore[import-untyped]
    DraftAppConfig,
    GlobalConfig,
    parse_config,
)
from briefcase.console import Console  # type: ignore[import-untyped]

import make_installer
import strongroom_engine

ROOT = Path(__file__).resolve().parents[2]
TARGETS = [("macOS", "app"), ("windows", "app"), ("linux", "system")]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("briefcase") / "build"
    make_installer.lay_out(folder)
    return folder


def _parse(build: Path, platform: str, output_format: str) -> tuple[Any, Any]:
    whole, apps = parse_config(build / "pyproject.toml", platform, output_format, Console())
    return whole, apps


@pytest.mark.parametrize(("platform", "output_format"), TARGETS)
def test_briefcase_parses_it(build: Path, platform: str, output_format: str) -> None:
    whole, apps = _parse(build, platform, output_format)
    app = DraftAppConfig(**apps["strongroom-desktop"])
    assert GlobalConfig(**whole).project_name == "Strongroom"
    assert app.module_name == "strongroom_desktop"
    assert app.formal_name == "Strongroom"
    assert str(app.version) == strongroom_engine.__version__


def test_what_it_names_is_there(build: Path) -> None:
    _, apps = _parse(build, "linux", "system")
    app = DraftAppConfig(**apps["strongroom-desktop"])
    assert app.sources
    assert [source for source in app.sources if not (build / source).is_dir()] == []
    assert (build / "engine/strongroom_engine/assets/catalogue/models.toml").is_file()
    assert (build / "LICENSE").is_file()


def test_bytecode_is_used_whatever_dates_the_files_are_given(tmp_path: Path) -> None:
    package = tmp_path / "made" / "app" / "packed"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("WORD = 'compiled'\n", "utf-8")
    (package / "broken.py").write_text("this is no Python\n", "utf-8")
    make_installer.add_bytecode(tmp_path / "made")
    (package / "__init__.py").write_text("WORD = 'read anew'\n", "utf-8")
    program = "import packed; print(packed.WORD, packed.__file__)"
    said = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=package.parent, env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.strip() == f"compiled {package / '__init__.py'}"
    whole = b"".join(file.read_bytes() for file in package.rglob("*.pyc"))
    assert str(tmp_path).encode() not in whole, "it says where it was built"


def test_it_agrees_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    briefcase = tomllib.loads((ROOT / "briefcase.toml").read_text("utf-8"))["tool"]["briefcase"]
    assert briefcase["license"] == project["license"]
    assert briefcase["requires_python"] == project["requires-python"]


def test_the_installers_requirements_are_the_lock() -> None:
    pins = make_installer._pins("cpu")
    assert "msgspec==0.22.0" in pins
    assert any(pin.startswith("pywin32-ctypes==") and "win32" in pin for pin in pins)
    assert not any("hash" in pin or "\\" in pin for pin in pins)
    assert not any(pin.startswith("llama-cpp-python") for pin in pins)
