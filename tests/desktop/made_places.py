"""Made-up documents without pages: a presentation, a spreadsheet; passages that stand elsewhere."""

from __future__ import annotations

from dataclasses import replace

import made  # type: ignore[import-not-found]  # it lies beside this script

from strongroom_engine.types import (
    Answer,
    Citation,
    Place,
    SearchResult,
    Sentence,
    TableResult,
    Timings,
    Version,
)

DECK = f"{made.HOLT}/Board pack 2024.pptx"
BOOK = f"{made.HOLT}/Budget 2024.xlsx"
SLIDES = 12
_FILL = "A line of what the board was told about the harbour. " * 6
_SLIDES = [f"Slide title {n}\n{_FILL}\n{_FILL}\n\n" for n in range(1, SLIDES + 1)]
DECK_TEXT = "".join(_SLIDES)
DECK_PLACES = tuple(
    Place(sum(map(len, _SLIDES[: n - 1])), 1, "slide", f"Slide title {n}", n)
    for n in range(1, SLIDES + 1)
)
_ROWS = [("Post", "Betrag"), *((f"Post {n}", f"{n * 125}") for n in range(1, 40))]
BOOK_TEXT = "\n".join(" | ".join(row) for row in _ROWS)
BOOK_PLACES = (Place(0, 1, "sheet", "Budget", 1),)
BOOK_TABLE = (0, len(" | ".join(_ROWS[0])) + 1, len(BOOK_TEXT))


def text_of(file: str) -> str:
    """'' for what is none of these."""
    return DECK_TEXT if file == DECK else BOOK_TEXT if file == BOOK else ""


def places_of(file: str) -> tuple[Place, ...]:
    return DECK_PLACES if file == DECK else BOOK_PLACES if file == BOOK else ()


def elsewhere(result: SearchResult) -> SearchResult:
    """Of a search for 'elsewhere' the first hit lies in two other places and has a version, and the
    second is a slide of a deck."""
    if "elsewhere" not in result.question:
        return result
    copies = (f"{made.HOLT}/Copies/Lease.pdf", f"{made.HOLT}/Post.zip/Lease.pdf")
    draft = f"{made.HOLT}/Drafts/Lease draft 3.docx"
    versions = (Version(draft, None, 120, 180, 1_700_000_000_000, newest=True),)
    slide, (first, second, *others) = DECK_PLACES[2], result.hits
    hits = (
        replace(first, copies=copies, versions=versions),
        replace(second, file=DECK, page=None, start=slide.start, end=slide.start + 13,
                places=(slide,), marks=(), text="Slide title 3"),
        *others,
    )  # fmt: skip
    return replace(result, hits=hits)


def sheet_answer(question: str) -> Answer:
    """A sum over a spreadsheet, with the query and the cells."""
    row = BOOK_TEXT.index("Post 12")
    citation = Citation(
        1, BOOK, None, row, row + 14, "Post 12 | 1500", "Budget 2024",
        places=(*BOOK_PLACES, Place(row, 2, "row", "", 13)), copies=(f"{made.HOLT}/Alt/Budget.xlsx",),
        versions=(
            Version(f"{made.HOLT}/Alt/Budget draft.xlsx", None, 30, 44, said="Post 12 | 1400"),
            Version(f"{made.HOLT}/Alt/Budget final.xlsx", None, 50, 64),
        ),
    )  # fmt: skip
    text = "The posts of the sheet Budget come to 97,500."
    table = TableResult(
        file=BOOK, sheet="Budget", table="budget",
        said="The sum of Betrag over all rows of Budget.",
        sql='SELECT sum("Betrag") AS "Betrag" FROM budget', cells="Budget!B2:B40",
        columns=("Post", "Betrag"), rows=(("All", 97_500), ("Mean", 2_500.125)), used=39,
    )  # fmt: skip
    return Answer(
        question, text, False, (Sentence(0, len(text), True, (1,)),), (citation,), (), "",
        Timings(12, None, 40), route="sheets", tables=(table,),
    )  # fmt: skip
