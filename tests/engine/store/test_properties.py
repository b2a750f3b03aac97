"""Whatever happens in whatever order, nothing is left over and nothing is lost."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strongroom_engine.errors import NeedsPassword, Vanished
from strongroom_engine.store import Store, connection, index_words
from strongroom_engine.store.soundness import checking
from strongroom_engine.types import FileFacts

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

KEY = bytes(range(32))
NAMES = ("a.pdf", "b.pdf", "inner/c.pdf", "inner/d.pdf")
SOURCES = {"/docs": "Papers", "/docs/inner": "Inner"}
TEXTS = ("One.", "Two.", "第三段。", "Four four.")

names = st.sampled_from(NAMES)
texts = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4).map(tuple)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("put"), names, texts),
        st.tuples(st.just("put"), names, texts),
        st.tuples(st.just("pending"), names),
        st.tuples(st.just("problem"), names),
        st.tuples(st.just("touch"), names),
        st.tuples(st.just("remove"), names),
        st.tuples(st.just("move"), names, names),
        st.tuples(st.just("embed"), st.integers(1, 4)),
        st.tuples(st.just("forget"), st.sampled_from(tuple(SOURCES))),
    ),
    max_size=25,
)


class Run:
    """Applies operations to the store, and to a plain dictionary that says what should be."""

    def __init__(self, store: Store, papers: Papers) -> None:
        self.store = store
        self.papers = papers
        self.expected: dict[str, str] = {}
        for source in store.sources():
            store.remove_source(source.path)
        for path, collection in SOURCES.items():
            store.add_source(path, collection)

    def facts(self, name: str) -> FileFacts:
        return self.papers.facts(name)

    def put(self, name: str, paragraphs: tuple[str, ...]) -> None:
        self.papers.put(self.store, name, *paragraphs)
        self.expected[self.facts(name).path] = "\n".join(paragraphs)

    def pending(self, name: str) -> None:
        source = "/docs/inner" if name.startswith("inner") else "/docs"
        self.store.note_pending(source, [self.facts(name)])

    def problem(self, name: str) -> None:
        self.store.put_problem(self.facts(name), Vanished() if "a" in name else NeedsPassword())
        self.expected.pop(self.facts(name).path, None)

    def touch(self, name: str) -> None:
        self.store.touch(self.facts(name))

    def remove(self, name: str) -> None:
        self.store.remove_document(self.facts(name).path)
        self.expected.pop(self.facts(name).path, None)

    def move(self, old: str, new: str) -> None:
        known = {document.path for document in self.store.documents()}
        self.store.move_document(self.facts(old).path, self.facts(new))
        if old == new or self.facts(old).path not in known:
            return
        self.expected.pop(self.facts(new).path, None)
        if self.facts(old).path in self.expected:
            self.expected[self.facts(new).path] = self.expected.pop(self.facts(old).path)

    def embed(self, limit: int) -> None:
        waiting = self.store.waiting(limit)
        if waiting:
            vectors = self.papers.embed([passage for _, passage in waiting])
            self.store.put_embeddings([row for row, _ in waiting], vectors)

    def forget(self, source: str) -> None:
        gone = {document.path for document in self.store.documents(source)}
        self.store.remove_source(source)
        self.store.add_source(source, SOURCES[source])
        self.expected = {k: v for k, v in self.expected.items() if k not in gone}


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=operations)
def test_nothing_is_left_over(store: Store, papers: Papers, steps: list[tuple[str, ...]]) -> None:
    run = Run(store, papers)
    for kind, *arguments in steps:
        getattr(run, kind)(*arguments)
    with closing(connection.connect(store.folder, KEY, write=False)) as db:
        assert checking.faults(db) == {}
    found = {document.path: store.document_text(document.path) for document in store.documents()}
    assert {path: text for path, text in found.items() if text} == run.expected
    status = store.status()
    assert sum(status.documents.values()) == len(found)
    assert status.chunks - status.embedded == store.waiting_count()
    assert sum(sum(s.counts.values()) for s in store.sources()) == len(found)


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    words = index_words(text)
    assert words == index_words(text)
    if text.isascii() and "\n" not in text:
        assert words == text
