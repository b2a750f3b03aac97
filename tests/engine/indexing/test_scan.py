"""Scanning finds every document once without opening it; comparing tells what changed."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from strongroom_engine.errors import (
    DocumentProblem,
    InvalidName,
    SourceMissing,
    Unreadable,
    UnsupportedFormat,
)
from strongroom_engine.indexing.ignore import ignored
from strongroom_engine.indexing.looking.excluding import Rules
from strongroom_engine.indexing.looking.scan import Changes, Found, diff, scan
from strongroom_engine.types import FileFacts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A source of its own."""
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def put(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(source: Path, under: str = "") -> set[str]:
    return {
        str(Path(facts.path).relative_to(source))
        for facts, problem in scan(str(source), [under] if under else ())
        if problem is None
    }


def problems(source: Path) -> dict[str, DocumentProblem]:
    return {
        str(Path(facts.path).relative_to(source)): problem
        for facts, problem in scan(str(source))
        if problem is not None
    }


def test_facts_are_the_file_systems(folder: Path) -> None:
    path = put(folder / "a" / "b.txt", "12345")
    ((facts, problem),) = scan(str(folder))
    real = path.stat()
    assert facts == FileFacts(str(path), 5, real.st_mtime_ns, f"{real.st_dev}:{real.st_ino}")
    assert problem is None


def test_no_file_is_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe")  # opening it would wait for ever
    put(folder / "a.txt")
    found: list[Found] = []
    thread = threading.Thread(target=lambda: found.extend(scan(str(folder))), daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert {type(problem) for _, problem in found} == {UnsupportedFormat, type(None)}


IGNORED = [
    ".hidden.md",
    ".git/config",
    "node_modules/a/readme.md",
    "__pycache__/a.pyc",
    "~$lease.docx",
    ".~lock.lease.odt#",
    "lease.pdf.part",
    "lease.pdf.crdownload",
    "lease.pdf.filepart",
    "lease.pdf.sb-1a2b3c4d-AbCdEf",
    "draft.tmp",
    "notes.txt~",
    "notes.txt.swp",
    "#notes.txt#",
    "Thumbs.db",
]


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_nobodys_document_is_left_out(folder: Path, name: str) -> None:
    put(folder / name)
    put(folder / "kept.md")
    assert names(folder) == {"kept.md"}
    assert problems(folder) == {}
    assert names(folder, str(folder / name)) == set()
    assert Rules(str(folder)).omit_below(str(folder / name))


@pytest.mark.parametrize("name", ["a~b.txt", "part.pdf", "tmp", "~draft.md", "Lock.docx", "$100"])
def test_names_that_only_look_like_it_are_kept(name: str) -> None:
    assert not ignored(name)


def test_a_hidden_folder_that_was_asked_for_is_scanned(tmp_path: Path) -> None:
    put(tmp_path / ".notes" / "a.md")
    assert names(tmp_path / ".notes") == {"a.md"}


def test_a_single_file_is_a_source(folder: Path) -> None:
    put(folder / "other.txt")
    path = put(folder / "a.txt")
    for under in ("", str(path), str(folder)):
        places = [under] if under else ()
        assert [facts.path for facts, _ in scan(str(path), places)] == [str(path)]
    assert list(scan(str(path), [str(folder / "other.txt")])) == []


def test_a_part_of_a_source_can_be_looked_at_alone(folder: Path) -> None:
    put(folder / "a" / "b" / "1.txt")
    put(folder / "a" / "2.txt")
    put(folder / "3.txt")
    assert names(folder, str(folder / "a")) == {"a/b/1.txt", "a/2.txt"}
    assert names(folder, str(folder / "a" / "2.txt")) == {"a/2.txt"}
    assert names(folder, str(folder / "gone" / "x")) == set()
    assert names(folder, str(folder.parent)) == set()


def test_a_source_that_is_away_is_not_an_empty_one(folder: Path) -> None:
    with pytest.raises(SourceMissing):
        list(scan(str(folder / "gone")))
    with pytest.raises(SourceMissing):
        list(scan(str(folder / "gone"), [str(folder / "gone" / "x")]))


def test_links_are_followed_only_to_what_is_not_found_anyhow(folder: Path, tmp_path: Path) -> None:
    put(folder / "a.txt")
    put(folder / ".annex" / "object", "kept in a hidden place")
    put(tmp_path / "outside.txt")
    (folder / "twice.txt").symlink_to(folder / "a.txt")
    (folder / "annexed.txt").symlink_to(folder / ".annex" / "object")
    (folder / "loop").symlink_to(folder)
    (folder / ".annex" / "loop").symlink_to(folder / ".annex")
    (folder / "annex").symlink_to(folder / ".annex")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "broken.txt").symlink_to(folder / ".gone")
    assert names(folder) == {"a.txt", "annexed.txt", "annex/object"}
    kinds = {name: problem.details["kind"] for name, problem in problems(folder).items()}
    assert kinds == {
        "out.txt": "a link that leads out of the folder",
        "broken.txt": "a link that leads nowhere",
    }


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS allows no such names")
def test_a_name_that_is_no_text_is_reported_in_a_printable_way(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.txt")).touch()
    ((facts, problem),) = scan(str(folder))
    assert isinstance(problem, InvalidName)
    assert facts.path == str(folder / "caf\\xe9.txt")
    facts.path.encode()


def test_names_in_any_script_are_kept(folder: Path) -> None:
    put(folder / "名前 ümlaut (1) #&.txt")
    assert names(folder) == {"名前 ümlaut (1) #&.txt"}


def test_very_deep_trees_are_scanned(folder: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(folder)
        for _ in range(120):
            Path("deep").mkdir()
            os.chdir("deep")
        Path("a.txt").write_text("words")
    finally:
        os.chdir(here)
    assert len(names(folder)) == 1


# Root may read everything, so the parts that need a refusal run as nobody in a child.
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_what_may_not_be_read_is_reported(folder: Path) -> None:
    put(folder / "closed" / "a.txt").parent.chmod(0o700)
    put(folder / "secret.txt").chmod(0o600)
    put(folder / "open.txt")
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:  # not a new interpreter: nobody may not be allowed to start this one
        os.close(read_end)
        for place in (folder, *folder.parents):
            if place.stat().st_uid == 0 and "pytest" in str(place):
                place.chmod(0o755)
        os.setuid(65534)
        said = sorted(
            f"{Path(facts.path).name} {facts.size} {problem.code if problem else '-'}"
            for facts, problem in scan(str(folder))
        )
        os.write(write_end, "\n".join(said).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        said = pipe.read().splitlines()
    os.waitpid(child, 0)
    assert said == ["closed 0 unreadable", "open.txt 5 -", "secret.txt 0 unreadable"]


# --- comparing -----------------------------------------------------------------------------------


def known(source: Path) -> dict[str, FileFacts]:
    return {facts.path: facts for facts, _ in scan(str(source))}


def changed(source: Path, before: dict[str, FileFacts]) -> Changes:
    return diff(before, scan(str(source)))


def short(changes: Changes) -> dict[str, list[str]]:
    """Which file names are where; empty lists left out."""
    named = {
        "new": [facts.path for facts in changes.new],
        "changed": [facts.path for facts in changes.changed],
        "moved": [f"{old} {facts.path}" for old, facts in changes.moved],
        "gone": changes.gone,
        "renumbered": [facts.path for facts in changes.renumbered],
        "problems": [facts.path for facts, _ in changes.problems],
    }
    return {
        kind: sorted(" ".join(Path(part).name for part in path.split(" ")) for path in paths)
        for kind, paths in named.items()
        if paths
    }


def test_nothing_changed(folder: Path) -> None:
    put(folder / "a.txt")
    changes = changed(folder, known(folder))
    assert short(changes) == {}
    assert not changes.any
    assert [facts.path for facts in changes.same] == [str(folder / "a.txt")]


def test_new_changed_gone_and_moved_are_told_apart(folder: Path) -> None:
    for name in ("same.txt", "grown.txt", "touched.txt", "gone.txt", "old.txt", "deep/old.md"):
        put(folder / name)
    before = known(folder)
    put(folder / "new.txt")
    put(folder / "grown.txt", "more words")
    os.utime(folder / "touched.txt", ns=(1, 1))
    (folder / "gone.txt").unlink()
    (folder / "old.txt").rename(folder / "renamed.txt")
    (folder / "deep").rename(folder / "deeper")
    assert short(changed(folder, before)) == {
        "new": ["new.txt"],
        "changed": ["grown.txt", "touched.txt"],
        "gone": ["gone.txt"],
        "moved": ["old.md old.md", "old.txt renamed.txt"],
    }


def test_a_file_that_moved_and_changed_is_gone_and_new(folder: Path) -> None:
    put(folder / "a.txt")
    before = known(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    put(folder / "b.txt", "other words")
    assert short(changed(folder, before)) == {"new": ["b.txt"], "gone": ["a.txt"]}


def test_two_files_that_changed_places_are_both_changed(folder: Path) -> None:
    put(folder / "a.txt", "aaaaa")
    put(folder / "b.txt", "bbbbb")
    for path in folder.iterdir():
        os.utime(path, ns=(10**18, 10**18))
    before = known(folder)
    (folder / "a.txt").rename(folder / "c")
    (folder / "b.txt").rename(folder / "a.txt")
    (folder / "c").rename(folder / "b.txt")
    assert short(changed(folder, before)) == {"changed": ["a.txt", "b.txt"]}


def test_a_second_name_for_a_file_is_no_move(folder: Path) -> None:
    put(folder / "a.txt")
    before = known(folder)
    os.link(folder / "a.txt", folder / "b.txt")
    assert short(changed(folder, before)) == {"new": ["b.txt"]}


def test_a_disk_mounted_anew_is_not_read_again(folder: Path) -> None:
    put(folder / "a.txt")
    put(folder / "b.txt")
    before = {
        path: FileFacts(path, facts.size, facts.mtime_ns, "9999:" + facts.identity.split(":")[1])
        for path, facts in known(folder).items()
    }
    (folder / "b.txt").rename(folder / "c.txt")
    changes = changed(folder, before)
    assert short(changes) == {"renumbered": ["a.txt"], "moved": ["b.txt c.txt"]}
    assert not diff(
        {facts.path: facts for facts in changes.renumbered}, changes_as_found(changes)
    ).any


def changes_as_found(changes: Changes) -> list[Found]:
    return [(facts, None) for facts in changes.renumbered]


def test_files_below_a_closed_folder_are_not_gone() -> None:
    before = {
        path: FileFacts(path, 1, 1, "1:" + path)
        for path in ("/s/a/1.txt", "/s/a/b/2.txt", "/s/ab.txt")
    }
    closed: list[Found] = [(FileFacts("/s/a", 0, 0, ""), Unreadable(why="permission denied"))]
    changes = diff(before, closed)
    assert changes.gone == ["/s/ab.txt"]
    assert [facts.path for facts, _ in changes.problems] == ["/s/a"]
    again = diff({**before, "/s/a": closed[0][0]}, closed)
    assert not again.problems


def test_a_file_that_may_be_read_again_has_changed(folder: Path) -> None:
    path = str(put(folder / "a.txt"))
    before = {path: FileFacts(path, 0, 0, "")}  # as an unreadable file is remembered
    assert short(changed(folder, before)) == {"changed": ["a.txt"]}
