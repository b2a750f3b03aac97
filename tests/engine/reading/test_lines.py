"""Where the characters of a page stand: the same places as the marks of citations have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from strongroom_engine.errors import DamagedDocument, Vanished
from strongroom_engine.indexing.parse.messages import PageLines
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.reading.finding import fold, places
from strongroom_engine.types import PageLine

LEFT = (
    "The tenant may serve an e\ufb03cient notice and the landlord shall accept the termi-\n"
    "nation of this lease on the break date."
)
RIGHT = "The landlord shall refund the rent within fourteen days of the date of termination."
UNITS = 10_000


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    with ParserPool(1) as pool:
        yield pool


def columns(path: Path, rotation: int = 0) -> str:
    """Two columns of a page, in a font that has ligatures where the machine has one."""
    with pymupdf.open() as file:
        page = file.new_page(width=595, height=842)
        page.insert_textbox((60, 80, 280, 500), LEFT, fontsize=11)
        page.insert_textbox((320, 80, 540, 500), RIGHT, fontsize=11)
        page.set_rotation(rotation)
        file.save(path)
    return str(path)


def boxes(lines: tuple[PageLine, ...], text: str, start: int, end: int) -> list[tuple[float, ...]]:
    """What the window makes of lines and a span."""
    made: list[tuple[float, ...]] = []
    for line in lines:
        first, last = max(start - line.start, 0), min(end - line.start, len(line.edges) // 2)
        if first >= last:
            continue
        low = min(line.edges[2 * first : 2 * last : 2]) / UNITS
        high = max(line.edges[2 * first + 1 : 2 * last + 1 : 2]) / UNITS
        x0, y0, x1, y1 = line.box
        made.append((x0, low, x1, high) if line.vertical else (low, y0, high, y1))
    return made


def near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < 0.002 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_lines_and_marks_agree(pool: ParserPool, tmp_path: Path, rotation: int) -> None:
    path = columns(tmp_path / "columns.pdf", rotation)
    read = pool.lines(path, 1)
    words = ("landlord shall accept", "termination of this lease", "fourteen days")
    for each in words:
        (span,) = places(fold(read.text), each)
        drawn = pool.render(path, 1, 800, (span,))
        assert len(drawn.rectangles[0]) >= 1
        own = boxes(read.lines, read.text, *span)
        assert len(own) == len(drawn.rectangles[0])
        assert all(near(a, b) for a, b in zip(own, drawn.rectangles[0], strict=True))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_mark_covers_its_words_and_nothing_of_the_other_column(
    pool: ParserPool, tmp_path: Path, rotation: int
) -> None:
    """Ink outside of the marks of all the text there is must be none; inside there is some."""
    path = columns(tmp_path / "columns.pdf", rotation)
    read = pool.lines(path, 1)
    (span,) = places(fold(read.text), "termination of this lease")
    drawn = pool.render(path, 1, 1_000, (span,))
    picture = pymupdf.Pixmap(drawn.png)
    for x0, y0, x1, y1 in drawn.rectangles[0]:
        inside = ink(picture, x0, y0, x1, y1)
        assert inside > 0.03
        if rotation == 0:
            assert x1 < 0.5  # the left column
    whole = pool.render(path, 1, 1_000, ((0, len(read.text)),))
    picture = pymupdf.Pixmap(whole.png)
    blank = pymupdf.Pixmap(picture, 0)
    for x0, y0, x1, y1 in whole.rectangles[0]:
        area = pymupdf.IRect(
            int(x0 * picture.width) - 1, int(y0 * picture.height) - 1,
            int(x1 * picture.width) + 2, int(y1 * picture.height) + 2,
        )  # fmt: skip
        blank.set_rect(area, (255, 255, 255))
    assert blank.is_unicolor


def ink(picture: pymupdf.Pixmap, x0: float, y0: float, x1: float, y1: float) -> float:
    """The share of dark pixels in a rectangle in fractions."""
    xs = range(int(x0 * picture.width), int(x1 * picture.width))
    ys = range(int(y0 * picture.height), int(y1 * picture.height))
    dark = sum(picture.pixel(x, y)[0] < 128 for x in xs for y in ys)
    return float(dark / max(len(xs) * len(ys), 1))


def test_each_character_has_its_edges(pool: ParserPool, tmp_path: Path) -> None:
    read = pool.lines(columns(tmp_path / "columns.pdf"), 1)
    for line, after in zip(read.lines, (*read.lines[1:], None), strict=True):
        length = len(line.edges) // 2
        assert length > 0
        assert after is None or line.start + length <= after.start
        assert read.text[line.start : line.start + length].strip()
        assert all(0 <= edge <= UNITS for edge in line.edges)
        assert not line.vertical


def test_what_cannot_be_read_says_so(pool: ParserPool, tmp_path: Path) -> None:
    path = columns(tmp_path / "columns.pdf")
    assert isinstance(pool.lines(path, 1), PageLines)
    with pytest.raises(DamagedDocument):
        pool.lines(path, 2)
    with pytest.raises(Vanished):
        pool.lines(str(tmp_path / "gone.pdf"), 1)
