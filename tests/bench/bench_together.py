"""Several questions with the answer model at once: what an answer costs beside others.

    python tests/bench/bench_together.py [--model default|small|test] [--rounds N] [--tokens 48]
        [--contracts FOLDER] [--documents 10] [--parts writing,grid]

writing: tokens a second of 1, 2, 4 and 8 answers at once, each cut off at --tokens, and how many times
as many that is as of one alone, in the same round. *same*: all are about the same passages; *own*: each
about its own. *new*: the passages have not been read, which counts; *known*: other questions about
them follow. One alone is drafted from its prompt, as ever; several fill the batch themselves.

grid: five questions put to each contract of a folder (`cuad/docs`), as a review does: one at a time and
several at a time, each from a worker that knows nothing; and each question asked for itself, of a model
that has read the instructions and nothing of the document. Wall time, processor time of all processes,
and whether the cells of a review are the same.

Each round takes all sizes in turn, from another one on, so a machine whose speed drifts does not matter.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil
from tests.bench.bench_first_token import STABLE, WORDS, plan, unread
from tests.bench.question_sets import KEY

from strongroom_engine.answering.asking import Job, Parts, Request
from strongroom_engine.answering.reviewing.review import Work, review, review_template
from strongroom_engine.answering.together import TOGETHER
from strongroom_engine.library import Library
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.models.memory import cells_for_several
from strongroom_engine.settings import Settings
from strongroom_engine.types import Cell, Message, Prompt

SIZES = (1, 2, 4, 8)
BLOCK_BYTES = 512 << 20
PASSAGES, PASSAGE_WORDS = 4, 50
"""About 300 tokens: eight such prompts find room at once."""
LONG = (
    "Retell all of it as a long story, in at least a thousand words.",
    "Write a letter of ten pages about it.",
    "Explain each word of it at length, one after the other.",
    "Invent a conversation of many hours between two people who have read it.",
    "Write a poem of a hundred lines about it.",
    "Describe at length what a painter would make of it.",
    "Write the chapter of a novel in which it is found.",
    "List a hundred things that it does not say, each with its reason.",
)
OTHERS = tuple(f"In other words than before: {question}" for question in LONG)
GRID = (
    "Who are the parties to this agreement?",
    "On which date does this agreement take effect?",
    "The law of which country or state governs this agreement?",
    "Is there a clause that restricts the assignment of this agreement?",
    "How long before must notice of termination be given?",
)

# --- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    size: int
    own: bool


@dataclass(frozen=True)
class Rates:
    """Tokens a second of all answers together."""

    new: float
    known: float


def passages(dice: random.Random) -> tuple[str, ...]:
    return tuple(" ".join(dice.choices(WORDS, k=PASSAGE_WORDS)) + "." for _ in range(PASSAGES))


def prompt(texts: Sequence[str], question: str, tokens: int) -> Prompt:
    asked = "\n\n".join((*texts, question))
    messages = (*STABLE, Message("user", asked))
    return Prompt(messages, len(STABLE), 0.0, tokens, passages=tuple(texts))


def rate(generator: WorkerGenerator, prompts: Sequence[Prompt]) -> float:
    """Tokens a second while all of these are answered."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(prompts)) as pool:
        written = pool.map(
            lambda each: generator.generate(each, lambda _text: None, lambda: False), prompts
        )
        tokens = sum(each.tokens for each in written)
    return tokens / (time.perf_counter() - begun)


def measured(generator: WorkerGenerator, case: Case, dice: random.Random, tokens: int) -> Rates:
    shared = passages(dice)
    texts = [passages(dice) if case.own else shared for _ in range(case.size)]
    new, known = (
        rate(generator, [prompt(*each, tokens) for each in zip(texts, questions, strict=False)])
        for questions in (LONG, OTHERS)
    )
    return Rates(new, known)


def measure_writing(use: str, rounds: int, tokens: int) -> None:
    chosen = plan(use)
    room = max(chosen.cells, cells_for_several(chosen.context))
    generator = WorkerGenerator(replace(chosen, cells=room, block_bytes=BLOCK_BYTES))
    dice, cases = random.Random(7), [Case(size, own) for size in SIZES for own in (False, True)]
    found: list[dict[Case, Rates]] = []
    try:
        generator.load(STABLE)
        for number in range(rounds):
            turned = cases[number % len(cases) :] + cases[: number % len(cases)]
            found.append({case: measured(generator, case, dice, tokens) for case in turned})
    finally:
        generator.close()
    print(f"{chosen.name}, {chosen.threads} threads, {tokens} tokens an answer, {rounds} rounds")
    print("passages  at once  new tok/s  over alone  known tok/s  over alone")
    for case in sorted(cases, key=lambda each: (each.own, each.size)):
        _tell_rates(
            case, [each[case] for each in found], [each[Case(1, case.own)] for each in found]
        )


