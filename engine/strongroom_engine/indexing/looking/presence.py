"""On which drive or share a place lies, whether it answers, and whether its changes are told.

A server that has gone keeps whoever looks at its files in a call that nothing can end. So no look
is made here but by a thread of its own (`ask`), which is left behind when it takes too long; the
table of mounts is the system's own and is read without touching what is mounted.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from strongroom_engine.trees import contains

T = TypeVar("T")

ANSWER_S = 5.0
"""A drive that has said nothing for so long does not answer; one that has to spin up may need more
and is here again when it does."""
TABLE_S = 1.0
"""The table of mounts is read again after so long."""

_NETWORK = frozenset(
    {
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav"),
        *("davfs2", "ftp", "ncpfs", "afs", "coda", "ceph", "lustre", "beegfs", "gpfs", "ocfs2"),
        *("gfs2", "orangefs", "pvfs2", "glusterfs", "davfs", "remote"),
        # the folders of the computer that this one runs in
        *("9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs"),
        *("macfuse", "osxfuse", "fusefs", "fuse"),
    }
)
# These show what lies on a local disk, and all changes come through them.
_LOCAL_FUSE = frozenset(
    f"fuse.{name}"
    for name in (
        *("ntfs-3g", "ntfs", "exfat", "mergerfs", "unionfs", "overlayfs", "fuse-overlayfs"),
        *("encfs", "gocryptfs", "cryfs", "veracrypt", "bindfs", "securefs", "ext4", "lowntfs-3g"),
    )
)
_OCTAL = re.compile(r"\\([0-7]{3})")
_WINDOWS_REMOTE = 4  # GetDriveType: DRIVE_REMOTE


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system and the place it is seen at; `volume` tells it from another one at the place,
    '' where that is not known."""

    place: str
    kind: str
    volume: str = ""

    @property
    def remote(self) -> bool:
        """Whether others may change it without this system being told."""
        if self.kind in _LOCAL_FUSE:
            return False
        return self.kind in _NETWORK or self.kind.startswith("fuse.")


def needs_polling(path: str) -> bool:
    """Whether changes at the path may come without an event, since it lies on a share or the like.

    Returns within `ANSWER_S`; a place that does not answer is better polled, too.
    """
    try:
        real = ask(path, os.path.realpath)
    except Silent:
        return True
    return mount_of(real).remote


def polled_below(path: str) -> tuple[str, ...]:
    """The places inside a folder at which something is mounted that has to be polled."""
    return tuple(one.place for one in mounts_below(path) if one.remote)


# --- what is mounted -----------------------------------------------------------------------------


def mount_of(path: str, table: Iterable[Mount] | None = None) -> Mount:
    """The mount that a real path lies on; by its name alone."""
    if sys.platform == "win32" and table is None:
        return _windows_mount(path)
    holding = [one for one in (mounts() if table is None else table) if contains(one.place, path)]
    # The last of those at one place covers the others.
    return max(reversed(holding), key=lambda one: len(one.place), default=Mount(os.sep, ""))


def mounts_below(path: str, table: Iterable[Mount] | None = None) -> tuple[Mount, ...]:
    """What is mounted inside a folder (a real path), one for each place."""
    there = mounts() if table is None else table
    inside = {one.place: one for one in there if one.place != path and contains(path, one.place)}
    return tuple(inside.values())


class _Table:
    """The table of mounts as it was a moment ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read_s = float("-inf")
        self._mounts: tuple[Mount, ...] = ()

    def get(self, *, now: bool) -> tuple[Mount, ...]:
        with self._lock:
            if now or time.monotonic() - self._read_s > TABLE_S:
                self._mounts = tuple(_read_mounts())
                self._read_s = time.monotonic()
            return self._mounts


_table = _Table()


def mounts(*, now: bool = False) -> tuple[Mount, ...]:
    """Everything that is mounted, as it was up to `TABLE_S` ago or is `now`. None on Windows, whose
    drives are known by their letters."""
    return _table.get(now=now)


def _read_mounts() -> Iterable[Mount]:
    match sys.platform:
        case "win32":
            return ()
        case "linux":
            try:
                text = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
            except OSError:
                return ()
            return parse_mountinfo(text, _uuids())
        case _:
            return _partitions()


def parse_mountinfo(text: str, uuids: dict[str, str]) -> list[Mount]:
    """The mounts of a /proc/self/mountinfo; `uuids` are those of file systems by device. Places
    where something is mounted as soon as it is looked at (autofs) hold nothing yet."""
    found = []
    for line in text.splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, source = rest.partition(" ")
        columns = fields.split(" ")
        if len(columns) < 5 or not kind or kind == "autofs":
            continue
        root, place = _unescaped(columns[3]), _unescaped(columns[4])
        device = _unescaped(source.split(" ")[0])
        volume = uuids.get(device, device)
        found.append(Mount(place, kind, f"{volume}{root if root != '/' else ''}"))
    return found


def _unescaped(field: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), field)


def _uuids() -> dict[str, str]:
    """UUIDs of file systems, by the names of their devices: these are numbered as they come."""
    found: dict[str, str] = {}
    try:
        with os.scandir("/dev/disk/by-uuid") as links:
            for link in links:
                found[os.path.realpath(link.path)] = link.name
        with os.scandir("/dev/mapper") as links:
            for link in links:
                if uuid := found.get(os.path.realpath(link.path)):
                    found[link.path] = uuid
    except OSError:
        pass  # no udev: devices go by their names
    return found


def _partitions() -> Iterable[Mount]:
    import psutil  # slow to import, and not needed on Linux

    for one in psutil.disk_partitions(all=True):
        kind = one.fstype.lower()
        # A local disk goes by another number each time.
        volume = "" if one.device.startswith("/dev/") else one.device
        yield Mount(one.mountpoint, kind, volume)


def _windows_mount(path: str) -> Mount:
    """The drive or share of a path. Its number is told by `seen`, since asking it may take long."""
    drive = os.path.splitdrive(path)[0]
    if drive.startswith(("\\\\", "//")):
        local = drive.startswith(("\\\\?\\", "\\\\.\\")) and "UNC" not in drive.upper()
        return Mount(drive, "" if local else "remote", "" if local else drive.lower())
    return Mount(drive, "remote" if _drive_type(f"{drive}\\") == _WINDOWS_REMOTE else "")


def _drive_type(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))


# --- errors of drives -----------------------------------------------------------------------------

_LOST_NAMES = (
    *("EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN"),
    *("ENETUNREACH", "ENETRESET", "ECONNABORTED", "ECONNRESET", "ETIMEDOUT", "EREMOTEIO"),
    *("ESHUTDOWN", "ENOLINK", "ENOMEDIUM"),
)
# Not ready, device or network path not there, connection lost, no such device, volume changed ...
_LOST_ON_WINDOWS = {
    *(21, 31, 53, 55, 59, 64, 67, 121, 433, 1005, 1006, 1117, 1167, 1231, 1232, 1236)
}
LOST = frozenset(
    _LOST_ON_WINDOWS
    if sys.platform == "win32"
    else {getattr(errno, name) for name in _LOST_NAMES if hasattr(errno, name)}
)
"""Numbers of the errors by which a drive that was pulled, or a server that has gone, shows; a bad
place on a disk gives some of them, too."""


# --- files that are in a cloud -------------------------------------------------------------------

# FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS of Windows; SF_DATALESS of macOS
_ELSEWHERE = 0x1000 | 0x40000 | 0x400000
_DATALESS = 0x40000000
CLOUDS_TELL = sys.platform in {"win32", "darwin"}
"""Whether a file's facts tell whether its content is here."""
_STUB = re.compile(r"\.(?P<apple>.+)\.icloud|(?P<other>.+)\.(?:nextcloud|owncloud)")


