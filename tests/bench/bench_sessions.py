"""How much need not be read again in a session: questions asked one after the other of one library.

    python tests/bench/bench_sessions.py FOLDER [--each 30] [--keep DIR] [--model NAME] [--sets A,B]

FOLDER holds question sets (`question_sets.py`). Each set's questions are asked in the order of the
documents that answer them, as somebody asks who goes through documents, and then in a mixed order,
each time by a model that has read nothing. Printed is the share of the passages, by their tokens,
that the model had read for an earlier question when they were wanted again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
from tests.bench.question_sets import library_of, plans

from strongroom_engine.answering.asking import Job, Request
from strongroom_engine.answering.pipeline import foreseen
from strongroom_engine.evaluation.sets import Question
from strongroom_engine.library import Library
from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Prompt


def reading(generator: Generator, prompt: Prompt) -> tuple[int, int]:
    """How many of the prompt's tokens had been read, and how many its passages have; all are read
    then."""
    passages = sum(map(generator.count_tokens, prompt.passages))
    one = replace(prompt, max_tokens=1)
    made = generator.generate(one, lambda _text: None, lambda: False)
    return made.reused_tokens, passages


def session(library: Library, questions: Sequence[Question]) -> tuple[float, int]:
    """The share of the passages that need not be read, and how many questions had any."""
    library.answers.let_go()
    known = wanted = asked = common = 0
    for question in questions:
        made = foreseen(Job(Request(question.question), library.answers.parts()))
        if made is None:  # no model is asked
            continue
        reused, passages = reading(made.generator, made.prompt)
        if not asked:
            common = reused  # what all prompts begin with
        asked += 1
        known += min(reused - common, passages)
        wanted += passages
    return known / max(wanted, 1), asked


def by_document(question: Question) -> str:
    return str([(place.file, place.page, place.span) for place in question.relevant])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=30, help="questions of a session")
    parser.add_argument("--keep", type=Path, help="where the libraries are kept")
    parser.add_argument("--model", default="")
    parser.add_argument("--sets", default="squad,cuad")
    options = parser.parse_args()
    print("| set | order | questions | read before |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as made:
        for one in plans(options.folder, 10**6, 11, options.sets):
            folder = (options.keep or Path(made)) / one.docs
            with library_of(folder, options.folder / one.docs / "docs") as library:
                settings = library.answers.settings
                wanted = msgspec.structs.replace(settings, answer_model=options.model)
                library.answers.use_settings(wanted)
                orders = {
                    "by document": sorted(one.questions, key=by_document)[: options.each],
                    "mixed": one.questions[: options.each],
                }
                for name, questions in orders.items():
                    share, asked = session(library, questions)
                    print(f"| {one.kind} | {name} | {asked} | {share:.2f} |", flush=True)


if __name__ == "__main__":
    main()
