"""The answer models in the user's data folder: which are wanted, imported, copied or fetched.

Nothing here reaches the network: fetching is a separate program (packaging/fetch.py), which an
air-gapped installation leaves out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .catalogue import ModelFile
from .folders import ROOT
from .says import Bar, Trouble, megabytes, say

MAGIC = b"GGUF"
BLOCK_BYTES = 4 * 1024 * 1024
FETCHER = ROOT / "packaging" / "fetch.py"


def wanted(catalogue: Iterable[ModelFile], *, small: bool, test: bool) -> tuple[ModelFile, ...]:
    """The files that the set-up brings: the default for this memory; for the tests all of them."""
    uses = {"small" if small else "default"}
    if test:
        uses |= {"small", "test"}
    return tuple(file for file in catalogue if file.uses & uses)


def answer_model_present(folder: Path, catalogue: Iterable[ModelFile]) -> bool:
    """Whether any model that can answer is there; one made only for tests does not count."""
    tests_only = {file.file for file in catalogue if file.uses == {"test"}}
    return any(path.name not in tests_only for path in folder.glob("*.gguf"))


def present(folder: Path, file: ModelFile) -> bool:
    with suppress(OSError):
        return (folder / file.file).stat().st_size == file.bytes
    return False


def bring(files: tuple[ModelFile, ...], folder: Path, python: Path) -> None:
    """Fetch these files into the folder, each checked against its hash."""
    if not files:
        return
    if not FETCHER.is_file():
        names = ", ".join(file.file for file in files)
        raise Trouble(
            f"The model {names} is not here, and this installation has no fetcher.",
            "Name a model file with --model-file FILE, or a bundle folder with --bundle DIR.",
        )
    wanted_names = [file.file for file in files]
    command = [str(python), str(FETCHER), "--into", str(folder), *wanted_names]
    if subprocess.run(command, check=False).returncode:
        raise Trouble("Strongroom has no model to answer with yet.")


def taken(source: Path, folder: Path) -> bool:
    """Whether a file was imported before: a link has the same size and time, and so has a copy."""
    facts = source.stat()
    return any(
        (there.st_size, there.st_mtime_ns) == (facts.st_size, facts.st_mtime_ns)
        for there in (path.stat() for path in folder.glob("*.gguf"))
    )


def of_bundle(bundle: Path) -> list[Path]:
    return sorted((bundle / "models").glob("*.gguf"))


def take(source: Path, folder: Path, catalogue: Iterable[ModelFile]) -> Path:
    """Import a GGUF file that is on this computer already; it keeps its name unless it is known.

    A file that bears the name of a known one must be it, whole.
    """
    _check_readable(source)
    digest = sha256(source, f"Checking {source.name}")
    catalogue = tuple(catalogue)
    known = next((file for file in catalogue if file.sha256 == digest), None)
    if known is None and any(file.file == source.name for file in catalogue):
        raise Trouble(f"{source} is not what its hash says.", "Copy or download it once more.")
    target = folder / (known.file if known else source.name)
    folder.mkdir(parents=True, exist_ok=True)
    if not (target.exists() and target.samefile(source)):
        link_or_copy(source, target)
    return target


def take_from_bundle(bundle: Path, folder: Path, catalogue: tuple[ModelFile, ...]) -> None:
    """Import every model of a bundle that is not there yet."""
    by_name = {file.file: file for file in catalogue}
    for source in of_bundle(bundle):
        known = by_name.get(source.name)
        if not (taken(source, folder) or (known and present(folder, known))):
            take(source, folder, catalogue)


def discard_damaged(folder: Path, catalogue: Iterable[ModelFile]) -> None:
    """Delete known files that are not what their hash says; they are fetched again."""
    for file in catalogue:
        if present(folder, file):
            path = folder / file.file
            if sha256(path, f"Checking {file.name}") != file.sha256:
                say(f"{path} is damaged and was deleted.")
                path.unlink()


def sha256(file: Path, what: str = "") -> str:
    """The file's hash in hexadecimal, with a progress line where `what` names the work."""
    bar = Bar(what, file.stat().st_size, size=True) if what else None
    digest = hashlib.sha256()
    done = 0
    with file.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            digest.update(block)
            done += len(block)
            if bar:
                bar.show(done)
    if bar:
        bar.close()
    return digest.hexdigest()


def _check_readable(source: Path) -> None:
    try:
        with source.open("rb") as stream:
            magic = stream.read(len(MAGIC))
    except OSError as exc:
        raise Trouble(
            f"The model file {source} cannot be read: {exc.strerror}.", "Name another one."
        ) from exc
    if magic != MAGIC:
        raise Trouble(f"{source} is not a model file in the GGUF format.", "Name another one.")


def link_or_copy(source: Path, target: Path) -> None:
    """A hard link where both are on one disk, a copy otherwise; whole or not at all."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.link(source, part)
    except OSError:
        size = source.stat().st_size
        if shutil.disk_usage(target.parent).free < size:
            raise Trouble(
                f"{target.parent} has no room for {source.name} ({megabytes(size)}).",
                "Make room and run the same command again.",
            ) from None
        shutil.copy2(source, part)
    part.replace(target)
