"""Conversations that are kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from strongroom_engine.types.answers import Answer, Task


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put; the fields are those of `protocol.Ask`."""

    question: str
    task: Task = "answer"
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    model: str = ""
    everywhere: bool = False
    schema: str = ""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question with its answer; None while it is answered, and where that never came."""

    asked: Asked
    asked_ms: int
    """When it was asked, in milliseconds since 1970 (UTC)."""
    answer: Answer | None = None
    unreadable: bool = False
    """An answer was kept, by another release of Strongroom, and this one cannot read it."""


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation as lists show it. Times in milliseconds since 1970 (UTC)."""

    key: str
    """Chosen by whoever began it; never shown."""
    title: str
    """The first question, until the user gives another one."""
    created_ms: int
    changed_ms: int
    """When something was last asked or answered in it."""
    turns: int
    found: str = ""
    """Where words were searched: the line of it that holds most of them, without marks of
    formatting; '' where only the title has them."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, its turns oldest first."""

    summary: ConversationSummary
    turns: tuple[KeptTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Strongroom's own words in an exported conversation, in the reader's language.

    `{…}` stands for what is filled in, and each text has the places that its default has.
    """

    sources: str = "Sources"
    page: str = "page {page}"
    no_source: str = "no source"
    """After a sentence that nothing supports."""
    not_found: str = "not in the sources: {what}"
    """After a sentence with a number or name that stands in none of its sources."""
    understood: str = "Understood as: {question}"
    does_not_say: str = "The documents searched do not say."
    stopped: str = "This answer was stopped before its end."
    unanswered: str = "This question was not answered."
    unreadable: str = "The answer was kept by another release of Strongroom and cannot be read."
    suspicious: str = "Words in a source that seem to be meant for a machine: {text}"
    document: str = "Document"
    answer: str = "Answer"
    made: str = "Exported from Strongroom on {date}."
    marks: str = (
        "Figures in brackets lead to the sources. A sentence marked '{no_source}' is supported by"
        " no passage that was read."
    )
    sayings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The sentences that the engine makes (`strongroom_engine.sentences`), by their English: for
    one and for several where that differs. One that is not there stays English."""
    digits: str = ",."
    """What stands between groups of digits, and before decimals."""
