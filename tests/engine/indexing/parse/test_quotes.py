"""Every sentence that an answer may cite: verbatim on its page, and highlighted word for word."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from tests.engine.parsing import on_disk

from strongroom_engine.answering.grounding.evidence import passage_evidence
from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Document, PageSpan, locate

MakePdf = Callable[..., Path]

WORDS = [
    "office",
    "waffle",
    "fluffy",
    "final",
    "efficient",
    "international",
    "agreement",
    "premises",
    "landlord",
    "tenant",
    "rent",
    "notice",
    "period",
    "repair",
    "insurance",
    "deposit",
    "obligation",
    "building",
    "garden",
    "cellar",
    "1,250",
    "2.5%",
    "§7",
    "façade",
]
COLUMNS = ((60, 60, 290, 700), (320, 60, 550, 700), (60, 710, 550, 780))
NARROW = ((60, 60, 200, 780),)


def prose(dice: random.Random, number: int, hyphen: str = "") -> str:
    """So many sentences; `hyphen` stands inside long words."""
    words = [f"{word[:5]}{hyphen}{word[5:]}" if len(word) > 8 else word for word in WORDS]
    made = (" ".join(dice.choices(words, k=dice.randint(4, 14))) for _ in range(number))
    return " ".join(f"Clause {each.rstrip('.')} ends." for each in made)


def quotes(document: Document) -> list[tuple[PageSpan, str]]:
    """What a citation of each sentence would show, and where."""
    starts, length = [], 0
    for page in document.pages:
        starts.append(length)
        length += len(page.text) + 1
    found = []
    for part in chunk(document, lambda text: [(at, at + 1) for at in range(0, len(text), 4)], 60):
        stored = StoredChunk(
            1, "", "", "", "", True, tuple(starts), part.start, part.end, "", part.text, ""
        )
        for (start, end), _ in passage_evidence(stored, rows=True).sentences:
            place = locate(part.start + start, part.start + end, starts, paged=True)
            found.append((place, part.text[start:end]))
    return found


def squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def highlighted(page: pymupdf.Page, boxes: tuple[tuple[float, ...], ...]) -> str:
    """The words that MuPDF, asked for words, has their middle in the rectangles of."""
    rects = [
        pymupdf.Rect(x0 * page.rect.width, y0 * page.rect.height, x1 * page.rect.width,
                     y1 * page.rect.height)
        for x0, y0, x1, y1 in boxes
    ]  # fmt: skip
    words = page.get_text("words", flags=pymupdf.TEXT_MEDIABOX_CLIP)
    return "".join(
        word[4]
        for word in words
        if any(
            rect.contains(pymupdf.Point((word[0] + word[2]) / 2, (word[1] + word[3]) / 2))
            for rect in rects
        )
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", ["plain", "columns with a footnote", "narrow with hyphens"])
def test_quotes_are_verbatim_and_their_rectangles_hold_their_words_alone(
    make_pdf: MakePdf, layout: str, seed: int
) -> None:
    dice = random.Random(f"{layout} {seed}")
    if layout == "plain":
        path = make_pdf(*(f"<p>{prose(dice, 12)}</p>" for _ in range(3)))
    elif layout == "narrow with hyphens":
        path = make_pdf(*(f"<p>{prose(dice, 6, '&shy;')}</p>" for _ in range(2)), boxes=NARROW)
    else:
        parts = [f"<p>{prose(dice, 9)}</p>", f"<p>{prose(dice, 9)}</p>"]
        note = f"<p style='font-size:8px'><sup>1</sup> {prose(dice, 1)}</p>"
        path = make_pdf("<hr>".join([*parts, note]), boxes=COLUMNS)
    document = pdf.parse(on_disk(path))
    found = quotes(document)
    assert len(found) > 10
    spans: dict[int, list[PageSpan]] = {}
    for place, quote in found:
        text = document.pages[(place.page or 0) - 1].text
        assert text[place.start : place.end] == quote == quote.strip()
        spans.setdefault(place.page or 0, []).append(place)
    for number, places in spans.items():
        wanted = tuple((place.start, place.end) for place in places)
        drawn = pdf.render(on_disk(path), number, 300, wanted)
        with pymupdf.open(path) as file:
            for (start, end), boxes in zip(wanted, drawn.rectangles, strict=True):
                quote = document.pages[number - 1].text[start:end]
                assert squeezed(highlighted(file[number - 1], boxes)) == squeezed(quote)


def test_a_sentence_over_the_end_of_a_page_is_cut_there(make_pdf: MakePdf) -> None:
    path = make_pdf("<p>It begins. The key to the cellar</p>", "<p>hangs behind the door.</p>")
    document = pdf.parse(on_disk(path))
    assert [(place.page, quote) for place, quote in quotes(document)] == [
        (1, "It begins."),
        (1, "The key to the cellar"),
        (2, "hangs behind the door."),
    ]
