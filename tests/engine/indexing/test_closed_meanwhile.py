"""What changed while nothing ran is found by size, time and identity, and else by reading again."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.indexing.looking.doubt import as_read, is_doubtful
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import FileFacts

YEAR_NS = 31_556_952_000_000_000
SECOND_NS = 1_000_000_000


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "a.txt"
    path.parent.mkdir()
    path.write_text("The rent is 100.", encoding="utf-8")
    os.utime(path, ns=(time.time_ns() - YEAR_NS,) * 2)
    return path


def text(library: Library, file: Path) -> str:
    return library.reading.excerpt(str(file)).text


def in_place(file: Path) -> None:
    """Written anew with as many characters."""
    file.write_text("The rent is 200.", encoding="utf-8")


def restored(file: Path) -> None:
    """A backup brings an older version of the same size."""
    in_place(file)
    os.utime(file, ns=(file.stat().st_mtime_ns - 3 * YEAR_NS,) * 2)


def replaced(file: Path) -> None:
    """Another file in its place, with the size and the time of the first."""
    before = file.stat()
    other = file.with_name("other")
    in_place(other)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def in_the_future(file: Path) -> None:
    in_place(file)
    os.utime(file, ns=(time.time_ns() + 10 * YEAR_NS,) * 2)


@pytest.mark.parametrize("change", [in_place, restored, replaced, in_the_future])
def test_a_file_of_the_same_size_is_read_again(
    library: Library, file: Path, change: object
) -> None:
    library.add(str(file.parent))
    assert callable(change)
    change(file)
    library.rescan()
    assert text(library, file) == "The rent is 200."


def test_a_file_that_was_read_in_the_same_step_of_the_clock_is_read_once_more(
    library: Library, file: Path
) -> None:
    """As on a disk that notes whole seconds: the change leaves size, time and identity."""
    library.add(str(file.parent))  # the parser runs by now: what follows takes no second
    now_ns = (time.time_ns() // SECOND_NS + 1) * SECOND_NS
    os.utime(file, ns=(now_ns, now_ns))
    library.rescan()
    in_place(file)
    os.utime(file, ns=(now_ns, now_ns))
    moved = file.rename(file.with_name("b.txt"))
    library.rescan()
    library.rescan()  # the first finds that it was moved
    assert text(library, moved) == "The rent is 200."


def test_a_file_with_another_ending_is_read_as_what_it_is_called_now(
    library: Library, file: Path
) -> None:
    file.write_text("Name;Rent\nBo;7\nAna;8\n", encoding="utf-8")
    library.add(str(file.parent))
    table = file.rename(file.with_suffix(".csv"))
    library.rescan()
    (record,) = library.documents()
    assert (record.path, record.media_type) == (str(table), "text/csv")


def test_a_copy_that_takes_a_file_s_place_keeps_what_is_known(library: Library, file: Path) -> None:
    """The content is the same, though inode and time are not: nothing is embedded again."""
    library.add(str(file.parent))
    shutil.copyfile(file, file.with_name("copy"))
    file.with_name("copy").replace(file)
    library.rescan()
    assert text(library, file) == "The rent is 100."


@pytest.mark.parametrize(
    ("read_after_ns", "mtime_ns", "doubt"),
    [
        (5_000_000, 1_700_000_000_123_456_789, True),
        (500_000_000, 1_700_000_000_123_456_789, False),
        (500_000_000, 1_700_000_000_000_000_000, True),
        (3 * SECOND_NS, 1_700_000_000_000_000_000, False),
        (-YEAR_NS, 1_700_000_000_000_000_000, False),
    ],
)
def test_doubt_lasts_for_a_step_of_the_disk_s_clock(
    read_after_ns: int, mtime_ns: int, doubt: bool
) -> None:
    facts = FileFacts("/a", 1, mtime_ns, "1:2")
    kept = as_read(facts, mtime_ns + read_after_ns)
    assert is_doubtful(kept) == doubt
    assert as_read(kept, mtime_ns + 10 * SECOND_NS) == facts
    member = FileFacts("/a/b", 1, mtime_ns, "0a1b2c3d")
    assert as_read(member, mtime_ns) == member
