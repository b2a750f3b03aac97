"""The model that the set-up makes: what it knows, and that it counts as its tokenizer does."""

from __future__ import annotations

import hashlib
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from strongroom_engine.errors import EmbeddingModelMissing
from strongroom_engine.models.embedder import OnnxEmbedder, read_card
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.settings import assets_folder

NAME = "multilingual-e5-small"


@pytest.fixture(scope="module")
def folder() -> Path:
    return embedding_model(NAME).folder


@pytest.fixture(scope="module")
def model(folder: Path) -> OnnxEmbedder:
    return OnnxEmbedder(folder)


def test_the_files_are_those_of_the_committed_card(folder: Path) -> None:
    template = assets_folder() / "embedding" / NAME / "model.toml"
    assert (folder / "model.toml").read_bytes() == template.read_bytes()
    for file in read_card(folder).file:
        assert hashlib.sha256((folder / file.name).read_bytes()).hexdigest() == file.sha256


@pytest.mark.parametrize(
    "question",
    [
        "Wann endet der Mietvertrag?",
        "¿Cuándo termina el contrato de alquiler?",
        "Когда заканчивается договор аренды?",
        "租约什么时候到期？",
        "متى ينتهي عقد الإيجار؟",
    ],
)
def test_a_question_is_nearest_to_its_answer_in_another_language(
    model: OnnxEmbedder, question: str
) -> None:
    passages = [
        "Whisk the eggs with the sugar until pale.",
        "The tenancy ends on the thirty-first of March.",
        "The rent is to be paid on the third working day of a month.",
        "Boundary layers on flat plates become turbulent downstream.",
    ]
    assert int(np.argmax(model.embed(passages) @ model.embed_query(question))) == 1


def test_a_vector_does_not_depend_on_its_neighbours(model: OnnxEmbedder) -> None:
    texts = ["Die Kaution beträgt drei Monatsmieten. " * n for n in (1, 30, 4)] + [""]
    together = model.embed(texts)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(model.embed([text])[0], vector)


def test_questions_and_passages_have_their_prefixes(model: OnnxEmbedder) -> None:
    text = "Die Miete beträgt 900 Euro."
    assert not np.array_equal(model.embed([text])[0], model.embed_query(text))


def test_long_texts_are_cut_at_512_tokens(model: OnnxEmbedder) -> None:
    long = " ".join(f"word{number % 97}" for number in range(2_000))
    prefix = len(model.token_offsets("passage: "))
    end = model.token_offsets(long)[model.max_tokens - 2 - prefix - 1][1]
    assert model.max_tokens == 512
    assert np.array_equal(model.embed([long])[0], model.embed([long[:end]])[0])
    assert not np.array_equal(model.embed([long])[0], model.embed([long[: end - 9]])[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Die Miete\n\n beträgt", ["Die", "Miete", "beträgt"]),
        ("ﬁne  ２０２４ ok", ["ﬁne", "２０２４", "ok"]),
        ("e\u0301tude 𝒳", ["e\u0301tude", "𝒳"]),
        ("x</s>y", ["x</s>y"]),
        ("株式会社の家", ["株式会社の家"]),
        ("👨\u200d👩 family", ["👨\u200d👩", "family"]),
        ("ﷺ", ["ﷺ"]),
        ("", []),
        ("  \n", []),
    ],
)
def test_offsets_stay_true_where_characters_are_normalized(
    model: OnnxEmbedder, text: str, words: list[str]
) -> None:
    spans = model.token_offsets(text)
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] or "" for start, end in spans)
    assert covered.replace("\u200d", "") == "".join(words).replace("\u200d", "")


def test_offsets_of_a_long_text_are_those_of_its_parts(model: OnnxEmbedder) -> None:
    sentence = "Der Mieter zahlt die Nebenkosten monatlich im Voraus. "
    one = model.token_offsets(sentence)
    spans = model.token_offsets(sentence * 3_000)  # longer than one piece
    assert len(spans) == len(one) * 3_000
    assert spans[-1] == tuple(at + len(sentence) * 2_999 for at in one[-1])


@pytest.mark.parametrize("name", ["tokenizer.model", "model.onnx"])
def test_a_spoilt_file_is_refused_at_first_use(folder: Path, tmp_path: Path, name: str) -> None:
    copied = Path(shutil.copytree(folder, tmp_path / "model"))
    (copied / name).write_bytes(bytes((copied / name).stat().st_size))
    with pytest.raises(EmbeddingModelMissing, match="damaged"):
        OnnxEmbedder(copied).embed(["text"])


def test_missing_weights_are_named(folder: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(folder, tmp_path / "model"))
    (copied / "weights.bin").unlink()
    with pytest.raises(EmbeddingModelMissing, match=r"weights\.bin is missing"):
        OnnxEmbedder(copied)
