"""The rectangles of a quote cover the ink of its letters and of no others."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pymupdf
import pytest
from tests.engine.ink import PaintedPage, squeezed
from tests.engine.made_pdfs import MADE
from tests.engine.parsing import on_disk

from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.indexing.parse.pdf import scans
from strongroom_engine.indexing.parse.recognition.page import recognise
from strongroom_engine.reading.documents import rectangles

WIDTH_PX = 1200
QUOTES = 12


def quotes(text: str, dice: random.Random) -> list[tuple[int, int]]:
    words = list(re.finditer(r"\S+", text))
    firsts = [dice.randrange(len(words)) for _ in range(QUOTES)]
    lasts = [min(first + dice.randrange(10), len(words) - 1) for first in firsts]
    return [(words[a].start(), words[b].end()) for a, b in zip(firsts, lasts, strict=True)]


@pytest.mark.parametrize("kind", sorted(MADE))
def test_rectangles_cover_the_quoted_words_alone(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.pdf"
    with MADE[kind]() as file:
        file.save(path)
    text = pdf.parse(on_disk(path)).pages[0].text
    spans = quotes(text, random.Random(kind))
    drawn = pdf.render(on_disk(path), 1, WIDTH_PX, tuple(spans))
    with pymupdf.open(path) as file:
        painted = PaintedPage(file[0], WIDTH_PX)
    verdicts = {}
    for (start, end), boxes in zip(spans, drawn.rectangles, strict=True):
        pieces = re.findall(r"[^\n\t]+", text[start:end])
        verdicts[text[start:end]] = painted.judge(pieces, boxes)
    wrong = {quote: verdict for quote, verdict in verdicts.items() if not verdict.is_right}
    assert not wrong


@pytest.mark.parametrize("kind", ["columns", "rotated 90", "slanting 3"])
def test_so_do_those_of_a_page_of_which_only_the_picture_is_read(kind: str) -> None:
    with MADE[kind]() as file:
        read = recognise(scans.picture(file[0]), 1).lines
        painted = PaintedPage(file[0], WIDTH_PX)
    written = squeezed("".join(glyph.text for glyph in painted.glyphs))
    judged = 0
    for start, end in quotes(read.text, random.Random(kind)):
        pieces = re.findall(r"[^\n\t]+", read.text[start:end])
        if all(squeezed(piece) in written for piece in pieces):  # nothing in it is misread
            verdict = painted.judge(pieces, rectangles(read, start, end))
            assert verdict.is_right, (read.text[start:end], verdict)
            judged += 1
    assert judged > QUOTES * 0.8


def test_the_check_sees_a_rectangle_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    with MADE["plain"]() as file:
        file.save(path)
    text = pdf.parse(on_disk(path)).pages[0].text
    line = text.split("\n")[1]
    start = text.index(line)
    (boxes,) = pdf.render(on_disk(path), 1, WIDTH_PX, ((start, start + len(line)),)).rectangles
    with pymupdf.open(path) as file:
        painted = PaintedPage(file[0], WIDTH_PX)
    assert painted.judge([line], boxes).is_right
    words = line.split()
    assert painted.judge([" ".join(words[:-1])], boxes).wrong
    (x0, y0, x1, y1) = boxes[0]
    assert painted.judge([line], [(x0, y0, (x0 + x1) / 2, y1)]).missed
    assert painted.judge([line], [(x0, y0 + 0.02, x1, y1 + 0.02)]).missed
    assert painted.judge([line], [*boxes, (x1, y0, x1 + 0.1, y1)]).loose
    assert painted.judge([line], [(x0 - 0.05, y0, x1, y1)]).loose
