"""Conversations in the store, where documents are renamed beneath them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from strongroom_engine.store import Store
from strongroom_engine.types import Answer, Asked, Cell, Citation, Hit, Suspicion, Timings

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

KEY, ALL = "k", 10**9


def answers(store: Store, name: str) -> None:
    """Keep an answer that names the document in every place there is."""
    path = f"/docs/{name}"
    citation = Citation(1, path, 1, 0, 3, "The")
    made = Answer(
        "Rent?",
        "The rent.",
        abstained=False,
        sentences=(),
        citations=(citation,),
        hits=(Hit(1, path, 1, 0, 3, "", 1.0, "The"),),
        model="m",
        timings=Timings(),
        suspicions=(Suspicion(path, 1, 0, 3, "The", "why"),),
        cells=(Cell(path, "Rent?", "1", citations=(citation,)),),
    )
    row = store.conversations.put_question(KEY, Asked("Rent?", documents=(path,)), "Rent?")
    store.conversations.put_answer(row, made)
    time.sleep(0.003)  # moves are told apart from answers by the millisecond


def move(store: Store, papers: Papers, old: str, new: str) -> None:
    store.move_document(papers.facts(old).path, papers.facts(new))
    time.sleep(0.003)


def cited(store: Store) -> list[str]:
    """The document that each turn names, the same in all places."""
    names = []
    for turn in store.conversations.turns(KEY, 0, ALL):
        assert turn.answer is not None
        answer = turn.answer
        (name,) = {
            answer.citations[0].file,
            answer.hits[0].file,
            answer.suspicions[0].file,
            answer.cells[0].document,
            answer.cells[0].citations[0].file,
            turn.asked.documents[0],
        }
        names.append(name)
    return names


def test_renamed_documents_are_named_as_they_are_called_now(store: Store, papers: Papers) -> None:
    """Also where another document has the old name by now."""
    papers.put(store, "lease.pdf", "The rent is 1,200 euros.")
    answers(store, "lease.pdf")
    move(store, papers, "lease.pdf", "lease 2019.pdf")
    papers.put(store, "lease.pdf", "The rent is 1,300 euros.")
    answers(store, "lease.pdf")
    answers(store, "lease 2019.pdf")
    assert cited(store) == ["/docs/lease 2019.pdf", "/docs/lease.pdf", "/docs/lease 2019.pdf"]
    move(store, papers, "lease.pdf", "lease 2023.pdf")
    move(store, papers, "lease 2019.pdf", "old\udce9.pdf")
    assert cited(store) == ["/docs/old\udce9.pdf", "/docs/lease 2023.pdf", "/docs/old\udce9.pdf"]
    move(store, papers, "old\udce9.pdf", "lease.pdf")  # back again
    assert cited(store) == ["/docs/lease.pdf", "/docs/lease 2023.pdf", "/docs/lease.pdf"]


def test_a_removed_document_leaves_its_quotes(store: Store, papers: Papers) -> None:
    papers.put(store, "lease.pdf", "The rent is 1,200 euros.")
    answers(store, "lease.pdf")
    store.remove_document("/docs/lease.pdf")
    assert cited(store) == ["/docs/lease.pdf"]
