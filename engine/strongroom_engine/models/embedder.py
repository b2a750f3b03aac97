"""Embeddings: texts to vectors of unit length, with ONNX Runtime.

A model is a folder (`assets/embedding/NAME`) with a `model.toml` that says everything the engine
needs: id, dimensions, longest input, prefixes, and its files with size and SHA-256. The sizes are
compared at every start, the hashes when the folder is made or tested: hashing 23 MB would cost
more than loading them.

Which processor runs it. An int8 graph has operators that only ONNX Runtime's processor provider
implements: on a GPU each of them would be copied back and forth. So CUDA is used only when both
are there: an ONNX Runtime that offers it (the `cuda` extra) and a float32 graph in the model's
folder (`role = "float"`). Otherwise the quantized graph runs on the processor.

Two things were measured on the 2-core reference machine (208 texts, 36,000 tokens). Threads that
spin while they wait bring no throughput and cost 1.6 times the processor time, so they do not
spin. Batches sorted by length need far less padding than batches in order of arrival: embedding
is 1.5 times as fast (tests/bench/bench_embedder.py).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.hardware import cores

BATCH = 8
_PIECE_CHARACTERS = 100_000
"""Longer texts are tokenised in pieces, cut at white space: a token takes 200 bytes meanwhile."""
_CUDA, _CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_ERRORS_ONLY = 3


class Embedder(Protocol):
    """What turns texts into vectors; `model` is the id that a library's vectors belong to."""

    model: str
    dimensions: int
    max_tokens: int
    languages: tuple[str, ...]
    """ISO 639 codes of the languages it was made for."""

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


def read_card(folder: Path) -> ModelCard:
    """The description in `folder`; `EmbeddingModelMissing` unless every file is there, whole."""
    try:
        card = msgspec.toml.decode((folder / "model.toml").read_bytes(), type=ModelCard)
        for file in card.file:
            if (folder / file.name).stat().st_size != file.bytes:
                raise EmbeddingModelMissing(folder=folder, why=f"{file.name} is damaged")
    except FileNotFoundError as exc:
        name = Path(exc.filename).name
        raise EmbeddingModelMissing(folder=folder, why=f"{name} is missing") from exc
    except (OSError, msgspec.DecodeError) as exc:
        raise EmbeddingModelMissing(folder=folder, why=exc) from exc
    if card.pooling != "mean":
        raise EmbeddingModelMissing(folder=folder, why=f"it pools by {card.pooling}, not by mean")
    return card


class OnnxEmbedder:
    """The embedding model of one folder. Thread-safe; the graph is loaded at first use.

    `threads` are ONNX Runtime's, 0 for one on each physical core. Raises
    `EmbeddingModelMissing` when made (files) or at first use (a graph that does not load).
    """

    def __init__(self, folder: Path, threads: int = 0, batch: int = BATCH) -> None:
        self._card = read_card(folder)
        self._folder = folder
        self._threads = threads or cores()
        self._batch = batch
        self._loading = threading.Lock()
        self._tokenizer: Any = None
        self._session: Any = None
        self._inputs: tuple[str, ...] = ()
        self.model = self._card.id
        self.dimensions = self._card.dimensions
        self.max_tokens = self._card.max_tokens
        self.languages = self._card.languages

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed([self._card.passage_prefix + text for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        vector: np.ndarray = self._embed([self._card.query_prefix + text])[0]
        return vector

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        tokenizer = self._load_tokenizer()
        spans: list[tuple[int, int]] = []
        for origin, piece in _pieces(text):
            encoding = tokenizer.encode(piece, add_special_tokens=False)
            spans += [(origin + start, origin + end) for start, end in encoding.offsets]
        return spans

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        rows = [self._clip(e.ids) for e in self._load_tokenizer().encode_batch(texts)]
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        for at in range(0, len(order), self._batch):
            chosen = order[at : at + self._batch]
            vectors[chosen] = self._run([rows[index] for index in chosen])
        return vectors

    def _clip(self, ids: list[int]) -> list[int]:
        """At most max_tokens, the closing special token among them."""
        return ids if len(ids) <= self.max_tokens else ids[: self.max_tokens - 1] + ids[-1:]

    def _run(self, rows: list[list[int]]) -> np.ndarray:
        session = self._load_session()
        ids, mask = _padded(rows)
        feeds = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        states = session.run(None, {name: feeds[name] for name in self._inputs})[0]
        return _mean_unit(states, mask)

    def _load_tokenizer(self) -> Any:
        with self._loading:
            if self._tokenizer is None:
                self._tokenizer = _open_tokenizer(self._folder)
            return self._tokenizer

    def _load_session(self) -> Any:
        with self._loading:
            if self._session is None:
                session = _open_session(self._folder, self._card, self._threads)
                self._inputs = tuple(node.name for node in session.get_inputs())
                self._session = session
            return self._session


def _open_tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as exc:  # tokenizers raises nothing narrower
        raise EmbeddingModelMissing(folder=folder, why="tokenizer.json is damaged") from exc
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _open_session(folder: Path, card: ModelCard, threads: int) -> Any:
    import onnxruntime

    by_role = {file.role: folder / file.name for file in card.file}
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every batch has another shape: 50 MB of plans kept in vain
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        if "float" in by_role and _CUDA in onnxruntime.get_available_providers():
            session = onnxruntime.InferenceSession(by_role["float"], options, [_CUDA, _CPU])
            if session.get_providers()[0] == _CUDA:  # it may lack a library that CUDA needs
                return session
        return onnxruntime.InferenceSession(by_role["quantized"], options, [_CPU])
    except Exception as exc:  # onnxruntime's errors share no type of their own
        why = "its graph does not load; it is damaged"
        raise EmbeddingModelMissing(folder=folder, why=why) from exc


def _padded(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Ids and attention mask, both (rows, longest), int64; the padding is zero."""
    shape = (len(rows), max(len(row) for row in rows))
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
    return ids, mask


def _mean_unit(states: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The mean of each row's token states (rows, tokens, dimensions), scaled to length 1."""
    sums: np.ndarray = np.einsum("rtd,rt->rd", states, mask.astype(np.float32))
    unit: np.ndarray = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return unit


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text with where each piece starts, cut where a word ends."""
    start = 0
    while start < len(text):
        end = _cut(text, start + _PIECE_CHARACTERS)
        yield start, text[start:end]
        start = end


def _cut(text: str, wanted: int) -> int:
    if wanted >= len(text):
        return len(text)
    nearby: Iterable[int] = range(wanted, max(wanted - 1_000, 0), -1)
    return next((at for at in nearby if text[at].isspace()), wanted)
