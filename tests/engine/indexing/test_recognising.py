"""Scanned pages, read by text recognition with the real models: found, placed, and kept."""

from __future__ import annotations

import io
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image, ImageDraw
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.looking.scan import scan as walk
from strongroom_engine.indexing.parse.messages import Parsed, Recognised
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.reading.documents import LibraryReading
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Progress, State

WORDS = "The deposit is kept by the bank."
TYPED = "This page has a text of its own."


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


def image(words: str, form: str = "PNG") -> bytes:
    drawn = Image.new("RGB", (800, 400), "white")
    ImageDraw.Draw(drawn).text((80, 150), words, fill="black", font_size=36)
    content = io.BytesIO()
    drawn.save(content, form)
    return content.getvalue()


def test_images_are_found_and_placed_also_inside_others(store: Store, folder: str) -> None:
    (Path(folder) / "lease.png").write_bytes(image(WORDS))
    (Path(folder) / "cut.jpg").write_bytes(image(WORDS, "JPEG")[:3000])
    (Path(folder) / "holiday.jpg").write_bytes(image("", "JPEG"))
    with zipfile.ZipFile(Path(folder) / "post.zip", "w") as archive:
        archive.writestr("scans/rent.webp", image("The rent is due in May.", "WEBP"))
    with index(store, folder, Settings()) as pool:
        states = {Path(one.path).name: one.code or one.state for one in store.documents()}
        assert states == {
            "lease.png": State.INDEXED,
            "cut.jpg": "damaged",
            "holiday.jpg": "no-text",
            "post.zip": State.INDEXED,
            "rent.webp": State.INDEXED,
        }
        reading = LibraryReading(store, lambda: pool)
        inside = str(Path(folder) / "post.zip" / "scans" / "rent.webp")
        for path, word in ((str(Path(folder) / "lease.png"), "bank"), (inside, "rent")):
            at = store.document_text(path).index(word)
            drawn = reading.page(path, 1, 1000, ((at, at + len(word)),))
            ((x0, y0, x1, y1),) = drawn.rectangles[0]
            shown = Image.open(io.BytesIO(drawn.png)).convert("L")
            assert shown.size == (1000, 500)
            inside_box = shown.crop(
                (int(1000 * x0), int(500 * y0), int(1000 * x1) + 1, int(500 * y1) + 1)
            )
            assert ink(inside_box) == pytest.approx(ink(shown) * share(store, path, word), rel=0.35)
        report = store.reports.of(str(Path(folder) / "lease.png"))
        assert report is not None
        assert "RapidOCR" in report.parser
        assert report.took_ms > 30


def ink(picture: Image.Image) -> float:
    return float((255 - np.asarray(picture, np.float32)).sum())


def share(store: Store, path: str, word: str) -> float:
    """How much of the text's letters a word has."""
    return len(word) / len("".join(store.document_text(path).split()))


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


def test_a_document_tells_how_many_of_its_pages_wait(store: Store, folder: str) -> None:
    mixed = scan(Path(folder), "mixed.pdf", typed=True)
    (facts,) = (facts for facts, _problem in walk(folder))
    model = WordLengths()
    with ParserPool(1, Settings()) as pool:
        parsed = pool.parse(facts)
        assert isinstance(parsed, Parsed)
        chunks = chunk(parsed.document, model.token_offsets, 200, model.max_tokens)
        store.put_document(facts, parsed.content_hash, parsed.document, chunks)
    (record,) = store.documents()
    assert record.waiting == 1
    index(store, folder, Settings()).close()
    (record,) = store.documents()
    assert record.waiting == 0
    assert WORDS in store.document_text(mixed)


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


def test_a_new_file_does_not_wait_for_scanned_pages(store: Store, folder: str) -> None:
    one = scan(Path(folder), "one.pdf", typed=False)
    other = scan(Path(folder), "other.pdf", typed=False, words="The rent is due in May.")
    new = Path(folder) / "new.txt"
    begun, read = threading.Event(), list[str]()

    class Telling(ParserPool):
        def recognise(self, path: str, page: int) -> Recognised:
            read.append(path)
            begun.set()
            return super().recognise(path, page)

    def look() -> None:
        begun.wait()
        new.write_text(TYPED, encoding="utf-8")
        indexer.sync(folder, under=[str(new)])
        read.append(str(new))

    with Telling(1, Settings()) as pool, ThreadPoolExecutor(1) as aside:
        indexer = Indexer(store, pool, Only(WordLengths()), Settings())
        looking = aside.submit(look)
        indexer.sync(folder)
        looking.result()
        indexer.wait_embedded()
        indexer.close()
    assert read[1] == str(new)
    assert sorted(read) == sorted([one, other, str(new)])
    assert [record.waiting for record in store.documents()] == [0, 0, 0]
    assert "rent" in store.document_text(other)
