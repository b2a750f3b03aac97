"""Documents as programs print them: the same paragraphs in the layouts that real ones have.

Lines are broken, and pages filled, by MuPDF's layout of HTML, in proportional type; every page has
a running head and its number at the foot.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pymupdf

WORDS = (Path(__file__).parents[1] / "bench" / "words.txt").read_text(encoding="utf-8").split()
PAPER = pymupdf.paper_rect("a4")
WHOLE = (pymupdf.Rect(70, 80, 525, 760),)
COLUMNS = (pymupdf.Rect(60, 80, 288, 760), pymupdf.Rect(307, 80, 535, 760))
HEAD = "Annual report of the mill"

Paragraphs = list[str]
Printer = Callable[[Sequence[str]], bytes]


def paragraph(dice: random.Random) -> str:
    sentences = (dice.choices(WORDS, k=dice.randint(8, 20)) for _ in range(dice.randint(2, 7)))
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


def paragraphs(count: int, seed: int = 11) -> Paragraphs:
    dice = random.Random(seed)
    return [paragraph(dice) for _ in range(count)]


def printer(style: str, areas: Sequence[pymupdf.Rect] = WHOLE) -> Printer:
    """Prints paragraphs in a style of CSS, from one area of a page to the next."""

    def print_them(texts: Sequence[str]) -> bytes:
        html = "".join(f"<p>{text}</p>" for text in texts)
        css = f"p {{font-family: serif; font-size: 10.5pt; margin: 0 0 7pt 0; {style}}}"
        return _with_edges(_flowed(html, css, areas))

    return print_them


def _flowed(html: str, css: str, areas: Sequence[pymupdf.Rect]) -> bytes:
    story = pymupdf.Story(html, user_css=css)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    more = True
    while more:
        device = writer.begin_page(PAPER)
        for area in areas:
            if more:
                more, _ = story.place(area)
                story.draw(device)
        writer.end_page()
    writer.close()
    return out.getvalue()


def _with_edges(made: bytes) -> bytes:
    with pymupdf.open(stream=made) as file:
        for number, page in enumerate(file, 1):
            page.insert_text((70, 50), HEAD, fontsize=8)
            page.insert_text((290, 800), str(number), fontsize=9)
        return bytes(file.tobytes())


def breaking_words(texts: Sequence[str]) -> bytes:
    """Lines of one width on which long words are divided at their end."""
    lines = [line for text in texts for line in (*_divided(text), "")]
    with pymupdf.open() as made:
        for number, part in enumerate(_pages(lines), 1):
            page = made.new_page()
            page.insert_text((60, 60), part, fontsize=10, fontname="tiro", lineheight=1.3)
            page.insert_text((290, 815), str(number), fontsize=9)
        return bytes(made.tobytes())


def _pages(lines: Sequence[str], most: int = 50) -> Iterator[list[str]]:
    while lines:
        yield "\n".join(lines[:most]).strip("\n").split("\n")
        lines = lines[most:]


def _divided(text: str, width: float = 430.0) -> Iterator[str]:
    line = ""
    for word in text.split():
        if _wide(f"{line} {word}") <= width:
            line = f"{line} {word}".strip()
            continue
        half = len(word) // 2
        if half > 2 and _wide(f"{line} {word[:half]}-") <= width:
            yield f"{line} {word[:half]}-"
            line = word[half:]
        else:
            yield line
            line = word
    yield line


def _wide(text: str) -> float:
    return sum(map(_letter, text))


@cache
def _letter(letter: str) -> float:
    return float(pymupdf.get_text_length(letter, "tiro", 10))


LAYOUTS: dict[str, Printer] = {
    "ragged": printer(""),
    "justified": printer("text-align: justify;"),
    "indented": printer("text-align: justify; margin: 0; text-indent: 14pt;"),
    "two columns": printer("text-align: justify;", COLUMNS),
    "two columns, indented": printer("margin: 0; text-indent: 12pt;", COLUMNS),
    "divided words": breaking_words,
}
