"""Make a folder from which a computer without a network sets Strongroom up.

    python3 packaging/make_bundle.py FOLDER [--model MODEL]... [--tests]

It holds all wheels, llama.cpp built for this computer's device and for any processor, and the
models. It fits computers of the same platform with the same Python and the same checkout; there:

    python3 packaging/run.py --bundle FOLDER
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from bootstrap import embedding, environment, llama, stamp
from bootstrap.catalogue import ModelFile, load, named
from bootstrap.command import guarded
from bootstrap.environment import Environment
from bootstrap.folders import models_folder, wheelhouse
from bootstrap.models import bring, link_or_copy, present, wanted
from bootstrap.says import say
from bootstrap.steps import BUNDLE_NOTE, Wishes, bundle_note, set_up


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make_bundle.py", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--model", action="append", default=[], metavar="MODEL")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    options = parser.parse_args(arguments)
    return guarded(lambda: _main(options.folder, options.model, tests=options.tests))


def _main(folder: Path, names: list[str], *, tests: bool) -> int:
    target = set_up(Wishes(tests=tests))
    make(target, folder, portable=True, tests=tests)
    files = _chosen(names, tests=tests)
    missing = tuple(file for file in files if not present(models_folder(), file))
    bring(missing, models_folder(), target.python)
    add_models(folder, files)
    embedding.have(models_folder(), target.python)
    add_embedding_model(folder)
    say(f"The bundle is ready: {folder}")
    return 0


def make(target: Environment, folder: Path, *, portable: bool, tests: bool) -> None:
    """Put the wheels of a finished set-up into the bundle, and note whom it fits."""
    made = stamp.read(target)
    assert made is not None
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    names = (made.variant, "setup", *(("dev",) if tests else ()))
    environment.copy_wheels(target, names, wheelhouse(), wheels)
    for device in (made.device, *((llama.PORTABLE,) if portable else ())):
        wheel = llama.find(wheelhouse(), device) or llama.build(target, wheelhouse(), device)
        kept = wheel.parent
        shutil.copytree(kept, wheels / kept.name, dirs_exist_ok=True)
    (folder / BUNDLE_NOTE).write_text(json.dumps(bundle_note(made.variant), indent=1), "utf-8")


def add_models(folder: Path, files: tuple[ModelFile, ...]) -> None:
    """Put models that are in the user's folder into the bundle."""
    (folder / "models").mkdir(parents=True, exist_ok=True)
    for file in files:
        link_or_copy(models_folder() / file.file, folder / "models" / file.file)


def add_embedding_model(folder: Path) -> None:
    """Put the multilingual embedding model, finished, into the bundle."""
    embedding.copy(models_folder(), folder / "models")


def _chosen(names: list[str], *, tests: bool) -> tuple[ModelFile, ...]:
    catalogue = load()
    if not names:
        return wanted(catalogue, small=False, test=tests)
    return tuple(named(catalogue, name) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
