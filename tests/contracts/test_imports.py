"""The picture in CONTRIBUTING.md is checked, and the checks are seen to fail."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command as main; main()"

PLANTS = {
    "a stage imports its caller": ("engine/strongroom_engine/types.py", "strongroom_engine.store"),
    "the store imports a model": (
        "engine/strongroom_engine/store/__init__.py",
        "strongroom_engine.models",
    ),
    "a wing imports the other": (
        "engine/strongroom_engine/answering/__init__.py",
        "strongroom_engine.indexing",
    ),
    "a stage imports its neighbour": (
        "engine/strongroom_engine/indexing/chunk.py",
        "strongroom_engine.indexing.looking.scan",
    ),
    "a stage imports its pipeline": (
        "engine/strongroom_engine/indexing/looking/scan.py",
        "strongroom_engine.indexing.pipeline",
    ),
    "a module has no place": ("engine/strongroom_engine/helpers.py", "json"),
    "the engine imports Qt": ("engine/strongroom_engine/settings.py", "PySide6.QtCore"),
    "the engine imports a socket": ("engine/strongroom_engine/settings.py", "socket"),
    "the engine imports urllib": ("engine/strongroom_engine/settings.py", "urllib.request"),
    "the window imports the store": (
        "desktop/strongroom_desktop/__init__.py",
        "strongroom_engine.store",
    ),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = [str(folder / "engine"), str(folder / "desktop")]
    setting = f"import sys; sys.path[:0] = {paths!r}; sys.argv = ['lint-imports', '--no-cache']; "
    return subprocess.run(
        [sys.executable, "-c", setting + LINT],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("engine", "desktop"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_are_kept(checkout: Path) -> None:
    result = _lint(checkout)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("plant", PLANTS)
def test_contracts_break_on_a_planted_violation(checkout: Path, plant: str) -> None:
    file, module = PLANTS[plant]
    target = checkout / file
    before = target.read_text("utf-8") if target.exists() else ""
    target.write_text(before + f"\nimport {module}  # planted\n", "utf-8")
    result = _lint(checkout)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout or "missing layers" in result.stdout.lower()


def test_engine_works_without_qt() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import importlib, pkgutil, strongroom_engine as engine\n"
        "for module in pkgutil.walk_packages(engine.__path__, 'strongroom_engine.'):\n"
        "    if not module.name.endswith('.__main__'): importlib.import_module(module.name)\n"
    )
    result = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


NETWORK = {"socket", "http", "urllib", "ssl", "ftplib", "smtplib", "asyncio", "requests", "httpx"}
QT = ("Network", "WebEngine", "WebSockets", "WebView", "WebChannel", "HttpServer", "Grpc")
"""The modules of Qt that use a network begin so."""


def _imported(file: Path) -> set[str]:
    """The packages, and Qt's modules, that a file imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= _parts(*(alias.name for alias in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= _parts(*(f"{node.module}.{alias.name}" for alias in node.names))
    return names


def _parts(*modules: str) -> set[str]:
    split = [module.split(".") for module in modules]
    of_qt = {parts[1] for parts in split if parts[0] == "PySide6" and len(parts) > 1}
    return {parts[0] for parts in split} | of_qt


def _uses_network(file: Path) -> bool:
    names = _imported(file)
    prefixes = tuple(f"Qt{name}" for name in QT)
    return bool(names & NETWORK) or any(name.startswith(prefixes) for name in names)


def test_the_fetcher_is_the_only_network_code() -> None:
    users = {
        file.relative_to(ROOT).parts[:2]
        for top in ("engine", "desktop", "packaging")
        for file in (ROOT / top).rglob("*.py")
        if _uses_network(file)
    }
    assert users == {("packaging", "fetcher")}


@pytest.mark.parametrize(
    "line",
    [
        "import urllib.request",
        "from http import client",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtWebSockets",
        "def late():\n    import socket",
    ],
)
def test_network_code_would_be_seen(tmp_path: Path, line: str) -> None:
    file = tmp_path / "planted.py"
    file.write_text(f"{line}\n", "utf-8")
    assert _uses_network(file)


def test_onnx_runtime_is_imported_in_one_place() -> None:
    """`graphs.runtime` forbids it to report to its makers before it is imported."""
    engine = ROOT / "engine" / "strongroom_engine"
    importing = re.compile(r"^\s*(?:import|from) onnxruntime\b", re.MULTILINE)
    found = [f.name for f in engine.rglob("*.py") if importing.search(f.read_text("utf-8"))]
    assert found == ["graphs.py"]
