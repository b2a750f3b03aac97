"""What is shown when the system gives no more: no watches, no room on the disk, nothing to write.

These scenes change what the system allows, in a namespace of their own (Linux):
`xvfb-run … unshare -Urm python tests/pictures/take.py FOLDER --play limits`.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from driver import Driver  # type: ignore[import-not-found]  # it lies beside this script
from living import desk, first, many, page  # type: ignore[import-not-found]  # likewise
from scenes import Scene, place  # type: ignore[import-not-found]  # likewise

from strongroom_engine import protocol as wire

ROOM_MB = 96
LEFT_OVER_BYTES = 300_000
WATCHES = Path("/proc/sys/user/max_inotify_watches")
FEW = "40"
PARTS = 80


def _library_of_its_own(driver: Driver) -> None:
    """The library is on a small disk, and the engine has opened it there."""
    driver.wait(lambda: bool(driver.engine.ready))
    folder = driver.home / "library"
    _run("mount", "-t", "tmpfs", "-o", f"size={ROOM_MB}m", "library", str(folder))
    driver.at_end.append(lambda: _run("umount", str(folder)))
    before = len(driver.of(wire.Ready))
    driver.engine.restart()
    driver.wait(lambda: len(driver.of(wire.Ready)) > before)
    first(driver)


def watches(driver: Driver) -> None:
    """A folder of more folders than may be watched."""
    WATCHES.write_text(FEW, "ascii")
    folder = driver.home / "Papers" / "Land register"
    for number in range(PARTS):
        part = folder / f"Parish {number}"
        part.mkdir(parents=True)
        (part / "Deed.txt").write_text(f"Deed of parish {number}, kept.", encoding="utf-8")
    driver.drop(folder)
    driver.wait(driver.window.notice.isVisible, 60)
    driver.turn(800)


def watches_page(driver: Driver) -> None:
    driver.wait(driver.at_rest)
    page(driver, "Land register")


def disk_full(driver: Driver) -> None:
    library = driver.home / "library"
    with (library / "filler").open("wb") as filler:
        filler.write(bytes(_room(library) - LEFT_OVER_BYTES))
    folder = many(driver)
    driver.drop(folder)
    driver.wait(lambda: any("disk" in str(each.error) for each in driver.of(wire.Failed)), 120)
    page(driver, folder.name)


def room_again(driver: Driver) -> None:
    (driver.home / "library" / "filler").unlink()
    driver.wait(lambda: not driver.window.notice.isVisible(), 90)
    driver.turn(2_000)


def read_only(driver: Driver) -> None:
    """Started anew on a disk that is not to be written."""
    driver.engine.restart()
    driver.wait(lambda: not driver.engine.running)
    _run("mount", "-o", "remount,ro", str(driver.home / "library"))
    driver.turn(8_000)
    driver.window.go_to("desk")


def _room(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


LIMITS: dict[str, Scene] = {
    "60-first": Scene(_library_of_its_own, needed=True),
    "61-watches": Scene(watches, needed=True, looks=True),
    "62-watches-page": Scene(watches_page, looks=True),
    "63-disk-full": Scene(disk_full, needed=True, looks=True),
    "64-disk-full-desk": Scene(desk, looks=True),
    "65-disk-full-problems": Scene(place("problems"), looks=True),
    "66-room-again": Scene(room_again, needed=True, looks=True),
    "67-read-only": Scene(read_only, needed=True, looks=True),
}
