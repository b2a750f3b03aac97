"""Where files lie, and looks that end."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from strongroom_engine.indexing.looking import presence
from strongroom_engine.indexing.looking.presence import (
    Mount,
    Silent,
    ask,
    is_here,
    mount_of,
    mounts_below,
    needs_polling,
    parse_mountinfo,
    polled_below,
)

TABLE = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
31 27 0:29 /@home /home rw - btrfs /dev/mapper/home rw
40 27 0:45 / /mnt/nas rw,relatime shared:7 - cifs //nas/Our\040papers rw
41 40 0:46 / /mnt/nas/scans rw - nfs4 nas:/scans rw
42 27 0:47 / /media/u/STICK rw - fuseblk /dev/sdb1 rw
43 27 0:48 / /home/u/far rw - fuse.sshfs u@there:/ rw
44 27 0:49 / /home/u/safe rw - fuse.gocryptfs /home/u/cipher rw
45 27 0:50 / /mnt/auto rw - autofs systemd-1 rw
"""
MOUNTS = parse_mountinfo(TABLE, {"/dev/vda1": "11-22"})


def test_the_longest_mount_holds_a_path() -> None:
    assert mount_of("/mnt/nas/scans/a.pdf", MOUNTS) == Mount("/mnt/nas/scans", "nfs4", "nas:/scans")
    assert mount_of("/mnt/nas/scanned.pdf", MOUNTS).volume == "//nas/Our papers"
    assert mount_of("/srv/a.pdf", MOUNTS) == Mount("/", "ext4", "11-22")
    assert mount_of("/home/v/a.pdf", MOUNTS).volume == "/dev/mapper/home/@home"
    assert mount_of("/mnt/auto/a.pdf", MOUNTS).place == "/"  # nothing is mounted there yet


def test_what_is_mounted_over_another_holds_its_paths() -> None:
    over = [*MOUNTS, Mount("/mnt/nas", "nfs4", "other:/")]
    assert mount_of("/mnt/nas/a.pdf", over).volume == "other:/"


@pytest.mark.parametrize(
    ("path", "polled"),
    [
        ("/srv/a", False),
        ("/mnt/nas/a", True),
        ("/mnt/nas/scans/a", True),
        ("/media/u/STICK/a", False),
        ("/home/u/far/a", True),
        ("/home/u/safe/a", False),
    ],
)
def test_what_others_change_without_a_word_is_polled(path: str, polled: bool) -> None:
    assert mount_of(path, MOUNTS).remote is polled


def test_a_link_to_a_share_is_polled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    table = (Mount("/", "ext4"), Mount(os.path.realpath(tmp_path / "share"), "cifs"))
    monkeypatch.setattr(presence, "mounts", lambda: table)
    assert needs_polling(str(tmp_path / "link"))
    assert not needs_polling(str(tmp_path))
    assert polled_below(os.path.realpath(tmp_path)) == (table[1].place,)


def test_what_is_mounted_inside_a_folder() -> None:
    assert [one.place for one in mounts_below("/home/u", MOUNTS)] == ["/home/u/far", "/home/u/safe"]


def test_this_folder_is_on_a_disk_of_this_computer(tmp_path: Path) -> None:
    assert is_here(str(tmp_path))
    assert not is_here(str(tmp_path / "nothing"))
    assert not is_here(str(tmp_path) + "\0")


def test_a_place_that_does_not_answer_is_asked_once() -> None:
    gone, asked = threading.Event(), []

    def hangs(path: str) -> str:
        asked.append(path)
        gone.wait(20)
        return path

    began = time.monotonic()
    for _ in range(50):
        with pytest.raises(Silent):
            ask("/mnt/dead", hangs, 0.2)
    assert time.monotonic() - began < 2
    assert asked == ["/mnt/dead"]
    gone.set()
    assert _comes(lambda: ask("/mnt/dead", hangs, 0.2) == "/mnt/dead")


def test_what_a_look_raises_is_raised() -> None:
    def fails(path: str) -> str:
        raise PermissionError(path)

    with pytest.raises(PermissionError):
        ask("/mnt/closed", fails)


def _comes(holds: object) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            if holds():  # type: ignore[operator]
                return True
        except Silent:
            time.sleep(0.01)
    return False
