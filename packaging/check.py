"""Run all checks of the code: format, lint, types, import contracts.

    .venv/bin/python packaging/check.py

The exit code is 0 when all of them pass; every check is run, also after one that failed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LINT = "from importlinter.cli import lint_imports_command as main"

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy", "--no-error-summary"],
    "imports": ["-c", f"{LINT}; main()", "--no-logo"],
}


def main() -> int:
    results = {name: _check(name, arguments) for name, arguments in CHECKS.items()}
    failed = [name for name, passed in results.items() if not passed]
    print(f"checks: {', '.join(failed)} failed" if failed else "checks: all passed", flush=True)
    return 1 if failed else 0


def _check(name: str, arguments: list[str]) -> bool:
    print(f"checks: {name}", flush=True)
    return subprocess.call([sys.executable, *arguments], cwd=ROOT) == 0


if __name__ == "__main__":
    sys.exit(main())
