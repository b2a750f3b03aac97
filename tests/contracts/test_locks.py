"""The locks pin everything that pyproject.toml names, with hashes and without addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bootstrap import locks

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("cpu", "cuda", "dev", "setup", "build")


def _normal(requirement: str) -> tuple[str, str]:
    name, _, version = requirement.partition("==")
    return re.sub(r"[-_.]+", "-", name.strip()).lower(), version.strip()


def _pinned(name: str) -> set[tuple[str, str]]:
    return {(entry.name, entry.version) for entry in locks.read(name)}


def _direct(*extras: str) -> set[tuple[str, str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [] if extras == ("dev",) else list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {_normal(requirement) for requirement in wanted}


@pytest.mark.parametrize("name", ["cpu", "cuda", "dev"])
def test_direct_dependencies_stand_in_the_lock(name: str) -> None:
    assert _direct(name) - _pinned(name) == set()


def test_the_build_system_stands_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert {_normal(pin) for pin in project["build-system"]["requires"]} <= _pinned("setup")


@pytest.mark.parametrize("name", NAMES)
def test_every_package_has_its_hashes(name: str) -> None:
    chosen = locks.read(name)
    assert chosen
    assert [entry.name for entry in chosen if "--hash=sha256:" not in entry.text] == []


@pytest.mark.parametrize("name", NAMES)
def test_locks_hold_no_address(name: str) -> None:
    text = locks.lock_file(name).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert " @ " not in text


@pytest.mark.parametrize("name", ["cpu", "cuda"])
def test_no_network_client_is_locked_for_running(name: str) -> None:
    clients = {"huggingface-hub", "requests", "httpx", "aiohttp", "urllib3"}
    assert {entry.name for entry in locks.read(name)} & clients == set()


def test_exactly_one_onnxruntime() -> None:
    for name, wanted in (("cpu", "onnxruntime"), ("cuda", "onnxruntime-gpu")):
        found = [entry.name for entry in locks.read(name) if entry.name.startswith("onnxruntime")]
        assert found == [wanted]


def test_locks_of_one_environment_agree() -> None:
    versions: dict[str, set[str]] = {}
    for entry in locks.read("cpu", "dev", "setup"):
        versions.setdefault(entry.name, set()).add(entry.version)
    # soupsieve alone is there twice, for older and newer Pythons
    assert {name for name, found in versions.items() if len(found) > 1} <= {"soupsieve"}


def test_the_source_that_is_built_is_pinned() -> None:
    entry = locks.built()
    assert entry.text.count("--hash=sha256:") == 1
    assert f"{entry.name}=={entry.version}" in entry.text


def test_entries_are_read_apart() -> None:
    text = (
        "a-b==1.0 ; python_full_version < '3.12' \\\n    --hash=sha256:11 \\\n    --hash=sha256:12\n"
        "    # via c\nc==2 \\\n    --hash=sha256:21\n"
    )
    first, second = locks.entries(text)
    assert (first.name, first.version, first.text.count("sha256")) == ("a-b", "1.0", 2)
    assert "python_full_version < '3.12'" in first.text
    assert "via" not in first.text
    assert second.text == "c==2 \\\n    --hash=sha256:21\n"
