"""Follow-ups: is the right passage found as often as with the question asked whole?

    python tests/bench/bench_followups.py FOLDER [--keep DIR] [--embedding NAME] [--sets A,B]
        [--list] [--unrelated N]

FOLDER (or STRONGROOM_EVAL) and the other options are those of `bench_retrieval.py`; with --keep
its libraries are used. From the English and German questions dialogues are made (`dialogues.py`);
printed is the share of second questions whose right passage is among the first five hits:

* whole: the second question as it stands in the set;
* typed: as it is typed in the dialogue, without the first;
* both: with all words of the first question behind it (the plainest way);
* understood: as `standalone` makes it whole.

Then pairs of questions about two documents, of which none needs the other: how many `standalone`
changes, and what that costs. --list prints every dialogue.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import bench_retrieval as retrieval
from tests.bench.dialogues import Dialogue, dialogues, unrelated

from strongroom_engine.answering.conversation.followup import standalone
from strongroom_engine.answering.search import Searcher
from strongroom_engine.evaluation.estimates import estimate
from strongroom_engine.evaluation.metrics import first_rank, right_hits
from strongroom_engine.evaluation.sets import Question, QuestionSet
from strongroom_engine.types import Turn

ASKED = ("whole", "typed", "both", "understood")
K = 5


@dataclass
class Found:
    """Way of the dialogue -> way of asking -> for each dialogue whether the passage was found."""

    rows: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, row: str, asked: str, right: float) -> None:
        self.rows.setdefault(row, {}).setdefault(asked, []).append(right)


def turn(question: Question) -> Turn:
    return Turn(question.question, question.answer or "")


def is_found(searcher: Searcher, asked: QuestionSet, question: Question, text: str) -> float:
    """1 where the right passage is among the first hits for `text`."""
    hits = searcher.search(text, K, asked.collections).hits
    rank = first_rank(right_hits(hits, question, asked.root))
    return float(rank is not None and rank <= K)


def measure(
    found: Found, searcher: Searcher, asked: QuestionSet, made: Sequence[Dialogue], *, show: bool
) -> None:
    for one in made:
        understood = standalone(one.typed, [turn(one.first)])
        texts = {
            "whole": one.full.question,
            "typed": one.typed,
            "both": f"{one.typed} {one.first.question}",
            "understood": understood.text,
        }
        right = {name: is_found(searcher, asked, one.full, text) for name, text in texts.items()}
        for name, value in right.items():
            for row in (f"{asked.name}: {one.way}", asked.name, "all"):
                found.add(row, name, value)
        if show:
            lost = "LOST" if right["whole"] > right["understood"] else ""
            same = "" if understood.changed else "UNCHANGED"
            print(f"{one.way}: {one.first.question} [{one.first.answer or ''}]")
            print(f"    whole  {one.full.question}\n    typed  {one.typed}")
            print(f"    -> {understood.text} {lost} {same}")


def measure_unrelated(
    found: Found, searcher: Searcher, asked: QuestionSet, number: int, *, show: bool
) -> None:
    pairs = unrelated(asked, number)
    changed = 0
    for first, second in pairs:
        understood = standalone(second.question, [turn(first)])
        changed += understood.changed or understood.kind == "previous"
        if understood.changed and show:
            print(f"CHANGED {first.question} / {second.question}\n    -> {understood.text}")
        row = f"unrelated: {asked.name}"
        found.add(row, "whole", is_found(searcher, asked, second, second.question))
        found.add(row, "understood", is_found(searcher, asked, second, understood.text))
    print(f"{asked.name}: {changed} of {len(pairs)} questions that stand alone were changed")


def show(found: Found) -> None:
    table = retrieval._table(f"right passage among the first {K}", ["n", *ASKED])
    for row, values in found.rows.items():
        cells = [_shown(values.get(name, [])) for name in ASKED]
        table.add_row(row, str(len(values["whole"])), *cells)
    retrieval.out.print(table)


def _shown(values: Sequence[float]) -> str:
    figure = estimate([values])
    return retrieval._shown(figure)


def language_of(name: str) -> str:
    """Of a set, by its name; '' where no dialogues are made of it."""
    last = name.rsplit(" ", 1)[-1]
    if len(last) == 2:
        return last if last in ("en", "de") else ""
    return "en"


def main() -> None:
    options = parser().parse_args()
    embedder = retrieval.CachedQueries(retrieval.embedding_folder(options.embedding))
    found = Found()
    with retrieval.kept(options.keep) as keep:
        for folder in retrieval.find_folders(options.folder, options.sets, 0):
            asking = [asked for asked in folder.sets if language_of(asked.name)]
            made = {asked.name: dialogues(asked, language_of(asked.name)) for asked in asking}
            if not any(made.values()):
                continue
            place = keep / embedder.model.replace("/", "-") / folder.name
            with retrieval.indexed(folder, place, embedder, fresh=False) as library:
                searcher = retrieval.Bench.searcher(library, embedder)
                for asked in asking:
                    measure(found, searcher, asked, made[asked.name], show=options.list)
                    measure_unrelated(found, searcher, asked, options.unrelated, show=options.list)
    show(found)


def parser() -> argparse.ArgumentParser:
    made = retrieval.parser()
    made.description = (__doc__ or "").split("\n", 1)[0]
    made.add_argument("--list", action="store_true", help="print every dialogue")
    made.add_argument("--unrelated", type=int, default=100, help="pairs of each set")
    return made


if __name__ == "__main__":
    main()
