"""Text recognition with the real models: whichever way a page lies, and what it owns it cannot read."""

from __future__ import annotations

import pymupdf
import pytest
from PIL import Image
from rapidfuzz.distance import Indel

from strongroom_engine.indexing.parse.recognition.page import recognise

LINES = (
    "The landlord keeps the deposit of two rents",
    "until the tenant has left the premises and",
    "the cellar is empty. It bears no interest.",
)


def page(*lines: str) -> Image.Image:
    with pymupdf.open() as file:
        drawn = file.new_page(width=400, height=180)
        spare, _ = drawn.insert_htmlbox((30, 30, 390, 170), "<br>".join(lines))
        assert spare >= 0
        picture = drawn.get_pixmap(dpi=150)
        return Image.frombytes("RGB", (picture.width, picture.height), picture.samples)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("slant", [0.0, 2.5])
def test_a_page_is_read_whichever_way_it_lies(turn: int, slant: float) -> None:
    lying = page(*LINES).rotate(
        turn + slant, Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    read = recognise(lying, 1)
    assert read.turned == turn  # so many degrees clockwise put it right
    assert Indel.normalized_similarity(read.lines.text, "\n".join(LINES)) > 0.98
    assert read.confidence > 0.9


@pytest.mark.parametrize(
    "line", ["Залог хранится в банке до конца срока", "الوديعة محفوظة في البنك حتى نهاية المدة"]
)
def test_of_a_script_that_it_does_not_know_it_makes_no_text(line: str) -> None:
    assert recognise(page(line, line, line), 1).lines.text == ""
