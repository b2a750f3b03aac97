"""An answer in words: what is copied, and the sentences around it."""

from __future__ import annotations

from strongroom_desktop.conversation.document import with_citations
from strongroom_desktop.conversation.places import name_of
from strongroom_desktop.narrowed import sentence
from strongroom_desktop.selection import Selection
from strongroom_desktop.text import counted, in_words
from strongroom_engine.types import Answer

DOES_NOT_SAY = "The documents searched do not say."


def plain_text(answer: Answer) -> str:
    """Question, answer and citations as text."""
    body = DOES_NOT_SAY + "\n"
    if not answer.abstained:
        body = with_citations(answer, {each.n: name_of(each) for each in answer.citations})
    narrowed = sentence(answer.question, answer.understood, ())
    parts = (answer.question, understood_as(answer), narrowed, body)
    return "\n\n".join(part for part in parts if part)


def understood_as(answer: Answer) -> str:
    """How a question that goes on from earlier ones was taken; '' where it stands alone."""
    return f"Understood as: {answer.standalone}" if answer.standalone else ""


def scope_words(selection: Selection) -> str:
    """'All 4 collections', '2 of 4 collections', as the details say it."""
    total = len(selection.collections)
    if not selection.scope:
        return f"All {counted(total, 'collection')}" if total > 1 else "The whole library"
    return f"{len(selection.chosen)} of {counted(total, 'collection')}"


def abstention(answer: Answer) -> str:
    """What is said where the documents do not say: how close they come, and what was searched,
    unless the line about a narrowed search says that."""
    searched = "" if answer.understood else answer.searched
    return " ".join(part for part in (how_close(len(answer.hits)), searched) if part)


def how_close(passages: int) -> str:
    """How many passages came close, where none states the answer."""
    if passages == 0:
        return "No passage comes close."
    if passages == 1:
        return "One passage comes close, it does not state the answer."
    return f"{in_words(passages).capitalize()} passages come close, none states the answer."
