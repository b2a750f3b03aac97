"""A text in Qt's document: what it is made of, and where each character of it stands."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.writing import MARKDOWN, Writer
from strongroom_desktop.reader.written import Written
from strongroom_engine.protocol import PageText

NOTES = """# Notes

Some **strong** words and `code`.

| Name | Rent |
| --- | --- |
| Holt 🏠 | 100 |

- one
- two

```python
def f(): ...
```
"""


def written(theme: Theme, page: PageText, file: str = "notes.md") -> tuple[Written, QTextDocument]:
    document = QTextDocument()
    return Writer(theme, page, file, 1.0).write(QTextCursor(document)), document


def notes() -> PageText:
    table = NOTES.index("| Name")
    return PageText(
        media_type=MARKDOWN,
        text=NOTES,
        total=len(NOTES),
        headings=((0, 7, 1),),
        tables=((table, NOTES.index("| Holt"), NOTES.index("\n\n- one")),),
        items=(NOTES.index("- one"), NOTES.index("- two")),
    )


def test_signs_of_markup_are_not_shown(theme: Theme) -> None:
    _, document = written(theme, notes())
    lines = document.toPlainText().split("\n")
    assert lines[0] == "Notes"
    assert "Some strong words and code." in lines
    assert "• one" in lines
    assert "**" not in document.toPlainText()


def test_a_table_is_a_table(theme: Theme) -> None:
    _, document = written(theme, notes())
    (table,) = [
        frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)
    ]
    assert (table.rows(), table.columns()) == (2, 2)
    said = [
        [table.cellAt(row, column).firstCursorPosition().block().text() for column in range(2)]
        for row in range(2)
    ]
    assert said == [["Name", "Rent"], ["Holt 🏠", "100"]]


@pytest.mark.parametrize("word", ["Notes", "strong", "code", "Rent", "Holt", "100", "two", "def"])
def test_every_word_is_found_where_it_stands(theme: Theme, word: str) -> None:
    made, document = written(theme, notes())
    at = NOTES.index(word)
    cursor = QTextCursor(document)
    cursor.setPosition(made.place(at))
    cursor.setPosition(made.place(at + len(word) - 1) + 1, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == word
    assert made.at(made.place(at)) == at


def test_headings_are_larger_and_strong_words_bolder(theme: Theme) -> None:
    made, document = written(theme, notes())
    cursor = QTextCursor(document)
    sizes = {}
    for word in ("Notes", "Some", "strong", "def"):
        cursor.setPosition(made.place(NOTES.index(word)) + 1)
        font = cursor.charFormat().font()
        sizes[word] = font.pixelSize(), font.weight()
    assert sizes["Notes"][0] > sizes["Some"][0]
    assert sizes["strong"][1] > sizes["Some"][1]
    assert sizes["def"][0] < sizes["Some"][0]


def test_code_keeps_its_columns(theme: Theme, qapp: QApplication) -> None:
    text = "def f(x):\n    return x\n\n\nf(1)\n"
    made, document = written(theme, PageText(text=text, total=len(text)), "code.py")
    assert document.toPlainText() == text
    assert made.length == len(text)
    family = QTextCursor(document).charFormat().font().families()
    assert family == theme.mono_font().families()


def test_a_text_with_odd_characters_keeps_its_places(theme: Theme) -> None:
    text = "a\x00b\ufffcc\u2028d\r\n🏠e"
    made, document = written(theme, PageText(text=text, total=len(text)), "odd.txt")
    cursor = QTextCursor(document)
    cursor.setPosition(made.place(text.index("e")))
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "e"
