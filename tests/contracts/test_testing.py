"""How the tests are run: all of them side by side, as the machine allows; what is asked for, alone."""

from __future__ import annotations

import os
import subprocess

import pytest

from bootstrap import testing

GIGABYTE = 1_000_000_000


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run."""
    commands: list[list[str]] = []

    def call(command: list[str], **_how: object) -> int:
        commands.append(command)
        return 3

    monkeypatch.setattr(subprocess, "call", call)
    return commands


@pytest.mark.parametrize(
    ("cores", "gigabytes", "expected"),
    [
        (2, 24, ["--numprocesses=2", "--dist=loadfile"]),
        (16, 64, ["--numprocesses=4", "--dist=loadfile"]),
        (16, 8, []),
        (1, 64, []),
        (16, 0, []),  # it cannot be read
    ],
)
def test_all_are_run_side_by_side_where_there_is_room(
    ran: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    cores: int,
    gigabytes: int,
    expected: list[str],
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(testing, "memory_bytes", lambda: gigabytes * GIGABYTE)
    assert testing.run("python", []) == 3
    assert ran == [["python", "-P", "-m", "pytest", *expected]]


def test_what_is_asked_for_is_run_alone(ran: list[list[str]]) -> None:
    testing.run("python", ["tests/engine/store"])
    assert ran == [["python", "-P", "-m", "pytest", "tests/engine/store"]]
