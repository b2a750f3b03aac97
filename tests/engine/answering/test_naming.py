"""Which questions name documents, over a made library; never one that does not."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.answering.grammar import Grammar, grammars, nouns
from strongroom_engine.answering.naming import named_documents, rows_of
from strongroom_engine.answering.plain_filters import plain_filters
from strongroom_engine.answering.query import tokens
from strongroom_engine.answering.understanding import Reading, read_question
from strongroom_engine.errors import QuestionError
from strongroom_engine.store import LibraryKey, Scope, Store
from strongroom_engine.types import Chunk, Document, FileFacts, Page

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("naming.toml").read_text("utf-8"))
PATIENCE = 4_000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("named") / "library"
    key = LibraryKey(secrets.token_bytes(32), "key file")
    with Store.open(folder, key, mode="write", model="none", dimensions=16) as store:
        for collection in dict.fromkeys(row[0] for row in DATA["documents"]):
            store.add_source(f"/desk/{collection}", collection)
        for row in DATA["documents"]:
            put(store, *row)
        yield store


def put(store: Store, collection: str, name: str, text: str) -> None:
    path = f"/desk/{collection}/{name}"
    document = Document(name.rsplit(".", 1)[0], "text/plain", (Page(1, text),), paged=False)
    chunks = [Chunk(0, len(text), "", text, text)]
    store.put_document(FileFacts(path, 1, 10**18, path), path, document, chunks)


def files(store: Store, rows: frozenset[int]) -> list[str]:
    names = store.document_names(sorted(rows)).values()
    return sorted(PurePath(path).name for path, _ in names)


def named(store: Store, question: str) -> list[str]:
    return files(store, rows_of(named_documents(store, question, Scope())))


def read(store: Store, question: str, **more: Any) -> Reading:
    return read_question(store, question, PATIENCE, **more)


def test_the_library_and_the_questions_are_many() -> None:
    assert len(DATA["documents"]) >= 60
    assert len(DATA["unnamed"]) >= 60
    assert len(DATA["named"]) >= 40


def test_a_question_that_names_none_is_never_narrowed(library: Store) -> None:
    narrowed = {q: found for q in DATA["unnamed"] if (found := named(library, q))}
    assert narrowed == {}


def test_nine_of_ten_questions_that_name_a_document_are_narrowed_to_it(library: Store) -> None:
    found = {question: (named(library, question), right) for question, right in DATA["named"]}
    wrong = {q: pair for q, pair in found.items() if pair[0] and pair[0] != sorted(pair[1])}
    assert wrong == {}
    missed = [question for question, (rows, _) in found.items() if not rows]
    assert len(missed) <= len(found) / 10, missed


@pytest.mark.parametrize("row", DATA["filters"], ids=lambda row: row["question"])
def test_filters_in_plain_words(library: Store, row: dict[str, Any]) -> None:
    reading = read(library, row["question"])
    assert [one.kind for one in reading.understood] == row["kinds"]
    start, end = reading.understood[0].span
    filtering = set(tokens(row["question"][start:end]))
    assert set(row["words"]) <= set(reading.query.words)
    assert not filtering & set(reading.query.words)
    if "files" in row:
        held = library.documents_holding(
            ["rent OR heating OR miete OR travel OR halvorsen"], 99, reading.query.scope
        )
        assert files(library, held[0]) == row["files"]


@pytest.mark.parametrize("row", DATA["unfiltered"], ids=lambda row: row["question"])
def test_what_only_sounds_like_a_filter_is_none(library: Store, row: dict[str, Any]) -> None:
    reading = read(library, row["question"])
    assert reading.understood == ()
    assert reading.query == reading.everywhere


def test_what_was_understood_is_said(library: Store) -> None:
    question = "Are pets allowed in the 2023 lease?"
    reading = read(library, question)
    (said,) = reading.understood
    assert (said.kind, said.text) == ("document", "Searched only in Lease 2023.pdf.")
    assert question[slice(*said.span)] == "2023 lease"
    assert files(library, frozenset(reading.query.scope.documents)) == ["Lease 2023.pdf"]
    assert reading.query.words == ("pets", "allowed", "2023", "lease")


def test_several_documents_are_counted(library: Store) -> None:
    (said,) = read(library, "What were Quasar Tech's net sales?").understood
    assert said.text == "Searched only in the 3 documents named by ‘Quasar Tech’."


def test_everywhere_narrows_nothing_but_keeps_typed_filters(library: Store) -> None:
    question = "Are pets allowed in the 2023 lease? type:pdf"
    reading = read(library, question, everywhere=True)
    assert reading.understood == ()
    typed = library.listing.resolved(Scope(types=("pdf",)))
    assert typed.documents
    assert reading.query.scope == typed
    named = read(library, question).query.scope
    assert named.documents
    assert set(named.documents) < set(typed.documents)


def test_typed_filters_bound_what_can_be_named(library: Store) -> None:
    assert read(library, "Are pets allowed in the 2023 lease? in:Wiki").understood == ()


def test_a_search_that_finds_nothing_goes_everywhere_and_says_so(library: Store) -> None:
    reading = read(library, "What is said about heating in the mails?")
    wider = reading.given_up()
    assert wider.query == reading.everywhere
    (said,) = wider.understood
    assert said.kind == "everywhere"
    assert said.text.startswith("Nothing was found in mails (")
    assert said.text.endswith("), so everything was searched.")


def test_a_quotation_names_nothing(library: Store) -> None:
    quoted = "It takes the place of the lease of 2023"
    assert read(library, quoted).understood == ()


def test_a_file_name_in_quotes_is_no_phrase(library: Store) -> None:
    reading = read(library, 'How long is the notice in "Lease 2023"?')
    assert reading.query.phrases == ()
    assert files(library, frozenset(reading.query.scope.documents)) == ["Lease 2023.pdf"]
    other = read(library, 'who pays "three months"')
    assert other.query.phrases == ("three months",)


def test_likeness_is_evidence_between_0_and_1(library: Store) -> None:
    likeness = read(library, "quasar tech inventories 2022").likeness
    assert all(0 < value < 1 for value in likeness.values())
    assert max(likeness, key=lambda path: likeness[path]).endswith("/QUASARTECH_2022_10K.pdf")


def test_likeness_keeps_to_the_scope(library: Store) -> None:
    likeness = read(library, "quasar tech in:Wiki").likeness
    assert all("/Wiki/" in path for path in likeness)
    assert read(library, "quasar steam in:Wiki").likeness.keys() == {"/desk/Wiki/Steam engine.md"}


def test_an_empty_library_names_nothing(tmp_path: Path) -> None:
    key = LibraryKey(secrets.token_bytes(32), "key file")
    with Store.open(tmp_path / "l", key, mode="write", model="none", dimensions=16) as store:
        reading = read(store, "What is in Lease 2023.pdf?")
    assert (reading.understood, dict(reading.likeness)) == ((), {})


@pytest.mark.parametrize(
    ("question", "first", "after"),
    [
        ("rent in files changed since May", date(2026, 5, 1), None),
        ("rent in files changed since December", date(2025, 12, 1), None),
        ("rent in files modified before 2020", None, date(2020, 1, 1)),
        ("rent in files modified in March 2021", date(2021, 3, 1), date(2021, 4, 1)),
        ("rent in files modified on 2021-12-31", date(2021, 12, 31), date(2022, 1, 1)),
        ("rent in documents added yesterday", date(2026, 11, 24), date(2026, 11, 25)),
        ("rent in files edited last week", date(2026, 11, 16), date(2026, 11, 23)),
        ("rent in files from last year", date(2025, 1, 1), date(2026, 1, 1)),
        ("Miete in Dateien, die seit März geändert wurden", date(2026, 3, 1), None),
        ("Miete in Dateien von letztem Monat", date(2026, 10, 1), date(2026, 11, 1)),
    ],
)
def test_times_of_change(question: str, first: date | None, after: date | None) -> None:
    (one,) = plain_filters(question, (), date(2026, 11, 25))
    assert one.narrow(Scope()) == Scope(after_ns=_ns(first), before_ns=_ns(after))


def _ns(day: date | None) -> int | None:
    """The beginning of the day in local time."""
    if day is None:
        return None
    return int(datetime(day.year, day.month, day.day).astimezone().timestamp()) * 10**9


def test_a_day_that_does_not_exist_is_no_filter() -> None:
    assert plain_filters("files changed on 2021-02-30", (), date(2026, 11, 25)) == ()


@pytest.mark.parametrize("grammar", grammars(), ids=lambda grammar: grammar.language)
def test_grammars_are_in_lower_case_and_complete(grammar: Grammar) -> None:
    assert len(grammar.times.months) == 12
    words = [*grammar.inside, *grammar.says, *grammar.linkers, *nouns(grammar), *grammar.marks]
    assert words == [word.lower() for word in words]
    assert {unit for unit, _ in grammar.times.relative.values()} == {"day", "week", "month", "year"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(library: Store, question: str) -> None:
    with suppress(QuestionError):
        reading = read(library, f"in {question} lease's 2023")
        assert reading.query.match
