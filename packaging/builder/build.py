"""A model's folder from its template and the fetched file: whole, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from bootstrap.embedding import HEAD, VOCABULARY, WEIGHTS, files
from bootstrap.models import sha256
from bootstrap.says import Trouble

from . import weights
from .source import Source
from .tokenizer import tokenizer


def build(file: Path, template: Path, target: Path) -> None:
    """Make `target` of `template` and the source `file`; what was there is replaced.

    Raises `Trouble` when the source is damaged, or what came out is not what the card says.
    """
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        _fill(part, Source(file), template)
        _check(part)
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(part: Path, source: Source, template: Path) -> None:
    for name in ("model.toml", "model.onnx", "LICENSE"):
        shutil.copyfile(template / name, part / name)
    with (part / WEIGHTS).open("wb") as file:
        weights.write(weights.placed(source), file)
    (part / VOCABULARY).write_bytes(tokenizer(source, (template / HEAD).read_bytes()))


def _check(part: Path) -> None:
    for name, digest in ((each.name, each.sha256) for each in files(part)):
        if sha256(part / name) != digest:
            raise Trouble(
                f"{name} of the embedding model came out other than its card says.",
                "Please report this: the same file must come out on every computer.",
            )
