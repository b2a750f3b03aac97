"""`strongroom`: the window, or with a command the command line.

In a frozen build this is also the program behind every engine process (`processes.command`).
"""

from __future__ import annotations

import argparse
import sys

from strongroom_engine.processes import ROLE_FLAG


def main() -> int:
    """Be what the arguments ask for; the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == [ROLE_FLAG]:
        from strongroom_engine.__main__ import run

        return run(arguments[1], arguments[2:])
    if _names_command(arguments):
        from strongroom_engine.cli import main as command_line

        return command_line(arguments)
    from strongroom_desktop.app import main as window

    return window(arguments)


def _names_command(arguments: list[str]) -> bool:
    """Whether anything is there besides which library the window shall open."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--library")
    parser.add_argument("--key-file")
    try:
        _, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return True
    return bool(rest)


if __name__ == "__main__":
    sys.exit(main())
