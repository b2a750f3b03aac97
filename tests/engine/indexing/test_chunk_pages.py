"""What stands at the ends of pages is shown and not embedded; slides stand alone."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator

from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.types import PAGE_BREAK, Chunk, Document, Page

WIDTH, LINES = 80, 40
WORDS = [
    "rent",
    "lease",
    "notice",
    "tenant",
    "landlord",
    "repair",
    "court",
    "order",
    "payment",
    "schedule",
    "deposit",
    "term",
]


def tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def paragraphs(count: int, seed: int = 5) -> list[str]:
    dice = random.Random(seed)

    def sentence() -> str:
        return " ".join(dice.choices(WORDS, k=dice.randint(6, 16))).capitalize() + "."

    return [" ".join(sentence() for _ in range(dice.randint(3, 6))) for _ in range(count)]


def printed(texts: list[str]) -> Document:
    """Lines of one width, so many on a page, each with its number at the foot."""
    lines = [line for text in texts for line in (*textwrap.wrap(text, WIDTH), "")]
    pages = [Page(number, f"{part}\n\n{number}") for number, part in enumerate(_pages(lines), 1)]
    ends, at = [], 0
    for page in pages:
        ends.append((at + len(page.text) - len(str(page.number)), at + len(page.text)))
        at += len(page.text) + len(PAGE_BREAK)
    return Document("Report", "application/pdf", tuple(pages), paged=True, margins=tuple(ends))


def _pages(lines: list[str]) -> Iterator[str]:
    for at in range(0, len(lines), LINES):
        yield "\n".join(lines[at : at + LINES]).strip("\n")


def chunks(document: Document) -> list[Chunk]:
    return chunk(document, tokens, 120, 512)


def test_page_numbers_are_shown_and_not_embedded() -> None:
    document = printed([f"Clause {word} binds." for word in WORDS] + paragraphs(60))
    made = chunks(document)
    assert "".join(one.text for one in made) == document.text
    over = [one for one in made if re.search(r"\n\d+\s", one.text)]
    assert over
    for one in over:
        assert not re.search(r"\n\d+\s", one.passage)
        assert one.passage.startswith(one.prefix)


def test_slides_stand_alone() -> None:
    slides = tuple(Page(n, f"Quarter {n}\n\nSales rose by {n} points.") for n in range(1, 9))
    made = chunks(Document("Sales", "application/pdf", slides, paged=True))
    assert len(made) == len(slides)
