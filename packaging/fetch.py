"""Fetch answer models into the user's data folder: the only program here that uses the network.

python3 packaging/fetch.py               list the models
python3 packaging/fetch.py MODEL...      fetch these
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bootstrap.catalogue import ModelFile, load, named
from bootstrap.command import guarded
from bootstrap.embedding import source
from bootstrap.folders import models_folder
from bootstrap.models import present
from bootstrap.says import megabytes


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="fetch.py", description=__doc__.partition("\n")[0])
    parser.add_argument("models", nargs="*", metavar="MODEL", help="a model or a file of the list")
    parser.add_argument("--into", type=Path, default=models_folder(), metavar="FOLDER")
    options = parser.parse_args(arguments)
    catalogue = load()
    if not options.models:
        return _list(catalogue, options.into)
    return guarded(lambda: _fetch((*catalogue, source()), options.models, options.into))


def _list(catalogue: tuple[ModelFile, ...], folder: Path) -> int:
    for file in catalogue:
        here = "here" if present(folder, file) else "    "
        print(f"{here}  {file.model:32} {megabytes(file.bytes):>10}  {file.name}, {file.file}")
    return 0


def _fetch(catalogue: tuple[ModelFile, ...], names: list[str], folder: Path) -> int:
    from fetcher.fetch import fetch

    for file in [named(catalogue, name) for name in names]:
        if not present(folder, file):
            fetch(file, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
