"""Importing a cross-encoder: the publisher's files become a folder that `OnnxReranker` opens.

What is looked for is what publishers' repositories hold: `tokenizer.json`, `config.json`, and a
graph, in the folder itself or in `onnx/` inside it. A processor gets the quantized graph where
there is one (half the time), a GPU the one in float32. Nothing is taken on trust: before the copy
counts, it is loaded and must put an answer above a passage about something else.

There is one reranker at a time: an import takes the place of the one before.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np

from strongroom_engine.errors import RerankerUnusable
from strongroom_engine.models.embedder import ModelFile
from strongroom_engine.models.graphs import has_cuda
from strongroom_engine.models.reranker import (
    CARD,
    FOLDER,
    GRAPH,
    TOKENIZER,
    OnnxReranker,
    RerankerCard,
)
from strongroom_engine.sentences import reasons

MOST_TOKENS = 512
"""Of a pair; a passage has about 200, and time grows faster than length."""
QUESTION = "When does the lease of the workshop end?"
ANSWER = "The lease of the workshop ends on 31 March 2027."
OTHER = "Whisk the eggs with the sugar until they are pale."

_QUANTIZED = ("model_quantized.onnx", "model_int8.onnx", "model_uint8.onnx")
_FLOAT = ("model.onnx",)
_DATA = ("_data", ".data")
"""Endings of the file beside a large graph that holds its weights."""
_POSITIONS_RESERVED = 2
"""RoBERTa and its kin count positions from 2; for the others two tokens matter little."""
_INCOMING = ".incoming"
_LICENCE = re.compile(r"^license:\s*[\"']?([\w.+-]+)", re.MULTILINE)


class _Config(msgspec.Struct):
    """What matters of a publisher's `config.json`."""

    max_position_embeddings: int = MOST_TOKENS
    pad_token_id: int | None = 0


def import_reranker(source: Path, models_folder: Path, name: str = "") -> RerankerCard:
    """Copy the cross-encoder in `source` into the models folder; its card.

    `name` is what it is called, by default the folder's own name. Raises `RerankerUnusable` when
    files are missing or it turns out to be no cross-encoder; what was there before stays then.
    """
    incoming = models_folder / FOLDER / _INCOMING
    title = name or source.resolve().name
    try:
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir(parents=True)
        card = _copied(source, incoming, title)
        _prove(incoming, source)
        _replace(incoming, models_folder / FOLDER / _folder_name(title))
    except OSError as exc:
        raise RerankerUnusable(folder=source, why=exc.strerror or exc) from exc
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return card


def remove_reranker(models_folder: Path) -> bool:
    """Delete the imported reranker; whether there was one."""
    folders = list(_imported(models_folder / FOLDER))
    for folder in folders:
        shutil.rmtree(folder)
    return bool(folders)


def _copied(source: Path, target: Path, title: str) -> RerankerCard:
    """Copy what is needed, and write the card beside it."""
    graph = _graph(source)
    config = _config(source)
    files = [(file, GRAPH if file == graph else "weights") for file in _with_data(graph)]
    files.append((_needed(source, "tokenizer.json"), TOKENIZER))
    for file, _ in files:
        shutil.copyfile(file, target / file.name)
    card = RerankerCard(
        id=title,
        max_tokens=min(MOST_TOKENS, config.max_position_embeddings - _POSITIONS_RESERVED),
        pad_id=config.pad_token_id or 0,
        quantized=graph.name not in _FLOAT,
        licence=_licence(source),
        file=tuple(_described(target / file.name, role) for file, role in files),
    )
    (target / CARD).write_text(_toml(card), encoding="utf-8")
    return card


def _graph(source: Path) -> Path:
    names = (*_FLOAT, *_QUANTIZED) if has_cuda() else (*_QUANTIZED, *_FLOAT)
    places = [folder / name for name in names for folder in (source, source / "onnx")]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise RerankerUnusable(folder=source, why=reasons.NO_GRAPH())
    return found


def _with_data(graph: Path) -> list[Path]:
    beside = [graph.with_name(graph.name + ending) for ending in _DATA]
    return [graph, *(file for file in beside if file.is_file())]


def _needed(source: Path, name: str) -> Path:
    if not (source / name).is_file():
        raise RerankerUnusable(folder=source, why=reasons.IS_MISSING(name=name))
    return source / name


def _config(source: Path) -> _Config:
    try:
        return msgspec.json.decode(_needed(source, "config.json").read_bytes(), type=_Config)
    except msgspec.DecodeError as exc:
        raise RerankerUnusable(folder=source, why=f"config.json: {exc}") from exc


def _licence(source: Path) -> str:
    """What the publisher's README says at its head."""
    readme = source / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    found = _LICENCE.search(text)
    return found.group(1) if found else "unknown"


def _described(file: Path, role: str) -> ModelFile:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ModelFile(file.name, role, file.stat().st_size, digest)


def _prove(folder: Path, source: Path) -> None:
    """Raises `RerankerUnusable` unless the model in `folder` does what a cross-encoder does."""
    try:
        answer, other = OnnxReranker(folder).score(QUESTION, [ANSWER, OTHER])
    except RerankerUnusable as exc:
        raise RerankerUnusable(folder=source, why=exc.details["why"]) from exc
    if not np.isfinite([answer, other]).all():
        raise RerankerUnusable(folder=source, why=reasons.SCORES_NO_NUMBERS())
    if answer <= other:
        why = reasons.RANKS_WRONGLY()
        raise RerankerUnusable(folder=source, why=why)


def _replace(incoming: Path, place: Path) -> None:
    for folder in _imported(place.parent):
        shutil.rmtree(folder)
    incoming.rename(place)


def _imported(home: Path) -> Iterable[Path]:
    return [card.parent for card in home.glob(f"[!.]*/{CARD}")]


def _folder_name(title: str) -> str:
    return re.sub(r"[^\w.-]+", "-", title).strip("-.") or "imported"


def _toml(card: RerankerCard) -> str:
    """The card as TOML, whose strings, numbers and truths are written as JSON's are."""
    head = _lines({k: v for k, v in msgspec.structs.asdict(card).items() if k != "file"})
    files = (f"[[file]]\n{_lines(msgspec.structs.asdict(file))}" for file in card.file)
    return "\n".join([head, *files])


def _lines(fields: dict[str, object]) -> str:
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in fields.items())
