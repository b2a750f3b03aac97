"""What the set-up makes of the fetched file: the numbers, the vocabulary, and all or nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
from tests.contracts import made_source

from bootstrap import embedding
from bootstrap.says import Trouble
from builder import weights
from builder.build import build
from builder.source import Source
from builder.tokenizer import tokenizer

ARRAYS_OF_A_LAYER = 16


@pytest.fixture(autouse=True)
def one_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made file is small."""
    monkeypatch.setattr(weights, "LAYERS", 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, np.ndarray]]:
    file = tmp_path_factory.mktemp("source") / "made.bin"
    return file, made_source.write(file)


@pytest.fixture
def source(made: tuple[Path, dict[str, np.ndarray]]) -> Source:
    return Source(made[0])


def test_pieces_and_scores_are_read(source: Source) -> None:
    assert tuple(source.pieces) == made_source.PIECES
    assert source.scores.tolist() == [-float(at) for at in range(len(made_source.PIECES))]


def test_blocks_mean_what_the_format_says(
    source: Source, made: tuple[Path, dict[str, np.ndarray]]
) -> None:
    for name, columns in (("emb.word", 384), ("l0.fo.w", 1536)):
        codes, scales = source.blocks(name, columns)
        assert codes.max() == 15
        spread = np.repeat(scales.astype(np.float32), made_source.BLOCK, axis=1)
        assert np.array_equal(((codes.astype(np.float32) - 8) * spread).ravel(), made[1][name])
    assert np.array_equal(source.vector("l0.fi.b"), made[1]["l0.fi.b"])


def test_arrays_stand_one_after_another_on_pages(source: Source, tmp_path: Path) -> None:
    arrays = list(weights.placed(source))
    assert len(arrays) == 5 + ARRAYS_OF_A_LAYER
    assert len({each.name for each in arrays}) == len(arrays)
    with (tmp_path / "weights.bin").open("wb") as file:
        weights.write(arrays, file)
    data = (tmp_path / "weights.bin").read_bytes()
    end = 0
    for each in arrays:
        assert end <= each.offset < end + weights.ALIGNED
        assert each.offset % weights.ALIGNED == 0
        end = each.offset + each.array.nbytes
        assert data[each.offset : end] == each.array.tobytes()
    assert len(data) == end


def test_words_are_signed_nibbles(source: Source, made: tuple[Path, dict[str, np.ndarray]]) -> None:
    arrays = {each.name: each.array for each in weights.placed(source)}
    packed, scales = arrays["words.codes"], arrays["words.scales"]
    nibbles = np.stack([packed & 15, packed >> 4], axis=2).reshape(len(packed), -1).astype(int)
    signed = np.where(nibbles > 7, nibbles - 16, nibbles).astype(np.float32)
    words = signed * np.repeat(scales.astype(np.float32), made_source.BLOCK, axis=1)
    assert len(words) == len(made_source.PIECES)
    assert np.array_equal(words.ravel(), made[1]["emb.word"][: words.size])


def test_matrices_keep_their_values_within_half_a_step(
    source: Source, made: tuple[Path, dict[str, np.ndarray]]
) -> None:
    arrays = {each.name: each.array for each in weights.placed(source)}
    rounded, steps = arrays["layer0.qkv.weights"], arrays["layer0.qkv.scales"]
    assert rounded.dtype == np.int8
    assert np.abs(rounded).max() == 63  # seven bits: eight saturate without VNNI
    expected = np.concatenate([made[1][f"l0.{part}.w"].reshape(384, 384) for part in "qkv"])
    assert np.all(np.abs(rounded.T * steps[:, None] - expected) <= steps[:, None] * 0.5001)
    assert np.array_equal(arrays["layer0.qkv.bias"][384:768], made[1]["l0.k.b"])


def test_the_tokenizer_is_one_that_sentencepiece_reads(source: Source) -> None:
    head = (embedding.TEMPLATE / embedding.HEAD).read_bytes()
    read = sentencepiece.SentencePieceProcessor(model_proto=tokenizer(source, head))
    assert [read.id_to_piece(at) for at in range(read.vocab_size())] == list(made_source.PIECES)
    assert (read.bos_id(), read.pad_id(), read.eos_id(), read.unk_id()) == (0, 1, 2, 3)
    assert read.encode("rent ｓé</s>") == [5, 4, 6, 7, 3, 6, 3]  # what is in a text is no end


@pytest.mark.parametrize("share", [0.0, 0.00001, 0.001, 0.5, 0.999])
def test_a_truncated_file_is_refused(
    made: tuple[Path, dict[str, np.ndarray]], tmp_path: Path, share: float
) -> None:
    data = made[0].read_bytes()
    (tmp_path / "short.bin").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Trouble, match=r"short\.bin is damaged"):
        Source(tmp_path / "short.bin")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(Trouble, match="damaged"):
        Source(tmp_path / "other.bin")


# --- whole or not at all -----------------------------------------------------------------------


@pytest.fixture
def template(source: Source, tmp_path: Path) -> Path:
    """A template whose card says what the made file gives."""
    folder = tmp_path / "template"
    folder.mkdir()
    for name in ("LICENSE", "model.onnx", embedding.HEAD):
        (folder / name).write_bytes((embedding.TEMPLATE / name).read_bytes())
    with (tmp_path / "weights").open("wb") as file:
        weights.write(weights.placed(source), file)
    contents = {
        "model.onnx": (folder / "model.onnx").read_bytes(),
        embedding.WEIGHTS: (tmp_path / "weights").read_bytes(),
        embedding.VOCABULARY: tokenizer(source, (folder / embedding.HEAD).read_bytes()),
    }
    entries = [
        f'[[file]]\nname = "{name}"\nrole = "x"\nbytes = {len(data)}\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        for name, data in contents.items()
    ]
    (folder / embedding.CARD).write_text("".join(entries), "utf-8")
    return folder


def test_a_built_folder_is_what_its_card_says(
    made: tuple[Path, dict[str, np.ndarray]], template: Path, tmp_path: Path
) -> None:
    target = tmp_path / "models" / "built"
    build(made[0], template, target)
    assert {file.name for file in target.iterdir()} == {
        "LICENSE", "model.onnx", "model.toml", "tokenizer.model", "weights.bin",
    }  # fmt: skip
    build(made[0], template, target)  # again, over what is there
    for each in embedding.files(template):
        data = (target / each.name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (each.bytes, each.sha256)


def test_another_result_than_the_cards_is_not_kept(
    made: tuple[Path, dict[str, np.ndarray]], template: Path, tmp_path: Path
) -> None:
    card = template / embedding.CARD
    digest = embedding.files(template)[1].sha256
    card.write_text(card.read_text("utf-8").replace(digest, "0" * 64), "utf-8")
    with pytest.raises(Trouble, match=r"weights\.bin .* other than its card says"):
        build(made[0], template, tmp_path / "models" / "built")
    assert list((tmp_path / "models").iterdir()) == []


def test_an_interrupted_build_leaves_what_was_there(
    made: tuple[Path, dict[str, np.ndarray]],
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "models" / "built"
    target.mkdir(parents=True)
    (target / "old").touch()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(weights, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(made[0], template, target)
    assert [path.name for path in (tmp_path / "models").rglob("*")] == ["built", "old"]
