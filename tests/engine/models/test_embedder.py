from __future__ import annotations

import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.embedder import OnnxEmbedder, read_card
from strongroom_engine.settings import assets_folder

FOLDER = assets_folder() / "embedding" / "all-MiniLM-L6-v2"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "model"))


def test_the_committed_files_are_those_of_the_card() -> None:
    for file in read_card(FOLDER).file:
        data = (FOLDER / file.name).read_bytes()
        assert len(data) == file.bytes
        assert hashlib.sha256(data).hexdigest() == file.sha256


def test_vectors_have_unit_length_and_the_order_of_the_texts(embedder: OnnxEmbedder) -> None:
    texts = ["a " * 150, "rent", "The lease ends in March. " * 5, "", "the tenant pays"]
    vectors = embedder.embed(texts)
    assert vectors.shape == (5, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(embedder.embed([text])[0], vector)  # neighbours change nothing


def test_similar_texts_are_nearer_than_others(embedder: OnnxEmbedder) -> None:
    passages = embedder.embed(
        [
            "The tenancy ends on the thirty-first of March.",
            "Boundary layers on flat plates become turbulent downstream.",
            "Whisk the eggs with the sugar until pale.",
        ]
    )
    question = embedder.embed_query("When does the lease expire?")
    assert question.shape == (embedder.dimensions,)
    assert int(np.argmax(passages @ question)) == 0


def test_no_texts_give_no_rows(embedder: OnnxEmbedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_long_texts_are_cut_at_the_models_limit(embedder: OnnxEmbedder) -> None:
    words = [f"word{number % 97}" for number in range(2_000)]
    long = " ".join(words)[:10_000]
    first = long[: embedder.token_offsets(long)[embedder.max_tokens - 3][1]]
    assert embedder.embed([long])[0] @ embedder.embed([first])[0] > 0.99
    assert embedder.embed([long])[0] @ embedder.embed([long[5_000:]])[0] < 0.99


@pytest.mark.parametrize(
    "text",
    [
        "The lease ends on 31 March 2027.",
        "Straße, café, naïve – “quoted” … end",
        "emoji 🙂 and 日本語 mixed",
        "tabs\tand\nnewlines\n\n and   spaces ",
    ],
)
def test_token_offsets_are_ordered_spans_of_the_text(embedder: OnnxEmbedder, text: str) -> None:
    spans = embedder.token_offsets(text)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for at, character in enumerate(text) if character.isalnum()} <= covered


def test_token_offsets_of_a_long_text_are_those_of_its_parts(embedder: OnnxEmbedder) -> None:
    sentence = "The unbelievably long-winded clause 17(b) binds nobody. "
    one = embedder.token_offsets(sentence)
    spans = embedder.token_offsets(sentence * 4_000)  # longer than one piece
    assert len(spans) == len(one) * 4_000
    assert spans[-1] == tuple(at + len(sentence) * 3_999 for at in one[-1])
    assert embedder.token_offsets("") == []


def test_threads_share_one_model() -> None:
    embedder = OnnxEmbedder(FOLDER, threads=1)
    texts = [f"clause {number} of the agreement" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: embedder.embed(texts), range(4)))
    assert all(np.array_equal(found[0], other) for other in found[1:])


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.toml"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(EmbeddingModelMissing, match=f"{name} is missing"):
        OnnxEmbedder(copied)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_of_another_size_is_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(EmbeddingModelMissing, match=f"{name} is damaged"):
        OnnxEmbedder(copied)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_with_other_content_is_refused_at_first_use(copied: Path, name: str) -> None:
    size = (copied / name).stat().st_size
    (copied / name).write_bytes(b"\x00" * size)
    with pytest.raises(EmbeddingModelMissing, match="damaged"):
        OnnxEmbedder(copied).embed(["text"])


def test_a_card_with_unknown_content_is_refused(copied: Path) -> None:
    card = (copied / "model.toml").read_text("utf-8")
    (copied / "model.toml").write_text(card.replace("dimensions = 384", 'dimensions = "many"'))
    with pytest.raises(EmbeddingModelMissing, match="dimensions"):
        OnnxEmbedder(copied)
    (copied / "model.toml").write_text(card.replace('pooling = "mean"', 'pooling = "cls"'))
    with pytest.raises(EmbeddingModelMissing, match="pools by cls"):
        OnnxEmbedder(copied)
