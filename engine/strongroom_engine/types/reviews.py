"""Many questions over many documents: a table with a row a document and a column a question."""

from __future__ import annotations

from dataclasses import dataclass

from strongroom_engine.types.answers import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A question that is put to every document; `name` is the column's title, '' for none."""

    question: str
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or self.question


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """A review as lists show it: how many documents, questions and answers it has. `changed_ms`
    is when it was asked or changed last, in milliseconds since 1970."""

    name: str
    documents: int
    questions: int
    done: int
    changed_ms: int


@dataclass(frozen=True, slots=True)
class Review:
    """A table as far as it is filled: at most one cell for each document and question."""

    name: str
    columns: tuple[Column, ...]
    documents: tuple[str, ...]
    """The rows, in order."""
    cells: tuple[Cell, ...] = ()
    stopped: bool = False
    """True when it was interrupted: what was answered is kept, and the rest can be done later."""

    @property
    def wanted(self) -> int:
        """How many cells the whole table has."""
        return len(self.columns) * len(self.documents)

    def by_place(self) -> dict[tuple[str, str], Cell]:
        """The cells by document and question."""
        return {(cell.document, cell.question): cell for cell in self.cells}
