"""The questions that the benches of answers ask, and the libraries that they ask them of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from strongroom_engine.evaluation.sets import Question, load_questions
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey

KEY = LibraryKey(bytes(range(32)), "key file")


@dataclass(frozen=True)
class Plan:
    """Questions of a kind, and the set whose documents they are asked of."""

    kind: str
    docs: str
    questions: Sequence[Question]


def plans(folder: Path, each: int, seed: int, kinds: str = "") -> list[Plan]:
    """At most `each` questions of each kind, or of `kinds` (by comma). More of them begin with the
    same ones.

    Questions about absent topics are those of one set, asked of another set's documents; those of
    `squad/questions_unanswerable.jsonl` are a near miss, the harder kind.
    """

    def chosen(file: str) -> list[Question]:
        questions = list(load_questions(folder / file))
        random.Random(seed).shuffle(questions)
        return questions

    squad, cuad = chosen("squad/questions.jsonl"), chosen("cuad/questions.jsonl")
    made = [
        Plan("squad", "squad", squad[:each]),
        Plan("cuad", "cuad", cuad[:each]),
        Plan("financebench", "financebench", chosen("financebench/questions.jsonl")[:each]),
        # From the other end: a question is not asked twice as long as there are others.
        Plan("absent", "cuad", squad[::-1][: each // 2]),
        Plan("absent", "squad", cuad[::-1][: each // 2]),
        Plan("near miss", "squad", chosen("squad/questions_unanswerable.jsonl")[:each]),
    ]
    wanted = kinds.split(",") if kinds else [plan.kind for plan in made]
    return [plan for plan in made if plan.kind in wanted]


def library_of(folder: Path, docs: Path) -> Library:
    """The library of the documents, kept in `folder`; made where it is not there yet."""
    library = Library(folder, KEY)
    if not library.sources():
        library.add(str(docs))
    return library
