"""Embeddings: texts to vectors of unit length, with ONNX Runtime.

A model is a folder with a `model.toml` that says everything the engine needs: id, dimensions,
longest input, prefixes, and its files with size and SHA-256. The sizes are compared at every
start, the hashes when the folder is made or tested: hashing 80 MB would cost more than loading
them. Which folders there are is the business of `embedding_models`.

Which processor runs it. An int8 graph has operators that only ONNX Runtime's processor provider
implements: on a GPU each of them would be copied back and forth. So CUDA is used only when both
are there: an ONNX Runtime that offers it (the `cuda` extra) and a float32 graph in the model's
folder (`role = "float"`). Otherwise the quantized graph runs on the processor.

On the processor every text is embedded alone, on one thread, as many at a time as there are
cores. Eight passages of 230 tokens take 0.88 to 0.96 of the processor time of one padded batch
(tests/bench/bench_embedder.py), of 60 tokens 1.2 times; nothing is padded otherwise, the memory
is one text's a core, and a vector does not depend on what is embedded beside it, which it does
where an int8 graph scales a whole batch alike. On a GPU batches are sorted by length.
Threads that spin while they wait bring no throughput and cost 1.6 times the processor time, so
they do not spin.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any, Protocol

import msgspec
import numpy as np

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.graphs import CUDA, has_cuda, open_graph, padded
from strongroom_engine.models.hardware import cores
from strongroom_engine.models.tokenizer import Tokenizer, open_tokenizer
from strongroom_engine.processes import lower_thread_priority
from strongroom_engine.sentences import reasons

BATCH = 8
"""Texts that a GPU takes at once."""

Rows = Sequence[Sequence[int]]


class Embedder(Protocol):
    """What turns texts into vectors; `model` is the id that a library's vectors belong to."""

    model: str
    dimensions: int
    max_tokens: int
    languages: tuple[str, ...]
    """ISO 639 codes of the languages it was made for."""
    unrelated_cosine: float
    """The cosine of passages that have nothing to do with each other: models differ in that."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages: (len(texts), dimensions), float32, unit length."""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a question: (dimensions,), float32, unit length."""
        ...

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """The spans of the model's tokens in `text`, in code points, without special tokens."""
        ...


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    role: str
    bytes: int
    sha256: str


class ModelCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`model.toml`: an embedding model as its folder describes it."""

    id: str
    dimensions: int
    max_tokens: int
    pooling: str
    licence: str
    provenance: str
    languages: tuple[str, ...]
    file: tuple[ModelFile, ...]
    query_prefix: str = ""
    passage_prefix: str = ""
    unrelated_cosine: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.0


def relatedness(cosines: np.ndarray, embedder: Embedder) -> np.ndarray:
    """Cosines on one scale for all models: 0 for what is unrelated, 1 for what is the same."""
    floor = embedder.unrelated_cosine
    return np.maximum((cosines - floor) / (1 - floor), 0)


def read_card(folder: Path) -> ModelCard:
    """The description in `folder`; `EmbeddingModelMissing` unless every file is there, whole."""
    try:
        card = msgspec.toml.decode((folder / "model.toml").read_bytes(), type=ModelCard)
        for file in card.file:
            if (folder / file.name).stat().st_size != file.bytes:
                raise EmbeddingModelMissing(folder=folder, why=reasons.IS_DAMAGED(name=file.name))
    except FileNotFoundError as exc:
        name = Path(exc.filename).name
        raise EmbeddingModelMissing(folder=folder, why=reasons.IS_MISSING(name=name)) from exc
    except (OSError, msgspec.DecodeError) as exc:
        raise EmbeddingModelMissing(folder=folder, why=exc) from exc
    if card.pooling != "mean":
        raise EmbeddingModelMissing(
            folder=folder, why=reasons.POOLS_OTHERWISE(pooling=card.pooling)
        )
    return card


class OnnxEmbedder:
    """The embedding model of one folder. Thread-safe; the graph is loaded at first use.

    `threads` is how many texts the processor embeds at a time, 0 for one on each physical core;
    `batch` how many a GPU does. Raises `EmbeddingModelMissing` when made (files) or at first use
    (a graph that does not load).
    """

    def __init__(self, folder: Path, threads: int = 0, batch: int = BATCH) -> None:
        self._card = read_card(folder)
        self._folder = folder
        self._batch = batch
        self._loading = threading.Lock()
        self._tokenizer: Tokenizer | None = None
        self._graph: _Graph | None = None
        # Its threads start with the first text and end with the embedder.
        self._workers = ThreadPoolExecutor(threads or cores(), "embedder", lower_thread_priority)
        self.model = self._card.id
        self.dimensions = self._card.dimensions
        self.max_tokens = self._card.max_tokens
        self.languages = self._card.languages
        self.unrelated_cosine = self._card.unrelated_cosine

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed([self._card.passage_prefix + text for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        vector: np.ndarray = self._embed([self._card.query_prefix + text])[0]
        return vector

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        return self._load_tokenizer().offsets(text)

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        graph, tokenizer = self._load_graph(), self._load_tokenizer()
        # The longest first: no core waits at the end for one that has just begun a long text.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        size = self._batch if graph.on_gpu else 1
        parts = [order[at : at + size] for at in range(0, len(order), size)]

        def run(part: Sequence[int]) -> np.ndarray:
            rows = tokenizer.ids([texts[index] for index in part])
            return graph.run([self._clip(ids) for ids in rows])

        # One text is a question: it is not made to wait behind passages, nor on a lesser thread.
        alone = graph.on_gpu or len(parts) == 1
        found = map(run, parts) if alone else self._workers.map(run, parts)
        for part, result in zip(parts, found, strict=True):
            vectors[part] = result
        return vectors

    def _clip(self, ids: list[int]) -> list[int]:
        """At most max_tokens, the closing special token among them."""
        return ids if len(ids) <= self.max_tokens else ids[: self.max_tokens - 1] + ids[-1:]

    def _load_tokenizer(self) -> Tokenizer:
        with self._loading:
            if self._tokenizer is None:
                by_role = {file.role: file.name for file in self._card.file}
                name = by_role.get("tokenizer", "tokenizer.json")
                self._tokenizer = open_tokenizer(self._folder, name)
            return self._tokenizer

    def _load_graph(self) -> _Graph:
        with self._loading:
            if self._graph is None:
                self._graph = _Graph(_open_session(self._folder, self._card))
            return self._graph


class _Graph:
    """A loaded graph: rows of token ids to vectors."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._inputs = tuple(node.name for node in session.get_inputs())
        self.on_gpu = session.get_providers()[0] == CUDA

    def run(self, rows: Rows) -> np.ndarray:
        ids, mask = padded(rows), padded([[1] * len(row) for row in rows])
        feeds = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        states = self._session.run(None, {name: feeds[name] for name in self._inputs})[0]
        return _mean_unit(states, mask)


def _open_session(folder: Path, card: ModelCard) -> Any:
    by_role = {file.role: folder / file.name for file in card.file}
    try:
        if "float" in by_role and has_cuda():
            session = open_graph(by_role["float"], 1, gpu=True)
            if session.get_providers()[0] == CUDA:  # it may lack a library that CUDA needs
                return session
        return open_graph(by_role["quantized"], 1, gpu=False)  # one text, one core
    except Exception as exc:  # onnxruntime's errors share no type of their own
        why = reasons.GRAPH_DAMAGED()
        raise EmbeddingModelMissing(folder=folder, why=why) from exc


def _mean_unit(states: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The mean of each row's token states (rows, tokens, dimensions), scaled to length 1."""
    sums: np.ndarray = np.einsum("rtd,rt->rd", states, mask.astype(np.float32))
    unit: np.ndarray = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return unit
