"""Rich text: encodings, tables, notes, and what is not shown."""

from __future__ import annotations

import pytest
from tests.engine.parsing import read

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NoText
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, PICTURES
from strongroom_engine.types import Document, LeftOut

FONTS = (
    rb"{\fonttbl{\f0\froman Times;}{\f1\fnil\fcharset204 Arial;}{\f2\fnil\fcharset128 MS Mincho;}}"
)


def rtf(body: bytes | str, head: bytes = rb"\ansi\ansicpg1252\deff0" + FONTS) -> Document:
    data = body if isinstance(body, bytes) else body.encode("ascii")
    return read("letter.rtf", b"{\\rtf1" + head + b" " + data + b"}")


def test_paragraphs_headings_and_title() -> None:
    styles = r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3\outlinelevel1 Own;}}"
    info = r"{\info{\title The lease}{\author Nobody}}"
    document = rtf(
        styles
        + info
        + r"\pard\s1 Rent\par\pard It is due.\par\s3 Term\par\pard\outlinelevel2 Part\par"
    )
    assert document.text == "Rent\n\nIt is due.\n\nTerm\n\nPart"
    assert [(one.level, one.text) for one in document.headings] == [
        (1, "Rent"),
        (2, "Term"),
        (3, "Part"),
    ]
    assert document.title == "The lease"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"Gr\'f6\'dfe \'80", "Größe €"),
        (rb"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2} {\f0 \'e9}", "Привет é"),
        (rb"\f2 \'83e\'83X\'83g", "テスト"),
        (rb"\u8364?\u-10180?\u-8374? \uc2\u233\'65\'65x\uc0\u233x", "€🍊 éxéx"),
        (rb"a\emdash b\ldblquote c\rdblquote\~d\_e\-f\{\}\\", "a—b“c”\u00a0d-ef{}\\"),
        (rb"{\upr{old}{\*\ud{n\u233?w}}}", "néw"),
    ],
)
def test_characters(body: bytes, text: str) -> None:
    assert rtf(body).text == text


def test_the_encoding_of_the_document_where_a_font_has_none() -> None:
    assert rtf(rb"\'cf\'f0", rb"\ansi\ansicpg1251").text == "Пр"
    assert rtf(rb"\'8e", rb"\mac").text == "é"


def test_rows_and_cells() -> None:
    def row(first: str, second: str, head: str = "") -> str:
        return rf"\trowd{head}\cellx1\cellx2\pard\intbl {first}\cell {second}\par more\cell\row"

    document = rtf(
        "before\\par" + row("Item", "Price", r"\trhdr") + row("Chair", "40") + r"\pard after\par"
    )
    assert document.text == "before\n\nItem | Price more\nChair | 40 more\n\nafter"
    assert (
        document.text[document.tables[0].start : document.tables[0].header_end]
        == "Item | Price more"
    )


def test_notes_comments_boxes_and_margins() -> None:
    document = rtf(
        r"{\header Firm\par}one{\footnote\pard about it}{\*\atnid x}{\*\annotation why}\par two"
        r"{\shp{\*\shpinst{\sp{\sn name}{\sv 1}}{\shptxt boxed\par}}{\shprslt again}}\par{\footer Firm}"
    )
    assert document.text.split("\n\n") == ["one", "about it", "why", "two", "boxed", "Firm"]


def test_fields_lists_and_what_is_not_read() -> None:
    item = r"{\listtext\'b7\tab}"
    document = rtf(
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the page}}\par"
        rf"\pard{item}\ls1 first\par{item}second\par{item}third\par\pard"
        r"{\*\unknown nothing}{\pict ffd8}{\object{\*\objdata 00}{\result shown}}{\*\cs5\b bold}{x \*\cs7 kept}\par"
    )
    assert document.text == "the page\n\nfirst\n\nsecond\n\nthird\n\nshownx kept"
    assert len(document.lists[0].items) == 3
    assert document.left_out == (LeftOut(PICTURES(), 1), LeftOut(EMBEDDED_FILES(), 1))


def test_hidden_small_and_deleted_words() -> None:
    document = rtf(r"seen {\v secret} {\deleted gone}{\fs2 tiny}\v\plain end")
    assert document.text == "seen secret tinyend"
    assert [document.text[start:end] for start, end in document.hidden] == ["secret tiny"]


def test_bytes_of_programs_are_skipped() -> None:
    assert rtf(b"a\\bin5 {{}\\\\b").text == "ab"


def test_what_cannot_be_read() -> None:
    with pytest.raises(EmptyDocument):
        rtf("")
    with pytest.raises(NoText):
        rtf(r"{\pict ffd8}")
    with pytest.raises(DamagedDocument):
        rtf("{" * 20_000)
    assert read("letter.rtf", b"{\\rtf1 cut off {\\b here").text == "cut off here"
