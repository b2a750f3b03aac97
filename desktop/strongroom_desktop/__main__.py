"""`strongroom`: the window without arguments, the command line with them.

In a frozen build this is also the program behind every engine process (`processes.command`).
"""

from __future__ import annotations

import sys

from strongroom_engine.processes import ROLE_FLAG


def main() -> int:
    if sys.argv[1:2] == [ROLE_FLAG]:
        from strongroom_engine.__main__ import run

        return run(sys.argv[2], sys.argv[3:])
    if len(sys.argv) > 1:
        from strongroom_engine.cli import main as command_line

        return command_line(sys.argv[1:])
    from strongroom_desktop.app import main as window

    return window()


if __name__ == "__main__":
    sys.exit(main())
