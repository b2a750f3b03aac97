"""Reranking: a cross-encoder reads the question together with each of the first hits.

None comes with Strongroom. A cross-encoder that was published in ONNX (Nogueira and Cho 2019; for
example the ms-marco MiniLM, bge-reranker and mxbai-rerank families) can be imported from the
publisher's files (`reranker_import`); it then lies in `reranker/NAME` of the models folder with a
`model.toml` beside it.

Scores are the graph's own numbers (logits): a sigmoid would change no order, and would press the
best together where they are to be told apart.

What is asked is to be scored, without the clauses before it: over contracts, questions that first
name a contract lost .07 to .2 of MRR@10 when they were compared as a whole.

Late interaction (the mean over the question's tokens of each one's nearest token in the passage, by
rarity; Khattab and Zaharia 2020) on the small embedding model's token vectors was tried and left
out. Over the first 15 hits, mixed in with .15 to .5: MRR@10 +.010 to +.021 on squad, +.025 to +.039
on cuad, -.003 to -.011 of nDCG@10 on cranfield, no page hit@5 more on cuad or financebench. It
takes 280 ms of processor time for 20 passages, the multilingual model several times that. Single
sentences in place of passages, and means over windows of token vectors, gave less.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Protocol

import msgspec
import numpy as np

from strongroom_engine.errors import RerankerUnusable
from strongroom_engine.models.embedder import ModelFile
from strongroom_engine.models.graphs import open_graph, padded
from strongroom_engine.models.hardware import cores
from strongroom_engine.sentences import reasons

BATCH = 8
FOLDER = "reranker"
"""Its place in the models folder."""
CARD = "model.toml"
GRAPH, TOKENIZER = "graph", "tokenizer"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Reranker(Protocol):
    """What judges passages by reading them together with the question."""

    name: str

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        """How well each passage answers the question: (len(passages),), float32.

        Higher is better; the scores of different questions are on one scale, that of the model.
        """
        ...


class RerankerCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`model.toml`: a cross-encoder as its folder describes it."""

    id: str
    max_tokens: Annotated[int, msgspec.Meta(ge=32)]
    pad_id: Annotated[int, msgspec.Meta(ge=0)]
    quantized: bool
    licence: str
    file: tuple[ModelFile, ...]

    def named(self, role: str) -> str:
        return next(file.name for file in self.file if file.role == role)


def read_card(folder: Path) -> RerankerCard:
    """The description in `folder`; `RerankerUnusable` unless every file is there, whole."""
    try:
        card = msgspec.toml.decode((folder / CARD).read_bytes(), type=RerankerCard)
        for file in card.file:
            if (folder / file.name).stat().st_size != file.bytes:
                raise RerankerUnusable(folder=folder, why=reasons.IS_DAMAGED(name=file.name))
    except FileNotFoundError as exc:
        name = Path(exc.filename).name
        raise RerankerUnusable(folder=folder, why=reasons.IS_MISSING(name=name)) from exc
    except (OSError, msgspec.DecodeError) as exc:
        raise RerankerUnusable(folder=folder, why=exc) from exc
    if not {GRAPH, TOKENIZER} <= {file.role for file in card.file}:
        raise RerankerUnusable(folder=folder, why=reasons.CARD_IS_BARE(name=CARD))
    return card


def find_reranker(models_folder: Path, threads: int = 0) -> OnnxReranker | None:
    """The reranker that was imported; None where none was. Raises `RerankerUnusable`."""
    folders = sorted(card.parent for card in (models_folder / FOLDER).glob(f"[!.]*/{CARD}"))
    return OnnxReranker(folders[0], threads) if folders else None


class OnnxReranker:
    """The cross-encoder of one folder. Thread-safe; the graph is loaded at first use.

    `threads` are ONNX Runtime's, 0 for one on each physical core. Raises `RerankerUnusable` when
    made (files) or at first use (a graph that does not load, or is no cross-encoder).
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
        self.name = self._card.id

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        self._load()
        scores = np.zeros(len(passages), np.float32)
        asked = self._clipped(question)
        pairs = self._tokenizer.encode_batch([(asked, passage) for passage in passages])
        order = sorted(range(len(pairs)), key=lambda index: len(pairs[index].ids))
        for at in range(0, len(order), self._batch):
            chosen = order[at : at + self._batch]
            scores[chosen] = self._run([pairs[index] for index in chosen])
        return scores

    def _clipped(self, question: str) -> str:
        """The question's beginning, at most half of a pair: passages are cut, not questions."""
        offsets = self._tokenizer.encode(question, add_special_tokens=False).offsets
        most = self._card.max_tokens // 2
        return question if len(offsets) <= most else question[: offsets[most - 1][1]]

    def _run(self, pairs: Sequence[Any]) -> np.ndarray:
        feeds = {
            "input_ids": padded([self._cut(pair.ids) for pair in pairs], self._card.pad_id),
            "attention_mask": padded([self._cut(pair.attention_mask) for pair in pairs]),
            "token_type_ids": padded([self._cut(pair.type_ids) for pair in pairs]),
        }
        try:
            scores = self._session.run(None, {name: feeds[name] for name in self._inputs})[0]
        except Exception as exc:  # onnxruntime's errors share no type of their own
            why = reasons.READS_NO_PAIRS()
            raise RerankerUnusable(folder=self._folder, why=why) from exc
        if scores.shape not in {(len(pairs), 1), (len(pairs),)}:
            raise RerankerUnusable(folder=self._folder, why=_no_single_score(scores.shape))
        flat: np.ndarray = scores.astype(np.float32).reshape(len(pairs))
        return flat

    def _cut(self, row: list[int]) -> list[int]:
        """Without the end of a passage that is too long; the closing special token stays."""
        most = self._card.max_tokens
        return row if len(row) <= most else row[: most - 1] + row[-1:]

    def _load(self) -> None:
        with self._loading:
            if self._session is None:
                self._tokenizer = _open_tokenizer(self._folder, self._card)
                self._session = self._open_session()

    def _open_session(self) -> Any:
        graph = self._folder / self._card.named(GRAPH)
        try:
            session = open_graph(graph, self._threads, gpu=not self._card.quantized)
        except Exception as exc:  # onnxruntime's errors share no type of their own
            why = reasons.GRAPH_DAMAGED()
            raise RerankerUnusable(folder=self._folder, why=why) from exc
        self._inputs = tuple(node.name for node in session.get_inputs())
        strange = [name for name in self._inputs if name not in INPUTS]
        if strange:
            why = reasons.WANTS_SOMETHING_ELSE(input=strange[0])
            raise RerankerUnusable(folder=self._folder, why=why)
        return session


def _no_single_score(shape: tuple[int, ...]) -> str:
    if len(shape) > 2:
        return reasons.GIVES_VECTORS()
    return reasons.GIVES_CLASSES(n=shape[-1])


def _open_tokenizer(folder: Path, card: RerankerCard) -> Any:
    from tokenizers import Tokenizer

    name = card.named(TOKENIZER)
    try:
        tokenizer = Tokenizer.from_file(str(folder / name))
    except Exception as exc:  # tokenizers raises nothing narrower
        raise RerankerUnusable(folder=folder, why=reasons.IS_DAMAGED(name=name)) from exc
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
