"""Pictures of the real window in its main states, to be looked at.

    xvfb-run -a -s "-screen 0 2600x1500x24" python tests/pictures/take.py FOLDER [--only NAME …]

Drives the real window on the real engine with the real models through the states below, on the
sample documents and some that are made here, and saves a PNG of each. Nothing is checked: a person
looks. `--list` names the scenes. `--play progress` and `--play trouble` play others: true progress
(`--documents` takes a folder of your own for what is indexed there); drives that are away, clouds,
damage and its repair. `--play limits` needs a namespace of its own (`limits.py` says how): no
watches left, a full disk, a library that cannot be written. Those are saved in light and dark,
small and large.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("pictures"))
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--play", choices=("desk", "progress", "trouble", "limits"), default="desk")
    parser.add_argument("--documents", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="strongroom-pictures-") as temporary:
        from driver import Driver, prepare_home  # type: ignore[import-not-found]  # beside this

        prepare_home(Path(temporary))
        from limits import LIMITS  # type: ignore[import-not-found]  # beside this
        from living import PROGRESS, TROUBLE  # type: ignore[import-not-found]  # beside this
        from scenes import SCENES  # type: ignore[import-not-found]  # beside this

        plays = {"desk": SCENES, "progress": PROGRESS, "trouble": TROUBLE, "limits": LIMITS}
        scenes = plays[options.play]
        if options.list:
            print(*scenes, sep="\n")
            return
        options.folder.mkdir(parents=True, exist_ok=True)
        driver = Driver(Path(temporary), options.folder, options.documents)
        try:
            for name, scene in scenes.items():
                if not options.only or name in options.only or scene.needed:
                    print(name, flush=True)
                    scene.play(driver)
                    if not options.only or name in options.only:
                        driver.save_looks(name) if scene.looks else driver.save(name)
        finally:
            driver.end()


if __name__ == "__main__":
    main()
