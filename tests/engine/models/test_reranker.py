from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from strongroom_engine.cli import main
from strongroom_engine.errors import RerankerUnusable
from strongroom_engine.models.reranker import OnnxReranker, Reranker, find_reranker, read_card
from strongroom_engine.models.reranker_import import import_reranker, remove_reranker
from strongroom_engine.settings import assets_folder

DATA = Path(__file__).parent / "data"
MINILM = assets_folder() / "embedding" / "all-MiniLM-L6-v2"
"""Its tokenizer is that of the published cross-encoders of the MiniLM family."""

QUESTION = "Who pays for repairs of the roof?"
PASSAGES = (
    "The tenant keeps the garden tidy.",
    "Repairs of the roof: who pays for them is said in clause 9.",
    "The landlord pays.",
)

Publish = Callable[..., Path]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """A folder as a publisher lays it out; the graph is one of the two in DATA, or another."""

    def made(
        graph: Path = DATA / "overlap-scorer.onnx",
        place: str = "model.onnx",
        config: str = '{"max_position_embeddings": 66, "pad_token_id": 0, "num_labels": 1}',
    ) -> Path:
        folder = tmp_path / "overlap scorer"
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(graph, folder / place)
        shutil.copyfile(MINILM / "tokenizer.json", folder / "tokenizer.json")
        (folder / "config.json").write_text(config)
        (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Overlap\n")
        return folder

    return made


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def reranker(publish: Publish, models: Path) -> OnnxReranker:
    import_reranker(publish(), models)
    found = find_reranker(models, threads=1)
    assert found is not None
    return found


# --- scores --------------------------------------------------------------------------------------


def test_a_score_is_the_graphs_own_number_for_the_pair(reranker: Reranker) -> None:
    """The graph's logit is 8 x - 4, where x is the share of the question's tokens in the passage."""
    scores = reranker.score(
        "repairs roof garden tenant", ["Roof repairs.", "Nothing.", "A tenant."]
    )
    assert scores.dtype == np.float32
    assert scores.tolist() == [0.0, -4.0, -2.0]


def test_scores_have_the_order_of_the_passages_whatever_their_lengths(reranker: Reranker) -> None:
    passages = [f"{'and so on ' * (7 * n % 12)} {'roof' * (n % 2)}" for n in range(30)]
    scores = reranker.score("roof", passages)
    assert scores.tolist() == [4.0 if n % 2 else -4.0 for n in range(30)]
    alone = [reranker.score("roof", [passage])[0] for passage in passages]
    assert scores.tolist() == alone, "padding has no part in a score"


def test_what_answers_comes_first(reranker: Reranker) -> None:
    assert int(np.argmax(reranker.score(QUESTION, PASSAGES))) == 1


def test_no_passages_have_no_scores(reranker: Reranker) -> None:
    assert reranker.score(QUESTION, []).shape == (0,)


def test_an_empty_question_and_an_empty_passage_have_scores(reranker: Reranker) -> None:
    assert reranker.score("", ["roof"]).tolist() == [-4.0]
    assert reranker.score("roof", [""]).tolist() == [-4.0]


def test_a_pair_too_long_loses_the_end_of_the_passage(reranker: Reranker) -> None:
    """64 tokens: 3 special, 2 asked, 59 of the passage."""
    filler = "word " * 58
    inside, outside = reranker.score("roof garden", [f"{filler}roof", f"word {filler}roof"])
    assert (inside, outside) == (0.0, -4.0)


def test_a_question_too_long_leaves_half_to_the_passage(reranker: Reranker) -> None:
    long = "roof " + "very " * 200 + "garden"
    held, cut = reranker.score(long, ["roof very", "garden"])
    assert held == 4.0, "all 32 tokens of the question that are read are held"
    assert cut == -4.0


def test_many_threads_may_ask_at_once(reranker: Reranker) -> None:
    with ThreadPoolExecutor(4) as pool:
        many = list(pool.map(lambda _: reranker.score(QUESTION, PASSAGES).tolist(), range(12)))
    assert all(scores == many[0] for scores in many)


# --- importing -----------------------------------------------------------------------------------


def test_without_an_import_there_is_none(models: Path) -> None:
    assert find_reranker(models) is None
    assert not remove_reranker(models)


def test_an_import_says_what_came_in(publish: Publish, models: Path) -> None:
    card = import_reranker(publish(), models)
    assert (card.id, card.licence, card.max_tokens) == ("overlap scorer", "apache-2.0", 64)
    assert read_card(models / "reranker" / "overlap-scorer") == card
    shown = find_reranker(models)
    assert shown is not None
    assert shown.name == "overlap scorer"


def test_the_source_may_go_after_the_import(publish: Publish, models: Path) -> None:
    source = publish()
    import_reranker(source, models)
    shutil.rmtree(source)
    found = find_reranker(models)
    assert found is not None
    assert found.score("roof", ["roof"]).tolist() == [4.0]


@pytest.mark.parametrize(
    "place", ["onnx/model.onnx", "onnx/model_quantized.onnx", "model_int8.onnx"]
)
def test_graphs_are_found_where_publishers_put_them(
    publish: Publish, models: Path, place: str
) -> None:
    assert import_reranker(publish(place=place), models).quantized == (place != "onnx/model.onnx")


def test_a_second_import_takes_the_place_of_the_first(publish: Publish, models: Path) -> None:
    import_reranker(publish(), models, "First")
    import_reranker(publish(), models, "Second")
    found = find_reranker(models)
    assert found is not None
    assert found.name == "Second"
    assert [folder.name for folder in (models / "reranker").iterdir()] == ["Second"]


def test_removed_it_is_gone(publish: Publish, models: Path) -> None:
    import_reranker(publish(), models)
    assert remove_reranker(models)
    assert find_reranker(models) is None


def test_a_name_that_is_no_folders_name_is_shown_as_it_is(publish: Publish, models: Path) -> None:
    card = import_reranker(publish(), models, 'bge/"reranker" ‑ v2')
    assert read_card(next((models / "reranker").iterdir())).id == card.id == 'bge/"reranker" ‑ v2'


# --- refusing ------------------------------------------------------------------------------------


def refusal(source: Path, models: Path) -> str:
    with pytest.raises(RerankerUnusable) as caught:
        import_reranker(source, models)
    assert find_reranker(models) is None
    assert not list(models.glob("reranker/*")), "nothing is left behind"
    assert str(source) in caught.value.sentence
    return str(caught.value.details["why"])


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.onnx"])
def test_a_file_that_is_missing_is_named(publish: Publish, models: Path, name: str) -> None:
    source = publish()
    (source / name).unlink()
    assert name in refusal(source, models)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, models: Path) -> None:
    assert "model.onnx" in refusal(tmp_path / "nowhere", models)


