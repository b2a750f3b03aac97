"""Documents of many kinds for the pictures: slides, a sheet, mails in an archive, a scan, a copy."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pymupdf
from openpyxl import Workbook
from tests.engine.leases import lease
from tests.engine.office_files import presentation, shape

PASSWORD = "harbour"
MONTHS = ("January", "February", "March", "April")
COSTS = (
    ("Quay wall", "Structure", 182_400), ("Fenders", "Equipment", 38_250),
    ("Dredging", "Works", 96_000), ("Crane rails", "Equipment", 74_800),
    ("Lighting", "Equipment", 21_900), ("Survey", "Services", 12_500),
    ("Supervision", "Services", 44_000), ("Drainage", "Works", 31_700),
)  # fmt: skip
SLIDES = (
    ("Harbour works 2024", "Board meeting of 2 March 2024"),
    ("Where the money goes", "The quay wall takes a third of the budget."),
    ("Risks", "The contractor of the crane rails has given notice."),
    ("Next steps", "The board decides on the fenders in April."),
)


def make_kinds(folder: Path) -> None:
    """A folder with one document of each kind."""
    folder.mkdir(parents=True)
    _slides(folder / "Board pack 2024.pptx")
    _sheet(folder / "Budget 2024.xlsx")
    _archive(folder / "Correspondence.zip")
    scan(folder / "Deed of 1987.pdf", pages=4)
    _locked(folder / "Licence to alter 2020.pdf")
    copies = folder / "Copies"
    copies.mkdir()
    shutil.copy(folder / "Board pack 2024.pptx", copies / "Board pack (final).pptx")
    _drafts(folder / "Mill flat")


def _drafts(folder: Path) -> None:
    """Three drafts of one lease, a month between them: the last two name another rent."""
    folder.mkdir()
    for number, rent in enumerate(("1,200", "1,300", "1,300"), 1):
        file = folder / f"Lease of the mill flat, draft {number}.txt"
        file.write_text(lease(rent, day=f"5 {MONTHS[number]} 2024"), encoding="utf-8")
        changed = datetime(2024, number + 1, 5, 12, tzinfo=UTC).timestamp()
        os.utime(file, (changed, changed))


def _slides(file: Path) -> None:
    slides = (
        shape(title, kind="title") + shape(*text.split(". "), kind="body") for title, text in SLIDES
    )
    file.write_bytes(presentation(*slides))


def _sheet(file: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Budget"
    sheet.append(("Item", "Kind", "Cost in euros"))
    for row in COSTS:
        sheet.append(row)
    plan = book.create_sheet("Plan")
    plan.append(("Month", "Work"))
    for month, work in (("March", "Dredging"), ("April", "Quay wall"), ("May", "Crane rails")):
        plan.append((month, work))
    book.save(file)


def _archive(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        for day in (2, 9, 16):
            packed.writestr(f"2024/Letter of {day} March.eml", bytes(_mail(day)))
        packed.writestr("Note on the crane.txt", "The crane was inspected on 5 January 2024.")


def _mail(day: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Maren Holt <maren@holt.example>", "Quayside <q@quayside.example>"
    mail["Subject"] = "Notice of the crane rails" if day == 2 else "Re: Notice of the crane rails"
    mail["Date"] = f"{day:02} Mar 2024 09:30:00 +0000"
    mail["Message-ID"] = f"<rails-{day}@holt.example>"
    if day > 2:
        mail["In-Reply-To"] = mail["References"] = "<rails-2@holt.example>"
    mail.set_content(
        f"Dear colleagues,\n\nthe rails were looked at on {day} March 2024.\n\nMaren\n"
    )
    minutes = f"Minutes of {day} March 2024: the rails are worn and are to be replaced."
    mail.add_attachment(minutes, filename="Minutes.txt")
    return mail


def scan(file: Path, pages: int) -> None:
    """A document whose pages are pictures of words."""
    with pymupdf.open() as drawn, pymupdf.open() as made:
        for number in range(1, pages + 1):
            text = (
                f"Deed of conveyance, sheet {number}\n\nThis deed was made on the {number} May 1987 "
                "between the harbour board\nand Holt Textiles. The purchaser shall keep the quay wall "
                "in repair\nand shall pay one third of the cost of dredging in each year."
            )
            drawn.new_page().insert_textbox(pymupdf.Rect(72, 90, 523, 500), text, fontsize=13)
            picture = drawn[-1].get_pixmap(dpi=90 if number == pages else 150)
            page = made.new_page()
            page.insert_image(page.rect, pixmap=picture)
        made.save(file)


def _locked(file: Path) -> None:
    with pymupdf.open() as made:
        made.new_page().insert_text((72, 90), "The licence to alter was granted in 2020.")
        made.save(
            file, encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256, owner_pw="o", user_pw=PASSWORD
        )
