"""What files there are in a source, and what has changed since the library last looked.

Scanning opens no file: names, sizes, times and identities come from the file system's tables.
Every file that is not ignored by rule (`ignore`) is found, with a reason where it cannot be read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from strongroom_engine.errors import (
    DocumentProblem,
    InvalidName,
    SourceMissing,
    Unreadable,
    UnsupportedFormat,
)
from strongroom_engine.indexing.excluding import Rules
from strongroom_engine.indexing.ignore import ignored_at, ignored_below, marked_hidden
from strongroom_engine.trees import contains
from strongroom_engine.types import FileFacts

Found = tuple[FileFacts, DocumentProblem | None]
"""A file, and why it cannot be read where that is plain from outside."""


def scan(source: str, under: str = "", rules: Rules | None = None) -> Iterator[Found]:
    """The files of a source, a folder or a single file; each once, in no particular order.

    `under` limits the look to one path within the source: nothing is found where it is gone or
    ignored; nor what the user's `rules` leave out. Links are followed to what lies inside the source and is not found there by itself.
    Raises `SourceMissing` when the source itself is away: that its files are gone is not known.
    """
    return _Scan(source, rules or Rules(source)).run(under or source)


class _Scan:
    def __init__(self, source: str, rules: Rules) -> None:
        self._source = source
        self._rules = rules
        try:
            self._facts = Path(source).stat()
            if stat.S_ISDIR(self._facts.st_mode):
                os.scandir(source).close()
        except (OSError, ValueError) as exc:
            raise SourceMissing(path=printable(source)) from exc
        self._real = os.path.realpath(source)
        self._linked: set[str] = set()  # folders entered through links, so that loops end

    def run(self, place: str) -> Iterator[Found]:
        if not stat.S_ISDIR(self._facts.st_mode):
            if place in {self._source, str(Path(self._source).parent)}:
                yield _file(self._source, self._facts, self._facts.st_ino)
            return
        if place == self._source:
            yield from self._folder(place)
        elif not (ignored_below(place, self._source) or self._rules.leave_out_below(place)):
            yield from self._single(place)

    def _single(self, place: str) -> Iterator[Found]:
        """One path within the source, which may be gone by now."""
        folder, name = os.path.split(place)
        try:
            with os.scandir(folder) as entries:
                entry = next((entry for entry in entries if entry.name == name), None)
        except OSError:
            return
        if entry is not None:
            yield from self._entry(entry)

    def _folder(self, folder: str) -> Iterator[Found]:
        """Everything below; without recursion, since trees may be deeper than Python's stack."""
        waiting = [folder]
        while waiting:
            place = waiting.pop()
            try:
                with os.scandir(place) as entries:
                    listed = list(entries)
            except FileNotFoundError:
                continue  # gone since its parent was read
            except OSError as exc:
                yield _bare(place), Unreadable(why=exc.strerror or type(exc).__name__)
                continue
            for entry in listed:
                if ignored_at(entry.path) or self._rules.leave_out(entry.path):
                    continue
                if self._is_folder(entry):
                    waiting.append(entry.path)
                else:
                    yield from self._entry(entry)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        """A real folder that is to be entered."""
        try:
            if not entry.is_dir(follow_symlinks=False):
                return False
            facts = entry.stat(follow_symlinks=False)
        except OSError:
            return False
        return not (marked_hidden(facts) or _is_link(facts))

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[Found]:
        try:
            facts = entry.stat(follow_symlinks=False)
            if marked_hidden(facts):
                return
            if _is_link(facts):
                yield from self._link(entry.path)
            elif stat.S_ISDIR(facts.st_mode):
                yield from self._folder(entry.path)
            else:
                yield _file(entry.path, facts, entry.inode(), self._facts.st_dev)
        except FileNotFoundError:
            return  # gone since its folder was read
        except OSError as exc:
            yield _bare(entry.path), Unreadable(why=exc.strerror or type(exc).__name__)

    def _link(self, path: str) -> Iterator[Found]:
        target = os.path.realpath(path)
        if not contains(self._real, target):
            yield _bare(path), UnsupportedFormat(kind="a link that leads out of the folder")
            return
        if not ignored_below(target, self._real):
            return  # found there by itself
        try:
            facts = Path(path).stat()
        except OSError:
            yield _bare(path), UnsupportedFormat(kind="a link that leads nowhere")
            return
        if not stat.S_ISDIR(facts.st_mode):
            yield _file(path, facts, facts.st_ino)
        elif target not in self._linked:
            self._linked.add(target)
            yield from self._folder(path)


