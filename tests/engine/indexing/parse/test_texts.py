"""Plain text, Markdown, web pages and Word documents: their words, headings and offsets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from strongroom_engine.errors import DamagedDocument, DocumentProblem, TooLarge
from strongroom_engine.indexing.parse.lines import line_places
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.sentences.left_out import NAVIGATION
from strongroom_engine.types import Document

Outcome = Callable[[Path], Parsed | DocumentProblem]
Read = Callable[..., Document]


@pytest.fixture
def read(parse: Outcome, tmp_path: Path) -> Read:
    """The document that a worker makes of a file with this content."""

    def read(content: bytes | str, name: str) -> Document:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        outcome = parse(path)
        assert isinstance(outcome, Parsed), outcome
        return outcome.document

    return read


def headings(document: Document) -> list[tuple[int, str]]:
    """Level and wording, after looking that each begins where it says."""
    for heading in document.headings:
        here = document.text[heading.start :].lstrip("#= ").replace("*", "").replace("`", "")
        assert here.startswith(heading.text.split(" ")[0])
    return [(heading.level, heading.text) for heading in document.headings]


# --- plain text ----------------------------------------------------------------------------------

RUSSIAN = "Однажды, в студеную зимнюю пору я из лесу вышел; был сильный мороз.\r\n"
JAPANESE = "これは日本語の文章です。契約は二〇二四年に締結された。\n"
GERMAN = "Die Grundstücksgröße beträgt fünf Hektar; der Käufer muß zahlen.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "latin-1"),
        ("„Größe“ – der Preis beträgt 5 €\n", "cp1252"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "utf-32-le"),
        (RUSSIAN * 3, "cp1251"),
        (RUSSIAN * 3, "koi8-r"),
        (RUSSIAN * 3, "cp866"),
        (JAPANESE * 3, "shift-jis"),
        (JAPANESE * 3, "euc-jp"),
        (JAPANESE, "iso2022_jp"),
        ("本合同由双方于二〇二四年签订，自签字之日起生效。\n" * 3, "gb18030"),
    ],
)
def test_any_encoding_is_read_exactly(read: Read, text: str, encoding: str) -> None:
    document = read(text.encode(encoding), "Notes of May.txt")
    assert document.text == text
    assert (document.title, document.paged, document.media_type) == (
        "Notes of May",
        False,
        "text/plain",
    )


@pytest.mark.parametrize("name", ["main.py", "data.json", "server.log", "README"])
def test_source_code_and_tables_are_text(read: Read, name: str) -> None:
    assert read('a,b\n1,"x"\n', name).text == 'a,b\n1,"x"\n'


def test_a_few_stray_zero_bytes_do_not_make_a_log_binary(read: Read) -> None:
    content = b"2024-01-01 started and running\n" * 50 + b"\0\0" + b"2024-01-02 stopped\n"
    text = read(content, "a.log").text
    assert "\0" not in text
    assert text.index("2024-01-02") == content.index(b"2024-01-02")


# --- Markdown ------------------------------------------------------------------------------------


def test_markdown_is_kept_as_it_is_written(read: Read) -> None:
    source = (
        "\ufeffIntro\r\n\r\n# The *old* mill\r\ntext\r\n\r\nSet `x`\r\n---\r\n\r\n"
        "```\r\n# no heading\r\n```\r\n### Third ###\r\n"
    )
    document = read(source, "a.md")
    assert document.text == source[1:]
    assert headings(document) == [(1, "The old mill"), (2, "Set x"), (3, "Third")]
    assert document.title == "The old mill"


def test_front_matter_gives_the_title_and_no_heading(read: Read) -> None:
    source = '---\ntitle: "Minutes, May"\nauthor: x\n---\n\nText\n\n## Votes\n'
    document = read(source, "a.md")
    assert document.title == "Minutes, May"
    assert headings(document) == [(2, "Votes")]


# --- web pages -----------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><title>The mill &amp; the river</title>
<style>p{color:red}</style><script>var secret = 1</script></head><body>
<nav>Home Contact</nav><h1>The mill</h1><p>First <b>bold</b>
paragraph.<br>Second line.</p><p hidden>unseen</p><div style="display: none">unseen</div>
<h2>Rent</h2><ul><li>monthly</li><li><p>in advance</p></li></ul>
<table><tr><th>Year</th><th>Rent</th></tr><tr><td>2023</td><td>1&nbsp;250</td></tr></table>
<pre>a  b
  c</pre><!-- unseen --><noscript>unseen</noscript></body></html>"""


