"""`strongroom`: the window without arguments, the command line with them."""

from __future__ import annotations

import sys


def main() -> int:
    if len(sys.argv) > 1:
        from strongroom_engine.cli import main as command_line

        return command_line(sys.argv[1:])
    from strongroom_desktop.app import main as window

    return window()


if __name__ == "__main__":
    sys.exit(main())
