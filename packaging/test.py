"""Set up Strongroom with what its tests need, run all checks and the tests.

python3 packaging/test.py [PYTEST ARGUMENTS]
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is refused
    sys.exit("strongroom: Python 3.11 or newer is needed; this is " + sys.version.split()[0])

from bootstrap.command import test

if __name__ == "__main__":
    sys.exit(test(sys.argv[1:]))
