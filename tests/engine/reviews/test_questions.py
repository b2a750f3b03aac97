"""Reading the questions of a review, as people and spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from strongroom_engine.errors import ReviewQuestionsUnusable
from strongroom_engine.reviews.questions import MAX_COLUMNS, read_questions
from strongroom_engine.types import Column

RENT, ROOF = "What is the rent?", "Who repairs the roof, and when?"
BOTH = (Column(RENT, "Rent"), Column(ROOF, "Roof"))


def read(tmp_path: Path, text: str | bytes) -> tuple[Column, ...]:
    file = tmp_path / "questions.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_questions(file, 4_000)


@pytest.mark.parametrize(
    "text",
    [
        f'Question,Name\n{RENT},Rent\n"{ROOF}",Roof\n',
        f'{RENT},Rent\n"{ROOF}",Roof',
        f"Question;Name\r\n{RENT};Rent\r\n{ROOF};Roof\r\n",
        f"{RENT};Rent\n{ROOF};Roof\n",
        f"{RENT}; Rent\n{ROOF}; Roof\n",
        f"question\tcolumn\n{RENT}\tRent\n{ROOF}\tRoof\n",
        f'"Frage";"Spalte"\n"{RENT}";"Rent"\n"{ROOF}";"Roof"\n',
        f"\n;\n{RENT};Rent\n\n{ROOF};Roof\n{RENT};Twice\n;;\n",
        f'Question,Name,Note\n{RENT},Rent,x\n"{ROOF}",Roof\n',
    ],
)
def test_tables_as_programs_write_them(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == BOTH


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (f"{RENT}\n{ROOF}\n", [RENT, ROOF]),  # no header, no second column
        (f"Question\n{RENT}\n{ROOF}\n", [RENT, ROOF]),
        ("Is the rent above 1,200 euros?\n", ["Is the rent above 1,200 euros?"]),
        ("Consider the lease; what is the rent?", ["Consider the lease; what is the rent?"]),
        ('"One, and another?"\n"Two?"\n', ["One, and another?", "Two?"]),
        ('Question\n"Over two\nlines?"\n', ["Over two lines?"]),
        ('Question\n"Is it ""as is""?"\n', ['Is it "as is"?']),
        ("  Spaces   within ? \n", ["Spaces within ?"]),
        ("Governing law,Law\nTerm,Term\n", ["Governing law", "Term"]),
    ],
)
def test_plain_lists_and_odd_ones(tmp_path: Path, text: str, questions: list[str]) -> None:
    assert [column.question for column in read(tmp_path, text)] == questions


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"]
)
def test_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Frage;Spalte\r\nWie hoch ist die Kündigungsfrist für den Mieter?;Frist für Mieter\r\n"
    (column,) = read(tmp_path, text.encode(encoding))
    assert column.question == "Wie hoch ist die Kündigungsfrist für den Mieter?"
    assert column.title == "Frist für Mieter"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"Question;Name\n{RENT};Rent\n;Roof\n", "line 3: the question is missing"),
        (f"{RENT};Rent\n?;Roof\n", "line 2: The question is empty"),
        (f"{RENT}\nfile:\n{'x' * 5_000}\n", "line 3: The question has 5000 characters"),
        (f"{RENT}\nRent after:yesterday\n", "line 2: The filter after:yesterday"),
        (f'Question;Name\n"{RENT};Rent\n', "a quotation mark is not closed"),
        ("", "there is no question in it"),
        ("Question;Name\n", "there is no question in it"),
        (b"PK\x03\x04" + bytes(range(32)) * 50, "it is no text; save the table as CSV"),
        ("\n".join(f"Question {n}?" for n in range(MAX_COLUMNS + 1)), "1,001 questions"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    with pytest.raises(ReviewQuestionsUnusable) as raised:
        read(tmp_path, text)
    assert why in str(raised.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(ReviewQuestionsUnusable, match="No such file"):
        read_questions(tmp_path / "none.csv", 4_000)
    with pytest.raises(ReviewQuestionsUnusable, match="directory"):
        read_questions(tmp_path, 4_000)
