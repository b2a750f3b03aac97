"""Make an embedding model's folder from what was fetched; the set-up runs it in its environment.

python packaging/build_embedding.py FILE FOLDER
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bootstrap.command import guarded
from bootstrap.embedding import TEMPLATE


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="build_embedding.py", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    options = parser.parse_args(arguments)
    return guarded(lambda: _build(options.file, options.folder))


def _build(file: Path, folder: Path) -> int:
    from builder.build import build

    build(file, TEMPLATE, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
