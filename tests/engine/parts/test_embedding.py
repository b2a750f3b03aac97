"""A library's embedding model: which answers, how another takes its place, and what if it is away.

The real models: all-MiniLM-L6-v2, which is always there, and multilingual-e5-small where the
set-up has made it. `WordLengths` stands for a model that this computer does not have.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.engine.fakes import Scripted, WordLengths, made_plan

from strongroom_engine.errors import (
    EmbeddingModelMissing,
    LibraryModelMissing,
    StrongroomError,
)
from strongroom_engine.indexing.embedding import EMBED_SLICE
from strongroom_engine.library import Library
from strongroom_engine.models import embedders
from strongroom_engine.models.embedding_models import embedding_model, embedding_models
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Progress, State

SMALL = "all-MiniLM-L6-v2"
MULTILINGUAL = "multilingual-e5-small"
Open = Callable[..., Library]


class Gated(WordLengths):
    """Embeds so many slices of passages, and then no more until it is let."""

    def __init__(self, slices: int) -> None:
        super().__init__()
        self._left = slices
        self.reached = threading.Event()
        self.open = threading.Event()

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if self._left == 0:
            self.reached.set()
            assert self.open.wait(60)
        self._left -= 1
        return super().embed(texts)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Some letters about different things, more than are embedded in one go."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(36):
        text = f"Letter {number} says nothing that matters to anyone."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "dog.txt").write_text("My puppy barks all night long.", encoding="utf-8")
    return folder


@pytest.fixture
def open_library(tmp_path: Path, key: LibraryKey) -> Open:
    def opened(**options: object) -> Library:
        return Library(tmp_path / "library", key, **options)  # type: ignore[arg-type]  # handed through

    return opened


@pytest.fixture
def foreign(open_library: Open, letters: Path) -> None:
    """The letters in a library whose embedding model this computer does not have."""
    with open_library(embedder=WordLengths()) as library:
        library.add(str(letters))


def best(library: Library, question: str) -> str:
    """The file that is nearest by meaning; '' where meaning cannot be searched."""
    hits = library.search(question, 1, method="dense").hits
    return Path(hits[0].file).name if hits else ""


def by_words(library: Library, question: str) -> list[str]:
    return [Path(hit.file).name for hit in library.search(question, 1).hits]


def indexed(library: Library) -> int:
    return library.status().documents[State.INDEXED]


# --- another takes its place ---------------------------------------------------------------------


def test_a_new_library_has_the_default_model(open_library: Open) -> None:
    with open_library() as library:
        assert library.embedding_model == embedding_models()[0].name
        assert library.doctor().embedding_model == library.embedding_model


def test_the_library_is_re_embedded_in_the_background(
    open_library: Open, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strongroom_engine.indexing.progress.PROGRESS_EVERY_S", 0)
    monkeypatch.setattr("strongroom_engine.indexing.putting.COMMIT_EVERY_S", 0)
    told: list[Progress | None] = []
    with open_library(embedder=WordLengths(), on_progress=told.append) as library:
        library.add(str(letters))
        assert best(library, "canine noise at bedtime") != "dog.txt"
        told.clear()
        library.choose_embedding_model(SMALL)
        library.wait_re_embedded()
        assert library.embedding_model == SMALL
        assert best(library, "canine noise at bedtime") == "dog.txt"
        status = library.embedding()
        assert (status.model, status.here, status.next_model) == (SMALL, True, "")
        assert status.done == status.total == 37
        assert indexed(library) == 37
    said = [one for one in told if one is not None and one.model]
    assert {(one.model, one.what) for one in said} == {(SMALL, f"re-embedding with {SMALL}")}
    assert all(0 < one.done <= one.total == 37 for one in said)
    assert told[-1] is None
    with open_library() as library:  # not the one it was made with
        assert best(library, "canine noise at bedtime") == "dog.txt"


def test_the_old_model_answers_meanwhile_and_the_change_outlives_an_interruption(
    open_library: Open, letters: Path
) -> None:
    with open_library() as library:
        library.choose_embedding_model(SMALL)
        library.add(str(letters))
    slow = Gated(slices=1)
    library = open_library(embedder=slow)
    library.choose_embedding_model(slow.model)
    assert slow.reached.wait(30)
    _within(20, lambda: library.embedding().done > 0)  # put into the store beside the next slice
    status = library.embedding()
    assert (status.model, status.next_model, status.done, status.total) == (
        SMALL, slow.model, EMBED_SLICE, 37
    )  # fmt: skip
    assert best(library, "canine noise at bedtime") == "dog.txt"
    assert indexed(library) == 37

    # The desk stays open: what is added and removed meanwhile does not wait for the new model.
    (letters / "cat.txt").write_text("A cat purrs.", encoding="utf-8")
    (letters / "0.txt").unlink()
    library.rescan()
    assert by_words(library, "purrs") == ["cat.txt"]
    counts = library.status().documents
    assert (counts[State.INDEXED], counts[State.READABLE]) == (36, 1)
    closing = threading.Thread(target=library.close)
    closing.start()
    slow.open.set()
    closing.join(30)

    with open_library(embedder=WordLengths()) as library:
        assert library.embedding().next_model == slow.model
        library.rescan()
        library.wait_re_embedded()
        assert library.embedding_model == slow.model
        assert indexed(library) == 37
        assert best(library, "A cat purrs.") != ""


def test_another_choice_on_the_way_is_the_one_that_counts(
    open_library: Open, letters: Path
) -> None:
    slow = Gated(slices=1)
    with open_library() as made:
        made.choose_embedding_model(SMALL)
        made.add(str(letters))
    with open_library(embedder=slow) as library:
        library.choose_embedding_model(slow.model)
        assert slow.reached.wait(30)
        library.choose_embedding_model(SMALL)
        slow.open.set()
        library.wait_re_embedded()
        assert (library.embedding_model, library.embedding().next_model) == (SMALL, "")
        assert best(library, "canine noise at bedtime") == "dog.txt"


def test_a_reader_in_another_process_follows(open_library: Open, letters: Path) -> None:
    with open_library(embedder=WordLengths()) as library:
        library.add(str(letters))
        with open_library(mode="read") as reader:
            assert best(reader, "canine noise at bedtime") == ""
            library.choose_embedding_model(SMALL)
            library.wait_re_embedded()
            assert reader.embedding_model == SMALL
            assert best(reader, "canine noise at bedtime") == "dog.txt"


def test_what_is_not_known_changes_nothing(open_library: Open, letters: Path) -> None:
    with open_library(embedder=WordLengths()) as library:
        library.add(str(letters))
        with pytest.raises(EmbeddingModelMissing):
            library.choose_embedding_model("no-such-model")
        assert library.embedding().next_model == ""
        assert indexed(library) == 37


# --- its model is not on this computer -----------------------------------------------------------


@pytest.mark.usefixtures("foreign")
def test_without_its_model_a_library_is_searched_by_words_and_says_so_once(
    open_library: Open, letters: Path
) -> None:
    told: list[StrongroomError] = []
    with open_library(mode="read", on_trouble=told.append) as library:
        for _ in range(2):
            assert by_words(library, "puppy") == ["dog.txt"]
        (error,) = told
        assert isinstance(error, LibraryModelMissing)
        assert "embedding model word-lengths is not on this computer" in str(error)
        assert SMALL in str(error)
        status = library.embedding()
        assert (status.model, status.here) == ("word-lengths", False)
        assert SMALL in {one.name for one in status.choices}


@pytest.mark.usefixtures("foreign")
def test_without_its_model_nothing_is_re_embedded_silently(
    open_library: Open, letters: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[StrongroomError] = []
    with open_library(on_trouble=told.append) as library:
        (letters / "cat.txt").write_text("A cat purrs.", encoding="utf-8")
        library.rescan()
        _within(20, lambda: "embedding stopped" in caplog.text)
        library.rescan()
        assert by_words(library, "purrs") == ["cat.txt"]
        counts = library.status().documents
        assert (counts[State.INDEXED], counts[State.READABLE]) == (37, 1)
        assert [type(error) for error in told] == [LibraryModelMissing]
        assert library.embedding_model == "word-lengths"

        library.choose_embedding_model(SMALL)
        library.wait_re_embedded()
        assert indexed(library) == 38
        assert best(library, "canine noise at bedtime") == "dog.txt"
    caplog.clear()


def _within(seconds: float, check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_without_the_next_model_the_old_one_goes_on_answering(
    open_library: Open, letters: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The library was copied here while it was re-embedded elsewhere."""
    with open_library() as made:
        made.choose_embedding_model(SMALL)
        made.add(str(letters))
    slow = Gated(slices=0)
    away = open_library(embedder=slow)
    away.choose_embedding_model(slow.model)
    assert slow.reached.wait(30)
    closing = threading.Thread(target=away.close)
    closing.start()
    time.sleep(0.1)
    slow.open.set()
    closing.join(30)

    told: list[StrongroomError] = []
    with open_library(on_trouble=told.append) as library:
        library.rescan()
        _within(20, lambda: "embedding stopped" in caplog.text)
        assert best(library, "canine noise at bedtime") == "dog.txt"
        status = library.embedding()
        assert (status.model, status.here) == (SMALL, True)
        assert (status.next_model, status.next_here, status.done) == (
            slow.model,
            False,
            EMBED_SLICE,
        )
        assert [type(error) for error in told] == [LibraryModelMissing]
        library.choose_embedding_model(SMALL)
        library.wait_re_embedded()
        assert library.embedding().next_model == ""
    caplog.clear()


