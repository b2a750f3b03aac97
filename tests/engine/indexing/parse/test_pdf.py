"""PDF: one text for index and drawing, and a place on the page for every character of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from tests.engine.parsing import on_disk

from strongroom_engine.errors import (
    DamagedDocument,
    EmptyDocument,
    NeedsPassword,
    NoText,
)
from strongroom_engine.indexing.parse.messages import Rectangle
from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.indexing.parse.pdf.text import extract, extract_with_places
from strongroom_engine.settings import Settings

MakePdf = Callable[..., Path]

COLUMNS = ((60, 60, 290, 700), (320, 60, 550, 700))
LONG = "The lessee shall keep the premises in good repair and condition at all times. " * 4
OTHER = "No alteration shall be made without the written consent of the landlord first had. " * 2
PIECES = {
    "plain": "<p>The tenant pays the <b style='color:red'>rent monthly</b> in advance.</p>",
    "two lines": f"<p>{LONG}<span style='color:red'>{OTHER}</span>{LONG}</p>",
    "ligature": "<p>The office <span style='color:red'>final</span> waffle.</p>",
    "right to left": "<p dir='rtl'>הספר <span style='color:red'>החדש</span> מונח על שולחן</p>",
    "both directions": "<p dir='rtl'>הספר <span style='color:red'>PDF</span> מונח בבית</p>",
    "table": "<table><tr><td>Rent</td><td style='color:red'>1,250</td><td>1,300</td></tr></table>",
    "hyphen": (
        "<p style='width:120px'>The parties made an "
        "<span style='color:red'>inter&shy;national&shy;isation&shy;agree&shy;ment</span> today</p>"
    ),
}
RED = {
    "plain": "rent monthly",
    "two lines": OTHER,
    "ligature": "final",
    "right to left": "החדש",
    "both directions": "PDF",
    "table": "1,250",
}


def squeezed(text: str) -> str:
    return "".join(text.split())


def span_of(text: str, wanted: str) -> tuple[int, int]:
    """Where `wanted` stands, white space aside: by counting, so that line breaks do not matter."""
    kept = [place for place, character in enumerate(text) if not character.isspace()]
    start = squeezed(text).index(squeezed(wanted))
    return kept[start], kept[start + len(squeezed(wanted)) - 1] + 1


def in_and_out(png: bytes, boxes: Sequence[Rectangle]) -> tuple[float, float]:
    """The share of the red pixels, and of the black ones, that lie in any of the boxes."""
    picture = pymupdf.Pixmap(io.BytesIO(png))
    pixels = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width, 3)
    dark = (pixels[..., 1] < 128) & (pixels[..., 2] < 128)
    red, black = dark & (pixels[..., 0] > 128), dark & (pixels[..., 0] <= 128)
    inside = np.zeros(dark.shape, bool)
    for x0, y0, x1, y1 in boxes:
        left, right = round(x0 * picture.width) - 1, round(x1 * picture.width) + 1
        inside[round(y0 * picture.height) - 1 : round(y1 * picture.height) + 1, left:right] = True
    return (red & inside).sum() / red.sum(), (black & inside).sum() / black.sum()


@pytest.mark.parametrize("kind", RED)
@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_places_cover_what_was_printed_in_red_and_nothing_else(
    make_pdf: MakePdf, kind: str, rotation: int
) -> None:
    path = make_pdf(PIECES[kind], finish=lambda file: file[0].set_rotation(rotation))
    text = pdf.parse(on_disk(path)).pages[0].text
    drawn = pdf.render(on_disk(path), 1, 700, (span_of(text, RED[kind]),))
    red, black = in_and_out(drawn.png, drawn.rectangles[0])
    assert red >= 0.97
    assert black <= 0.05  # a line's box reaches a little into the lines above and below


@pytest.mark.parametrize("html", [*PIECES.values(), f"<p>{LONG * 9}</p><hr><p>{LONG * 9}</p>"])
def test_index_and_drawing_read_the_same_text(make_pdf: MakePdf, html: str) -> None:
    path = make_pdf(html, boxes=COLUMNS)
    with pdf.opened(on_disk(path)) as file:
        read, drawn = extract(file[0]), extract_with_places(file[0])
    assert read.text == drawn.text
    assert [(line.start, line.text) for line in read.lines] == [
        (line.start, line.text) for line in drawn.lines
    ]
    assert all(read.text[line.start : line.end] == line.text for line in read.lines)


def test_a_word_cut_at_the_line_end_has_a_rectangle_on_each_line(make_pdf: MakePdf) -> None:
    path = make_pdf(PIECES["hyphen"], boxes=((60, 60, 200, 700),))
    text = pdf.parse(on_disk(path)).pages[0].text
    start, end = text.index("inter"), text.index(" today") if " today" in text else len(text)
    (boxes,) = pdf.render(on_disk(path), 1, 500, ((start, end),)).rectangles
    assert len(boxes) == text[start:end].strip().count("\n") + 1 > 1
    tops = [box[1] for box in boxes]
    assert tops == sorted(tops)


def test_columns_are_read_one_after_the_other(make_pdf: MakePdf) -> None:
    left = "".join(f"<p>Left clause {number} says something.</p>" for number in range(9))
    path = make_pdf(f"{left}<hr>{left.replace('Left', 'Right')}", boxes=COLUMNS)
    text = pdf.parse(on_disk(path)).pages[0].text
    assert text.index("Left clause 8") < text.index("Right clause 0")


def test_rows_of_a_table_stay_together(make_pdf: MakePdf) -> None:
    rows = "".join(
        f"<tr><td style='width:200px'>{name}</td><td style='width:90px'>{a}</td><td>{b}</td></tr>"
        for name, a, b in [("Net sales", "4,236", "3,844"), ("Total assets", "27,165", "27,241")]
    )
    text = pdf.parse(on_disk(make_pdf(f"<table>{rows}</table>"))).pages[0].text
    assert "Net sales\t4,236\t3,844" in text
    assert "Total assets\t27,165\t27,241" in text


def test_arabic_presentation_forms_are_spelled_out(make_pdf: MakePdf) -> None:
    path = make_pdf("<p dir='rtl'>كتاب جديد</p>")
    assert "كتاب جديد" in pdf.parse(on_disk(path)).pages[0].text


HEADED = (
    "<h1 style='font-size:24px'>Master Lease</h1><h2 style='font-size:18px'>1 Rent</h2>"
    f"<p>{LONG}</p><h2 style='font-size:18px'>2 Term of the lease</h2><p>{LONG}</p>"
)


def test_headings_are_known_by_their_looks(make_pdf: MakePdf) -> None:
    document = pdf.parse(on_disk(make_pdf(f"<p>{LONG * 5}</p>", HEADED)))
    found = [(heading.level, heading.text) for heading in document.headings]
    assert found == [(1, "Master Lease"), (2, "1 Rent"), (2, "2 Term of the lease")]
    for heading in document.headings:
        assert document.text.startswith(heading.text, heading.start)


def test_running_heads_are_no_headings(make_pdf: MakePdf) -> None:
    head = "<h1 style='font-size:20px'>ACME Confidential</h1>"
    document = pdf.parse(on_disk(make_pdf(*(f"{head}<p>{n} {LONG}</p>" for n in range(6)))))
    assert document.headings == ()
    assert document.title == "paper"


def test_a_section_that_every_part_has_is_no_running_head(make_pdf: MakePdf) -> None:
    head = "<p>ACME Confidential</p>"
    part = f"<p>{LONG * 3}</p><h2 style='font-size:16px'>Revenues</h2><p>{LONG * 3}</p>"
    document = pdf.parse(on_disk(make_pdf(*[head + part] * 6)))
    assert [heading.text for heading in document.headings] == ["Revenues"] * 6


def test_bookmarks_go_before_looks(make_pdf: MakePdf) -> None:
    def mark(file: pymupdf.Document) -> None:
        file.set_toc([[1, "Lease", 1], [2, "2 Term of the lease", 2], [1, "Annex", 2]])

    document = pdf.parse(on_disk(make_pdf(f"<p>{LONG}</p>", HEADED, finish=mark)))
    assert [(h.level, h.text) for h in document.headings] == [
        (1, "Lease"),
        (1, "Annex"),
        (2, "2 Term of the lease"),
    ]
    assert document.text.startswith("2 Term of the lease", document.headings[2].start)
    assert document.headings[1].start == document.page_starts[1]


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ("Lease of the old mill", "Lease of the old mill"),
        ("Microsoft Word - draft7.doc", "Master Lease"),
        ("untitled", "Master Lease"),
        ("0000764478-23-000006", "Master Lease"),
        ("", "Master Lease"),
    ],
)
def test_the_title_is_the_metadatas_only_if_it_is_one(
    make_pdf: MakePdf, metadata: str, title: str
) -> None:
    path = make_pdf(HEADED, finish=lambda file: file.set_metadata({"title": metadata}))
    assert pdf.parse(on_disk(path)).title == title


def test_printed_page_numbers_are_kept_where_they_differ(make_pdf: MakePdf) -> None:
    def label(file: pymupdf.Document) -> None:
        file.set_page_labels(
            [
                {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
                {"startpage": 2, "prefix": "A-", "style": "D", "firstpagenum": 1},
            ]
        )

    path = make_pdf(*["<p>words</p>"] * 3, finish=label)
    assert [page.label for page in pdf.parse(on_disk(path)).pages] == ["i", "ii", "A-1"]
    assert pdf.render(on_disk(path), 3, 200, ()).label == "A-1"


def test_a_password_is_asked_for_only_where_one_is_needed(make_pdf: MakePdf) -> None:
    aes = pymupdf.mupdf.PDF_ENCRYPT_AES_256
    locked = make_pdf("<p>secret</p>", encryption=aes, user_pw="u", owner_pw="o")
    with pytest.raises(NeedsPassword):
        pdf.parse(on_disk(locked))
    free = make_pdf("<p>open</p>", name="b.pdf", encryption=aes, user_pw="", owner_pw="o")
    assert pdf.parse(on_disk(free)).text == "open"


def scan_page(file: pymupdf.Document) -> None:
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 50, 50))
    picture.clear_with(90)
    file[0].insert_image(file[0].rect, pixmap=picture)


def test_a_scan_and_a_blank_page_are_told_apart(make_pdf: MakePdf) -> None:
    scan = on_disk(make_pdf("", finish=scan_page))
    assert pdf.parse(scan).scanned == (1,)
    with pytest.raises(NoText):
        pdf.parse(replace(scan, settings=Settings(text_recognition=False)))
    with pytest.raises(EmptyDocument):
        pdf.parse(on_disk(make_pdf("", name="blank.pdf", finish=lambda file: file.new_page())))


NO_PAGES = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
trailer<</Root 1 0 R/Size 3>>
%%EOF
"""


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nnothing else",
        NO_PAGES,
        b"%PDF-",
        b"%PDF-1.4\n" + b"\0" * 9999,
    ],
)
def test_what_only_begins_like_a_pdf_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(DamagedDocument):
        pdf.parse(on_disk(path))


