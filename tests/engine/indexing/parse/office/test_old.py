"""Word and PowerPoint files of 1997 to 2003, made byte by byte."""

from __future__ import annotations

import contextlib
import struct

import pytest
from tests.engine.office_files import (
    Word,
    container,
    holder,
    old_notes,
    old_presentation,
    old_shape,
    old_slide,
    old_text,
    record,
)
from tests.engine.parsing import read

from strongroom_engine.errors import (
    DamagedDocument,
    DocumentProblem,
    EmptyDocument,
    NeedsPassword,
    NoText,
    UnsupportedFormat,
)
from strongroom_engine.types import Document, Place

HIDDEN, DELETED = struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x0800, 1)
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)
HEADER_ROW = ROW_END + struct.pack("<HB", 0x3404, 1)


def doc(word: Word) -> Document:
    return read("old.doc", word.made())


# --- Word ----------------------------------------------------------------------------------------


def test_paragraphs_headings_and_their_styles() -> None:
    document = doc(
        Word()
        .add("Lease", style=1)
        .add("The rent is 900 €.")
        .add("Term", style=2)
        .add("Part", look=struct.pack("<HB", 0x2640, 2))
        .add("one year")
    )
    assert document.text == "Lease\n\nThe rent is 900 €.\n\nTerm\n\nPart\n\none year"
    assert [(one.level, one.text) for one in document.headings] == [
        (1, "Lease"),
        (1, "Term"),
        (3, "Part"),
    ]
    assert (document.title, document.parser[:7]) == ("Lease", "olefile")


def test_fields_say_what_they_show() -> None:
    word = Word().add('see \x13HYPERLINK "x"\x14the \x13DATE\x14page\x15\x15 and \x13XE "k"\x15end')
    assert doc(word).text == "see the page and end"


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert doc(Word().add("a \x13PAGE b")).text == "a PAGE b"


def test_characters_with_their_reading_are_said_once() -> None:
    word = Word().add("\x13EQ \\* jc2 \\o\\ad(\\s\\up 10(とうきょう),東京)\x15です")
    assert doc(word).text == "東京です"


def test_special_characters_and_pairs() -> None:
    word = Word().add("co\x1foperate non\x1estop\x0bnext \x01\U00010332")
    assert doc(word).text == "cooperate non-stop\nnext 𐌲"


def test_hidden_words_are_marked_and_deleted_ones_left_out() -> None:
    word = Word().add("seen secret gone end").mark("secret", HIDDEN).mark("gone ", DELETED)
    document = doc(word)
    assert document.text == "seen secret end"
    assert [document.text[start:end] for start, end in document.hidden] == ["secret"]


def test_tables_by_their_cells() -> None:
    word = Word().add("before")
    for row, end in (("Item", "Price"), HEADER_ROW), (("Chair", "40"), ROW_END):
        for cell in row:
            word.add(cell, look=IN_TABLE, mark="\x07")
        word.add("", look=end, mark="\x07")
    word.add("after")
    document = doc(word)
    assert document.text == "before\n\nItem | Price\nChair | 40\n\nafter"
    (table,) = document.tables
    assert document.text[table.start : table.header_end] == "Item | Price"


def test_notes_follow_their_paragraph() -> None:
    word = (
        Word().add("first\2").note("about the first").add("second\2").note("another").add("third")
    )
    assert doc(word).text == "first\n\nabout the first\n\nsecond\n\nanother\n\nthird"


def test_old_bytes_are_in_the_encoding_of_windows() -> None:
    word = Word(width=1).add("“quoted” – done").add("secret").mark("secret", HIDDEN)
    document = doc(word)
    assert document.text == "“quoted” – done\n\nsecret"
    assert [document.text[start:end] for start, end in document.hidden] == ["secret"]


def test_what_is_no_word_document_of_the_time() -> None:
    with pytest.raises(DamagedDocument):
        read("old.doc", container({"WordDocument": b"words"}))
    with pytest.raises(EmptyDocument):
        doc(Word().add(""))
    with pytest.raises(NoText):
        doc(Word().add("\x01"))
    with pytest.raises(NeedsPassword):
        read("old.doc", Word(flags=0x0300).add("words").made(), "wrong")


@pytest.mark.parametrize("seed", range(40))
def test_any_byte_may_be_wrong(seed: int) -> None:
    made = bytearray(Word().add("Lease", style=1).add("words\2").note("note").made())
    for step in range(12):
        made[(seed * 7919 + step * 6271) % len(made)] ^= 1 << (seed + step) % 8
    with contextlib.suppress(DocumentProblem):
        read("old.doc", bytes(made))


def word_95(text: bytes, language: int = 0x0409, flags: int = 0, notes: bytes = b"") -> bytes:
    head = bytearray(0x800)
    struct.pack_into("<HHxxHxxH", head, 0, 0xA5DC, 104, language, flags)
    struct.pack_into("<I", head, 0x18, len(head))
    struct.pack_into("<II", head, 0x34, len(text), len(notes))
    return container({"WordDocument": bytes(head) + text + notes})


def test_word_95_by_its_marks() -> None:
    text = (
        b"Lease\rsee \x13PAGE\x141\x15\r" + b"\x07Price\x07\x07" + b"Chair\x07\x07\x07" + b"end\r"
    )
    document = read("old.doc", word_95(text))
    assert document.text == "Lease\n\nsee 1\n\n | Price\nChair | \n\nend"
    assert len(document.tables) == 1


