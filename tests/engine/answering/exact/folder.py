"""A folder of a small firm, made here: leases, contracts, letters, mails, reports in six formats.

What is in it is what `questions.toml` expects; the time of each file's last change is set.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import docx
import pymupdf

MAIL = "From: {0}\nTo: {1}\nDate: {2}\nSubject: {3}\n\n{4}\n"


def _pdf(*pages: str) -> bytes:
    document = pymupdf.open()
    for text in pages:
        document.new_page().insert_text((72, 72), text)
    return bytes(document.tobytes())


def _docx(*paragraphs: str) -> docx.document.Document:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def _html(body: str) -> str:
    return f"<!doctype html><html><body>{body}</body></html>"


def _mail(sender: str, to: str, day: str, subject: str, body: str) -> str:
    """As mail programs print it: a line each, in bold or not."""
    return MAIL.format(sender, to, day, subject, body)


def _printed(text: str) -> str:
    return _html("<br>\n".join(escape(text).splitlines()))


KELLER, HOLT = "Anna Keller <a.keller@keller-law.example>", "Office <office@holt.example>"
BRANDT = "Jonas Brandt <brandt@mill.example>"

MAILS: dict[str, str] = {
    "Rent for the yard.html": _printed(_mail(KELLER, HOLT, "Mon, 3 Apr 2023 10:15:00 +0200",
        "Rent of the Mill Yard", "The rent of the Mill Yard goes up by 3 per cent.")),
    "Guillotine.html": _printed(_mail(KELLER, BRANDT, "Tue, 21 Nov 2023 09:00:00 +0100",
        "Guillotine", "Please move the guillotine before Christmas.")),
    "Insurance.html": _printed(_mail(BRANDT, KELLER, "Wed, 14 Feb 2024 12:30:00 +0100",
        "Insurance of the guillotine", "Who insures the machine?")),
    "Offer.html": _printed(_mail("Peter Kellermann <p@kellermann.example>", HOLT,
        "Thu, 7 Mar 2024 16:00:00 +0100", "Offer", "Paper from Holt Textiles' own mill.")),
    "Termin.html": _printed("Von: Anna Keller\nAn: Büro\nGesendet: Freitag, 8. März 2024 11:20\n"
        "Betreff: Termin im Amt\n\nDer Termin ist am Montag."),
}  # fmt: skip

TEXTS: dict[str, str] = {
    "Letters/Letter to Boeing 2022-01-10.txt":
        "Dear Sir or Madam,\n\nwe thank you for the paper. Boeing pays within 30 days.\n",
    "Letters/Letter to Holt 2023-06-01.md": "# Letter to Holt Textiles\n\nThe rent is due in June.\n",
    "Letters/Brief an die Stadt.txt":
        "Sehr geehrte Damen und Herren,\n\nin der Werkstatt liegt Asbest auf dem Dach.\n",
    "Reports/Annual report 2023.md":
        "# Annual report\n\nSales rose. Boeing was the largest customer.\n\n"
        "Holt Textiles bought less paper than before.\n",
    "Reports/Safety report.txt": "Safety report\n\nAsbestos was found in the roof of the workshop.\n",
    "Reports/Holt and textiles.txt": "Report\n\nHolt spoke about textiles and about asbestos removal.\n",
    "Various/Sales.csv": "Customer\tSum\nBoeing\t1200\nHolt\t300\n",
    "Various/Recipe.md": "# Bread\n\nFlour, water, salt. Bake it for 40 minutes.\n",
    "Various/Price list.html": _html("<h1>Price list</h1><p>Paper A4: 12 euros.</p>"),
}  # fmt: skip

PDFS: dict[str, tuple[str, ...]] = {
    "Contracts/Lease Mill Yard.pdf": ("Lease\nThe landlord lets the Mill Yard to Holt Textiles.",
        "The rent follows the index of prices.", "Delaware law governs this lease."),
    "Contracts/Lease garage.pdf": ("Lease\nThe landlord lets the garage to Keller.",
        "The rent is fixed."),
    "Contracts/Supply agreement Boeing.pdf": ("Supply agreement\nbetween Boeing and Mill Papers.",
        "The agreement is governed by the law of Delaware."),
    "Contracts/Mietvertrag Halle.pdf": ("Mietvertrag\nDer Vermieter vermietet die Halle an Brandt.",),
    "Various/Manual of the guillotine.pdf": ("Guillotine", "Keep your hands away.", "Oil it.", "End."),
}  # fmt: skip

WORDS: dict[str, tuple[str, ...]] = {
    "Contracts/Maintenance.docx": ("Maintenance contract", "The parties are Brandt and Boeing."),
    "Letters/Letter from Keller.docx": ("Letter", "The garage is empty. Keller wants it back."),
}

CHANGED = {
    "Letters/Letter to Boeing 2022-01-10.txt": "2022-01-10",
    "Letters/Letter to Holt 2023-06-01.md": "2026-06-02",
    "Letters/Letter from Keller.docx": "2026-09-30",
    "Various/Recipe.md": "2026-11-24",
    "Contracts/Lease garage.pdf": "2019-05-05",
}
OTHERWISE = "2025-03-15"
FOLDERS = ("Contracts", "Letters", "Mails", "Reports", "Various")


def make(root: Path) -> None:
    """Write the files, and give each the time of its last change."""
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True)
    mails = {f"Mails/{name}": text for name, text in MAILS.items()}
    for name, text in {**TEXTS, **mails}.items():
        (root / name).write_text(text, encoding="utf-8")
    for name, pages in PDFS.items():
        (root / name).write_bytes(_pdf(*pages))
    for name, paragraphs in WORDS.items():
        _docx(*paragraphs).save(str(root / name))
    (root / "Various" / "Broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a document\n")
    for file in root.rglob("*.*"):
        day = CHANGED.get(file.relative_to(root).as_posix(), OTHERWISE)
        moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC).timestamp()
        os.utime(file, (moment, moment))
