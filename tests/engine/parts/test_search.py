"""The facade reads the first hits again with a cross-encoder that was imported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.commands.output import show_doctor
from strongroom_engine.commands.terminal import out
from strongroom_engine.doctor import examine
from strongroom_engine.errors import RerankerUnusable, StrongroomError
from strongroom_engine.library import Library
from strongroom_engine.models.reranker_import import import_reranker
from strongroom_engine.settings import Settings, assets_folder
from strongroom_engine.store import LibraryKey

DATA = Path(__file__).parents[1] / "models" / "data"
TOKENIZER = assets_folder() / "embedding" / "all-MiniLM-L6-v2" / "tokenizer.json"
QUESTION = "is the roof of the barn to be mended?"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("STRONGROOM_MODELS", str(folder))
    return folder


@pytest.fixture
def imported(models: Path, tmp_path: Path) -> Path:
    """The folder of a reranker whose score is the share of the question's tokens in a passage."""
    source = tmp_path / "overlap scorer"
    source.mkdir()
    shutil.copyfile(DATA / "overlap-scorer.onnx", source / "model.onnx")
    shutil.copyfile(TOKENIZER, source / "tokenizer.json")
    config = '{"max_position_embeddings": 66, "pad_token_id": 0, "num_labels": 1}'
    (source / "config.json").write_text(config)
    import_reranker(source, models)
    return models / "reranker" / "overlap-scorer"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Most of the telling words stand in the one, most of all words in the other."""
    made = tmp_path / "Barn"
    made.mkdir()
    (made / "words.txt").write_text("Barn, roof: mended.", encoding="utf-8")
    (made / "all.txt").write_text(
        "What is to be said of the barn is that the roof has holes.", encoding="utf-8"
    )
    return made


@pytest.fixture
def told() -> list[StrongroomError]:
    return []


@pytest.fixture
def library(
    tmp_path: Path, key: LibraryKey, folder: Path, models: Path, told: list[StrongroomError]
) -> Iterator[Library]:
    library = Library(tmp_path / "library", key, embedder=WordLengths(), on_trouble=told.append)
    with library:
        library.add(str(folder))
        yield library


def found(library: Library, *, typing: bool = False) -> list[str]:
    return [Path(hit.file).name for hit in library.search(QUESTION, typing=typing).hits]


def test_without_a_reranker_the_words_decide(library: Library) -> None:
    assert found(library) == ["words.txt", "all.txt"]
    assert library.doctor().reranker == ""


@pytest.mark.usefixtures("imported")
def test_an_imported_reranker_reads_the_first_hits_again(library: Library) -> None:
    def lead(*, typing: bool = False) -> float:
        """By how much the one with the telling words is better."""
        scores = {
            Path(hit.file).name: hit.score for hit in library.search(QUESTION, typing=typing).hits
        }
        return scores["words.txt"] - scores["all.txt"]

    assert lead(typing=True) > 1.0  # it is not asked while one types
    assert lead() == pytest.approx(0.0, abs=0.01)  # the two are of two minds, and count the same
    assert library.doctor().reranker == "overlap scorer"


@pytest.mark.parametrize("how", ["shorter", "other bytes"])
def test_one_that_is_damaged_is_told_once_and_left_out(
    imported: Path, library: Library, told: list[StrongroomError], how: str
) -> None:
    """Files that are too short are seen when it is looked for, others when it is loaded."""
    graph = imported / "model.onnx"
    size = graph.stat().st_size
    graph.write_bytes(bytes(size - 1 if how == "shorter" else size))
    for _ in range(2):
        assert found(library) == ["words.txt", "all.txt"]
    assert [type(error) for error in told] == [RerankerUnusable]
    assert "damaged" in str(told[0])


def test_doctor_says_what_is_wrong_with_it(
    imported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (imported / "tokenizer.json").unlink()
    doctor = examine(tmp_path / "none", Settings())
    assert "tokenizer.json is missing" in doctor.reranker
    show_doctor(out, doctor)
    assert "Search works without one" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("imported")
def test_a_report_of_figures_names_the_reranker(library: Library, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        f'{{"id": "1", "question": "{QUESTION}", "relevant": [{{"file": "all.txt"}}]}}\n'
    )
    run = library.evaluate([questions], tmp_path / "Barn", methods=["hybrid"])
    assert run.configuration["Reranker"] == "overlap scorer"
