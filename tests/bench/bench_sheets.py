"""Questions over real spreadsheets: how many are answered exactly, how many are left to passages, how
many are wrong.

    python tests/bench/bench_sheets.py FOLDER [QUESTIONS]

FOLDER holds the spreadsheets; all of them make one library, so that the right one has to be found,
too. QUESTIONS (FOLDER/questions.jsonl unless given) has a JSON object a line:

    {"file": "olympics.csv", "question": "How many gold medals did Norway win?", "expected": 118}

`file` is the table's file (a part of its name does). `expected` was computed by something else than
Strongroom: a number, a text or a truth value for one figure (compared with the last cell of the only
row; a figure that was rounded is compared as far as it goes), a list of lists for rows in their
order, or null for a question that no table should answer. Of a list with one cell a row, the first
cells are compared; with `"first": 1` only so many rows. Where tables say different things and the
question does not say which is meant, each is told with its name: that of `file` is compared.

A wrong figure is the worst outcome: the exit status is 1 where there is one.
"""

from __future__ import annotations

import json
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.engine.parsing import parsed

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.route import route
from strongroom_engine.answering.search import Searcher
from strongroom_engine.answering.sheets.answering import from_sheets
from strongroom_engine.errors import ModelMissing
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Scope, Store
from strongroom_engine.types import Answer, Chunk, FileFacts

CLOSE = 1e-6
ENDINGS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


def main(folder: Path, questions: Path) -> int:
    asked = [json.loads(line) for line in questions.read_text("utf-8").splitlines() if line.strip()]
    key = LibraryKey(secrets.token_bytes(32), "key file")
    with (
        tempfile.TemporaryDirectory() as scratch,
        Store.open(Path(scratch) / "l", key, mode="write", model="m", dimensions=4) as store,
    ):
        began = time.perf_counter()
        put(store, folder)
        tables = len(store.sheets.listed(Scope()))
        print(f"{tables} tables put in, {time.perf_counter() - began:.0f} s")
        return report(store, asked)


def put(store: Store, folder: Path) -> None:
    """Put the files in as they are parsed, each as one passage: no passage is searched here, and
    none has a vector."""
    store.add_source(str(folder), "Sheets")
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in ENDINGS:
            continue
        document = parsed(path)
        facts = FileFacts(str(path), path.stat().st_size, 0, str(path))
        store.note_pending(str(folder), [facts])
        chunk = Chunk(0, len(document.text), "", document.text, document.text)
        store.put_document(facts, str(path), document, [chunk])


def report(store: Store, asked: Sequence[dict[str, Any]]) -> int:
    """Ask every question, print what came of it, and say whether any is wrong."""
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for one in asked:
        began = time.perf_counter()
        made = answered(store, one["question"])
        slowest = max(slowest, time.perf_counter() - began)
        outcome = judged(one, made)
        outcomes[outcome] += 1
        if outcome != "exact":
            print(f"{outcome:9} {one['question']}  ({one.get('file')})")
        if outcome == "wrong" and made:
            print(f"          expected {one['expected']}, was: {made.text[:200]}")
            print(f"          {made.tables[0].said}")
    print(f"{len(asked)} questions: {dict(outcomes)}; the slowest took {slowest * 1000:.0f} ms")
    return int(outcomes["wrong"] > 0)


def answered(store: Store, question: str) -> Answer | None:
    """The answer of a table; None where the question is left to passages."""
    request = Request(question)
    routed = route(store, request)
    if not routed.found:
        return None
    parts = Parts(store, Searcher(store, None), None, _no_generator, Settings())
    return from_sheets(Job(request, parts, Caller()), routed.found)


def _no_generator() -> Generator:
    raise ModelMissing(path="nowhere")


def judged(one: dict[str, Any], made: Answer | None) -> str:
    """'exact', 'passages' or 'wrong'."""
    expected = one["expected"]
    if made is None:
        return "exact" if expected is None else "passages"
    if expected is None:
        return "wrong"
    told = [table for table in made.tables if one.get("file", "") in table.file]
    rows = [list(row) for row in told[0].rows] if told else []
    if isinstance(expected, list):
        width = max((len(row) for row in expected), default=1)
        found = [row[:width] for row in rows[: one.get("first", len(rows))]]
        return "exact" if _same_rows(found, expected) else "wrong"
    return "exact" if len(rows) == 1 and _same(rows[0][-1], expected) else "wrong"


def _same_rows(found: list[list[Any]], expected: list[list[Any]]) -> bool:
    return len(found) == len(expected) and all(
        len(one) == len(other) and all(map(_same, one, other))
        for one, other in zip(found, expected, strict=True)
    )


def _same(found: object, expected: object) -> bool:
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return abs(found - expected) <= CLOSE * max(abs(expected), 1.0)
    return found == expected


if __name__ == "__main__":
    place = Path(sys.argv[1])
    raise SystemExit(
        main(place, Path(sys.argv[2]) if len(sys.argv) > 2 else place / "questions.jsonl")
    )
