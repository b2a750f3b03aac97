"""Scanned pages, read by text recognition with the real models: found, placed, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import DIMENSIONS, Only, WordLengths

from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.reading.documents import LibraryReading
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Progress, State

WORDS = "The deposit is kept by the bank."
TYPED = "This page has a text of its own."


@pytest.fixture
def store(tmp_path: Path, key: LibraryKey) -> Iterator[Store]:
    with Store.open(
        tmp_path / "library", key, mode="write", model="word-lengths", dimensions=DIMENSIONS
    ) as opened:
        yield opened


def scan(folder: Path, name: str, *, typed: bool, words: str = WORDS) -> str:
    """A document with a picture of words on its last page."""
    with pymupdf.open() as drawn, pymupdf.open() as file:
        drawn.new_page(width=400, height=200).insert_text((40, 90), words, fontsize=18)
        picture = drawn[0].get_pixmap(dpi=150)
        if typed:
            file.new_page(width=400, height=200).insert_text((40, 90), TYPED)
        page = file.new_page(width=400, height=200)
        page.insert_image(page.rect, pixmap=picture)
        file.save(folder / name)
    return str(folder / name)


@pytest.fixture
def folder(tmp_path: Path, store: Store) -> str:
    made = tmp_path / "Papers"
    made.mkdir()
    store.add_source(str(made), "Papers")
    return str(made)


def index(store: Store, folder: str, settings: Settings) -> ParserPool:
    pool = ParserPool(1, settings)
    indexer = Indexer(store, pool, Only(WordLengths()), settings)
    indexer.sync(folder)
    indexer.wait_embedded()
    indexer.close()
    return pool


def test_a_scan_is_found_and_placed(store: Store, folder: str) -> None:
    alone = scan(Path(folder), "alone.pdf", typed=False)
    mixed = scan(Path(folder), "mixed.pdf", typed=True)
    scan(Path(folder), "blank.pdf", typed=False, words="")
    with index(store, folder, Settings()) as pool:
        states = {Path(one.path).name: one.code or one.state for one in store.documents()}
        assert states == {
            "alone.pdf": State.INDEXED,
            "mixed.pdf": State.INDEXED,
            "blank.pdf": "no-text",
        }
        assert store.document_text(alone).strip() == WORDS
        assert TYPED in store.document_text(mixed)
        report = store.reports.of(mixed)
        assert report is not None
        assert [page for page, sure in report.recognised if sure > 0.8] == [2]
        assert report.waiting == ()
        reading = LibraryReading(store, lambda: pool)
        text = reading.lines(mixed, 2).text
        at = text.index("deposit")
        drawn = reading.page(mixed, 2, 800, ((at, at + len("deposit")),))
        ((x0, y0, x1, y1),) = drawn.rectangles[0]
        # 'The ' ends 34 points behind the margin, and 'deposit' is 59 wide: in a page of 400 x 200.
        assert x0 == pytest.approx(75 / 400, abs=0.03)
        assert x1 == pytest.approx(134 / 400, abs=0.03)
        assert 0.3 < y0 < 0.42
        assert 0.43 < y1 < 0.52


def test_what_was_recognised_is_not_read_again(store: Store, folder: str) -> None:
    scan(Path(folder), "first.pdf", typed=False)
    index(store, folder, Settings()).close()
    content = store.content_hash(str(Path(folder) / "first.pdf"))
    assert content is not None
    assert list(store.recognised.of(content)) == [1]
    # Another word in its place shows that it is taken from there.
    kept = store.recognised.of(content)[1].replace(b"deposit", b"dapasit")
    store.recognised.keep(content, 1, 1.0, kept)
    (Path(folder) / "second.pdf").write_bytes((Path(folder) / "first.pdf").read_bytes())
    index(store, folder, Settings()).close()
    assert "dapasit" in store.document_text(str(Path(folder) / "second.pdf"))


def test_without_recognition_a_scan_is_left_out(store: Store, folder: str) -> None:
    scan(Path(folder), "alone.pdf", typed=False)
    mixed = scan(Path(folder), "mixed.pdf", typed=True)
    index(store, folder, Settings(text_recognition=False)).close()
    states = {Path(one.path).name: one.code or one.state for one in store.documents()}
    assert states == {"alone.pdf": "no-text", "mixed.pdf": State.INDEXED}
    report = store.reports.of(mixed)
    assert report is not None
    assert [one.count for one in report.left_out] == [1]


def test_the_page_that_is_read_is_told(store: Store, folder: str) -> None:
    with pymupdf.open(scan(Path(folder), "one.pdf", typed=False)) as one, pymupdf.open() as three:
        for _ in range(3):
            three.insert_pdf(one)
        three.save(Path(folder) / "three.pdf")
    told: list[Progress | None] = []
    with ParserPool(1, Settings()) as pool:
        indexer = Indexer(store, pool, Only(WordLengths()), Settings(), on_progress=told.append)
        indexer.sync(folder)
        indexer.wait_embedded()
        indexer.close()
    pages = [(each.page, each.pages) for each in told if each and each.what.endswith("three.pdf")]
    assert (3, 3) in pages
    assert told[-1] is None or told[-1].pages == 0
