"""Real files -> a table whose cells stand in them, word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.engine.fakes import Scripted

from strongroom_engine.answering.tasks.cells import Source, parsed_rows, shown_cell
from strongroom_engine.answering.tasks.columns import named_columns
from strongroom_engine.answering.tasks.table import extract_table
from strongroom_engine.errors import NoModelFits, NotSearchable

from .papers import Desk, cited, write_docx, write_pdf

ORDERS = [
    "Orders",
    "On 3 May 2021 Okafor Ltd. ordered forty chairs for EUR 3,200. The chairs are red.",
    "Lindqvist AB ordered six tables on 11 May 2021; the price is not agreed yet.",
]
MORE = ["On 7 June 2022 Keller GmbH ordered a lamp for EUR 95."]
ASKED = "Make a table of customers, dates and prices"


@pytest.fixture
def orders(desk: Desk, tmp_path: Path) -> Path:
    return desk.put(write_pdf(tmp_path / "orders.pdf", ORDERS, width=40))


@pytest.fixture
def more(desk: Desk, tmp_path: Path) -> Path:
    return desk.put(write_docx(tmp_path / "more.docx", MORE))


def rows(*values: tuple[str, str, str]) -> str:
    return json.dumps(
        [dict(zip(("Customers", "Dates", "Prices"), one, strict=True)) for one in values]
    )


def test_cells_stand_in_the_source_and_rows_are_cited(desk: Desk, orders: Path) -> None:
    model = Scripted(
        rows(
            ("okafor ltd", "2021-05-03", "EUR 3,200"),
            ("Lindqvist AB", "11 May 2021", "EUR 900"),
            ("Smith & Sons", "", ""),
            ("Lindqvist AB", "11 May 2021", ""),
        )
    )
    desk.generator = lambda: model
    answer = extract_table(desk.job("table", ASKED, orders))
    desk.check(answer)
    assert answer.text.split("\n") == [
        "| Customers | Dates | Prices |",
        "| --- | --- | --- |",
        "| Okafor Ltd | 3 May 2021 | EUR 3,200 |",
        "| Lindqvist AB | 11 May 2021 |  |",
    ]
    assert json.loads(answer.data) == {
        "columns": ["Customers", "Dates", "Prices"],
        "rows": [["Okafor Ltd", "3 May 2021", "EUR 3,200"], ["Lindqvist AB", "11 May 2021", ""]],
    }
    assert cited(answer, "Okafor") == [
        ("orders.pdf", "On 3 May 2021 Okafor Ltd. ordered forty chairs for EUR 3,200.")
    ]
    assert cited(answer, "Lindqvist")[0][1].startswith("Lindqvist AB ordered six tables")
    assert answer.task == "table"
    assert not answer.abstained
    schema = json.loads(model.prompts[0].schema)
    assert schema["items"]["required"] == ["Customers", "Dates", "Prices"]
    assert "Columns: Customers, Dates, Prices" in model.prompts[0].messages[-1].content


def test_rows_of_several_documents_say_which(desk: Desk, orders: Path, more: Path) -> None:
    model = Scripted(
        rows(("Okafor Ltd.", "3 May 2021", "EUR 3,200")),
        rows(("Keller GmbH", "7 June 2022", "EUR 95"), ("Okafor Ltd.", "3 May 2021", "")),
    )
    desk.generator = lambda: model
    answer = extract_table(desk.job("table", ASKED, orders, more))
    desk.check(answer)
    assert json.loads(answer.data) == {
        "columns": ["Document", "Customers", "Dates", "Prices"],
        "rows": [
            ["orders.pdf", "Okafor Ltd", "3 May 2021", "EUR 3,200"],
            ["more.docx", "Keller GmbH", "7 June 2022", "EUR 95"],
        ],
    }
    assert answer.searched == "Read 2 of the 2 nearest passages, of 2 documents."
    assert desk.progress[-1] == (2, 2)


def test_without_named_columns_the_model_chooses(desk: Desk, more: Path) -> None:
    model = Scripted('["Customer", "Price"]', '[{"Customer": "Keller GmbH", "Price": "EUR 95"}]')
    desk.generator = lambda: model
    answer = extract_table(desk.job("table", "A table of the orders", more))
    assert answer.text.split("\n")[0] == "| Customer | Price |"
    assert len(model.prompts) == 2


def test_passages_are_searched_where_no_document_is_chosen(
    desk: Desk, orders: Path, more: Path
) -> None:
    model = Scripted(*[rows(("Keller GmbH", "7 June 2022", "EUR 95"))] * 6)
    desk.generator = lambda: model
    answer = extract_table(desk.job("table", ASKED))
    assert json.loads(answer.data)["rows"] == [["Keller GmbH", "7 June 2022", "EUR 95"]]
    assert cited(answer, "Keller")[0][0] == "more.docx"


def test_where_nothing_stands_in_the_source_there_is_no_table(desk: Desk, more: Path) -> None:
    desk.generator = lambda: Scripted(rows(("Smith", "1 May 1999", "EUR 7")))
    answer = extract_table(desk.job("table", ASKED, more))
    desk.check(answer)
    assert answer.abstained
    assert answer.text == "The documents searched hold nothing for this table."
    assert json.loads(answer.data)["rows"] == []


def test_it_needs_a_model_and_a_document(desk: Desk, more: Path, tmp_path: Path) -> None:
    with pytest.raises(NoModelFits):
        extract_table(desk.job("table", ASKED, more))
    with pytest.raises(NotSearchable):
        extract_table(desk.job("table", ASKED, tmp_path / "nowhere.pdf"))


def test_when_it_is_stopped_the_rows_so_far_are_kept(desk: Desk, orders: Path, more: Path) -> None:
    model = Scripted(rows(("Okafor Ltd.", "3 May 2021", "EUR 3,200")), rows(("Keller", "", "")))
    desk.generator = lambda: model
    job = desk.job("table", ASKED, orders, more, cancelled=lambda: len(desk.progress) > 1)
    answer = extract_table(job)
    assert answer.stopped
    assert [row[0] for row in json.loads(answer.data)["rows"]] == ["Okafor Ltd"]


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("make a table of parties, dates and amounts", ("Parties", "Dates", "Amounts")),
        ("Table with the columns party, date, amount", ("Party", "Date", "Amount")),
        ("columns: Name, Rent", ("Name", "Rent")),
        ("Extract the vendors and due dates from the bills as a table", ("Vendors", "Due dates")),
        ("List all names and birthdays in a table", ("Names", "Birthdays")),
        (
            "Tabelle der Parteien, Daten und Beträge aus allen Verträgen",
            ("Parteien", "Daten", "Beträge"),
        ),
        ("a table of payments", ()),
        ("Put the orders into a table", ()),
    ],
)
def test_columns_that_a_question_names(question: str, columns: tuple[str, ...]) -> None:
    assert named_columns(question) == columns


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('[{"A": "x", "B": "1"}]', [["x", "1"]]),
        ('Here it is:\n```json\n[{"a": "x", "b": null}]\n```', [["x", ""]]),
        ('{"rows": [["x", "1"], ["y"]]}', [["x", "1"], ["y", ""]]),
        ('{"A": "x", "B": 2}', [["x", "2"]]),
        ('[{"A": "x", "B": "1"}, {"A": "y", "B": "2', [["x", "1"]]),
        ('[{"A": ["x", "y"], "B": "N/A"}]', [["x; y", ""]]),
        ('[{"A": "A", "B": "B"}]', []),
        ("There is nothing.", []),
        ("[]", []),
        ("", []),
    ],
)
def test_rows_are_read_from_whatever_the_model_writes(
    written: str, expected: list[list[str]]
) -> None:
    assert parsed_rows(written, ("A", "B")) == expected


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("Date", "signed on 3 May 2021", "3 May 2021"),
        ("Date", "soon", ""),
        ("Amount", "EUR 5", "EUR 5"),
        ("Amount", "a lot", ""),
        ("Party", "x" * 201, ""),
    ],
)
def test_a_value_is_of_its_columns_kind(column: str, value: str, kept: str) -> None:
    found = parsed_rows(json.dumps([{column: value, "Other": "x"}]), (column, "Other"))
    assert found == [[kept, "x"]]


def test_a_value_is_found_as_it_is_written() -> None:
    text = "Acme\nCorp. and Beta-\nWerke AG agreed on March 1, 2020. Acme Corp. paid."
    source = Source(text)

    def found(value: str, near: int = 0) -> str:
        return shown_cell(text, source.find(value, near))

    assert found("ACME CORP") == "Acme Corp"
    assert source.find("Acme Corp", near=60) == ((text.rindex("Acme"), text.rindex("Corp") + 4),)
    assert found("Acme Corp and Betawerke AG") == "Acme Corp. and Beta- Werke AG"
    assert found("Acme Corp, Gamma Inc") == "Acme Corp"
    assert found("2020-03-01") == "March 1, 2020"
    assert found("2021-03-01") == ""
    assert found("Gamma") == ""