def _tell_rates(case: Case, rates: Sequence[Rates], alone: Sequence[Rates]) -> None:
    """The medians over the rounds, and those of the ratios within a round."""
    pairs = list(zip(rates, alone, strict=True))
    new = statistics.median(each.new for each in rates)
    known = statistics.median(each.known for each in rates)
    times_new = statistics.median(each.new / one.new for each, one in pairs)
    times_known = statistics.median(each.known / one.known for each, one in pairs)
    name = "own" if case.own else "same"
    print(f"{name:8}  {case.size:7}  {new:9.1f}  {times_new:10.2f}", end="")
    print(f"  {known:11.1f}  {times_known:10.2f}", flush=True)


# --- the grid ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filled:
    """A grid as it was filled, and what that took, in seconds."""

    cells: tuple[Cell, ...]
    wall: float
    processor: float


def processor_s() -> float:
    """Of this process and all that it started and that are still there."""
    own = psutil.Process()
    times = [each.cpu_times() for each in (own, *own.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def begun(library: Library) -> Parts:
    """With a model that has read nothing but the instructions."""
    library.answers.let_go()
    parts = library.answers.parts()
    parts.generator().load(review_template().stable)
    return parts


def filled(parts: Parts, work: Work, most: int) -> Filled:
    wall, processor = time.perf_counter(), processor_s()
    cells = tuple(review(Job(Request(""), parts), work, most=most))
    return Filled(cells, time.perf_counter() - wall, processor_s() - processor)


def filled_apart(library: Library, work: Work) -> Filled:
    """Each question as if it was the first. The instructions are read again before the clock runs."""
    generator, stable = begun(library).generator(), review_template().stable
    each = []
    for document, questions in work:
        for question in questions:
            unread(generator, [document], stable)
            each.append(filled(library.answers.parts(), [(document, (question,))], 1))
    cells = tuple(cell for one in each for cell in one.cells)
    return Filled(cells, sum(one.wall for one in each), sum(one.processor for one in each))


def measure_grid(use: str, rounds: int, contracts: Path, documents: int) -> None:
    chosen = plan(use)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "contracts"
        folder.mkdir()
        for file in sorted(contracts.iterdir())[:documents]:
            (folder / file.name).write_bytes(file.read_bytes())
        settings = Settings(answer_model=chosen.model)
        with Library(Path(made) / "library", KEY, settings=settings) as library:
            library.add(str(folder))
            work = [(record.path, GRID) for record in library.documents()]
            ways: list[Callable[[], Filled]] = [
                lambda: filled_apart(library, work),
                lambda: filled(begun(library), work, 1),
                lambda: filled(begun(library), work, TOGETHER),
            ]
            for number in range(rounds):
                order = [(number + step) % len(ways) for step in range(len(ways))]
                told = {way: ways[way]() for way in order}
                _tell(*(told[way] for way in range(len(ways))))


def _tell(apart: Filled, alone: Filled, together: Filled) -> None:
    pairs = list(zip(alone.cells, together.cells, strict=True))
    texts = sum(one.text == other.text for one, other in pairs)
    failed = sum(bool(cell.problem) for each in (apart, alone, together) for cell in each.cells)
    print(f"{len(pairs)} cells, {failed} failed")
    for name, filling in (
        ("each for itself", apart),
        ("one at a time", alone),
        (f"{TOGETHER} at a time", together),
    ):
        print(
            f"{name:16}{filling.wall:8.1f} s  {_ratios(filling.wall, apart.wall, alone.wall)}",
            end="",
        )
        used = _ratios(filling.processor, apart.processor, alone.processor)
        print(f"   processor{filling.processor:8.1f} s  {used}")
    same = sum(one == other for one, other in pairs)
    print(f"the same: {same} cells, {texts} texts of {len(pairs)}", flush=True)
    for one, other in pairs:
        if one.text != other.text:
            print(f"- {one.question}\n  {one.text!r}\n  {other.text!r}")


def _ratios(seconds: float, apart: float, alone: float) -> str:
    return f"{seconds / apart:.2f} of each for itself, {seconds / alone:.2f} of one at a time"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="default", choices=["default", "small", "test"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=48, help="of each answer (default: 48)")
    shared = Path(__file__).resolve().parents[3] / "shared" / "eval" / "cuad" / "docs"
    parser.add_argument("--contracts", type=Path, default=shared)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--parts", default="writing,grid")
    options = parser.parse_args()
    if "writing" in options.parts:
        measure_writing(options.model, options.rounds, options.tokens)
    if "grid" in options.parts:
        measure_grid(options.model, options.rounds, options.contracts, options.documents)


if __name__ == "__main__":
    main()
