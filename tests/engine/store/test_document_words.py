"""What a document is called and how it begins, kept in step with the documents."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from strongroom_engine.errors import NoText
from strongroom_engine.store import Scope, Store, name_words, schema
from strongroom_engine.store.connection import connect
from strongroom_engine.store.document_words import OPENING_CHARACTERS

EVERYTHING = Scope()
if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore, Papers


def found(store: Store, *words: str, scope: Scope = EVERYTHING) -> list[str]:
    match = " OR ".join(f'"{word}"' for word in words)
    return [Path(path).name for _, path, _ in store.documents_like(match, 10, scope)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("BESTBUY_2024Q2_10K", "BESTBUY 2024 Q2 10K"),
        ("FY2023", "FY 2023"),
        ("Q22023 and Q2'2023", "Q2 2023 and Q2' 2023"),
        ("EcoScienceSolutionsInc_20171117_8-K", "Eco Science Solutions Inc 2017 11 17 8-K"),
        ("Agreement1", "Agreement 1"),
        ("PCQuote", "PC Quote"),
        ("lease-2023.final", "lease- 2023 .final"),
        ("invoice 12345678", "invoice 12345678"),
        ("合同2023", "合同 2023"),
    ],
)
def test_names_are_split_at_their_borders(name: str, words: str) -> None:
    assert name_words(name).split() == words.split()


def test_names_titles_folders_and_openings_are_found(store: Store, papers: Papers) -> None:
    papers.put(store, "Old Leases/BestBuy_2024Q2.pdf", "Between Acme and Keller.")
    papers.put(store, "other.pdf", "Nothing of that.")
    for word in ("bestbuy", "best", "buy", "2024", "q2", "leases", "keller", "KELLER"):
        assert found(store, word) == ["BestBuy_2024Q2.pdf"], word
    assert sorted(found(store, "paper")) == ["BestBuy_2024Q2.pdf", "other.pdf"]  # the title
    assert found(store, "pdf") == []


def test_a_name_counts_more_than_an_opening(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "Boeing and others, Boeing above all.")
    papers.put(store, "Boeing.pdf", "The report.")
    papers.put(store, "c.pdf", "Nothing.")
    assert found(store, "boeing") == ["Boeing.pdf", "a.pdf"]


def test_only_the_opening_is_indexed(store: Store, papers: Papers) -> None:
    papers.put(store, "long.pdf", "early " + "filler " * (OPENING_CHARACTERS // 7), "late words")
    assert found(store, "early") == ["long.pdf"]
    assert found(store, "late") == []


def test_the_index_follows_the_documents(store: Store, papers: Papers) -> None:
    papers.put(store, "lease.pdf", "Signed by Keller.")
    papers.put(store, "lease.pdf", "Signed by Huber.")
    assert found(store, "keller") == []
    assert found(store, "huber") == ["lease.pdf"]
    store.move_document(papers.facts("lease.pdf").path, papers.facts("Miete.pdf"))
    assert found(store, "lease") == []
    assert found(store, "miete") == found(store, "huber") == ["Miete.pdf"]
    facts = papers.facts("Miete.pdf")
    store.put_problem(facts, NoText())
    assert found(store, "miete") == []
    papers.put(store, "Miete.pdf", "Read at last.")
    assert found(store, "miete") == ["Miete.pdf"]
    store.remove_document(facts.path)
    assert found(store, "miete") == []
    assert store.document_count() == 0


def test_a_source_takes_its_names_with_it(store: Store, papers: Papers) -> None:
    papers.put(store, "lease.pdf", "Signed.")
    store.remove_source(papers.source)
    assert store.document_count() == 0


def test_a_scope_bounds_what_is_found(store: Store, papers: Papers) -> None:
    papers.put(store, "lease 2023.pdf", "The lease.")
    papers.put(store, "lease 2024.txt", "The lease.")
    assert found(store, "lease", scope=Scope(types=("txt",))) == ["lease 2024.txt"]
    assert found(store, "lease", scope=Scope(collections=("None",))) == []
    ((row, _, _),) = store.documents_like('"2023"', 5, EVERYTHING)
    only = Scope(documents=(row,))
    assert store.documents_holding(['"lease"', '"2024"'], 5, only) == [{row}, frozenset()]
    assert len(store.lexical('"lease"', 5, only)) == 1
    assert store.mentions('"lease"', 5, only) == {row: 1}
    assert set(store.mentions('"lease"', 5, EVERYTHING).values()) == {1}
    assert store.document_names([row, 999]) == {row: (papers.facts("lease 2023.pdf").path, "Paper")}


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (EVERYTHING, {"a.pdf", "b.txt", "c.pdf"}),
        (Scope(collections=("Papers",)), {"a.pdf", "b.txt"}),
        (Scope(collections=("Letters",), types=("pdf",)), {"c.pdf"}),
        (Scope(files=("B.",)), {"b.txt"}),
        (Scope(after_ns=2_000), {"c.pdf"}),
        (Scope(types=("docx",)), set()),
    ],
)
def test_every_filter_holds_in_names_and_openings_and_for_what_passages_mention(
    store: Store, papers: Papers, scope: Scope, inside: set[str]
) -> None:
    store.add_source("/letters", "Letters")
    for name, source, changed in (
        ("a.pdf", "/docs", 1),
        ("b.txt", "/docs", 1),
        ("c.pdf", "/letters", 2),
    ):
        papers.source = source
        papers.put(store, name, "Keller signs.", "Keller again.", mtime_ns=changed * 1_000)

    def called(rows: Iterable[int]) -> set[str]:
        return {Path(path).name for path, _ in store.document_names(list(rows)).values()}

    assert set(found(store, "keller", scope=scope)) == inside
    (holding,) = store.documents_holding(['"keller"'], 9, scope)
    (named,) = store.documents_holding(['"paper"'], 9, scope, names_only=True)
    assert called(holding) == called(named) == inside
    mentions = store.mentions('"keller"', 9, scope)
    assert called(mentions) == inside
    assert set(mentions.values()) <= {2}
    assert len(store.lexical('"keller"', 9, scope)) == 2 * len(inside)


def test_a_library_from_before_is_filled(
    store: Store, open_store: OpenStore, papers: Papers, folder: Path
) -> None:
    papers.put(store, "lease.pdf", "Signed by Keller.")
    store.close()
    with closing(connect(folder, bytes(range(32)), write=True)) as db:  # as a migration leaves it
        for table in ("document_words", "document_names"):
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        db.execute("INSERT INTO meta VALUES ('document words', 'due')")
    filled = open_store()
    assert found(filled, "keller") == found(filled, "lease") == ["lease.pdf"]
    assert filled.documents_holding(['"lease"'], 5, EVERYTHING, names_only=True) != [frozenset()]


def test_every_migration_that_empties_the_index_says_that_it_is_due() -> None:
    made = [sql for sql in schema.MIGRATIONS if "VIRTUAL TABLE document_" in sql]
    assert made
    assert all("'document words', 'due'" in sql for sql in made)


def test_it_can_be_asked_for_a_part_of_its_columns(store: Store, papers: Papers) -> None:
    papers.put(store, "lease.pdf", "Signed by Keller.")
    queries = ['{name title}: "keller"', '{opening}: "keller"', '{name}: "leas" *']
    assert list(map(len, store.documents_holding(queries, 5, EVERYTHING))) == [0, 1, 1]
    both = ['"keller"', '"lease"']
    assert list(map(len, store.documents_holding(both, 5, EVERYTHING))) == [1, 1]
    names = store.documents_holding(both, 5, EVERYTHING, names_only=True)
    assert list(map(len, names)) == [0, 1]
    assert store.documents_like('"keller"', 5, EVERYTHING, names_only=True) == []


def test_undecodable_names_do_no_harm(store: Store, papers: Papers) -> None:
    papers.put(store, "lease\udcff.pdf", "Signed.")
    ((_, path, _),) = store.documents_like('"lease"', 5, EVERYTHING)
    assert path == papers.facts("lease\udcff.pdf").path
