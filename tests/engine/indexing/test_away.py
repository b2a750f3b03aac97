"""The rule that tells a drive that is away from a folder that was emptied: over made facts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from strongroom_engine.indexing.looking.away import Standing, hold_back, is_left
from strongroom_engine.indexing.looking.presence import Mount, Seen
from strongroom_engine.indexing.looking.scan import Changes
from strongroom_engine.types import FileFacts

DISK = Mount("/", "ext4", "root")
STICK = Mount("/media/u/STICK", "vfat", "AA-11")
OTHER = Mount("/media/u/STICK", "vfat", "BB-22")
SHARE = Mount("/home/u/papers/share", "cifs", "//nas/share")


def standing(source: str, on: Mount, *inside: Mount) -> Standing:
    return Standing(source, Seen(source, 1, 2), on, inside)


def known_drives(*mounts: Mount) -> dict[str, str]:
    return {one.place: one.volume for one in mounts}


@pytest.mark.parametrize(
    ("source", "known", "on", "doubted"),
    [
        # the drive that it was on
        ("/media/u/STICK/docs", [STICK], STICK, False),
        ("/media/u/STICK", [STICK], STICK, False),
        ("/home/u/papers", [DISK], DISK, False),
        # nothing is mounted any more; another drive; one that cannot be told from it
        ("/media/u/STICK/docs", [STICK], DISK, True),
        ("/media/u/STICK", [STICK], OTHER, True),
        ("/media/u/STICK", [STICK], Mount(STICK.place, "vfat"), True),
        ("/media/u/STICK", [Mount(STICK.place, "vfat")], Mount(STICK.place, "vfat"), True),
        # the system's own disk was put in anew
        ("/home/u/papers", [DISK], Mount("/", "ext4", "new"), False),
        # a disk was mounted over a folder
        ("/home/u/papers", [DISK], Mount("/home", "ext4", "home"), True),
        # drive letters and shares of Windows and macOS
        ("/Volumes/Nas/docs", [Mount("/Volumes/Nas", "smbfs", "//u@nas/docs")], DISK, True),
        # libraries that did not note their drives
        ("/home/u/papers", [], DISK, False),
        ("/mnt/nas/papers", [], DISK, True),
        ("/mnt/nas/papers", [], Mount("/mnt/nas", "nfs4", "nas:/"), False),
    ],
)
def test_a_source_is_doubted_when_it_is_not_on_its_drive(
    source: str, known: list[Mount], on: Mount, *, doubted: bool
) -> None:
    found = standing(source, on).doubtful(known_drives(*known))
    assert found == ((source,) if doubted else ())


def test_places_inside_a_source_are_doubted_for_themselves() -> None:
    here = standing("/home/u/papers", DISK, SHARE)
    gone = standing("/home/u/papers", DISK)
    assert here.doubtful(known_drives(DISK, SHARE)) == ()
    assert gone.doubtful(known_drives(DISK, SHARE)) == (SHARE.place,)
    assert here.doubtful(known_drives(DISK)) == (SHARE.place,)  # it hides what was there


def facts(path: str, size: int = 10) -> FileFacts:
    return FileFacts(path, size, 1, "1:1")


KNOWN: Mapping[str, FileFacts] = {
    path: facts(path) for path in ("/s/a", "/s/b", "/s/in/c", "/s/in/d", "/s/in/e")
}


def test_what_is_mostly_there_has_been_moved() -> None:
    copied = Changes(changed=[facts("/s/in/c"), facts("/s/in/d")], gone=["/s/in/e"])
    assert not is_left(copied, KNOWN, "/s/in")
    others = Changes(changed=[facts("/s/in/c", 11), facts("/s/in/d", 12)], gone=["/s/in/e"])
    assert is_left(others, KNOWN, "/s/in")
    assert is_left(Changes(gone=["/s/in/c", "/s/in/d"]), KNOWN, "/s/in")
    assert not is_left(Changes(), KNOWN, "/s/nothing/known")


def test_what_concerns_a_place_that_is_away_is_held_back() -> None:
    changes = Changes(
        new=[facts("/s/in/stray"), facts("/s/new")],
        changed=[facts("/s/in/c"), facts("/s/a")],
        moved=[("/s/in/d", facts("/s/d"))],
        gone=["/s/in/e", "/s/b"],
    )
    hold_back(changes, ["/s/in"])
    assert [one.path for one in changes.new] == ["/s/new"]
    assert [one.path for one in changes.changed] == ["/s/a"]
    assert changes.moved == []
    assert changes.gone == ["/s/b"]
