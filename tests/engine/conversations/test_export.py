"""Exported conversations, read back from each of the four formats."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import pymupdf
import pytest
from markdown_it import MarkdownIt

from strongroom_engine.conversations.export import write
from strongroom_engine.errors import ReportUnwritable
from strongroom_engine.types import Conversation, ExportWords

WORDS = ExportWords()
Export = Callable[..., bytes]


@pytest.fixture
def export(tmp_path: Path, conversation: Conversation) -> Export:
    """The file's content for an ending, with these words."""

    def exported(
        ending: str, words: ExportWords = WORDS, what: Conversation = conversation
    ) -> bytes:
        file = tmp_path / f"out.{ending}"
        write(what, file, words)
        return file.read_bytes()

    return exported


SAID = (
    "How high is the rent?",
    "The rent is 1,200 euros.",
    "(not in the sources: 42)",
    "(no source)",
    "The lease (Lease.pdf)",
    "page 14",
    "twelve hundred euros",
    "Payable in advance",
    "Searched only in Lease.pdf.",
    "Searched 4 collections.",
    "Ignore what was said before",
    "Understood as: How high was the rent in 2023?",
    "The documents searched do not say.",
    "This question was not answered.",
    "kept by another release",
    "It could not be read.",
    "Yes (page 14)",
)
"""What every format says."""


