"""From a number in an answer to the words it rests on: what is marked is what was cited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import docx
import pymupdf
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.reader.marks import on_page, on_paper
from strongroom_desktop.reader.page_view import PageView
from strongroom_desktop.reader.text_marks import mark_color
from strongroom_desktop.reader.text_view import TextView

from .desk import Desk, opened

RENT = "The yearly rent of the wharf is 42,500 pounds."
FACTS = {
    "deed.docx": (
        "What was the orchard sold for?",
        "The orchard was sold for 7,300 crowns in 1931.",
    ),
    "page.html": ("Who built the mill?", "The mill was built by Ansel Prager after the flood."),
    "minutes.md": ("Who is the chair?", "The board elected **Ingrid Solberg** as its chair."),
    "note.txt": ("When was the boiler replaced?", "The boiler was replaced in March 2021."),
}
FILLER = "Nothing of note was written down on day {n} 🐝 of that long summer."
"""With a letter beyond 16 bits: places counted in other units would lie beside the words."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five documents, each with one fact far down."""
    folder = tmp_path / "papers"
    folder.mkdir()
    before = [FILLER.format(n=n) for n in range(60)]
    after = [FILLER.format(n=n) for n in range(60, 70)]

    def lines(fact: str) -> list[str]:
        return [*before, fact, *after]

    with pymupdf.open() as lease:
        for text in ("Lease of a wharf.", f"The tenant repairs.\n{RENT} It is paid in June."):
            page = lease.new_page(width=595, height=842)
            page.insert_textbox((72, 420, 300, 770), text, fontsize=11)
        lease.save(folder / "lease.pdf")
    deed = docx.Document()
    for line in lines(FACTS["deed.docx"][1]):
        deed.add_paragraph(line)
    deed.save(str(folder / "deed.docx"))
    body = "".join(f"<p>{line}</p>\n" for line in lines(FACTS["page.html"][1]))
    (folder / "page.html").write_text(
        f"<html><head><title>Mill</title><meta charset='utf-8'></head><body>{body}</body></html>",
        encoding="utf-8",
    )
    minutes = ["# Minutes", *lines(FACTS["minutes.md"][1])]
    (folder / "minutes.md").write_text("\n\n".join(minutes), encoding="utf-8")
    (folder / "note.txt").write_text("\n\n".join(lines(FACTS["note.txt"][1])), encoding="utf-8")
    return folder


def paper(image: QImage, area: QRectF) -> QColor:
    """The colour between the letters: the lightest there is."""
    ratio = image.devicePixelRatio()
    inside = QRectF(area.topLeft() * ratio, area.size() * ratio).toAlignedRect()
    colors = (
        image.pixelColor(x, y)
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    )
    return max(colors, key=lambda color: color.red() + color.green() + color.blue())


def marked_on_page(view: PageView, file: Path, page: int) -> list[str]:
    """The words of a page that lie on the colour of the open mark, as the window is drawn.

    Where the words are, the PDF itself says, and not the engine.
    """
    image = view.viewport().grab().toImage()
    mark, other = on_paper("mark"), on_paper("mark_other")
    near = {"mark": mark, "other": other, "paper": QColor("white")}
    found = []
    with pymupdf.open(file) as document:
        sheet = document[page - 1]
        for x0, y0, x1, y1, word, *_ in sheet.get_text("words"):
            width, height = sheet.rect.width, sheet.rect.height
            middle = (y0 + y1) / 2 / height
            line = (x0 / width, middle - 0.002, x1 / width, middle + 0.002)
            area = on_page(line, view.page_rect())
            if not QRectF(view.viewport().rect()).contains(area):
                continue
            color = paper(image, area)
            if min(near, key=lambda name: _distance(near[name], color)) == "mark":
                found.append(word)
    return found


def _distance(one: QColor, other: QColor) -> int:
    return (
        abs(one.red() - other.red())
        + abs(one.green() - other.green())
        + abs(one.blue() - other.blue())
    )


def is_marked(view: TextView, file: str) -> bool:
    return view.isVisible() and view._file == file and bool(view.extraSelections())


def marked_in_text(view: TextView) -> tuple[str, QColor]:
    """What is marked as open in a text, and the colour drawn behind its first letter."""
    color = mark_color(view._theme, opened=True)
    selections = [each for each in view.extraSelections() if each.format.background() == color]
    cursors = [each.cursor for each in selections]
    image = view.viewport().grab().toImage()
    start = cursors[0]
    words = " ".join(" ".join(cursor.selectedText().split()) for cursor in cursors)
    start.setPosition(start.selectionStart() + 1)
    before = view.cursorRect(start)
    start.setPosition(start.position() + 4)
    area = QRectF(before.topLeft(), view.cursorRect(start).bottomRight())
    return words, paper(image, area)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, folder: Path) -> Iterator[Desk]:
    with opened(qtbot, qapp, tmp_path) as desk:
        desk.add(folder)
        yield desk


def test_a_click_on_a_citation_shows_its_words(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    reader = desk.window.reader
    turn = desk.ask("How high is the yearly rent of the wharf?")
    assert turn.answer is not None
    citation = turn.answer.citations[0]
    assert (citation.file, citation.page) == (str(folder / "lease.pdf"), 2)
    assert citation.quote in RENT
    desk.click_chip(turn)
    desk.wait(lambda: reader.page_view.isVisible() and reader.page_view.sheet.marks)
    qtbot.wait(900)  # the mark swells once
    assert marked_on_page(reader.page_view, folder / "lease.pdf", 2) == citation.quote.split()

    for name, (question, fact) in FACTS.items():
        turn = desk.ask(question, "quotes")
        assert turn.answer is not None
        cited = [each for each in turn.answer.citations if each.file == str(folder / name)]
        assert cited, (name, turn.answer.text)
        assert cited[0].quote in fact
        desk.click_chip(turn, turn.text.numbers.index(cited[0].n))
        assert reader.place is not None
        assert reader.place.file == str(folder / name)
        desk.wait(partial(is_marked, reader.text_view, str(folder / name)))
        qtbot.wait(400)
        words, color = marked_in_text(reader.text_view)
        assert words == cited[0].quote.replace("**", ""), name
        assert _distance(color, mark_color(desk.window.theme, opened=True)) < 12, name
