"""Make the sample documents under `assets/samples` anew: `python packaging/make_samples.py`.

Everything in them is made up for Strongroom: a lease as PDF, a memorandum as Word document, minutes
as web page, a list of dates in Markdown. They show each format and hold answers to cite.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import pymupdf

SAMPLES = Path(__file__).resolve().parent.parent / "assets" / "samples"
MADE = "Sample document. Persons, companies and places are made up."
A4 = pymupdf.paper_rect("a4")

LEASE = (
    (
        "Lease of the Mill Yard workshop",
        (
            (
                "Parties",
                (
                    "This lease is made on 3 April 2023 between Aldermere Property Limited "
                    "(the Landlord) and Fennick Bindery Limited (the Tenant)."
                ),
            ),
            (
                "1. Premises",
                (
                    "The Landlord lets to the Tenant the ground floor workshop at 5 Mill "
                    "Yard, Aldermere, with the two parking spaces that are hatched on the plan."
                ),
            ),
            (
                "2. Term",
                (
                    "The term is ten years from 1 May 2023. It ends on 30 April 2033 unless it "
                    "is ended earlier under clause 7."
                ),
            ),
            (
                "3. Rent",
                (
                    "The Tenant pays an annual rent of 48,600 euros, in equal quarterly "
                    "payments in advance on 1 January, 1 April, 1 July and 1 October. Value added tax is "
                    "added where it is due."
                ),
            ),
            (
                "4. Rent review",
                (
                    "The rent is reviewed on 1 May 2028. The reviewed rent is the higher "
                    "of the rent paid before and the open market rent. If it has not been agreed by the "
                    "review date, an independent surveyor determines it."
                ),
            ),
        ),
    ),
    (
        "Use, repair and insurance",
        (
            (
                "5. Use",
                (
                    "The premises are used as a bindery and print workshop. Machines that weigh "
                    "more than 900 kilograms may be set up only on the reinforced floor by the north "
                    "wall."
                ),
            ),
            (
                "6. Repair",
                (
                    "The Tenant keeps the inside of the premises in repair. The Landlord "
                    "keeps the roof, the outer walls and the drains in repair and begins repairs within "
                    "14 days of a written notice."
                ),
            ),
            (
                "6.3 Service charge",
                (
                    "The Tenant pays 22 per cent of the cost of lighting and "
                    "cleaning the yard, but not more than 3,200 euros in a year."
                ),
            ),
            (
                "6.4 Insurance",
                (
                    "The Landlord insures the building. The Tenant insures its machines "
                    "and stock, and shows the policy when asked."
                ),
            ),
        ),
    ),
    (
        "Ending the lease",
        (
            (
                "7. Break right",
                (
                    "The Tenant may end this lease on 30 April 2028 by written notice "
                    "to the Landlord of at least nine months. The notice has no effect if any rent is "
                    "unpaid on that date."
                ),
            ),
            (
                "7.2 Handing back",
                (
                    "When the lease ends, the Tenant removes its machines, makes good "
                    "the floor where they stood and hands back all keys."
                ),
            ),
            (
                "8. Deposit",
                (
                    "The deposit is 12,150 euros. It is paid back within eight weeks of the "
                    "end of the lease, less what the Tenant owes."
                ),
            ),
            (
                "9. Notices",
                (
                    "A notice under this lease is in writing and is delivered by hand or "
                    "sent by recorded post to the registered office. A notice sent by e-mail is not "
                    "valid."
                ),
            ),
        ),
    ),
)

MEMO = (
    (
        "Purpose",
        (
            "Fennick Bindery would like to move the large guillotine to Mill Yard. This "
            "memorandum says what the lease allows and what it would cost."
        ),
    ),
    (
        "Weight",
        (
            "The guillotine weighs 1,350 kilograms. Clause 5 of the lease allows it only on the "
            "reinforced floor by the north wall, where there is room for one machine."
        ),
    ),
    (
        "Cost",
        (
            "Haulier Brandt & Vogel offers the move for 2,480 euros, with insurance. The "
            "electrician expects 1,150 euros for the new supply."
        ),
    ),
    (
        "Recommendation",
        (
            "Move the guillotine in August 2024, when the workshop is closed for two "
            "weeks, and tell the Landlord beforehand in writing."
        ),
    ),
)

MINUTES = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Minutes of the partners' meeting, 12 June 2024</title></head>
<body>
<h1>Minutes of the partners' meeting, 12 June 2024</h1>
<p>{MADE}</p>
<p>Present: Ines Fennick, Tomas Hale, Rhea Okafor (minutes).</p>
<h2>1. Guillotine</h2>
<p>The partners agreed to move the guillotine in August and accepted the offer of Brandt &amp; Vogel.
Tomas Hale tells the Landlord.</p>
<h2>2. Rent review</h2>
<p>Rhea Okafor gets an opinion on the open market rent by the end of 2027. No figure was discussed.</p>
<h2>3. Paper</h2>
<p>The price of grey board rose by 6.5 per cent in May. Orders are placed quarterly from now on.</p>
</body>
</html>
"""

DATES = f"""# Dates to keep

{MADE}

## Lease of Mill Yard

- Last day on which a notice under the break right can arrive: 30 July 2027
- Rent review: 1 May 2028
- End of the term: 30 April 2033

## Insurance

The policy for machines and stock, number AB-4471-20, is renewed each year on 15 September.
"""


def make_lease(file: Path) -> None:
    """A paged PDF with headings and printed page numbers."""
    document = pymupdf.open()
    for number, (title, clauses) in enumerate(LEASE, start=1):
        page = document.new_page(width=A4.width, height=A4.height)
        body = "".join(f"<h3>{head}</h3><p>{text}</p>" for head, text in clauses)
        page.insert_htmlbox(
            pymupdf.Rect(70, 50, A4.width - 70, 70), f"<p class='m'>{MADE}</p>", css=_CSS
        )
        page.insert_htmlbox(
            pymupdf.Rect(70, 90, A4.width - 70, A4.height - 90), f"<h1>{title}</h1>{body}", css=_CSS
        )
        page.insert_text((A4.width / 2 - 3, A4.height - 50), str(number), fontsize=9)
    document.set_metadata({"title": LEASE[0][0], "creationDate": "", "modDate": ""})
    document.subset_fonts()
    document.save(file, garbage=4, deflate=True, no_new_id=True)


_CSS = (
    "* {font-family: serif; font-size: 11pt; line-height: 1.4}"
    "h1 {font-size: 17pt} h3 {font-size: 11pt; margin-bottom: 2pt} .m {font-size: 8pt; color: gray}"
)


def make_memo(file: Path) -> None:
    document = docx.Document()
    document.core_properties.created = dt.datetime(2024, 5, 21, tzinfo=dt.UTC)
    document.core_properties.author = "Strongroom"
    document.core_properties.title = "Memorandum on moving the guillotine"
    document.add_heading("Memorandum on moving the guillotine", 1)
    document.add_paragraph(MADE)
    for head, text in MEMO:
        document.add_heading(head, 2)
        document.add_paragraph(text)
    document.save(str(file))


def main() -> None:
    SAMPLES.mkdir(parents=True, exist_ok=True)
    make_lease(SAMPLES / "Lease of the Mill Yard workshop 2023-04-03.pdf")
    make_memo(SAMPLES / "Memorandum on moving the guillotine 2024-05-21.docx")
    (SAMPLES / "Minutes 2024-06-12.html").write_text(MINUTES, encoding="utf-8")
    (SAMPLES / "Dates to keep.md").write_text(DATES, encoding="utf-8")


if __name__ == "__main__":
    main()