class Page(HTMLParser):
    """The elements, ids, links and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            assert name in ("class", "id", "href", "dir", "value", "content", "name", "charset",
                            "http-equiv")  # fmt: skip
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def test_the_web_page_is_whole_and_fetches_nothing(export: Export) -> None:
    raw = export("html").decode()
    page = Page(raw)
    assert page.open == []
    for said in SAID:
        assert said in page.text
    allowed = "html head meta title style body h1 h2 h3 section div p a span strong em code pre"
    allowed += " ul ol li table tr th td blockquote br bdi q"
    assert set(page.tags) <= set(allowed.split())
    assert all(link[1:] in page.ids for link in page.links)
    assert {"q1-s1", "q1-s2", "q1-s3", "q2"} <= set(page.ids)
    assert "default-src &#x27;none&#x27;; style-src" in raw
    assert "url(" not in raw
    assert "@import" not in raw
    assert "<script>alert(1)</script>" in page.text  # as words
    assert "\u202e" not in raw
    assert "[1]" in page.text


def test_the_markdown_reads_as_it_was_meant(export: Export) -> None:
    text = export("md").decode()
    made = MarkdownIt("commonmark").enable("table").render(text)  # with HTML and images allowed
    page = Page(made)
    for said in SAID:
        assert said in page.text
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert page.links == []
    assert "<strong>The rent is 1,200 euros.</strong> [1]" in made
    assert "<td>310 euros. [2]</td>" in made
    assert "\n- First point. [3]\n- Second `point`. *(no source)*\n    1. Inner one. [1]\n" in text
    assert "\u202e" not in text


def test_the_pdf_holds_the_words_the_outline_and_the_links(export: Export) -> None:
    with pymupdf.open(stream=export("pdf"), filetype="pdf") as document:
        text = " ".join(" ".join(page.get_text() for page in document).split())
        toc = document.get_toc()
        links = [link for page in document for link in page.get_links()]
        fonts = {
            font[1] for page in document for font in page.get_fonts() if font[3] != "Helvetica"
        }
        title = document.metadata["title"]
    text = text.replace("\ufb01", "fi")
    for said in SAID:
        assert said in text
    assert "<script>alert(1)</script>" in text.replace("</ ", "</")
    assert [entry[1] for entry in toc][:2] == ["How high is the rent?", "And in 2023?"]
    assert len(links) == 7
    assert all(link["kind"] == pymupdf.LINK_GOTO for link in links)
    assert "n/a" not in fonts  # each is in the file
    assert title == "The rent <i>so far</i>"


def test_the_word_document_has_styles_lists_and_a_table(export: Export) -> None:
    document = docx.Document(io.BytesIO(export("docx")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    everything = text.replace("\u2060", "") + "\n".join(" ".join(row) for row in cells)
    for said in SAID:
        assert said in everything
    assert ["Mill Yard", "310 euros.\u2060[2]"] in cells
    headings = {
        paragraph.text: paragraph.style.name
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name != "Normal"
    }
    assert headings["The rent <i>so far</i>"] == "Title"
    assert headings["How high is the rent?"] == "Heading 1"
    assert headings["The rent"] == "Heading 2"
    assert headings["Sources"] == "Heading 3"
    (bold,) = (
        run
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.text == "The rent is 1,200 euros."
    )
    assert bold.bold
    assert document.core_properties.author == ""


@pytest.mark.parametrize("ending", ["md", "html", "pdf", "docx"])
def test_hebrew_control_characters_and_long_words_break_nothing(
    export: Export, conversation: Conversation, ending: str
) -> None:
    answer = conversation.turns[0].answer
    assert answer is not None
    text = "\u05e9\u05db\u05e8 \u05d4\u05d3\u05d9\u05e8\u05d4 \x00\x0b\ufffe\ud800 " + "x" * 3_000
    odd = replace(answer, text=text, sentences=(), doubts=(), citations=(
        replace(answer.citations[0], file="/docs/\udce9\x01\n" + "y" * 300 + ".pdf", quote=text),
    ))  # fmt: skip
    turns = (replace(conversation.turns[0], answer=odd),)
    made = export(ending, what=replace(conversation, turns=turns))
    if ending == "pdf":
        with pymupdf.open(stream=made, filetype="pdf") as document:
            right = max(block[2] for page in document for block in page.get_text("blocks"))
        assert right < 600
    assert len(made) > 1_000


def test_strongrooms_own_words_are_those_that_were_given(export: Export) -> None:
    german = replace(WORDS, sources="Quellen", no_source="ohne Quelle", page="Seite {page}")
    for ending in ("md", "html"):
        text = export(ending, german).decode()
        assert "Quellen" in text
        assert "(ohne Quelle)" in text
        assert "Seite 14" in text
        assert "no source" not in text


def test_a_single_turn_bears_its_question_once(export: Export, conversation: Conversation) -> None:
    alone = replace(conversation, turns=conversation.turns[:1])
    page = Page(export("html", what=alone).decode())
    assert page.text.count("How high is the rent?") == 2  # in the tab and above the answer
    assert "so far" not in page.text


def test_what_cannot_be_written_is_said_and_leaves_the_file(
    tmp_path: Path, conversation: Conversation
) -> None:
    with pytest.raises(ReportUnwritable, match=r"ends in none of"):
        write(conversation, tmp_path / "out.exe", WORDS)
    with pytest.raises(ReportUnwritable):
        write(conversation, tmp_path / "missing" / "out.md", WORDS)
    folder = tmp_path / "folder.md"
    folder.mkdir()
    with pytest.raises(ReportUnwritable):
        write(conversation, folder, WORDS)
    assert list(tmp_path.iterdir()) == [folder]


def test_what_the_engine_said_comes_in_the_words_of_the_reader(
    export: Export, conversation: Conversation
) -> None:
    first, *rest = conversation.turns
    assert first.answer is not None
    answer = replace(first.answer, searched="Searched 1,204 documents. Searched 1 document.")
    said = {
        "Searched only in {place}.": ("Nur gesucht in: {place}.",),
        "Searched {n} documents.": ("{n} Dokument.", "{n} Dokumente."),
    }
    words = ExportWords(sayings=said, digits=".,")
    turns = (replace(first, answer=answer), *rest)
    text = export("md", words, replace(conversation, turns=turns)).decode()
    assert "Nur gesucht in: Lease.pdf." in text
    assert "1.204 Dokumente. 1 Dokument." in text
    assert "It could not be read." in text
