"""A small made file of each format that is read, by the name that it has in a folder."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
from collections.abc import Callable

import docx
import py7zr
import pymupdf
import xlsxwriter
from backports import zstd

from tests.engine.indexing.parse.books.test_books import CHAPTERS, book, mobi, palm
from tests.engine.indexing.parse.images.test_images import HEIC, drawn, saved
from tests.engine.indexing.parse.mail.test_mail import message
from tests.engine.indexing.parse.mail.test_outlook import LEASE, PEOPLE
from tests.engine.indexing.parse.office.test_docx import LISTS, document, numbered, paragraph
from tests.engine.indexing.parse.office.test_odf import SPACES as ODF_SPACES
from tests.engine.indexing.parse.office.test_odf import TYPE, content
from tests.engine.indexing.parse.sheets.test_workbooks import xls
from tests.engine.office_files import (
    RELATIONS,
    Word,
    encrypted,
    native,
    old_notes,
    old_presentation,
    old_shape,
    old_slide,
    old_text,
    presentation,
    relations,
    shape,
    zipped,
)
from tests.engine.outlook_files import Made, msg, tnef
from tests.engine.pst_files import pst

_TEXT_FIELD, _AES_256 = 7, 5  # as MuPDF numbers them; its types do not know the names
WORDS = "The rent of the old mill is 900 € a month, due on 5 January 2024."
LINES = "".join(f"{number}. {WORDS}\n" for number in range(1, 20))
CONTACT = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Keller\r\nTEL;TYPE=cell:+49 1\r\nEND:VCARD\r\n"
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\n"
    "DTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
    "UID:1\r\nDTSTART;TZID=X:20240302T120000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=5;INTERVAL=2\r\n"
    "SUMMARY:Lease\r\nATTENDEE;CN=Bo:mailto:bo@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _pdf() -> bytes:
    """Not packed, so that what stands in it can be broken: text, a table of contents, labels of
    pages, a note, a form, an attachment."""
    with pymupdf.open() as file:
        for number in range(3):
            file.new_page().insert_text((60, 80), f"{number}. {WORDS}")
        file.set_toc([[1, "Lease", 1], [2, "Rent", 2]])
        file.set_page_labels([{"startpage": 0, "prefix": "A-", "style": "r", "firstpagenum": 5}])
        file[1].add_text_annot((60, 60), "a note")
        field = pymupdf.Widget()
        field.field_name, field.field_type = "tenant", _TEXT_FIELD
        field.field_value, field.rect = "Ana Keller", pymupdf.Rect(60, 200, 200, 220)
        file[1].add_widget(field)
        file.embfile_add("plan.txt", b"the plan of the mill")
        data: bytes = file.tobytes(deflate=False, expand=255)
        return data


def _locked() -> bytes:
    with pymupdf.open() as file:
        file.new_page().insert_text((60, 80), WORDS)
        data: bytes = file.tobytes(encryption=_AES_256, user_pw="beech")
        return data


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Lease", 1)
    document.add_paragraph(WORDS, style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Rent"
    document.sections[0].header.paragraphs[0].text = "Draft"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _numbered_docx() -> bytes:
    inside = {"one_dot_html": "<h2>page</h2>", "numbering_dot_xml": LISTS}
    held = {**inside, "_rels__document_dot_xml_dot_rels": relations(numbering_1="numbering.xml")}
    clauses = paragraph("Term", numbered(0)) + paragraph("Start", numbered(1))
    return document(clauses, **held, embeddings__plan_dot_txt="the plan")


def _pptx() -> bytes:
    return presentation(
        shape("Lease", kind="title", box=(0, 0, 9, 9)) + shape(WORDS, box=(0, 20, 9, 9)),
        "hidden:" + shape(WORDS),
        ppt__notesSlides__notesSlide1_dot_xml="<x/>",
    )


def _odf(kind: str, body: str, inside: str = "") -> bytes:
    styles = "<style:style style:name='P1' style:family='paragraph'/>"
    return zipped({"mimetype": TYPE + kind, "content.xml": content(body, styles, inside or kind)})


def _flat() -> bytes:
    rows = "".join(
        f"<table:table-row><table:table-cell office:value-type='float' office:value='{n}'"
        f" table:number-columns-repeated='2'><text:p>{n}</text:p></table:table-cell></table:table-row>"
        for n in range(9)
    )
    return (
        f"<?xml version='1.0'?><office:document {ODF_SPACES} office:mimetype='{TYPE}spreadsheet'>"
        "<office:body><office:spreadsheet><table:table table:name='Rent'>"
        f"{rows}</table:table></office:spreadsheet></office:body></office:document>"
    ).encode()


_ODF_TEXT = (
    f"<text:h text:outline-level='1'>Lease</text:h><text:p text:style-name='P1'>{WORDS}<text:s text:c='3'/>"
    "</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell table:number-columns-repeated='3'><text:p>a</text:p>"
    "</table:table-cell></table:table-row></table:table>"
)
_ODF_PAGE = (
    "<draw:page><draw:frame svg:x='1cm' svg:y='1cm' svg:width='5cm' svg:height='1cm'><draw:text-box>"
    f"<text:p>{WORDS}</text:p></draw:text-box></draw:frame></draw:page>"
)
_ODF_TABLE = (
    "<table:table table:name='Rent'><table:table-row table:number-rows-repeated='2'><table:table-cell"
    " office:value-type='date' office:date-value='2024-01-05'><text:p>05.01.24</text:p></table:table-cell>"
    "<table:table-cell office:value-type='currency' office:value='3.5'><text:p>3,50 €</text:p>"
    "</table:table-cell></table:table-row></table:table>"
)


def _xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Rent")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ("Tenant", "Rent", "Paid", "Since"))
        for row in range(1, 9):
            sheet.write_row(row, 0, (f"Tenant {row}", row * 100.5, row % 2 == 0))
            sheet.write(row, 3, 45_000 + row, day)
        sheet.write_formula(9, 1, "=SUM(B2:B9)", None, 3618)
        sheet.merge_range("A11:C11", "merged")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write_comment("A2", "a note")
    return out.getvalue()


def _xls() -> bytes:
    def record(kind: int, row: int, column: int, said: bytes) -> bytes:
        return struct.pack("<HHHHH", kind, 6 + len(said), row, column, 0) + said

    texts = (record(0x0204, row, 0, struct.pack("<HB", 4, 0) + b"Rent") for row in range(5))
    numbers = (record(0x0203, row, 1, struct.pack("<d", row * 1.5)) for row in range(1, 5))
    return xls(*texts, *numbers)


def _xlsb() -> bytes:
    def record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    named = struct.pack("<II", 0, 1) + wide("sheet_1") + wide("Rent")
    cells = b"".join(
        record(0, struct.pack("<I", row) + bytes(21))
        + record(6, struct.pack("<II", 0, 0) + wide(f"Tenant {row}"))
        + record(5, struct.pack("<IId", 1, 0, row * 1.5))
        for row in range(5)
    )
    size = record(148, struct.pack("<IIII", 0, 4, 0, 1))
    kinds = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
    return zipped({
        "[Content_Types].xml": kinds,
        "xl/workbook.bin": record(131) + record(143) + record(156, named) + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": relations(sheet_1="worksheets/sheet1.bin").replace(
            f"{RELATIONS}/sheet'", f"{RELATIONS}/worksheet'"
        ),
        "xl/worksheets/sheet1.bin": record(129) + size + record(145) + cells + record(146) + record(130),
    })  # fmt: skip


def _xps() -> bytes:
    space = "xmlns='http://schemas.microsoft.com/xps/2005/06'"
    path = "<Path Data='M 10,10 L 90,90' Stroke='#ff000000' StrokeThickness='2'/>"
    sequence = relations(x="FixedDocSeq.fdseq").replace(
        f"{RELATIONS}/x", "http://schemas.microsoft.com/xps/2005/06/fixedrepresentation"
    )
    return zipped({
        "_rels/.rels": sequence,
        "FixedDocSeq.fdseq": f"<FixedDocumentSequence {space}><DocumentReference Source='/1.fdoc'/></FixedDocumentSequence>",
        "1.fdoc": f"<FixedDocument {space}><PageContent Source='/1.fpage'/></FixedDocument>",
        "1.fpage": f"<FixedPage {space} Width='200' Height='200' xml:lang='en'>{path}</FixedPage>",
    })  # fmt: skip


def _doc() -> bytes:
    word = Word().add("Lease", style=1).add(WORDS).note("see above").add("The end")
    return word.mark("900", struct.pack("<HB", 0x083C, 1)).made()


def _ppt() -> bytes:
    slide = old_slide(old_shape(old_text("Lease", 0)), old_shape(old_text(WORDS, 1), (0, 9, 9, 19)))
    return old_presentation(
        [(slide, b""), (old_slide(is_hidden=True), old_text(WORDS, 1))],
        [old_notes(256, "say so")],
        (native("plan.txt", b"the plan"),),
    )


def _eml() -> bytes:
    made = message()
    made.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    made.add_attachment(LINES, filename="Anhang für Öl.txt")
    made.add_attachment(message("inner"))
    return made.as_bytes()


def _mbox() -> bytes:
    sent = "From a@example.org Sat Mar  2 12:00:00 2024\n"
    letters = (message(f"Lease {number}").as_string() for number in range(4))
    return "".join(f"{sent}{letter}\n" for letter in letters).encode()


def _mhtml() -> bytes:
    made = message("Saved")
    del made["From"], made["To"], made["Message-ID"], made["Content-Type"]
    made["Content-Type"] = 'multipart/related; boundary="x"; type="text/html"'
    made.set_payload("--x\r\nContent-Type: text/html\r\n\r\n<h1>Lease</h1><p>Rent</p>\r\n--x--")
    return made.as_bytes()


def _message() -> Made:
    inner = Made({**LEASE, 0x0037: "The offer"}, files=[{0x3707: "plan.txt", 0x3701: b"the plan"}])
    return Made(LEASE, {0x8001: "x"}, PEOPLE, [inner, {0x3707: "a.txt", 0x3701: b"x" * 5000}])


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("lease.txt", "old/" * 40 + "für.txt"):
            facts = tarfile.TarInfo(name)
            facts.size = len(LINES.encode())
            archive.addfile(facts, io.BytesIO(LINES.encode()))
    return out.getvalue()


def _sevenzip() -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name in ("lease.txt", "old/lease.md"):
            archive.writestr(LINES, name)
    return out.getvalue()


def _notebook() -> bytes:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Lease\n", WORDS]},
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "print(1)",
         "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}]},
    ]  # fmt: skip
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


_HTML = (
    "<!doctype html><html><head><title>Lease</title><style>.x{display:none}</style></head><body><main>"
    f"<h1>Lease</h1><p>{WORDS}</p><p class='x' style='color:#fff;font-size:1px'>hidden</p><ul><li>one<ul><li>two"
    "</li></ul></li></ul><table><tr><th colspan='2'>a</th></tr><tr><td rowspan='2'>1</td><td>2</td></tr></table>"
    "<pre>code</pre><img alt='x' src='data:image/png;base64,AA=='></main></body></html>"
)
_MARKDOWN = (
    f"---\ntitle: Lease\n---\n# Lease\n\n{WORDS}\n\n- one\n  - two\n    1. three\n\n> said *so* **well**\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\ncode\n```\n\n[link](x.md) ![p](y.png) `x`\n\n[^1]: note\n"
)
_FB2 = (
    "<?xml version='1.0'?><FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><description>"
    "<title-info><book-title>Lease</book-title></title-info></description><body><section><title><p>One</p>"
    f"</title><p>{WORDS}</p><section><p>two</p></section></section></body></FictionBook>"
)
_XML = (
    "<?xml version='1.0'?><contract number='17'><title>Lease</title><party role='tenant'>Holt</party>"
    f"<clause>{WORDS} <b>due</b></clause></contract>"
)
_RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Arial;}}{\stylesheet{\s1\outlinelevel0 heading 1;}}"
    r"{\info{\title Lease}}\pard\s1 Rent\par\pard It is \b due\b0  \'80 \u8364?{\footnote so}\par\trowd\cellx100"
    r"\cellx200 a\cell b\cell\row{\pict\pngblip 89504e47}{\object\objemb{\*\objdata 0102}}{\v hidden}\par}"
)
_TEX = (
    "\\documentclass{article}\\title{Lease}\\begin{document}\\maketitle\\section{Rent}\n"
    f"{WORDS}\n\\begin{{itemize}}\\item one \\emph{{two}}\\end{{itemize}}$x^2$ % note\n\\end{{document}}\n"
)
_PICTURE = drawn()
SAMPLES: dict[str, Callable[[], bytes]] = {
    "paper.pdf": _pdf,
    "locked.pdf": _locked,
    "lease.docx": _docx,
    "clauses.docx": _numbered_docx,
    "locked.docx": lambda: encrypted(_docx(), "beech"),
    "talk.pptx": _pptx,
    "rent.xlsx": _xlsx,
    "rent.xlsb": _xlsb,
    "rent.xls": _xls,
    "old.doc": _doc,
    "old.ppt": _ppt,
    "text.odt": lambda: _odf("text", _ODF_TEXT),
    "talk.odp": lambda: _odf("presentation", _ODF_PAGE),
    "plan.odg": lambda: _odf("graphics", _ODF_PAGE, "drawing"),
    "rent.ods": lambda: _odf("spreadsheet", _ODF_TABLE),
    "rent.fods": _flat,
    "letter.rtf": _RTF.encode,
    "print.xps": _xps,
    "book.epub": lambda: book(CHAPTERS),
    "book.fb2": _FB2.encode,
    "book.mobi": lambda: mobi(f"<h1>Morning</h1><p>{LINES}</p><mbp:pagebreak/><p>{LINES}</p>"),
    "notes.pdb": lambda: palm(
        b"TEXtREAd", struct.pack(">H2xIHHI", 2, 20, 1, 4096, 0), b"Lease of\x80\x18 day"
    ),
    "page.html": _HTML.encode,
    "page.mhtml": _mhtml,
    "notes.md": _MARKDOWN.encode,
    "notes.txt": LINES.encode,
    "notes.rst": f"Lease\n=====\n\n{WORDS}\n\n- one\n\n.. note:: so\n\n+---+---+\n| a | b |\n".encode,
    "notes.adoc": f"= Lease\n:toc:\n\n== Rent\n\n{WORDS}\n\n* one\n** two\n\n|===\n|a |b\n|===\n".encode,
    "paper.tex": _TEX.encode,
    "rent.csv": ("What;Rent;Day\n" + '"a ""b""";1.250,50;05.01.24\n' * 9).encode,
    "data.json": lambda: json.dumps([{"a": WORDS, "b": [1, None, {"c": 2.5}]}] * 5).encode(),
    "data.xml": _XML.encode,
    "code.py": ("def rent():\n    return 900\n" * 60).encode,
    "film.srt": f"1\n00:00:01,000 --> 00:00:02,500\n<i>{WORDS}</i>\n".encode,
    "work.ipynb": _notebook,
    "lease.eml": _eml,
    "post.mbox": _mbox,
    "lease.msg": lambda: msg(_message()),
    "winmail.dat": lambda: tnef(_message()),
    "old.pst": lambda: pst({"Inbox": [_message()], "Old": {"2023": [Made(LEASE)]}}),
    "dates.ics": EVENT.encode,
    "people.vcf": (CONTACT * 3).encode,
    "all.zip": lambda: zipped(
        {"lease.txt": LINES, "a/b.html": _HTML, "in.zip": zipped({"x.md": "x"})}
    ),
    "all.tar": _tar,
    "all.tar.gz": lambda: gzip.compress(_tar()),
    "all.7z": _sevenzip,
    "notes.txt.gz": lambda: gzip.compress(LINES.encode()),
    "notes.txt.bz2": lambda: bz2.compress(LINES.encode()),
    "notes.txt.xz": lambda: lzma.compress(LINES.encode()),
    "notes.txt.zst": lambda: zstd.compress(LINES.encode()),
    "scan.png": lambda: saved(_PICTURE, "PNG"),
    "scan.jpg": lambda: saved(_PICTURE, "JPEG"),
    "scan.gif": lambda: saved(_PICTURE.convert("P"), "GIF"),
    "scan.bmp": lambda: saved(_PICTURE, "BMP"),
    "scan.tif": lambda: saved(_PICTURE, "TIFF", save_all=True, append_images=[_PICTURE]),
    "scan.webp": lambda: saved(_PICTURE, "WEBP"),
    "scan.jp2": lambda: saved(_PICTURE, "JPEG2000"),
    "scan.avif": lambda: saved(_PICTURE, "AVIF"),
    "scan.heic": lambda: HEIC,
}
"""What each is made of by: name -> its bytes."""
