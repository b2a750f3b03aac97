"""Pictures of the real window in its main states, to be looked at.

    xvfb-run -a -s "-screen 0 1920x1200x24" python tests/pictures/take.py FOLDER [--only NAME …]

Drives the real window on the real engine with the real models through the states below, on the
sample documents and some that are made here, and saves a PNG of each. Nothing is checked: a person
looks. `--list` names the scenes.
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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="strongroom-pictures-") as temporary:
        from driver import Driver, prepare_home  # type: ignore[import-not-found]  # beside this

        prepare_home(Path(temporary))
        from scenes import SCENES  # type: ignore[import-not-found]  # beside this

        if options.list:
            print(*SCENES, sep="\n")
            return
        options.folder.mkdir(parents=True, exist_ok=True)
        driver = Driver(Path(temporary), options.folder)
        try:
            for name, scene in SCENES.items():
                if not options.only or name in options.only or scene.needed:
                    print(name, flush=True)
                    scene.play(driver)
                    if not options.only or name in options.only:
                        driver.save(name)
        finally:
            driver.end()


if __name__ == "__main__":
    main()
