"""The multilingual embedding model: fetched, built and kept in the user's models folder.

The repository holds its template: everything but the weights and the vocabulary. Those are
computed (`build_embedding.py`, in the private environment) from one file of a mirror, fetched
like an answer model. The small English model lies in the repository whole, so a computer that
cannot reach the mirror searches with that one.
"""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .catalogue import ModelFile, model_file
from .folders import ROOT
from .models import bring, link_or_copy, sha256
from .models import present as is_here
from .says import Trouble, say

NAME = "multilingual-e5-small"
TEMPLATE = ROOT / "assets" / "embedding" / NAME
BUILDER = ROOT / "packaging" / "build_embedding.py"
FETCHER = ROOT / "packaging" / "fetch.py"
CARD, HEAD, WEIGHTS, VOCABULARY = "model.toml", "tokenizer.head", "weights.bin", "tokenizer.model"
MEANWHILE = (
    "Searching works meanwhile with the small model for English. "
    "To try again: python3 packaging/run.py --setup-only"
)


@dataclass(frozen=True)
class BuiltFile:
    """One file of the finished model, as its card says."""

    name: str
    bytes: int
    sha256: str


def files(folder: Path) -> tuple[BuiltFile, ...]:
    """What the card in `folder` says that the finished model consists of."""
    card = tomllib.loads((folder / CARD).read_text("utf-8"))
    return tuple(BuiltFile(each["name"], each["bytes"], each["sha256"]) for each in card["file"])


def source() -> ModelFile:
    """The mirror's file that the model is made from."""
    document = tomllib.loads((TEMPLATE / "source.toml").read_text("utf-8"))
    return model_file(document, document["file"], first=True)


def target(models: Path) -> Path:
    return models / "embedding" / NAME


def present(models: Path) -> bool:
    """Whether the finished model is there, of this checkout's version; sizes only are compared."""
    folder = target(models)
    with suppress(OSError):
        same = (folder / CARD).read_bytes() == (TEMPLATE / CARD).read_bytes()
        return same and all(
            (folder / each.name).stat().st_size == each.bytes for each in files(folder)
        )
    return False


def settled(models: Path) -> bool:
    """Whether a start has nothing to do: the model is there, or was sought in vain before."""
    return present(models) or not FETCHER.is_file() or _note(models).exists()


def have(models: Path, python: Path) -> None:
    """Fetch and build the model; raises `Trouble` where that is not possible."""
    if present(models):
        return
    fetched = source()
    try:
        if not is_here(models, fetched):
            bring((fetched,), models, python)
        _build(models / fetched.file, target(models), python)
    finally:
        if present(models):
            (models / fetched.file).unlink(missing_ok=True)
            _note(models).unlink(missing_ok=True)


def have_or_say(models: Path, python: Path) -> None:
    """The same; where it fails, say so once, and let later starts be quick."""
    try:
        have(models, python)
    except Trouble:
        say(f"The multilingual embedding model could not be made. {MEANWHILE}")
        give_up(models)


def give_up(models: Path) -> None:
    """Let later starts not seek the model."""
    if not present(models):
        _note(models).parent.mkdir(parents=True, exist_ok=True)
        _note(models).touch()


def discard_damaged(models: Path) -> None:
    """Delete a model whose files are not what their hashes say, and a fetched file likewise."""
    if present(models) and not _sound(target(models)):
        say(f"{target(models)} is damaged and was deleted.")
        shutil.rmtree(target(models))
    fetched = source()
    if is_here(models, fetched) and sha256(models / fetched.file) != fetched.sha256:
        (models / fetched.file).unlink()


def copy(models: Path, other: Path) -> None:
    """Put the finished model from one models folder into another, if it is in the first.

    It is whole or not there at all. Raises `Trouble` when it is not what its hashes say.
    """
    if not present(models) or present(other):
        return
    if not _sound(target(models)):
        raise Trouble(f"{target(models)} is not what its hashes say.", "Make it once more.")
    part = target(other).with_name(f"{NAME}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in (CARD, "LICENSE", *(each.name for each in files(target(models)))):
        link_or_copy(target(models) / name, part / name)
    shutil.rmtree(target(other), ignore_errors=True)
    part.replace(target(other))


def _sound(folder: Path) -> bool:
    return all(sha256(folder / each.name) == each.sha256 for each in files(folder))


def _build(file: Path, folder: Path, python: Path) -> None:
    say("Making the multilingual embedding model")
    command = [str(python), str(BUILDER), str(file), str(folder)]
    if subprocess.run(command, check=False).returncode:
        file.unlink(missing_ok=True)  # it may be damaged; what is fetched anew is checked
        raise Trouble("The multilingual embedding model could not be made.")


def _note(models: Path) -> Path:
    return target(models).with_name(f"{NAME}.not-found")