def test_an_embedding_model_is_refused(publish: Publish, models: Path) -> None:
    assert "embedding model" in refusal(publish(graph=MINILM / "model.onnx"), models)


def test_a_classifier_is_refused(publish: Publish, models: Path) -> None:
    why = refusal(publish(graph=DATA / "overlap-classifier.onnx"), models)
    assert "3 numbers" in why


def test_a_graph_for_something_else_is_refused(publish: Publish, models: Path) -> None:
    renamed = publish()
    graph = (renamed / "model.onnx").read_bytes().replace(b"input_ids", b"pixel_ids")
    (renamed / "model.onnx").write_bytes(graph)
    assert "pixel_ids" in refusal(renamed, models)


def test_a_graph_for_pairs_of_one_length_is_refused(publish: Publish, models: Path) -> None:
    assert "any length" in refusal(publish(graph=DATA / "overlap-fixed-length.onnx"), models)


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.onnx"])
def test_a_damaged_file_is_refused(publish: Publish, models: Path, name: str) -> None:
    source = publish()
    data = (source / name).read_bytes()
    (source / name).write_bytes(data[: len(data) // 2])
    refusal(source, models)


def test_a_model_that_tells_nothing_apart_is_refused(publish: Publish, models: Path) -> None:
    """As with another model's tokenizer: no word is known."""
    source = publish()
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = {t: n for t, n in vocabulary.items() if t.startswith("[")}
    (source / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    assert "does not put an answer above" in refusal(source, models)


def test_a_refused_import_leaves_the_one_before(publish: Publish, models: Path) -> None:
    import_reranker(publish(), models, "Good")
    with pytest.raises(RerankerUnusable):
        import_reranker(publish(graph=DATA / "overlap-classifier.onnx"), models, "Bad")
    found = find_reranker(models)
    assert found is not None
    assert found.name == "Good"


def test_a_file_that_changed_after_the_import_is_noticed(publish: Publish, models: Path) -> None:
    import_reranker(publish(), models)
    with (models / "reranker" / "overlap-scorer" / "model.onnx").open("ab") as file:
        file.write(b"more")
    with pytest.raises(RerankerUnusable, match=r"model\.onnx is damaged"):
        find_reranker(models)


def test_a_card_that_cannot_be_read_is_said(publish: Publish, models: Path) -> None:
    import_reranker(publish(), models)
    (models / "reranker" / "overlap-scorer" / "model.toml").write_text("id = 3\n")
    with pytest.raises(RerankerUnusable):
        find_reranker(models)


# --- the command ---------------------------------------------------------------------------------


def test_the_command_imports_shows_and_removes(
    publish: Publish,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("STRONGROOM_MODELS", str(models))

    def said(*arguments: str) -> str:
        assert main(["reranker", *arguments]) == 0
        return capsys.readouterr().out.strip()

    assert said() == "Reranker: none"
    assert said("--import", str(publish()), "--name", "Mine") == "Reranker: Mine"
    assert json.loads(said("--json")) == {"reranker": "Mine"}
    assert said("--remove") == "Reranker: none"


def test_the_command_says_why_a_folder_is_refused(
    publish: Publish,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("STRONGROOM_MODELS", str(models))
    source = publish(graph=DATA / "overlap-classifier.onnx")
    assert main(["reranker", "--import", str(source)]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "it is a classifier" in said
    assert "Search works without one." in said
