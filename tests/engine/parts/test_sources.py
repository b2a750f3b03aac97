"""Managing sources on real files: collections, exclusions, pausing, reading again."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.errors import (
    Cancelled,
    CollectionUnnamed,
    IndexingPaused,
    NotASource,
    NothingExcluded,
    SourceMissing,
    SourceNotExcludable,
    UnknownCollection,
)
from strongroom_engine.indexing import manners
from strongroom_engine.indexing.manners import Stand
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Exclusion, Progress, State

PAUSED = Stand(True, "user")


class Told:
    """What a library told of its indexing."""

    def __init__(self) -> None:
        self.progress: list[Progress | None] = []
        self.stands: list[Stand] = []
        self.changes = 0

    def change(self) -> None:
        self.changes += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def embedding() -> WordLengths:
    return WordLengths()


@pytest.fixture
def open_library(
    tmp_path: Path, key: LibraryKey, embedding: WordLengths, told: Told
) -> Callable[[], Library]:
    def opened() -> Library:
        return Library(
            tmp_path / "library",
            key,
            embedder=embedding,
            settings=Settings(settle_s=0.1),
            make_generator=lambda _plan: Scripted("The rent is due on Monday [1]."),
            on_progress=told.progress.append,
            on_change=told.change,
            on_stand=told.stands.append,
        )

    return opened


@pytest.fixture
def library(open_library: Callable[[], Library]) -> Iterator[Library]:
    with open_library() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Contracts"
    (made / "old").mkdir(parents=True)
    (made / "rent.txt").write_text("The rent is due on Monday.", encoding="utf-8")
    (made / "old" / "pets.txt").write_text("No pets may be kept in the flat.", encoding="utf-8")
    (made / "old" / "draft.md").write_text("A draft about pets.", encoding="utf-8")
    earlier = time.time_ns() - 60_000_000_000  # what was written just now is read once more
    for file in made.rglob("*.*"):
        os.utime(file, ns=(earlier, earlier))
    return made


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    made = tmp_path / "Letters"
    made.mkdir()
    (made / "walrus.txt").write_text("The walrus has moved to the rent office.", encoding="utf-8")
    return made


def files(library: Library, question: str, collection: str = "") -> list[str]:
    scope = [collection] if collection else []
    hits = library.search(question, collections=scope, everywhere=True).hits
    return sorted(Path(hit.file).name for hit in hits)


def names(library: Library) -> list[str]:
    return sorted(Path(document.path).name for document in library.documents())


def state(library: Library, name: str) -> State:
    return next(one.state for one in library.documents() if one.path.endswith(name))


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# --- collections ---------------------------------------------------------------------------------


def test_a_collection_gets_another_name(library: Library, folder: Path, told: Told) -> None:
    library.add(str(folder))
    before = told.changes
    served(library, wire.RenameCollection(id=1, name="Contracts", new_name=" The flat "))
    assert [source.collection for source in library.sources()] == ["The flat"]
    assert told.changes > before
    assert "rent.txt" in files(library, "rent", "The flat")
    with pytest.raises(UnknownCollection):
        library.search("rent", collections=["Contracts"])


def test_a_collection_that_is_there_takes_the_sources_in(
    library: Library, folder: Path, letters: Path, embedding: WordLengths
) -> None:
    library.add(str(folder))
    library.add(str(letters))
    embedded = len(embedding.embedded)
    library.indexing.rename_collection("Letters", "Contracts")
    assert {source.collection for source in library.sources()} == {"Contracts"}
    # By meaning too: the vectors are in the other partition, and nothing is embedded again.
    assert "walrus.txt" in files(library, "walrus office", "Contracts")
    dense = library.search("walrus", collections=["Contracts"], method="dense", everywhere=True)
    assert {Path(hit.file).name for hit in dense.hits} == set(names(library))
    assert len(embedding.embedded) == embedded
    with pytest.raises(UnknownCollection):
        library.search("walrus", collections=["Letters"])


def test_a_source_is_moved_and_an_empty_collection_disappears(
    library: Library, folder: Path, letters: Path
) -> None:
    library.add(str(folder))
    library.add(str(letters))
    served(library, wire.MoveSource(id=1, path=str(letters), collection="Office"))
    assert [source.collection for source in library.sources()] == ["Contracts", "Office"]
    dense = library.search("walrus", collections=["Office"], method="dense", everywhere=True)
    assert [Path(hit.file).name for hit in dense.hits] == ["walrus.txt"]
    library.indexing.move(str(letters), "Contracts")
    with pytest.raises(UnknownCollection, match="Collections there are: Contracts"):
        library.search("walrus", collections=["Office"])


def test_what_cannot_be_renamed_or_moved_is_said(library: Library, folder: Path) -> None:
    library.add(str(folder))
    with pytest.raises(UnknownCollection, match="Contracts"):
        library.indexing.rename_collection("Nothing", "Something")
    with pytest.raises(CollectionUnnamed):
        library.indexing.rename_collection("Contracts", "  ")
    with pytest.raises(NotASource):
        library.indexing.move(str(folder / "old"), "Old")
    with pytest.raises(CollectionUnnamed):
        library.indexing.move(str(folder), "")
    assert [source.collection for source in library.sources()] == ["Contracts"]


# --- leaving out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("*.md", ["pets.txt", "rent.txt"]),
        ("OLD", ["rent.txt"]),
        ("old/*.TXT", ["draft.md", "rent.txt"]),
        ("{folder}/old", ["rent.txt"]),
        ("{folder}/old/pets.txt", ["draft.md", "rent.txt"]),
    ],
)
def test_what_is_excluded_goes_and_stays_away_until_it_is_included(
    library: Library, folder: Path, pattern: str, left: list[str]
) -> None:
    library.add(str(folder))
    everything = names(library)
    pattern = pattern.format(folder=folder)
    served(library, wire.Exclude(id=1, pattern=pattern))
    assert names(library) == left
    (told,) = served(library, wire.ListExclusions(id=2))
    assert isinstance(told, wire.Exclusions)
    assert told.exclusions == (Exclusion("", pattern),)

    for path in folder.rglob("*.*"):
        path.touch()
    library.rescan()
    assert names(library) == left
    assert files(library, "pets") == left

    served(library, wire.Include(id=3, pattern=pattern))
    assert names(library) == everything
    assert library.indexing.exclusions() == ()
    assert all(document.state == State.INDEXED for document in library.documents())


def test_an_exclusion_of_one_source_leaves_the_others_alone(
    library: Library, folder: Path, letters: Path
) -> None:
    library.add(str(folder))
    library.add(str(letters))
    library.indexing.exclude("*.txt", str(folder))
    assert names(library) == ["draft.md", "walrus.txt"]
    library.remove(str(folder))
    assert library.indexing.exclusions() == (), "it goes with its source"
    library.add(str(folder))
    assert len(names(library)) == 4


def test_an_exclusion_holds_before_anything_is_added(library: Library, folder: Path) -> None:
    library.indexing.exclude("*.md")
    library.add(str(folder))
    assert names(library) == ["pets.txt", "rent.txt"]


def test_what_is_excluded_is_not_taken_up_when_it_changes(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.watch()
    library.indexing.exclude("old")
    (folder / "old" / "pets.txt").write_text("Cats are pets.", encoding="utf-8")
    (folder / "new.txt").write_text("Dogs are not.", encoding="utf-8")
    until(lambda: "new.txt" in names(library))
    assert names(library) == ["new.txt", "rent.txt"]


def test_what_is_closed_is_watched_no_more(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.indexing.close()
    library.indexing.watch()  # by a thread that is late
    assert not [one.name for one in threading.enumerate() if one.name == "watch"]


def test_what_cannot_be_excluded_is_said(library: Library, folder: Path) -> None:
    library.add(str(folder))
    for nothing in ("", "  ", "*", "/", "*.*"):
        with pytest.raises(NothingExcluded):
            library.indexing.exclude(nothing)
    with pytest.raises(SourceNotExcludable, match="Remove it"):
        library.indexing.exclude(str(folder))
    with pytest.raises(NotASource):
        library.indexing.exclude(str(folder.parent / "elsewhere"))
    with pytest.raises(NotASource):
        library.indexing.exclude("*.md", "/nowhere")
    assert len(names(library)) == 3


def test_a_folder_of_hundreds_is_excluded_at_once(library: Library, folder: Path) -> None:
    for number in range(250):
        (folder / "old" / f"{number}.txt").write_text("", encoding="utf-8")
    library.add(str(folder))
    library.indexing.exclude(str(folder / "old"))
    assert names(library) == ["rent.txt"]


def test_what_is_left_out_of_a_source_may_be_one_of_its_own(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.indexing.exclude(str(folder / "old"))
    library.add(str(folder / "old"), "Old")
    assert len(names(library)) == 3
    assert "pets.txt" in files(library, "pets", "Old")
    library.rescan()
    assert len(names(library)) == 3
    library.remove(str(folder / "old"))
    assert names(library) == ["rent.txt"]


def test_what_is_excluded_while_it_waits_is_not_read(
    library: Library, tmp_path: Path, embedding: WordLengths, told: Told
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(100):
        (folder / f"{number}.txt").write_text(f"Document number {number}.", encoding="utf-8")
    (folder / "last.md").write_text("This one stays.", encoding="utf-8")
    with ThreadPoolExecutor(1) as threads:
        adding = threads.submit(library.add, str(folder))
        until(lambda: any(one and one.finished for one in told.progress))
        library.indexing.exclude("*.txt")
        adding.result(timeout=60)
    assert names(library) == ["last.md"]
    assert state(library, "last.md") == State.INDEXED
    assert len(embedding.embedded) < 100
    assert told.progress[-1] is None


# --- pausing -------------------------------------------------------------------------------------


def test_while_paused_what_is_added_waits_and_all_else_goes_on(
    library: Library, folder: Path, letters: Path, embedding: WordLengths, told: Told
) -> None:
    library.add(str(letters))
    embedded = len(embedding.embedded)
    served(library, wire.PauseIndexing(id=1))
    assert served(library, wire.GetIndexing(id=2)) == [wire.Indexing(id=2, paused=True, why="user")]
    source = library.add(str(folder))
    assert source.counts[State.PENDING] == 3
    assert len(embedding.embedded) == embedded
    resting = told.progress[-1]
    assert resting is not None
    assert (resting.paused, resting.total - resting.done) == ("user", 3)
    assert resting.by_source == {str(folder): (0, 3)}
    # Searching and asking go on, and what goes away is gone.
    assert files(library, "walrus") == ["walrus.txt"]
    assert library.answers.parts().searcher.search("rent").hits
    (letters / "walrus.txt").unlink()
    library.rescan()
    assert files(library, "walrus") == []

    served(library, wire.PauseIndexing(id=3, paused=False))
    library.rescan()
    assert library.status().documents[State.INDEXED] == 3
    assert told.progress[-1] is None
    assert told.stands == [PAUSED, Stand()]


def test_a_pause_is_remembered_and_resuming_takes_up_by_itself_what_waits(
    open_library: Callable[[], Library], folder: Path
) -> None:
    with open_library() as library:
        library.indexing.pause()
    with open_library() as library:
        assert library.indexing.stand == PAUSED
        library.add(str(folder))
        library.watch()
        (folder / "new.txt").write_text("News of the flat.", encoding="utf-8")
        until(lambda: "new.txt" in names(library))
        assert {document.state for document in library.documents()} == {State.PENDING}
        library.indexing.pause(False)
        until(lambda: library.status().documents[State.INDEXED] == 4)
    with open_library() as library:
        assert library.indexing.stand == Stand()


def test_what_is_in_hand_is_finished_and_the_rest_waits(
    library: Library, tmp_path: Path, embedding: WordLengths, told: Told
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Document number {number}.", encoding="utf-8")
    with ThreadPoolExecutor(1) as threads:
        adding = threads.submit(library.add, str(folder))
        until(lambda: any(one and one.finished for one in told.progress))
        library.indexing.pause()
        source = adding.result(timeout=20)
    read = len(embedding.embedded)
    waiting = source.counts[State.PENDING]
    assert 0 < waiting < 60
    until(lambda: told.progress[-1] is not None and told.progress[-1].paused == "user")
    time.sleep(0.5)
    resting = told.progress[-1]
    assert resting is not None
    assert resting.total == 60
    assert (resting.rate, resting.left_s) == (0.0, None)
    assert len(embedding.embedded) <= read + 8, "what was in hand"

    library.indexing.pause(False)
    library.rescan()
    assert library.status().documents[State.INDEXED] == 60
    assert sorted(embedding.embedded) == sorted(set(embedding.embedded)), "none is read twice"


def test_no_figures_are_measured_of_what_is_not_indexed(library: Library, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("The rent is due.", encoding="utf-8")
    questions = tmp_path / "set.jsonl"
    questions.write_text(
        '{"id": "1", "question": "rent?", "relevant": [{"file": "a.txt"}]}\n', encoding="utf-8"
    )
    library.indexing.pause()
    with pytest.raises(IndexingPaused):
        library.evaluate([questions])


def test_an_answer_lets_no_more_be_read_or_embedded_meanwhile(
    library: Library, folder: Path, embedding: WordLengths
) -> None:
    with ThreadPoolExecutor(1) as threads, library.indexing.manners.answering():
        adding = threads.submit(library.add, str(folder))
        until(lambda: len(names(library)) == 3)
        time.sleep(0.5)
        assert {document.state for document in library.documents()} == {State.PENDING}
        assert library.indexing.stand == Stand(), "it is no pause"
        assert not adding.done()
    assert adding.result(timeout=20).counts[State.INDEXED] == 3


def test_it_ends_at_once_while_a_question_is_answered(
    open_library: Callable[[], Library], folder: Path
) -> None:
    library = open_library()
    with ThreadPoolExecutor(1) as threads, library.indexing.manners.answering():
        adding = threads.submit(library.add, str(folder))
        until(lambda: len(names(library)) == 3)
        library.close()  # nothing is answered until the block ends: it does not wait for that
        with pytest.raises(Cancelled):
            adding.result(timeout=60)


def test_on_battery_it_rests_where_that_is_set_and_goes_on_by_itself(
    tmp_path: Path, key: LibraryKey, folder: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "LOOK_EVERY_S", 0.05)
    monkeypatch.setenv("STRONGROOM_HOME", str(tmp_path / "home"))
    plugged = threading.Event()
    with Library(
        tmp_path / "library",
        key,
        embedder=WordLengths(),
        settings=Settings(settle_s=0.1),
        manners=manners.Manners(Settings(), battery=lambda: not plugged.is_set()),
        on_progress=told.progress.append,
        on_stand=told.stands.append,
    ) as library:
        library.watch()
        assert library.indexing.stand == Stand()
        library.preferences.change({"index_on_battery": False})
        assert told.stands == [Stand(True, "battery")]
        assert library.add(str(folder)).counts[State.PENDING] == 3
        resting = told.progress[-1]
        assert resting is not None
        assert resting.paused == "battery"
        plugged.set()
        until(lambda: library.status().documents[State.INDEXED] == 3)
        assert told.stands[1:] == [Stand()]


def test_the_user_may_go_on_though_the_battery_holds_it_back(
    tmp_path: Path, key: LibraryKey, folder: Path
) -> None:
    frugal = Settings(index_on_battery=False)
    with Library(
        tmp_path / "library",
        key,
        embedder=WordLengths(),
        manners=manners.Manners(frugal, battery=lambda: True),
    ) as library:
        assert library.add(str(folder)).counts[State.PENDING] == 3
        library.indexing.pause(False)
        library.rescan()
        assert library.status().documents[State.INDEXED] == 3


# --- reading again, and being cancelled ----------------------------------------------------------


def test_documents_are_read_again_though_they_have_not_changed(
    library: Library, folder: Path
) -> None:
    library.add(str(folder))
    rent, pets = str(folder / "rent.txt"), str(folder / "old" / "pets.txt")
    with library._store._write() as db:  # as a parser that failed of something that has passed
        db.execute(
            "UPDATE documents SET state = 'failed', problem = 'parser-died', details = '{}',"
            " content_hash = NULL WHERE path = ?",
            (rent,),
        )
        db.execute(
            "UPDATE texts SET text = 'as an older reader read it' WHERE chunk IN"
            " (SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document"
            "  WHERE d.path = ?)",
            (pets,),
        )
    library.rescan()
    assert state(library, "rent.txt") == State.FAILED
    served(library, wire.RetryDocuments(id=1, paths=(rent, pets)))
    assert state(library, "rent.txt") == state(library, "pets.txt") == State.INDEXED
    assert library._store.document_text(pets) == "No pets may be kept in the flat."
    assert files(library, "rent") == sorted(names(library))
    with pytest.raises(NotASource):
        library.indexing.retry([str(folder.parent / "elsewhere.txt")])
    folder.rename(folder.with_name("away"))
    with pytest.raises(SourceMissing):
        library.indexing.retry([rent])
    assert state(library, "rent.txt") == State.INDEXED


def test_a_document_that_may_be_read_by_now_is(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = folder / "secret.txt"
    secret.write_text("The safe is behind the picture.", encoding="utf-8")
    secret.chmod(0)
    with monkeypatch.context() as forbidden:  # who runs the tests may be allowed everything
        forbidden.setattr(os, "access", lambda path, _mode: path != str(secret))
        library.add(str(folder))
        library.indexing.retry([str(secret)])
        assert state(library, "secret.txt") == State.FAILED
    secret.chmod(0o600)
    library.indexing.retry([str(secret)])
    assert state(library, "secret.txt") == State.INDEXED


def test_a_cancelled_source_stays_with_what_was_read_and_goes_on_later(
    library: Library, tmp_path: Path, told: Told
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Document number {number}.", encoding="utf-8")
    enough = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        adding = threads.submit(library.add, str(folder), "Many", enough.is_set)
        until(lambda: any(one and one.finished for one in told.progress))
        enough.set()
        with pytest.raises(Cancelled):
            adding.result(timeout=20)
    (source,) = library.sources()
    assert (source.path, source.collection) == (str(folder), "Many")
    read = 60 - source.counts[State.PENDING]
    assert 0 < read < 60
    until(lambda: library.status().documents[State.INDEXED] >= read - 2)
    assert files(library, "document")

    library.rescan()
    assert library.status().documents[State.INDEXED] == 60
    assert told.progress[-1] is None


def test_what_waits_for_its_turn_is_a_source_already_and_can_be_cancelled(
    library: Library, folder: Path, letters: Path
) -> None:
    enough = threading.Event()
    with ThreadPoolExecutor(2) as threads, library.indexing.manners.answering():
        first = threads.submit(library.add, str(folder))
        until(lambda: len(names(library)) == 3)
        second = threads.submit(library.add, str(letters), "", enough.is_set)
        until(lambda: len(library.sources()) == 2)
        enough.set()
        with pytest.raises(Cancelled):
            second.result(timeout=2)
    assert first.result(timeout=20).counts[State.INDEXED] == 3
    assert len(library.sources()) == 2


# --- what is told of them ------------------------------------------------------------------------


def test_a_source_tells_its_size_and_when_it_was_seen(library: Library, folder: Path) -> None:
    began = int(time.time() * 1000)
    library.add(str(folder))
    (source,) = library.sources()
    assert source.size == sum(path.stat().st_size for path in folder.rglob("*.*"))
    assert began <= source.seen_ms <= time.time() * 1000
    seen = source.seen_ms
    folder.rename(folder.with_name("away"))
    library.rescan()
    (source,) = library.sources()
    assert (source.present, source.seen_ms) == (False, seen)


def test_progress_counts_each_source(
    library: Library, folder: Path, letters: Path, told: Told
) -> None:
    library.add(str(letters))
    told.progress.clear()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Document number {number}.", encoding="utf-8")
    library.add(str(folder))
    counted = [one for one in told.progress if one is not None]
    assert {path for one in counted for path in one.by_source} <= {str(folder)}
    assert {one.total for one in counted} == {63}
    assert {one.by_source.get(str(folder), (0, 63))[1] for one in counted} == {63}
    assert [one.done for one in counted] == sorted(one.done for one in counted)
    texts = set(map(str, folder.rglob("*.*")))
    read = {one.what for one in counted} | {path for one in counted for path in one.reading}
    assert read - {""}
    assert read - {""} <= texts
    assert all(set(one.finished) <= texts for one in counted)
    assert all(one.started_ms > 0 for one in counted)


def test_indexing_holds_back_for_the_whole_of_an_answer(library: Library, folder: Path) -> None:
    library.add(str(folder))
    slots: list[int] = []
    library.answers.ask(
        "When is the rent due?",
        everywhere=True,
        on_stage=lambda _name, _count: slots.append(library.indexing.manners.slots(4)),
    )
    assert slots
    assert set(slots) == {0}
    assert library.indexing.manners.slots(4) == 4
