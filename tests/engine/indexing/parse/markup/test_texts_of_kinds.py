"""Markup, data, subtitles and source code: what of it is text, and where it says that it stands."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.engine.parsing import parsed

from strongroom_engine.errors import DamagedDocument, DocumentProblem
from strongroom_engine.types import Document, path_at


def read(tmp_path: Path, name: str, text: str | bytes) -> Document:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return parsed(file)


def headings(document: Document) -> list[tuple[int, str]]:
    return [(one.level, one.text) for one in document.headings]


def place_of(document: Document, words: str) -> tuple[str, int | None]:
    """The kind and number of the innermost place around the words, lines counted."""
    at = document.text.index(words)
    place = path_at(document.places, at)[-1]
    number = place.number
    if place.counts_lines and number is not None:
        number += document.text.count("\n", place.start, at)
    return place.kind, number


@pytest.mark.parametrize(("name", "title"), [("values.py", "values.py"), ("day.log", "day")])
def test_source_code_and_text_are_found_by_their_lines(
    tmp_path: Path, name: str, title: str
) -> None:
    lines = "".join(f"value_{number} = {number}\n" for number in range(1, 300))
    document = read(tmp_path, name, lines)
    assert document.text == lines
    assert document.title == title
    for number in (1, 50, 51, 173):
        assert place_of(document, f"value_{number} =") == ("line", number)


def test_json_in_one_line_is_laid_out(tmp_path: Path) -> None:
    data = [{"tenant": f"Tenant {n}", "rent": n, "note": "für Ärzte"} for n in range(100)]
    document = read(tmp_path, "rents.json", json.dumps(data))
    assert json.loads(document.text) == data
    assert "für Ärzte" in document.text
    assert place_of(document, '"Tenant 7"')[0] == "line"
    assert document.text.count("\n") > 300


def test_json_in_lines_stays_as_it_is(tmp_path: Path) -> None:
    text = json.dumps({"a": [1, 2], "b": "c"}, indent=4)
    assert read(tmp_path, "small.json", text).text == text


def test_lines_of_json_are_read_each(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"id": n, "text": "word " * 200}) for n in range(5))
    document = read(tmp_path, "many.jsonl", text)
    assert document.text.count('"id"') == 5
    assert '"id": 3' in document.text


def test_broken_json_is_text_all_the_same(tmp_path: Path) -> None:
    assert "tenant" in read(tmp_path, "cut.json", '{"tenant": "Holt' + "x" * 1000).text


def test_xml_says_its_elements_with_their_names(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "boom">]><contract number="17"><title>The '
        "lease</title><party role='tenant'>Holt Textiles</party><clause>The rent is <b>due</b> on"
        " Friday.</clause></contract>"
    )
    document = read(tmp_path, "lease.xml", text)
    assert document.title == "The lease"
    assert "contract (number: 17)" in document.text
    assert "party (role: tenant)\nparty: Holt Textiles" in document.text
    assert "clause: The rent is due on Friday." in document.text
    assert document.text.count("due") == 1


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><a><b></a>",
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>"
        + "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><a>&x11;</a>",
    ],
    ids=["broken", "laughs"],
)
def test_hostile_xml_is_a_problem_or_little_text(tmp_path: Path, text: str) -> None:
    try:
        document = read(tmp_path, "bad.xml", text)
    except DocumentProblem:
        return
    assert len(document.text) < 10_000


@pytest.mark.parametrize("row", ["<row>words</row>", "or <row>words</row>"])
def test_many_elements_take_no_longer_each_than_few(tmp_path: Path, row: str) -> None:
    began = time.thread_time()
    document = read(tmp_path, "rows.xml", f"<?xml version='1.0'?><a>{row * 50_000}</a>")
    assert document.text.count("words") == 50_000
    assert time.thread_time() - began < 20  # it took minutes when each looked at all before it


def test_an_entity_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("top secret")
    text = f'<!DOCTYPE a [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]><a><b>open &s;</b></a>'
    document = read(tmp_path, "a.xml", f"<?xml version='1.0'?>{text}")
    assert "open" in document.text
    assert "secret" not in document.text


def test_subtitles_are_found_by_their_time(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Good morning.</i>\n\n"
        "2\n01:02:03,004 --> 01:02:05,000\nThe deal is\noff.\n"
    )
    for document in (
        read(tmp_path, "film.srt", text),
        read(tmp_path, "film.vtt", "WEBVTT\n\n" + text.replace(",", ".")),
    ):
        assert document.text == "Good morning.\n\nThe deal is off."
        assert place_of(document, "deal") == ("time", 3_723_004)


def test_a_notebook_is_read_cell_by_cell(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Rents\n", "Of *all* houses."]},
        {
            "cell_type": "code",
            "source": "print(rent)",
            "outputs": [
                {"output_type": "stream", "text": ["1200\n"]},
                {"data": {"image/png": "aaaa", "text/plain": "<Figure>"}},
            ],
        },
    ]
    document = read(tmp_path, "rents.ipynb", json.dumps({"cells": cells, "nbformat": 4}))
    assert headings(document) == [(1, "Rents")]
    assert document.title == "Rents"
    assert place_of(document, "Of *all*") == ("cell", 1)
    assert place_of(document, "1200") == ("cell", 2)
    assert [one.count for one in document.left_out] == [1]
    with pytest.raises(DamagedDocument):
        read(tmp_path, "none.ipynb", '{"nothing": 1}')


def test_headings_of_restructured_text(tmp_path: Path) -> None:
    text = (
        "=====\nLease\n=====\n\nWords.\n\nRent\n----\n\nDue on Friday.\n\nWhen\n....\n\n- a\n- b\n"
    )
    document = read(tmp_path, "lease.rst", text)
    assert headings(document) == [(1, "Lease"), (2, "Rent"), (3, "When")]
    assert document.text == text
    assert place_of(document, "Due on") == ("line", 10)


def test_headings_of_asciidoc(tmp_path: Path) -> None:
    text = "= Lease\n\nWords.\n\n----\n== no heading\n----\n\n== Rent\n\nDue.\n"
    document = read(tmp_path, "lease.adoc", text)
    assert headings(document) == [(1, "Lease"), (2, "Rent")]


def test_latex_is_read_as_it_prints(tmp_path: Path) -> None:
    text = (
        r"\documentclass{article}\title{On \emph{Rents}}\begin{document}\maketitle % hidden words"
        "\n\\section{Caf\\'e and\\ rent}\nThe rent is \\textbf{1\\,200} euros.\n\n\\input{/etc/passwd}"
        '\nM\\"uller pays 50\\% of it.\n\\end{document}\nAfter the end.'
    )
    document = read(tmp_path, "rents.tex", text)
    assert document.title == "On Rents"
    assert headings(document) == [(1, "On Rents"), (2, "Café and rent")]
    assert "The rent is" in document.text
    assert "Müller pays 50% of it." in document.text
    for absent in ("hidden", "root:", "After the end", "\\section", "documentclass"):
        assert absent not in document.text


def test_a_saved_page_is_read(tmp_path: Path) -> None:
    text = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"
        b' boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: '
        b"quoted-printable\r\n\r\n<html><head><title>Lease</title></head><body><p>The rent is=\r\n"
        b" due.</p></body></html>\r\n--x\r\nContent-Type: image/png\r\n\r\nxx\r\n--x--\r\n"
    )
    document = read(tmp_path, "page.mhtml", text)
    assert document.text == "The rent is due."
    assert document.title == "Lease"
    assert [one.count for one in document.left_out] == [1]


def test_a_saved_page_that_shows_others_is_read_with_them(tmp_path: Path) -> None:
    frames = ("<frameset><frame src='a'></frameset>", "<h1>Lease</h1><p>Due.</p>", "<h1>Mill</h1>")
    parts = "".join(f"--x\r\nContent-Type: text/html\r\n\r\n{one}\r\n" for one in frames)
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    document = read(tmp_path, "page.mht", f"{head}{parts}--x--\r\n".encode())
    assert document.text == "Lease\n\nDue.\n\nMill"
    assert [document.text[one.start :][:4] for one in document.headings] == ["Leas", "Mill"]


def test_the_head_of_a_saved_page_keeps_nobody_waiting(tmp_path: Path) -> None:
    signs = '";' * 20_000
    text = f'Date: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"{signs}\r\n\r\n--x'
    began = time.thread_time()
    with pytest.raises(DocumentProblem):
        read(tmp_path, "saved.mhtml", text)
    assert time.thread_time() - began < 10