@pytest.mark.usefixtures("foreign")
def test_without_its_model_questions_are_answered(open_library: Open) -> None:
    plan = made_plan()
    answer = Scripted("The puppy barks all night long.", plan=plan)
    library = open_library(make_generator=lambda _plan: answer)
    with library:
        library.answers.plan = lambda _model="": plan  # type: ignore[method-assign,assignment]  # no real model is wanted
        said = library.answers.ask("What does the puppy do all night?")
        assert "barks" in said.text
        assert said.citations


def test_without_any_model_none_is_made_and_one_that_is_there_opens(
    open_library: Open, letters: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nothing_here(_name: str = "") -> None:
        raise EmbeddingModelMissing(folder=tmp_path, why="it is not there")

    with monkeypatch.context() as bare:
        bare.setattr(embedders, "embedding_models", lambda: ())
        bare.setattr(embedders, "embedding_model", nothing_here)
        with pytest.raises(EmbeddingModelMissing):
            open_library()
        assert not (tmp_path / "library").exists()
    with open_library(embedder=WordLengths()) as library:
        library.add(str(letters))
    with monkeypatch.context() as bare:
        bare.setattr(embedders, "embedding_models", lambda: ())
        bare.setattr(embedders, "embedding_model", nothing_here)
        for mode in ("read", "write"):
            with open_library(mode=mode) as library:
                assert by_words(library, "puppy") == ["dog.txt"]


# --- the real ones -------------------------------------------------------------------------------


def test_another_language_is_found_after_the_change(open_library: Open, letters: Path) -> None:
    try:
        embedding_model(MULTILINGUAL)
    except EmbeddingModelMissing:
        pytest.skip("this checkout was set up without the multilingual model")
    with open_library() as library:
        library.choose_embedding_model(SMALL)
        library.add(str(letters))
        library.choose_embedding_model(MULTILINGUAL)
        library.wait_re_embedded()
        assert library.embedding_model == MULTILINGUAL
        for question in ("Warum bellt der Hund die ganze Nacht?", "小狗为什么整夜叫？"):
            assert best(library, question) == "dog.txt"
        library.choose_embedding_model(SMALL)
        library.wait_re_embedded()
        assert best(library, "canine noise at bedtime") == "dog.txt"
