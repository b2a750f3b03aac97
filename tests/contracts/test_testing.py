"""The tests' own way of running: all of them, in two halves side by side, and what fails is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import testing

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_is_in_one_half() -> None:
    folders = {file.relative_to(ROOT).parts[1] for file in (ROOT / "tests").rglob("test_*.py")}
    halves = [folder for half in testing.HALVES for folder in half]
    assert sorted(halves) == sorted(f"tests/{folder}" for folder in folders)


def test_both_run_at_once_and_whole_lines_are_passed_on(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each waits for what the other makes."""
    program = (
        "import pathlib, sys, time\n"
        "mine, other = map(pathlib.Path, sys.argv[1:])\n"
        "print(mine.name, end=' ')\n"
        "mine.touch()\n"
        "while not other.exists(): time.sleep(0.01)\n"
        "print('ends')\n"
    )
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    command = [sys.executable, "-c", program]
    assert testing.side_by_side([[*command, one, two], [*command, two, one]]) == 0
    assert sorted(capfdbinary.readouterr().out.splitlines()) == [b"one ends", b"two ends"]


@pytest.mark.parametrize("codes", [(0, 3), (3, 0), (3, 3)])
def test_what_fails_in_either_fails(codes: tuple[int, ...]) -> None:
    commands = [[sys.executable, "-c", f"raise SystemExit({code})"] for code in codes]
    assert testing.side_by_side(commands) == 3


def test_what_is_asked_for_is_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, **_how: ran.append(command))
    testing.run("python", ["tests/engine/store"])
    assert ran == [["python", "-P", "-m", "pytest", "tests/engine/store"]]
