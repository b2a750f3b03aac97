"""The top level stands, names nothing that it must not, and modules stay small."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = (
    "pyproject.toml",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "briefcase.toml",
    "desktop/strongroom_desktop/__init__.py",
    "engine/strongroom_engine/__init__.py",
    "tests",
    "assets",
    "packaging/run.py",
    "packaging/test.py",
    ".ci/run",
)
LONGEST = {"engine": 500, "desktop": 300, "packaging": 400}


@pytest.mark.parametrize("name", TOP)
def test_top_level_stands(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("folder", LONGEST)
def test_modules_stay_small(folder: str) -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in (ROOT / folder).rglob("*.py")
    }
    assert lengths
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST[folder]}
    assert not too_long


def test_readme_names_the_two_commands() -> None:
    first_screen = (ROOT / "README.md").read_text("utf-8").splitlines()[:20]
    commands = [line.split("  ")[0] for line in first_screen if line.startswith("python3 ")]
    assert commands == ["python3 packaging/run.py", "python3 packaging/test.py"]


def test_ci_calls_the_readmes_test_command() -> None:
    assert "python3 packaging/test.py" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="execution bits are POSIX's")
def test_ci_can_be_executed() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_installed_top_level_names_are_ours_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == ["engine/strongroom_engine", "desktop/strongroom_desktop"]
    owners = importlib.metadata.packages_distributions()
    assert set(owners.get("strongroom_engine", ["strongroom"])) == {"strongroom"}


def test_no_tracked_file_names_a_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    hosts = [f"{name}.org".encode() for name in ("pypi", "pythonhosted", "npmjs", "debian")]
    named = [
        name
        for name in listed.stdout.split("\0")
        if name.endswith((".txt", ".toml", ".py", ".md", ".json", "run"))
        and (ROOT / name).is_file()
        and any(host in (ROOT / name).read_bytes() for host in hosts)
    ]
    assert not named