def test_a_web_page_reads_as_it_is_seen(read: Read) -> None:
    document = read(PAGE, "a.html")
    assert document.text == (
        "The mill\n\nFirst bold paragraph.\nSecond line.\n\nRent\n- monthly\n- in advance\n"
        "Year | Rent\n2023 | 1\u00a0250\n\na  b\n  c"
    )
    assert headings(document) == [(1, "The mill"), (2, "Rent")]
    assert document.title == "The mill & the river"


def test_a_web_page_says_its_encoding(read: Read) -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Мороз</p></body></html>'
    assert read(page.encode("koi8-r"), "a.htm").text == "Мороз"


ARTICLE = (
    "<h1>The mill</h1><p>The mill by the river was bought in March by a man who had never seen one "
    "before, and who paid for it with the savings of twenty years.</p><ul><li>wheels</li>"
    "<li>stones</li></ul><table><tr><th>Part</th><th>Price</th></tr><tr><td>wheel</td><td>40</td>"
    '</tr></table><p>The stones were <a href="stones.html">sold</a> long ago, so that he looked '
    "for others, and found them after a year in a village that lay a day away.</p>"
)
INTRODUCTION = f"<h2>Decisions</h2><p>{'All of them, in the order of their years. ' * 10}</p>"
LINKS = "".join(f'<li><a href="{n}.html">Page {n}</a></li>' for n in range(9))


@pytest.mark.parametrize(
    "page",
    [
        f'<div class="cookieConsent">We use cookies</div><main>{ARTICLE}</main><p>Imprint</p>',
        f'<div role="banner">We use cookies</div><article>{ARTICLE}</article><p>Imprint</p>',
        f"<ul>{LINKS}</ul><div>{ARTICLE}</div><footer>We use cookies</footer><p>Imprint</p>",
        f"<nav>We use cookies</nav><div>{ARTICLE}</div><p>Imprint</p>",
    ],
)
def test_what_stands_around_the_text_of_a_page_is_left_out_and_said(read: Read, page: str) -> None:
    document = read(f"<html><body>{page}</body></html>", "a.html")
    assert "cookies" not in document.text
    assert "Page 3" not in document.text
    assert document.text.startswith("The mill\n\nThe mill by the river")
    assert document.text.endswith("a day away.\n\nImprint")
    assert "Part | Price\nwheel | 40" in document.text
    assert "- wheels\n- stones" in document.text
    assert len(document.tables) == len(document.lists) == len(document.headings) == 1
    (left_out,) = document.left_out
    assert left_out.what == NAVIGATION()
    assert left_out.count >= 1


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>Decisions</h1><p>All of them.</p><ul>{LINKS}</ul>",
        f"{INTRODUCTION}<ul>{LINKS * 20}</ul>",
        f'<div class="sidebar">{ARTICLE}</div><ul><li>a</li></ul>',
        '<form class="login"><p>Name</p><p>Password</p></form>',
        "<table><tr><td>1</td><td>2</td></tr></table>" + ARTICLE,
        f"<article>{ARTICLE}</article><section>{INTRODUCTION}</section>",
        f'{ARTICLE}<ol><li><a href="#1">^</a> Mills</li><li><a href="#2">^</a> Rivers</li></ol>',
    ],
)
def test_pages_in_which_nothing_stands_out_are_kept_whole(read: Read, page: str) -> None:
    document = read(f"<html><body>{page}</body></html>", "a.html")
    assert not document.left_out


def test_bytes_that_got_into_a_page_cost_only_themselves(read: Read) -> None:
    page = b"<html><body><p>The container\0\1\2 has left.</p><p>" + b"mill " * 20 + b"</p></body>"
    assert "has left." in read(page, "a.html").text


def nested(depth: int) -> str:
    return "<html><body>" + "<div>" * depth + "<p>depth</p>" + "</div>" * depth + "<p>after</p>"


def test_pages_nested_beyond_reason_are_read_or_refused(
    read: Read, parse: Outcome, tmp_path: Path
) -> None:
    assert read(nested(1_500), "a.html").text == "depth\n\nafter"
    (tmp_path / "b.html").write_text(nested(5_000))
    outcome = parse(tmp_path / "b.html")
    assert isinstance(outcome, DamagedDocument)
    assert "nested too deeply" in outcome.sentence


