"""Conversations that are kept."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation as lists show it. Times in milliseconds since 1970 (UTC)."""

    key: str
    """Chosen by whoever began it; never shown."""
    title: str
    """The first question, until the user gives another one."""
    created_ms: int
    changed_ms: int
    turns: int
    found: str = ""
    """Where words were searched: the line of it that holds them."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, its turns oldest first."""

    summary: ConversationSummary
    turns: tuple[KeptTurn, ...] = ()
