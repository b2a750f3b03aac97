"""A library that lies where nothing can be written: a mounted copy, a disc, another's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from strongroom_engine import protocol as wire

from .conftest import HostProcess

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders are made read-only so")

FREEZE = ["unshare", "--mount", "sh", "-c"]
FREEZE.append('mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"')


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Run `strongroom` on this test's library; with `frozen` its folder is read-only."""
    folder = tmp_path / "library"
    start = [sys.executable, "-m", "strongroom_desktop"]
    start += ["--library", str(folder), "--key-file", str(tmp_path / "key")]
    is_root = os.geteuid() == 0  # whom no mode keeps from writing

    def strongroom(*arguments: str, frozen: bool = False) -> subprocess.CompletedProcess[str]:
        if frozen and not is_root:
            folder.chmod(0o500)
        prefix = [*FREEZE, str(folder)] if frozen and is_root else []
        return subprocess.run(
            [*prefix, *start, *arguments],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"},
            check=False,
            timeout=120,
        )

    yield strongroom
    folder.chmod(0o700)


@pytest.fixture
def notes(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "pool.txt").write_text("The walrus moved to the north pool.", encoding="utf-8")
    assert run("add", str(folder)).returncode == 0
    if (
        b"Operation not permitted"
        in subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).stderr
        and os.geteuid() == 0
    ):
        pytest.skip("this root may not mount")
    return folder


def test_it_can_be_searched(run: Run, notes: Path) -> None:
    found = run("search", "walrus", frozen=True)
    assert found.returncode == 0, found.stderr
    assert str(notes / "pool.txt") in found.stdout


def test_adding_to_it_is_refused(run: Run, notes: Path) -> None:
    refused = run("add", str(notes), frozen=True)
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr
    assert "Make its folder writable" in refused.stderr


def test_what_was_not_closed_is_not_called_damaged(run: Run, notes: Path, tmp_path: Path) -> None:
    with (tmp_path / "library" / "library.db-wal").open("ab") as log:
        log.write(b"as a killed writer leaves it")
    refused = run("search", "walrus", frozen=True)
    assert refused.returncode == 1
    assert "its folder is read-only" in refused.stderr
    assert "damaged" not in refused.stderr


def test_the_window_can_read_it_and_is_told(
    run: Run, notes: Path, tmp_path: Path, start_host: Callable[..., HostProcess]
) -> None:
    if os.geteuid() == 0:
        frozen = [*FREEZE, str(tmp_path / "library")]
    else:
        frozen = []
        (tmp_path / "library").chmod(0o500)
    host = start_host(before=frozen).ready()
    refused = host.wait_for(lambda event: isinstance(event, wire.Failed) and event.id == 0)
    assert isinstance(refused, wire.Failed)
    assert refused.code == "library-read-only"
    result = host.ask(wire.Search(question="walrus"), wire.Hits).result
    assert result is not None
    assert Path(result.hits[0].file) == notes / "pool.txt"
    added = host.ask(wire.AddSource(path=str(notes)), wire.Failed)
    assert added.code == "library-read-only"
    assert host.end() == 0
