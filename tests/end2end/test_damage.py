"""A library that is damaged while nobody looks: said once, and rebuilt at a request."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.cli import main
from strongroom_engine.errors import LibraryDamaged
from strongroom_engine.store import connection, key_from_file

from .conftest import WAIT_S, HostProcess

PAGE = 4096


def damage(folder: Path, key_file: Path, table: str) -> None:
    """Change a byte of each page on which the table's rows are."""
    key = key_from_file(key_file, create=False)
    with closing(connection.connect(folder, key.raw, write=False)) as db:
        sql = "SELECT pageno FROM dbstat WHERE name = ?"
        pages = [int(str(page)) for (page,) in db.execute(sql, (table,))]
    data = bytearray((folder / "library.db").read_bytes())
    for page in pages:
        data[(page - 1) * PAGE + 99] ^= 1
    (folder / "library.db").write_bytes(data)


def indexed(papers: Path, tmp_path: Path) -> list[str]:
    """Index the papers; the arguments that name the library."""
    named = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    assert main([*named, "add", str(papers)]) == 0
    return named


def is_damage(event: wire.Event) -> bool:
    return isinstance(event, wire.Failed) and event.code == LibraryDamaged.code


def test_damage_that_is_met_is_told_and_the_window_rebuilds(
    start_host: Callable[..., HostProcess], papers: Path, tmp_path: Path
) -> None:
    indexed(papers, tmp_path)
    damage(tmp_path / "library", tmp_path / "key", "texts")
    host = start_host()
    assert isinstance(host.wait_for(is_damage), wire.Failed)
    number = host.send(wire.RebuildLibrary())
    event = host.wait_for(lambda e: e.id == number and not isinstance(e, wire.Rebuilding))
    assert isinstance(event, wire.RebuiltLibrary), event
    assert event.rebuilt
    assert event.rebuilt.unread == 3
    assert Path(event.rebuilt.aside, "library.db").exists()
    host.wait_for(lambda e: isinstance(e, wire.Ready) and e.plan is not None)
    host.wait_for(lambda e: isinstance(e, wire.Progress) and e.progress is None)
    hits = host.ask(wire.Search(question="yearly rent"), wire.Hits)
    assert hits.result
    assert Path(hits.result.hits[0].file).name == "lease.pdf"
    host.ask(wire.DropDamaged(), wire.Done)
    assert not Path(event.rebuilt.aside).exists()
    assert host.end() == 0


def test_a_library_that_cannot_be_opened_is_rebuilt_too(
    start_host: Callable[..., HostProcess], papers: Path, tmp_path: Path
) -> None:
    indexed(papers, tmp_path)
    (tmp_path / "library" / "library.db").write_bytes(b"")
    host = start_host()
    assert host.wait_for(is_damage).id == 0
    number = host.send(wire.RebuildLibrary())
    event = host.wait_for(lambda e: e.id == number and not isinstance(e, wire.Rebuilding))
    assert isinstance(event, wire.RebuiltLibrary), event
    counts: dict[str, int] = {}
    deadline = time.monotonic() + WAIT_S
    while counts.get("indexed") != 3 and time.monotonic() < deadline:
        (source,) = host.ask(wire.ListSources(), wire.Sources).sources  # it was known still
        counts = source.counts
        time.sleep(0.2)
    assert (source.path, counts["indexed"]) == (str(papers), 3)
    assert host.end() == 0


def test_the_command_line_rebuilds(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = indexed(papers, tmp_path)
    damage(tmp_path / "library", tmp_path / "key", "texts")
    capsys.readouterr()
    assert main([*named, "search", "rent"]) == 1
    assert "'strongroom rebuild'" in " ".join(capsys.readouterr().err.split())
    assert main([*named, "rebuild"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "The library was rebuilt." in said
    assert "3 documents will be read again" in said
    assert main([*named, "add", str(papers)]) == 0
    assert main([*named, "search", "rent"]) == 0
    assert "42,500" in capsys.readouterr().out
    assert main([*named, "library", "drop-damaged"]) == 0
    assert not list((tmp_path / "library").glob("library-damaged-*"))