@pytest.mark.parametrize(("language", "encoding"), [(0x0419, "cp1251"), (0x0409, "cp1251")])
def test_word_95_in_other_letters(language: int, encoding: str) -> None:
    said = "Договор аренды заключён между сторонами на один год. Плата вносится ежемесячно."
    assert read("old.doc", word_95(said.encode(encoding), language)).text == said


def test_word_95_that_was_saved_fast_or_is_encrypted() -> None:
    for flags in (0x0004, 0x0100):
        with pytest.raises(UnsupportedFormat) as caught:
            read("old.doc", word_95(b"words\r", flags=flags))
        assert caught.value.details["kind"] == "a Word document from before 1997 (DOC)"


def properties(title: bytes, kind: int = 30, encoding: int = 1252, count: int = 2) -> bytes:
    """The properties of a document, of which there are said to be so many."""
    values = struct.pack("<IHxx", 2, encoding) + struct.pack("<II", kind, len(title)) + title
    section = struct.pack("<IIIIII", 0, count, 1, 24, 2, 32) + values
    return bytes(28) + bytes(16) + struct.pack("<I", 48) + section


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (properties(b"The Lease\0"), "The Lease"),
        (properties("Договор".encode("cp1251"), encoding=1251), "Договор"),
        (properties("Größe".encode(), encoding=65001), "Größe"),
        (properties(b"The Lease", kind=0x101E), "old"),
        (properties(b"The Lease", count=0xFFFFFFFF), "old"),
        (b"broken", "old"),
    ],
)
def test_titles_of_old_files(data: bytes, title: str) -> None:
    made = Word().add("words").streams()
    assert read("old.doc", container({**made, "\x05SummaryInformation": data})).title == title


# --- PowerPoint ----------------------------------------------------------------------------------


def reference(number: int) -> bytes:
    """A place holder whose text stands in the outline."""
    return record(0x0F9E, struct.pack("<I", number))


def test_slides_with_the_texts_of_the_outline_and_of_shapes() -> None:
    first = old_slide(
        old_shape(old_text("beside", 4), (500, 100, 900, 200)),
        old_shape(reference(1), (0, 100, 400, 200)),
        old_shape(reference(0), (0, 0, 900, 50)),
    )
    outline = old_text("Plan", 0) + old_text("one\rtwo\vand more", 1)
    document = read(
        "old.ppt",
        old_presentation([(first, outline), (old_slide(old_shape(old_text("last", 4))), b"")]),
    )
    assert document.text == "Plan\n\none\ntwo\nand more\n\nbeside\n\nlast"
    assert document.places == (Place(0, 1, "slide", "Plan", 1), Place(32, 1, "slide", "", 2))
    assert (document.title, document.headings[0].text) == ("Plan", "Plan")


def test_hidden_slides_notes_and_comments() -> None:
    strings = [
        record(0x0FBA, said.encode("utf-16-le"), instance=n)
        for n, said in enumerate(("Ada", "Why?"))
    ]
    tag = holder(0x1388, holder(0x138A, record(0x138B, holder(0x2EE0, *strings))))
    slides = [
        (old_slide(old_shape(old_text("seen", 4)), more=tag), b""),
        (old_slide(old_shape(old_text("unseen", 4)), is_hidden=True), b""),
    ]
    document = read("old.ppt", old_presentation(slides, [old_notes(256, "say so")]))
    assert document.text == "seen\n\nWhy?\n\nsay so\n\nunseen"
    assert [document.text[start:end] for start, end in document.hidden] == ["unseen"]
    assert [(one.kind, one.name, one.number) for one in document.places] == [
        ("slide", "", 1),
        ("annotation", "Ada", None),
        ("notes", "", None),
        ("slide", "", 2),
    ]


def test_groups_that_are_tables_are_read_as_rows() -> None:
    def cell(text: str, column: int, row: int) -> bytes:
        anchor = record(0xF00F, struct.pack("<4i", column, row, column + 10, row + 10))
        return holder(
            0xF004, record(0xF00A, bytes(8), instance=1), anchor, record(0xF00D, old_text(text, 4))
        )

    is_table = record(0xF122, struct.pack("<HI", 0x039F, 1), instance=1)
    own = holder(0xF004, record(0xF00A, bytes(8)), is_table)
    group = holder(
        0xF003, own, cell("b", 10, 0), cell("a", 0, 0), cell("2", 10, 10), cell("1", 0, 10)
    )
    document = read("old.ppt", old_presentation([(old_slide(group), b"")]))
    assert document.text == "a | b\n1 | 2"
    assert len(document.tables) == 1


@pytest.mark.parametrize("seed", range(40))
def test_any_byte_of_a_presentation_may_be_wrong(seed: int) -> None:
    slide = old_slide(old_shape(old_text("words", 4)))
    made = bytearray(old_presentation([(slide, old_text("Plan", 0))], [old_notes(256, "n")]))
    for step in range(12):
        made[(seed * 7919 + step * 6271) % len(made)] ^= 1 << (seed + step) % 8
    with contextlib.suppress(DocumentProblem):
        read("old.ppt", bytes(made))
