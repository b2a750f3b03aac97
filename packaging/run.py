"""Set up Strongroom, if it is not yet, and run it: the window, or the command line with arguments.

python3 packaging/run.py [ARGUMENTS]
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is refused
    sys.exit("strongroom: Python 3.11 or newer is needed; this is " + sys.version.split()[0])

from bootstrap.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
