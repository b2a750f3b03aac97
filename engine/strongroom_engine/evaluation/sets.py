"""Question sets: a JSON object a line, with the passages that answer each question.

`{"id", "question", "relevant": [{"file", "page"?, "pages"?, "span"?, "quote"?}], "answer"? or
"answers"?}`; `file` is relative to the documents' folder, `page` counts from 1, `span` is
[start, end) in code points of the file. An empty `relevant` means that the right answer is an
abstention. Other fields are ignored.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from strongroom_engine.errors import QuestionSetUnusable


class Relevant(msgspec.Struct, frozen=True):
    """One place that answers a question, as closely as the set knows it."""

    file: str
    page: int | None = None
    pages: tuple[int, ...] | None = None
    span: tuple[int, int] | None = None
    quote: str | None = None

    @property
    def all_pages(self) -> frozenset[int]:
        """The pages that hold the answer; empty where the set does not say."""
        return frozenset(self.pages or (() if self.page is None else (self.page,)))

    @property
    def names_passage(self) -> bool:
        """Whether it names a passage, and not only a document or its page."""
        return self.span is not None or bool(self.quote)


class Question(msgspec.Struct, frozen=True):
    question: str
    relevant: tuple[Relevant, ...]
    id: str = ""
    answer: str | None = None
    answers: tuple[str, ...] | None = None

    @property
    def accepted(self) -> tuple[str, ...]:
        """The short answers that are right; empty where the set gives none."""
        return self.answers or ((self.answer,) if self.answer else ())


def load_questions(file: Path) -> tuple[Question, ...]:
    """The questions of a set; raises `QuestionSetUnusable` with the line that is wrong."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except OSError as exc:
        raise QuestionSetUnusable(file=file, why=exc.strerror or exc) from exc
    except UnicodeDecodeError as exc:
        raise QuestionSetUnusable(file=file, why="it is not UTF-8") from exc
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise QuestionSetUnusable(file=file, why="it holds no question")
    return tuple(_question(file, number, line) for number, line in numbered)


def _question(file: Path, number: int, line: str) -> Question:
    try:
        return msgspec.json.decode(line, type=Question)
    except msgspec.DecodeError as exc:
        raise QuestionSetUnusable(file=file, why=f"line {number}: {exc}") from exc
