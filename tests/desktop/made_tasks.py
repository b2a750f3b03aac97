"""What the fake host answers to tasks, and to 'rich' questions: every kind of block there is."""

from __future__ import annotations

from dataclasses import replace

import made  # type: ignore[import-not-found]  # it lies beside this script

from strongroom_engine import protocol as p
from strongroom_engine.judging import JudgedAnswer, Judgement
from strongroom_engine.types import Answer, Cell, Citation, Sentence, Value

TABLE = (
    "| Date | Event | Amount |\n"
    "| --- | --- | ---: |\n"
    "| 28 March 2019 | The lease is executed | £1,250,000 |\n"
    "| 15 June 2021 | The deed of variation is signed by **both** parties | |\n"
    r"| 31 March 2026 | Break date \| last day | £84,000 |"
)
RICH = f"""## What the lease says

Notice is given **in writing**; see [the register](https://register.example.test/titles?n=14).

> The Tenant may terminate this Lease on the Break Date.

1. All rent is paid
   - with VAT
2. The property is vacant

{TABLE}

After the table, `clause 8.2` reads:

```
if notice >= months(6):
    lease.end()
```
"""
DOCUMENTS = 30


def answer(request: p.Ask) -> Answer | None:
    """The answer to a task that has results of its own; None for another question."""
    question, task = request.question, request.task
    if "rich" in question:
        return _plain(question, RICH)
    if task in ("table", "timeline"):
        row = TABLE.index("| 31 March 2026")
        end = TABLE.index(" |", row + 3)
        sentence = Sentence(row + 2, end, True, (1,))
        table = _plain(question, TABLE)
        return replace(
            table, task=task, sentences=(sentence,), citations=(_citation(),),
            coverage="Read 46 of 46 pages.",
        )  # fmt: skip
    if task == "structured":
        return _structured(request)
    if "every document" in question:
        return _every(question)
    return None


def _plain(question: str, text: str) -> Answer:
    usual: Answer = made.answer(question)
    return replace(usual, text=text, sentences=(), citations=())


def _citation(n: int = 1) -> Citation:
    size = len(made.BREAK)
    return Citation(n, made.LEASE, 14, 4, 4 + size, made.BREAK, "Lease", "8.2", 0.94)


def _structured(request: p.Ask) -> Answer:
    text = "tenant: Holt Textiles\nyear: 2031"
    sentences = (Sentence(0, 21, True, (1,)), Sentence(22, 32, False))
    values = (Value("/tenant", "Holt Textiles", True, (1,)), Value("/year", "2031", False))
    return replace(
        _plain(request.question, text),
        task="structured",
        sentences=sentences,
        citations=(_citation(),),
        data='{"tenant": "Holt Textiles", "year": 2031}',
        values=values,
    )


def _every(question: str) -> Answer:
    cells = tuple(_cell(question, n) for n in range(DOCUMENTS))
    return replace(
        _plain(question, "Two documents name a guarantor."),
        route="documents", cells=cells, hits=(), coverage="Looked into 29 of 30 documents.",
    )  # fmt: skip


def _cell(question: str, n: int) -> Cell:
    file = made.LEASE if n == 0 else f"{made.PRECEDENTS}/01/Document {n:04d}.pdf"
    if n < 2:
        return Cell(file, question, "Yes", citations=(replace(_citation(), file=file),))
    problem = "It cannot be read." if n == 2 else ""
    return Cell(file, question, "", abstained=True, problem=problem)


def judgement(known: Judgement | None, request: p.Judge) -> Judgement:
    """What is known of a question after one more word on it."""
    known = known or Judgement(request.question)
    withdrawn = {(each.file, each.page) for each in request.wrong}
    kept = [each for each in known.places if (each.file, each.page) not in withdrawn]
    said = {each.text: each.right for each in known.answers}
    said |= {request.right_answer: True} if request.right_answer else {}
    said |= {request.wrong_answer: False} if request.wrong_answer else {}
    return replace(
        known,
        places=tuple(dict.fromkeys((*kept, *request.right))),
        answers=tuple(JudgedAnswer(text, right) for text, right in said.items()),
        absent=known.absent if request.absent is None else request.absent,
    )
