"""Which rows of a picture of tight lines are the middle one's: no ink of the others counts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pymupdf
import pytest

from strongroom_engine.indexing.parse.recognition.rows import own_rows

SCALE = 4
SIZE = 10.0
BASELINE = 30.0
TAIL, CAPITAL, ACCENT = 0.22, 0.73, 0.93
"""How far letters of Helvetica reach below and above their line, in sizes."""

Edges = Sequence[tuple[float, float]]


def drawn(lines: Sequence[str], leading: float) -> tuple[np.ndarray, Edges]:
    """The ink of three lines, cropped as the detector crops the middle one, and its columns."""
    with pymupdf.open() as file:
        page = file.new_page(width=200, height=60)
        for number, line in enumerate(lines):
            page.insert_text((10, BASELINE + (number - 1) * leading), line, fontsize=SIZE)
        crop = pymupdf.Rect(0, BASELINE - 0.95 * SIZE, 200, BASELINE + 0.32 * SIZE)
        matrix = pymupdf.Matrix(SCALE, SCALE)
        picture = page.get_pixmap(matrix=matrix, clip=crop, colorspace="gray")
        widths = [pymupdf.get_text_length(lines[1][:n], fontsize=SIZE) for n in range(40)]
    ink = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width) < 150
    edges = [(SCALE * (10 + left), SCALE * (10 + right)) for left, right in pairwise(widths)]
    return ink, edges[: len(lines[1])]


def in_points(row: float) -> float:
    """How far above the base line a row of the picture is."""
    return 0.95 * SIZE - row / SCALE


@pytest.mark.parametrize(
    "lines",
    [
        ("gypsy jigging", "gravy Type", "Tidal TEXT §7 iiii"),
        ("gypsy jigging", "Tod and pig", "TTTTTTTTTTTTTTTTT"),
        ("jjj, ggg, ppp", "tenth page", "illicit: iiii"),
    ],
)
def test_tight_lines_keep_out_of_each_other(lines: Sequence[str]) -> None:
    ink, edges = drawn(lines, 0.92 * SIZE)
    rows = own_rows(ink, lines[1], edges)
    assert len(set(rows.tops)) == 1
    assert in_points(rows.tops[0]) == pytest.approx(CAPITAL * SIZE, abs=0.5)
    assert in_points(rows.bottom) == pytest.approx(-TAIL * SIZE, abs=0.5)


def test_the_accent_of_a_capital_is_its_own_alone_in_a_tight_line() -> None:
    text = "Hof Äpfel page"
    ink, edges = drawn(("nn,n.n,,nn.,.n,,nn,.", text, ""), 0.92 * SIZE)
    tops = own_rows(ink, text, edges).tops
    (accented,) = [number for number, top in enumerate(tops) if top == min(tops)]
    assert text[accented] == "Ä"
    assert in_points(tops[0]) == pytest.approx(CAPITAL * SIZE, abs=0.5)


def test_a_line_with_room_has_one_top_with_its_accents() -> None:
    text = "Hof Äpfel page"
    ink, edges = drawn(("", text, ""), 2 * SIZE)
    tops = own_rows(ink, text, edges).tops
    assert len(set(tops)) == 1
    assert in_points(tops[0]) == pytest.approx(ACCENT * SIZE, abs=0.6)
