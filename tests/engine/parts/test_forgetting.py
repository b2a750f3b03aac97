"""What the answer model has read goes with the documents that it is from."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.engine.fakes import Scripted, WordLengths, made_plan

from strongroom_engine.errors import AnswerWorkerDied
from strongroom_engine.library import Library
from strongroom_engine.models import hardware
from strongroom_engine.models.generator import Generator, WorkerGenerator
from strongroom_engine.models.noting import Noting
from strongroom_engine.parts import forgetting
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Hardware, Message, ModelPlan, Prompt

GB = 10**9
STABLE = (Message("system", "Answer from the sources alone."),)
NAMES = ("rent.txt", "pets.txt", "dogs.txt")


class Remembering(Scripted):
    """Keeps of which documents it would have something."""

    def __init__(self) -> None:
        super().__init__(plan=made_plan())
        self.told: list[set[str]] = []
        self.dies = False

    def forget(self, documents: Sequence[str]) -> None:
        self.told.append({Path(path).name for path in documents})
        if self.dies:
            raise AnswerWorkerDied(why="it ended")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Contracts"
    made.mkdir()
    for name in NAMES:
        (made / name).write_text(f"This is about {name}.", encoding="utf-8")
    return made


@pytest.fixture
def model() -> Remembering:
    return Remembering()


@pytest.fixture
def library(
    tmp_path: Path,
    key: LibraryKey,
    folder: Path,
    model: Remembering,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Library]:
    monkeypatch.setattr(forgetting, "EVERY_S", 0.1)
    computer = Hardware("A processor", 2, 24 * GB, 20 * GB, ())
    monkeypatch.setattr(hardware, "probe_hardware", lambda: computer)
    with Library(
        tmp_path / "library", key, embedder=WordLengths(), make_generator=lambda _plan: model
    ) as opened:
        opened.add(str(folder))
        yield opened


def read(generator: Generator, folder: Path, *names: str) -> None:
    documents = tuple(str(folder / name) for name in names)
    generator.read(Prompt((Message("user", "Why?"),), 0, 0.0, 8, documents=documents))


def until(true: Callable[[], bool], what: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, what()
        time.sleep(0.02)


def forgotten(model: Remembering, *names: str) -> None:
    """Wait until it was told to forget these, and nothing else."""
    until(lambda: bool(model.told), lambda: "nothing was forgotten")
    assert set().union(*model.told) == set(names)
    model.told.clear()


def change(path: Path) -> None:
    path.write_text("It says something else by now.", encoding="utf-8")


def test_of_what_was_read_only_what_changed_is_forgotten(
    library: Library, folder: Path, model: Remembering
) -> None:
    read(library.answers.parts().generator(), folder, "rent.txt", "pets.txt")
    change(folder / "rent.txt")
    change(folder / "dogs.txt")  # which it was never given
    library.rescan()
    forgotten(model, "rent.txt")
    change(folder / "rent.txt")  # nothing of it is left
    (folder / "cats.txt").write_text("This is new.", encoding="utf-8")
    library.rescan()
    (folder / "pets.txt").unlink()
    library.rescan()
    forgotten(model, "pets.txt")


def moved(library: Library, folder: Path) -> None:
    (folder / "rent.txt").rename(folder / "renamed.txt")
    library.rescan()


def broken(library: Library, folder: Path) -> None:
    (folder / "rent.txt").write_bytes(b"%PDF-1.7 broken")
    library.rescan()


GONE: dict[str, Callable[[Library, Path], None]] = {
    "excluded": lambda library, folder: library.indexing.exclude(str(folder / "rent.txt")),
    "excluded by a line": lambda library, folder: library.indexing.exclude("rent*", str(folder)),
    "its source removed": lambda library, folder: library.remove(str(folder)),
    "moved": moved,
    "not to be read any more": broken,
    "read again": lambda library, folder: library.indexing.retry([str(folder / "rent.txt")]),
}


@pytest.mark.parametrize("way", GONE)
def test_it_is_forgotten_however_it_goes(
    library: Library, folder: Path, model: Remembering, way: str
) -> None:
    read(library.answers.parts().generator(), folder, "rent.txt")
    GONE[way](library, folder)
    forgotten(model, "rent.txt")


def test_it_is_forgotten_when_a_file_of_what_is_left_out_says_so(
    library: Library, folder: Path, model: Remembering
) -> None:
    library.watch()
    read(library.answers.parts().generator(), folder, "rent.txt", "pets.txt")
    (folder / ".strongroomignore").write_text("rent*\n", encoding="utf-8")
    forgotten(model, "rent.txt")


def test_what_went_before_the_model_was_given_it_is_forgotten(
    library: Library, folder: Path, model: Remembering
) -> None:
    generator = library.answers.parts().generator()
    library.remove(str(folder))
    read(generator, folder, "rent.txt")
    forgotten(model, "rent.txt")


def test_less_memory_for_passages_holds_at_once(
    library: Library, folder: Path, model: Remembering
) -> None:
    read(library.answers.parts().generator(), folder, "rent.txt", "pets.txt")
    library.preferences.change({"passage_memory_mb": 2048})
    library.preferences.change({"passage_memory_mb": 0})
    forgotten(model, "rent.txt", "pets.txt")


def test_a_model_that_was_let_go_is_told_nothing(
    library: Library, folder: Path, model: Remembering
) -> None:
    read(library.answers.parts().generator(), folder, "rent.txt")
    library.answers.let_go()
    change(folder / "rent.txt")
    library.rescan()
    read(library.answers.parts().generator(), folder, "pets.txt")
    change(folder / "pets.txt")
    library.rescan()
    forgotten(model, "pets.txt")


def test_a_model_that_died_meanwhile_is_no_trouble(
    library: Library, folder: Path, model: Remembering
) -> None:
    model.dies = True
    read(library.answers.parts().generator(), folder, "rent.txt", "pets.txt")
    for name in ("rent.txt", "pets.txt"):
        change(folder / name)
        library.rescan()
        forgotten(model, name)


def test_very_many_changes_cost_no_more_than_one(
    library: Library, folder: Path, model: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    numbers = library._store.reading.numbers

    def counted(paths: Sequence[str]) -> dict[str, int]:
        looked.append(len(list(paths)))
        return numbers(paths)

    monkeypatch.setattr(library._store.reading, "numbers", counted)
    for _ in range(1_000):  # the model was given nothing
        library._changed()
    assert looked == []
    assert not any(thread.name == "forgetting" for thread in threading.enumerate())
    read(library.answers.parts().generator(), folder, "rent.txt")
    begun = time.monotonic()
    for _ in range(1_000):
        library._forgetting.look_soon()
    assert len(looked) <= 3 + (time.monotonic() - begun) / forgetting.EVERY_S
    assert max(looked) == 1
    assert model.told == []


def test_the_documents_given_last_are_known(
    library: Library, folder: Path, model: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "MOST", 2)
    generator = library.answers.parts().generator()
    read(generator, folder, "rent.txt", "pets.txt")
    read(generator, folder, "rent.txt", "dogs.txt")
    for name in NAMES:
        change(folder / name)
    library.rescan()
    until(lambda: len(set().union(*model.told)) == 2, lambda: model.told)
    forgotten(model, "rent.txt", "dogs.txt")


def test_every_way_to_the_model_is_noted(model: Remembering) -> None:
    given: list[str] = []
    generator = Noting(model, given=given.extend, closed=lambda: given.append("closed"))
    prompt = Prompt((Message("user", "Why?"),), 0, 0.0, 8, documents=("a",))
    model._answers = ["Because."]
    generator.generate(prompt, lambda _text: None, lambda: False)
    generator.weigh(prompt)
    generator.close()
    assert given == ["a", "a", "closed"]


def test_the_prompts_of_answers_name_their_documents(
    library: Library, folder: Path, model: Remembering
) -> None:
    model._answers = ["This is about rent.txt."] * 2
    library.answers.ask("What is about rent?")
    assert str(folder / "rent.txt") in model.prompts[0].documents
    assert len(model.prompts[0].documents) == len(model.prompts[0].passages)
    change(folder / "rent.txt")
    library.rescan()
    forgotten(model, "rent.txt")


class Telling(WorkerGenerator):
    """The real one, of which it is known when it was told to forget."""

    def __init__(self, plan: ModelPlan) -> None:
        super().__init__(plan)
        self.told = threading.Event()

    def forget(self, documents: Sequence[str]) -> None:
        super().forget(documents)
        self.told.set()


def test_a_real_model_has_nothing_left_of_what_changed(
    tmp_path: Path, key: LibraryKey, folder: Path
) -> None:
    texts = {name: f"This is about {name}. " * 12 for name in ("rent.txt", "pets.txt")}

    def reused(generator: Generator, name: str) -> bool:
        """Whether the model need not read the document's passage."""
        asked = f"{texts[name]}\n\nWhat is it about?"
        documents = (str(folder / name),)
        made = Prompt(
            (*STABLE, Message("user", asked)),
            1,
            0.0,
            1,
            passages=(texts[name],),
            documents=documents,
        )
        found = generator.generate(made, lambda _text: None, lambda: False)
        return found.reused_tokens > generator.count_tokens(texts[name])

    model: list[Telling] = []

    def make(plan: ModelPlan) -> Telling:
        model.append(Telling(plan))
        return model[-1]

    settings = Settings(answer_model="smollm2-135m", passage_memory_mb=128)
    with Library(
        tmp_path / "real", key, embedder=WordLengths(), make_generator=make, settings=settings
    ) as library:
        library.add(str(folder))
        generator = library.answers.parts().generator()
        assert generator.plan.block_bytes > 0
        generator.load(STABLE)
        for name in texts:
            assert not reused(generator, name)
            assert reused(generator, name)
        change(folder / "rent.txt")
        library.rescan()
        assert model[0].told.wait(30)
        assert not reused(generator, "rent.txt")
        assert reused(generator, "pets.txt")


def test_nothing_is_looked_at_after_the_end(
    library: Library, folder: Path, model: Remembering
) -> None:
    read(library.answers.parts().generator(), folder, "rent.txt")
    library.close()
    library._forgetting.use_settings(Settings(passage_memory_mb=0))
    assert not any(thread.name == "forgetting" for thread in threading.enumerate())
    assert model.told == []
