"""A library with something of everything that a user can put into one, and all of it to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strongroom_engine.judging import Figure, JudgedAnswer, Judgement, Place, QualityRun
from strongroom_engine.store import Store
from strongroom_engine.types import (
    Answer,
    Asked,
    Cell,
    Citation,
    Column,
    Exclusion,
    Hit,
    Review,
    Timings,
)

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

RENT = "How high is the rent?"
FAR = "/far"
"""A source that is never there."""


def furnish(store: Store, papers: Papers, documents: int = 30, turns: int = 30) -> None:
    """Fill the library, in which there is one source by now."""
    store.add_source(FAR, "Away")
    for number in range(documents):
        parts = (f"Document {number} passage {n} speaks of rent." for n in range(12))
        papers.put(store, f"{number}.pdf", *parts)
    papers.embed_all(store)
    for number in range(turns):
        path = papers.facts(f"{number % documents}.pdf").path
        row = store.conversations.put_question(
            f"talk {number % 5}", Asked(f"{RENT} {number}"), RENT
        )
        store.conversations.put_answer(row, answer(path, number))
        store.put_judgement(
            Judgement(
                f"{RENT} {number}",
                (Place(path, page=1, quote="Document"),),
                (JudgedAnswer("1,200 euros", right=True),),
                changed=1.0,
            )
        )
        store.quality_runs.add(QualityRun(1.0 + number, 1, 0, (Figure("found", 1, 1),)))
        store.passwords.give(path, f"secret {number}")
    store.managing.exclude(Exclusion("", "*.tmp"))
    store.managing.exclude(Exclusion(papers.source, "/docs/private"))
    paths = tuple(papers.facts(f"{n}.pdf").path for n in range(documents))
    store.put_review(Review("Leases", (Column(RENT, "Rent"),), paths))
    for path in paths:
        store.put_cell(Cell(path, RENT, "1,200 euros"), store.content_hash(path))
    store.managing.pause(True)


def answer(path: str, number: int) -> Answer:
    text = f"The rent is {number} euros. " * 20
    return Answer(
        RENT,
        text,
        abstained=False,
        sentences=(),
        citations=(Citation(1, path, 1, 0, 8, "Document"),),
        hits=(Hit(1, path, 1, 0, 8, "", 1.0, "Document"),),
        model="m",
        timings=Timings(),
    )


def kept(store: Store) -> dict[str, Any]:
    """All that the user made in the library, by what it is; values can be compared."""
    talks = store.conversations.listed()
    review = store.review("Leases")
    return {
        "sources": {(one.path, one.collection) for one in store.sources()},
        "exclusions": set(store.managing.exclusions()),
        "passwords": set(store.passwords.paths()),
        "conversations": {one.key for one in talks},
        "turns": {
            (one.key, turn.asked.question, turn.answer and turn.answer.text)
            for one in talks
            for turn in store.conversations.turns(one.key, 0, 10**9)
        },
        "judgements": {one.question for one in store.judgements()},
        "runs": {one.id for one in store.quality_runs.listed()},
        "cells": {(cell.document, cell.text) for cell in review.cells} if review else set(),
        "paused": store.managing.paused(),
    }