def is_placeholder(facts: os.stat_result) -> bool:
    """Whether a file's content is not on this computer: opening it would download it.

    On Linux nothing says so: file systems of clouds do not tell how much of a file is here, and
    those that count no blocks at all are common (sshfs).
    """
    if getattr(facts, "st_file_attributes", 0) & _ELSEWHERE:
        return True
    return bool(getattr(facts, "st_flags", 0) & _DATALESS)


def stub_of(name: str) -> str:
    """The name of the file in whose place a file of this name lies; '' for any other."""
    if not name.endswith("cloud") or (found := _STUB.fullmatch(name)) is None:
        return ""
    return found["apple"] or found["other"] or ""


def stubs_for(name: str) -> tuple[str, ...]:
    """The names of files that may lie in the place of one of this name."""
    return f".{name}.icloud", f"{name}.nextcloud", f"{name}.owncloud"


# --- looks that end ------------------------------------------------------------------------------


class Silent(OSError):
    """A place that did not answer in time."""


class _Look(Generic[T]):
    """One look at a place, in a thread of its own."""

    def __init__(self, key: tuple[str, str], look: Callable[[], T]) -> None:
        self.began_s = time.monotonic()
        self._key, self._look = key, look
        self._done = threading.Event()
        self._result: list[T] = []
        self._failure: Exception | None = None
        threading.Thread(target=self._run, name="look", daemon=True).start()

    def _run(self) -> None:
        try:
            self._result.append(self._look())
        except Exception as exc:
            self._failure = exc
        finally:
            with _looking:  # first, so that nobody who asks from now on gets this answer
                if _looks.get(self._key) is self:
                    del _looks[self._key]
            self._done.set()

    def wait(self, limit_s: float) -> T:
        """Raises `Silent`, or what the look raised. What has kept others waiting for so long
        already is not waited for again."""
        left = max(limit_s - (time.monotonic() - self.began_s), 0.0)
        if not self._done.wait(left):
            raise Silent(f"nothing was heard of it for {limit_s:g} seconds")
        if self._failure is not None:
            raise self._failure
        return self._result[0]


_looking = threading.Lock()
_looks: dict[tuple[str, str], _Look[object]] = {}
"""Those that go on; one at a time for a place and a question."""


def ask(path: str, question: Callable[[str], T], limit_s: float | None = None) -> T:
    """What `question` (a named function) answers about a path.

    Raises what it raises, and `Silent` when that takes longer than `limit_s` (`ANSWER_S`); at once
    where it is known that nobody answers.
    """
    key = (path, getattr(question, "__qualname__", repr(question)))
    with _looking:
        look = _looks.get(key)
        if look is None:
            look = _looks[key] = _Look(key, lambda: question(path))
    return look.wait(ANSWER_S if limit_s is None else limit_s)  # type: ignore[return-value] # the key holds the question


@dataclass(frozen=True, slots=True)
class Seen:
    """A place that is here: its real path, and the numbers of its device and of itself."""

    real: str
    device: int
    inode: int


def seen(path: str) -> Seen:
    """Look at a folder or file; for `ask`. Raises `OSError` where it cannot be opened."""
    facts = os.stat(path)  # noqa: PTH116 - what is asked of a path is asked by its text
    if stat.S_ISDIR(facts.st_mode):
        with os.scandir(path) as entries:
            next(entries, None)
    return Seen(os.path.realpath(path), facts.st_dev, facts.st_ino)


def is_here(path: str, limit_s: float | None = None) -> bool:
    """Whether a folder or file is there and can be opened; not where it does not answer."""
    try:
        ask(path, seen, limit_s)
    except (OSError, ValueError):
        return False
    return True
