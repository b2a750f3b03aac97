"""Small real documents, made when a test needs them, and a pool of real parser workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import DIMENSIONS

from strongroom_engine.errors import DocumentProblem
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import FileFacts

MakePdf = Callable[..., Path]
Outcome = Callable[[Path], Parsed | DocumentProblem]


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """A PDF whose pages are typeset from HTML. `finish` may change it before it is saved."""

    def make(
        *pages: str,
        name: str = "paper.pdf",
        boxes: Sequence[tuple[float, float, float, float]] = ((60, 60, 540, 760),),
        finish: Callable[[pymupdf.Document], None] = lambda _pdf: None,
        **options: object,
    ) -> Path:
        pdf = pymupdf.open()
        for html in pages:
            page = pdf.new_page()
            # One box a column; what stands in each is parted by <hr>.
            for box, part in zip(boxes, html.split("<hr>"), strict=False):
                spare, _ = page.insert_htmlbox(box, part)
                assert spare >= 0, "the text does not fit its box"
        finish(pdf)
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        pdf.save(path, **options)
        pdf.close()
        return path

    return make


@pytest.fixture
def store(tmp_path: Path, key: LibraryKey) -> Iterator[Store]:
    with Store.open(
        tmp_path / "library", key, mode="write", model="word-lengths", dimensions=DIMENSIONS
    ) as opened:
        yield opened


@pytest.fixture(scope="session")
def pool() -> Iterator[ParserPool]:
    with ParserPool(1) as pool:
        yield pool


@pytest.fixture
def parse(pool: ParserPool) -> Outcome:
    """What the pool makes of a file."""
    return lambda path: pool.parse(FileFacts(str(path), 0, 0, ""))
