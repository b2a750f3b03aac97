"""Bringing a model file in: it is looked into, copied into the models folder, and counts then.

Nothing is taken on trust: the probe process reads the header before a byte is copied. The copy has
another name until it is whole, so that an interrupted one leaves nothing behind that counts. A
file that the catalogue knows, whatever it is called, gets the name that the catalogue has for it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from strongroom_engine.errors import (
    Cancelled,
    ModelDoesNotAnswer,
    ModelFileDamaged,
    ModelFileUnreadable,
    ModelKindUnknown,
    ModelNameTaken,
    ModelNotCopied,
    NoRoomForModel,
    NotAModelFile,
)
from strongroom_engine.models.catalogue import Catalogue
from strongroom_engine.models.hardware import ask_probe
from strongroom_engine.models.probe import ModelFacts

MAGIC = b"GGUF"
ENDING = ".gguf"
_BLOCK = 8 << 20
_SPARE_BYTES = 64 << 20
"""What is left free on the disk."""
_INCOMING = ".incoming"
_GB = 1e9

OnBytes = Callable[[int, int], None]
"""Bytes that are copied, of how many."""


def import_model(
    source: Path,
    folder: Path,
    catalogue: Catalogue,
    *,
    on_bytes: OnBytes = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """The file in the models folder, after it was checked and copied there.

    One that lies there already stays where it is. Raises `ModelImportError`s, and `Cancelled`;
    nothing of the copy is left then.
    """
    checked(source)
    if _is_same(source.parent, folder):
        return source
    size = source.stat().st_size
    _refuse_known_name(source, folder, size, catalogue)
    target = folder / f"{source.name.removesuffix(ENDING)}{_INCOMING}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_full(source, folder, size)
        digest = _copy(source, target, size, on_bytes, cancelled)
        return _named(target, source, folder, digest, catalogue)
    except OSError as exc:
        why = exc.strerror or exc
        raise ModelNotCopied(file=source.name, folder=folder, why=why) from exc
    finally:
        target.unlink(missing_ok=True)


def checked(file: Path) -> ModelFacts:
    """What the file says about itself; raises `ModelImportError`s where it cannot answer."""
    try:
        with file.open("rb") as stream:
            magic = stream.read(len(MAGIC))
    except OSError as exc:
        raise ModelFileUnreadable(file=file.name, why=exc.strerror or exc) from exc
    if magic != MAGIC:
        raise NotAModelFile(file=file.name)
    report = ask_probe([str(file)])
    if not report.models:  # it took the probe down with it
        raise ModelFileDamaged(file=file.name)
    (facts,) = report.models
    if facts.fault == "unknown":
        raise ModelKindUnknown(file=file.name)
    if facts.fault == "damaged":
        raise ModelFileDamaged(file=file.name)
    if facts.fault == "mute" or not facts.chat:
        raise ModelDoesNotAnswer(file=file.name)
    return facts


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.resolve() == other.resolve()


def _refuse_known_name(source: Path, folder: Path, size: int, catalogue: Catalogue) -> None:
    """Another file of this name is not written over, unless it is an unfinished copy of it."""
    there = folder / source.name
    if not there.exists() or there.stat().st_size == size:
        return
    whole = {file.file: file.bytes for _, file in catalogue.files()}
    if whole.get(source.name) != size:
        raise ModelNameTaken(file=source.name)


def _refuse_full(source: Path, folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size + _SPARE_BYTES > free:
        needed, there = f"{size / _GB:.1f}", f"{free / _GB:.1f}"
        raise NoRoomForModel(file=source.name, needed=needed, free=there)


def _copy(
    source: Path, target: Path, size: int, on_bytes: OnBytes, cancelled: Callable[[], bool]
) -> str:
    """Copy it; the SHA-256 of what was copied."""
    digest, done = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            if cancelled():
                raise Cancelled
            writing.write(block)
            digest.update(block)
            done += len(block)
            on_bytes(done, max(size, done))
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _named(target: Path, source: Path, folder: Path, digest: str, catalogue: Catalogue) -> Path:
    """Give the whole copy its name. One that only has the name of a known file is damaged."""
    known = next((file.file for _, file in catalogue.files() if file.sha256 == digest), "")
    if not known and any(file.file == source.name for _, file in catalogue.files()):
        raise ModelFileDamaged(file=source.name)
    place = folder / (known or f"{source.name.removesuffix(ENDING)}{ENDING}")
    target.replace(place)
    return place
