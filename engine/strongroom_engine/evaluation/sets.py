"""Question sets: a JSON object a line, with the passages that answer each question.

`{"id", "question", "relevant": [{"file", "page"?, "pages"?, "span"?, "quote"?}], "answer"? or
"answers"?}`; `file` is relative to the documents' folder, `page` counts from 1, `span` is
[start, end) in code points of the file. An empty `relevant` means that the right answer is an
abstention. Other fields are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import structs

from strongroom_engine.errors import QuestionSetUnusable


class Relevant(msgspec.Struct, frozen=True, omit_defaults=True):
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

    @property
    def by_page(self) -> tuple[Relevant, ...]:
        """One place for each page; itself where no page is known."""
        pages = sorted(self.all_pages)
        return tuple(Relevant(self.file, page) for page in pages) or (self,)


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    question: str
    relevant: tuple[Relevant, ...]
    id: str = ""
    answer: str | None = None
    answers: tuple[str, ...] | None = None
    wrong_answers: tuple[str, ...] = ()
    """Answers that the user marked wrong; nothing is measured by them."""

    @property
    def key(self) -> str:
        """By what it is the same question in another run."""
        return self.id or self.question

    @property
    def files(self) -> frozenset[str]:
        """The documents that answer it."""
        return frozenset(place.file for place in self.relevant)

    @property
    def names_passages(self) -> bool:
        return any(place.names_passage for place in self.relevant)

    @property
    def accepted(self) -> tuple[str, ...]:
        """The short answers that are right; empty where the set gives none."""
        return self.answers or ((self.answer,) if self.answer else ())


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with where they are asked: `root` is the folder that files are relative to."""

    name: str
    questions: tuple[Question, ...]
    root: Path
    collections: tuple[str, ...] = ()
    """The scope of each question; empty means the whole library."""
    left_out: int = 0
    """Questions that cannot be asked, because what would be right is not known or gone."""


def set_name(file: Path) -> str:
    """The folder's name and what the file's adds: `xquad de` for xquad/questions.de.jsonl."""
    stem = file.name.removesuffix(".jsonl")
    own = stem.removeprefix("questions").strip("._- ")
    return " ".join(part for part in (file.absolute().parent.name, own) if part)


def rooted(questions: Iterable[Question], root: Path) -> tuple[Question, ...]:
    """The questions, with files that lie inside `root` named relative to it."""

    def inside(place: Relevant) -> Relevant:
        return structs.replace(place, file=relative(place.file, root))

    return tuple(
        structs.replace(each, relevant=tuple(map(inside, each.relevant))) for each in questions
    )


def relative(file: str, root: Path) -> str:
    """The path as question sets write it; a file outside `root` keeps its own."""
    path = Path(file)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def write_questions(questions: Iterable[Question]) -> str:
    """The set as text, in the format that `load_questions` reads."""
    return "".join(f"{msgspec.json.encode(question).decode()}\n" for question in questions)


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