def _is_link(facts: os.stat_result) -> bool:
    junction = getattr(facts, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 1)
    return stat.S_ISLNK(facts.st_mode) or junction


def _file(path: str, facts: os.stat_result, inode: int, device: int = 0) -> Found:
    """What is known of a file. Windows tells a folder's entries no device: it is the source's."""
    identity = f"{facts.st_dev or device}:{inode}" if inode else ""
    found = FileFacts(printable(path), facts.st_size, facts.st_mtime_ns, identity)
    if found.path != path:
        return found, InvalidName()
    if not stat.S_ISREG(facts.st_mode):
        return found, UnsupportedFormat(kind="a pipe, a socket or a device")
    if not os.access(path, os.R_OK):
        # Without its facts, so that it counts as changed as soon as it can be read.
        return _bare(path), Unreadable(why="permission denied")
    return found, None


def _bare(path: str) -> FileFacts:
    return FileFacts(printable(path), 0, 0, "")


def printable(path: str) -> str:
    """The path as text; bytes in it that are no text are spelled out with a backslash."""
    return os.fsencode(path).decode("utf-8", "backslashreplace") if not path.isascii() else path


# --- what has changed ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changes:
    """How what was found differs from what was known."""

    new: list[FileFacts] = field(default_factory=list)
    changed: list[FileFacts] = field(default_factory=list)
    moved: list[tuple[str, FileFacts]] = field(default_factory=list)
    """The old path, and the same file at its new one."""
    gone: list[str] = field(default_factory=list)
    same: list[FileFacts] = field(default_factory=list)
    renumbered: list[FileFacts] = field(default_factory=list)
    """Unchanged files of which only the device has another number since it was mounted anew; the
    new identity has to be kept, for renames to be recognised."""
    problems: list[tuple[FileFacts, DocumentProblem]] = field(default_factory=list)
    """New or changed, and plainly not to be read."""

    @property
    def any(self) -> bool:
        return any((self.new, self.changed, self.moved, self.gone, self.problems))


def diff(known: dict[str, FileFacts], found: Iterable[Found]) -> Changes:
    """Compare by path, size, time of change and identity.

    A file that is gone and one that is new with the same inode, size and time are one file that
    was moved. What lies below a folder that cannot be read now is taken to be unchanged.
    """
    changes = Changes()
    missing = dict(known)
    arrived: list[FileFacts] = []
    closed: list[str] = []
    for facts, problem in found:
        before = missing.pop(facts.path, None)
        if isinstance(problem, Unreadable):
            closed.append(facts.path)
        if before == facts:
            changes.same.append(facts)
        elif problem is not None:
            changes.problems.append((facts, problem))
        elif before is None:
            arrived.append(facts)
        elif _only_renumbered(before, facts):
            changes.renumbered.append(facts)
        else:
            changes.changed.append(facts)
    _settle(changes, _visible(changes, missing, closed), arrived)
    return changes


def _only_renumbered(before: FileFacts, now: FileFacts) -> bool:
    return _trace(before) == _trace(now)


def _trace(facts: FileFacts) -> tuple[str, int, int]:
    """What stays with a file when it is moved: its inode, size and time. Devices are numbered
    anew whenever they are mounted."""
    return facts.identity.partition(":")[2], facts.size, facts.mtime_ns


def _visible(
    changes: Changes, missing: dict[str, FileFacts], closed: list[str]
) -> dict[str, FileFacts]:
    """The missing files that are really gone, not just out of sight."""
    gone = {}
    for path, facts in missing.items():
        if any(contains(folder, path) for folder in closed):
            changes.same.append(facts)
        else:
            gone[path] = facts
    return gone


def _settle(changes: Changes, gone: dict[str, FileFacts], arrived: list[FileFacts]) -> None:
    """Pair what is gone with what has arrived."""
    traces = {_trace(facts): path for path, facts in gone.items() if facts.identity}
    for facts in arrived:
        old = traces.pop(_trace(facts), None) if facts.identity else None
        if old is None:
            changes.new.append(facts)
        else:
            del gone[old]
            changes.moved.append((old, facts))
    changes.gone.extend(gone)
