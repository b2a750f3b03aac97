"""Documents for the pictures, made up: letters and notes in folders, and some that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pymupdf

FIRMS = ("Ostra Maritime", "Belt and Sund Ferries", "Kestrel Tankers", "Nordhaven Logistik")
YEARS = range(2019, 2025)


def make_papers(folder: Path) -> None:
    """A folder with readable documents of several kinds and some with problems."""
    for firm in FIRMS:
        _reports(folder / "Annual reports" / firm, firm)
    letters = folder / "Correspondence"
    letters.mkdir(parents=True)
    for year in YEARS:
        text = (
            f"Dear colleagues,\n\nthe inspection of {year} took place on 12 May {year}. The surveyor "
            f"found {year - 2015} defects, all of them repaired by the end of that year.\n\n"
            "Yours sincerely,\nMaren Holt\n"
        )
        (letters / f"Letter of the surveyor {year}.txt").write_text(text, encoding="utf-8")
    _problems(folder / "Old scans")


def _reports(folder: Path, firm: str) -> None:
    folder.mkdir(parents=True)
    for number, year in enumerate(YEARS):
        revenue = 200 + 37 * number + 11 * len(firm)
        pages = (
            (
                f"{firm}\n\nAnnual report {year}\n\nRevenue of {year} was {revenue}.4 million euros, "
                f"up {number + 2}.1 per cent on the year before. The board proposes a dividend of "
                f"{number + 1}.20 euros a share."
            ),
            (
                f"Impairments\n\nAn impairment charge of {number + 3}.8 million euros was recognised on "
                "the feeder vessels, following lower forecast charter rates. Goodwill was not impaired."
            ),
            (
                "Going concern\n\nThe directors see no material uncertainty. The auditor is Harlow Reed; "
                "its opinion is not modified."
            ),
        )
        made = pymupdf.open()
        for page in pages:
            heading, rest = page.split("\n\n", 1)
            sheet = made.new_page()
            sheet.insert_text((72, 90), heading, fontsize=17, fontname="hebo")
            sheet.insert_textbox(
                pymupdf.Rect(72, 120, 523, 760), rest, fontsize=11, fontname="tiro"
            )
        made.save(folder / f"{firm} {year}.pdf")


def _problems(folder: Path) -> None:
    folder.mkdir(parents=True)
    made = pymupdf.open()
    made.new_page().insert_text((72, 90), "The rent was paid.", fontsize=12)
    made.save(
        folder / "Licence to alter 2020.pdf",
        encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256,
        owner_pw="o",
        user_pw="u",
    )
    blank = pymupdf.open()
    for number in range(2):
        blank.new_page()
        blank.save(folder / f"Schedule of condition {number + 1}.pdf")
    (folder / "Plan of the yard.dwg").write_bytes(b"AC1032" + bytes(200))
    (folder / "Rent review memorandum.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\nbroken")
    (folder / "Empty note.txt").write_text("", encoding="utf-8")
