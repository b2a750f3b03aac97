"""What a PDF holds beside its text: forms, comments, files inside, forms that are built later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from tests.engine.parsing import on_disk, parsed

from strongroom_engine.errors import NeedsPassword, TooLarge, Vanished
from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.settings import Settings

MakePdf = Callable[..., Path]
FIELD = (200, 300, 400, 330)
NOTE = (300, 500)


def field(kind: int, name: str, value: object, rect: tuple[int, int, int, int]) -> pymupdf.Widget:
    widget = pymupdf.Widget()
    widget.field_type, widget.field_name, widget.rect = kind, name, pymupdf.Rect(rect)
    widget.field_value = value
    return widget


def with_fields(file: pymupdf.Document) -> None:
    page = file[0]
    name = field(pymupdf.mupdf.PDF_WIDGET_TYPE_TEXT, "form[0].Given_Name[0]", "Anna", FIELD)
    page.add_widget(name)
    box = pymupdf.mupdf.PDF_WIDGET_TYPE_CHECKBOX
    for said, value, top in (("Married", True, 350), ("Retired", False, 380)):
        widget = field(box, said.lower(), value, (200, top, 215, top + 15))
        widget.field_label = said
        page.add_widget(widget)


def with_note(file: pymupdf.Document) -> None:
    note = file[0].add_text_annot(NOTE, "This clause is void.")
    note.set_info(title="Anna Kim")
    note.update()


def box_of(path: Path, said: str) -> pymupdf.Rect:
    """Where a text of the first page stands, in points of the page as it is shown."""
    text = pdf.parse(on_disk(path)).pages[0].text
    start = text.index(said)
    drawn = pdf.render(on_disk(path), 1, 600, ((start, start + len(said)),))
    with pymupdf.open(path) as file:
        rect = file[0].rect
    (box,) = drawn.rectangles[0]
    return pymupdf.Rect(
        box[0] * rect.width, box[1] * rect.height, box[2] * rect.width, box[3] * rect.height
    )


def far(one: pymupdf.Rect, other: pymupdf.Rect) -> float:
    return float(max(abs(one[side] - other[side]) for side in range(4)))


def test_fields_are_told_with_their_names(make_pdf: MakePdf) -> None:
    text = parsed(make_pdf("<p>Form</p>", finish=with_fields)).text
    assert "Given Name: Anna" in text
    assert "Married: checked" in text
    assert "Retired" not in text


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_field_is_highlighted_where_it_stands(make_pdf: MakePdf, rotation: int) -> None:
    def finish(file: pymupdf.Document) -> None:
        with_fields(file)
        file[0].set_rotation(rotation)

    path = make_pdf("<p>Form</p>", finish=finish)
    with pymupdf.open(path) as file:
        wanted = pymupdf.Rect(FIELD) * file[0].rotation_matrix
    found = box_of(path, "Given Name: Anna")
    assert far(found, wanted) < 1.5


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_comment_names_its_author_and_has_a_place(make_pdf: MakePdf, rotation: int) -> None:
    def finish(file: pymupdf.Document) -> None:
        with_note(file)
        file[0].set_rotation(rotation)

    path = make_pdf("<p>Clause</p>", finish=finish)
    said = "Comment by Anna Kim: This clause is void."
    document = parsed(path)
    assert said in document.text
    assert document.hidden == ()
    with pymupdf.open(path) as file:
        wanted = pymupdf.Point(NOTE) * file[0].rotation_matrix
    assert far(box_of(path, said), pymupdf.Rect(wanted, wanted)) < 30  # the size of its sign


def test_a_hidden_comment_is_not_read(make_pdf: MakePdf) -> None:
    def finish(file: pymupdf.Document) -> None:
        note = file[0].add_text_annot(NOTE, "Nobody sees this.")
        note.set_flags(pymupdf.mupdf.PDF_ANNOT_IS_HIDDEN)
        note.update()

    assert "Nobody" not in parsed(make_pdf("<p>Clause</p>", finish=finish)).text


def with_files(file: pymupdf.Document) -> None:
    for key, name in (("a", "plan.txt"), ("b", "plan.txt"), ("c", "../../etc/passwd.txt")):
        file.embfile_add(key, f"the text of {key}".encode(), filename=name, ufilename=name)
    file[0].add_file_annot((300, 300), b"pinned to the page", "pinned.txt")


def test_files_inside_are_members_under_harmless_names_of_their_own(make_pdf: MakePdf) -> None:
    path = make_pdf("<p>See the files inside.</p>", finish=with_files)
    names = [member.name for member in parsed(path).members]
    assert names[0] == "plan.txt"
    assert len(set(names)) == len(names) == 4
    assert not any(".." in name or name.startswith("/") for name in names)
    assert pdf.open_member(on_disk(path), names[1]) == (names[1], b"the text of b")
    assert pdf.open_member(on_disk(path), "pinned.txt") == ("pinned.txt", b"pinned to the page")
    with pytest.raises(Vanished):
        pdf.open_member(on_disk(path), "another.txt")


def test_a_file_inside_is_a_document_at_its_path(make_pdf: MakePdf) -> None:
    path = make_pdf("<p>See the files inside.</p>", finish=with_files)
    assert parsed(path / "plan.txt").text == "the text of a"


def test_a_file_inside_may_not_be_too_large(make_pdf: MakePdf) -> None:
    def finish(file: pymupdf.Document) -> None:
        file.embfile_add("a", bytes(2 << 20), filename="large.bin")

    path = make_pdf("<p>words</p>", finish=finish)
    with pytest.raises(TooLarge):
        parsed(path / "large.bin", settings=Settings(max_member_mb=1))


def test_files_beyond_the_limit_are_counted(make_pdf: MakePdf) -> None:
    path = make_pdf("<p>words</p>", finish=with_files)
    document = parsed(path, settings=Settings(max_members=1))
    assert len(document.members) == 1
    assert [one.count for one in document.left_out] == [3]


def test_a_form_that_a_program_builds_is_said_to_be_left_out(make_pdf: MakePdf) -> None:
    def finish(file: pymupdf.Document) -> None:
        catalog = file.pdf_catalog()
        file.xref_set_key(catalog, "AcroForm", "<</XFA[]>>")
        file.xref_set_key(catalog, "NeedsRendering", "true")

    document = parsed(make_pdf("<p>Please wait</p>", finish=finish))
    assert [one.what for one in document.left_out] == [
        "forms that only Adobe's programs build (XFA)"
    ]


@pytest.mark.parametrize("word", ["secret", "æøå", "пароль", "密码"])
def test_a_password_opens_it_whatever_its_letters(make_pdf: MakePdf, word: str) -> None:
    aes = pymupdf.mupdf.PDF_ENCRYPT_AES_256
    path = make_pdf("<p>words</p>", encryption=aes, user_pw=word, owner_pw="owner")
    with pytest.raises(NeedsPassword):
        parsed(path, "wrong")
    for each in (word, "owner"):
        document = parsed(path, "wrong", each)
        assert document.with_password
        assert document.text == "words"
