"""Reading questions from a text file or a table saved as CSV.

A question a row, in the first column; the second one, where there is one, is the name that the
column gets. A first row that says 'question' is a header. Any encoding; commas, semicolons or
tabs; a file of lines without any of them is a question a line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from strongroom_engine.answering.query import clean_question, parse_query
from strongroom_engine.errors import QuestionError, ReviewQuestionsUnusable
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.sentences import reasons
from strongroom_engine.types import Column

MAX_BYTES = 4 << 20
MAX_COLUMNS = 1_000
"""A spreadsheet could show more, and a person could not read them."""
_SEPARATORS = "\t;,"
_HEADERS = frozenset(
    ["question", "questions", "frage", "fragen", "pregunta", "preguntas", "вопрос", "问题", "質問"]
)


def read_questions(file: Path, max_characters: int) -> tuple[Column, ...]:
    """The questions of a review in `file`, none twice; `ReviewQuestionsUnusable` says what is wrong
    where."""
    found: dict[str, Column] = {}
    for line, column in _written(file):
        try:
            parse_query(column.question, max_characters, ())
        except QuestionError as exc:
            raise _unusable(file, exc.sentence, line) from exc
        found.setdefault(column.question, column)
    if len(found) > MAX_COLUMNS:
        raise _unusable(file, reasons.TOO_MANY_QUESTIONS(n=len(found), total=MAX_COLUMNS))
    return tuple(found.values())


def every_question(file: Path) -> tuple[str, ...]:
    """The questions in `file` as they stand there, however many, whether they can be asked or not.

    Raises `ReviewQuestionsUnusable` where none can be made out.
    """
    return tuple(column.question for _, column in _written(file))


def _written(file: Path) -> list[tuple[int, Column]]:
    found = list(_columns(file, _text(file)))
    if not found:
        raise _unusable(file, reasons.NO_QUESTIONS())
    return found


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise _unusable(file, reasons.TOO_LARGE())
        return decode(file.read_bytes())
    except OSError as exc:
        raise _unusable(file, exc.strerror or str(exc)) from exc
    except NotText as exc:
        raise _unusable(file, reasons.NO_TEXT()) from exc


def _columns(file: Path, text: str) -> Iterator[tuple[int, Column]]:
    """Each question with the number of the line on which its row ends."""
    first = True
    for line, row in _rows(file, text):
        cells = [" ".join(clean_question(cell).split()) for cell in row]
        question, name = cells[0], cells[1] if len(cells) > 1 else ""
        if not any(cells):
            continue
        header, first = first and _is_header(question), False
        if header:
            continue
        if not question:
            raise _unusable(file, reasons.NO_QUESTION(), line)
        yield line, Column(question, name)


def _is_header(field: str) -> bool:
    return field.strip(' "').casefold() in _HEADERS


def _rows(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    separator = _separator(text)
    if separator is None:
        yield from ((number, [line]) for number, line in enumerate(text.splitlines(), 1))
        return
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    try:
        yield from ((reader.line_num, row) for row in reader if row)
    except csv.Error as exc:
        why = reasons.OPEN_QUOTATION() if "unexpected end" in str(exc) else str(exc)
        raise _unusable(file, why, reader.line_num) from exc


def _separator(text: str) -> str | None:
    """The separator of the table; None for a plain list of lines.

    Commas and semicolons stand in questions too, and csv.Sniffer takes letters for separators
    where there is one column only. So one is believed when it follows the header's first field,
    or when in every line that has it, it stands where none stands in a sentence.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in _SEPARATORS:
        if lines and separator in lines[0] and _is_header(lines[0].partition(separator)[0]):
            return separator
        holding = [line for line in map(_outside_quotes, lines) if separator in line]
        if holding and all(_parts(line, separator) for line in holding):
            return separator
    return "," if any(line.lstrip().startswith('"') for line in lines) else None


def _parts(line: str, separator: str) -> bool:
    """Whether the line's first separator follows a question, or no space and no digits are around
    it: 'What is the rent?; Rent', 'Governing law,Law', not 'the rent, and' nor '1,200'."""
    before, _, after = line.partition(separator)
    if before.rstrip().endswith(("?", "？", "؟")) or not after:
        return True
    return not after[0].isspace() and not (before[-1:].isdigit() and after[0].isdigit())


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _unusable(file: Path, why: str, line: int = 0) -> ReviewQuestionsUnusable:
    where = reasons.IN_LINE(line=str(line), why=why) if line else why
    return ReviewQuestionsUnusable(file=file, why=where.removesuffix("."))
