"""Another embedding model: built in the background while the old one answers."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strongroom_engine.errors import Bug, Vanished
from strongroom_engine.store import LibraryKey, Scope, Store, connection, indexes, schema
from strongroom_engine.store.soundness import checking

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore, Papers

MODEL = "words-16"
KEY = LibraryKey(bytes(range(32)), "key file")
ROOT = Path(__file__).parents[3]
EVERYTHING = Scope()
NEW, NEW_DIMENSIONS = "words-8", 8
THIRD, THIRD_DIMENSIONS = "words-24", 24


def vector(passage: str, dimensions: int = NEW_DIMENSIONS) -> npt.NDArray[np.float32]:
    """What the new models make of a passage: of no relation to what the old one makes of it."""
    words = " ".join(passage.split())  # white space does not reach a model
    seed = int.from_bytes(hashlib.sha256(words.encode()).digest()[8:16])
    drawn = np.random.default_rng(seed).standard_normal(dimensions)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def embed(store: Store, limit: int, model: str = NEW, dimensions: int = NEW_DIMENSIONS) -> int:
    """Embed up to so many passages that wait; how many these were."""
    waiting = store.waiting(limit)
    if waiting:
        vectors = np.stack([vector(passage, dimensions) for _, passage in waiting])
        store.put_embeddings([row for row, _ in waiting], vectors, model)
    return len(waiting)


def nearest(store: Store, question: npt.NDArray[np.float32], scope: Scope = EVERYTHING) -> str:
    """The text of the chunk that is nearest to the vector, which must be its own."""
    ((row, similarity),) = store.dense(question, 1, scope)
    assert similarity == pytest.approx(1.0, abs=0.02)
    return store.chunks([row])[row].text.strip()


def states(store: Store) -> dict[str, int]:
    return {state: n for state, n in store.status().documents.items() if n}


def _count(db: apsw.Connection, query: str) -> int:
    return int(next(db.execute(query))[0])


def faults(store: Store) -> dict[str, int]:
    """What is left over or missing in either index."""
    with closing(connection.connect(store.folder, KEY.raw, write=False)) as db:
        return checking.faults(db)


@pytest.fixture
def library(store: Store, papers: Papers) -> Store:
    """Two documents with three chunks, embedded with the old model."""
    papers.put(store, "a.pdf", "One.", "Two.")
    papers.put(store, "b.pdf", "Three.")
    papers.embed_all(store)
    return store


@pytest.fixture
def begun(library: Store) -> Store:
    """The same, with one of three chunks embedded with the new model."""
    library.choose_embedding_model(NEW, NEW_DIMENSIONS)
    assert embed(library, 1) == 1
    return library


# --- the way of it -------------------------------------------------------------------------------


def test_the_old_model_answers_until_the_last_passage_is_embedded(
    library: Store, papers: Papers
) -> None:
    library.choose_embedding_model(NEW, NEW_DIMENSIONS)
    assert library.waiting_count() == 3
    for left in (2, 1):
        embed(library, 1)
        assert library.waiting_count() == left
        assert library.embedding_model().model == MODEL
        assert library.next_embedding_model() == indexes.VectorIndex(NEW, 8, "vectors_b")
        assert library.wanted_embedding_model().model == NEW
        assert nearest(library, papers.vector("Paper\nThree.")) == "Three."
        assert states(library) == {"indexed": 2}
        assert library.status().embedded == 3
    embed(library, 1)
    assert library.embedding_model().model == library.wanted_embedding_model().model == NEW
    assert library.next_embedding_model() is None
    assert nearest(library, vector("Paper\nThree.")) == "Three."
    assert states(library) == {"indexed": 2}
    status = library.status()
    assert (status.embedding_model, status.next_embedding_model) == (NEW, "")
    with closing(connection.connect(library.folder, KEY.raw, write=False)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    assert not {name for name in names if name.startswith("vectors") and "vectors_b" not in name}


def test_one_after_the_other(library: Store, papers: Papers) -> None:
    chosen = [(NEW, NEW_DIMENSIONS), (THIRD, THIRD_DIMENSIONS), (NEW, NEW_DIMENSIONS)]
    for model, dimensions in chosen:
        library.choose_embedding_model(model, dimensions)
        while embed(library, 2, model, dimensions):
            pass
        assert library.embedding_model().model == model
        assert nearest(library, vector("Paper\nTwo.", dimensions)) == "Two."
    papers.put(library, "c.pdf", "Four.")
    assert states(library) == {"indexed": 2, "readable": 1}
    assert embed(library, 9) == 1
    assert nearest(library, vector("Paper\nFour.")) == "Four."
    library.remove_document(papers.facts("a.pdf").path)
    assert len(library.dense(vector("x"), 9, EVERYTHING)) == 2


def test_an_empty_library_changes_at_once(store: Store, papers: Papers) -> None:
    store.choose_embedding_model(NEW, NEW_DIMENSIONS)
    assert store.embedding_model().model == NEW
    papers.put(store, "a.pdf", "One.")
    embed(store, 1)
    assert nearest(store, vector("Paper\nOne.")) == "One."


def test_the_model_it_has_changes_nothing(library: Store, papers: Papers) -> None:
    papers.put(library, "c.pdf", "Waits.")
    library.choose_embedding_model(MODEL, 16)
    assert library.next_embedding_model() is None
    assert library.waiting_count() == 1


def test_choosing_it_again_goes_on(begun: Store) -> None:
    begun.choose_embedding_model(NEW, NEW_DIMENSIONS)
    assert begun.waiting_count() == 2


def test_the_old_model_again_drops_what_was_built(begun: Store, papers: Papers) -> None:
    papers.put(begun, "c.pdf", "Four.")
    begun.choose_embedding_model(MODEL, 16)
    assert begun.next_embedding_model() is None
    assert begun.waiting_count() == 1
    assert nearest(begun, papers.vector("Paper\nOne.\n")) == "One."
    assert papers.embed_all(begun) == 1
    assert states(begun) == {"indexed": 3}
    assert faults(begun) == {}


def test_a_third_model_drops_what_was_built(begun: Store, papers: Papers) -> None:
    begun.choose_embedding_model(THIRD, THIRD_DIMENSIONS)
    assert begun.waiting_count() == 3
    assert nearest(begun, papers.vector("Paper\nOne.\n")) == "One."
    assert faults(begun) == {}
    while embed(begun, 2, THIRD, THIRD_DIMENSIONS):
        pass
    assert nearest(begun, vector("Paper\nOne.\n", THIRD_DIMENSIONS)) == "One."


def test_vectors_of_a_model_that_is_not_wanted_are_passed_over(
    begun: Store, papers: Papers
) -> None:
    """They may have as many dimensions, and were computed while another model was chosen."""
    ((row, passage), *_) = begun.waiting(1)
    begun.put_embeddings([row], vector(passage)[np.newaxis], "another with 8")
    begun.put_embeddings([row], papers.embed([passage]), MODEL)
    assert begun.waiting_count() == 2
    with pytest.raises(Bug):
        begun.put_embeddings([row], papers.embed([passage]), NEW)


def test_a_question_of_another_model_finds_nothing(begun: Store, papers: Papers) -> None:
    question = papers.vector("x")
    assert len(begun.dense(question, 9, EVERYTHING, MODEL)) == 3
    assert begun.dense(vector("x"), 9, EVERYTHING, NEW) == []
    embed(begun, 2)
    assert begun.dense(question, 9, EVERYTHING, MODEL) == []
    assert len(begun.dense(vector("x"), 9, EVERYTHING, NEW)) == 3


# --- what changes meanwhile ----------------------------------------------------------------------


def test_a_new_document_is_found_by_words_until_the_change(begun: Store, papers: Papers) -> None:
    papers.put(begun, "c.pdf", "One.", "Four.")
    assert states(begun) == {"indexed": 2, "readable": 1}
    assert begun.count_matches("four", EVERYTHING) == (1, 1)
    # 'One.' has a vector of either model already: copied into both.
    assert begun.waiting_count() == 3
    near = begun.dense(papers.vector("Paper\nOne.\n"), 2, EVERYTHING)
    assert [round(similarity) for _, similarity in near] == [1, 1]
    while embed(begun, 2):
        pass
    assert states(begun) == {"indexed": 3}
    assert nearest(begun, vector("Paper\nFour.")) == "Four."
    near = begun.dense(vector("Paper\nOne.\n"), 2, EVERYTHING)
    assert [round(similarity) for _, similarity in near] == [1, 1]


def test_equal_passages_are_embedded_once_by_the_new_model(store: Store, papers: Papers) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        papers.put(store, name, "The same words.")
    papers.embed_all(store)
    store.choose_embedding_model(NEW, NEW_DIMENSIONS)
    assert embed(store, 9) == 1
    assert store.embedding_model().model == NEW
    assert len(store.dense(vector("x"), 9, EVERYTHING)) == 3


def test_a_changed_document_keeps_what_did_not_change_in_both(begun: Store, papers: Papers) -> None:
    assert papers.put(begun, "a.pdf", "One.", "Two, new.") == 1
    assert nearest(begun, papers.vector("Paper\nOne.\n")) == "One."
    assert states(begun) == {"indexed": 1, "readable": 1}
    assert faults(begun) == {}
    while embed(begun, 2):
        pass
    assert nearest(begun, vector("Paper\nOne.\n")) == "One."
    assert nearest(begun, vector("Paper\nTwo, new.")) == "Two, new."


def test_a_document_that_waits_to_be_read_again_keeps_its_state(
    begun: Store, papers: Papers
) -> None:
    begun.note_pending(papers.source, [papers.facts("b.pdf", mtime_ns=2)])
    embed(begun, 2)
    assert begun.embedding_model().model == NEW
    assert states(begun) == {"indexed": 1, "pending": 1}
    begun.touch(papers.facts("b.pdf", mtime_ns=2))
    assert states(begun) == {"indexed": 2}


def test_a_moved_document_is_in_its_new_collection_in_both(begun: Store, papers: Papers) -> None:
    begun.add_source("/letters", "Letters")
    old = papers.facts("a.pdf").path
    papers.source = "/letters"
    begun.move_document(old, papers.facts("a.pdf"))
    letters = Scope(collections=("Letters",))
    assert nearest(begun, papers.vector("Paper\nOne.\n"), letters) == "One."
    assert begun.waiting_count() == 2
    assert faults(begun) == {}
    embed(begun, 2)
    for text in ("One.\n", "Two."):
        assert nearest(begun, vector(f"Paper\n{text}"), letters) == text.strip()
    assert len(begun.dense(vector("x"), 9, Scope(collections=("Papers",)))) == 1


def test_what_is_removed_meanwhile_is_in_neither(begun: Store, papers: Papers) -> None:
    begun.put_problem(papers.facts("a.pdf"), Vanished())
    assert begun.waiting_count() == 1
    assert len(begun.dense(papers.vector("x"), 9, EVERYTHING)) == 1
    assert faults(begun) == {}
    embed(begun, 2)
    assert len(begun.dense(vector("x"), 9, EVERYTHING)) == 1


@pytest.mark.parametrize("how", ["document", "source"])
def test_when_the_last_that_waits_goes_away_the_new_model_answers(
    begun: Store, papers: Papers, how: str
) -> None:
    if how == "source":
        begun.remove_source(papers.source)
    else:
        embed(begun, 1)
        begun.remove_document(papers.facts("b.pdf").path)
    assert begun.embedding_model().model == NEW
    assert begun.next_embedding_model() is None


names = st.sampled_from(("a.pdf", "b.pdf", "inner/c.pdf"))
texts = st.lists(st.sampled_from(("One.", "Two.", "Three.")), min_size=1, max_size=3).map(tuple)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), names, texts),
        st.tuples(st.just("remove"), names),
        st.tuples(st.just("move"), names, names),
        st.tuples(st.just("choose"), st.sampled_from((0, 1, 2))),
        st.tuples(st.just("embed"), st.integers(1, 2)),
    ),
    max_size=20,
)
MODELS = ((MODEL, 16), (NEW, NEW_DIMENSIONS), (THIRD, THIRD_DIMENSIONS))


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_in_whatever_order(store: Store, papers: Papers, steps: list[tuple[str, ...]]) -> None:
    """Afterwards the chosen model answers, with exactly the vectors of the passages there are."""
    for source in store.sources():
        store.remove_source(source.path)
    store.add_source("/docs", "Papers")
    store.add_source("/docs/inner", "Inner")
    for kind, *arguments in steps:
        _step(store, papers, kind, *arguments)
    wanted = store.wanted_embedding_model()
    while _embed_wanted(store, 9):
        pass
    assert store.embedding_model() == wanted
    assert not {"readable", "pending"} & set(states(store))
    with closing(connection.connect(store.folder, KEY.raw, write=False)) as db:
        rows = db.execute(
            "SELECT coalesce(passage, prefix || text), v.embedding, v.collection, s.collection"
            f" FROM chunks c LEFT JOIN {wanted.table} v ON v.rowid = c.id"
            " JOIN texts ON texts.chunk = c.id JOIN documents d ON d.id = c.document"
            " JOIN sources s ON s.id = d.source"
        ).fetchall()
        assert _count(db, f"SELECT count(*) FROM {wanted.table}") == len(rows)
        assert _count(db, "SELECT count(*) FROM waiting") == 0
    for passage, kept, partition, collection in rows:
        made = np.rint(vector(str(passage), wanted.dimensions) * 127).astype(np.int8)
        assert kept == made.tobytes()
        assert partition == collection


def _embed_wanted(store: Store, limit: int) -> int:
    wanted = store.wanted_embedding_model()
    return embed(store, limit, wanted.model, wanted.dimensions)


def _step(store: Store, papers: Papers, kind: str, *arguments: object) -> None:
    match kind, arguments:
        case "put", (str(name), tuple(paragraphs)):
            papers.put(store, name, *paragraphs)
        case "remove", (str(name),):
            store.remove_document(papers.facts(name).path)
        case "move", (str(old), str(new)):
            store.move_document(papers.facts(old).path, papers.facts(new))
        case "choose", (int(number),):
            store.choose_embedding_model(*MODELS[number])
        case "embed", (int(limit),):
            _embed_wanted(store, limit)


# --- interrupted, read beside, made by an older Strongroom ---------------------------------------


def test_it_goes_on_at_the_next_start(begun: Store, open_store: OpenStore, papers: Papers) -> None:
    begun.close()
    again = open_store()
    assert again.next_embedding_model() is not None
    assert again.waiting_count() == 2
    assert nearest(again, papers.vector("Paper\nTwo.")) == "Two."
    embed(again, 9)
    assert again.embedding_model().model == NEW


def test_an_interrupted_change_leaves_the_old_one_answering(
    begun: Store, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(indexes, "_drop", interrupted)
        with pytest.raises(KeyboardInterrupt):
            embed(begun, 2)
    assert begun.embedding_model().model == MODEL
    assert begun.waiting_count() == 2
    assert nearest(begun, papers.vector("Paper\nTwo.")) == "Two."
    embed(begun, 2)
    assert nearest(begun, vector("Paper\nTwo.")) == "Two."


def python(what: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.engine.store.library_child", what, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_another_process_reads_before_and_after_the_change(begun: Store, papers: Papers) -> None:
    with python("model", begun.folder) as child:
        assert child.stdin
        assert child.stdout

        def answer() -> list[str]:
            child.stdin.write("\n")  # type: ignore[union-attr]  # it is a pipe
            child.stdin.flush()  # type: ignore[union-attr]
            return child.stdout.readline().split()  # type: ignore[union-attr]

        assert answer() == [MODEL, "3"]
        embed(begun, 2)
        assert answer() == [NEW, "3"]
        papers.put(begun, "c.pdf", "Four.")
        begun.choose_embedding_model(MODEL, 16)
        assert answer() == [NEW, "3"]
        papers.embed_all(begun)
        assert answer() == [MODEL, "4"]
        child.stdin.close()


def test_killed_at_any_moment_it_is_one_or_the_other(
    folder: Path, open_store: OpenStore, papers: Papers
) -> None:
    """A child chooses one model after the other and re-embeds, until it is killed."""
    store = open_store()
    store.add_source(papers.source, "Papers")
    for number in range(30):
        papers.put(store, f"{number}.pdf", *(f"Document {number} word {n}." for n in range(8)))
    papers.embed_all(store)
    store.close()
    dice = random.Random(3)
    for _ in range(3):
        with python("re-embed", folder) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(dice.random() / 3)
            child.send_signal(signal.SIGKILL)
            child.communicate()
        with open_store() as opened:
            index = opened.embedding_model()
            question = papers.vector("x") if index.model == MODEL else vector("x")
            assert len(opened.dense(question, 1_000, EVERYTHING)) == 240
            assert states(opened) == {"indexed": 30}
    with closing(connection.connect(folder, KEY.raw, write=True)) as db:
        assert db.pragma("integrity_check") == "ok"


def test_a_library_of_schema_1_keeps_its_vectors(
    folder: Path, open_store: OpenStore, papers: Papers
) -> None:
    _make_schema_1(folder, open_store)
    with open_store(mode="read", model="", dimensions=0) as reader:
        assert reader.embedding_model() == indexes.VectorIndex("words (large) 2", 16, "vectors")
        assert reader.waiting_count() == 1
    store = open_store(model=NEW, dimensions=NEW_DIMENSIONS)
    assert store.embedding_model().dimensions == 16
    assert len(store.dense(papers.vector("x"), 9, EVERYTHING)) == 1
    assert papers.embed_all(store) == 1
    assert states(store) == {"indexed": 1}
    assert nearest(store, papers.vector("Paper: One.")) == "One."
    store.remove_document(papers.facts("a.pdf").path)
    assert store.dense(papers.vector("x"), 9, EVERYTHING) == []


def _make_schema_1(folder: Path, open_store: OpenStore) -> None:
    """A library as the first Strongroom wrote it: a document, one of its two chunks embedded."""
    open_store().close()  # for its header
    for file in folder.glob("library.db*"):
        file.unlink()
    with closing(connection.connect(folder, KEY.raw, write=True)) as db:
        with connection.transaction(db):
            db.execute(schema.MIGRATIONS[0])
            db.pragma("user_version", 1)
        db.execute(WRITTEN_BY_SCHEMA_1)
        db.execute("INSERT INTO vectors VALUES (1, 1, vec_int8(?))", (bytes(range(1, 17)),))


WRITTEN_BY_SCHEMA_1 = r"""
    CREATE VIRTUAL TABLE vectors USING vec0(
        collection INTEGER PARTITION KEY, embedding INT8[16] DISTANCE_METRIC=cosine);
    INSERT INTO meta VALUES ('embedding model', 'words (large) 2 (16)');
    INSERT INTO collections VALUES (1, 'Papers');
    INSERT INTO sources VALUES (1, '/docs', 1);
    INSERT INTO documents (id, source, path, name, extension, size, mtime_ns, identity, state)
        VALUES (1, 1, '/docs/a.pdf', 'a.pdf', 'pdf', 1, 1, '', 'readable');
    INSERT INTO chunks (id, document, ordinal, start, "end", embedded, heading, hash)
        VALUES (1, 1, 0, 0, 5, 1, '', x'01'), (2, 1, 1, 5, 9, 0, '', x'02');
    INSERT INTO texts VALUES (1, 'Paper: ', 'Zero.', NULL), (2, 'Paper: ', 'One.', NULL);
    INSERT INTO words (rowid, text, heading, title, name)
        VALUES (1, 'Zero.', '', '', ''), (2, 'One.', '', '', '');
"""


def test_a_copied_library_is_opened_with_its_own_model(
    begun: Store, open_store: OpenStore, papers: Papers, tmp_path: Path
) -> None:
    begun.close()
    copy = tmp_path / "elsewhere"
    shutil.copytree(begun.folder, copy)
    with Store.open(copy, KEY, mode="write", model=THIRD, dimensions=THIRD_DIMENSIONS) as store:
        assert store.embedding_model().model == MODEL
        assert nearest(store, papers.vector("Paper\nOne.\n")) == "One."
        embed(store, 9)
        assert store.embedding_model().model == NEW
