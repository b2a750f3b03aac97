"""What the machinery around the answer model gives: answers, citations, abstention.

    python tests/bench/bench_answers.py FOLDER [--model NAME] [--each 40] [--keep DIR] [--kinds KINDS] [--plain KINDS]

FOLDER holds question sets as folders (`squad`, `cuad`, `financebench`), each with `questions.jsonl`
and `docs`. Reference, in the same run: the same model, given the same passages whole with a plain
prompt that asks for numbered citations. `question_sets.py` says what is asked.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.question_sets import library_of, plans

from strongroom_engine.answering.cleaning import is_abstention
from strongroom_engine.evaluation.answers import (
    answer_f1,
    citation_is_right,
    contains_answer,
    exact_match,
)
from strongroom_engine.evaluation.estimates import estimate
from strongroom_engine.evaluation.sets import Question
from strongroom_engine.library import Library
from strongroom_engine.types import Answer, Message, Prompt

PLAIN = (
    "Answer the question from the sources. Cite the sources as [1], [2]. If the sources do not"
    " contain the answer, say that you do not know.\n\n{sources}\n\nQuestion: {question}"
)
REFUSALS = re.compile(
    r"\b(do(es)? not|don't|cannot|not) (know|say|contain|mention|provide)", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """One question, what was answered, and what the plain prompt gave."""

    question: Question
    answer: Answer
    plain: str
    root: Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="")
    parser.add_argument("--each", type=int, default=40, help="questions of each kind")
    parser.add_argument("--keep", type=Path, help="where the libraries are kept")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--kinds", default="", help="only these, by comma")
    parser.add_argument("--plain", default="squad,absent,near miss", help="kinds with reference")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        _measure(options, options.keep or Path(made))


def _measure(options: argparse.Namespace, libraries: Path) -> None:
    rows: dict[str, list[Row]] = {}
    for plan in plans(options.folder, options.each, options.seed, options.kinds):
        root = options.folder / plan.docs / "docs"
        with library_of(libraries / plan.docs, root) as library:
            for question in plan.questions:
                answer = library.answers.ask(question.question, model=options.model)
                wanted = plan.kind in options.plain.split(",")
                plain = _plain(library, question, options.model) if wanted else ""
                rows.setdefault(plan.kind, []).append(Row(question, answer, plain, root))
        print(f"# {plan.kind} over {plan.docs}: {len(plan.questions)} asked", flush=True)
    _report(rows)


def _plain(library: Library, question: Question, model: str) -> str:
    """What the model writes on the same hits with a plain prompt."""
    found = library.search(question.question, 4)
    texts = "\n\n".join(f"[{n}] {hit.text}" for n, hit in enumerate(found.hits, 1))
    asked = PLAIN.format(sources=texts, question=question.question)
    prompt = Prompt((Message("user", asked),), 0, 0.0, 120)
    generator = library.answers.parts(model).generator()
    generator.load(())
    return generator.generate(prompt, lambda _text: None, lambda: False).text


# --- tables --------------------------------------------------------------------------------------

Judge = Callable[[Row], bool]


def _report(rows: dict[str, list[Row]]) -> None:
    print("\n| figure | Strongroom | plain prompt | n |\n| --- | --- | --- | --- |")
    for kind in ("squad", "cuad"):
        of = rows.get(kind, [])
        _line(f"{kind}: right", of, _right, lambda row: _contains(row, row.plain))
        _line(f"{kind}: exact match", of, _exact, lambda row: _same(row, row.plain))
        _mean(f"{kind}: token F1", of)
    for kind in ("squad", "cuad", "financebench"):
        answered = [row for row in rows.get(kind, []) if not row.answer.abstained]
        cited = [row for row in answered if row.answer.citations]
        _line(f"{kind}: answered and cited", answered, lambda row: bool(row.answer.citations))
        _line(f"{kind}: first citation on a right page", cited, _cited_right)
        _line(f"{kind}: refused", rows.get(kind, []), _refused, _plainly_refused)
    for kind in ("absent", "near miss"):
        _line(f"{kind}: refused", rows.get(kind, []), _refused, _plainly_refused)
    for row in rows.get("financebench", []):
        print(f"- {row.question.question}\n  - wanted: {row.question.answer}")
        print(f"  - given: {row.answer.text}")


def _line(name: str, rows: Sequence[Row], ours: Judge, plain: Judge | None = None) -> None:
    if not rows:
        return
    told = _share(map(ours, rows))
    reference = _share(map(plain, rows)) if plain and rows[0].plain else ""
    print(f"| {name} | {told} | {reference} | {len(rows)} |")


def _share(values: Iterable[bool]) -> str:
    made = estimate([list(map(float, values))])
    return "-" if made is None else f"{made.mean:.2f} ({made.low:.2f} to {made.high:.2f})"


def _mean(name: str, rows: Sequence[Row]) -> None:
    scored = [row for row in rows if row.question.accepted]
    if not scored:
        return
    ours = [0.0 if r.answer.abstained else _f1(r, r.answer.text) for r in scored]
    plain = [_f1(r, r.plain) for r in scored if r.plain]
    reference = f"{sum(plain) / len(plain):.2f}" if plain else ""
    print(f"| {name} | {sum(ours) / len(ours):.2f} | {reference} | {len(ours)} |")


def _f1(row: Row, text: str) -> float:
    return answer_f1(text, row.question.accepted)


def _contains(row: Row, text: str) -> bool:
    return contains_answer(text, row.question.accepted)


def _same(row: Row, text: str) -> bool:
    return exact_match(text, row.question.accepted)


def _right(row: Row) -> bool:
    return not row.answer.abstained and _contains(row, row.answer.text)


def _exact(row: Row) -> bool:
    return not row.answer.abstained and _same(row, row.answer.text)


def _cited_right(row: Row) -> bool:
    return citation_is_right(row.answer.citations[0], row.question.relevant, row.root)


def _refused(row: Row) -> bool:
    return row.answer.abstained


def _plainly_refused(row: Row) -> bool:
    return is_abstention(row.plain, "I do not know.") or bool(REFUSALS.search(row.plain))


if __name__ == "__main__":
    main()
