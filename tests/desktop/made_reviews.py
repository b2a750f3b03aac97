"""Made-up annual reports and what a review finds in them: the content of the design's picture."""

from __future__ import annotations

from strongroom_engine.types import Cell, Citation, Column, DocumentRecord, Review, State

REPORTS = "/papers/Annual reports"
COLLECTION = "Shipping audits 2023"

_COMPANIES = (
    ("Ostra Maritime SE", 112),
    ("Belt & Sund Ferries", 96),
    ("Kestrel Tankers plc", 204),
    ("Nordhaven Logistik AG", 138),
    ("Hellas Bulk Carriers", 88),
    ("Tamar Offshore", 76),
    ("Vestfold Reefer ASA", 121),
    ("Polder Dredging NV", 164),
)
REVENUE = Column("What was the revenue in 2023, and how did it change?", "Revenue 2023 and change")
IMPAIRED = Column("Impairments recognised in the year")
CONCERN = Column("Going concern: is any uncertainty disclosed?")
AUDITOR = Column("Who audits, and is the opinion modified?")
COLUMNS = (REVENUE, IMPAIRED, CONCERN, AUDITOR)

_LONG = (
    "Weser Treuhand; unmodified, material uncertainty related to going concern, and an emphasis"
    " of matter on the sale of the terminal after the end of the year"
)
_ANSWERS: tuple[tuple[tuple[str, tuple[int, ...]], ...], ...] = (
    (
        ("€508.9 million, up 6.1 %", (9,)),
        ("€31.4 million on the Feeder vessels; none on goodwill", (87, 88)),
        ("No; but the credit line matures in September 2025", (88,)),
        ("Harlow Reed; unmodified", (104,)),
    ),
    (
        ("DKK 2,140 million, up 3.0 %", (7,)),
        ("None", (61,)),
        ("No", (12,)),
        ("Kragh & Lind; unmodified", (90,)),
    ),
    (
        ("$1,022.7 million, up 18.4 %", (11,)),
        ("Reversal of $14.0 million on two Aframax tankers", (140,)),
        ("No", (15,)),
        ("Harlow Reed; unmodified, emphasis on climate assumptions", (198,)),
    ),
    (
        ("€266.0 million, down 4.2 %", (8,)),
        ("€8.8 million on the Bremerhaven terminal", (74,)),
        ("Yes: covenant waiver until 31 December 2024", (31, 32)),
        (
            _LONG,
            (133,),
        ),
    ),
    (("$188.3 million", (6,)), ("", ()), ("No", (14,)), ("Harlow Reed; unmodified", (80,))),
    (
        ("£91.5 million, up 1.2 %", (6,)),
        ("None", (70,)),
        ("No", (9,)),
        ("Penhale LLP; unmodified", (72,)),
    ),
    (
        ("NOK 3,906 million, down 9.7 %", (5,)),
        ("NOK 212 million on four reefer vessels", (66,)),
        ("No", (18,)),
        ("Fjellvik; unmodified", (115,)),
    ),
    (("", ()), ("", ()), ("", ()), ("", ())),
)


def path(company: int) -> str:
    return f"{REPORTS}/{_COMPANIES[company][0]}.pdf"


DOCUMENTS = tuple(path(number) for number in range(len(_COMPANIES)))


def records() -> tuple[DocumentRecord, ...]:
    return tuple(
        DocumentRecord(
            path=path(number),
            source=REPORTS,
            collection=COLLECTION,
            state=State.INDEXED,
            title="Annual report 2023",
            media_type="application/pdf",
            pages=pages,
            paged=True,
            chunks=80,
        )
        for number, (_, pages) in enumerate(_COMPANIES)
    )


def cell(document: str, question: str, asked: int = 1) -> Cell:
    """What the fake engine answers; the `asked` second time it says so."""
    titles = [each.question for each in COLUMNS]
    if document not in DOCUMENTS or question not in titles:
        return _answer(document, question, f"Answer to {question}", (3,), 0.9)
    row, column = DOCUMENTS.index(document), titles.index(question)
    if row == len(DOCUMENTS) - 1:
        return Cell(document, question, problem="The file is damaged: it ends too early.")
    text, pages = _ANSWERS[row][column]
    if not text:
        return Cell(document, question, abstained=True, confidence=0.8, model="qwen")
    again = " (asked again)" if asked > 1 else ""
    sure = 0.35 if row == 4 and column == 0 else 0.86
    return _answer(document, question, text + again, pages, sure)


def _answer(document: str, question: str, text: str, pages: tuple[int, ...], sure: float) -> Cell:
    citations = tuple(
        Citation(n, document, page, 120, 260, f"{text}, as the notes explain.", score=0.9)
        for n, page in enumerate(pages, 1)
    )
    return Cell(document, question, text, False, citations, sure, model="qwen")


def done(name: str = "Annual reports 2023", cells: int = 32) -> Review:
    """The review of the picture, as far as so many cells."""
    made = [cell(document, each.question) for document in DOCUMENTS for each in COLUMNS]
    return Review(name, COLUMNS, DOCUMENTS, tuple(made[:cells]), cells < len(made))


def large(documents: int = 1_000, questions: int = 20) -> Review:
    """A complete review of that many documents."""
    columns = tuple(Column(f"Question {number} of the auditor?") for number in range(questions))
    paths = tuple(f"{REPORTS}/Report {number:04d}.pdf" for number in range(documents))
    cells = tuple(
        _answer(
            each,
            column.question,
            f"€{n * 7 % 991}.{n % 10} million on row {row} and so on for some words more",
            (n % 90 + 1,),
            0.9,
        )
        for row, each in enumerate(paths)
        for n, column in enumerate(columns)
    )
    return Review("Large", columns, paths, cells)
