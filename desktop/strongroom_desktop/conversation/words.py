"""An answer in words: what is copied, and the sentences around it."""

from __future__ import annotations

from collections.abc import Sequence

from strongroom_desktop.conversation.document import with_citations
from strongroom_desktop.conversation.places import name_of
from strongroom_desktop.narrowed import sentence
from strongroom_desktop.text import collections, in_words
from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.types import Answer, Citation


def does_not_say() -> str:
    """What is said where the documents do not state what was asked."""
    return tr("The documents searched do not say.")


def plain_text(answer: Answer) -> str:
    """Question, answer and citations as text."""
    body = does_not_say() + "\n"
    if not answer.abstained:
        body = with_citations(answer, {each.n: name_of(each) for each in answer.citations})
    narrowed = sentence(answer.question, answer.understood, ())
    parts = (answer.question, understood_as(answer.standalone), narrowed, body)
    return "\n\n".join(part for part in parts if part)


def spoken(citation: Citation) -> str:
    """A citation as a screen reader says it."""
    return tr(
        "Citation {n}, {where}: {quote}",
        n=citation.n,
        where=name_of(citation),
        quote=citation.quote,
    )


def understood_as(standalone: str) -> str:
    """How a question that goes on from earlier ones was taken; '' where it stands alone."""
    return tr("Understood as: {question}", question=standalone) if standalone else ""


def scope_words(chosen: Sequence[str], total: int) -> str:
    """'All 4 collections', '2 of 4 collections', as the details say it; `chosen` empty: all."""
    if chosen:
        of = collections(max(total, len(chosen)))
        return tr("{n} of {collections}", n=number(len(chosen)), collections=of)
    return tr("All {collections}", collections=collections(total)) if total > 1 else _whole()


def _whole() -> str:
    return tr("The whole library")


def abstention(answer: Answer) -> str:
    """What is said where the documents do not say: how close they come, and what was searched,
    unless the line about a narrowed search says that."""
    searched = "" if answer.understood else heard(answer.searched)
    return " ".join(part for part in (how_close(len(answer.hits)), searched) if part)


def how_close(count: int) -> str:
    """How many passages came close, where none states the answer."""
    if count == 0:
        return tr("No passage comes close.")
    said = plural(
        count,
        "{words} passage comes close, it does not state the answer.",
        "{words} passages come close, none states the answer.",
        words=in_words(count),
    )
    return said[:1].upper() + said[1:]
