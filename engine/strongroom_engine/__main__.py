"""`python -m strongroom_engine ROLE`: the processes that Strongroom starts for itself."""

from __future__ import annotations

import gc
import sys


def run(role: str, arguments: list[str]) -> int:
    """Be the process of that role until it ends; the exit code."""
    match role:
        case "host":
            gc.disable()  # there is no garbage in what it imports; it enables that itself
            from strongroom_engine.host import main
        case "parser":
            from strongroom_engine.indexing.parse.worker import main
        case "answerer":
            from strongroom_engine.models.worker import main
        case "probe":
            from strongroom_engine.models.probe import main
        case "confined":
            from strongroom_engine.sandbox.trial import main
        case _:
            print(f"strongroom: no such role: {role}", file=sys.stderr)
            return 2
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
