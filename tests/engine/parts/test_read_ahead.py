"""Reading ahead through the facade and over the wire, with a real model that is small."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.indexing.manners import Manners
from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey

QUESTION = "How high is the yearly rent of the house?"
LEASES = {
    "harbour": "The yearly rent of the house is 42,500 pounds, payable in four instalments.",
    "mill": "The yearly rent of the mill is 310 euros. The miller keeps its wheel in repair.",
    "barn": "The barn is let for a yearly rent of two sacks of corn, to be brought in autumn.",
}
TINY = "smollm2-135m"
WAIT_S = 60.0


@pytest.fixture
def leases(tmp_path: Path) -> Path:
    folder = tmp_path / "leases"
    folder.mkdir()
    for name, text in LEASES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


OpenLibrary = Callable[..., Library]


@pytest.fixture
def open_library(
    tmp_path: Path, key: LibraryKey, embedder: OnnxEmbedder, leases: Path
) -> Iterator[OpenLibrary]:
    opened: list[Library] = []

    def open_(settings: Settings, **others: object) -> Library:
        made = Library(
            tmp_path / "library",
            key,
            settings=settings,
            embedder=embedder,
            **others,  # type: ignore[arg-type]  # those that a test replaces
        )
        opened.append(made)
        made.add(str(leases))
        return made

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    return open_library(Settings(passages=3, answer_model=TINY))


def test_what_was_read_while_typing_need_not_be_read_again(library: Library) -> None:
    told: list[tuple[int, int]] = []
    stages: list[tuple[str, int]] = []
    library.search(QUESTION, 30, typing=True)
    library.answers.read_ahead(QUESTION, on_read=lambda *how: told.append(how))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    library.answers.ask(QUESTION, on_stage=lambda *how: stages.append(how))
    assert ("read", 3) in stages

    library.answers.ask("Who keeps the wheel in repair?", on_stage=lambda *how: stages.append(how))
    assert stages.count(("read", 3)) == 2  # the same passages


def test_every_text_asks_for_the_passages_it_would_be_answered_from(library: Library) -> None:
    """The search that was made while typing serves for its own text and scope alone."""
    found = library._search.found_while_typing
    result = library.search("the yearly rent", 30, typing=True)
    assert found("the yearly rent", 8, (), everywhere=False) is result
    assert found("the yearly rents", 8, (), everywhere=False) is None
    assert found("the yearly rent", 8, ("leases",), everywhere=False) is None
    assert found("the yearly rent", 8, (), everywhere=True) is None
    assert found("the yearly rent", 31, (), everywhere=False) is None
    library.search("a mill", 30)
    assert found("a mill", 8, (), everywhere=False) is None


def test_it_goes_over_the_wire(library: Library) -> None:
    events = served(library, wire.ReadAhead(id=4, question=QUESTION))
    read = [wire.PassagesRead(id=4, passages=count, of=3) for count in range(4)]
    assert events == [*read, wire.Done(id=4)]
    assert served(library, wire.ReadAhead(id=5, question="rent")) == [wire.Done(id=5)]
    assert served(library, wire.ReadAhead(id=6, question="in:Nowhere the rent")) == [
        wire.Done(id=6)
    ]


def test_nothing_is_read_while_the_battery_is_spared(open_library: OpenLibrary) -> None:
    settings = Settings(passages=3, answer_model=TINY, index_on_battery=False)
    power = [False]
    manners = Manners(settings, battery=lambda: power[0])
    library = open_library(settings, manners=manners)
    told: list[tuple[int, int]] = []
    power[0] = True
    library.answers.read_ahead(QUESTION, on_read=lambda *how: told.append(how))
    assert told == []
    power[0] = False
    library.answers.read_ahead(QUESTION, on_read=lambda *how: told.append(how))
    assert told[-1] == (3, 3)


def test_closing_the_library_ends_it(library: Library) -> None:
    began = threading.Event()
    reading = threading.Thread(
        target=library.answers.read_ahead,
        args=(QUESTION,),
        kwargs={"on_read": lambda *_how: began.set()},
    )
    reading.start()
    assert began.wait(WAIT_S)
    library.close()
    reading.join(WAIT_S)
    assert not reading.is_alive()


def test_no_model_means_nothing_is_read_and_nothing_said(
    tmp_path: Path,
    key: LibraryKey,
    embedder: OnnxEmbedder,
    leases: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STRONGROOM_MODELS", str(tmp_path / "none"))
    with Library(tmp_path / "library", key, embedder=embedder) as library:
        library.add(str(leases))
        assert served(library, wire.ReadAhead(id=5, question=QUESTION)) == [wire.Done(id=5)]


def test_nobody_waits_for_it(library: Library) -> None:
    """Whoever wants the model's memory finds nothing at work: nobody has asked anything."""
    library.answers.warm()
    began, ended = threading.Event(), threading.Event()

    def read() -> None:
        library.answers.read_ahead(QUESTION, on_read=lambda *_how: began.set())
        ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    assert began.wait(WAIT_S)
    states = {library.answers.loaded[1]}
    while not ended.is_set():
        states.add(library.answers.loaded[1])
    assert states == {"idle"}
    thread.join()


def test_another_text_is_read_for_at_once(library: Library) -> None:
    """Of the texts that come one after the other each ends the one before it, and the last is read
    for to its end."""
    texts = [QUESTION[:length] for length in range(20, len(QUESTION) + 1)]
    told: dict[str, list[tuple[int, int]]] = {text: [] for text in texts}
    threads = []
    for text in texts:
        library.search(text, 30, typing=True)
        threads.append(
            threading.Thread(
                target=library.answers.read_ahead,
                args=(text,),
                kwargs={"on_read": lambda *how, text=text: told[text].append(how)},
            )
        )
        threads[-1].start()
    for thread in threads:
        thread.join(WAIT_S)
        assert not thread.is_alive()
    assert told[QUESTION][-1] == (3, 3)


def test_a_question_asked_in_the_midst_is_answered_as_any_other(library: Library) -> None:
    calm = library.answers.ask(QUESTION)
    library.answers.let_go()
    library.answers.warm()
    library.search(QUESTION, 30, typing=True)
    began = threading.Event()
    reading = threading.Thread(
        target=library.answers.read_ahead,
        args=(QUESTION,),
        kwargs={"on_read": lambda *_how: began.set()},
    )
    reading.start()
    assert began.wait(WAIT_S)
    asked = library.answers.ask(QUESTION)
    reading.join(WAIT_S)
    assert not reading.is_alive()
    assert (asked.text, asked.prompt) == (calm.text, calm.prompt)