def test_a_page_laid_out_with_tables_keeps_its_paragraphs(read: Read) -> None:
    page = (
        "<html><table><tr><td><ul><li>menu</li></ul></td><td><h1>A</h1><p>B</p></td></tr></table>"
    )
    assert read(page, "a.html").text == "- menu\n\nA\n\nB"


# --- Word ----------------------------------------------------------------------------------------


def word(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def lease(document: docx.document.Document) -> None:
    document.add_heading("Lease", 0)
    document.add_heading("Rent", 1)
    document.add_paragraph("Rent is due\tmonthly.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["Year", "Rent", "2023", "1,250"],
        strict=True,
    ):
        cell.text = text
    document.add_heading("Term", 2)
    document.add_paragraph("Ten years.")
    document.sections[0].header.paragraphs[0].text = "Draft of May"
    document.core_properties.title = "Word Document"


def test_a_word_document_reads_in_its_order(read: Read) -> None:
    document = read(word(lease), "a.docx")
    assert document.text == (
        "Lease\n\nRent\n\nRent is due\tmonthly.\n\nYear | Rent\n2023 | 1,250\n\n"
        "Term\n\nTen years.\n\nDraft of May"
    )
    assert headings(document) == [(1, "Lease"), (1, "Rent"), (2, "Term")]
    assert document.title == "Lease"


RUN = (
    "<w:p {ns}>{before}<w:r><w:t xml:space='preserve'>op</w:t><w:softHyphen/><w:t>tion</w:t>"
    "<w:noBreakHyphen/><w:t>x</w:t></w:r>"
    "<w:ins w:id='1'><w:r><w:t>+in</w:t></w:r></w:ins>"
    "<w:del w:id='2'><w:r><w:delText>out</w:delText></w:r></w:del></w:p>"
)
BOX = (
    "<w:p {ns} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>in a box"
    "</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>"
    "in a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
CONTROL = (
    "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


def test_boxes_controls_and_tracked_changes_are_read_once(read: Read) -> None:
    def fill(document: docx.document.Document) -> None:
        for number, source in enumerate((RUN, BOX, CONTROL)):
            made = parse_xml(source.format(ns=nsdecls("w"), before=""))
            document.element.body.insert(number, made)

    assert read(word(fill), "a.docx").text == "option-x+in\n\nin a box\n\nin a control"


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return copy.getvalue()


def strict(_name: str, data: bytes) -> bytes:
    for kind in (b"wordprocessingml", b"officeDocument"):
        data = data.replace(
            b"http://schemas.openxmlformats.org/%s/2006" % kind,
            b"http://purl.oclc.org/ooxml/%s" % kind,
        )
    return data


def test_strict_documents_are_read(read: Read) -> None:
    assert read(rewritten(word(lease), strict), "a.docx").text.startswith("Lease\n\nRent")


def test_footnotes_follow_the_paragraph_that_calls_them(read: Read) -> None:
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    ns = nsdecls("w")

    def fill(document: docx.document.Document) -> None:
        document.element.body.insert(0, parse_xml(RUN.format(ns=ns, before=reference)))
        document.add_paragraph("next")

    def with_notes(name: str, data: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            link = b"<Relationship Id='rN' Target='footnotes.xml' Type='http://schemas."
            link += (
                b"openxmlformats.org/officeDocument/2006/relationships/footnotes'/></Relationships>"
            )
            return data.replace(b"</Relationships>", link)
        return data

    content = io.BytesIO(rewritten(word(fill), with_notes))
    with zipfile.ZipFile(content, "a") as archive:
        note = "<w:footnote w:id='2'><w:p><w:r><w:t>the note</w:t></w:r></w:p></w:footnote>"
        archive.writestr("word/footnotes.xml", f"<w:footnotes {ns}>{note}</w:footnotes>")
    assert read(content.getvalue(), "a.docx").text == "option-x+in\n\nthe note\n\nnext"


def test_what_unpacks_to_too_much_is_refused(parse: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (70 << 20))
    outcome = parse(path)
    assert isinstance(outcome, TooLarge)
    assert outcome.details == {"size": "70 MB", "limit": "64 MB"}


def test_a_line_of_megabytes_is_placed_at_once() -> None:
    # Searched from each of its letters, this takes hours.
    places = line_places("a line\n" * 60 + "x" * 3_000_000)
    assert [place.number for place in places] == [1, 51]
