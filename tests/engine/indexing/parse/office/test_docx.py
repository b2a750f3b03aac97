"""Word documents: numbers of clauses, charts, documents of other formats inside, members."""

from __future__ import annotations

import io

import docx
import pytest
from tests.engine.office_files import (
    SPACES,
    container,
    encrypted,
    native,
    relations,
    zipped,
)
from tests.engine.parsing import in_memory, read

from strongroom_engine.errors import DamagedDocument, NeedsPassword
from strongroom_engine.indexing.parse.office import docx as word
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut


def document(body: str, **parts: str | bytes) -> bytes:
    made: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    }
    for name, data in parts.items():
        made[f"word/{name.replace('__', '/').replace('_dot_', '.')}"] = data
    return zipped(made)


def paragraph(text: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(level: int, number: int = 1) -> str:
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


def level(depth: int, kind: str, text: str, more: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>"
        f"<w:lvlText w:val='{text}'/>{more}</w:lvl>"
    )


LISTS = (
    f"<w:numbering {SPACES}><w:abstractNum w:abstractNumId='0'>"
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + level(2, "lowerLetter", "(%3)")
    + "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
    + level(0, "decimal", "%1.")
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
)


def read_with(body: str, **parts: str | bytes) -> Document:
    return read("a.docx", document(body, **parts))


def test_clauses_have_the_numbers_that_word_shows() -> None:
    body = "".join(
        paragraph(text, numbered(depth))
        for text, depth in (
            ("Term", 0),
            ("Start", 1),
            ("End", 1),
            ("early", 2),
            ("late", 2),
            ("Rent", 0),
            ("Due", 1),
        )
    )
    found = read_with(
        body + paragraph("plain item", numbered(0, 2)) + paragraph("none", numbered(0, 9)),
        numbering_dot_xml=LISTS,
        _rels__document_dot_xml_dot_rels=relations(numbering_1="numbering.xml"),
    )
    assert found.text.split("\n\n") == [
        "I. Term", "1.1 Start", "1.2 End", "(a) early", "(b) late", "II. Rent", "2.1 Due", "plain item", "none",
    ]  # fmt: skip


def test_headings_have_the_numbers_of_their_styles() -> None:
    styles = (
        f"<w:styles {SPACES}><w:style w:styleId='H1'><w:name w:val='heading 1'/><w:pPr>{numbered(0, 2)}</w:pPr></w:style>"
        "<w:style w:styleId='Own'><w:name w:val='own'/><w:basedOn w:val='H1'/></w:style></w:styles>"
    )
    found = read_with(
        paragraph("Scope", "<w:pStyle w:val='H1'/>")
        + paragraph("words")
        + paragraph("Terms", "<w:pStyle w:val='Own'/>"),
        numbering_dot_xml=LISTS,
        styles_dot_xml=styles,
        _rels__document_dot_xml_dot_rels=relations(
            numbering_1="numbering.xml", styles_1="styles.xml"
        ),
    )
    assert [one.text for one in found.headings] == ["1. Scope", "2. Terms"]


def test_documents_of_other_formats_inside_are_read_in_their_place() -> None:
    parts: dict[str, str | bytes] = {
        "one_dot_rtf": b"{\\rtf1 rich}",
        "two_dot_html": "<h2>page</h2><table><tr><th>a<th>b</tr><tr><td>1<td>2</tr></table>",
        "three_dot_docx": document(paragraph("word")),
        "four_dot_bin": bytes(range(256)) * 9,
    }
    body = "".join(f"{paragraph('p')}<w:altChunk r:id='aFChunk_{n}'/>" for n in range(1, 5))
    names = [name.replace("_dot_", ".") for name in parts]
    found = read_with(
        body,
        _rels__document_dot_xml_dot_rels=relations(
            **{f"aFChunk_{n}": name for n, name in enumerate(names, 1)}
        ),
        **parts,
    )
    assert found.text.split("\n\n") == ["p", "rich", "p", "page\na | b\n1 | 2", "p", "word", "p"]
    assert [(one.text, found.text[one.start :][:4]) for one in found.headings] == [("page", "page")]
    assert [found.text[one.start : one.header_end] for one in found.tables] == ["a | b"]
    assert found.left_out == (LeftOut(EMBEDDED_FILES(), 1),)


def test_objects_are_members_by_the_names_of_their_files() -> None:
    data = document(
        paragraph("see inside"),
        _rels__document_dot_xml_dot_rels=relations(
            oleObject_1="embeddings/o1.bin", oleObject_2="embeddings/o2.bin", oleObject_3="embeddings/o3.bin",
            oleObject_4="embeddings/o4.bin",
            package_4="embeddings/Sheet.xlsx", image_5="media/i.png",
        ),
        embeddings__o1_dot_bin=container({"\x01Ole10Native": native("C:\\notes\\plan.txt", b"the plan")}),
        embeddings__o2_dot_bin=container({"CONTENTS": b"%PDF-1.4 words"}),
        embeddings__o3_dot_bin=container({"Else": b"x"}),
        embeddings__o4_dot_bin=container({"\x01Ole10Native": native("??.txt", b"x", "计划.txt")}),
        embeddings__Sheet_dot_xlsx=b"PK",
        vbaProject_dot_bin=b"macro",
    )  # fmt: skip
    found = read("a.docm", data)
    assert [member.name for member in found.members] == [
        "plan.txt",
        "o2.pdf",
        "计划.txt",
        "Sheet.xlsx",
    ]
    assert found.left_out == (
        LeftOut(PICTURES(), 1),
        LeftOut(MACROS(), 1),
        LeftOut(EMBEDDED_FILES(), 1),
    )
    assert word.open_member(in_memory("a.docm", data), "plan.txt") == ("plan.txt", b"the plan")
    name, content = word.open_member(in_memory("a.docm", data), "o2.pdf")
    assert (name, content[:8]) == ("o2.pdf", b"%PDF-1.4")


def test_a_missing_part_keeps_nothing_from_being_read() -> None:
    related = relations(image_1="media/none.png", styles_1="none.xml", footnotes_1="none2.xml")
    assert read_with(paragraph("words"), _rels__document_dot_xml_dot_rels=related).text == "words"


def test_the_main_part_may_be_called_otherwise() -> None:
    body = f"<w:document {SPACES}><w:body>{paragraph('words')}</w:body></w:document>"
    data = zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(officeDocument_1="/word/document2.xml"),
        "word/document2.xml": body,
    })  # fmt: skip
    assert read("a.docx", data).text == "words"


# --- passwords -----------------------------------------------------------------------------------


def made() -> bytes:
    content = io.BytesIO()
    new = docx.Document()
    new.add_paragraph("A secret lease.")
    new.save(content)
    return content.getvalue()


def test_a_password_opens_what_office_encrypted() -> None:
    data = encrypted(made(), "open sesame")
    found = read("a.docx", data, "wrong", "open sesame")
    assert (found.text, found.with_password) == ("A secret lease.", True)
    for passwords in ((), ("wrong",)):
        with pytest.raises(NeedsPassword):
            read("a.docx", data, *passwords)


def test_the_inner_format_counts_whatever_it_is_called() -> None:
    found = read("a.pptx", encrypted(made(), "p"), "p")
    assert (found.text, found.media_type) == ("A secret lease.", word.MEDIA_TYPE)


def test_nested_deeper_than_any_program_writes() -> None:
    body = "<w:sdt>" * 40_000 + "</w:sdt>" * 40_000
    with pytest.raises(DamagedDocument):
        read_with(body)
