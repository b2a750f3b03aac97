"""What files there are in a source, and what has changed since the library last looked.

Scanning opens no file: names, sizes, times and identities come from the file system's tables.
Every file that is not left out by rule (`excluding`) is found, with a reason where it cannot be read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from strongroom_engine.errors import (
    DocumentProblem,
    InvalidName,
    NotDownloaded,
    SourceMissing,
    TooLarge,
    Unreadable,
    UnsupportedFormat,
)
from strongroom_engine.indexing.ignore import CAN_BE_MARKED, marked_hidden
from strongroom_engine.indexing.looking.doubt import doubtful, is_doubtful
from strongroom_engine.indexing.looking.excluding import Rules
from strongroom_engine.indexing.looking.presence import is_placeholder, stub_of, stubs_for
from strongroom_engine.indexing.sizes import human_size
from strongroom_engine.store import UNREAD_SIZE
from strongroom_engine.trees import contains, for_system, within
from strongroom_engine.types import FileFacts

Found = tuple[FileFacts, DocumentProblem | None]
"""A file, and why it cannot be read where that is plain from outside."""

Trace = tuple[str, int, int, str]

_ALL_MAY_READ = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


def scan(
    source: str,
    under: Collection[str] = (),
    rules: Rules | None = None,
    *,
    others: Collection[str] = (),
    most_bytes: int = 0,
) -> Iterator[Found]:
    """The files of a source, a folder or a single file; each once, in no particular order.

    Places `under` the source limit the look to them: nothing is found where one is gone or left
    out, nor what the `rules` leave out, nor in the `others`, which are sources of their own or are
    not to be looked at. Links are followed to what lies inside the source and is not found there
    by itself. A file of more than `most_bytes` is too large; 0: none is. Raises `SourceMissing`
    when the source itself is away: that its files are gone is not known.
    """
    look = _Scan(source, rules or Rules(source), others, most_bytes)
    places = [place for place in set(under) if not within(under, str(Path(place).parent))]
    return (one for place in sorted(places) or [source] for one in look.run(place))


class _Scan:
    def __init__(self, source: str, rules: Rules, others: Collection[str], most_bytes: int) -> None:
        self._source = source
        self._rules = rules
        self._others = others
        self._most_bytes = most_bytes
        try:
            self._facts = os.stat(for_system(source))  # noqa: PTH116 - a prefix is no part of a Path
            if stat.S_ISDIR(self._facts.st_mode):
                os.scandir(for_system(source)).close()
        except (OSError, ValueError) as exc:
            raise SourceMissing(path=printable(source)) from exc
        self._real = os.path.realpath(source)
        self._sees_marks = CAN_BE_MARKED and not self._rules.hidden
        self._user = os.geteuid() if hasattr(os, "geteuid") else None
        self._linked: set[str] = set()  # folders entered through links, so that loops end
        self._listings: dict[str, dict[str, os.DirEntry[str]]] = {}

    def run(self, place: str) -> Iterator[Found]:
        if not stat.S_ISDIR(self._facts.st_mode):
            if place in {self._source, str(Path(self._source).parent)}:
                yield self._file(self._source, self._facts, self._facts.st_ino)
            return
        if place == self._source:
            yield from self._folder(place)
        elif not (self._rules.omit_below(place) or within(self._others, place)):
            yield from self._single(place)

    def _single(self, place: str) -> Iterator[Found]:
        """One path within the source, which may be gone by now."""
        folder, name = os.path.split(place)
        try:
            listed = self._listed(folder) if self._is_entered(folder) else {}
        except OSError as exc:
            yield _bare(place), Unreadable.of(exc)
            return
        entry = listed.get(name)
        if entry is None:
            if any(stub in listed for stub in stubs_for(name)):
                yield _bare(place), NotDownloaded()
        elif not (stub_of(name) or self._rules.omit(place, folder=_is_folder(entry))):
            yield from self._entry(entry, place)

    def _listed(self, folder: str) -> dict[str, os.DirEntry[str]]:
        """What is in a folder by its name; not by asking for a name, which a disk may know in
        another case. Once a look, since a thousand files of one folder may have changed."""
        if folder not in self._listings:
            try:
                with os.scandir(for_system(folder)) as entries:
                    self._listings[folder] = {entry.name: entry for entry in entries}
            except (FileNotFoundError, NotADirectoryError):
                return {}
        return self._listings[folder]

    def _is_entered(self, folder: str) -> bool:
        """Whether a look at all of the source comes into a folder that the rules let in: through
        no folder that is hidden, and no link that leads out."""
        linked, place = False, folder
        while place != self._source:
            try:
                facts = os.lstat(for_system(place))
            except (FileNotFoundError, NotADirectoryError):
                return False
            if self._is_hidden(facts):
                return False
            linked = linked or _is_link(facts)
            place = os.path.dirname(place)  # noqa: PTH120 - a hundred thousand times a look
        return not linked or contains(self._real, os.path.realpath(folder))

    def _folder(self, folder: str) -> Iterator[Found]:
        """Everything below; without recursion, since trees may be deeper than Python's stack."""
        waiting = [folder]
        while waiting:
            place = waiting.pop()
            try:
                with os.scandir(for_system(place)) as entries:
                    listed = list(entries)
            except FileNotFoundError:
                continue  # gone since its parent was read
            except OSError as exc:
                yield _bare(place), Unreadable.of(exc)
                continue
            names = {entry.name for entry in listed}
            if not self._rules.omit_all_in(place, names):
                yield from self._entries(place, listed, names, waiting)

    def _entries(
        self,
        place: str,
        listed: list[os.DirEntry[str]],
        names: Collection[str],
        waiting: list[str],
    ) -> list[Found]:
        """What lies in a folder; real folders in it are left `waiting`. A list and one loop, since
        there may be a hundred thousand."""
        before = place if place.endswith(os.sep) else place + os.sep
        omit, others = self._rules.omitting(place, names), self._others
        found: list[Found] = []
        for entry in listed:
            name = entry.name
            path = before + name
            try:
                if named := stub_of(name):
                    found += self._stub(before + named, path, there=named in names)
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                if omit(path, name, is_folder) or (others and path in others):
                    continue
                facts = entry.stat(follow_symlinks=False)
            except OSError:
                found += self._entry(entry, path)
                continue
            if stat.S_ISREG(facts.st_mode) and not self._sees_marks:
                found.append(self._file(path, facts, facts.st_ino or entry.inode()))
            elif not is_folder or _is_link(facts):
                found += self._entry(entry, path)
            elif not self._is_hidden(facts):
                waiting.append(path)
        return found

    def _stub(self, path: str, stub: str, *, there: bool) -> list[Found]:
        """What lies in the place of a file that is in a cloud."""
        if there or self._rules.omit(path) or stub in self._others:
            return []
        return [(_bare(path), NotDownloaded())]

    def _is_hidden(self, facts: os.stat_result) -> bool:
        return self._sees_marks and marked_hidden(facts)

    def _entry(self, entry: os.DirEntry[str], path: str) -> Iterator[Found]:
        try:
            facts = entry.stat(follow_symlinks=False)
            if self._is_hidden(facts):
                return
            if _is_link(facts):
                yield from self._link(path)
            elif stat.S_ISDIR(facts.st_mode):
                yield from self._folder(path)
            else:
                yield self._file(path, facts, entry.inode())
        except FileNotFoundError:
            return  # gone since its folder was read
        except OSError as exc:
            yield _bare(path), Unreadable.of(exc)

    def _link(self, path: str) -> Iterator[Found]:
        target = os.path.realpath(path)
        if not contains(self._real, target):
            yield _bare(path), UnsupportedFormat(kind="a link that leads out of the folder")
            return
        try:
            facts = os.stat(for_system(path))  # noqa: PTH116 - a prefix is no part of a Path
        except OSError:
            yield _bare(path), UnsupportedFormat(kind="a link that leads nowhere")
            return
        there = str(Path(self._source, os.path.relpath(target, self._real)))
        if target == self._real or self._rules.leave_out_below(there):
            return
        if not self._rules.omit_below(there):
            return  # found there by itself
        if not stat.S_ISDIR(facts.st_mode):
            yield self._file(path, facts, facts.st_ino)
        elif target not in self._linked:
            self._linked.add(target)
            yield from self._folder(path)

    def _file(self, path: str, facts: os.stat_result, inode: int) -> Found:
        """What is known of a file. Windows tells a folder's entries no device: it is the
        source's."""
        identity = f"{facts.st_dev or self._facts.st_dev}:{inode}" if inode else ""
        plain = path if path.isascii() else printable(path)
        found = FileFacts(plain, facts.st_size, facts.st_mtime_ns, identity)
        if found.path != path:
            return found, InvalidName()
        if not stat.S_ISREG(facts.st_mode):
            return found, UnsupportedFormat(kind="a pipe, a socket or a device")
        if not self._may_read(path, facts):
            # Without its facts, so that it counts as changed as soon as it can be read.
            return _bare(path), Unreadable(why="permission denied")
        if is_placeholder(facts):
            return found, NotDownloaded()
        if self._most_bytes and facts.st_size > self._most_bytes:
            size, limit = human_size(facts.st_size), human_size(self._most_bytes)
            return found, TooLarge(size=size, limit=limit)
        return found, None

    def _may_read(self, path: str, facts: os.stat_result) -> bool:
        """As far as can be told from outside. The system is asked only where the rights of the file
        leave a doubt; that of Windows does not tell."""
        if self._user is None or facts.st_mode & _ALL_MAY_READ == _ALL_MAY_READ:
            return True
        if facts.st_uid == self._user and facts.st_mode & stat.S_IRUSR:
            return True
        return os.access(path, os.R_OK)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_link(facts: os.stat_result) -> bool:
    junction = getattr(facts, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 1)
    return stat.S_ISLNK(facts.st_mode) or junction


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
    was moved. What lies below a folder that cannot be read now is taken to be unchanged, and so is
    what is known of a file whose content is in a cloud now.
    """
    changes = Changes()
    missing = dict(known)
    arrived: list[FileFacts] = []
    closed: list[str] = []
    away: dict[str, DocumentProblem] = {}
    for facts, problem in found:
        before = missing.pop(facts.path, None)
        if isinstance(problem, Unreadable):
            closed.append(facts.path)
        if before is not None and (_same(before, facts) or _is_still(before, facts, problem)):
            changes.same.append(before)
        elif isinstance(problem, NotDownloaded) and before is None and facts.identity:
            arrived.append(facts)
            away[facts.path] = problem
        elif isinstance(problem, NotDownloaded):
            changes.problems.append((_without_content(facts), problem))
        elif problem is not None:
            changes.problems.append((facts, problem))
        elif before is None:
            arrived.append(facts)
        elif _only_renumbered(before, facts):
            changes.renumbered.append(facts)
        else:
            changes.changed.append(facts)
    _settle(changes, _visible(changes, missing, closed), arrived, away)
    return changes


def _is_still(before: FileFacts, now: FileFacts, problem: DocumentProblem | None) -> bool:
    """Whether what is known of a file in a cloud is all that can be known of it now: it was read
    when it was here, or is known to be there."""
    if not isinstance(problem, NotDownloaded) or before.size == UNREAD_SIZE:
        return False
    return before.mtime_ns != 0 or before == _without_content(now)


def _without_content(facts: FileFacts) -> FileFacts:
    """So that it counts as changed as soon as its content is here, though nothing else changes."""
    return FileFacts(facts.path, facts.size, 0, "")


def _same(before: FileFacts, now: FileFacts) -> bool:
    """Of one path: without the tuples that '==' makes of both."""
    return (
        before.mtime_ns == now.mtime_ns
        and before.size == now.size
        and before.identity == now.identity
    )


def _only_renumbered(before: FileFacts, now: FileFacts) -> bool:
    return trace(before) == trace(now) and not is_doubtful(before)


def trace(facts: FileFacts) -> Trace:
    """What stays with a file when it is moved: its inode, size and time, and its ending, by which
    a text is read in another way. Devices are numbered anew whenever they are mounted."""
    return facts.identity.partition(":")[2], facts.size, facts.mtime_ns, ending(facts.path)


def ending(path: str) -> str:
    """In lower case, with its dot."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - a prefix is no part of a Path


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


def _settle(
    changes: Changes,
    gone: dict[str, FileFacts],
    arrived: list[FileFacts],
    away: Mapping[str, DocumentProblem],
) -> None:
    """Pair what is gone with what has arrived."""
    traces: dict[Trace, list[str]] = {}  # several of a file with several names
    for path, facts in gone.items():
        if facts.identity:
            traces.setdefault(trace(facts), []).append(path)
    for facts in arrived:
        olds = traces.get(trace(facts)) if facts.identity else None
        if not olds and facts.path in away:
            changes.problems.append((_without_content(facts), away[facts.path]))
        elif not olds:
            changes.new.append(facts)
        else:
            old = olds.pop()
            before = gone.pop(old)
            changes.moved.append((old, doubtful(facts) if is_doubtful(before) else facts))
    changes.gone.extend(gone)
