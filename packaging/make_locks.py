"""Write the lock files: every package of every platform with its hashes, and no host name.

    python3 packaging/make_locks.py

Needs the network; run it after changing a pin in pyproject.toml, and look at the difference.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "packaging" / "locks"
UV = "uv==0.13.9"
PYTHON = "3.11"

SETUP = ("editables==0.6", "hatchling==1.33.0")
"""What puts the checkout into its environment; the build system of pyproject.toml."""
BUILD = ("cmake==4.4.5", "ninja==1.13.2", "scikit-build-core==1.1.2")
"""What builds llama-cpp-python from its source."""


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        uv = _uv(Path(folder))
        LOCKS.mkdir(exist_ok=True)
        _lock(uv, "cpu", ["pyproject.toml", "--extra", "cpu"])
        _lock(uv, "cuda", ["pyproject.toml", "--extra", "cuda"])
        for name, wanted in (("dev", extras["dev"]), ("setup", SETUP), ("build", BUILD)):
            # The same versions as at run time, so that both go into one environment.
            _lock(uv, name, ["-", "--constraint", str(_file("cpu"))], "\n".join(wanted))
    return 0


def _uv(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", UV], check=True)
    return programs / "uv"


def _file(name: str) -> Path:
    return LOCKS / f"requirements-{name}.txt"


def _lock(uv: Path, name: str, what: list[str], given: str = "") -> None:
    options = ["--universal", "--python-version", PYTHON, "--generate-hashes"]
    quiet = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
    target = ["--quiet", "--output-file", str(_file(name))]
    command = [str(uv), "pip", "compile", *what, *options, *quiet, *target]
    subprocess.run(command, input=given, text=True, cwd=ROOT, check=True)
    print(f"{_file(name).relative_to(ROOT)} written", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