def test_a_cut_off_pdf_gives_what_is_left_or_a_reason(make_pdf: MakePdf) -> None:
    path = make_pdf(*(f"<p>{number} {LONG}</p>" for number in range(9)))
    whole = path.read_bytes()
    outcomes: list[bool | str] = []
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            outcomes.append("premises" in pdf.parse(on_disk(path)).text)
        except DamagedDocument:
            outcomes.append("a reason")
    assert outcomes[0] == "a reason"
    assert outcomes[-1] is True
    assert False not in outcomes


def test_mupdf_says_nothing_on_stderr(make_pdf: MakePdf, capfd: pytest.CaptureFixture[str]) -> None:
    path = make_pdf("<p>words</p>")
    path.write_bytes(path.read_bytes()[:-200] + b"garbage")
    pdf.parse(on_disk(path))
    assert capfd.readouterr() == ("", "")


def test_a_page_is_never_drawn_larger_than_memory_allows(make_pdf: MakePdf) -> None:
    def stretch(file: pymupdf.Document) -> None:
        file[0].set_mediabox(pymupdf.Rect(0, 0, 20, 14_000))

    drawn = pdf.render(on_disk(make_pdf("<p>x</p>", finish=stretch)), 1, 8_000, ())
    assert drawn.width_px * drawn.height_px <= 1.01 * pdf.MAX_PIXELS


def test_a_page_that_is_gone_cannot_be_drawn(make_pdf: MakePdf) -> None:
    with pytest.raises(DamagedDocument, match="no page 2"):
        pdf.render(on_disk(make_pdf("<p>x</p>")), 2, 100, ())
